package handlers

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// A member's Groups tab sends every row: what is as the form was made with was not chosen by anybody.
func TestMembershipsThatNobodyChoseAreUntouched(t *testing.T) {
	for _, c := range []struct {
		name, was, in, until string
		chosen               bool
	}{
		{"left out", "out", "", "", false},
		{"left in", "in", "yes", "", false},
		{"left with its end", "2027-06-01T18:00", "yes", "2027-06-01T18:00", false},
		{"left out, with an end nobody can read", "out", "", "x", false},
		{"joins", "out", "yes", "", true},
		{"leaves", "2027-06-01T18:00", "", "2027-06-01T18:00", true},
		{"another end", "2027-06-01T18:00", "yes", "2027-06-02T18:00", true},
		{"no end", "2027-06-01T18:00", "yes", "", true},
		{"an end that nobody can read", "in", "yes", "x", true},
		{"a form that does not say what it was made with", "", "", "", true},
		{"one that nobody made", "yes", "yes", "", true},
	} {
		form := url.Values{"rows": {"auditors"}, "was.in.auditors": {c.was}, "in.auditors": {c.in}, "until.auditors": {c.until}}
		if got := readMemberGroups(form).Choices["auditors"].Chosen(); got != c.chosen {
			t.Errorf("%s: chosen is %t", c.name, got)
		}
	}
}

// Of what overtook a member's Groups tab it shows what they changed: with the viewer's version where both did.
func TestConflictOfAMembersGroupsIsOfWhatTheyChanged(t *testing.T) {
	end := time.Date(2027, 6, 1, 18, 0, 0, 0, time.UTC)
	form := readMemberGroups(url.Values{"rows": {"both mine theirs unsaid"},
		"was.in.both": {"out"}, "in.both": {"yes"}, "until.both": {"2027-06-01T18:00"}, "was.in.mine": {"out"}, "in.mine": {"yes"},
		"was.in.theirs": {"out"}})
	group := func(key string, joined bool, until *time.Time) models.MemberGroup {
		g := models.MemberGroup{Joined: joined, ExpiresAt: until}
		g.Key, g.Name = key, key
		return g
	}
	p := groupsPage()
	p.form = form
	p.tab.At = end.Add(-time.Hour)
	p.tab.Rows = []models.MemberGroup{group("both", true, nil), group("mine", false, nil), group("theirs", true, &end), group("unsaid", true, nil)}
	for _, i := range []int{0, 1, 3} {
		p.tab.Changes = append(p.tab.Changes, services.MembershipChange{Group: p.tab.Rows[i], MembershipChoice: form.Choices[p.tab.Rows[i].Key]})
	}
	p.tab.Theirs = []models.MemberGroup{p.tab.Rows[2]}
	got := p.conflict()
	want := []parts.ConflictRow{{Label: "both", Yours: "Member until 2027-06-01T18:00", Theirs: "Member"}, {Label: "unsaid", Yours: "Not a member", Theirs: "Member"},
		{Label: "theirs", Theirs: "Member until 2027-06-01T18:00"}}
	if got.Who != "Somebody else" || got.When != "" || !got.Merges || !slices.Equal(got.Rows, want) {
		t.Errorf("drawn as %+v, want %+v", got, want)
	}
}

// What was not chosen is drawn as it stands, and counts as made from that; what was chosen keeps what it was made with.
func TestRowsOfAMembersGroupsThatNobodyChoseFollowWhatStands(t *testing.T) {
	p := groupsPage()
	p.tab.Rows[0].Joined = true
	for _, c := range []struct {
		name     string
		form     url.Values
		in       bool
		until    string
		madeWith string
	}{
		{"nothing sent", url.Values{}, true, "", "in"},
		{"left out, and somebody else put them in", url.Values{"rows": {"auditors"}, "was.in.auditors": {"out"}}, true, "", "in"},
		{"chosen", url.Values{"rows": {"auditors"}, "was.in.auditors": {"out"}, "in.auditors": {"yes"}, "until.auditors": {"2027-06-01T18:00"}}, true, "2027-06-01T18:00", "out"},
		{"chosen, without what it was", url.Values{"rows": {"auditors"}}, false, "", "in"},
	} {
		p.form = readMemberGroups(c.form)
		view := p.view(views.Page{}, "/tab")
		made := parts.Hidden{Name: "was.in.auditors", Value: c.madeWith}
		if row := view.Rows[0]; row.In != c.in || row.Until != c.until || !slices.Contains(view.Hidden, made) {
			t.Errorf("%s: %+v, made with %+v", c.name, row, view.Hidden)
		}
	}
}
