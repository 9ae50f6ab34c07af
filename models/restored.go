package models

import (
	"context"
	"time"
)

// EndEverySession signs everybody out, also where only the second factor was missing, forgets what was kept for them, and gives the number of sessions.
func (s *Store) EndEverySession(ctx context.Context) (int, error) {
	ended := 0
	err := s.whole(ctx, func(tx *Store) error {
		for _, table := range []string{"sign_in_steps", "ended_sessions", "kept_forms", "shown_once"} {
			if _, err := tx.exec(ctx, "DELETE FROM "+table); err != nil {
				return err
			}
		}
		var err error
		ended, err = tx.exec(ctx, "DELETE FROM sessions")
		return err
	})
	return ended, wrap("end every session", err)
}

// EndEveryLink uses up what was mailed to people about their accounts and the links to set up the first organization, and ends the changes
// of addresses. It gives the number of all that were open.
func (s *Store) EndEveryLink(ctx context.Context, at time.Time) (int, error) {
	ended := 0
	err := s.whole(ctx, func(tx *Store) error {
		for _, table := range []string{"one_time_links", "setup_links"} {
			n, err := tx.exec(ctx, "UPDATE "+table+" SET used_at = ? WHERE used_at IS NULL AND expires_at > ?", moment(at), moment(at))
			if err != nil {
				return err
			}
			ended += n
		}
		n, err := tx.exec(ctx, "UPDATE address_changes SET outcome = ?, ended_at = ? WHERE outcome = ''", AddressWithdrawn, moment(at))
		if err != nil {
			return err
		}
		ended += n
		return nil
	})
	return ended, wrap("end every link", err)
}

// EndInvitationLinks takes away the links to the organization's pending invitations, which stay, and gives their number.
func (s *Scope) EndInvitationLinks(ctx context.Context) (int, error) {
	ended, err := s.exec(ctx, `
		DELETE FROM invitation_tokens WHERE invitation_id IN (
			SELECT i.id FROM invitations i WHERE i.organization_id = ? AND i.outcome = '')`, s.id)
	return ended, wrap("end the links of invitations", err)
}

// HoldMails makes the organization's mails that wait fail for a reason, so that none is sent before somebody decides, and
// gives their number. A mail that was being sent is among them.
func (s *Scope) HoldMails(ctx context.Context, reason string) (int, error) {
	held, err := s.exec(ctx, `
		UPDATE mails SET state = 'failed', error = ?, leased_until = NULL
		WHERE organization_id = ? AND state = 'waiting' AND ended_at IS NULL`, reason, s.id)
	return held, wrap("hold mails", err)
}

// MailsFailedFor are the organization's mails that failed for a reason and that nobody has decided about, by number.
func (s *Scope) MailsFailedFor(ctx context.Context, reason string) ([]Mail, error) {
	all, err := rows[Mail](ctx, s.store, `
		SELECT * FROM mails WHERE organization_id = ? AND ended_at IS NULL AND state = 'failed' AND error = ? ORDER BY id`, s.id, reason)
	return all, wrap("read mails that failed", err)
}

// DropAccountMails gives up the mails about people's accounts that wait: they are on no page, and the person who asked for one asks
// again. It returns them.
func (s *Store) DropAccountMails(ctx context.Context, at time.Time) ([]Mail, error) {
	var dropped []Mail
	err := s.whole(ctx, func(tx *Store) error {
		var err error
		dropped, err = rows[Mail](ctx, tx, `
			UPDATE mails SET state = 'dropped', ended_at = ?, leased_until = NULL
			WHERE organization_id IS NULL AND state = 'waiting' AND ended_at IS NULL RETURNING *`, moment(at))
		return err
	})
	return dropped, wrap("drop mails about accounts", err)
}

// EndingMemberships are those of the organization that have an end after a moment, by e-mail.
func (s *Scope) EndingMemberships(ctx context.Context, at time.Time) ([]Membership, error) {
	all, err := rows[Membership](ctx, s.store, membershipSelect+"AND m.expires_at > ? ORDER BY n.email, r.key", s.id, moment(at))
	return all, wrap("read memberships with an end", err)
}
