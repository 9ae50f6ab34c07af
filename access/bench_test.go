package access_test

import (
	"fmt"
	"testing"

	"bailiwick/access"
)

// benchCatalog is as large as the default one: 48 domains beside the console's own.
func benchCatalog(b *testing.B) *access.Catalog {
	spec := exampleSpec()
	large := access.ServiceSpec{Key: "large", Name: "Large"}
	for i := range 37 {
		large.Domains = append(large.Domains, domainSpec(fmt.Sprintf("domain-%d", i), "implied", "", "view", "edit"))
	}
	spec.Services = append(spec.Services, large)
	return catalogOf(b, spec)
}

// benchFacts are those of a member of three groups with 20 privileges each, and a page of 50 resources.
func benchFacts(c *access.Catalog) ([]access.Grant, []access.Entry) {
	var all []access.Grant
	var rows []access.Entry
	for i := range access.GranteeID(3) {
		set := access.PrivilegeSet{sources: custom()}
		for _, d := range c.Domains()[:20] {
			if d.Key != sources {
				set[d.Key] = access.Privilege{Level: d.Levels[0]}
			}
		}
		g, _ := grants(group(i+2, "g"), set)
		all = append(all, g...)
		for id := access.ResourceID(1); id <= 50; id += 2 {
			rows = append(rows, access.Entry{Grantee: i + 2, Domain: sources, Resource: id})
		}
	}
	return all, rows
}

func BenchmarkResolve(b *testing.B) {
	c := benchCatalog(b)
	facts, _ := benchFacts(c)
	for b.Loop() {
		access.Resolve(c, facts, nil, noon)
	}
}

func BenchmarkResolveAdministrator(b *testing.B) {
	c := benchCatalog(b)
	for b.Loop() {
		administrator(c)
	}
}

func BenchmarkMay(b *testing.B) {
	c := benchCatalog(b)
	facts, rows := benchFacts(c)
	r := access.Resolve(c, facts, rows, noon)
	need := access.Need{Domain: sources, Ability: access.Edit}
	for b.Loop() {
		r.May(need, 7)
	}
}

func BenchmarkDecide(b *testing.B) {
	c := benchCatalog(b)
	facts, rows := benchFacts(c)
	r := access.Resolve(c, facts, rows, noon)
	need := access.Need{Domain: sources, Ability: access.Edit}
	for b.Loop() {
		r.Decide(need, 7)
	}
}

// BenchmarkPage answers for 50 rows whether they may be edited and whether more may be created, with the rows of the
// editor lists that belong to the page.
func BenchmarkPage(b *testing.B) {
	c := benchCatalog(b)
	facts, rows := benchFacts(c)
	shared := access.Resolve(c, facts, nil, noon)
	for b.Loop() {
		r := shared.WithEntries(rows)
		for id := access.ResourceID(1); id <= 50; id++ {
			r.May(access.Need{Domain: sources, Ability: access.View}, id)
			r.May(access.Need{Domain: sources, Ability: access.Edit}, id)
		}
	}
}
