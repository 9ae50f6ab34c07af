package handlers

import (
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/services"
)

// Keys of things stand where they can't be taken for a word of the console: those follow a hyphen of their own.
func TestAddressesOfAnOrganization(t *testing.T) {
	s := siteOf("acme")
	for want, got := range map[string]string{
		"/o/acme/groups/interns/members/-/invite":                        s.inviteInto("interns"),
		"/o/acme/members/7/groups":                                       s.groupsOfMember(7),
		"/o/acme/mail/7":                                                 s.mail(7),
		"/o/acme/resources/content/sources":                              s.domain(sources),
		"/o/acme/api-keys":                                               s.domain(access.APIKeysDomain),
		"/o/acme/activity":                                               s.domain(access.ActivitiesDomain),
		"/o/acme/organization":                                           s.domain(access.OrganizationDomain),
		"/o/acme/temporary-access/-/actions":                             s.domainActions(access.TemporaryAccessDomain),
		"/o/acme/groups/interns":                                         s.thing(access.GroupsDomain, "interns"),
		"/o/acme/resources/content/sources/jira":                         s.thing(sources, "jira"),
		"/o/acme/api-keys/importer/access":                               s.accessTo(services.ResourceRef{Domain: access.APIKeysDomain, Key: "importer"}),
		"/o/acme/activity?domain=content%2Fsources":                      s.activityOf(sources, 0),
		"/o/acme/activity?domain=content%2Fsources&resource=7":           s.activityOf(sources, 7),
		"/o/acme/explain?can=edit&resource=jira&what=content%2Fsources":  s.why(sources, "jira"),
		"/o/acme/explain?can=view&what=content%2Fsources&who=member%3A7": s.explain(services.Question{Subject: "member:7", Ability: "view", Domain: "content/sources"}),
		"/o/acme/temporary-access/-/memberships/12/keep":                 s.keepMembership(12),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestAnAddressHasOnlyValuesThatSaySomething(t *testing.T) {
	for want, pairs := range map[string][]string{
		"/list":             {"q", "", "sort", ""},
		"/list?q=a%26b+c":   {"q", "a&b c", "sort", ""},
		"/list?after=x&q=y": {"q", "y", "after", "x"},
	} {
		if got := with("/list", pairs...); got != want {
			t.Errorf("%q make %s, want %s", pairs, got, want)
		}
	}
}

func TestAPathToGoToStaysOnThisSite(t *testing.T) {
	for wanted, safe := range map[string]bool{
		"/o/acme/groups?q=a b": false, "/o/acme/groups?q=a%20b#x": true, "/": true,
		"": false, "groups": false, "https://example.com/": false, "//example.com": false, "///example.com": false, `/\example.com`: false, "/\t/example.com": false,
		"/o/\nacme": false, "/%zz": false, "/" + strings.Repeat("x", maxPath): false, "/" + strings.Repeat("x", maxPath-1): true, "javascript:alert(1)": false,
	} {
		want := "/otherwise"
		if safe {
			want = wanted
		}
		if got := localPath(wanted, "/otherwise"); got != want {
			t.Errorf("%.40q leads to %.40q", wanted, got)
		}
	}
}

func TestADomainsKeyIsFitForAnID(t *testing.T) {
	if got := idOf("content/source.metadata"); got != "content-source-metadata" {
		t.Errorf("got %s", got)
	}
}
