package models

import (
	"context"
	"slices"
	"strings"
	"time"

	"bailiwick/access"
)

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

// countPrivileges keeps the counter of a group; other grantees have none.
func (s *Scope) countPrivileges(ctx context.Context, grantee access.GranteeID) error {
	_, err := s.exec(ctx, `
		UPDATE groups SET privileges = (
			SELECT count(DISTINCT p.domain) FROM privileges p WHERE p.grantee_id = groups.id AND p.ended_at IS NULL)
		WHERE organization_id = ? AND id = ?`, s.id, grantee)
	return err
}
