package services_test

import (
	"context"
	"errors"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// made is the number by which what a command did can be undone.
func made(t *testing.T, command func(ctx context.Context) error) int64 {
	t.Helper()
	ctx := services.WithOutcome(context.Background())
	must(t, command(ctx))
	return services.Undoable(ctx)
}

// Several groups of a member are changed in one form, and undone at once; so is what an Access tab gave several groups.
func TestAChangeIsUndoneAsAWhole(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx, administrator := context.Background(), p.by("administrator")
		m := p.member("reader")
		id := made(t, func(ctx context.Context) error {
			_, err := p.SaveMemberGroups(ctx, administrator, m.ID, services.MemberGroupsDraft{Revision: m.Revision, Choices: []services.MembershipChoice{
				{Key: "outdoors", In: true}, {Key: "deputies", In: true}, {Key: "readers"}}})
			return err
		})
		undone, err := p.Undo(ctx, administrator, id)
		must(t, err)
		if undone.ID != id {
			t.Errorf("undone is %d, want %d", undone.ID, id)
		}
		for group, want := range map[string]bool{"outdoors": false, "deputies": false, "readers": true} {
			if in, _ := p.isIn("reader", group); in != want {
				t.Errorf("in %s: %t", group, in)
			}
		}
		which := services.ResourceRef{Domain: "content/sources", Key: "wiki"}
		tab, err := p.AccessTab(ctx, administrator, which, services.AccessDraft{})
		must(t, err)
		draft := services.AccessDraft{Revision: tab.Resource.Revision}
		for _, row := range tab.Rows {
			if !row.Stands.Fixed {
				draft.Choices = append(draft.Choices, services.AccessChoice{Kind: row.Grantee.Kind, Key: row.Grantee.Key, Edit: true, Revision: row.Revision})
			}
		}
		id = made(t, func(ctx context.Context) error {
			_, err := p.SaveAccess(ctx, administrator, which, draft)
			return err
		})
		if got := p.holds("readers"); got != "edit, custom web wiki" {
			t.Fatalf("before: %q", got)
		}
		_, err = p.Undo(ctx, administrator, id)
		must(t, err)
		if got := p.holds("readers"); got != "edit, custom web" {
			t.Errorf("undone: %q", got)
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}

func TestOnlyWhatCanBeUndoneIsOffered(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		administrator := p.by("administrator")
		if id := made(t, func(ctx context.Context) error {
			_, err := p.AddGroup(ctx, administrator, services.NewGroup{Name: "New"})
			return err
		}); id != 0 {
			t.Error("adding a group can be undone")
		}
		if id := made(t, func(ctx context.Context) error {
			_, err := p.RemoveMember(ctx, administrator, "readers", "reader@example.com") // the last group
			return err
		}); id != 0 {
			t.Error("what made somebody leave can be undone")
		}
	})
}

// Attack: somebody undoes what others did, or what they did long ago, without any view on Activities.
func TestOnesOwnChangesAreUndoneForAWhile(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx := context.Background()
		save := func(level access.Level) int64 {
			return made(t, func(ctx context.Context) error {
				return setPrivileges(ctx, p.Console, p.by("alone"), "readers", p.tab("alone", ofGroup("readers"), services.PrivilegesDraft{}).Holder().Revision,
					services.PrivilegeChoices{"content/fields": {Level: level}})
			})
		}
		first := save(access.LevelView)
		if _, err := p.Undo(ctx, p.by("administrator"), first); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("somebody else's: %v", err)
		}
		if _, err := p.Undo(ctx, p.by("alone"), first); !errors.As(err, &services.TooHigh{}) {
			t.Errorf("what is beyond the caller by now: %v", err)
		}
		gone := save(access.LevelNone)
		if _, err := p.Undo(ctx, p.by("alone"), first); !errors.Is(err, services.ErrNothingReverts) {
			t.Errorf("what was changed again: %v", err)
		}
		p.clock.Advance(services.UndoLife + 1)
		if _, err := p.Undo(ctx, p.by("alone"), gone); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("too old: %v", err)
		}
		if got := p.holds("readers"); got != "none, custom web" {
			t.Errorf("afterwards %q", got)
		}
	})
}
