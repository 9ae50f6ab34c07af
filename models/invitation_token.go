package models

import (
	"context"
	"time"
)

// CreateInvitationToken makes another link to an invitation. id is the SHA-256 of its secret, in hexadecimal digits. Maker
// is who makes it, to hand it on; 0 says that the secret goes to the invited address and nowhere else.
func (s *Store) CreateInvitationToken(ctx context.Context, id string, invitation InvitationID, maker PersonID, at time.Time) error {
	_, err := s.exec(ctx, `
		INSERT INTO invitation_tokens (id, invitation_id, mailed, maker_id, created_at) VALUES (?, ?, ?, NULLIF(CAST(? AS bigint), 0), ?)`,
		id, invitation, maker == 0, maker, moment(at))
	return wrap("create a link to an invitation", err)
}

// LinkedInvitation is an invitation with what the link to it shows.
type LinkedInvitation struct {
	Invitation
	Mailed  bool     // the link went to the invited address only
	MakerID PersonID // who made another one, to hand it on; 0 = unknown, or mailed
}

// InvitationByToken is the invitation that a link leads to, whatever became of it.
func (s *Store) InvitationByToken(ctx context.Context, id string) (LinkedInvitation, error) {
	i, err := row[LinkedInvitation](ctx, s, `
		SELECT i.*, t.mailed, COALESCE(t.maker_id, 0) AS maker_id FROM invitation_tokens t JOIN invitations i ON i.id = t.invitation_id WHERE t.id = ?`, id)
	return i, wrap("read invitation", err)
}

// InvitationByID is the one with the number, of whichever organization.
func (s *Store) InvitationByID(ctx context.Context, id InvitationID) (Invitation, error) {
	i, err := row[Invitation](ctx, s, "SELECT i.* FROM invitations i WHERE i.id = ?", id)
	return i, wrap("read invitation", err)
}

// InvitationsOf are those of an address that are pending at a moment, in all organizations, the latest first and at most limit.
func (s *Store) InvitationsOf(ctx context.Context, email string, at time.Time, limit int) ([]Invitation, error) {
	all, err := rows[Invitation](ctx, s, `
		SELECT i.* FROM invitations i
		WHERE i.email = ? AND i.outcome = '' AND COALESCE(i.expires_at, i.created_at) > ?
		ORDER BY i.created_at DESC, i.id DESC LIMIT ?`, email, moment(at), limit)
	return all, wrap("read invitations of an address", err)
}

// SetMemberProvider says with which provider a member enters the organization from now on.
func (s *Scope) SetMemberProvider(ctx context.Context, person PersonID, provider string) error {
	changed, err := s.exec(ctx, `
		UPDATE members SET provider = ?, revision = revision + 1
		WHERE organization_id = ? AND person_id = ? AND ended_at IS NULL`, provider, s.id, person)
	if err == nil && changed == 0 {
		err = ErrNotFound
	}
	return wrap("set the provider of a member", err)
}
