package services_test

import (
	"context"
	"errors"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// Attack: invite an operator who has no password yet, where no mail can be sent, and make an account with the copied link.
func TestNobodyBecomesAnOperatorByInvitingThem(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		apply(t, p.Console, modelstest.VisitedFile, services.ApplyOptions{})
		applyOperator(t, p.Console, operatorFile)
		for _, email := range []string{"operator@vendor.example", "agent@vendor.example"} {
			_, link := p.invited("leader", email, "readers")
			_, token, err := p.JoinWithAccount(ctx, link, services.NewAccount{Name: "Attacker", Password: passphrase, Address: "192.0.2.66"})
			must(t, err)
			session, err := p.Session(ctx, token)
			must(t, err)
			if operator, err := p.IsOperator(ctx, session); err != nil || operator {
				t.Errorf("signed in as %s: an operator %t, %v", email, operator, err)
			}
			if _, err := p.Supporter(ctx, session); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("signed in as %s: one of the personnel: %v", email, err)
			}
		}
	})
}
