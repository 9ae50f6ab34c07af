package services_test

import (
	"context"
	"errors"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

// Attack: invite an operator who has no password yet, where no mail can be sent, and set a first one with the copied link.
func TestNobodySetsThePasswordOfAnOperatorByInvitingThem(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		apply(t, p.Console, visitedFile, services.ApplyOptions{})
		applyOperator(t, p.Console, operatorFile)
		for _, email := range []string{"operator@vendor.example", "agent@vendor.example"} {
			_, link := p.invited("leader", email, "readers")
			_, token, err := p.JoinWithAccount(ctx, link, services.NewAccount{Name: "Attacker", Password: passphrase, Address: "192.0.2.66"})
			if !errors.Is(err, services.ErrHasAccount) {
				t.Errorf("%s: %v", email, err)
			}
			session, err := p.Session(ctx, token)
			if err == nil {
				operator, _ := p.IsOperator(ctx, session)
				_, supporter := p.Supporter(ctx, session)
				t.Errorf("signed in as %s: operator %t, personnel %t", email, operator, supporter == nil)
			} else if !errors.Is(err, models.ErrNotFound) {
				t.Fatal(err)
			}
		}
	})
}
