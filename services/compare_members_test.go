package services_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// What is compared of members, by chance: each column says what that member's own effective access says, and the things that are
// named are those on which they may do different things.
func TestAComparisonOfMembersIsWhatEachOfThemMayDo(t *testing.T) {
	for seed := range uint64(6) {
		modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
			w := newReachWorld(t, store, clock, seed)
			by, ids := callerOf(t, w.console, store, "p0@example.com"), w.members()
			for range 6 {
				w.r.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
				some := ids[:2+w.r.IntN(min(len(ids), services.MaxCompared)-1)]
				for _, domain := range []access.DomainKey{"content/sources", access.GroupsDomain, access.APIKeysDomain} {
					query := services.CompareQuery{Members: some, Rows: domain, Page: models.Page{Limit: 50}}
					found, err := w.console.CompareMembers(context.Background(), by, query)
					must(t, err)
					if len(found.Columns) != len(some) {
						t.Fatalf("%d of %d are compared", len(found.Columns), len(some))
					}
					for i, id := range some {
						w.wantColumn(by, found.Columns[i], id)
					}
					w.wantApart(found, domain)
				}
			}
		})
	}
}

// members are the numbers of all who are members.
func (w *reachWorld) members() (ids []models.MemberID) {
	for _, p := range w.people {
		if m, err := w.org.MemberOf(context.Background(), p.ID); err == nil {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// wantColumn fails where a column says other than the effective access of its member.
func (w *reachWorld) wantColumn(by services.Caller, col services.Compared, id models.MemberID) {
	w.t.Helper()
	own, err := w.console.MemberAccess(context.Background(), by, id)
	must(w.t, err)
	if col.Member.ID != id || !own.Member.Suspended() && len(col.Member.Groups) != len(own.Groups) {
		w.t.Errorf("the column of %d is that of %d, in %d groups, want %d", id, col.Member.ID, len(col.Member.Groups), len(own.Groups))
	}
	for _, d := range w.console.Catalog().Domains() {
		if got, want := col.Set[d.Key], own.Rights.Level(d.Key); got.Level != want || got.CanCreate != own.Rights.CanCreate(d.Key) {
			w.t.Errorf("%s has %v on %s, and creates: %t; want %v, %t", col.Name, got.Level, d.Key, got.CanCreate, want, own.Rights.CanCreate(d.Key))
		}
		if got, want := col.Member.Rights.Grants(d.Key), own.Rights.Grants(d.Key); len(got) != len(want) {
			w.t.Errorf("%s holds %s through %v, want %v", col.Name, d.Key, got, want)
		}
		if col.Set[d.Key].Level == access.LevelCustom && col.Lengths[d.Key] != own.Listed[d.Key] {
			w.t.Errorf("%s edits %d on %s, want %d", col.Name, col.Lengths[d.Key], d.Key, own.Listed[d.Key])
		}
	}
}

// wantApart fails where other things are named than those that some who view all or have Custom may edit, and others not.
func (w *reachWorld) wantApart(found services.Comparison, domain access.DomainKey) {
	w.t.Helper()
	named, apart := map[access.ResourceID]bool{}, 0
	for _, row := range found.Rows.Rows {
		named[row.ID] = true
	}
	for _, thing := range w.thingsOf(domain) {
		edit, view := false, false
		for _, col := range found.Columns {
			if level := col.Set[domain].Level; level != access.LevelView && level != access.LevelCustom {
				continue
			}
			edits := w.edits(col.Member.Member, domain, thing)
			edit, view = edit || edits, view || !edits
			if named[thing] && (found.Rows.Level(col, thing) == access.LevelEdit) != edits {
				w.t.Errorf("%s edits %d of %s: want %t", col.Name, thing, domain, edits)
			}
		}
		if want := edit && view; want != named[thing] {
			w.t.Errorf("%d of %s is named: %t, want %t", thing, domain, named[thing], want)
		} else if want {
			apart++
		}
	}
	if n := found.Apart[domain].Count; n != apart {
		w.t.Errorf("%d of %s are counted, want %d", n, domain, apart)
	}
}

// edits asks the engine about one thing.
func (w *reachWorld) edits(m models.Member, domain access.DomainKey, thing access.ResourceID) bool {
	grants, err := w.org.GrantsOf(context.Background(), m.PersonID, w.store.Now())
	must(w.t, err)
	var grantees []access.GranteeID
	for _, g := range grants {
		grantees = append(grantees, g.Via.ID)
	}
	entries, err := w.org.EntriesOf(context.Background(), grantees, domain)
	must(w.t, err)
	return access.Resolve(w.console.Catalog(), grants, entries, w.store.Now()).May(access.Need{Domain: domain, Ability: access.Edit}, thing)
}

func TestMembersAreComparedByWhoMayViewGroups(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx, org := context.Background(), acme(t, store)
		compare := func(email string, query services.CompareQuery) (services.Comparison, error) {
			return c.CompareMembers(ctx, callerOf(t, c, store, email), query)
		}
		lead, err := org.MemberByEmail(ctx, "lead@example.com")
		must(t, err)
		admin, err := org.MemberByEmail(ctx, administrator)
		must(t, err)
		elsewhere := modelstest.Organization(t, store, "elsewhere")
		modelstest.Administrators(t, elsewhere, modelstest.Person(t, store, "other@example.com"))
		other, err := elsewhere.MemberByEmail(ctx, "other@example.com")
		must(t, err)
		for name, ids := range map[string][]models.MemberID{"a member": {lead.ID}, "nobody": {0}} {
			var forbidden services.Forbidden
			if _, err := compare("maker@example.com", services.CompareQuery{Members: ids}); !errors.As(err, &forbidden) || forbidden.Need != services.ViewGroups {
				t.Errorf("%s, without view on groups: %v", name, err)
			}
		}
		for name, id := range map[string]models.MemberID{"nobody": 0, "another organization's": other.ID} {
			if _, err := compare(administrator, services.CompareQuery{Members: []models.MemberID{lead.ID, id}}); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		find := "example"
		both, err := compare(administrator, services.CompareQuery{Members: []models.MemberID{lead.ID, admin.ID}, Find: &find})
		must(t, err)
		if both.Columns[0].Member.ID != lead.ID || both.Columns[1].Member.ID != admin.ID {
			t.Errorf("in the order of %s, %s", both.Columns[0].Name, both.Columns[1].Name)
		}
		if compared := func(m models.Member) bool { return m.ID == lead.ID || m.ID == admin.ID }; len(both.People.Found) == 0 || slices.ContainsFunc(both.People.Found, compared) {
			t.Errorf("offered are %v", both.People.Found)
		}
		seen, err := compare("lead@example.com", services.CompareQuery{Members: []models.MemberID{lead.ID, admin.ID}})
		must(t, err)
		for domain, may := range map[access.DomainKey]bool{"content/sources": true, access.GroupsDomain: true, "content/fields": false} {
			if _, shown := seen.Columns[0].Lengths[domain]; shown != may {
				t.Errorf("the lead is shown how long lists on %s are: %t", domain, shown)
			}
		}
	})
}
