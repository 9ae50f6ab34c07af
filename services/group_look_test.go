package services_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

// Attack: make a group beside Administrators that looks like it, and wait for somebody to be put into the wrong one.
func TestNoPageGivesAGroupANameThatLooksLikeAnothers(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx, by := context.Background(), callerOf(t, c, store, administrator)
		refused := func(what string, err error) {
			t.Helper()
			var wrong services.Invalid
			if !errors.As(err, &wrong) || len(wrong.Fields) != 1 || wrong.Fields[0].Field != "Name" || !strings.Contains(wrong.Fields[0].Text, "that looks like") {
				t.Errorf("%s: %v", what, err)
			}
		}
		for _, name := range []string{"Admin\u034fistrators", "Аdministrators", "Administrators\u2800", "Adm1nistrators"} {
			_, err := c.AddGroup(ctx, by, services.NewGroup{Name: name})
			refused(name, err)
		}
		key, err := c.AddGroup(ctx, by, services.NewGroup{Name: "Pioneers"})
		must(t, err)
		group, err := store.In(by.Organization.ID).Group(ctx, key)
		must(t, err)
		refused("renamed", c.UpdateGroup(ctx, by, key, services.GroupChange{Revision: group.Revision, Name: "Аdministrators"}))
		must(t, c.UpdateGroup(ctx, by, key, services.GroupChange{Revision: group.Revision, Name: "Settlers"}))
		_, err = c.AddGroup(ctx, by, services.NewGroup{Name: "Sеttlers"}) // the first e is Cyrillic
		refused("like the new name", err)
		_, err = c.AddGroup(ctx, by, services.NewGroup{Name: "Pioneеrs"}) // nobody has the old one any more
		must(t, err)
		if _, err = c.DeleteGroup(ctx, by, key); err != nil {
			t.Fatal(err)
		}
		_, err = c.AddGroup(ctx, by, services.NewGroup{Name: "Sеttlers"})
		must(t, err)
		copied, err := c.DuplicateGroup(ctx, by, "leads", services.Copy{Confirmed: true})
		must(t, err)
		must(t, c.UpdateGroup(ctx, by, copied.Key, services.GroupChange{Revision: copied.Revision, Name: strings.Replace(copied.Name, "copy", "сopy", 1) + "x"}))
	})
}

// What looks alike from before stays, and its name can be saved unchanged.
func TestGroupsThatLookAlikeFromBeforeStay(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx, by := context.Background(), callerOf(t, c, store, administrator)
		old := models.Group{Resource: models.Resource{Domain: "organization/groups", Key: "old", Name: "Аdministrators", CreatedAt: c.Now(), ModifiedAt: c.Now()}}
		must(t, store.In(by.Organization.ID).CreateGroup(ctx, &old))
		group, err := store.In(by.Organization.ID).Group(ctx, "old")
		must(t, err)
		must(t, c.UpdateGroup(ctx, by, "old", services.GroupChange{Revision: group.Revision, Name: group.Name}))
	})
}
