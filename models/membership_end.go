package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// InForce tells whether the membership counts at a moment (R12).
func (m Membership) InForce(at time.Time) bool { return m.ExpiresAt == nil || at.Before(*m.ExpiresAt) }

// SetMembershipEnd makes a membership end at a moment or, with nil, never: the row ends and the next begins. ErrNotFound
// when the person is not in the group.
func (s *Scope) SetMembershipEnd(
	ctx context.Context, group access.GranteeID, person PersonID, expires *time.Time, at time.Time,
) error {
	err := s.whole(ctx, func(tx *Scope) error {
		ended, err := tx.exec(ctx, `
			UPDATE memberships SET ended_at = ?
			WHERE organization_id = ? AND group_id = ? AND person_id = ? AND ended_at IS NULL`,
			moment(at), tx.id, group, person)
		if err != nil {
			return err
		}
		if ended == 0 {
			return ErrNotFound
		}
		return tx.execAll(ctx, []statement{
			do(`INSERT INTO memberships (organization_id, group_id, person_id, folded, since, expires_at)
				SELECT r.organization_id, r.id, p.id, `+memberFolded+`, ?, ?
				FROM resources r, people p
				WHERE r.organization_id = ? AND r.domain = ? AND r.id = ? AND p.id = ?`,
				moment(at), momentOrNil(expires), tx.id, access.GroupsDomain, group, person),
			tx.recountGroups([]PersonID{person}),
		})
	})
	return wrap("set the end of a membership", err)
}

// EndMember takes the person out of all groups: they are no longer a member and no longer own anything (R16).
// ErrNotFound when they are none.
func (s *Scope) EndMember(ctx context.Context, person PersonID, at time.Time) error {
	err := s.whole(ctx, func(tx *Scope) error {
		left, err := tx.exec(ctx, `
			UPDATE members SET ended_at = ?, groups = 0, revision = revision + 1
			WHERE organization_id = ? AND person_id = ? AND ended_at IS NULL`, moment(at), tx.id, person)
		if err != nil {
			return err
		}
		if left == 0 {
			return ErrNotFound
		}
		if err := tx.countMembers(ctx, -left); err != nil {
			return err
		}
		return tx.execAll(ctx, []statement{
			do(`UPDATE groups SET members = members - 1
				WHERE organization_id = ? AND id IN (
					SELECT m.group_id FROM memberships m
					WHERE m.organization_id = ? AND m.person_id = ? AND m.ended_at IS NULL)`, tx.id, tx.id, person),
			do(`UPDATE memberships SET ended_at = ?
				WHERE organization_id = ? AND person_id = ? AND ended_at IS NULL`, moment(at), tx.id, person),
			do(`UPDATE resources SET owner_id = NULL
				WHERE organization_id = ? AND owner_id = ? AND ended_at IS NULL`, tx.id, person),
		})
	})
	return wrap("end member", err)
}

// ExpiredMemberships are those that have expired but that nobody has ended yet, the earliest first, at most limit.
func (s *Scope) ExpiredMemberships(ctx context.Context, at time.Time, limit int) ([]Membership, error) {
	all, err := rows[Membership](ctx, s.store,
		membershipSelect+"AND m.expires_at <= ? ORDER BY m.expires_at, m.group_id, m.person_id LIMIT ?", s.id, moment(at), limit)
	return all, wrap("read expired memberships", err)
}

// OrganizationsWithExpired are those that have ExpiredMemberships, ExpiredInvitations or Lapses.
func (s *Store) OrganizationsWithExpired(ctx context.Context, at time.Time) ([]Organization, error) {
	all, err := rows[Organization](ctx, s, `
		SELECT * FROM organizations WHERE id IN (
			SELECT organization_id FROM memberships WHERE ended_at IS NULL AND expires_at <= ?
			UNION SELECT organization_id FROM invitations WHERE outcome = '' AND expires_at <= ?
			UNION SELECT organization_id FROM privileges WHERE ended_at IS NULL AND expires_at IS NOT NULL AND expires_at <= ?
			UNION SELECT organization_id FROM editor_entries WHERE ended_at IS NULL AND expires_at IS NOT NULL AND expires_at <= ?)
		ORDER BY id`, moment(at), moment(at), moment(at), moment(at))
	return all, wrap("look for what has expired", err)
}
