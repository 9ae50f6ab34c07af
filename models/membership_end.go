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
	return s.SetMembershipEnds(ctx, group, []PersonID{person}, expires, at)
}

// SetMembershipEnds is SetMembershipEnd for several people. ErrNotFound when one of them is not in the group, or is named twice.
func (s *Scope) SetMembershipEnds(
	ctx context.Context, group access.GranteeID, people []PersonID, expires *time.Time, at time.Time,
) error {
	err := s.whole(ctx, func(tx *Scope) error {
		ids := tx.store.dialect.ids
		ended, err := tx.exec(ctx, `
			UPDATE memberships SET ended_at = ?
			WHERE organization_id = ? AND group_id = ? AND ended_at IS NULL AND `+ids("person_id"),
			moment(at), tx.id, group, list(people))
		if err != nil {
			return err
		}
		if ended != len(people) {
			return ErrNotFound
		}
		err = tx.execAll(ctx, []statement{
			do(`INSERT INTO memberships (organization_id, group_id, person_id, sort_key, since, expires_at)
				SELECT r.organization_id, r.id, p.id, `+memberSortKey+`, ?, ?
				FROM resources r, people p
				WHERE r.organization_id = ? AND r.domain = ? AND r.id = ? AND `+ids("p.id"),
				moment(at), momentOrNil(expires), tx.id, access.GroupsDomain, group, list(people)),
			tx.recountGroups(people),
		})
		if err != nil {
			return err
		}
		return tx.regroup(ctx, at, "= ?", group)
	})
	return wrap("set the end of memberships", err)
}

// EndMembers takes these people out of all groups: they are no longer members and no longer own anything (R16).
// ErrNotFound when one of them is none, or is named twice.
func (s *Scope) EndMembers(ctx context.Context, people []PersonID, at time.Time) error {
	err := s.whole(ctx, func(tx *Scope) error {
		among := tx.store.dialect.ids
		left, err := tx.exec(ctx, `
			UPDATE members SET ended_at = ?, groups = 0, revision = revision + 1
			WHERE organization_id = ? AND ended_at IS NULL AND `+among("person_id"), moment(at), tx.id, list(people))
		if err != nil {
			return err
		}
		if left != len(people) {
			return ErrNotFound
		}
		if err := tx.countMembers(ctx, -left); err != nil {
			return err
		}
		err = tx.regroup(ctx, at, `IN (
			SELECT m.group_id FROM memberships m
			WHERE m.organization_id = ? AND m.ended_at IS NULL AND `+among("m.person_id")+`)`, tx.id, list(people))
		if err != nil {
			return err
		}
		return tx.execAll(ctx, []statement{
			do(`UPDATE groups SET members = members - (
					SELECT count(*) FROM memberships m
					WHERE m.organization_id = groups.organization_id AND m.group_id = groups.id AND m.ended_at IS NULL AND `+among("m.person_id")+`)
				WHERE organization_id = ? AND id IN (
					SELECT m.group_id FROM memberships m
					WHERE m.organization_id = ? AND m.ended_at IS NULL AND `+among("m.person_id")+`)`, list(people), tx.id, tx.id, list(people)),
			do(`UPDATE memberships SET ended_at = ?
				WHERE organization_id = ? AND ended_at IS NULL AND `+among("person_id"), moment(at), tx.id, list(people)),
			do(`UPDATE resources SET owner_id = NULL
				WHERE organization_id = ? AND ended_at IS NULL AND `+among("owner_id"), tx.id, list(people)),
		})
	})
	return wrap("end members", err)
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
