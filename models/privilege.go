package models

import (
	"context"
	"slices"
	"strings"
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

// ReplacePrivileges brings a grantee from one set to another: it ends and adds only what differs. before must be what
// stands, read in the same Change, or nil for a grantee that is new; of an editor list both sets may name just the resources
// on which they differ. What leaves Custom leaves its whole list. Resources of a list that are not in the organization and
// domain are left out.
func (s *Scope) ReplacePrivileges(
	ctx context.Context, grantee access.GranteeID, before, after access.PrivilegeSet, at time.Time,
) error {
	err := s.whole(ctx, func(tx *Scope) error {
		if err := tx.mustBeLive(ctx, grantee); err != nil {
			return err
		}
		if before == nil {
			if err := tx.giveFirst(ctx, grantee, after, at); err != nil {
				return err
			}
			return tx.countPrivileges(ctx, grantee)
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

// giveFirst gives a new grantee what it holds. Nothing has to end, so the levels of all domains are one statement.
func (s *Scope) giveFirst(ctx context.Context, grantee access.GranteeID, set access.PrivilegeSet, at time.Time) error {
	if err := s.insertLevels(ctx, grantee, set, at); err != nil {
		return err
	}
	for _, domain := range domains(nil, set) {
		for _, ids := range without(set[domain], access.Privilege{}) {
			if err := s.insertEntries(ctx, domain, []access.GranteeID{grantee}, ids, end(set[domain].Ends[ids[0]]), at); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Scope) insertLevels(ctx context.Context, grantee access.GranteeID, set access.PrivilegeSet, at time.Time) error {
	var values []string
	var args []any
	for _, domain := range domains(nil, set) {
		p := set[domain]
		for step := &p; step != nil && step.Level != access.LevelNone; step = step.Then {
			values = append(values, "(?, ?, ?, ?, ?, ?, ?)")
			args = append(args, s.id, grantee, domain, step.Level.String(), step.CanCreate, moment(at), end(step.Until))
		}
	}
	if len(values) == 0 {
		return nil
	}
	return s.execAll(ctx, []statement{
		do(`INSERT INTO privileges (organization_id, grantee_id, domain, level, can_create, since, expires_at)
			VALUES `+strings.Join(values, ", "), args...),
		s.countLevels(grantee, ""),
	})
}

// domains lists the domains of both sets in a fixed order, so that two changes never wait for each other's rows.
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
	if !sameSteps(&before, &after) {
		if err := s.setLevel(ctx, grantee, domain, after, at); err != nil {
			return err
		}
	}
	if before.Lists() && !after.Lists() {
		return s.endList(ctx, grantee, domain, at)
	}
	if err := s.endEntries(ctx, grantee, domain, slices.Concat(without(before, after)...), at); err != nil {
		return err
	}
	for _, ids := range without(after, before) {
		if err := s.insertEntries(ctx, domain, []access.GranteeID{grantee}, ids, end(after.Ends[ids[0]]), at); err != nil {
			return err
		}
	}
	return nil
}

// sameSteps tells whether two privileges are the same level with the same box now and after each end.
func sameSteps(a, b *access.Privilege) bool {
	for ; a != nil && b != nil; a, b = a.Then, b.Then {
		if a.Level != b.Level || a.CanCreate != b.CanCreate || !a.Until.Equal(b.Until) {
			return false
		}
	}
	return a == nil && b == nil
}

// end is one as rows have it.
func end(until time.Time) *time.Time {
	if until.IsZero() {
		return nil
	}
	m := moment(until)
	return &m
}

// without are the rows of a's editor list that b has not or not with the same end: together those that share one. A list
// stands with Custom only.
func without(a, b access.Privilege) [][]access.ResourceID {
	if !a.Lists() {
		return nil
	}
	in := make(map[access.ResourceID]bool, len(b.Editors))
	for _, id := range b.Editors {
		in[id] = b.Lists() && a.Ends[id].Equal(b.Ends[id])
	}
	rest, ends := map[time.Time][]access.ResourceID{}, []time.Time{}
	for _, id := range a.Editors {
		if in[id] {
			continue
		}
		until := a.Ends[id].UTC()
		if rest[until] == nil {
			ends = append(ends, until)
		}
		rest[until] = append(rest[until], id)
	}
	var all [][]access.ResourceID
	for _, until := range ends {
		all = append(all, rest[until])
	}
	return all
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
	for step := &p; step != nil && step.Level != access.LevelNone; step = step.Then {
		statements = append(statements, do(`
			INSERT INTO privileges (organization_id, grantee_id, domain, level, can_create, since, expires_at)
			VALUES (?, ?, ?, ?, ?, ?, ?)`, s.id, grantee, domain, step.Level.String(), step.CanCreate, moment(at), end(step.Until)))
	}
	return s.execAll(ctx, append(statements, s.countLevels(grantee, domain)))
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

// insertEntries puts each of the resources into the editor list of each of the grantees, which are live ones, until an end
// (nil: none). It reads the
// resources from their table, so that nothing of another organization or domain and nothing that has ended gets in.
func (s *Scope) insertEntries(
	ctx context.Context, domain access.DomainKey, grantees []access.GranteeID, resources []access.ResourceID,
	expires *time.Time, at time.Time,
) error {
	if len(grantees) == 0 || len(resources) == 0 {
		return nil
	}
	d := s.store.dialect
	_, err := s.exec(ctx, `
		INSERT INTO editor_entries (organization_id, grantee_id, domain, resource_id, since, expires_at)
		SELECT r.organization_id, CAST(g.value AS bigint), r.domain, r.id, ?, ?
		FROM resources r, `+d.values()+` g
		WHERE `+d.unindexed("r.organization_id")+` = ? AND r.domain = ? AND r.ended_at IS NULL AND `+d.ids("r.id")+`
		ON CONFLICT DO NOTHING`,
		moment(at), momentOrNil(expires), list(grantees), s.id, domain, list(resources))
	return err
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

// countPrivileges keeps the counter of a group; other grantees have none.
func (s *Scope) countPrivileges(ctx context.Context, grantee access.GranteeID) error {
	_, err := s.exec(ctx, `
		UPDATE groups SET privileges = (
			SELECT count(DISTINCT p.domain) FROM privileges p WHERE p.grantee_id = groups.id AND p.ended_at IS NULL)
		WHERE organization_id = ? AND id = ?`, s.id, grantee)
	return err
}
