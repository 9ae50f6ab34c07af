package handlers

import (
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

func TestTheFootOfAGroupsPeopleCountsWhatItsFilterShows(t *testing.T) {
	invited := services.InvitationList{Listing: models.Listing[models.Invitation]{Rows: make([]models.Invitation, 2)}}
	for want, q := range map[string]query{
		"42 members, 2 invited":                    {},
		"3 matching members, 42 in all, 2 invited": {Page: models.Page{Query: "aiko"}},
		"2 matching invitations":                   {values: map[string]string{"show": onlyInvited}},
	} {
		p := groupPeople{Invited: invited, query: q}
		p.Group.Members, p.Rows = 42, make([]models.Membership, 3)
		if got := p.count(); got != want {
			t.Errorf("said is %q, not %q", got, want)
		}
	}
}
