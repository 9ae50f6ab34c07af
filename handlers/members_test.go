package handlers

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
)

func TestRowsOfMembersTellWhoMayViewGroupsMore(t *testing.T) {
	used := john
	used.LastUsedMinute = noon.Add(-7*time.Hour).Unix() / 60
	you := models.Member{ID: 8, PersonID: 5, Email: "lead@example.com", Since: noon.Add(-32 * 24 * time.Hour), Marks: models.Marks{Namesakes: 2, Lookalike: true, Unproven: true}}
	end := noon.Add(31 * 24 * time.Hour)
	list := services.MemberList{Detailed: true, Listing: models.Listing[models.Member]{Rows: []models.Member{used, you}},
		First: map[models.PersonID]models.FirstGroup{70: {Key: "interns", Name: "Interns", Total: 3, Role: "Analytics viewers", Ends: &end, Ending: 1}, 5: {Key: "leads", Name: "Leads", Total: 1, Ends: &end, Ending: 1}}}
	for name, c := range map[string]struct {
		by       services.Caller
		detailed bool
		want     []string
	}{
		"edits groups": {lead(held(access.GroupsDomain, access.LevelEdit)), true, []string{"7 selectable selected", "8 selectable"}},
		"views groups": {lead(held(access.GroupsDomain, access.LevelView)), true, []string{"7 selectable selected read-only", "8 selectable read-only"}},
		"neither":      {lead(), false, []string{"7", "8 selectable"}},
	} {
		list.Detailed = c.detailed
		var got []string
		for _, row := range memberListRows(c.by, query{picks: picks{keys: []string{"7"}}}, list, noon) {
			line := row.ID
			if row.Selectable {
				line += " selectable"
			}
			if row.Selected {
				line += " selected"
			}
			if row.ReadOnly {
				line += " read-only"
			}
			got = append(got, line)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	rows := memberListRows(lead(), query{}, list, noon)
	if r := rows[0]; r.Name != "John Smith" || r.Initials != "JS" || r.You || r.Group != "Interns" || r.More != "and 2 more" || r.LastUsed.Text != "7 h ago" || r.UsedNote != "" || r.MoreHref != "/o/acme/members/7/groups?show=joined" {
		t.Errorf("the row is %+v", r)
	}
	if r := rows[0]; r.Role != "Analytics viewers" || r.Ends.Text != "4 Feb 2027" || r.EndsOf != "1 of 3 groups" {
		t.Errorf("the row says %q, and %q, %q of its end", r.Role, r.Ends.Text, r.EndsOf)
	}
	if r := rows[1]; r.Role != "" || r.Ends.Text != "4 Feb 2027" || r.EndsOf != "" || r.UsedNote != "added 3 Dec 2026" {
		t.Errorf("the viewer’s own row says %q, %q, %q and %q", r.Role, r.Ends.Text, r.EndsOf, r.UsedNote)
	}
	if r := rows[1]; r.Name != "lead@example.com" || !r.You || r.Group != "Leads" || r.More != "" || r.LastUsed.Text != "Never" || !slices.Equal(r.Marks, []parts.Chip{{Tone: warning, Word: "2 people have this name"}, {Tone: warning, Word: "address not proven"}}) {
		t.Errorf("the viewer’s own row is %+v", r)
	}
}

func TestANameThatSeveralPeopleHaveIsNotTakenForWhoSomebodyIs(t *testing.T) {
	for _, c := range []struct {
		marks            models.Marks
		exactly, offered string
	}{
		{models.Marks{}, "Their address is john.smith@example.com.", "John Smith"},
		{models.Marks{Namesakes: 2}, "Their address is john.smith@example.com. 2 people have this name.", "John Smith, 2 people have this name"},
		{models.Marks{Namesakes: models.NamesakesShown}, "Their address is john.smith@example.com. Many people have this name.", "John Smith, many people have this name"},
		{models.Marks{Unproven: true}, "Their address is john.smith@example.com. Address not proven.", "John Smith"},
		{models.Marks{Namesakes: 3, Unproven: true}, "Their address is john.smith@example.com. 3 people have this name. Address not proven.", "John Smith, 3 people have this name"},
	} {
		m := john
		m.Marks = c.marks
		if exactly, offered := whoExactly(m), suggested(m).Name; exactly != c.exactly || offered != c.offered {
			t.Errorf("%+v: %q, %q", c.marks, exactly, offered)
		}
	}
}

// The only group of somebody, where it is built in, is said once: as their role, which leads to it.
func TestABuiltInGroupIsSaidOnce(t *testing.T) {
	list := services.MemberList{Detailed: true, Listing: models.Listing[models.Member]{Rows: []models.Member{john}},
		First: map[models.PersonID]models.FirstGroup{70: {Key: "administrators", Name: "Administrators", Total: 1, Role: "Administrators"}}}
	if r := memberListRows(lead(), query{}, list, noon)[0]; r.Role != "Administrators" || r.RoleHref != "/o/acme/groups/administrators" || r.Group != "" || r.NoGroup != "No other group" {
		t.Errorf("the only group: %+v", r)
	}
	list.First[70] = models.FirstGroup{Key: "leads", Name: "Leads", Total: 2, Role: "Administrators"}
	if r := memberListRows(lead(), query{}, list, noon)[0]; r.Role != "Administrators" || r.RoleHref != "" || r.Group != "Leads" || r.More != "and 1 more" {
		t.Errorf("one of two: %+v", r)
	}
}

// Where many share a name a mark on each row says nothing; a name that only looks like another is a warning everywhere.
func TestARowMarksNamesThatOnlyLookAlike(t *testing.T) {
	warned := []parts.Chip{{Tone: warning, Word: "2 people have this name"}}
	for _, c := range []struct {
		marks       models.Marks
		row, chosen []parts.Chip
	}{
		{models.Marks{}, nil, nil},
		{models.Marks{Namesakes: 2}, nil, []parts.Chip{{Word: "2 people have this name"}}},
		{models.Marks{Namesakes: 2, Lookalike: true}, warned, warned},
	} {
		if row, chosen := rowMarks(c.marks), marks(c.marks); !slices.Equal(row, c.row) || !slices.Equal(chosen, c.chosen) {
			t.Errorf("%+v: %v in a row, %v where one is chosen", c.marks, row, chosen)
		}
	}
}

func TestActionBarOfAMember(t *testing.T) {
	const (
		groups = "To change the groups of members, you need Edit on a group."
		all    = "To remove somebody from the organization, you need Edit on all groups."
		last   = "An organization keeps at least one administrator who can sign in and whose membership has no end date: add another one first."
	)
	for _, c := range []struct {
		may     services.MemberActions
		word    string
		actions []string
		why     string
	}{
		{services.MemberActions{}, "View only", []string{"View", "Explain access"}, groups},
		{services.MemberActions{EditsGroups: true}, "Can edit", []string{"Edit", "View access", "Explain access"}, all},
		{services.MemberActions{EditsGroups: true, Removes: true}, "Can edit", []string{"Edit", "View access", "Remove", "Change address", "Explain access"}, ""},
		{services.MemberActions{EditsGroups: true, Removes: true, LastAdministrator: true}, "Can edit", []string{"Edit", "View access", "Change address", "Explain access"}, last},
	} {
		c.may.Member = john
		bar := memberActionBar(lead(), c.may, query{})
		if bar.Word != c.word || bar.Why != c.why || !slices.Equal(labelsOf(bar.Actions), c.actions) || bar.Selected != "7" || bar.Subject != "John Smith" || bar.Under != "john.smith@example.com" {
			t.Errorf("%+v: %+v", c.may, bar)
		}
	}
}

func TestAListOfMembersHasTheColumnsThatTheViewerIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		detailed bool
		group    string
		want     string
	}{
		"names alone":  {false, "", "Member/"},
		"detailed":     {true, "", "Member/ Role Groups Access ends Last used/"},
		"of one group": {true, "interns", "Member Role Groups Access ends Last used"}, // comes by name, in no other order
	} {
		var got []string
		list := services.MemberList{Detailed: c.detailed, Listing: models.Listing[models.Member]{Rows: []models.Member{john}}, Total: 1}
		listing := memberListing(lead(), query{values: map[string]string{"group": c.group}}, list, parts.ActionBar{})
		for _, col := range listing.Columns {
			label := col.Label
			if col.Href != "" {
				label += "/"
			}
			got = append(got, label)
		}
		if strings.Join(got, " ") != c.want || listing.Empty != nil {
			t.Errorf("%s: %q, %+v", name, got, listing.Empty)
		}
	}
	none := memberListing(lead(), query{Page: models.Page{Query: "zz"}}, services.MemberList{Total: 1204}, parts.ActionBar{})
	if none.Empty == nil || none.Empty.Title != "No member matches “zz”" || none.Empty.Text != "Check the spelling, or search in all 1,000+ members." {
		t.Errorf("without a match: %+v", none.Empty)
	}
}

func TestMembersAreFilteredByGroupWhereGroupsMayBeViewed(t *testing.T) {
	list := services.MemberList{Detailed: true, Choices: []models.Group{{Resource: models.Resource{Key: "interns", Name: "Interns"}}}}
	f := memberFilters(siteOf("acme"), query{values: map[string]string{"group": "interns"}}, list)
	if len(f.Selects) != 4 || f.Selects[1].Name != "status" || len(f.Selects[0].Options) != 2 || !f.Selects[0].Options[1].Selected || f.Selects[0].Options[0].Selected {
		t.Errorf("offered are %+v", f.Selects)
	}
	if f.Clear != "" {
		t.Errorf("without a row the empty list offers to clear the filter, and so does %q", f.Clear)
	}
	list.Rows = []models.Member{john}
	for status, want := range map[string]string{"suspended": "/o/acme/members?sort=-used", "": ""} {
		if f := memberFilters(siteOf("acme"), query{Page: models.Page{Sort: "-used"}, values: map[string]string{"status": status}}, list); f.Clear != want {
			t.Errorf("status %q: the filter is cleared by %q, want %q", status, f.Clear, want)
		}
	}
	unused := readMembersQuery(asked(lead(), http.MethodGet, "/o/acme/members?unused=90")) // by last use, which nobody chose
	if f := memberFilters(siteOf("acme"), unused, list); f.Clear != "/o/acme/members" {
		t.Errorf("unused: the filter is cleared by %q", f.Clear)
	}
	if f := memberFilters(siteOf("acme"), query{}, services.MemberList{}); len(f.Selects) != 0 {
		t.Errorf("who may not view groups is offered %+v", f.Selects)
	}
}

func TestOnlyTheOneWayOfWritingANumberNamesAMember(t *testing.T) {
	for written, want := range map[string]models.MemberID{"7": 7, "": 0, "07": 0, "+7": 0, "-7": 0, "7 ": 0, "you": 0} {
		c := asked(lead(), http.MethodGet, "/")
		c.SetParamNames("member")
		c.SetParamValues(written)
		if got := memberOf(c); got != want {
			t.Errorf("%q is member %d, want %d", written, got, want)
		}
	}
}
