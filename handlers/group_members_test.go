package handlers

import (
	"net/url"
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

func TestPanelThatAddsAMemberIsRead(t *testing.T) {
	n, err := readMembership(url.Values{"email": {" new@example.com"}, "until": {" 2027-06-01T18:00 "}, "confirm_administrators": {"yes"}, "confirm_unproven": {"on"}})
	end := time.Date(2027, 6, 1, 18, 0, 0, 0, time.UTC)
	if err != nil || n.Email != " new@example.com" || n.Until == nil || !n.Until.Equal(end) || !n.Confirmed || n.Unproven {
		t.Errorf("read %+v, %v", n, err)
	}
	if n, err := readMembership(url.Values{"until": {" "}}); err != nil || n.Until != nil {
		t.Errorf("without an end: %+v, %v", n, err)
	}
	if _, err := readMembership(url.Values{"until": {"tomorrow"}}); textOf(wrongIn(err), "Until") != noMinute {
		t.Errorf("what is no moment: %v", err)
	}
}

func TestRefusalsToAddAMemberInWords(t *testing.T) {
	beyond := services.TooHigh{Excess: []access.Excess{{Domain: "content/sources", Abilities: access.Edit}}}
	email := func(text string) []parts.FieldError {
		return []parts.FieldError{{ID: "email", Label: "Email", Text: text}}
	}
	for _, c := range []struct {
		cause error
		want  []parts.FieldError
	}{
		{services.Invalid{Fields: []services.FieldError{{Field: "Until", Text: "Later."}}}, []parts.FieldError{{ID: "until", Label: "Until (UTC)", Text: "Later."}}},
		{beyond, email("You cannot add anybody to this group: " + words.Beyond(files.DefaultCatalog(), beyond.Excess) + ".")},
		{services.NeedsConfirmation{Of: services.ConfirmUnproven}, email("Nobody has shown that this address is theirs. Confirm below that you have asked them.")},
		{services.NeedsConfirmation{Of: services.ConfirmAdministrators}, email("Confirm below that this person may do everything.")},
		{services.Forbidden{Need: services.EditGroup}, nil},
	} {
		if got := fieldErrors(addProblems(files.DefaultCatalog(), c.cause), addControls.find); !slices.Equal(got, c.want) {
			t.Errorf("%v: %+v, want %+v", c.cause, got, c.want)
		}
	}
}

func TestOnlyAMissingProofIsAskedAbout(t *testing.T) {
	panel := &views.AddMember{}
	askUnproven(panel, services.NeedsConfirmation{Of: services.ConfirmAdministrators})
	if len(panel.Confirm)+len(panel.Gives) != 0 {
		t.Errorf("administrators are asked about as %+v", panel)
	}
	askUnproven(panel, services.NeedsConfirmation{Of: services.ConfirmUnproven})
	if len(panel.Confirm) != 1 || panel.Confirm[0].Name != "confirm_unproven" || panel.Confirm[0].DescribedBy != panel.Gives[0].ID {
		t.Errorf("the panel asks %+v", panel)
	}
}

func TestTheFootOfAGroupsPeopleCountsWhatItsFilterShows(t *testing.T) {
	invited := services.InvitationList{Listing: models.Listing[models.Invitation]{Rows: make([]models.Invitation, 2)}}
	for want, q := range map[string]query{
		"42 members, 2 invited":         {},
		"3 matching members, 2 invited": {Page: models.Page{Query: "aiko"}},
		"2 matching invitations":        {values: map[string]string{"show": onlyInvited}},
	} {
		p := groupPeople{Invited: invited, query: q}
		p.Group.Members, p.Rows = 42, make([]models.Membership, 3)
		if got := p.count(); got != want {
			t.Errorf("said is %q, not %q", got, want)
		}
	}
}
