package handlers

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
)

func group(id access.ResourceID, key, name string) models.Group {
	return models.Group{Resource: models.Resource{ID: id, Key: key, Name: name, CreatedAt: noon, ModifiedAt: noon}}
}

func TestRowsOfGroupsSayWhatEachHoldsAndWhetherItCanBeEdited(t *testing.T) {
	leads, auditors := group(3, "leads", "Leads"), group(4, "auditors", "Auditors")
	leads.BuiltIn, leads.Members, leads.Invitations, leads.ModifiedAt = "leads", 1, 2, noon.Add(time.Hour)
	list := services.GroupList{Listing: models.Listing[models.Group]{Rows: []models.Group{leads, auditors}},
		Sets:   map[access.GranteeID]access.PrivilegeSet{3: {sources: {Level: access.LevelEdit}, "content/fields": {Level: access.LevelView}}},
		Rights: listing(4, held(access.GroupsDomain, access.LevelCustom))}
	rows := groupRows(models.Organization{Key: "acme", GroupUsesSince: noon.Add(-time.Hour)}, catalog, query{picks: picks{keys: []string{"leads"}}}, list, noon.Add(2*time.Hour))
	if want := (parts.Row{Key: "leads", Name: "Leads", Href: "/o/acme/groups/leads", Many: true, Icon: "shield", Sub: "1 member · 2 domains", Selected: true, ReadOnly: true}); !reflect.DeepEqual(rows[0].Row, want) || !rows[0].BuiltIn {
		t.Errorf("the built-in one is %+v", rows[0])
	}
	if r := rows[0]; r.Members != "1" || r.Invitations != "2" || r.Privileges != "2 of 53" || r.Changed.Text != "1 h ago" || r.Used.Text != "Never" {
		t.Errorf("its columns are %+v", r)
	}
	if r := rows[0]; r.MembersHref != "/o/acme/groups/leads/members?show=members" || r.InvitationsHref != "/o/acme/groups/leads/members?show=invited" || r.PrivilegesHref != "/o/acme/groups/leads/privileges?show=granted" {
		t.Errorf("its numbers lead to %q, %q, %q", r.MembersHref, r.InvitationsHref, r.PrivilegesHref)
	}
	if r := rows[1]; r.MembersHref != "" || r.InvitationsHref != "" {
		t.Errorf("nobody and nothing is led to: %q, %q", r.MembersHref, r.InvitationsHref)
	}
	if want := (parts.Row{Key: "auditors", Name: "Auditors", Href: "/o/acme/groups/auditors", Many: true, Icon: "users", Sub: "0 members · 0 domains"}); !reflect.DeepEqual(rows[1].Row, want) || rows[1].Changed.Text != "2 h ago" {
		t.Errorf("the other is %+v", rows[1])
	}
}

func TestReachIsTheSameInMarksAndInWords(t *testing.T) {
	set := access.PrivilegeSet{sources: {Level: access.LevelCustom}, "content/fields": {Level: access.LevelEdit}, "content/extensions": {Level: access.LevelView},
		"analytics/impersonate": {Level: access.LevelAllowed}, "analytics/analytics-data": {Level: access.LevelPushAndView}}
	got := reach(catalog, set)
	if want := "5 of 53 domains: 1 edit, 1 custom, 1 allowed, 1 push and view, 1 view"; got.Label != want {
		t.Errorf("reads %q, want %q", got.Label, want)
	}
	tally := map[parts.Strength]int{}
	for i, service := range got.Services {
		if len(service) != len(catalog.Services[i].Domains) {
			t.Errorf("%s has %d marks", catalog.Services[i].Name, len(service))
		}
		for _, s := range service {
			tally[s]++
		}
	}
	if tally[parts.StrengthFull] != 2 || tally[parts.StrengthPart] != 1 || tally[parts.StrengthView] != 2 {
		t.Errorf("drawn are %v", tally)
	}
	if got := reach(catalog, nil).Label; got != "0 of 53 domains" {
		t.Errorf("nothing reads %q", got)
	}
}

func TestAddGroupIsOfferedToWhoMayCreateGroups(t *testing.T) {
	for name, c := range map[string]struct {
		by   services.Caller
		want []string
	}{
		"views":         {lead(held(access.GroupsDomain, access.LevelView)), []string{"Compare"}},
		"views, box":    {lead(boxed(access.GroupsDomain, access.LevelView)), []string{"Compare", "Add Group"}},
		"edits":         {lead(held(access.GroupsDomain, access.LevelEdit)), []string{"Compare", "Add Group"}},
		"edits sources": {lead(held(sources, access.LevelEdit)), []string{"Compare"}},
	} {
		if got := linkLabels(groupsPlace(c.by, "/o/acme/groups").Actions); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestAListOfGroupsSaysWhenNothingMatches(t *testing.T) {
	for name, c := range map[string]struct {
		query  query
		rows   int
		title  string
		counts string
	}{
		"some":           {query{}, 2, "", "12 groups"},
		"none by name":   {query{Page: models.Page{Query: "zz"}}, 0, "No group matches “zz”", "0 matching groups, 12 in all"},
		"none of a kind": {query{values: map[string]string{"kind": "custom"}}, 0, "No group matches", "0 matching groups, 12 in all"},
	} {
		list := services.GroupList{Listing: models.Listing[models.Group]{Rows: make([]models.Group, c.rows)}, Total: 12}
		got, title := groupListing(lead(), catalog, c.query, list, parts.ActionBar{}), ""
		if got.Empty != nil {
			title = got.Empty.Title
		}
		if title != c.title || got.Count != c.counts {
			t.Errorf("%s: %q, %q", name, title, got.Count)
		}
	}
}

func TestFiltersOfGroupsKeepTheChoiceAndTheOrder(t *testing.T) {
	f := groupFilters(siteOf("acme"), catalog, query{Page: models.Page{Sort: "-members"}, values: map[string]string{"kind": models.GroupsCustom, "domain": "content/sources", "only": withoutMembers, "unused": "90"}})
	var chosen []string
	for _, s := range f.Selects {
		for _, o := range s.Options {
			if o.Selected {
				chosen = append(chosen, s.Label+"="+o.Label)
			}
		}
	}
	if !slices.Equal(chosen, []string{"Kind=Custom", "Show=Without members", "Last used=Not used for 90 days"}) || len(f.Choices) != 1 || f.Choices[0].Chosen != "Content / Sources" || !slices.Equal(f.Hidden, []parts.Hidden{{Name: "sort", Value: "-members"}}) {
		t.Errorf("chosen are %q, hidden %+v", chosen, f.Hidden)
	}
}

func TestDeletingAGroupSaysWhoLosesWhat(t *testing.T) {
	people := []models.Member{{Name: "John Smith", Email: "john.smith@example.com"}, {Name: "Lead", Email: "lead@example.com"},
		{Name: "Intern", Email: "intern@example.com"}, {Name: "Auditor", Email: "auditor@example.com"}}
	for _, c := range []struct {
		deletion services.Deletion
		want     []string
	}{
		{services.Deletion{}, []string{"This group has no members."}},
		{services.Deletion{Group: services.GroupDetail{Group: models.Group{BuiltIn: "users"}}}, []string{"This group has no members.",
			"This group is built in. Every new organization begins with such a group. Once deleted, it does not come back by itself. Its preset stays: a new group can begin with it."}},
		{services.Deletion{Group: services.GroupDetail{Group: models.Group{Members: 1}}}, []string{"1 member loses the privileges of this group."}},
		{services.Deletion{Group: services.GroupDetail{Group: models.Group{Members: 12}}, Leaving: people[:2], Leavers: 2, Orphaned: []models.Resource{{Name: "Jira"}}, Orphans: 1},
			[]string{"12 members lose the privileges of this group.", "This is the last group of John Smith (john.smith@example.com) and Lead (lead@example.com). They leave the organization.", "Jira will have no owner."}},
		{services.Deletion{Group: services.GroupDetail{Group: models.Group{Members: 12}}, Leaving: people, Leavers: 11},
			[]string{"12 members lose the privileges of this group.", "This is the last group of John Smith (john.smith@example.com), Lead (lead@example.com), Intern (intern@example.com) and 8 more. They leave the organization."}},
	} {
		if got := deletionWords(c.deletion); !slices.Equal(got, c.want) {
			t.Errorf("said is %q", got)
		}
	}
}

func TestARefusalToDuplicateNamesTheDomainsInTheWay(t *testing.T) {
	soon := noon.Add(time.Hour)
	for want, refusal := range map[string]access.Refusal{
		"": {},
		"You can’t duplicate it: it holds as many privileges as you do.": {Equal: true},
		"You can’t duplicate it: it goes beyond your own privileges on Content / Sources and Content / Fields.": {Equal: true,
			Beyond: []access.Excess{{Domain: sources}, {Domain: "content/fields"}, {Domain: sources, Resource: 7}}},
		"You can’t duplicate it: your own privileges on Content / Sources end on 4 January 2027, 13:00 UTC.": {Beyond: []access.Excess{{Domain: sources, Until: soon}}},
		"You can’t duplicate it: it goes beyond your own privileges on Content / Fields.":                    {Beyond: []access.Excess{{Domain: sources, Until: soon}, {Domain: "content/fields"}}},
	} {
		if got := refusalWords(catalog, refusal); got != want {
			t.Errorf("reads %q, want %q", got, want)
		}
	}
}

func TestTheBarOfManyGroupsSaysHowManyAnActionTakes(t *testing.T) {
	for groups, want := range map[int]string{
		2:                             "Left out: Administrators.",
		services.MaxCompared + 1:      fmt.Sprintf("Left out: Administrators. To compare groups, select at most %d.", services.MaxCompared),
		services.MaxGroupsToJoin + 10: fmt.Sprintf("Left out: Administrators. To compare groups, select at most %d. To add members, select at most %d.", services.MaxCompared, services.MaxGroupsToJoin),
	} {
		if got := tooManyGroups("Left out: Administrators.", groups); got != want {
			t.Errorf("with %d selected: %q", groups, got)
		}
	}
	if got := withKeys("/o/acme/groups/-/compare", "group", []string{"a", "b"}); got != "/o/acme/groups/-/compare?group=a&group=b" {
		t.Errorf("the address is %s", got)
	}
}

func TestTheReviewOfADeletionOfGroupsNamesWhoLeaves(t *testing.T) {
	leads, stays := group(3, "leads", "Leads"), group(4, "administrators", "Administrators")
	leads.Members = 120
	found := services.GroupsDeletion{
		Many: services.Many[models.Group]{Gone: 1, Outcomes: []services.Outcome[models.Group]{{Row: leads}, {Row: stays, Why: services.ErrAdministrators}}},
		Sets: map[access.GranteeID]access.PrivilegeSet{3: {sources: {Level: access.LevelView}}}, Sees: func(access.DomainKey) bool { return true },
		Leavers: 120, Leaving: slices.Repeat([]models.Member{john}, services.MaxGroupsToJoin+20),
		Orphans: 1, Orphaned: []models.Resource{{Name: "Web", Domain: sources, OwnerEmail: "john.smith@example.com"}},
	}
	if r := groupsDeletionReview(catalog, found); len(r.Notices) > 0 {
		t.Errorf("no group is built in, and it says %+v", r.Notices)
	}
	found.Outcomes[0].Row.BuiltIn = "leads"
	found.Outcomes[1].Row.BuiltIn = "administrators" // stays
	r := groupsDeletionReview(catalog, found)
	if len(r.Notices) != 1 || r.Notices[0].Title != "1 of them is built in." {
		t.Errorf("of built-in groups it says %+v", r.Notices)
	}
	if r.Title != "Delete 3 groups?" || r.Lead != "1 can be deleted. 2 can’t, and stay as they are." || r.Button != "Delete 1, leave out 2" || !r.Danger {
		t.Errorf("%q, %q, %q", r.Title, r.Lead, r.Button)
	}
	if out := r.Parts[0].Rows; out[0].Effect != "This group can’t be deleted." || out[1].Effect != "No longer there" {
		t.Errorf("left out: %+v", out)
	}
	if gone := r.Parts[1]; gone.Rows[0].Sub != "Built in, 120 members" || gone.Rows[0].Effect != "View all on Content / Sources." {
		t.Errorf("deleted: %+v", gone)
	}
	if leave := r.Parts[2]; leave.Title != "120 members leave the organization" || leave.Others[len(leave.Others)-1].Name != "and 80 more" {
		t.Errorf("who leaves: %+v", leave)
	}
	if left := r.Parts[3]; left.Title != "1 resource loses its owner" || left.Rows[0].Effect != "Owner now: john.smith@example.com." {
		t.Errorf("without an owner: %+v", left)
	}
}
