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
		must(t, p.store.SetPersonEmail(ctx, p.member("watcher").PersonID, steward.Email)) // who is in no other group
		if shown := p.reversal("administrator", suspended); !errors.As(shown.Refused, &services.HasMoved{}) {
			t.Errorf("a suspension: %v", shown.Refused)
		}
		shown := p.reversal("administrator", removed)
		if shown.Refused != nil || shown.Reverted() != 1 || shown.Lines[0].Name != "Steward (moved@example.com)" {
			t.Fatalf("a membership: %+v", shown)
		}
		p.revert("administrator", removed)
		p.wantGroupsOf("moved@example.com", "stewards", "readers")
		in, err := p.scope().MembershipsOf(ctx, p.member("steward").PersonID)
		if err != nil || len(in) != 1 || in[0].GroupKey != "watchers" {
			t.Errorf("the next owner of the address is in %+v, %v", in, err)
		}
		again := p.reversal("administrator", removed)
		if again.Refused == nil && again.Reverted() != 0 {
			t.Errorf("reverted a second time: %+v", again)
		}
	})
}
