package models

import (
	"context"

	"bailiwick/access"
)

// editorsNamed is how many names EditorsWhoGiveBack gives.
const editorsNamed = 10

// EditorChange is how the editors of a resource change, and to whom Edit would have to be given back.
type EditorChange struct {
	Given, Taken []access.GranteeID // these get Edit on it, those lose it
	Back         []access.GranteeID // groups of whoever asks
}

// EditorsWhoGiveBack are the names of the groups that may edit the resource after a change (R1, R3) and have a member who could give
// Edit back on its Access tab: who has the minimum privilege (R5) and sees one of the groups there, by View on Groups or as a member
// (R10). At most ten, by name. It goes by the groups that may edit it and by their members alone, not by all there are.
func (s *Scope) EditorsWhoGiveBack(ctx context.Context, domain access.DomainKey, resource access.ResourceID, change EditorChange) ([]string, error) {
	now := s.store.Now()
	names, err := rows[string](ctx, s.store, `
		SELECT r.name FROM resources r
		WHERE r.domain = ? AND r.ended_at IS NULL AND r.id NOT IN ? AND r.id IN (
			SELECT g.id FROM groups g WHERE g.organization_id = ? AND g.administrators = true
			UNION
			SELECT g.id FROM groups g WHERE g.organization_id = ? AND g.id IN ?
			UNION
			SELECT p.grantee_id FROM privileges p
			WHERE p.organization_id = ? AND p.domain = ? AND p.level = 'edit' AND `+inForce("p")+`
			UNION
			SELECT e.grantee_id FROM editor_entries e
			JOIN privileges p ON p.grantee_id = e.grantee_id AND p.domain = e.domain AND p.level = 'custom' AND `+inForce("p")+`
			WHERE e.organization_id = ? AND e.resource_id = ? AND e.domain = ? AND `+inForce("e")+`)
		AND EXISTS (
			SELECT 1 FROM memberships m WHERE m.group_id = r.id AND `+inForce("m")+` AND `+active("m")+`
			AND EXISTS (`+throughGroups+` AND (g.administrators = true OR `+holdsAnything+`))
			AND EXISTS (`+throughGroups+` AND (g.administrators = true OR g.id IN ? OR `+holdsAnything+`)))
		ORDER BY r.sort_key, r.id LIMIT ?`,
		access.GroupsDomain, orNobody(change.Taken), s.id, s.id, orNobody(change.Given), s.id, domain, now, now, s.id, resource, domain, now,
		now, s.id, now, access.OrganizationDomain, now, s.id, now, orNobody(change.Back), access.GroupsDomain, now, editorsNamed)
	return names, wrap("read editors", err)
}

// throughGroups are the groups g of the organization that the member of m is in, with the organization and the moment as parameters.
var throughGroups = `SELECT 1 FROM memberships x JOIN groups g ON g.id = x.group_id
	WHERE x.person_id = m.person_id AND x.organization_id = ? AND ` + inForce("x")

// holdsAnything is the condition that a group g holds a level on a domain, with the domain and the moment as parameters.
var holdsAnything = `EXISTS (SELECT 1 FROM privileges p WHERE p.grantee_id = g.id AND p.domain = ? AND ` + inForce("p") + `)`

// orNobody is a list that a statement can look in, also where it is empty.
func orNobody(ids []access.GranteeID) []access.GranteeID {
	if len(ids) == 0 {
		return []access.GranteeID{0}
	}
	return ids
}
