package access_test

import (
	"testing"
	"time"

	"bailiwick/access"
)

// noon is the moment at which tests ask, unless time is what they are about.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// domainSpec describes a domain whose levels allow something.
func domainSpec(key, create, resource string, levels ...string) access.DomainSpec {
	allows := map[string]string{}
	for _, l := range levels {
		allows[l] = "do what " + l + " says"
	}
	return access.DomainSpec{Key: key, Name: key, Levels: levels, CanCreate: create, Resource: resource, Allows: allows}
}

// ownService holds the domains of the console's own pages, which no catalogue is without.
func ownService() access.ServiceSpec {
	organization := domainSpec("organization", "", "", "view", "edit")
	organization.Minimum = true
	keys := domainSpec("api-keys", "independent", "api key", "view", "custom", "edit")
	keys.NoAPIKeys = true
	return access.ServiceSpec{Key: "organization", Name: "Organization", Domains: []access.DomainSpec{
		organization, keys,
		domainSpec("groups", "independent", "group", "view", "custom", "edit"),
		domainSpec("activities", "", "", "view", "edit"),
		domainSpec("notifications", "implied", "", "view", "edit"),
		domainSpec("temporary-access", "", "", "view", "edit"),
		domainSpec("single-sign-on-identity-provider", "implied", "", "view", "edit"),
	}}
}

// exampleSpec has the domains of the documents' examples.
func exampleSpec() access.CatalogSpec {
	return access.CatalogSpec{
		Name: "example",
		Services: []access.ServiceSpec{
			{Key: "analytics", Name: "Analytics", Domains: []access.DomainSpec{
				domainSpec("administrate", "", "", "allowed"),
				domainSpec("analytics-data", "", "", "view", "push", "push_and_view"),
				domainSpec("data-exports", "implied", "", "view", "edit"),
				domainSpec("dimensions", "implied", "", "view", "edit"),
				domainSpec("impersonate", "", "", "allowed"),
				domainSpec("named-filters", "implied", "", "view", "edit"),
				domainSpec("view-all-reports", "", "", "allowed"),
			}},
			{Key: "content", Name: "Content", Domains: []access.DomainSpec{
				domainSpec("extensions", "independent", "extension", "view", "custom", "edit"),
				domainSpec("fields", "implied", "field", "view", "edit"),
				domainSpec("sources", "independent", "source", "view", "custom", "edit"),
			}},
			ownService(),
			{Key: "search", Name: "Search", Domains: []access.DomainSpec{domainSpec("execute-queries", "", "", "allowed")}},
		},
		BuiltIn: []access.GroupSpec{
			{Key: "administrators", Name: "Administrators", Administrators: true, Max: true},
			{Key: "users", Name: "Users", Privileges: map[string]access.PrivilegeSpec{
				"content/sources": {Level: "view"}, "organization/organization": {Level: "view"}, "search/execute-queries": {Level: "allowed"},
			}},
		},
		Presets: []access.GroupSpec{{Key: "full-access", Name: "Full access", Max: true}},
		Templates: []access.TemplateSpec{
			{Key: "anonymous-search", Name: "Anonymous search", Privacy: "public", Privileges: map[string]access.PrivilegeSpec{
				"search/execute-queries": {Level: "allowed"}, "analytics/analytics-data": {Level: "push"},
			}},
			{Key: "custom", Name: "Custom", Privacy: "private", Forbidden: []string{"organization/api-keys", "analytics/impersonate"}},
		},
	}
}

func exampleCatalog(t testing.TB) *access.Catalog { return catalogOf(t, exampleSpec()) }

func catalogOf(t testing.TB, spec access.CatalogSpec) *access.Catalog {
	t.Helper()
	c, wrong := access.NewCatalog(spec)
	if len(wrong) > 0 {
		t.Fatalf("the catalogue is refused: %v", wrong)
	}
	return c
}

func group(id access.GranteeID, key string) access.Grantee {
	return access.Grantee{Kind: access.Group, ID: id, Key: key, Name: key}
}

func administrators() access.Grantee {
	g := group(1, "administrators")
	g.Administrators = true
	return g
}

// grants are what somebody has through a grantee, with the rows of its editor lists.
func grants(via access.Grantee, set access.PrivilegeSet) ([]access.Grant, []access.Entry) {
	var grants []access.Grant
	var entries []access.Entry
	for key, p := range set {
		grants = append(grants, access.Grant{Via: via, Domain: key, Level: p.Level, CanCreate: p.CanCreate})
		for _, id := range p.Editors {
			entries = append(entries, access.Entry{Grantee: via.ID, Domain: key, Resource: id})
		}
	}
	return grants, entries
}

// holder is one grantee with its privileges.
type holder struct {
	via access.Grantee
	set access.PrivilegeSet
}

// rightsOf are those of somebody with all these grantees.
func rightsOf(c *access.Catalog, holders ...holder) access.Rights {
	var all []access.Grant
	var rows []access.Entry
	for _, h := range holders {
		g, e := grants(h.via, h.set)
		all, rows = append(all, g...), append(rows, e...)
	}
	return access.Resolve(c, all, rows, noon)
}

// administrator is a member of Administrators.
func administrator(c *access.Catalog) access.Rights {
	return access.Resolve(c, []access.Grant{{Via: administrators()}}, nil, noon)
}

func level(l access.Level) access.Privilege { return access.Privilege{Level: l} }

func custom(ids ...access.ResourceID) access.Privilege {
	return access.Privilege{Level: access.LevelCustom, Editors: ids}
}

func withBox(p access.Privilege) access.Privilege {
	p.CanCreate = true
	return p
}
