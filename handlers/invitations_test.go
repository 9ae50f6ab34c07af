package handlers

import (
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/words"
)

func TestDaysLeftAreRoundedUp(t *testing.T) {
	for rest, want := range map[time.Duration]string{
		services.InvitationLife: "31 days left", services.InvitationLife - time.Second: "31 days left", 25 * time.Hour: "2 days left",
		24 * time.Hour: "24 h left", 90 * time.Minute: "2 h left", time.Hour: "60 min left", time.Minute + 1: "2 min left", time.Second: "less than a minute left",
	} {
		if got := left(noon.Add(rest), noon); got.Text != want || got.ISO == "" {
			t.Errorf("%s before the end: %q, want %q", rest, got.Text, want)
		}
	}
}

func TestTermOfInvitationsIsSaidInWholeUnits(t *testing.T) {
	for term, want := range map[time.Duration]string{
		services.InvitationLife: "31 days", 36 * time.Hour: "36 hours", 90 * time.Minute: "90 minutes", 30 * time.Second: "30 seconds", time.Second: "1 second",
	} {
		if got := words.Duration(term); got != want {
			t.Errorf("%s is %q, want %q", term, got, want)
		}
	}
}

func TestEndOfAnInvitationIsExplainedToThoseWhoInvite(t *testing.T) {
	for state, want := range map[string]string{
		models.InvitationAccepted: "It was accepted.", models.InvitationDeclined: "It was declined.", models.InvitationRevoked: "It was revoked.",
		models.InvitationExpired: "It expired. Invite them again.",
		models.InvitationVoid:    "It could not be accepted: Leader, who invited, may no longer give what its group holds.",
	} {
		i := services.InvitationActions{InvitationDetail: services.InvitationDetail{State: state,
			Invitation: models.Invitation{InviterName: "Leader", Reason: services.ReasonInviterRights}}}
		if got := endedWords(i); got != want {
			t.Errorf("%s: %q, want %q", state, got, want)
		}
		if word := outcomeOf(state).Word; word == state {
			t.Errorf("%s has no word", state)
		}
	}
	for reason, want := range map[string]string{
		services.ReasonInviterLeft:   "Leader, who invited, can no longer enter this organization.",
		models.ReasonGroupDeleted:    "its groups were deleted.",
		services.ReasonInviterRights: "Leader, who invited, may no longer give what Readers holds.",
	} {
		if got := voidWords(models.Invitation{InviterName: "Leader"}, reason, "Readers"); got != want {
			t.Errorf("%s: %q, want %q", reason, got, want)
		}
	}
}
