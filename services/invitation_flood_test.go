package services_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"bailiwick/services"
)

// Attack: fill somebody's mailbox by inviting without a mail, sending it “again”, taking it back and beginning anew.
func TestSendingAgainCountsAsMailing(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, c, leader := context.Background(), mailing(p.store, p.clock), p.by("leader")
		sent := 0
		for range 12 {
			results, err := c.Invite(ctx, leader, services.InviteForm{Provider: services.ProviderPassword, Emails: "victim@example.com", Groups: []string{"readers"}})
			must(t, err)
			id := results[0].Invitation.ID
			var soon services.Soon
			switch _, err = c.ResendInvitation(ctx, leader, id); {
			case err == nil:
				sent++
			case !errors.As(err, &soon):
				t.Fatal(err)
			}
			_, err = c.RevokeInvitations(ctx, leader, id)
			must(t, err)
		}
		if sent != 5 {
			t.Errorf("%d mails went to one address in a moment, want 5 in a day", sent)
		}
	})
}

// Attack: the same for many people, past what an organization may mail in an hour.
func TestAnOrganizationMailsNoMoreBySendingAgain(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, c, leader := context.Background(), mailing(p.store, p.clock), p.by("leader")
		sent, soon := 0, services.Soon{}
		for n := range 503 {
			results, err := c.Invite(ctx, leader, services.InviteForm{
				Provider: services.ProviderPassword, Emails: fmt.Sprintf("victim%d@example.com", n), Groups: []string{"readers"},
			})
			must(t, err)
			if _, err = c.ResendInvitation(ctx, leader, results[0].Invitation.ID); err == nil {
				sent++
			} else if !errors.As(err, &soon) {
				t.Fatal(err)
			}
			_, err = c.RevokeInvitations(ctx, leader, results[0].Invitation.ID)
			must(t, err)
		}
		if sent != 500 {
			t.Errorf("%d mails went out in a moment, want 500 in an hour", sent)
		}
	})
}
