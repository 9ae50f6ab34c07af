package services_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

// A use counts for each group that gives what was used, and for no other.
func TestUsesOfGroupsAreThoseOfWhatTheyGive(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		c := services.New(services.Config{Store: store, Catalog: files.DefaultCatalog(), Now: clock.Now})
		org := modelstest.Organization(t, store, "acme")
		modelstest.Administrators(t, org, modelstest.Person(t, store, "boss@example.com"))
		web := modelstest.Resource(t, org, "content/sources", "web")
		person, single := modelstest.Person(t, store, "person@example.com"), modelstest.Person(t, store, "single@example.com")
		entrance := access.Privilege{Level: access.LevelView}
		for key, sources := range map[string]access.Privilege{
			"viewers": {Level: access.LevelView},
			"of web":  {Level: access.LevelCustom, Editors: []access.ResourceID{web.ID}},
			"makers":  {Level: access.LevelCustom, CanCreate: true},
			"idle":    {},
		} {
			modelstest.Group(t, org, key, access.PrivilegeSet{"organization/organization": entrance, "content/sources": sources}, person)
		}
		modelstest.Group(t, org, "entrance", access.PrivilegeSet{"organization/organization": entrance}, single)
		for _, step := range []struct {
			name, email string
			takes       func(by services.Caller) error
			want        []string
		}{
			{"comes in by several", "person@example.com", func(services.Caller) error { return nil }, nil},
			{"comes in by one", "single@example.com", func(services.Caller) error { return nil }, []string{"entrance"}},
			{"looks at sources", "person@example.com", func(by services.Caller) error {
				_, err := c.OpenDomain(by, "content/sources")
				return err
			}, []string{"makers", "of web", "viewers"}},
			{"adds one", "person@example.com", func(by services.Caller) error {
				_, err := c.AddResource(ctx, by, "content/sources", services.NewResource{ResourceConfiguration: services.ResourceConfiguration{Name: "wiki", Visibility: models.VisibilityPrivate}})
				return err
			}, []string{"makers"}},
			{"deletes one", "person@example.com", func(by services.Caller) error {
				_, err := c.DeleteResource(ctx, by, "content/sources", "web")
				return err
			}, []string{"makers", "of web", "viewers"}}, // it is looked at, too
		} {
			clock.Advance(time.Hour)
			by := callerOf(t, c, store, step.email)
			must(t, step.takes(by))
			c.NoteGroupUses(by)
			must(t, c.WriteLastUsed(ctx))
			var used []string
			groups, err := org.AllGroups(ctx)
			must(t, err)
			for _, g := range groups {
				if g.LastUsed().Equal(clock.Now().Truncate(time.Minute)) {
					used = append(used, g.Key)
				}
			}
			if slices.Sort(used); !slices.Equal(used, step.want) {
				t.Errorf("who %s uses %q, want %q", step.name, used, step.want)
			}
		}
	})
}
