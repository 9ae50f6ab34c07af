package services

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/credential"
)

// invitationState is what an activity keeps of an invitation.
func invitationState(i models.Invitation) state {
	return state{Invited: i.Email, Invitation: &i.ExpiresAt, Provider: i.Provider, MembershipUntil: i.MembershipUntil}
}

// recordInvitation notes what happened to an invitation, once for each group that it leads into: the record of a group
// tells all of it.
func (tx *Tx) recordInvitation(operation models.Operation, groups []models.InvitedGroup, before, after any) {
	for _, g := range groups {
		if !g.Gone {
			tx.record(operation, aboutInvited(g), before, after)
		}
	}
}

func aboutInvited(g models.InvitedGroup) subject {
	return subject{ID: access.ResourceID(g.GroupID), Key: g.Key, Name: g.Name}
}

// mintInvitationLink makes another link to an invitation and returns its path. Maker is who hands it on; 0 says that it goes
// to the invited address and nowhere else.
func (c *Console) mintInvitationLink(ctx context.Context, store *models.Store, id models.InvitationID, maker models.PersonID) (string, error) {
	token := credential.NewToken()
	if err := store.CreateInvitationToken(ctx, credential.Digest(token), id, maker, c.now()); err != nil {
		return "", err
	}
	return "/join/" + token, nil
}

// changeInvitation does something with a pending invitation that gives what it gives anew, as mayStillGive judges it, and returns the
// invitation as it is then. Ends is until when the caller can; nil: for good.
func (c *Console) changeInvitation(
	ctx context.Context, by Caller, id models.InvitationID, operation models.Operation, work func(tx *Tx, i models.Invitation, ends *time.Time) (models.Invitation, error),
) (models.Invitation, error) {
	var after models.Invitation
	err := c.change(ctx, by, operation, c.aboutInvitation(ctx, by, id), func(tx *Tx) error {
		invitation, groups, err := tx.openInvitation(ctx, id)
		if err != nil {
			return err
		}
		ends, err := tx.mayStillGive(ctx, invitation, groups)
		if err != nil {
			return err
		}
		if after, err = work(tx, invitation, ends); err != nil {
			return err
		}
		tx.recordInvitation(operation, groups, invitationState(invitation), invitationState(after))
		return nil
	})
	if err != nil {
		return models.Invitation{}, err
	}
	return after, nil
}

// mayStillGive refuses a caller who can't give all that a pending invitation gives, as long as it does (R7), and tells until when
// they can; nil: for good. VoidInvitation where nobody could accept it.
func (v *view) mayStillGive(ctx context.Context, i models.Invitation, groups []models.InvitedGroup) (*time.Time, error) {
	c := v.console
	standing, groups, err := c.standing(ctx, v.Scope, i, groups, v.At)
	if err != nil {
		return nil, err
	}
	void := standing != (Standing{})
	var ends *time.Time
	for _, g := range groups {
		if g.Gone {
			continue
		}
		group, err := v.GroupByID(ctx, g.GroupID)
		if err != nil {
			return nil, err
		}
		end := g.Until
		if void {
			end = &v.At // nobody comes in by it, but anyone who asks for more than they hold is refused for that (R14)
		}
		until, err := c.mayProlong(ctx, v, group, end)
		if err != nil {
			return nil, AtField{"Groups", g.Key, g.Name, err}
		}
		ends = sooner(ends, until)
	}
	if void {
		return nil, VoidInvitation{i, standing}
	}
	return ends, nil
}

// aboutInvitation names an invitation in the record, as far as the caller may know of it.
func (c *Console) aboutInvitation(ctx context.Context, by Caller, id models.InvitationID) subject {
	what := subject{}
	detail, err := c.Invitation(ctx, by, id)
	if err != nil {
		return what
	}
	if len(detail.Groups) > 0 {
		what = aboutInvited(detail.Groups[0])
	}
	what.Member = detail.Email
	return what
}

// Soon says that mails went out: the next one has to wait, longer after each.
type Soon struct {
	Wait time.Duration // at most
}

// Is tells that the error is a Soon, whatever is to wait.
func (e Soon) Is(target error) bool { _, soon := target.(Soon); return soon }

func (e Soon) Error() string { return fmt.Sprintf("mails went out already: wait %s", e.Wait) }

// firstMailPause is how long after the first mail the second may go out; it doubles with each.
const firstMailPause = time.Minute

func mailPause(i models.Invitation, at time.Time) time.Duration {
	if i.Mails == 0 || i.MailedAt == nil {
		return 0
	}
	return max(0, i.MailedAt.Add(firstMailPause<<min(i.Mails-1, 10)).Sub(at))
}

// mailPauseOf is how long it takes until the next mail of an invitation may go out. What is sent again counts as what is
// sent at first, or a mailbox could be filled by sending again.
func (c *Console) mailPauseOf(ctx context.Context, v *view, i models.Invitation) (time.Duration, error) {
	if wait := mailPause(i, v.At); wait > 0 {
		return wait, nil
	}
	sent, err := v.CountMailed(ctx, v.At.Add(-invitationMailing))
	if err != nil {
		return 0, err
	}
	if sent >= mailsInAnHour {
		return invitationMailing, nil
	}
	to, err := v.CountMailedTo(ctx, []string{i.Email}, v.At.Add(-aDay))
	if err != nil {
		return 0, err
	}
	if to[i.Email] >= mailsToOneInADay {
		return aDay, nil
	}
	return 0, nil
}

// ResendInvitation sends the invitation by mail again, with another link; earlier links stay valid. It fails with
// ErrNoMail, Soon or ErrInvitationEnded.
func (c *Console) ResendInvitation(ctx context.Context, by Caller, id models.InvitationID) (models.Invitation, error) {
	return c.changeInvitation(ctx, by, id, models.OpInvitationResent, func(tx *Tx, i models.Invitation, _ *time.Time) (models.Invitation, error) {
		if !c.Mails() {
			return models.Invitation{}, ErrNoMail
		}
		wait, err := c.mailPauseOf(ctx, tx.view, i)
		if err != nil {
			return models.Invitation{}, err
		}
		if wait > 0 {
			return models.Invitation{}, Soon{wait}
		}
		if err := tx.NoteInvitationMail(ctx, id, i.Revision, tx.At); err != nil {
			return models.Invitation{}, err
		}
		if err := tx.mail(ctx, models.Mail{Kind: MailInvitation, Recipient: i.Email, AboutID: int64(id)}); err != nil {
			return models.Invitation{}, err
		}
		return i, nil
	})
}

// CopyInvitationLink makes another link to the invitation, for handing it on, and returns its path: it is shown once.
// Earlier links still work. It may fail with ErrInvitationEnded.
func (c *Console) CopyInvitationLink(ctx context.Context, by Caller, id models.InvitationID) (string, error) {
	var path string
	_, err := c.changeInvitation(ctx, by, id, models.OpInvitationLinkCopied, func(tx *Tx, i models.Invitation, _ *time.Time) (models.Invitation, error) {
		var err error
		if path, err = c.mintInvitationLink(ctx, tx.Store(), id, tx.By.Person.ID); err != nil {
			return models.Invitation{}, err
		}
		return i, nil
	})
	if err != nil {
		return "", err
	}
	return path, nil
}

// extendedUntil is when the invitation runs out if it is extended now by who can give what it gives until ends; nil: for good.
func (c *Console) extendedUntil(at time.Time, i models.Invitation, ends *time.Time) time.Time {
	return c.invitationEnd(at, sooner(ends, i.MembershipUntil))
}

// ExtendInvitation lets the invitation run for another whole term, from now on. It may fail with ErrInvitationEnded.
func (c *Console) ExtendInvitation(ctx context.Context, by Caller, id models.InvitationID) (models.Invitation, error) {
	return c.changeInvitation(ctx, by, id, models.OpInvitationExtended, func(tx *Tx, i models.Invitation, ends *time.Time) (models.Invitation, error) {
		i.ExpiresAt = c.extendedUntil(tx.At, i, ends)
		if err := tx.ExtendInvitation(ctx, id, i.Revision, i.ExpiresAt); err != nil {
			return models.Invitation{}, err
		}
		return i, nil
	})
}

// RevokeInvitations ends pending invitations, all of them or none, and says how many it were: those that have ended
// already are left out.
func (c *Console) RevokeInvitations(ctx context.Context, by Caller, ids ...models.InvitationID) (int, error) {
	what := subject{}
	if len(ids) > 0 {
		what = c.aboutInvitation(ctx, by, ids[0])
	}
	revoked := 0
	err := c.change(ctx, by, models.OpInvitationRevoked, what, func(tx *Tx) error {
		for _, id := range ids {
			invitation, groups, err := tx.openInvitation(ctx, id)
			if errors.Is(err, ErrInvitationEnded) {
				continue
			}
			if err != nil {
				return err
			}
			if err := tx.EndInvitation(ctx, id, models.InvitationRevoked, "", 0, tx.At); err != nil {
				return err
			}
			tx.recordInvitation(models.OpInvitationRevoked, groups, invitationState(invitation), nil)
			revoked++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return revoked, nil
}
