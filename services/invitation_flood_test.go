package services_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

// Attack: fill somebody's mailbox by inviting without a mail, sending it “again”, taking it back and beginning anew.
func TestSendingAgainCountsAsMailing(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, c, leader := context.Background(), mailing(p.store, p.clock), p.by("leader")
		sent := 0
		for range 12 {
			results, err := c.Invite(ctx, leader, services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{"victim@example.com"}, Groups: []string{"readers"}})
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
		for n := range 101 {
			var emails []string
			for i := range 5 { // as many as there are seats
				emails = append(emails, fmt.Sprintf("victim%d-%d@example.com", n, i))
			}
			results, err := c.Invite(ctx, leader, services.NewInvitations{
				Provider: services.ProviderPassword, Emails: emails, Groups: []string{"readers"},
			})
			must(t, err)
			var ids []models.InvitationID
			for _, r := range results {
				ids = append(ids, r.Invitation.ID)
				if _, err = c.ResendInvitation(ctx, leader, r.Invitation.ID); err == nil {
					sent++
				} else if !errors.As(err, &soon) {
					t.Fatal(err)
				}
			}
			revoked, err := c.RevokeInvitations(ctx, leader, ids...)
			if must(t, err); revoked != len(emails) {
				t.Fatalf("%d of %d invitations were there to revoke", revoked, len(emails))
			}
		}
		if sent != 500 {
			t.Errorf("%d mails went out in a moment, want 500 in an hour", sent)
		}
	})
}
