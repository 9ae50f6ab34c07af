package services_test

import (
	"context"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// Adding a group is its first change, and whoever comes into it or leaves it changes it as well. A form that was open meanwhile is
// not stale by that, and one that is stale names who saved the group.
func TestWhoIsInAGroupIsPartOfItsLastChange(t *testing.T) {
	onConsoleWith(t, applied(modelstest.AcmeFile), func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		by := callerOf(t, c, store, "admin@example.com")
		key, err := c.AddGroup(ctx, by, services.NewGroup{Name: "Maintainers"})
		must(t, err)
		group := func() services.GroupDetail {
			t.Helper()
			g, err := c.Group(ctx, by, key)
			must(t, err)
			return g
		}
		made := group()
		if !made.ModifiedAt.Equal(clock.Now()) || made.ModifiedBy != by.Signature() {
			t.Fatalf("added, it was last changed at %s by %q", made.ModifiedAt, made.ModifiedBy)
		}
		steps := []struct {
			name   string
			change func() error
		}{
			{"somebody added", func() error {
				_, err := c.AddMember(ctx, by, key, services.NewMembership{Email: "editor@example.com"})
				return err
			}},
			{"somebody removed", func() error { _, err := c.RemoveMember(ctx, by, key, "editor@example.com"); return err }},
		}
		for _, step := range steps {
			clock.Advance(time.Hour)
			must(t, step.change())
			now := group()
			if !now.ModifiedAt.Equal(clock.Now()) || now.ModifiedBy != by.Signature() || now.Revision != made.Revision {
				t.Errorf("%s: last changed at %s by %q, revision %d", step.name, now.ModifiedAt, now.ModifiedBy, now.Revision)
			}
			if who, at := now.Saved(); who != made.ModifiedBy || !at.Equal(made.ModifiedAt) {
				t.Errorf("%s: saved at %s by %q", step.name, at, who)
			}
		}
		clock.Advance(time.Hour)
		must(t, c.UpdateGroup(ctx, by, key, services.GroupChange{Revision: made.Revision, Name: "Keepers"}))
		if who, at := group().Saved(); who != by.Signature() || !at.Equal(clock.Now()) {
			t.Errorf("saved again: at %s by %q", at, who)
		}
	})
}
