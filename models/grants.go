package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// grantRow is one line of the statements that feed access.Resolve.
type grantRow struct {
	Email          string // of the member, where the statement is about several
	ID             access.GranteeID
	Kind           access.GranteeKind
	Key, Name      string
	Administrators bool
	Until          *time.Time
	Domain         access.DomainKey
	Level          string
	CanCreate      bool
	Ends           *time.Time // of the privilege
	Lasting        int        // sorts: 1 where it has no end
	SortKey        string     // sorts
}

// grantColumns are those of grantRow, from resources r, groups g and privileges p.
const grantColumns = `
	r.id AS id, r.key AS key, r.name AS name,
	COALESCE(p.domain, '') AS domain, COALESCE(p.level, 'none') AS level, COALESCE(p.can_create, false) AS can_create,
	p.expires_at AS ends, CASE WHEN p.expires_at IS NULL THEN 1 ELSE 0 END AS lasting`

// GrantsOf is all that the person holds through groups and temporary accesses at a moment, in one statement. A group
// without privileges gives one grant of LevelNone, so that the membership shows; Administrators gives one that stands for
// everything (R8). Whoever is suspended holds nothing (R23). Each ends with the membership or with the privilege, whichever comes first. What is ended or expired is not
// there (R12). Grant.Since is left zero: a row that stands counts at once, on every instance, whatever its clock says (R13).
func (s *Scope) GrantsOf(ctx context.Context, person PersonID, at time.Time) ([]access.Grant, error) {
	running, args := s.store.running(at)
	found, err := rows[grantRow](ctx, s.store, `
		SELECT 'group' AS kind, g.administrators, m.expires_at AS until, r.sort_key, `+grantColumns+`
		FROM memberships m
		JOIN resources r ON r.id = m.group_id AND r.organization_id = m.organization_id AND r.ended_at IS NULL
		JOIN groups g ON g.id = r.id
		LEFT JOIN privileges p ON p.grantee_id = r.id AND `+inForce("p")+` AND NOT g.administrators
		WHERE m.organization_id = ? AND m.person_id = ? AND m.ended_at IS NULL
		AND (m.expires_at IS NULL OR m.expires_at > ?) AND `+active("m")+`
		UNION ALL
		SELECT 'temporary-access', false, t.expires_at, r.sort_key, `+grantColumns+`
		FROM temporary_accesses t
		JOIN clock c ON c.id = 1
		JOIN resources r ON r.id = t.id AND r.ended_at IS NULL
		JOIN privileges p ON p.grantee_id = r.id AND p.ended_at IS NULL
		WHERE t.organization_id = ? AND t.person_id = ? AND `+running+` AND `+active("t")+`
		ORDER BY kind, sort_key, id, domain, lasting, ends`, append([]any{moment(at), s.id, person, moment(at), s.id, person}, args...)...)
	return grants(found), wrap("read grants of a person", err)
}

// GrantsOfGrantee is what a group or an API key holds itself at a moment. A key that is disabled or expired holds
// nothing (R11), and neither does what has ended or is not a grantee of the organization.
func (s *Scope) GrantsOfGrantee(ctx context.Context, id access.GranteeID, at time.Time) ([]access.Grant, error) {
	found, err := rows[grantRow](ctx, s.store, `
		SELECT CASE WHEN g.id IS NULL THEN 'api-key' ELSE 'group' END AS kind,
			COALESCE(g.administrators, false) AS administrators, k.expires_at AS until, `+grantColumns+`
		FROM resources r
		LEFT JOIN groups g ON g.id = r.id
		LEFT JOIN api_keys k ON k.id = r.id
		LEFT JOIN privileges p ON p.grantee_id = r.id AND `+inForce("p")+` AND (g.id IS NULL OR NOT g.administrators)
		WHERE r.organization_id = ? AND r.id = ? AND r.ended_at IS NULL
		AND (g.id IS NOT NULL OR k.enabled AND (k.expires_at IS NULL OR k.expires_at > ?))
		ORDER BY p.domain, lasting, ends`, moment(at), s.id, id, moment(at))
	return grants(found), wrap("read grants of a grantee", err)
}

// grants leaves out the levels that nobody knows (R17).
func grants(found []grantRow) []access.Grant {
	var all []access.Grant
	for _, r := range found {
		level, err := access.ParseLevel(r.Level)
		if err != nil {
			continue
		}
		via := access.Grantee{Kind: r.Kind, ID: r.ID, Key: r.Key, Name: r.Name, Administrators: r.Administrators}
		g := access.Grant{Via: via, Domain: r.Domain, Level: level, CanCreate: r.CanCreate}
		for _, end := range []*time.Time{r.Until, r.Ends} {
			if end != nil && (g.Until.IsZero() || end.Before(g.Until)) {
				g.Until = *end
			}
		}
		all = append(all, g)
	}
	return all
}

// entryRow is one row of an editor list.
type entryRow struct {
	GranteeID  access.GranteeID
	Domain     access.DomainKey
	ResourceID access.ResourceID
	ExpiresAt  *time.Time
}

// entrySelect ends inside its WHERE clause; its parameters are the organization, the domain and now. Only the index by grantee is
// left to choose from.
func (d dialect) entrySelect() string {
	return `
	SELECT e.grantee_id, e.domain, e.resource_id, e.expires_at FROM editor_entries e
	WHERE ` + d.unindexed("e.organization_id") + " = ? AND e.domain = ? AND " + inForce("e") + " AND "
}

const entryOrder = " ORDER BY e.resource_id, e.grantee_id"

// EntriesAmong are the rows of the grantees' editor lists that are about these resources.
func (s *Scope) EntriesAmong(
	ctx context.Context, grantees []access.GranteeID, domain access.DomainKey, resources []access.ResourceID,
) ([]access.Entry, error) {
	if len(grantees) == 0 || len(resources) == 0 {
		return nil, nil
	}
	d := s.store.dialect
	found, err := rows[entryRow](ctx, s.store,
		d.entrySelect()+d.ids("e.grantee_id")+" AND "+d.ids("e.resource_id")+entryOrder,
		s.id, domain, s.store.Now(), list(grantees), list(resources))
	return entries(found), wrap("read editor entries", err)
}

// EntriesOf are the grantees' whole editor lists on a domain.
func (s *Scope) EntriesOf(
	ctx context.Context, grantees []access.GranteeID, domain access.DomainKey,
) ([]access.Entry, error) {
	if len(grantees) == 0 {
		return nil, nil
	}
	d := s.store.dialect
	found, err := rows[entryRow](ctx, s.store,
		d.entrySelect()+d.ids("e.grantee_id")+entryOrder, s.id, domain, s.store.Now(), list(grantees))
	return entries(found), wrap("read editor lists", err)
}

func entries(found []entryRow) []access.Entry {
	var all []access.Entry
	for _, r := range found {
		e := access.Entry{Grantee: r.GranteeID, Domain: r.Domain, Resource: r.ResourceID}
		if r.ExpiresAt != nil {
			e.Until = *r.ExpiresAt
		}
		all = append(all, e)
	}
	return all
}
