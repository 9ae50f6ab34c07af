package services_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// wantNotUndone tries it and finds that the memberships are as they were.
func (p people) wantNotUndone(by services.Caller, id int64, refused func(error) bool, names ...string) {
	p.t.Helper()
	if id == 0 {
		p.t.Fatal("undoing it is not offered")
	}
	before := map[string]string{}
	for _, name := range names {
		before[name] = strings.Join(p.groups(name), ", ")
	}
	if _, err := p.Undo(context.Background(), by, id); !refused(err) {
		p.t.Errorf("undoing it: %v", err)
	}
	for name, groups := range before {
		if now := strings.Join(p.groups(name), ", "); now != groups {
			p.t.Errorf("%s is in %q, want %q", name, now, groups)
		}
	}
}

// tooLong tells whether a refusal says that the caller holds it no longer than until some moment.
func tooLong(err error) bool {
	var high services.TooHigh
	return errors.As(err, &high) && len(high.Excess) > 0 && !high.Excess[0].Until.IsZero()
}

// Attack: who holds something until a moment takes it from several people, and gives it back to them by Undo for longer (R7).
func TestUndoOfManyGivesNothingForLongerThanWhoUndoesHoldsIt(t *testing.T) {
	var long, short = in(accessFor + time.Hour), in(accessFor - time.Hour)
	removed := func(ctx context.Context, p lasting) error {
		return p.RemoveFromGroups(ctx, p.temp(), p.ids("coordinator", "viewer"), services.ManyMemberships{Groups: []string{"writers"}})
	}
	ended := func(ctx context.Context, p lasting) error {
		return p.SetMembershipEnds(ctx, p.temp(), p.ids("coordinator", "viewer"), services.ManyMemberships{Groups: []string{"writers"}, Until: in(time.Hour)})
	}
	partly := func(err error) bool { return errors.Is(err, services.ErrUndoesPartly) }
	fine := func(err error) bool { return err == nil }
	for _, test := range []struct {
		name                string
		coordinator, viewer *time.Time // the ends that they had
		change              func(ctx context.Context, p lasting) error
		refused             func(error) bool
	}{
		{"removed, one of them with a later end", short, long, removed, tooLong},
		{"removed, one of them without an end", short, nil, removed, partly},
		{"removed, both with a sooner end", short, short, removed, fine},
		{"shortened, the second without an end", short, nil, ended, tooLong},
		{"shortened, the first without an end", nil, short, ended, tooLong},
		{"shortened, the second with a later end", short, long, ended, tooLong},
		{"shortened, both with a sooner end", short, short, ended, fine},
	} {
		t.Run(test.name, func(t *testing.T) {
			onLasting(t, func(t *testing.T, p lasting) {
				p.saved("administrator", "coordinator", services.MembershipChoice{Key: "writers", In: true, Until: test.coordinator})
				p.saved("administrator", "viewer", services.MembershipChoice{Key: "writers", In: true, Until: test.viewer})
				id := made(t, func(ctx context.Context) error { return test.change(ctx, p) })
				if test.refused(nil) {
					_, err := p.Undo(context.Background(), p.temp(), id)
					must(t, err)
					p.wantGroups("coordinator", "coordinators", "writers for 71h0m0s")
					p.wantGroups("viewer", "viewers", "writers for 71h0m0s")
					return
				}
				p.wantNotUndone(p.temp(), id, test.refused, "coordinator", "viewer")
			})
		})
	}
}

// Attack: join by a copied link in somebody's name, be taken out of a group, and be let in again by Undo, which asks nobody (R19).
func TestUndoOfManyGivesNothingToWhoHasProvenNothing(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		_, link := p.invited("leader", "new@example.com", "readers")
		_, _, err := p.JoinWithAccount(context.Background(), link, services.NewAccount{Name: "New", Password: passphrase, Address: "192.0.2.66"})
		must(t, err)
		by := p.by("administrator")
		must(t, p.AddToGroups(context.Background(), by, p.ids("new", "viewer"), services.ManyMemberships{Groups: []string{"writers"}, Confirmed: services.Confirmed{Unproven: true}}))
		unproven := func(err error) bool {
			var confirm services.NeedsConfirmation
			return errors.As(err, &confirm) && confirm.Of == services.ConfirmUnproven
		}
		wanted := services.ManyMemberships{Groups: []string{"writers"}, Until: in(time.Hour)}
		id := made(t, func(ctx context.Context) error { return p.SetMembershipEnds(ctx, by, p.ids("new", "viewer"), wanted) })
		p.wantNotUndone(by, id, unproven, "new", "viewer")
		id = made(t, func(ctx context.Context) error { return p.RemoveFromGroups(ctx, by, p.ids("new", "viewer"), wanted) })
		p.wantNotUndone(by, id, unproven, "new", "viewer")
		more := services.ManyMemberships{Groups: []string{"auditors"}, Confirmed: services.Confirmed{Unproven: true}}
		id = made(t, func(ctx context.Context) error { return p.AddToGroups(ctx, by, p.ids("new", "viewer"), more) })
		_, err = p.Undo(context.Background(), by, id)
		must(t, err) // taking asks nothing
		p.wantGroups("new", "readers")
	})
}

// Attack: who is here through temporary access takes members out of a group, or shortens their time in it, and brings them in again
// by Undo (R20).
func TestTemporaryAccessBringsNobodyInByUndoingMany(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		v.withEmptyGroup()
		must(t, v.AddToGroups(ctx, v.by("administrator"), v.ids("reader", "auditor"), services.ManyMemberships{Groups: []string{"empty"}, Until: in(48 * time.Hour)}))
		agent, _ := v.lent(time.Hour)
		nobody := func(err error) bool { return errors.As(err, &services.BringsNobodyIn{}) }
		wanted := services.ManyMemberships{Groups: []string{"empty"}, Until: in(24 * time.Hour)}
		id := made(t, func(ctx context.Context) error {
			return v.SetMembershipEnds(ctx, agent, v.ids("reader", "auditor"), wanted)
		})
		v.wantNotUndone(agent, id, nobody, "reader", "auditor")
		id = made(t, func(ctx context.Context) error {
			return v.RemoveFromGroups(ctx, agent, v.ids("reader", "auditor"), wanted)
		})
		v.wantNotUndone(agent, id, nobody, "reader", "auditor")
	})
}

// Several memberships are undone wholly or not at all: not where one of them has changed again, and none for who is suspended since.
func TestUndoOfManyIsWholeOrNothing(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, by := context.Background(), p.by("administrator")
		partly := func(err error) bool { return errors.Is(err, services.ErrUndoesPartly) }
		writers := services.ManyMemberships{Groups: []string{"writers"}}
		add := func() int64 {
			return made(t, func(ctx context.Context) error {
				return p.AddToGroups(ctx, by, p.ids("coordinator", "viewer"), writers)
			})
		}
		id := add()
		p.saved("administrator", "viewer", services.MembershipChoice{Key: "writers", In: true, Until: in(time.Hour)})
		p.wantNotUndone(by, id, partly, "coordinator", "viewer")
		p.saved("administrator", "viewer", services.MembershipChoice{Key: "writers", In: true})
		p.wantNotUndone(by, id, partly, "coordinator", "viewer") // as it was, but by a later change
		id = made(t, func(ctx context.Context) error {
			return p.RemoveFromGroups(ctx, by, p.ids("coordinator", "viewer"), writers)
		})
		_, err := p.SuspendMember(ctx, by, p.member("viewer").ID)
		must(t, err)
		p.wantNotUndone(by, id, partly, "coordinator")
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}

// Undo reads what its own change noted, whatever others noted before and since.
func TestUndoReadsItsOwnChangeAlone(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, by := context.Background(), p.by("administrator")
		add := func(group string) int64 {
			return made(t, func(ctx context.Context) error {
				return p.AddToGroups(ctx, by, p.ids("coordinator", "viewer"), services.ManyMemberships{Groups: []string{group}})
			})
		}
		first := add("writers")
		add("auditors")
		a, err := p.scope().Activity(ctx, first)
		must(t, err)
		found, err := p.scope().ActivitiesOfChange(ctx, a, 10)
		must(t, err)
		if len(found) != 2 || found[1].Operation != models.OpGroupMemberAdded || found[1].Revision != a.Revision {
			t.Errorf("the change noted %+v", found)
		}
	})
}
