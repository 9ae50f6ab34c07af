package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// inSome are the people of several groups who are in no other at a moment. Its parameters are the organization, the list of the groups,
// the moment, and that list once more.
func (d dialect) inSome() string {
	return `
	FROM memberships m
	WHERE m.organization_id = ? AND m.ended_at IS NULL AND ` + d.ids("m.group_id") + ` AND NOT EXISTS (
		SELECT 1 FROM memberships x
		WHERE x.person_id = m.person_id AND x.organization_id = m.organization_id AND x.ended_at IS NULL
		AND (x.expires_at IS NULL OR x.expires_at > ?) AND NOT ` + d.ids("x.group_id") + `)`
}

func (s *Scope) inSomeArgs(groups []access.GranteeID, at time.Time) []any {
	return []any{s.id, list(groups), moment(at), list(groups)}
}

// LeaversOfAll are the members who are in no group but these at a moment, at most limit of them by name, and how many there are.
func (s *Scope) LeaversOfAll(ctx context.Context, groups []access.GranteeID, at time.Time, limit int) (leavers []Member, total int, _ error) {
	type counted struct {
		Member
		Total int
	}
	found, err := rows[counted](ctx, s.store, `
		SELECT `+memberColumns+`, count(*) OVER () AS total
		FROM members n
		WHERE n.organization_id = ? AND n.ended_at IS NULL AND n.person_id IN (SELECT m.person_id `+s.store.dialect.inSome()+`)
		ORDER BY n.sort_key, n.id LIMIT ?`, append(append([]any{s.id}, s.inSomeArgs(groups, at)...), limit)...)
	if err != nil {
		return nil, 0, wrap("read who would leave with several groups", err)
	}
	for _, c := range found {
		leavers, total = append(leavers, c.Member), c.Total
	}
	return leavers, total, nil
}

// OwnedByLeaversOfAll are the resources of these domains whose owner is among the LeaversOfAll, at most limit of them by domain and name,
// and how many there are.
func (s *Scope) OwnedByLeaversOfAll(
	ctx context.Context, groups []access.GranteeID, at time.Time, domains []access.DomainKey, limit int,
) (owned []Resource, total int, _ error) {
	return s.owned(ctx, "r.owner_id IN (SELECT m.person_id "+s.store.dialect.inSome()+")", domains, limit, s.inSomeArgs(groups, at)...)
}
