package services_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

func TestAGroupIsDescribed(t *testing.T) {
	onConsoleWith(t, applied(modelstest.AcmeFile), func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		ctx := context.Background()
		by := callerOf(t, c, store, "admin@example.com")
		key, err := c.AddGroup(ctx, by, services.NewGroup{Name: "Maintainers", Description: "  Keeps the\nlights on "})
		must(t, err)
		group := func() services.GroupDetail {
			t.Helper()
			g, err := c.Group(ctx, by, key)
			must(t, err)
			return g
		}
		if got := group().Description; got != "Keeps the lights on" {
			t.Fatalf("described as %q", got)
		}
		made := group()
		must(t, c.UpdateGroup(ctx, by, key, services.GroupChange{Revision: made.Revision, Name: made.Name, Description: "Keeps the cafe\u0301 open"}))
		if got := group(); got.Description != "Keeps the café open" || got.Revision == made.Revision {
			t.Errorf("described as %q at revision %d", got.Description, got.Revision)
		}
		if err := c.UpdateGroup(ctx, by, key, services.GroupChange{Revision: made.Revision, Name: made.Name, Description: "Something else"}); !errors.Is(err, models.ErrConflict) {
			t.Errorf("an older form changes it: %v", err)
		}
		var wrong services.Invalid
		err = c.UpdateGroup(ctx, by, key, services.GroupChange{Revision: group().Revision, Name: " ", Description: strings.Repeat("é", services.MaxDescription+1)})
		if !errors.As(err, &wrong) || len(wrong.Fields) != 2 || wrong.Fields[0].Field != "Name" || wrong.Fields[1].Field != "Description" {
			t.Errorf("what is wrong is %v", err)
		}
		copied, err := c.DuplicateGroup(ctx, by, key, services.Copy{Confirmed: true})
		must(t, err)
		if copied.Description != "Keeps the café open" {
			t.Errorf("the copy is described as %q", copied.Description)
		}
		if err := c.UpdateGroup(ctx, by, "administrators", services.GroupChange{Name: "Administrators", Description: "All"}); !errors.Is(err, services.ErrAdministrators) {
			t.Errorf("Administrators are described: %v", err)
		}
	})
}

func TestFilesDescribeGroups(t *testing.T) {
	described := strings.Replace(modelstest.AcmeFile, "  - key: team\n", "  - key: team\n    description: \"Works on: everything\"\n", 1)
	onConsoleWith(t, applied(described), func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		text := exported(t, c, "acme")
		if !strings.Contains(text, "    description: \"Works on: everything\"\n") {
			t.Fatalf("exported\n%s", text)
		}
		if plan := apply(t, c, text, services.ApplyOptions{}); len(plan.Steps) != 0 {
			t.Errorf("the export changes %+v", plan.Steps)
		}
		if plan := apply(t, c, modelstest.AcmeFile, services.ApplyOptions{}); len(plan.Steps) != 0 {
			t.Errorf("what a file does not say changes: %+v", plan.Steps)
		}
		plan := apply(t, c, strings.Replace(described, "Works on: everything", "Works on sources", 1), services.ApplyOptions{})
		if len(plan.Steps) != 1 || !slices.Equal(plan.Steps[0].Details, []string{"description: Works on: everything → Works on sources"}) {
			t.Errorf("another description changes %+v", plan.Steps)
		}
	})
}
