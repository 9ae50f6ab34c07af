package services_test

import (
	"context"
	"errors"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// Attack: somebody who reads a former address is sent the link that its former owner asked for (R26).
func TestALinkIsNotSentToAnAddressThatWasLeftMeanwhile(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		person := modelstest.Proven(t, p.store, administrator)
		must(t, p.SendPasswordLink(ctx, administrator, "192.0.2.7"))
		must(t, p.SendSignInLink(ctx, administrator, "192.0.2.7", ""))
		must(t, p.store.SetPersonEmail(ctx, person.ID, "moved@example.com"))
		must(t, p.sendDue(p.worker(p.Console)))
		p.wantArrived(0, administrator)
	})
}

// Attack: whoever took over an address that somebody left is given what the former owner had.
func TestWhatWasDoneToAFormerAddressIsNotRevertedToItsNextOwner(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx, steward := context.Background(), p.member("steward")
		_, err := p.AddMember(ctx, p.by("administrator"), "readers", services.NewMembership{Email: steward.Email})
		must(t, err)
		_, err = p.RemoveMember(ctx, p.by("administrator"), "readers", steward.Email)
		must(t, err)
		removed := p.lastActivity(models.OpGroupMemberRemoved)
		must(t, p.suspend("administrator", "steward"))
		suspended := p.lastActivity(models.OpMemberSuspended)
		must(t, p.reactivate("administrator", "steward"))

		change := p.proposed("administrator", "steward", "moved@example.com")
		_, err = p.ProveAddress(ctx, services.Session{}, p.link(change, false), "192.0.2.9")
		must(t, err)
		p.clock.Advance(services.ObjectionTime)
		must(t, p.EndAddressChanges(ctx))
		must(t, p.store.SetPersonEmail(ctx, p.member("reader").PersonID, steward.Email))
		for what, activity := range map[string]models.Activity{"a membership": removed, "a suspension": suspended} {
			if shown := p.reversal("administrator", activity); !errors.As(shown.Refused, &services.HasMoved{}) {
				t.Errorf("%s: %v", what, shown.Refused)
			}
		}
	})
}
