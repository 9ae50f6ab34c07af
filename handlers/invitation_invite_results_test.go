package handlers

import (
	"slices"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
)

// invitedHere are outcomes in the order of what was typed.
func invitedHere() []services.InviteResult {
	return []services.InviteResult{
		{Typed: "a@example.com", Email: "a@example.com", Outcome: services.Invited, Link: "/join/1", Groups: make([]models.Group, 1)},
		{Typed: "not one", Outcome: services.NoAddress},
		{Typed: "b@example.com", Email: "b@example.com", Outcome: services.MemberAlready},
		{Typed: "c@example.com", Email: "c@example.com", Outcome: services.Invited, Member: true, Link: "/join/2", Groups: make([]models.Group, 1)},
		{Typed: "d@example.com", Email: "d@example.com", Outcome: services.NoSeat},
	}
}

func TestWhatNeedsAttentionStandsAboveWhoIsInvited(t *testing.T) {
	var order []string
	for _, r := range attentionFirst(invitedHere()) {
		order = append(order, r.Typed)
	}
	if got := strings.Join(order, ", "); got != "not one, d@example.com, b@example.com, a@example.com, c@example.com" {
		t.Errorf("the order is %s", got)
	}
}

func TestInvitingAnotherBeginsWithWhatHasToBeGivenAgain(t *testing.T) {
	form := inviteForm{NewInvitations: services.NewInvitations{Provider: services.ProviderAny, Groups: []string{"team"}}}
	next := inviteAnother("/invite", form, invitedHere())
	if len(next.Hidden) != 3 || next.Hidden[0] != views.InviteEmails.Hidden("not one\nd@example.com") || !slices.Contains(next.Hidden, views.InviteGroup.Hidden("team")) {
		t.Errorf("it begins with %q", next.Hidden)
	}
	if next := inviteAnother("/invite", form, invitedHere()[:1]); next.Hidden != nil || next.Action != "/invite" {
		t.Errorf("with nothing to mend it is %+v", next)
	}
}

func TestAMemberWhoIsInvitedIsToldToBeOne(t *testing.T) {
	for _, r := range invitedHere() {
		if line := (Pages{}).inviteResult(lead(), r, inviteForm{NewInvitations: services.NewInvitations{Groups: []string{"team"}}}); strings.Contains(line.Text, "a member already: the invitation adds") != r.Member {
			t.Errorf("%s: %q", r.Typed, line.Text)
		}
	}
}
