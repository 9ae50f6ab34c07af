package handlers

import (
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/words"
)

func TestTheBarOfSeveralCountsWhereItLeavesOut(t *testing.T) {
	sel := selected{Rows: 3, Matching: 12, Of: words.Members, Address: "/members?q=a"}
	for name, c := range map[string]struct {
		actions []manyAction
		labels  []string
		why     string
	}{
		"all of them":  {[]manyAction{{Label: "Add", Can: 3}, {Label: "Remove", Can: 3}}, []string{"Add", "Remove"}, ""},
		"less oneself": {[]manyAction{{Label: "Remove", Can: 2, LeftOut: []error{services.ErrOneself}}}, []string{"Remove 2"}, "Left out: you."},
		"two reasons":  {[]manyAction{{Label: "Remove", Can: 1, LeftOut: []error{services.ErrLastAdministrator, services.ErrOneself}}}, []string{"Remove 1"}, "Left out: you and the last administrator."},
		"one of two actions": {[]manyAction{{Label: "Suspend", Can: 2, LeftOut: []error{services.ErrSuspended}}, {Label: "Reactivate", Can: 1, LeftOut: []error{services.ErrNotSuspended, services.ErrNotSuspended}}},
			[]string{"Suspend 2", "Reactivate 1"}, "Left out: 1 already suspended."},
		"named once": {[]manyAction{{Label: "Suspend", Can: 2, LeftOut: []error{services.ErrOneself}}, {Label: "Remove", Can: 2, LeftOut: []error{services.ErrOneself}}},
			[]string{"Suspend 2", "Remove 2"}, "Left out: you."},
		"who is only invited": {[]manyAction{{Label: "Set an end", Can: 2, LeftOut: []error{errInvited}}, {Label: "Delete", Can: 1, LeftOut: []error{services.ErrOneself, errInvited}}},
			[]string{"Set an end 2", "Delete 1"}, "Left out: 1 who is only invited and you."},
		"open to none":     {[]manyAction{{Label: "Add", Can: 3}, {Label: "Remove", LeftOut: []error{services.ErrOneself}}}, []string{"Add"}, ""},
		"nothing is there": {[]manyAction{{Label: "Remove"}}, nil, "You can’t change any of these."},
	} {
		bar := manyBar(sel, c.actions)
		if !slices.Equal(labelsOf(bar.Actions), c.labels) || bar.Why != c.why || bar.State != "many" || bar.Subject != "3 selected" {
			t.Errorf("%s: %q, %q", name, labelsOf(bar.Actions), bar.Why)
		}
	}
}

// The file comes last, and what else is closed to somebody is said beside it.
func TestTheBarOfSeveralHasAFileOfThem(t *testing.T) {
	bar := manyBar(selected{Rows: 1200, Of: words.Members, File: "/members/-/csv"}, []manyAction{{Label: "Remove"}})
	if len(bar.Actions) != 1 || bar.Actions[0].Label != "Download 1,200 as CSV" || !bar.Actions[0].Get || !bar.Actions[0].More || bar.Why != "You can’t change any of these." {
		t.Errorf("%+v", bar)
	}
}

func TestTheBarLeadsToAnotherSelection(t *testing.T) {
	for _, c := range []struct {
		sel         selected
		label, href string
	}{
		{selected{Rows: 12, Matching: 143, Address: "/m?q=a"}, "Select all 143", "/m?q=a&selected=all"},
		{selected{Rows: 12, Matching: services.MaxMany + 1, Address: "/m"}, "Select the first 1,000", "/m?selected=all"},
		{selected{Rows: 143, Matching: 143, All: true, Address: "/m"}, "Only this page", "/m?select=page"},
	} {
		if other := c.sel.other(); other == nil || other.Label != c.label || other.Href != c.href {
			t.Errorf("%+v leads to %+v", c.sel, other)
		}
	}
	if other := (selected{Rows: 12, Matching: 12}).other(); other != nil {
		t.Errorf("all that match are selected, and %+v is offered", other)
	}
}

func TestAReviewOfRemovalSaysWhoLosesWhat(t *testing.T) {
	row := func(name string, groups, owned int) services.LeavingMember {
		return services.LeavingMember{Member: models.Member{ID: models.MemberID(len(name)), Name: name, Email: name + "@example.com"},
			First: models.FirstGroup{Name: "Interns", Total: groups}, Owned: owned}
	}
	h := Pages{Console: console("")}
	many := services.Many[services.LeavingMember]{Gone: 1, Outcomes: []services.Outcome[services.LeavingMember]{
		{Row: row("a", 1, 0)}, {Row: row("bb", 3, 2)}, {Row: row("ccc", 0, 1)}, {Row: row("you", 1, 0), Why: services.ErrOneself},
	}}
	r := h.memberRemovalReview(lead(held(access.GroupsDomain, access.LevelEdit)), query{picks: picks{keys: []string{"1", "2"}}}, many)
	if r.Title != "Remove 5 members from Acme?" || r.Lead != "3 can be removed. 2 can’t, and stay as they are." || r.Button != "Remove 3, leave out 2" || r.Note != "All 3 are removed, or none." {
		t.Errorf("%q %q %q %q", r.Title, r.Lead, r.Button, r.Note)
	}
	out, leaving := r.Parts[0], r.Parts[1]
	if out.Title != "2 can’t be removed" || len(out.Rows) != 2 || out.Rows[1].Effect != "No longer there" || leaving.Title != "3 will be removed, and lose" {
		t.Errorf("left out: %+v, leaving: %q", out, leaving.Title)
	}
	for i, want := range []string{"The group Interns.", "3 groups: Interns and 2 more. 2 resources lose their owner.", "No active group. 1 resource loses its owner."} {
		if got := leaving.Rows[i].Effect; got != want {
			t.Errorf("row %d: %q, want %q", i, got, want)
		}
	}
	if len(r.Hidden) != 3 || r.Hidden[2].Value != "3" {
		t.Errorf("confirmed are %v", r.Hidden)
	}
	none := h.memberRemovalReview(lead(), query{}, services.Many[services.LeavingMember]{Outcomes: many.Outcomes[3:]})
	if none.Button != "" || none.Lead != "None can be removed." {
		t.Errorf("of none: %q %q", none.Button, none.Lead)
	}
}

func TestALongReviewFoldsTheRestAway(t *testing.T) {
	review := services.Many[services.LeavingMember]{}
	for range 27 {
		review.Outcomes = append(review.Outcomes, services.Outcome[services.LeavingMember]{Row: services.LeavingMember{Member: john}})
	}
	r := Pages{Console: console("")}.memberRemovalReview(lead(), query{}, review)
	if p := r.Parts[1]; len(p.Rows) != 20 || len(p.Others) != 7 || p.Show != "Show the other 7" {
		t.Errorf("%d rows are shown, %d folded away under %q", len(p.Rows), len(p.Others), p.Show)
	}
	if r.Lead != "They are signed out immediately and can no longer enter." || r.Button != "Remove 27 members" {
		t.Errorf("%q, %q", r.Lead, r.Button)
	}
}
