package handlers

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// groupsPage is the tab of a member with one group of the page, Auditors.
func groupsPage() memberGroupsPage {
	auditors := models.MemberGroup{Group: models.Group{Resource: models.Resource{ID: 3, Key: "auditors", Name: "Auditors"}}}
	return memberGroupsPage{catalog: files.DefaultCatalog(), tab: services.MemberGroupsTab{
		Member: models.Member{ID: 5, Name: "John Smith", Revision: 4}, Edits: true, Listing: models.Listing[models.MemberGroup]{Rows: []models.MemberGroup{auditors}},
		MemberGroupsPreview: services.MemberGroupsPreview{Enters: true, KeepsGroups: true},
	}}
}

func TestErrorsOfAMembersGroupsPointToTheEndsOnThePage(t *testing.T) {
	p := groupsPage()
	p.form.Wrong = []services.FieldError{
		{Field: "Until", Key: "auditors", Text: noMinute}, {Field: "Until", Key: "elsewhere", Text: noMinute}, {Field: "In", Key: "auditors", Text: "Not this one."},
		{Field: "Choices", Text: "Too many."},
	}
	want := []parts.FieldError{
		{ID: "until-auditors", Label: "Until, for Auditors"}, {Text: noMinute}, {Text: "Not this one."}, {Text: "Too many."},
	}
	if got := p.errors(); !slices.Equal(got, want) {
		t.Errorf("errors are %+v, want %+v", got, want)
	}
}

func TestConfirmationsOfAMembersGroups(t *testing.T) {
	p := groupsPage()
	p.tab.Confirm = []services.Confirmation{services.ConfirmLeave, services.ConfirmAdministrators}
	p.form.Confirmed.Leave = true
	want := []parts.Confirmation{
		{Name: "confirm_leave", Label: "Remove from the organization", DescribedBy: "leaves", Checked: true},
		{Name: "confirm_administrators", Label: "Make this person an administrator", DescribedBy: "administrators"},
	}
	if got := p.confirmations(); !slices.Equal(got, want) {
		t.Errorf("the boxes are %+v, want %+v", got, want)
	}
}

func TestGroupsTabOfAMember(t *testing.T) {
	p := groupsPage()
	p.tab.Joined, p.tab.Total = 1, 20
	p.form.Choices = map[string]services.MembershipChoice{"auditors": {Key: "auditors", In: true}}
	p.form.Typed = map[string]string{"auditors": "tomorrow"}
	p.form.Wrong = []services.FieldError{{Field: "Until", Key: "auditors", Text: noMinute}}
	view := p.view(views.Page{}, "/tab")
	row := views.MembershipRow{Key: "auditors", Name: "Auditors", Note: "0 domains", In: true, Until: "tomorrow", Error: noMinute}
	if len(view.Rows) != 1 || !reflect.DeepEqual(view.Rows[0], row) {
		t.Errorf("the rows are %+v, want %+v", view.Rows, row)
	}
	if view.ReadOnly != "" || view.Preview != "/tab/preview" || view.Tally != "In 1 of 20 groups" || !slices.Equal(view.Hidden, []parts.Hidden{{Name: "revision", Value: "4"}, {Name: "was.in.auditors", Value: "out"}}) {
		t.Errorf("drawn as %+v", view)
	}
	p.tab.Edits, p.tab.Locks = false, map[access.GranteeID]services.MembershipLock{3: {Uneditable: true}}
	if view := p.view(views.Page{}, "/tab"); view.ReadOnly == "" || view.Rows[0].In || !view.Rows[0].Locked {
		t.Errorf("who may edit no group gets %+v", view.Rows)
	}
}

func TestMembershipsReadAsWhatIsGainedAndLost(t *testing.T) {
	soon, later := noon.Add(48*time.Hour), noon.Add(72*time.Hour)
	group := func(joined bool, end *time.Time) models.MemberGroup {
		g := models.MemberGroup{Joined: joined, ExpiresAt: end}
		g.Name = "Users"
		return g
	}
	for _, c := range []struct {
		name  string
		group models.MemberGroup
		in    bool
		until *time.Time
		want  parts.Change
	}{
		{"joins", group(false, nil), true, nil, parts.Change{Gains: true, What: "Users", On: "with no end date"}},
		{"joins for a time", group(false, nil), true, &soon, parts.Change{Gains: true, What: "Users", On: "until 6 Jan"}},
		{"returns after the end", group(true, &noon), true, nil, parts.Change{Gains: true, What: "Users", On: "with no end date"}},
		{"leaves", group(true, nil), false, nil, parts.Change{What: "Users"}},
		{"gets an end", group(true, nil), true, &soon, parts.Change{Keeps: true, What: "Users", On: "until 6 Jan", Was: "had no end date"}},
		{"ends sooner", group(true, &later), true, &soon, parts.Change{Keeps: true, What: "Users", On: "until 6 Jan", Was: "was until 7 Jan"}},
		{"ends later", group(true, &soon), true, &later, parts.Change{Gains: true, What: "Users", On: "until 7 Jan", Was: "was until 6 Jan"}},
		{"loses its end", group(true, &soon), true, nil, parts.Change{Gains: true, What: "Users", On: "with no end date", Was: "was until 6 Jan"}},
	} {
		change := services.MembershipChange{Group: c.group, MembershipChoice: services.MembershipChoice{In: c.in, Until: c.until}}
		if got := membershipLine(change, noon); got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestManyResourcesAreCountedAndUnseenOnesNotNamed(t *testing.T) {
	d := files.DefaultCatalog().Domain("content/sources")
	for want, names := range map[string][]string{
		"Jira in Content / Sources":                     {"Jira"},
		"Confluence, Jira and Web in Content / Sources": {"Web", "Jira", "Confluence"},
		"4 sources": {"A", "B", "C", ""},
		"2 sources": {"", ""},
	} {
		if got := namesOrCount(d, names); got != want {
			t.Errorf("%q reads %q, want %q", names, got, want)
		}
	}
	if got := listWords(d, 0); got != "Edit on none yet" {
		t.Errorf("an empty list reads %q", got)
	}
}

func TestLocksOfAGroupSayWhatIsInTheWay(t *testing.T) {
	p := memberGroupsPage{catalog: files.DefaultCatalog()}
	sources := []access.Excess{{Domain: "content/sources", Abilities: access.Edit}, {Domain: "content/sources", Resource: 7, Abilities: access.Edit}}
	for _, c := range []struct {
		lock   services.MembershipLock
		in     bool
		locked bool
		why    string
	}{
		{services.MembershipLock{}, false, false, ""},
		{services.MembershipLock{Uneditable: true, Beyond: sources}, true, true, "You can’t edit this group."},
		{services.MembershipLock{Beyond: sources}, false, true, "It goes beyond your own privileges on Content / Sources."},
		{services.MembershipLock{Beyond: append(sources, access.Excess{Domain: "content/fields"})}, false, true, "It goes beyond your own privileges on Content / Sources and Content / Fields."},
		{services.MembershipLock{Beyond: sources}, true, false, "You can end this membership, but not make it longer: it goes beyond your own privileges on Content / Sources."},
		{services.MembershipLock{Last: true}, true, true, lastAdministrator},
	} {
		if locked, why := c.lock.Locked(c.in), p.why(c.lock, c.in); locked != c.locked || why != c.why {
			t.Errorf("%+v: %t, %q; want %t, %q", c.lock, locked, why, c.locked, c.why)
		}
	}
}

// What the preview knows to be wrong stands at its field, where the save bar points, and the title counts what the bar lists.
func TestPreviewOfAMembersGroupsSaysWhatCannotBeSaved(t *testing.T) {
	const passed = "Choose a time in the future."
	p := groupsPage()
	p.form.Choices = map[string]services.MembershipChoice{"auditors": {Key: "auditors", In: true, Until: &noon}}
	p.tab.Changes = []services.MembershipChange{{Group: p.tab.Rows[0], MembershipChoice: p.form.Choices["auditors"]}}
	p.tab.Wrong = []services.FieldError{{Field: "Until", Key: "auditors", Text: passed}}
	p.form.Wrong = slices.Clone(p.tab.Wrong) // saving said the same
	p.tab.Differences = []access.Difference{{Domain: "content/fields", Gains: true, After: access.LevelView}, {Domain: "content/sources", Gains: true, After: access.LevelView}}
	view := p.view(views.Page{}, "/tab")
	if view.Rows[0].Error != passed || len(view.Errors) != 1 || view.SaveBar.Wrong != parts.WrongAbove {
		t.Errorf("it says %+v, %+v, %+v", view.Rows[0].Error, view.Errors, view.SaveBar.Wrong)
	}
	if view.SaveBar.Title != "1 group and 2 privileges change" || len(view.SaveBar.Changes)+len(view.SaveBar.Folded) != 3 {
		t.Errorf("%q of %+v", view.SaveBar.Title, view.SaveBar.Changes)
	}
	p.tab.Differences = nil
	if title := p.view(views.Page{}, "/tab").SaveBar.Title; title != "1 group changes" {
		t.Errorf("%q", title)
	}
}
