package services_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// What of a change is nobody's to revert counts for nothing against the thousand: the group that access was given to, and what expired.
func TestAThousandResourcesGivenAreRevertedTogether(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		c, org, _ := crowded(t, store, clock, 2)
		by := callerOf(t, c, store, "boss@example.com")
		var keys []string
		for _, r := range modelstest.Resources(t, org, sourcesDomain, services.MaxMany) {
			keys = append(keys, r.Key)
		}
		modelstest.Group(t, org, "readers", access.PrivilegeSet{sourcesDomain: {Level: access.LevelView}})
		p := people{c, t, store, nil}
		must(t, c.AddToGroups(ctx, by, []models.MemberID{p.member("p0001").ID}, services.ManyMemberships{Groups: []string{"readers"}, Until: in(time.Hour)}))
		clock.Advance(2 * time.Hour)
		id := made(t, func(ctx context.Context) error {
			return c.DoWithResources(ctx, by, sourcesDomain, services.GiveResources, keys, services.ResourcesChange{Group: "readers", Edit: true})
		})
		list, err := c.Activities(ctx, by, services.ActivityQuery{Change: id, Lines: true})
		must(t, err)
		if list.Together != services.MaxMany || list.Change <= services.MaxMany {
			t.Errorf("%d of %d activities are said to be reverted", list.Together, list.Change)
		}
		r, err := c.ReviewRevertOfChange(ctx, by, id)
		must(t, err)
		if len(r.Can()) != services.MaxMany || r.Total() != services.MaxMany {
			t.Errorf("%d of %d can be reverted", len(r.Can()), r.Total())
		}
		_, err = c.RevertChange(ctx, by, id, r.Shown)
		must(t, err)
		must(t, modelstest.VerifyActivities(ctx, org))
	})
}

// What was refused is no change, whose record could be shown.
func TestWhatWasRefusedHasNoRecordOfItsChange(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, by := context.Background(), p.by("administrator")
		if _, err := p.DeleteGroup(ctx, p.by("viewer"), "writers"); err == nil {
			t.Fatal("a viewer deletes a group")
		}
		refused, err := p.Activities(ctx, by, services.ActivityQuery{Refused: true})
		must(t, err)
		if _, err := p.Activities(ctx, by, services.ActivityQuery{Change: refused.Rows[0].ID}); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("its change: %v", err)
		}
	})
}

// However many groups a change was about, what came after it is read at once.
func TestMembershipsOfManyGroupsAreRevertedInFewStatements(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		c, org, ids := crowded(t, store, clock, 2)
		by := callerOf(t, c, store, "boss@example.com")
		text := "version: 1\norganization: {key: acme, name: acme}\nmembers:\n"
		for n := range ids {
			text += fmt.Sprintf("  - {email: p%04d@example.com, name: Person %04d, groups: [everybody", n, n)
			for g := range 60 {
				text += fmt.Sprintf(", group%02d", g)
			}
			text += "]}\n"
		}
		for g := range 60 {
			modelstest.Group(t, org, fmt.Sprintf("group%02d", g), nil)
		}
		apply(t, c, text, services.ApplyOptions{})
		p := people{c, t, store, nil}
		id := p.lastActivity(models.OpGroupMemberAdded).ID
		counted, statements := store.CountStatements(ctx)
		r, err := c.ReviewRevertOfChange(counted, by, id)
		must(t, err)
		if n := statements.Count(); n > 40 || len(r.Can()) != 120 {
			t.Errorf("%d statements; %d of %d can be reverted", n, len(r.Can()), r.Total())
		}
		must(t, c.RemoveFromGroups(ctx, by, ids[:1], services.ManyMemberships{Groups: []string{"group07"}}))
		must(t, c.AddToGroups(ctx, by, ids[:1], services.ManyMemberships{Groups: []string{"group07"}}))
		r, err = c.ReviewRevertOfChange(ctx, by, id)
		must(t, err)
		if left := r.LeftOut(); len(left) != 1 || left[0].Row.ResourceKey != "group07" || !errors.As(left[0].Why, &services.ChangedSince{}) {
			t.Errorf("left out: %v", left)
		}
	})
}

// Attack: whoever reverts is shown an end, and holds for longer by the time at which they confirm: nothing is given for longer than was
// shown.
func TestWhatIsRevertedIsGivenNoLongerThanWasShown(t *testing.T) {
	onLasting(t, func(t *testing.T, p lasting) {
		ctx, by := context.Background(), p.by("administrator")
		give := func(edit bool) func(context.Context) error {
			return func(ctx context.Context) error {
				return p.DoWithResources(ctx, by, sourcesDomain, services.GiveResources, []string{"web"}, services.ResourcesChange{Group: "readers", Edit: edit})
			}
		}
		p.grant("readers", "content/sources", "view")
		must(t, give(true)(ctx))
		id := made(t, give(false))
		list, err := p.Activities(ctx, by, services.ActivityQuery{Change: id})
		must(t, err)
		for _, e := range list.Rows {
			if e.Operation == models.OpResourceAccessChanged {
				id = e.ID
			}
		}
		all := p.changeReversal(p.temp(), id)
		one, err := p.Reversal(ctx, p.temp(), id)
		must(t, err)
		if all.Until == nil || !all.Until.Equal(p.end) || one.Until == nil || !one.Until.Equal(p.end) {
			t.Fatalf("given until %v, %v", all.Until, one.Until)
		}
		p.saved("administrator", "john.smith", services.MembershipChoice{Key: "administrators", In: true, Until: in(2 * accessFor)})
		if _, err := p.RevertChange(ctx, p.temp(), id, all.Shown); !errors.Is(err, services.ErrShownOtherwise) {
			t.Errorf("all is reverted for longer: %v", err)
		}
		if _, err := p.Revert(ctx, p.temp(), id, one.Shown); !errors.Is(err, services.ErrShownOtherwise) {
			t.Errorf("one is reverted for longer: %v", err)
		}
	})
}

// Those who are reactivated stand in the record before those who are suspended, each time.
func TestSuspensionsOfBothKindsAreRevertedInOneOrder(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		by := p.by("administrator")
		must(t, p.DoWithMembers(context.Background(), by, services.SuspendMany, p.ids("john.smith")))
		apply(t, p.Console, "version: 1\norganization: {key: acme, name: Acme}\nmembers:\n"+
			"  - {email: john.smith@example.com, groups: [readers], status: active}\n  - {email: viewer@example.com, groups: [viewers], status: suspended}\n", services.ApplyOptions{})
		for n := range 8 {
			last := p.lastActivity(models.OpMemberSuspended)
			r := p.changeReversal(by, last.ID)
			if len(r.Can()) != 2 {
				t.Fatalf("shown %q", changeReverted(r))
			}
			_, err := p.RevertChange(context.Background(), by, last.ID, r.Shown)
			must(t, err)
			if suspended, reactivated := p.lastActivity(models.OpMemberSuspended), p.lastActivity(models.OpMemberReactivated); suspended.ID < reactivated.ID {
				t.Fatalf("after %d reverts: %d suspended, %d reactivated", n, suspended.ID, reactivated.ID)
			}
		}
	})
}

// What has to be judged one by one is reverted up to a hundred; the rest stays, and says so.
func TestNoMoreThanAHundredAreRevertedOneByOne(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		c, org, _ := crowded(t, store, clock, 2)
		by := callerOf(t, c, store, "boss@example.com")
		text := "version: 1\norganization: {key: acme, name: acme}\ngroups:\n"
		for n := range 101 {
			modelstest.Group(t, org, fmt.Sprintf("group%03d", n), nil)
			text += fmt.Sprintf("  - {key: group%03d, name: Renamed %03d}\n", n, n)
		}
		apply(t, c, text, services.ApplyOptions{})
		p := people{c, t, store, nil}
		r := p.changeReversal(by, p.lastActivity(models.OpGroupRenamed).ID)
		if left := r.LeftOut(); r.Total() != 101 || len(left) != 1 || !errors.Is(left[0].Why, services.ErrOneByOne) {
			t.Fatalf("%d of %d are left out", len(left), r.Total())
		}
		_, err := c.RevertChange(ctx, by, r.Outcomes[0].Row.ID, r.Shown)
		must(t, err)
		renamed := 0
		groups, err := org.AllGroups(ctx)
		must(t, err)
		for _, g := range groups {
			if strings.HasPrefix(g.Name, "Renamed") {
				renamed++
			}
		}
		if renamed != 1 {
			t.Errorf("%d groups keep their new names", renamed)
		}
	})
}
