package handlers

import (
	"errors"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
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
		{ID: "until-auditors", Label: "Until, for Auditors", Text: noMinute}, {ID: "content", Label: "Groups", Text: noMinute},
		{ID: "content", Label: "Groups", Text: "Not this one."}, {ID: "content", Label: "Groups", Text: "Too many."},
	}
	if got := p.errors(); !slices.Equal(got, want) {
		t.Errorf("errors are %+v, want %+v", got, want)
	}
}

func TestRefusalsOfAMembersGroupsInWords(t *testing.T) {
	beyond := services.TooHigh{Excess: []access.Excess{{Domain: "content/sources", Abilities: access.Edit}}}
	for _, c := range []struct {
		cause error
		want  services.FieldError
	}{
		{services.Invalid{Fields: []services.FieldError{{Field: "Until", Key: "auditors", Text: "Later."}}}, services.FieldError{Field: "Until", Key: "auditors", Text: "Later."}},
		{services.AtField{Field: "Choices", Key: "auditors", Name: "Auditors", Cause: beyond}, services.FieldError{Field: "In", Key: "auditors", Text: notGivenWords(files.DefaultCatalog(), "Auditors", beyond.Excess)}},
		{services.AtField{Field: "Choices", Key: "auditors", Name: "Auditors", Cause: services.BringsNobodyIn{}}, services.FieldError{Field: "In", Key: "auditors", Text: "Not the group Auditors: " + words.BringsNobodyIn + "."}},
		{services.NeedsConfirmation{Of: services.ConfirmLeave}, services.FieldError{Field: "Confirmed", Text: "Confirm below that this person leaves the organization."}},
		{services.NeedsConfirmation{Of: services.ConfirmAdministrators}, services.FieldError{Field: "Confirmed", Text: "Confirm below that this person may do everything."}},
		{services.AtField{Field: "Choices", Key: "administrators", Cause: services.ErrLastAdministrator}, services.FieldError{Field: "Choices", Text: lastAdministrator}},
	} {
		if got := memberGroupsProblems(files.DefaultCatalog(), c.cause); !slices.Equal(got, []services.FieldError{c.want}) {
			t.Errorf("%v: %+v, want %+v", c.cause, got, c.want)
		}
	}
	for _, cause := range []error{errors.New("broken"), services.AtField{Field: "Choices", Key: "auditors", Cause: services.Forbidden{Need: services.EditGroup}}} {
		if got := memberGroupsProblems(files.DefaultCatalog(), cause); got != nil {
			t.Errorf("%v is no matter of the page, and says %+v", cause, got)
		}
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

func TestConflictOfAMembersGroups(t *testing.T) {
	end := time.Date(2027, 6, 1, 18, 0, 0, 0, time.UTC)
	p := groupsPage()
	p.tab.Changes = []services.MembershipChange{{Group: p.tab.Rows[0], MembershipChoice: services.MembershipChoice{Key: "auditors", In: true, Until: &end}}}
	got := p.conflict()
	want := parts.ConflictRow{Label: "Auditors", Yours: "Member until 2027-06-01T18:00", Theirs: "Not a member"}
	if got.Who != "Somebody else" || got.When != "" || !slices.Equal(got.Rows, []parts.ConflictRow{want}) {
		t.Errorf("drawn as %+v", got)
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
	if len(view.Rows) != 1 || view.Rows[0] != row {
		t.Errorf("the rows are %+v, want %+v", view.Rows, row)
	}
	if view.ReadOnly != "" || view.Preview != "/tab/preview" || view.Tally != "In 1 of 20 groups" || !slices.Equal(view.Hidden, []parts.Hidden{{Name: "revision", Value: "4"}}) {
		t.Errorf("drawn as %+v", view)
	}
	p.tab.Edits, p.tab.Locks = false, map[access.GranteeID]services.MembershipLock{3: {Uneditable: true}}
	if view := p.view(views.Page{}, "/tab"); view.ReadOnly == "" || view.Rows[0].In || !view.Rows[0].Locked {
		t.Errorf("who may edit no group gets %+v", view.Rows)
	}
}
