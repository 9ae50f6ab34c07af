package models

import (
	"context"
	"slices"
	"time"

	"bailiwick/access"
)

// privilegeRow is one level on one domain.
type privilegeRow struct {
	GranteeID access.GranteeID
	Domain    access.DomainKey
	Level     string
	CanCreate bool
}

// PrivilegesOf is all that a grantee holds by its own rows, with full editor lists. Levels that nobody knows are left
// out (R17). Administrators has no rows.
func (s *Scope) PrivilegesOf(ctx context.Context, grantee access.GranteeID) (access.PrivilegeSet, error) {
	sets, err := s.LevelsOf(ctx, []access.GranteeID{grantee})
	if err != nil {
		return nil, err
	}
	found, err := rows[entryRow](ctx, s.store, `
		SELECT grantee_id, domain, resource_id FROM editor_entries
		WHERE +organization_id = ? AND grantee_id = ? AND ended_at IS NULL
		ORDER BY domain, resource_id`, s.id, grantee)
	set := sets[grantee]
	for _, e := range found {
		if p := set[e.Domain]; p.Level == access.LevelCustom {
			p.Editors = append(p.Editors, e.ResourceID)
			set[e.Domain] = p
		}
	}
	return set, wrap("read editor lists", err)
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
	found, err := rows[privilegeRow](ctx, s.store, `
		SELECT grantee_id, domain, level, can_create FROM privileges
		WHERE +organization_id = ? -- the sign leaves the index by grantee alone to choose from
		AND ended_at IS NULL AND `+s.store.dialect.ids("grantee_id"), s.id, list(grantees))
	for _, p := range found {
		if level, err := access.ParseLevel(p.Level); err == nil {
			sets[p.GranteeID][p.Domain] = access.Privilege{Level: level, CanCreate: p.CanCreate}
		}
	}
	return sets, wrap("read privileges", err)
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
		WHERE e.organization_id = ? AND e.domain = ? AND e.resource_id = ? AND e.ended_at IS NULL
		ORDER BY g.id`, s.id, domain, resource)
	var all []access.Grantee
	for _, g := range found {
		kind := access.Group
		if g.Domain == access.APIKeysDomain {
			kind = access.APIKey
		}
		all = append(all, access.Grantee{Kind: kind, ID: g.ID, Key: g.Key, Name: g.Name})
	}
	return all, wrap("read who lists a resource", err)
}

// ReplacePrivileges brings a grantee from one set to another: it ends and adds only what differs. before must be what
// stands, read in the same Change; of an editor list both sets may name just the resources on which they differ. What
// leaves Custom leaves its whole list. Resources of a list that are not in the organization and domain are left out.
func (s *Scope) ReplacePrivileges(
	ctx context.Context, grantee access.GranteeID, before, after access.PrivilegeSet, at time.Time,
) error {
	err := s.whole(ctx, func(tx *Scope) error {
		if err := tx.mustBeLive(ctx, grantee); err != nil {
			return err
		}
		for _, domain := range domains(before, after) {
			if err := tx.replace(ctx, grantee, domain, before[domain], after[domain], at); err != nil {
				return err
			}
		}
		return tx.countPrivileges(ctx, grantee)
	})
	return wrap("replace privileges", err)
}

// domains are those of either set, in one order, so that two changes never wait for each other's rows.
func domains(before, after access.PrivilegeSet) []access.DomainKey {
	var all []access.DomainKey
	for d := range before {
		all = append(all, d)
	}
	for d := range after {
		all = append(all, d)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (s *Scope) replace(
	ctx context.Context, grantee access.GranteeID, domain access.DomainKey, before, after access.Privilege, at time.Time,
) error {
	if before.Level != after.Level || before.CanCreate != after.CanCreate {
		if err := s.setLevel(ctx, grantee, domain, after, at); err != nil {
			return err
		}
	}
	if before.Level == access.LevelCustom && after.Level != access.LevelCustom {
		return s.endList(ctx, grantee, domain, at)
	}
	if err := s.endEntries(ctx, grantee, domain, without(editors(before), editors(after)), at); err != nil {
		return err
	}
	return s.insertEntries(ctx, domain, []access.GranteeID{grantee}, without(editors(after), editors(before)), at)
}

// editors is the list that counts: it stands with Custom only.
func editors(p access.Privilege) []access.ResourceID {
	if p.Level != access.LevelCustom {
		return nil
	}
	return p.Editors
}

// without are the numbers of a that are not in b.
func without(a, b []access.ResourceID) []access.ResourceID {
	in := make(map[access.ResourceID]bool, len(b))
	for _, id := range b {
		in[id] = true
	}
	var rest []access.ResourceID
	for _, id := range a {
		if !in[id] {
			rest = append(rest, id)
		}
	}
	return rest
}

// SetLevel gives a grantee a level with its Can Create box on a domain. The list is ignored, and what stood in one ends
// when the level is not Custom, lest it return with the next Custom.
func (s *Scope) SetLevel(
	ctx context.Context, grantee access.GranteeID, domain access.DomainKey, p access.Privilege, at time.Time,
) error {
	err := s.whole(ctx, func(tx *Scope) error {
		if err := tx.mustBeLive(ctx, grantee); err != nil {
			return err
		}
		if err := tx.setLevel(ctx, grantee, domain, p, at); err != nil {
			return err
		}
		if p.Level != access.LevelCustom {
			if err := tx.endList(ctx, grantee, domain, at); err != nil {
				return err
			}
		}
		return tx.countPrivileges(ctx, grantee)
	})
	return wrap("set level", err)
}

// endList ends a grantee's whole editor list on a domain.
func (s *Scope) endList(ctx context.Context, grantee access.GranteeID, domain access.DomainKey, at time.Time) error {
	_, err := s.exec(ctx, `
		UPDATE editor_entries SET ended_at = ?
		WHERE organization_id = ? AND grantee_id = ? AND domain = ? AND ended_at IS NULL`,
		moment(at), s.id, grantee, domain)
	return err
}

func (s *Scope) setLevel(
	ctx context.Context, grantee access.GranteeID, domain access.DomainKey, p access.Privilege, at time.Time,
) error {
	statements := []statement{s.uncountLevels(grantee, domain), do(`
		UPDATE privileges SET ended_at = ?
		WHERE organization_id = ? AND grantee_id = ? AND domain = ? AND ended_at IS NULL`,
		moment(at), s.id, grantee, domain)}
	if p.Level != access.LevelNone {
		statements = append(statements, do(`
			INSERT INTO privileges (organization_id, grantee_id, domain, level, can_create, since)
			VALUES (?, ?, ?, ?, ?, ?)`, s.id, grantee, domain, p.Level.String(), p.CanCreate, moment(at)),
			s.countLevel(grantee, domain))
	}
	return s.execAll(ctx, statements)
}

// SetEntries adds a resource to the editor lists of some grantees and takes it out of those of others.
func (s *Scope) SetEntries(
	ctx context.Context, resource access.ResourceID, domain access.DomainKey, add, remove []access.GranteeID, at time.Time,
) error {
	err := s.whole(ctx, func(tx *Scope) error {
		_, err := tx.exec(ctx, `
			UPDATE editor_entries SET ended_at = ?
			WHERE organization_id = ? AND domain = ? AND resource_id = ? AND ended_at IS NULL AND `+
			tx.store.dialect.ids("grantee_id"), moment(at), tx.id, domain, resource, list(remove))
		if err != nil {
			return err
		}
		live, err := tx.liveGrantees(ctx, add)
		if err != nil {
			return err
		}
		return tx.insertEntries(ctx, domain, live, []access.ResourceID{resource}, at)
	})
	return wrap("set editor entries", err)
}

func (s *Scope) endEntries(
	ctx context.Context, grantee access.GranteeID, domain access.DomainKey, resources []access.ResourceID, at time.Time,
) error {
	if len(resources) == 0 {
		return nil
	}
	_, err := s.exec(ctx, `
		UPDATE editor_entries SET ended_at = ?
		WHERE organization_id = ? AND grantee_id = ? AND domain = ? AND ended_at IS NULL AND `+
		s.store.dialect.ids("resource_id"), moment(at), s.id, grantee, domain, list(resources))
	return err
}

// insertEntries puts each of the resources into the editor list of each of the grantees, which are live ones. It reads the
// resources from their table, so that nothing of another organization or domain and nothing that has ended gets in.
func (s *Scope) insertEntries(
	ctx context.Context, domain access.DomainKey, grantees []access.GranteeID, resources []access.ResourceID, at time.Time,
) error {
	if len(grantees) == 0 || len(resources) == 0 {
		return nil
	}
	d := s.store.dialect
	_, err := s.exec(ctx, `
		INSERT INTO editor_entries (organization_id, grantee_id, domain, resource_id, since)
		SELECT r.organization_id, CAST(g.value AS bigint), r.domain, r.id, ?
		FROM resources r, `+d.values()+` g
		WHERE +r.organization_id = ? AND r.domain = ? AND r.ended_at IS NULL AND `+d.ids("r.id")+`
		ON CONFLICT DO NOTHING`,
		moment(at), list(grantees), s.id, domain, list(resources))
	return err
}

// liveGrantees are those of the numbers that are groups, API keys or temporary accesses of the organization.
func (s *Scope) liveGrantees(ctx context.Context, grantees []access.GranteeID) ([]access.GranteeID, error) {
	return rows[access.GranteeID](ctx, s.store, byNumber(`
		SELECT r.id FROM resources r
		WHERE r.organization_id = ? AND r.domain IN (?, ?, ?) AND r.ended_at IS NULL AND `)+s.store.dialect.ids("r.id"),
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

// countPrivileges keeps the counter of a group; other grantees have none.
func (s *Scope) countPrivileges(ctx context.Context, grantee access.GranteeID) error {
	_, err := s.exec(ctx, `
		UPDATE groups SET privileges = (
			SELECT count(*) FROM privileges p WHERE p.grantee_id = groups.id AND p.ended_at IS NULL)
		WHERE organization_id = ? AND id = ?`, s.id, grantee)
	return err
}
