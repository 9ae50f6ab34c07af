package handlers

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
)

func TestTheChoiceOfGroupsForManyIsRead(t *testing.T) {
	for query, want := range map[string]struct {
		groups []string
		until  string
		wrong  bool
	}{
		"":                                   {nil, "", false},
		"into=a&into=b&into=a":               {[]string{"a", "b"}, "", false},
		"into=a&into=b&drop=a":               {[]string{"b"}, "", false},
		"into=a&until=2027-12-31":            {[]string{"a"}, "2028-01-01T00:00:00Z", false}, // the day belongs to it
		"into=a&until=31.12.2027":            {[]string{"a"}, "", true},
		"into=a&confirm_administrators=yes&": {[]string{"a"}, "", false},
	} {
		form, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		f := readManyGroups(form)
		until := ""
		if f.Until != nil {
			until = f.Until.Format(time.RFC3339)
		}
		if !slices.Equal(f.Groups, want.groups) || until != want.until || len(f.Wrong) > 0 != want.wrong {
			t.Errorf("%q: %q until %q, wrong %v", query, f.Groups, until, f.Wrong)
		}
		if f.Confirmed.Administrators != (form.Get("confirm_administrators") == "yes") {
			t.Errorf("%q: confirmed %+v", query, f.Confirmed)
		}
	}
}

func TestGainsAndLossesAreSaidOnOneLine(t *testing.T) {
	const sources, fields, groups = access.DomainKey("content/sources"), access.DomainKey("content/fields"), access.GroupsDomain
	everything, nothing := func(access.DomainKey) bool { return true }, func(access.DomainKey) bool { return false }
	custom := access.PrivilegeSet{sources: {Level: access.LevelCustom, Editors: []access.ResourceID{1, 2}}, fields: {Level: access.LevelEdit}}
	for name, c := range map[string]struct {
		before, after access.PrivilegeSet
		gains         bool
		sees          func(access.DomainKey) bool
		want          string
	}{
		"a list that the reader may view": {nil, custom, true, everything, "Edit on Content / Fields and Edit on 2 sources"},
		"a list that they may not":        {nil, custom, true, nothing, "Edit on Content / Fields and Edit on some of Content / Sources"},
		"nothing new":                     {custom, custom, true, everything, ""},
		"what is lost":                    {custom, access.PrivilegeSet{fields: {Level: access.LevelView}}, false, everything, "Edit on Content / Fields and Edit on 2 sources"},
		"a level":                         {nil, access.PrivilegeSet{groups: {Level: access.LevelView}}, true, everything, "View all on Organization / Groups"},
	} {
		if got := inShort(catalog, access.Compare(catalog, c.before, c.after), c.gains, c.sees); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAReviewOfGroupsSaysWhatEachGivesAndWhoGains(t *testing.T) {
	h := Pages{Console: console("")}
	group := models.Group{Resource: models.Resource{ID: 3, Key: "interns", Name: "Interns"}, Members: 9}
	set := access.PrivilegeSet{access.GroupsDomain: {Level: access.LevelView}}
	row := services.MemberChange{Member: john, Changes: []services.MembershipChange{{Group: models.MemberGroup{Group: group}, MembershipChoice: services.MembershipChoice{Key: "interns", In: true}}},
		Differences: access.Compare(catalog, nil, set)}
	found := services.MembershipsReview{
		Many: services.Many[services.MemberChange]{Outcomes: []services.Outcome[services.MemberChange]{
			{Row: row}, {Row: services.MemberChange{Member: john}, Why: services.ErrNothingToDo}, {Row: services.MemberChange{Member: john}, Why: services.ErrReactivateFirst}}},
		Groups: []services.InvitableGroup{{Group: group}}, Sets: map[access.GranteeID]access.PrivilegeSet{3: set},
		Sees: func(access.DomainKey) bool { return true }, Confirm: []services.Confirmation{services.ConfirmUnproven},
	}
	f := manyGroupsForm{ManyMemberships: services.ManyMemberships{Groups: []string{"interns"}}}
	r := h.membershipsReview(chosenFrom{list: "/o/acme/members"}, addingToGroups, f, found)
	if r.Title != "Add 3 members to 1 group?" || r.Button != "Add 1, leave out 2" || r.Danger || len(r.Fields) != 1 {
		t.Errorf("%q, %q, %v", r.Title, r.Button, r.Fields)
	}
	if out := r.Parts[0]; out.Rows[0].Effect != "Already in all of these groups." || out.Rows[1].Effect != "Suspended. Reactivate first." {
		t.Errorf("left out: %+v", out.Rows)
	}
	if gives := r.Parts[1].Rows; len(gives) != 1 || gives[0].Sub != "9 members, 10 afterwards" || gives[0].Effect != "View all on Organization / Groups." {
		t.Errorf("the groups give %+v", gives)
	}
	if gains := r.Parts[2]; gains.Title != "1 will be added, and gain" || gains.Rows[0].Effect != "View all on Organization / Groups." {
		t.Errorf("they gain %+v", gains)
	}
	f.In = "Interns"
	for want, act := range map[string]manyGroupsAct{"Delete 3 members from Interns?": deletingFromGroup, "Remove the end date of 3 members of Interns?": settingAnEndInGroup} {
		if r := h.membershipsReview(chosenFrom{list: "/o/acme/groups/interns/members"}, act, f, found); r.Title != want || len(r.Parts[1].Rows) != 0 {
			t.Errorf("%q, want %q", r.Title, want)
		}
	}
	lost := services.MemberChange{Member: john, Leaves: true, Owned: 2}
	for want, row := range map[string]services.MemberChange{
		"Leaves the organization: no group is left. 2 resources lose their owner.": lost,
		"No change: other groups give all of it.":                                  {Member: john},
	} {
		if got := h.whatTheyLose(found, row); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := h.whatEnds(found, row); got != "Interns (now no end date)." {
		t.Errorf("what ends: %q", got)
	}
}
