package services_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

// reachWorld is an organization in which people and API keys come to things by chance: through several groups, for a while, by
// editor lists, by templates and through temporary access.
type reachWorld struct {
	t       *testing.T
	store   *models.Store
	console *services.Console
	org     *models.Scope
	r       *rand.Rand
	people  []models.Person // members and not
	groups  []models.Group
	keys    []models.APIKey
	things  []models.Resource
}

func newReachWorld(t *testing.T, store *models.Store, clock *modelstest.Clock, seed uint64) *reachWorld {
	t.Helper()
	w := &reachWorld{t: t, store: store, r: rand.New(rand.NewPCG(seed, 7))}
	w.console = services.New(services.Config{Store: store, Catalog: files.DefaultCatalog(), Now: clock.Now})
	w.org = modelstest.Organization(t, store, "acme")
	w.things = modelstest.Resources(t, w.org, "content/sources", 3)
	for i := range 9 {
		w.people = append(w.people, modelstest.Person(t, store, fmt.Sprintf("p%d@example.com", i)))
	}
	w.groups = append(w.groups, modelstest.Administrators(t, w.org, w.people[0]))
	for i := range 6 {
		w.groups = append(w.groups, modelstest.Group(t, w.org, fmt.Sprintf("g%d", i), nil))
	}
	for i := range 5 {
		w.keys = append(w.keys, w.key(fmt.Sprintf("k%d", i)))
	}
	for _, g := range w.groups[1:] {
		w.hold(g.Grantee().ID)
		for _, p := range w.people[1:7] {
			if w.r.IntN(3) == 0 {
				must(t, w.org.AddMembership(context.Background(), g.Grantee().ID, p, w.end(), store.Now()))
			}
		}
	}
	for _, k := range w.keys {
		w.hold(k.Grantee().ID)
	}
	for i, p := range w.people[4:] { // members among them
		a := models.TemporaryAccess{PersonID: p.ID, RequestedAt: store.Now(), ExpiresAt: store.Now().Add(time.Hour), Justification: "case 1"}
		a.Key, a.Name = fmt.Sprintf("t%d", i), p.Name
		must(t, w.org.CreateTemporaryAccess(context.Background(), &a))
		set := access.PrivilegeSet{"content/sources": {Level: w.pick(access.LevelNone, access.LevelView, access.LevelEdit)}}
		must(t, w.org.ReplacePrivileges(context.Background(), a.Grantee().ID, nil, set, store.Now()))
	}
	if _, err := w.org.MemberOf(context.Background(), w.people[5].ID); err == nil { // has temporary access besides
		must(t, w.org.SuspendMembers(context.Background(), []models.PersonID{w.people[5].ID}, store.Now()))
	}
	clock.Advance(time.Duration(w.r.IntN(3)) * 30 * time.Minute) // some of it has ended
	return w
}

func (w *reachWorld) pick(levels ...access.Level) access.Level { return levels[w.r.IntN(len(levels))] }

// end is of what lasts a while or for good.
func (w *reachWorld) end() *time.Time {
	if w.r.IntN(2) == 0 {
		return nil
	}
	at := w.store.Now().Add(time.Duration(1+w.r.IntN(3)) * 30 * time.Minute)
	return &at
}

func (w *reachWorld) key(name string) models.APIKey {
	now := w.store.Now()
	templates := append([]string{"", "gone"}, func() (all []string) {
		for _, t := range w.console.Catalog().Templates {
			all = append(all, t.Key)
		}
		return all
	}()...)
	k := models.APIKey{Enabled: w.r.IntN(4) > 0, ExpiresAt: w.end(), Template: templates[w.r.IntN(len(templates))], Allow: []string{"192.0.2.0/24"}}
	k.Key, k.Name, k.CreatedAt, k.ModifiedAt = name, "P1 "+name, now, now
	must(w.t, w.store.Change(context.Background(), w.org.ID(), func(tx *models.Scope) error { return tx.CreateAPIKey(context.Background(), &k) }))
	return k
}

// hold gives a grantee levels by chance, some of which fall back to another.
func (w *reachWorld) hold(id access.GranteeID) {
	set := access.PrivilegeSet{}
	for _, d := range w.console.Catalog().Domains() {
		if !slices.Contains(reachDomains, d.Key) || w.r.IntN(4) == 0 {
			continue
		}
		p := w.privilege(d)
		if end := w.end(); end != nil && w.r.IntN(2) == 0 {
			then := w.privilege(d)
			then.Editors = p.Editors
			p.Until, p.Then = *end, &then
		}
		set[d.Key] = p
	}
	must(w.t, w.store.Change(context.Background(), w.org.ID(), func(tx *models.Scope) error {
		return tx.ReplacePrivileges(context.Background(), id, nil, set, w.store.Now())
	}))
}

func (w *reachWorld) privilege(d *access.Domain) access.Privilege {
	p := access.Privilege{Level: d.Levels[w.r.IntN(len(d.Levels))]}
	p.CanCreate = d.CreateChoice(p.Level) && w.r.IntN(2) == 0
	if p.Level == access.LevelCustom {
		for _, id := range w.thingsOf(d.Key) {
			if w.r.IntN(2) == 0 {
				p.Editors = append(p.Editors, id)
			}
		}
	}
	return p
}

// thingsOf are the numbers of what is in the domain.
func (w *reachWorld) thingsOf(d access.DomainKey) (ids []access.ResourceID) {
	switch d {
	case "content/sources":
		for _, r := range w.things {
			ids = append(ids, r.ID)
		}
	case access.GroupsDomain:
		for _, g := range w.groups {
			ids = append(ids, g.ID)
		}
	case access.APIKeysDomain:
		for _, k := range w.keys {
			ids = append(ids, k.ID)
		}
	}
	return ids
}

// reachDomains are of every kind: with editor lists, barred to keys, with Push, and with an ability that is no view.
var reachDomains = []access.DomainKey{"content/sources", access.GroupsDomain, access.APIKeysDomain, access.ActivitiesDomain, "analytics/analytics-data", "analytics/impersonate"}

// targets are all that is asked about.
func (w *reachWorld) targets() []services.ResourceRef {
	all := []services.ResourceRef{{Domain: access.GroupsDomain, Key: w.groups[1].Key}, {Domain: access.APIKeysDomain, Key: w.keys[0].Key}}
	for _, d := range reachDomains {
		all = append(all, services.ResourceRef{Domain: d})
	}
	for _, r := range w.things {
		all = append(all, services.ResourceRef{Domain: "content/sources", Key: r.Key})
	}
	return all
}

// slowly is who can reach the target, each asked of the engine by itself: "full" or "part" by address or key.
func (w *reachWorld) slowly(which services.ResourceRef, need access.Need) map[string]string {
	ctx, at := context.Background(), w.store.Now()
	id := access.ResourceID(0)
	if which.Key != "" {
		r, err := w.org.Resource(ctx, which.Domain, which.Key)
		must(w.t, err)
		id = r.ID
	}
	all := map[string]string{}
	judge := func(name string, grants []access.Grant) {
		var grantees []access.GranteeID
		for _, g := range grants {
			grantees = append(grantees, g.Via.ID)
		}
		entries, err := w.org.EntriesOf(ctx, grantees, which.Domain)
		must(w.t, err)
		rights := access.Resolve(w.console.Catalog(), grants, entries, at)
		switch {
		case rights.May(need, id):
			all[name] = models.ReachFull
		case rights.Level(which.Domain) != access.LevelNone:
			all[name] = models.ReachPart
		}
	}
	for _, p := range w.people {
		grants, err := w.org.GrantsOf(ctx, p.ID, at)
		must(w.t, err)
		judge(p.Email, grants)
	}
	for _, k := range w.keys {
		grants, err := w.org.GrantsOfGrantee(ctx, k.Grantee().ID, at)
		must(w.t, err)
		for i, g := range grants {
			if d := w.console.Catalog().Domain(g.Domain); d != nil {
				grants[i].Level, grants[i].CanCreate = w.console.Catalog().Template(k.Template).Holds(d, g.Level, g.CanCreate)
			}
		}
		judge(k.Key, grants)
	}
	return all
}

// listed is the same by the pages, read to the end and back, in which nobody may stand twice or out of order.
func (w *reachWorld) listed(by services.Caller, which services.ResourceRef, query services.ReachQuery) (map[string]string, services.Reach) {
	w.t.Helper()
	all, order := map[string]string{}, []string{}
	var first services.Reach
	query.Limit = 1 + w.r.IntN(4)
	for {
		page, err := w.console.Reach(context.Background(), by, which, query)
		must(w.t, err)
		if len(order) == 0 {
			first = page
		}
		for _, row := range page.Rows {
			name := row.Email + row.Slug
			if all[name] != "" {
				w.t.Fatalf("%v: %s stands twice", which, name)
			}
			all[name] = models.ReachPart
			if row.Full {
				all[name] = models.ReachFull
			}
			if len(row.Ways) == 0 {
				w.t.Errorf("%v: no way leads %s there", which, name)
			}
			order = append(order, all[name]+row.SortKey)
		}
		if query.After = page.Next; page.Next == "" {
			w.goesBack(by, which, query, page, order)
			break
		}
	}
	sorted := slices.Clone(order)
	slices.Sort(sorted)
	if strings.TrimPrefix(query.Sort, "-") == "" && !slices.Equal(order, sorted) {
		w.t.Errorf("%v: in the order %q", which, order)
	}
	return all, first
}

// goesBack fails where the pages before the last are not those that were met on the way there.
func (w *reachWorld) goesBack(by services.Caller, which services.ResourceRef, query services.ReachQuery, page services.Reach, order []string) {
	w.t.Helper()
	order = order[:len(order)-len(page.Rows)]
	for page.Previous != "" {
		query.After, query.Before = "", page.Previous
		var err error
		page, err = w.console.Reach(context.Background(), by, which, query)
		must(w.t, err)
		var met []string
		for _, row := range page.Rows {
			level := models.ReachPart
			if row.Full {
				level = models.ReachFull
			}
			met = append(met, level+row.SortKey)
		}
		if len(met) > len(order) || !slices.Equal(met, order[len(order)-len(met):]) {
			w.t.Fatalf("%v: on the way back %q, on the way there %q", which, met, order)
		}
		order = order[:len(order)-len(met)]
	}
	if len(order) > 0 {
		w.t.Errorf("%v: the way back leaves out %q", which, order)
	}
}

func TestWhoCanReachSomethingIsWhatTheEngineSaysOfEachOfThem(t *testing.T) {
	for seed := range uint64(5) {
		modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
			w := newReachWorld(t, store, clock, seed)
			by := callerOf(t, w.console, store, "p0@example.com")
			for _, which := range w.targets() {
				got, first := w.listed(by, which, services.ReachQuery{})
				want := w.slowly(which, first.Need)
				if fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("seed %d, %v: listed %v, one by one %v", seed, which, got, want)
				}
				n, full := first.Counts, 0
				for _, level := range want {
					if level == models.ReachFull {
						full++
					}
				}
				if n.People+n.Keys+n.Lent != len(want) || n.FullPeople+n.FullKeys+n.FullLent != full {
					t.Errorf("seed %d, %v: counted %+v, there are %d, %d of them at the most", seed, which, n, len(want), full)
				}
				byName, _ := w.listed(by, which, services.ReachQuery{Page: models.Page{Sort: "-name"}})
				if fmt.Sprint(byName) != fmt.Sprint(want) {
					t.Errorf("seed %d, %v: by name %v, one by one %v", seed, which, byName, want)
				}
			}
		})
	}
}

// named leaves of all those with a text that has each of the words.
func (w *reachWorld) named(all map[string]string, typed string) map[string]string {
	found := map[string]string{}
	for who, level := range all {
		text := "p1 " + who // the name of a key
		if person, _, is := strings.Cut(who, "@"); is {
			text = person + " " + who
		}
		if !slices.ContainsFunc(strings.Fields(typed), func(word string) bool { return !strings.Contains(text, word) }) {
			found[who] = level
		}
	}
	return found
}

func TestWhoCanReachSomethingIsFoundByWords(t *testing.T) {
	for seed := range uint64(3) {
		modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
			w := newReachWorld(t, store, clock, seed)
			by := callerOf(t, w.console, store, "p0@example.com")
			for _, which := range w.targets() {
				_, first := w.listed(by, which, services.ReachQuery{})
				all := w.slowly(which, first.Need)
				for _, typed := range []string{"p1", "example", "p3 example", "k3", "nobody"} {
					got, found := w.listed(by, which, services.ReachQuery{Page: models.Page{Query: typed}})
					if want := w.named(all, typed); fmt.Sprint(got) != fmt.Sprint(want) {
						t.Errorf("seed %d, %v, %q: listed %v, one by one %v", seed, which, typed, got, want)
					}
					if found.Counts != first.Counts {
						t.Errorf("seed %d, %v, %q: counted %+v of %+v", seed, which, typed, found.Counts, first.Counts)
					}
				}
			}
		})
	}
}
