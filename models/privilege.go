package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// privilegeRow is one level on one domain.
type privilegeRow struct {
	GranteeID access.GranteeID
	Domain    access.DomainKey
	Level     string
	CanCreate bool
	ExpiresAt *time.Time
}

// under is the privilege of the row above what stands once it has ended: of rows that end at different times the one that ends first is on top.
func (p privilegeRow) under(then *access.Privilege) access.Privilege {
	level, _ := access.ParseLevel(p.Level)
	q := access.Privilege{Level: level, CanCreate: p.CanCreate, Then: then}
	if p.ExpiresAt != nil {
		q.Until = p.ExpiresAt.UTC()
	}
	return q
}

// PrivilegesOf is all that a grantee holds by its own rows, with full editor lists. Levels that nobody knows are left
// out (R17). Administrators has no rows.
func (s *Scope) PrivilegesOf(ctx context.Context, grantee access.GranteeID) (access.PrivilegeSet, error) {
	sets, err := s.LevelsOf(ctx, []access.GranteeID{grantee})
	if err != nil {
		return nil, err
	}
	found, err := rows[entryRow](ctx, s.store, `
		SELECT e.grantee_id, e.domain, e.resource_id, e.expires_at FROM editor_entries e
		WHERE `+s.store.dialect.unindexed("e.organization_id")+` = ? AND e.grantee_id = ? AND `+inForce("e")+`
		ORDER BY e.domain, e.resource_id`, s.id, grantee, s.store.Now())
	if err != nil {
		return nil, wrap("read editor lists", err)
	}
	for _, e := range found {
		e.into(sets[grantee])
	}
	return sets[grantee], nil
}

// into puts the row into its grantee's set, where the list counts.
func (e entryRow) into(set access.PrivilegeSet) {
	p := set[e.Domain]
	if !p.Lists() {
		return
	}
	p.Editors = append(p.Editors, e.ResourceID)
	if e.ExpiresAt != nil {
		if p.Ends == nil {
			p.Ends = map[access.ResourceID]time.Time{}
		}
		p.Ends[e.ResourceID] = e.ExpiresAt.UTC()
	}
	set[e.Domain] = p
}

// LevelsOf are the privileges of several grantees without their editor lists. Each grantee asked for has a set, even if
// an empty one.
func (s *Scope) LevelsOf(
	ctx context.Context, grantees []access.GranteeID,
) (map[access.GranteeID]access.PrivilegeSet, error) {
	sets := make(map[access.GranteeID]access.PrivilegeSet, len(grantees))
	for _, id := range grantees {
		sets[id] = access.PrivilegeSet{}
	}
	if len(grantees) == 0 {
		return sets, nil
	}
	d := s.store.dialect
	found, err := rows[privilegeRow](ctx, s.store, `
		SELECT p.grantee_id, p.domain, p.level, p.can_create, p.expires_at FROM privileges p
		WHERE `+d.unindexed("p.organization_id")+` = ? AND `+inForce("p")+" AND "+d.ids("p.grantee_id")+`
		ORDER BY CASE WHEN p.expires_at IS NULL THEN 0 ELSE 1 END, p.expires_at DESC`, s.id, s.store.Now(), list(grantees))
	if err != nil {
		return nil, wrap("read privileges", err)
	}
	for _, p := range found { // those that end last come first
		if _, err := access.ParseLevel(p.Level); err != nil {
			continue
		}
		var then *access.Privilege
		if q, stands := sets[p.GranteeID][p.Domain]; stands {
			then = &q
		}
		sets[p.GranteeID][p.Domain] = p.under(then)
	}
	return sets, nil
}

// ListedBy are the groups and API keys in whose editor lists the resource stands, by number.
func (s *Scope) ListedBy(
	ctx context.Context, domain access.DomainKey, resource access.ResourceID,
) ([]access.Grantee, error) {
	type grantee struct {
		ID        access.GranteeID
		Domain    access.DomainKey
		Key, Name string
	}
	found, err := rows[grantee](ctx, s.store, `
		SELECT g.id, g.domain, g.key, g.name
		FROM editor_entries e
		JOIN resources g ON g.id = e.grantee_id
		WHERE e.organization_id = ? AND e.domain = ? AND e.resource_id = ? AND `+inForce("e")+`
		ORDER BY g.id`, s.id, domain, resource, s.store.Now())
	if err != nil {
		return nil, wrap("read who lists a resource", err)
	}
	var all []access.Grantee
	for _, g := range found {
		kind := access.Group
		if g.Domain == access.APIKeysDomain {
			kind = access.APIKey
		}
		all = append(all, access.Grantee{Kind: kind, ID: g.ID, Key: g.Key, Name: g.Name})
	}
	return all, nil
}

// liveGrantees are those of the numbers that are groups, API keys or temporary accesses of the organization.
func (s *Scope) liveGrantees(ctx context.Context, grantees []access.GranteeID) ([]access.GranteeID, error) {
	d := s.store.dialect
	return rows[access.GranteeID](ctx, s.store, `
		SELECT r.id FROM resources r
		WHERE `+d.unindexed("r.organization_id")+" = ? AND r.domain IN (?, ?, ?) AND r.ended_at IS NULL AND "+d.ids("r.id"),
		s.id, access.GroupsDomain, access.APIKeysDomain, access.TemporaryAccessDomain, list(grantees))
}

// mustBeLive is ErrNotFound where the number is not that of something of the organization that can hold privileges.
func (s *Scope) mustBeLive(ctx context.Context, grantee access.GranteeID) error {
	live, err := s.liveGrantees(ctx, []access.GranteeID{grantee})
	if err == nil && len(live) == 0 {
		err = ErrNotFound
	}
	return err
}
