package services_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

// TestApplyingAnExportChangesNothing holds for random organizations: the export says all that is stored, an application
// of it finds nothing to do even with prune, and the same bytes come out of another organization made from it.
func TestApplyingAnExportChangesNothing(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		r := rand.New(rand.NewPCG(seed, 2))
		for n := range 30 {
			key := fmt.Sprintf("org-%d", n)
			apply(t, c, written(t, randomOrganization(r, c.Catalog(), key)), services.ApplyOptions{})
			first := exported(t, c, key)
			for _, prune := range []bool{false, true} {
				if plan := apply(t, c, first, services.ApplyOptions{Prune: prune}); !plan.Empty() || len(seatless(plan.Notes)) > 0 {
					t.Fatalf("seed %d, %s: applying the export with prune %t:\n%s\n%s", seed, key, prune, plan, first)
				}
			}
			if again := exported(t, c, key); again != first {
				t.Fatalf("seed %d, %s: exported\n%s\nthen\n%s", seed, key, first, again)
			}
			copied := strings.Replace(first, "key: "+key, "key: copy-"+key, 1)
			apply(t, c, copied, services.ApplyOptions{})
			if twin := exported(t, c, "copy-"+key); twin != copied {
				t.Fatalf("seed %d, %s: the copy of\n%s\nis\n%s", seed, key, copied, twin)
			}
		}
	})
}

// Memberships with an end are in no file, and a file that knows nothing of them does nothing to them, nor to what belongs
// to somebody who has no others.
func TestAnExportLeavesMembershipsWithAnEndAlone(t *testing.T) {
	onConsoleWith(t, applied(modelstest.CompleteFile), func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		o, err := store.OrganizationByKey(t.Context(), "acme")
		must(t, err)
		org := modelstest.In(store, o.ID)
		until := clock.Now().Add(time.Hour)
		guest := modelstest.Person(t, store, "guest@example.com")
		group, err := org.Group(t.Context(), "editors")
		must(t, err)
		must(t, org.AddMembership(t.Context(), group.Grantee().ID, guest, &until, clock.Now()))
		web, err := org.Resource(t.Context(), "content/sources", "web")
		must(t, err)
		web.OwnerID = &guest.ID
		must(t, org.UpdateResource(t.Context(), &web, "owner_id"))
		file := exported(t, c, "acme")
		if strings.Contains(file, "guest@example.com") {
			t.Errorf("the file names somebody whose only membership has an end:\n%s", file)
		}
		for _, prune := range []bool{false, true} {
			if plan := apply(t, c, file, services.ApplyOptions{Prune: prune}); !plan.Empty() {
				t.Errorf("applying the export with prune %t:\n%s", prune, plan)
			}
		}
		if web, err = org.Resource(t.Context(), "content/sources", "web"); err != nil || web.OwnerEmail != "guest@example.com" {
			t.Errorf("the owner is %q, %v; want guest@example.com", web.OwnerEmail, err)
		}
	})
}

// seatless are the notes without the warning about seats, which an export repeats.
func seatless(notes []string) []string {
	var rest []string
	for _, n := range notes {
		if !strings.Contains(n, "seats") {
			rest = append(rest, n)
		}
	}
	return rest
}

// TestARandomFileReachesAnyOther goes from one random state to another: with prune, what stands afterwards is the file.
func TestARandomFileReachesAnyOther(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		r := rand.New(rand.NewPCG(seed, 3))
		for n := range 30 {
			file := randomOrganization(r, c.Catalog(), "acme")
			apply(t, c, written(t, file), services.ApplyOptions{Prune: true, PruneLimit: &anyNumber})
			if plan := apply(t, c, written(t, file), services.ApplyOptions{Prune: true, PruneLimit: &anyNumber}); !plan.Empty() {
				t.Fatalf("seed %d, step %d: applied twice:\n%s\n%s", seed, n, plan, written(t, file))
			}
			listed := map[string]bool{}
			for _, g := range c.Catalog().BuiltIn {
				listed[g.Key] = true
			}
			for _, g := range file.Groups {
				listed[g.Key] = true
			}
			stands, err := files.ReadOrganization("stands.yaml", []byte(exported(t, c, "acme")), c.Catalog())
			must(t, err)
			if len(stands.Groups) != len(listed) || len(stands.Members) != len(file.Members) || len(stands.APIKeys) != len(file.APIKeys) {
				t.Fatalf("seed %d, step %d: %d groups, %d members, %d API keys stand, want %d, %d, %d", seed, n,
					len(stands.Groups), len(stands.Members), len(stands.APIKeys), len(listed), len(file.Members), len(file.APIKeys))
			}
		}
	})
}

// TestWhatTheCatalogueNoLongerHasIsLeftOutOfExports is R17: the privilege stays stored and counts for nothing.
func TestWhatTheCatalogueNoLongerHasIsLeftOutOfExports(t *testing.T) {
	onConsoleWith(t, applied(modelstest.CompleteFile), func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		smaller := strings.NewReplacer("levels: [view, custom, edit]\n        can_create: independent\n        resource: source",
			"levels: [view, edit]\n        can_create: implied\n        resource: source",
			"          custom: edit only the listed sources\n", "").Replace(string(access.DefaultCatalog))
		catalog, err := files.ReadCatalog("smaller.yaml", []byte(smaller))
		must(t, err)
		later := services.New(services.Config{Store: store, Catalog: catalog, Now: clock.Now})
		outdated, err := later.Outdated(context.Background())
		must(t, err)
		if len(outdated) != 1 || outdated[0].Domain != "content/sources" || outdated[0].Level != "custom" || outdated[0].Grantees != 2 {
			t.Errorf("outdated are %+v, want custom on content/sources, held by two", outdated)
		}
		text := exported(t, later, "acme")
		if strings.Contains(text, "custom, ") || !strings.Contains(text, "key: editors") {
			t.Errorf("exported is\n%s\nwant the group without its level", text)
		}
		if plan := apply(t, later, text, services.ApplyOptions{Prune: true}); !plan.Empty() {
			t.Errorf("applying that export:\n%s", plan)
		}
	})
}

func TestThereIsNoExportOfAnUnknownOrganization(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		if err := c.Export(context.Background(), "gone", services.ExportOptions{}, io.Discard); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("answered %v, want not found", err)
		}
	})
}

func TestWhateverNameAPageAcceptsCanBeExportedAndApplied(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		by, accepted := callerOf(t, c, store, administrator), 0
		for _, name := range []string{
			"null", "~", "1e3", "- a", "a: b", "# a", "'a'", `"a"`, `a\b`, "!a", "&a", "*a", "[a]", "{a}", "%a", "@a", "`a`", "? a", "|", "> a",
			"2027-01-04", "<b>a</b>", "\u00a0a\u00a0b", "a\U000e0001b", "\ue000", "İstanbul", strings.Repeat("é", services.MaxName), "a\ufffeb", "a\uffffb",
			"a\u200bb", "a\u200eb", "a\u200fb", "a\u061cb", "a\u202eb", "a\u2066b", "a\u2028b", "a\ufeffb", "a\ufffdb", "a\nb", "a\x7fb", "a\u0085b",
			"\u034f", "\u3164", "\u115f", "\u2061", "\ufe0f", "\u200d", "\U000e0041", "\u2800",
		} {
			_, err := c.AddResource(context.Background(), by, "content/fields",
				services.NewResource{ResourceConfiguration: services.ResourceConfiguration{Name: name, Type: name, Visibility: models.VisibilityShared}})
			var invalid services.Invalid
			if err != nil && !errors.As(err, &invalid) {
				t.Fatalf("%q: %v", name, err)
			}
			if err == nil {
				accepted++
			}
		}
		if accepted != 29 {
			t.Errorf("%d of the names are accepted, want the 29 before those that turn, break or hide text", accepted)
		}
		if plan := apply(t, c, exported(t, c, "acme"), services.ApplyOptions{}); !plan.Empty() {
			t.Errorf("applying the export would do\n%s", plan)
		}
	})
}

// Without the built-in groups that nobody has changed a file says as much: applied elsewhere it makes the same organization.
func TestAnExportCanLeaveOutWhatNobodyHasChanged(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		changed := func() string {
			t.Helper()
			var text bytes.Buffer
			must(t, c.Export(t.Context(), "acme", services.ExportOptions{ChangedOnly: true}, &text))
			return text.String()
		}
		apply(t, c, modelstest.CompleteFile, services.ApplyOptions{})
		text := changed()
		for _, g := range c.Catalog().BuiltIn {
			if strings.Contains(text, "key: "+g.Key+"\n") {
				t.Errorf("%s is there, and nobody has changed it:\n%s", g.Key, text)
			}
		}
		if !strings.Contains(text, "key: editors\n") {
			t.Errorf("the group that was made is not there:\n%s", text)
		}
		if plan := apply(t, c, text, services.ApplyOptions{Prune: true}); !plan.Empty() {
			t.Errorf("applied where it came from it would do\n%s", plan)
		}
		for _, change := range []string{
			"{key: users, name: Everybody}", "{key: users, name: Users, privileges: {organization/organization: edit}}",
		} {
			apply(t, c, "version: 1\norganization: {key: acme, name: Acme}\ngroups:\n  - "+change+"\n", services.ApplyOptions{})
			if text := changed(); !strings.Contains(text, "key: users\n") || strings.Contains(text, "key: content-managers\n") {
				t.Errorf("after %s:\n%s", change, text)
			}
		}
	})
}
