package access_test

import (
	"math/rand/v2"
	"time"

	"bailiwick/access"
)

// world is one random case: a catalogue, and the facts about one subject.
type world struct {
	random  *rand.Rand
	spec    access.CatalogSpec
	catalog *access.Catalog
	oracle  oracle
	domains []access.DomainKey // of the catalogue, and one that is not in it
	grants  []access.Grant
	entries []access.Entry
	rights  access.Rights
}

// pick is one of the values.
func pick[T any](random *rand.Rand, values ...T) T { return values[random.IntN(len(values))] }

// randomSpec has the console's own domains and a few others of every kind that a catalogue can hold.
func randomSpec(random *rand.Rand) access.CatalogSpec {
	service := access.ServiceSpec{Key: "x", Name: "X"}
	for i := range 1 + random.IntN(4) {
		key := string(rune('a' + i))
		service.Domains = append(service.Domains, pick(random,
			domainSpec(key, "", "", "allowed"),
			domainSpec(key, "", "", "view"),
			domainSpec(key, "none", "", "view", "edit"),
			domainSpec(key, "implied", "", "edit"),
			domainSpec(key, "implied", "thing", "view", "edit"),
			domainSpec(key, "independent", "thing", "view"),
			domainSpec(key, "independent", "", "view", "edit"),
			domainSpec(key, "", "", "push"),
			domainSpec(key, "", "thing", "view", "push", "push_and_view"),
			domainSpec(key, "", "", "push_and_view", "push"),
			domainSpec(key, "", "thing", "view", "custom", "edit"),
			domainSpec(key, "implied", "thing", "edit", "custom", "view"),
			domainSpec(key, "independent", "thing", "custom", "view", "edit"),
		))
	}
	return access.CatalogSpec{
		Name: "random", Services: []access.ServiceSpec{service, ownService()},
		BuiltIn: []access.GroupSpec{{Key: "administrators", Name: "Administrators", Administrators: true, Max: true}},
	}
}

// domain is mostly one of the catalogue.
func (w *world) domain() access.DomainKey { return pick(w.random, w.domains...) }

// level is mostly one that the domain offers.
func (w *world) level(key access.DomainKey) access.Level {
	if offered := w.oracle[key].Levels; len(offered) > 0 && w.random.IntN(8) > 0 {
		l, _ := access.ParseLevel(pick(w.random, offered...))
		return l
	}
	return access.Level(w.random.IntN(9)) // none, not offered, unknown
}

func (w *world) grantee() access.Grantee {
	id := access.GranteeID(1 + w.random.IntN(5))
	g := access.Grantee{ID: id, Key: string(rune('a' + id)), Kind: pick(w.random, access.Group, access.Group, access.Group, access.APIKey, access.TemporaryAccess)}
	switch w.random.IntN(40) {
	case 2:
		g.Disabled = true
	case 0:
		g.Administrators = true
	case 1:
		g.Kind, g.Administrators = access.Operator, true
	}
	return g
}

func (w *world) grant() access.Grant {
	key := w.domain()
	g := access.Grant{Via: w.grantee(), Domain: key, Level: w.level(key), CanCreate: w.random.IntN(3) == 0}
	if w.random.IntN(4) == 0 {
		g.Since = noon.Add(time.Duration(w.random.IntN(3)-1) * time.Hour)
	}
	if w.random.IntN(4) == 0 {
		g.Until = noon.Add(time.Duration(w.random.IntN(3)-1) * time.Hour)
	}
	return g
}

// privileges is a random set, not always clean.
func (w *world) privileges() access.PrivilegeSet {
	set := access.PrivilegeSet{}
	for range w.random.IntN(5) {
		key := w.domain()
		p := access.Privilege{Level: w.level(key), CanCreate: w.random.IntN(3) == 0}
		for range w.random.IntN(4) {
			p.Editors = append(p.Editors, pick(w.random, universe...))
		}
		w.end(key, &p)
		set[key] = p
	}
	return set
}

// end gives a privilege ends here and there, and what stands after them.
func (w *world) end(key access.DomainKey, p *access.Privilege) {
	ends := []time.Time{noon.Add(time.Hour), noon.Add(2 * time.Hour)}
	for _, id := range p.Editors {
		if w.random.IntN(4) == 0 {
			p.Ends = map[access.ResourceID]time.Time{id: pick(w.random, ends...)}
		}
	}
	if w.random.IntN(3) > 0 {
		return
	}
	p.Until = pick(w.random, ends...)
	if w.random.IntN(3) > 0 {
		p.Then = &access.Privilege{Level: w.level(key), CanCreate: w.random.IntN(3) == 0}
		if w.random.IntN(2) == 0 {
			p.Then.Until = pick(w.random, ends...)
		}
	}
}

// renew makes other facts in the same catalogue.
func (w *world) renew() {
	w.grants, w.entries = nil, nil
	for range w.random.IntN(10) {
		w.grants = append(w.grants, w.grant())
	}
	for range w.random.IntN(12) {
		e := access.Entry{Grantee: access.GranteeID(1 + w.random.IntN(5)), Domain: w.domain(), Resource: pick(w.random, universe...)}
		if w.random.IntN(4) == 0 {
			e.Until = noon.Add(time.Duration(w.random.IntN(4)-1) * time.Hour)
		}
		w.entries = append(w.entries, e)
	}
	half := w.random.IntN(len(w.entries) + 1) // some rows come later, as pages read them
	w.rights = access.Resolve(w.catalog, w.grants, w.entries[:half], noon).WithEntries(w.entries[half:])
}

func (w *world) all() answers { return w.oracle.grants(w.grants, w.entries, noon, anyGrant) }

// ceiling is what may be given to a grantee that has this much already, as of a moment.
func (w *world) ceiling(had access.PrivilegeSet, at time.Time) answers {
	all := w.oracle.grants(w.grants, w.entries, at, ownFrom)
	all.add(w.oracle.setAt(had, at))
	return all
}

func (w *world) lasting() answers { return w.oracle.grants(w.grants, w.entries, noon, lasting) }

func newWorld(random *rand.Rand, build func(access.CatalogSpec) *access.Catalog) *world {
	w := &world{random: random, spec: randomSpec(random)}
	w.catalog, w.oracle = build(w.spec), oracleOf(w.spec)
	for _, d := range w.catalog.Domains() {
		w.domains = append(w.domains, d.Key)
	}
	w.domains = append(w.domains, "x/gone")
	return w
}
