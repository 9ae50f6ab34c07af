package models

import (
	"context"
	"strings"
	"time"

	"bailiwick/access"
)

// inGroup are the people of a group. Its parameters are the organization and the group.
const inGroup = `
	SELECT m.person_id FROM memberships m
	WHERE m.organization_id = ? AND m.group_id = ? AND m.ended_at IS NULL`

// inNoOther are those of the people of a group who are in no other: without it they are no longer members (R16).
func inNoOther(inGroup string) string {
	return inGroup + ` AND NOT EXISTS (
		SELECT 1 FROM memberships x
		WHERE x.person_id = m.person_id AND x.organization_id = m.organization_id AND x.group_id <> m.group_id
		AND x.ended_at IS NULL)`
}

// inNoOtherAt are those who are in no other at a moment, its last parameter: what has expired holds nobody (R12).
func inNoOtherAt(inGroup string) string {
	return strings.TrimSuffix(inNoOther(inGroup), ")") + " AND (x.expires_at IS NULL OR x.expires_at > ?))"
}

// Leavers are the members whose only group this is at a moment, at most limit of them by name, and how many there are.
func (s *Scope) Leavers(
	ctx context.Context, group access.GranteeID, at time.Time, limit int,
) (leavers []Member, total int, _ error) {
	type counted struct {
		Member
		Total int
	}
	found, err := rows[counted](ctx, s.store, `
		SELECT `+memberColumns+`, count(*) OVER () AS total
		FROM members n
		WHERE n.organization_id = ? AND n.ended_at IS NULL AND n.person_id IN (`+inNoOtherAt(inGroup)+`)
		ORDER BY n.sort_key, n.id LIMIT ?`, s.id, s.id, group, moment(at), limit)
	if err != nil {
		return nil, 0, wrap("read who would leave", err)
	}
	for _, c := range found {
		leavers, total = append(leavers, c.Member), c.Total
	}
	return leavers, total, nil
}

// OwnedByLeavers are the resources of these domains whose owner is among the Leavers, at most limit of them by domain
// and name, and how many there are.
func (s *Scope) OwnedByLeavers(
	ctx context.Context, group access.GranteeID, at time.Time, domains []access.DomainKey, limit int,
) (owned []Resource, total int, _ error) {
	return s.owned(ctx, "r.owner_id IN ("+inNoOtherAt(inGroup)+")", domains, limit, s.id, group, moment(at))
}

// OwnedResources are those of these domains that the person owns, at most limit of them by domain and name, and how many
// there are.
func (s *Scope) OwnedResources(
	ctx context.Context, person PersonID, domains []access.DomainKey, limit int,
) (owned []Resource, total int, _ error) {
	return s.owned(ctx, "r.owner_id = ?", domains, limit, person)
}

func (s *Scope) owned(
	ctx context.Context, condition string, domains []access.DomainKey, limit int, args ...any,
) (owned []Resource, total int, _ error) {
	type counted struct {
		Resource
		Total int
	}
	found, err := rows[counted](ctx, s.store, `
		SELECT r.*, o.email AS owner_email, count(*) OVER () AS total
		FROM resources r
		JOIN people o ON o.id = r.owner_id
		WHERE r.organization_id = ? AND r.ended_at IS NULL AND `+condition+` AND `+s.store.dialect.texts("r.domain")+`
		ORDER BY r.domain, r.sort_key, r.id LIMIT ?`, append(append([]any{s.id}, args...), list(domains), limit)...)
	if err != nil {
		return nil, 0, wrap("read owned resources", err)
	}
	for _, c := range found {
		owned, total = append(owned, c.Resource), c.Total
	}
	return owned, total, nil
}
