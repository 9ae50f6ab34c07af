package services_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

// seeded is a small organization; at a thousand members the statements for many are used as well.
var seeded = services.Seed{
	Key: "seeded", Members: 1200, Groups: 40, Resources: 500, Editors: 1001, Domain: "content/sources", Random: 7,
}

// An organization is made up the same on every database, and differently for another number; it holds what was asked for,
// its counters are right, and its file says all of it.
func TestASeededOrganizationIsTheSameEverywhere(t *testing.T) {
	made := map[string]string{}
	for _, database := range append(modelstest.Databases(t), modelstest.SQLite) {
		console, store := consoleAndStoreOn(t, database)
		for _, random := range []uint64{seeded.Random, 8} {
			s := seeded
			s.Random = random
			if random != seeded.Random {
				s.Key = "another"
			}
			if err := console.Seed(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			wantSize(t, console, store, s)
		}
		text := exported(t, console, "seeded")
		if first, before := made["seeded"]; before && text != first {
			t.Errorf("on %s another organization came out", database)
		}
		made["seeded"] = text
		if strings.ReplaceAll(exported(t, console, "another"), "another", "seeded") == text {
			t.Error("another number made the same organization")
		}
	}
}

func consoleAndStoreOn(t *testing.T, database string) (*services.Console, *models.Store) {
	t.Helper()
	clock := modelstest.NewClock()
	store := modelstest.New(t, modelstest.Options{Database: database, Clock: clock})
	return services.New(services.Config{Store: store, Catalog: files.DefaultCatalog(), Now: clock.Now}), store
}

// wantSize compares the counters and the export with what was asked for.
func wantSize(t *testing.T, console *services.Console, store *models.Store, s services.Seed) {
	t.Helper()
	o, err := store.OrganizationByKey(t.Context(), s.Key)
	if err != nil {
		t.Fatal(err)
	}
	resources, err := store.In(o.ID).Count(t.Context(), s.Domain)
	if err != nil {
		t.Fatal(err)
	}
	if o.Members != s.Members+2 || resources != s.Resources {
		t.Errorf("the counters say %d members and %d resources", o.Members, resources)
	}
	file, err := files.ReadOrganization("export", []byte(exported(t, console, s.Key)), console.Catalog())
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, g := range file.Groups {
		for _, p := range g.Privileges {
			if p.Domain == s.Domain && g.Key != "team" {
				rows += len(p.Edit)
			}
		}
	}
	groups := s.Groups + 1 + len(console.Catalog().BuiltIn)
	if len(file.Members) != s.Members+2 || len(file.Groups) != groups || rows != s.Editors {
		t.Errorf("%d members, %d groups, %d rows of editor lists; want %d, %d, %d",
			len(file.Members), len(file.Groups), rows, s.Members+2, groups, s.Editors)
	}
}

// Seeding neither touches an organization that exists nor makes half of one.
func TestSeedingRefusesWhatItCannotMake(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		apply(t, c, "version: 1\norganization: {key: taken, name: Taken}\n", services.ApplyOptions{})
		before := exported(t, c, "taken")
		for name, change := range map[string]func(*services.Seed){
			"a key with blanks": func(s *services.Seed) { s.Key = "not a key" },
			"no such domain":    func(s *services.Seed) { s.Domain = "content/gone" },
			"groups as domain":  func(s *services.Seed) { s.Domain = "organization/groups" },
			"one group":         func(s *services.Seed) { s.Groups = 1 },
			"less than nothing": func(s *services.Seed) { s.Members = -1 },
			"too many editors":  func(s *services.Seed) { s.Editors = s.Groups*s.Resources/2 + 1 },
		} {
			s := seeded
			change(&s)
			if err := c.Seed(t.Context(), s); !errors.As(err, new(services.Invalid)) {
				t.Errorf("%s: %v", name, err)
			}
		}
		s := seeded
		s.Key = "taken"
		if err := c.Seed(t.Context(), s); !errors.Is(err, services.ErrExists) {
			t.Errorf("an organization that exists: %v", err)
		}
		if after := exported(t, c, "taken"); after != before {
			t.Errorf("it was changed:\n%s", after)
		}
		all, err := store.Organizations(t.Context())
		if err != nil || len(all) != 1 {
			t.Errorf("%d organizations stand, want 1: %v", len(all), err)
		}
	})
}

// Progress is told from nothing on, and never beyond the end.
func TestSeedingTellsHowFarItIs(t *testing.T) {
	console, _ := consoleAndStoreOn(t, modelstest.SQLite)
	var told []string
	s := seeded
	s.Progress = func(what string, done, all int) {
		if done < 0 || done > all {
			t.Errorf("%s: %d of %d", what, done, all)
		}
		told = append(told, what)
	}
	if err := console.Seed(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	want := []string{"people", "Extensions", "Sources", "Models", "Query pipelines", "Search pages", "groups and privileges", "members in groups"}
	if !reflect.DeepEqual(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}
