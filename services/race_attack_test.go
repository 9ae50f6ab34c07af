package services_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

// Attack: accept, decline and revoke one invitation at once, often.
func TestAcceptingDecliningAndRevokingAtOnceHaveOneOutcome(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, leader := context.Background(), p.by("leader")
		who := p.signedIn("new", services.ProviderPassword)
		for round := range 6 {
			i, link := p.invited("leader", "new@example.com", "readers")
			var all sync.WaitGroup
			var mu sync.Mutex
			accepted, declined, revoked := 0, 0, 0
			for range 5 {
				all.Go(func() {
					j, err := p.AcceptByLink(ctx, who, link, "")
					mu.Lock()
					defer mu.Unlock()
					if err != nil {
						t.Error(err)
					} else if j.State == models.InvitationAccepted && len(j.Groups) > 0 {
						accepted++
					}
				})
				all.Go(func() {
					_, err := p.DeclineByLink(ctx, link, "")
					if err != nil {
						t.Error(err)
					}
				})
				all.Go(func() {
					n, err := p.RevokeInvitations(ctx, leader, i.ID)
					mu.Lock()
					defer mu.Unlock()
					revoked += n
					if err != nil && !errors.Is(err, services.ErrInvitationEnded) {
						t.Error(err)
					}
				})
			}
			all.Wait()
			after, err := p.scope().Invitation(ctx, i.ID)
			must(t, err)
			if after.Outcome == models.InvitationDeclined {
				declined++
			}
			if accepted+declined+revoked != 1 {
				t.Errorf("round %d: %d accepted, %d declined, %d revoked; the outcome is %s", round, accepted, declined, revoked, after.Outcome)
			}
			if after.Outcome == models.InvitationAccepted {
				_, err := p.RemoveFromOrganization(ctx, p.by("administrator"), p.member("new").ID)
				must(t, err)
			} else {
				p.wantNoMember("new")
			}
		}
	})
}

// Attack: change one's account all the time, so that an administrator who changes the organization is told that it is busy.
func TestChangesOfAnAccountAndOfItsOrganizationWaitForEachOther(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		for range 5 {
			session := signedIn(t, p.Console, passphrase)
			var all sync.WaitGroup
			for _, work := range []func() error{
				func() error { return p.RenameSelf(ctx, session, "Another "+session.ID[:6], "192.0.2.1") },
				func() error { return p.SetPassword(ctx, "acme", administrator, passphrase) },
				func() error { return p.RequireSecondFactor(ctx, p.admin, true, true) },
				func() error { return p.RequireSecondFactor(ctx, p.admin, false, true) },
				func() error {
					_, err := p.ChangePassword(ctx, session, services.PasswordChange{Present: passphrase, NewPassword: services.NewPassword{Password: passphrase, Again: passphrase}})
					return err
				},
			} {
				all.Go(func() {
					var wrong services.Invalid
					if err := work(); err != nil && !errors.Is(err, services.ErrSignedOut) && !errors.As(err, &wrong) {
						t.Error(err)
					}
				})
			}
			all.Wait()
		}
	})
}
