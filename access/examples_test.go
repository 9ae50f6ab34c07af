package access_test

import (
	"slices"
	"testing"

	"bailiwick/access"
)

// The worked examples of the documents that describe the system, figure by figure.

// Conflicting access levels: John Smith is a member of Analytics Viewers and of Limited Administrators.
func TestJohnSmithHoldsTheHighestOfBothGroups(t *testing.T) {
	c := exampleCatalog(t)
	table := []struct {
		domain                      access.DomainKey
		viewers, limited, johnSmith access.Level
	}{
		{"analytics/administrate", access.LevelNone, access.LevelAllowed, access.LevelAllowed},
		{"analytics/data-exports", access.LevelView, access.LevelEdit, access.LevelEdit},
		{"analytics/dimensions", access.LevelView, access.LevelEdit, access.LevelEdit},
		{"analytics/impersonate", access.LevelAllowed, access.LevelNone, access.LevelAllowed},
		{"analytics/named-filters", access.LevelView, access.LevelView, access.LevelView},
	}
	viewers, limited := access.PrivilegeSet{}, access.PrivilegeSet{}
	for _, row := range table {
		viewers[row.domain], limited[row.domain] = level(row.viewers), level(row.limited)
	}
	john := rightsOf(c, holder{group(2, "analytics-viewers"), viewers}, holder{group(3, "limited-administrators"), limited})
	for _, row := range table {
		if got := john.Level(row.domain); got != row.johnSmith {
			t.Errorf("%s: %v, want %v", row.domain, got, row.johnSmith)
		}
	}
	checkVia(t, john.Decide(access.Need{Domain: "analytics/dimensions", Ability: access.Edit}, 0), "limited-administrators")
	checkVia(t, john.Decide(access.Need{Domain: "analytics/impersonate", Ability: access.Allowed}, 0), "analytics-viewers")
	checkVia(t, john.Decide(access.Need{Domain: "analytics/named-filters", Ability: access.View}, 0), "analytics-viewers", "limited-administrators")
}

// checkVia compares the grantees behind an answer.
func checkVia(t *testing.T, d access.Decision, want ...string) {
	t.Helper()
	var got []string
	for _, reason := range d.Via {
		got = append(got, reason.Grant.Via.Key)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) || d.Allowed != (len(want) > 0) {
		t.Errorf("%v on %s is given by %v, want %v", d.Need.Ability, d.Need.Domain, got, want)
	}
}

// The sources of the first example, and its groups.
const (
	confluence access.ResourceID = 101 + iota
	jira
	youTube
	web
)

func contentTeam(editable ...access.ResourceID) access.PrivilegeSet {
	return access.PrivilegeSet{
		"content/extensions":        level(access.LevelEdit),
		"content/fields":            level(access.LevelEdit),
		"content/sources":           custom(editable...),
		"organization/activities":   level(access.LevelView),
		"organization/organization": level(access.LevelView),
		"search/execute-queries":    level(access.LevelAllowed),
	}
}

// Two teams are nearly identical: the difference is the sources they are responsible for.
func TestTwoTeamsEditTheirOwnSourcesAndViewTheOthers(t *testing.T) {
	c := exampleCatalog(t)
	atlassian := rightsOf(c, holder{group(2, "atlassian-administrators"), contentTeam(confluence, jira)})
	marketing := rightsOf(c, holder{group(3, "marketing-coordinators"), contentTeam(youTube, web)})
	for id, atlassians := range map[access.ResourceID]bool{confluence: true, jira: true, youTube: false, web: false} {
		edit := access.Need{Domain: sources, Ability: access.Edit}
		if atlassian.May(edit, id) != atlassians || marketing.May(edit, id) == atlassians {
			t.Errorf("source %d is edited by the wrong team", id)
		}
		view := access.Need{Domain: sources, Ability: access.View}
		if !atlassian.May(view, id) || !marketing.May(view, id) {
			t.Errorf("source %d is not viewed by both teams", id)
		}
	}
	d := atlassian.Decide(access.Need{Domain: sources, Ability: access.Edit}, jira)
	if len(d.Via) != 1 || !d.Via[0].Listed || d.Via[0].Grant.Via.Ref() != "group:atlassian-administrators" {
		t.Errorf("Jira is edited through %+v", d.Via)
	}
	if atlassian.Level("analytics/dimensions") != access.LevelNone || atlassian.CanCreate(sources) {
		t.Error("the team holds more than it was given")
	}
}

// Later the Web source is opened to two more groups from its Access tab.
func TestTheWebSourceIsOpenedToTwoMoreGroups(t *testing.T) {
	d := exampleCatalog(t).Domain(sources)
	intern := level(access.LevelView).WithAccess(d, web, true)
	developers := withBox(custom(youTube)).WithAccess(d, web, true)
	if intern.Level != access.LevelCustom || !slices.Equal(intern.Editors, []access.ResourceID{web}) {
		t.Errorf("View all became %+v", intern)
	}
	if developers.Level != access.LevelCustom || !developers.CanCreate || !slices.Equal(developers.Editors, []access.ResourceID{youTube, web}) {
		t.Errorf("Custom became %+v", developers)
	}
}

// Duplicate: of the four privileges held, a group with any three may be duplicated, one with all four may not.
func TestDuplicateIsRefusedAboveOwnPrivileges(t *testing.T) {
	c := exampleCatalog(t)
	held := access.PrivilegeSet{
		"analytics/view-all-reports": level(access.LevelAllowed),
		"organization/activities":    level(access.LevelView),
		"organization/groups":        level(access.LevelEdit),
		"organization/organization":  level(access.LevelView),
	}
	viewer := rightsOf(c, holder{group(2, "four"), held})
	for left := range held {
		three := access.PrivilegeSet{}
		for key, p := range held {
			if key != left {
				three[key] = p
			}
		}
		if refusal := viewer.Duplicating(c, three); !refusal.Allowed() {
			t.Errorf("without %s: %+v", left, refusal)
		}
	}
	if refusal := viewer.Duplicating(c, held); refusal.Allowed() || !refusal.Equal || len(refusal.Beyond) > 0 {
		t.Errorf("all four: %+v", refusal)
	}
}

// Three privileges are fewer than four, but not within them.
func TestDuplicateIsRefusedByContentAndNamesThePrivilegesInTheWay(t *testing.T) {
	c := exampleCatalog(t)
	viewer := rightsOf(c, holder{group(2, "four"), access.PrivilegeSet{
		"analytics/view-all-reports": level(access.LevelAllowed),
		"organization/activities":    level(access.LevelView),
		"organization/groups":        custom(7),
		"organization/organization":  level(access.LevelView),
	}})
	refusal := viewer.Duplicating(c, access.PrivilegeSet{
		"organization/activities":   level(access.LevelEdit),
		"organization/groups":       withBox(custom(7, 8)),
		"organization/organization": level(access.LevelView),
		"content/sources":           level(access.LevelView),
	})
	want := []access.Excess{
		{Domain: "content/sources", Abilities: access.View},
		{Domain: "organization/groups", Abilities: access.Create},
		{Domain: "organization/groups", Resource: 8, Abilities: access.Edit},
		{Domain: "organization/activities", Abilities: access.Edit},
	}
	if !slices.Equal(refusal.Beyond, want) || refusal.Allowed() {
		t.Errorf("in the way are %+v, want %+v", refusal.Beyond, want)
	}
}

func TestWhoHoldsEverythingMayDuplicateAnyGroup(t *testing.T) {
	c := exampleCatalog(t)
	operator := access.Grantee{Kind: access.Operator, Key: "operator", Administrators: true}
	lent := access.Grantee{Kind: access.TemporaryAccess, ID: 9, Administrators: true}
	for _, tc := range []struct {
		via           access.Grantee
		may, isMember bool
	}{{administrators(), true, true}, {operator, true, false}, {lent, false, false}} {
		r := access.Resolve(c, []access.Grant{{Via: tc.via}}, nil, noon)
		if got := r.Duplicating(c, c.Max()).Allowed(); got != tc.may || r.IsAdministrator() != tc.isMember {
			t.Errorf("%s: may duplicate everything %v, administrator %v", tc.via.Kind, got, r.IsAdministrator())
		}
	}
}

// The Twitter source: what its Access tab shows while a social media sources manager creates it.
func TestTheTwitterSourceBeginsWithEditForTheCreatorsCustomGroupsOnly(t *testing.T) {
	d := exampleCatalog(t).Domain(sources)
	cases := []struct {
		name   string
		level  access.Level
		member bool
		want   access.Choice
	}{
		{"Administrators", access.LevelEdit, false, access.Choice{Fixed: true, Level: access.LevelEdit}},
		{"Microsoft Sources Managers", access.LevelCustom, false, access.Choice{Level: access.LevelView}},
		{"Social Media Sources Managers", access.LevelCustom, true, access.Choice{Level: access.LevelEdit}},
		{"Users", access.LevelView, true, access.Choice{Level: access.LevelView}},
		{"a group without sources", access.LevelNone, false, access.Choice{Fixed: true, Level: access.LevelNone}},
	}
	for _, tc := range cases {
		if got := d.AccessDefault(tc.level, tc.member); got != tc.want {
			t.Errorf("%s: %+v, want %+v", tc.name, got, tc.want)
		}
	}
}
