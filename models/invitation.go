package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// InvitationID is the number of an invitation; 0 is none.
type InvitationID int64

// How an invitation ended. "" is one that nobody has ended yet; whether it has run out is told from the clock (R12).
const (
	InvitationAccepted = "accepted"
	InvitationDeclined = "declined"
	InvitationExpired  = "expired" // and somebody tidied up
	InvitationRevoked  = "revoked"
	InvitationVoid     = "void" // could not be accepted; Reason says why
)

// Invitation asks somebody, by e-mail address, to join groups of an organization.
type Invitation struct {
	ID             InvitationID
	OrganizationID OrganizationID
	Email          string // canonical
	Words          string // what lists find it by; written by this package
	Provider       string // with which to join
	Notify         bool   // a mail was wanted
	InviterID      PersonID
	InviterName    string // with the address, as at the time
	CreatedAt      time.Time
	ExpiresAt      time.Time // at that very instant it has run out (R12)
	MailedAt       *time.Time
	Mails          int    // that were asked for
	Revision       int64  // raised by each change
	Outcome        string // InvitationAccepted and so on; "" = nobody has ended it
	Reason         string // of InvitationVoid
	PersonID       *PersonID
	EndedAt        *time.Time
	// MembershipUntil is when the memberships end that it leads to, as the inviter chose; nil: they chose no end.
	MembershipUntil *time.Time
}

// Pending tells whether the invitation can be accepted at a moment (R12).
func (i Invitation) Pending(at time.Time) bool { return i.Outcome == "" && at.Before(i.ExpiresAt) }

// InvitedGroup is a group that an invitation leads into.
type InvitedGroup struct {
	InvitationID   InvitationID
	GroupID        access.GranteeID
	Key            string
	Name           string
	Administrators bool
	Gone           bool       // the group was deleted before the invitation ended
	Until          *time.Time `gorm:"-"` // end of the membership, as it was chosen and as the inviter's rights are when they are judged; nil: none
}

const invitationSelect = "SELECT i.* FROM invitations i WHERE i.organization_id = ? "

// Invitation is the one with the number, whatever became of it.
func (s *Scope) Invitation(ctx context.Context, id InvitationID) (Invitation, error) {
	i, err := row[Invitation](ctx, s.store, invitationSelect+"AND i.id = ?", s.id, id)
	return i, wrap("read invitation", err)
}

// InvitationsByIDs are those with the numbers, by address; numbers that there are not are left out.
func (s *Scope) InvitationsByIDs(ctx context.Context, ids []InvitationID) ([]Invitation, error) {
	all, err := rows[Invitation](ctx, s.store, invitationSelect+"AND "+s.store.dialect.ids("i.id")+" ORDER BY i.email, i.id", s.id, list(ids))
	return all, wrap("read invitations", err)
}

// MailFailedOf are those of the invitations of which a mail could not be sent, and nobody has decided about that yet.
func (s *Scope) MailFailedOf(ctx context.Context, kind string, ids []InvitationID) (map[InvitationID]bool, error) {
	found, err := rows[InvitationID](ctx, s.store, `
		SELECT DISTINCT m.about_id FROM mails m
		WHERE m.organization_id = ? AND m.ended_at IS NULL AND m.state = 'failed' AND m.kind = ? AND `+s.store.dialect.ids("m.about_id"),
		s.id, kind, list(ids))
	if err != nil {
		return nil, wrap("read failed mails of invitations", err)
	}
	failed := map[InvitationID]bool{}
	for _, id := range found {
		failed[id] = true
	}
	return failed, nil
}

// InvitedGroupsOf are the groups that invitations lead into, by name, those among them that are gone.
func (s *Scope) InvitedGroupsOf(ctx context.Context, ids []InvitationID) (map[InvitationID][]InvitedGroup, error) {
	found, err := rows[InvitedGroup](ctx, s.store, `
		SELECT ig.invitation_id, ig.group_id, r.key, r.name, g.administrators, r.ended_at IS NOT NULL AS gone
		FROM invitation_groups ig
		JOIN resources r ON r.id = ig.group_id
		JOIN groups g ON g.id = r.id
		WHERE ig.organization_id = ? AND `+s.store.dialect.ids("ig.invitation_id")+`
		ORDER BY r.sort_key, r.id`, s.id, list(ids))
	if err != nil {
		return nil, wrap("read groups of invitations", err)
	}
	groups := map[InvitationID][]InvitedGroup{}
	for _, g := range found {
		groups[g.InvitationID] = append(groups[g.InvitationID], g)
	}
	return groups, nil
}

// CreateInvitation adds one into groups, and sets its ID. ErrDuplicate when one of the groups has an open invitation of
// the same address, ErrNotFound when one of the groups is none.
func (s *Scope) CreateInvitation(ctx context.Context, i *Invitation, groups []access.GranteeID) error {
	i.OrganizationID, i.CreatedAt, i.ExpiresAt = s.id, moment(i.CreatedAt), moment(i.ExpiresAt)
	i.MembershipUntil = momentOrNil(i.MembershipUntil)
	i.MailedAt, i.Words = momentOrNil(i.MailedAt), wordsOfInvitations.text(s.id, "", i.Email)
	err := s.whole(ctx, func(tx *Scope) error {
		if err := tx.store.insert(ctx, i); err != nil {
			return err
		}
		return tx.invite(ctx, *i, groups)
	})
	return wrap("create invitation", err)
}

func (s *Scope) invite(ctx context.Context, i Invitation, groups []access.GranteeID) error {
	added, err := s.exec(ctx, `
		INSERT INTO invitation_groups (organization_id, invitation_id, group_id, email, since)
		SELECT r.organization_id, CAST(? AS bigint), r.id, CAST(? AS text), ?
		FROM resources r
		WHERE `+s.store.dialect.unindexed("r.organization_id")+` = ? AND r.domain = ? AND r.ended_at IS NULL AND `+s.store.dialect.ids("r.id")+`
		ON CONFLICT DO NOTHING`, i.ID, i.Email, moment(i.CreatedAt), s.id, access.GroupsDomain, list(groups))
	if err != nil {
		return err
	}
	if added < len(groups) {
		return s.whyNotInvited(ctx, i, groups)
	}
	_, err = s.exec(ctx, "UPDATE groups SET invitations = invitations + 1 WHERE "+s.store.dialect.unindexed("organization_id")+" = ? AND "+
		s.store.dialect.ids("id"), s.id, list(groups))
	return err
}

func (s *Scope) whyNotInvited(ctx context.Context, i Invitation, groups []access.GranteeID) error {
	invited, err := s.InvitedAlready(ctx, []string{i.Email}, groups)
	if err != nil {
		return err
	}
	for _, other := range invited {
		if other.ID != i.ID {
			return ErrDuplicate
		}
	}
	return ErrNotFound
}

// InvitedAlready is an open invitation of an address into a group.
type InvitedAlready struct {
	ID        InvitationID
	Email     string
	GroupID   access.GranteeID
	ExpiresAt time.Time
}

// InvitedAlready are the open invitations of these addresses into these groups, those that have run out among them.
func (s *Scope) InvitedAlready(ctx context.Context, emails []string, groups []access.GranteeID) ([]InvitedAlready, error) {
	found, err := rows[InvitedAlready](ctx, s.store, `
		SELECT ig.invitation_id AS id, ig.email, ig.group_id, i.expires_at
		FROM invitation_groups ig
		JOIN invitations i ON i.id = ig.invitation_id
		WHERE ig.organization_id = ? AND ig.ended_at IS NULL
		AND `+s.store.dialect.ids("ig.group_id")+` AND `+s.store.dialect.texts("ig.email")+`
		ORDER BY ig.id`, s.id, list(groups), list(emails))
	return found, wrap("look for open invitations", err)
}

// EndInvitation gives an open invitation its outcome, once: of any number that try at the same time one succeeds, and to
// the others it is ErrConflict. reason is that of InvitationVoid, person who accepted or declined, 0 without one.
func (s *Scope) EndInvitation(
	ctx context.Context, id InvitationID, outcome, reason string, person PersonID, at time.Time,
) error {
	err := s.whole(ctx, func(tx *Scope) error {
		ended, err := tx.exec(ctx, `
			UPDATE invitations SET outcome = ?, reason = ?, person_id = ?, ended_at = ?, revision = revision + 1
			WHERE organization_id = ? AND id = ? AND outcome = ''`, outcome, reason, personOrNil(person), moment(at), tx.id, id)
		if err != nil {
			return err
		}
		if ended == 0 {
			return ErrConflict
		}
		return tx.endInvited(ctx, "invitation_id = ?", id, at)
	})
	return wrap("end invitation", err)
}

func personOrNil(id PersonID) *PersonID {
	if id == 0 {
		return nil
	}
	return &id
}

// endInvited ends open rows of invitation_groups, by the invitation or the group, and keeps the counters.
func (s *Scope) endInvited(ctx context.Context, condition string, id any, at time.Time) error {
	return s.execAll(ctx, []statement{
		do(`UPDATE groups SET invitations = invitations - (
				SELECT count(*) FROM invitation_groups ig
				WHERE ig.group_id = groups.id AND ig.ended_at IS NULL AND ig.`+condition+`)
			WHERE organization_id = ? AND id IN (
				SELECT ig.group_id FROM invitation_groups ig
				WHERE ig.organization_id = ? AND ig.ended_at IS NULL AND ig.`+condition+`)`, id, s.id, s.id, id),
		do(`UPDATE invitation_groups SET ended_at = ?
			WHERE organization_id = ? AND ended_at IS NULL AND `+condition, moment(at), s.id, id),
	})
}

// endInvitedInto ends the invitations into a group that ends. Those that led nowhere else are void.
func (s *Scope) endInvitedInto(ctx context.Context, group access.GranteeID, at time.Time) error {
	_, err := s.exec(ctx, `
		UPDATE invitations SET outcome = ?, reason = ?, ended_at = ?, revision = revision + 1
		WHERE organization_id = ? AND outcome = '' AND id IN (
			SELECT ig.invitation_id FROM invitation_groups ig
			WHERE ig.group_id = ? AND ig.ended_at IS NULL AND NOT EXISTS (
				SELECT 1 FROM invitation_groups x
				WHERE x.invitation_id = ig.invitation_id AND x.group_id <> ig.group_id AND x.ended_at IS NULL))`,
		InvitationVoid, ReasonGroupDeleted, moment(at), s.id, group)
	if err != nil {
		return err
	}
	return s.endInvited(ctx, "group_id = ?", group, at)
}

// ReasonGroupDeleted is why an invitation is void whose groups are all gone.
const ReasonGroupDeleted = "group-deleted"

// ExtendInvitation lets an open invitation run until another moment. ErrConflict when it has ended or has another
// revision.
func (s *Scope) ExtendInvitation(ctx context.Context, id InvitationID, revision int64, expires time.Time) error {
	return s.changeInvitation(ctx, "extend invitation", id, revision, "expires_at = ?", moment(expires))
}

// SetInvitationEnds lets open invitations run until one moment. ErrConflict when one of them has ended; a change has read them, and
// nobody else changes them before it ends.
func (s *Scope) SetInvitationEnds(ctx context.Context, ids []InvitationID, expires time.Time) error {
	changed, err := s.exec(ctx, `UPDATE invitations SET revision = revision + 1, expires_at = ?
		WHERE organization_id = ? AND outcome = '' AND `+s.store.dialect.ids("id"), moment(expires), s.id, list(ids))
	if err == nil && changed != len(ids) {
		err = ErrConflict
	}
	return wrap("set the ends of invitations", err)
}

// NoteInvitationMail counts a mail that was asked for.
func (s *Scope) NoteInvitationMail(ctx context.Context, id InvitationID, revision int64, at time.Time) error {
	return s.changeInvitation(ctx, "note mail", id, revision, "mails = mails + 1, mailed_at = ?", moment(at))
}

func (s *Scope) changeInvitation(
	ctx context.Context, doing string, id InvitationID, revision int64, set string, args ...any,
) error {
	changed, err := s.exec(ctx, "UPDATE invitations SET revision = revision + 1, "+set+`
		WHERE organization_id = ? AND id = ? AND revision = ? AND outcome = ''`, append(args, s.id, id, revision)...)
	if err == nil && changed == 0 {
		err = ErrConflict
	}
	return wrap(doing, err)
}
