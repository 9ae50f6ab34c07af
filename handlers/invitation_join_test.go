package handlers

import (
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
)

func TestExpiryOfAnInvitationIsCountedUpwards(t *testing.T) {
	for left, want := range map[time.Duration]string{
		time.Second:              "in 1 minute",
		90 * time.Minute:         "in 90 minutes",
		47 * time.Hour:           "in 47 hours",
		services.InvitationLife:  "Expires 4 February 2027, 12:00 UTC, in 31 days",
		30*24*time.Hour + 1:      "in 31 days",
		30 * 24 * time.Hour:      "in 30 days",
		48*time.Hour + time.Hour: "in 3 days",
	} {
		if got := expiryWords(noon.Add(left), noon); !strings.HasSuffix(got, want) {
			t.Errorf("%s left reads %q, want %q", left, got, want)
		}
	}
}

// Every way for an invitation to end has its own page, and each reason for being void its own words.
func TestEveryEndOfAnInvitationHasWords(t *testing.T) {
	joining := services.Joining{Invitation: models.Invitation{InviterName: "Lead"}, Organization: models.Organization{Name: "Acme"}}
	seen := map[string]bool{}
	say := func(j services.Joining) {
		page := joinPage{joining: j}.end()
		words := page.Heading + " " + strings.Join(page.Text, " ")
		if page.Heading == "" || seen[words] || !strings.Contains(words, "Acme") && !strings.Contains(words, "Lead") {
			t.Errorf("%q or %q reads %q", j.State, j.Reason, words)
		}
		seen[words] = true
	}
	for _, state := range []string{models.InvitationAccepted, models.InvitationDeclined, models.InvitationExpired, models.InvitationRevoked} {
		joining.State = state
		say(joining)
	}
	joining.State = models.InvitationVoid
	for _, reason := range []string{models.ReasonGroupDeleted, services.ReasonInviterLeft, services.ReasonInviterRights} {
		joining.Reason = reason
		say(joining)
	}
}
