package services_test

import (
	"context"
	"errors"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

// twins are two groups of one person, which a file raises and lowers in one change, and a third one.
const (
	twinsLow = `version: 1
organization: {key: acme, name: Acme}
groups:
  - {key: one, name: One, privileges: {content/fields: view}}
  - {key: two, name: Two, privileges: {content/fields: view}}
  - {key: third, name: Third, privileges: {organization/activities: view, organization/groups: view, organization/organization: view, content/fields: view}}
members:
  - {email: twin@example.com, name: Twin, groups: [one, two, third]}
`
	twinsHigh = `version: 1
organization: {key: acme, name: Acme}
groups:
  - {key: one, name: One, privileges: {content/fields: view, organization/activities: view, organization/groups: edit, organization/organization: view}}
  - {key: two, name: Two, privileges: {content/fields: view, organization/activities: view, organization/groups: edit, organization/organization: view}}
`
	twinsListed = `version: 1
organization: {key: acme, name: Acme}
groups:
  - {key: one, name: One, privileges: {content/fields: view, organization/groups: {level: custom, edit: [one, two]}}}
  - {key: two, name: Two, privileges: {content/fields: view, organization/groups: {level: custom, edit: [one, two]}}}
  - {key: third, name: Third, privileges: {organization/activities: view, organization/groups: {level: custom, edit: [one]}, organization/organization: view, content/fields: view}}
`
)

// outOfThird takes the person out of the third group.
func (p people) outOfThird() {
	p.t.Helper()
	_, err := p.RemoveMember(context.Background(), p.by("administrator"), "third", "twin@example.com")
	must(p.t, err)
}

// Attack on oneself: each of two activities leaves its caller the way in that the other takes. What a Privileges tab would ask about is
// left out, and the rest is reverted.
func TestRevertingAChangeLeavesItsCallerTheWayIn(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		apply(t, p.Console, twinsLow, services.ApplyOptions{})
		apply(t, p.Console, twinsHigh, services.ApplyOptions{})
		p.outOfThird()
		ctx, by, id := context.Background(), p.by("twin"), p.lastActivity(models.OpGroupPrivilegesChanged).ID
		r := p.changeReversal(by, id)
		var confirm services.NeedsConfirmation
		if left := r.LeftOut(); len(r.Can()) != 1 || len(left) != 1 || !errors.As(left[0].Why, &confirm) || confirm.Of != services.ConfirmLockOut {
			t.Errorf("shown %q", changeReverted(r))
		}
		_, err := p.RevertChange(ctx, by, id, r.Shown)
		must(t, err)
		if by := p.by("twin"); !by.Rights.May(services.ViewOrganization, 0) || !by.Rights.May(services.EditGroup, 0) {
			t.Error("they are locked out")
		}
		if r := p.changeReversal(p.by("administrator"), id); len(r.Can()) != 1 {
			t.Errorf("whoever holds it by another group is shown %q", changeReverted(r))
		}
	})
}

// What nothing shows beforehand is refused once all is reverted: Edit on one of the groups that several lists give.
func TestRevertingAChangeLeavesItsCallerTheirGroups(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		apply(t, p.Console, twinsLow, services.ApplyOptions{})
		apply(t, p.Console, twinsListed, services.ApplyOptions{})
		ctx, by := context.Background(), p.by("twin")
		id := p.lastActivity(models.OpGroupPrivilegesChanged).ID
		r := p.changeReversal(by, id)
		var confirm services.NeedsConfirmation
		if _, err := p.RevertChange(ctx, by, id, r.Shown); !errors.As(err, &confirm) || confirm.Of != services.ConfirmLockOut {
			t.Errorf("shown %q: %v", changeReverted(r), err)
		}
		if r := p.changeReversal(by, id); len(r.Can()) == 0 {
			t.Errorf("something was reverted: %q", changeReverted(r))
		}
	})
}

// Whoever undoes their own change keeps the way in that it gave to several groups, and that they have by now through these alone.
func TestUndoLeavesItsCallerTheWayIn(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		apply(t, p.Console, twinsHigh, services.ApplyOptions{})
		apply(t, p.Console, twinsLow, services.ApplyOptions{})
		lowered := p.lastActivity(models.OpGroupPrivilegesChanged).ID
		_, err := p.AddMember(context.Background(), p.by("administrator"), "keepers", services.NewMembership{Email: "twin@example.com"})
		must(t, err)
		r := p.changeReversal(p.by("twin"), lowered)
		raised := made(t, func(ctx context.Context) error {
			_, err := p.RevertChange(ctx, p.by("twin"), lowered, r.Shown)
			return err
		})
		_, err = p.RemoveMember(context.Background(), p.by("administrator"), "keepers", "twin@example.com")
		must(t, err)
		p.outOfThird()
		var confirm services.NeedsConfirmation
		if _, err := p.Undo(context.Background(), p.by("twin"), raised); !errors.As(err, &confirm) || confirm.Of != services.ConfirmLockOut {
			t.Errorf("%q is undone: %v", changeReverted(r), err)
		}
		if by := p.by("twin"); !by.Rights.May(services.ViewOrganization, 0) || !by.Rights.May(services.EditGroup, 0) {
			t.Error("they are locked out")
		}
	})
}
