package models_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// before is a database as earlier programs left it: one hashed whole rows as JSON, the next put what is no resource under a
// borrowed domain. testdata has what they wrote.
func before(t *testing.T, database string) *models.Store {
	t.Helper()
	store := modelstest.New(t, modelstest.Options{Database: database, Empty: true})
	ok(t, models.MigrateTo(ctx, store, 8))
	for _, sql := range []string{
		"INSERT INTO organizations (id, key, name, created_at) VALUES (1, 'acme', 'Acme', '2026-01-01')",
		"INSERT INTO people (id, email, name, folded, created_at) VALUES (1, 'administrator@example.com', 'Administrator', 'administrator', '2026-01-01')",
		written(t, "activities_v1."+database+".sql"),
	} {
		ok(t, models.Exec(ctx, store, sql))
	}
	ok(t, models.MigrateTo(ctx, store, 15))
	ok(t, models.Exec(ctx, store, written(t, "activities_v2.sql")))
	if database == modelstest.Postgres {
		ok(t, models.Exec(ctx, store, "ALTER TABLE activities ALTER COLUMN id RESTART WITH 19"))
	}
	ok(t, store.Migrate(ctx))
	return store
}

func written(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	ok(t, err)
	return strings.ReplaceAll(string(text), "?", "\\?")
}

func TestTheRecordOfADatabaseFromBeforeHolds(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			store := before(t, database)
			org := store.In(1)
			old := get(org.WalkActivities(ctx))(t)
			first := "e478d9a7cfe363fa0994e0109ef207d79ac8bdf78e2bb1ed534aab1fd777f0fa" // the last hash of the first version
			if old.Activities != 15 || old.Last != "94183e9a3495e44b3ab96e307be6b96298eeecc8c78c26969940a3afc0f4c85b" {
				t.Errorf("%d activities up to %s", old.Activities, old.Last)
			}
			if global := get(store.WalkGlobalActivities(ctx))(t); global.Activities != 3 || global.Last != "4dbd357110f786b9c26441d39f016139ff484a87f7061e5470bdc95eab7675e2" {
				t.Errorf("outside of organizations %d activities up to %s", global.Activities, global.Last)
			}
			a := record(9)
			a.ActorEmail = "administrator@example.com"
			ok(t, org.Append(ctx, []models.Activity{a}))
			ok(t, store.AppendGlobal(ctx, []models.Activity{record(9)}))
			mixed := get(org.WalkActivities(ctx, first, old.Last, "nowhere"))(t)
			if mixed.Activities != 16 || len(mixed.Met) != 2 || mixed.Met[first] != 5 || mixed.Met[old.Last] != 17 {
				t.Errorf("of a record of all versions %d hold, met %v", mixed.Activities, mixed.Met)
			}
			ok(t, modelstest.VerifyGlobalActivities(ctx, store))
			if versions := read[int](t, store, "SELECT digest_version FROM activities ORDER BY id"); fmt.Sprint(versions) != "[1 1 1 1 1 1 1 2 2 2 2 2 2 2 2 2 2 2 3 3]" {
				t.Errorf("the versions are %v", versions)
			}
		})
	}
}

func TestActivitiesFromBeforeAreListedWithTheAddressOfWhoDidThem(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			store := before(t, database)
			org := store.In(1)
			a := record(9)
			a.ActorKind, a.ActorID, a.ActorEmail = "member", 1, "administrator@example.com"
			ok(t, org.Append(ctx, []models.Activity{a}))
			var emails []string
			for _, a := range get(org.Activities(ctx, models.ActivityFilter{}))(t).Rows {
				if a.DigestVersion != 2 {
					emails = append(emails, a.ActorName+" "+a.KnownEmail)
				}
			}
			want := []string{"John Smith administrator@example.com", "Bailiwick ", "Agent administrator@example.com",
				"Админ\tistrator administrator@example.com", "Administrator administrator@example.com", "Operator "}
			if strings.Join(emails, "|") != strings.Join(want, "|") {
				t.Errorf("got %q, want %q", emails, want)
			}
			ok(t, store.FillKeys(ctx)) // whom an activity knows only by number is found by the address from then on
			if found := get(org.Activities(ctx, models.ActivityFilter{Named: "TOR@example"}))(t).Rows; len(found) != 12 {
				t.Errorf("%d are found of the person, want 12", len(found))
			}
			query := models.Page{Query: "tor@EXAMPLE"} // finds what is about an editor as well, and whom one was added to
			if found := get(org.Activities(ctx, models.ActivityFilter{Page: query}))(t).Rows; len(found) != 14 {
				t.Errorf("%d are found of the person and of the editor, want 14", len(found))
			}
			ok(t, modelstest.VerifyActivities(ctx, org)) // no hashed row was touched
		})
	}
}

// Attack: somebody with the database in their hands makes the record say something else, and says what they did in vain.
func TestTheFirstBrokenPlaceIsNamedAndWhatIsWrongWithIt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		for name, c := range map[string]struct {
			damage string // of rows op0 to op4
			at     string
			what   string
		}{
			"a changed name":      {"UPDATE activities SET actor_name = 'Somebody Else' WHERE operation = 'op2' AND organization_id = %[1]d", "op2", "was changed"},
			"a changed address":   {"UPDATE activities SET actor_email = 'else@example.com' WHERE operation = 'op2' AND organization_id = %[1]d", "op2", "was changed"},
			"a changed state":     {"UPDATE activities SET after = '{}' WHERE operation = 'op2' AND organization_id = %[1]d", "op2", "was changed"},
			"a changed kind":      {"UPDATE activities SET subject_kind = 'group' WHERE operation = 'op2' AND organization_id = %[1]d", "op2", "was changed"},
			"an earlier version":  {"UPDATE activities SET digest_version = 2, subject_kind = '' WHERE operation = 'op2' AND organization_id = %[1]d", "op2", "was changed"},
			"the first version":   {"UPDATE activities SET digest_version = 1 WHERE operation = 'op2' AND organization_id = %[1]d", "op2", "was changed"},
			"a later version":     {"UPDATE activities SET digest_version = 7 WHERE operation = 'op2' AND organization_id = %[1]d", "op2", "digest version 7"},
			"a line taken out":    {"DELETE FROM activities WHERE operation = 'op2' AND organization_id = %[1]d", "op3", "taken out"},
			"the first taken out": {"DELETE FROM activities WHERE operation = 'op0' AND organization_id = %[1]d", "op1", "taken out"},
			"reordered":           {"UPDATE activities SET id = -id WHERE organization_id = %[1]d", "op4", "reordered"},
			"moved to the end":    {"UPDATE activities SET id = id + 1000000 WHERE operation = 'op2' AND organization_id = %[1]d", "op3", "reordered"},
		} {
			org := modelstest.Organization(t, store, strings.ReplaceAll(name, " ", "-"))
			for i := range 5 {
				ok(t, org.Append(ctx, []models.Activity{record(i)}))
			}
			ok(t, modelstest.VerifyActivities(ctx, org))
			ok(t, models.Exec(ctx, store, fmt.Sprintf(c.damage, org.ID())))
			_, err := org.WalkActivities(ctx)
			var broken models.Tampered
			if !errors.As(err, &broken) || string(broken.Activity.Operation) != c.at || !strings.Contains(broken.What, c.what) || !errors.Is(err, models.ErrTampered) {
				t.Errorf("%s: got %v at %q, want %q at %s", name, err, broken.Activity.Operation, c.what, c.at)
			}
		}
	})
}

// Attack: who can compute hashes puts lines in: of the last version, or of earlier ones, of which less is hashed.
func TestALinePutInWithAHashOfItsOwnShows(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		for version := 1; version <= 3; version++ {
			org := modelstest.Organization(t, store, fmt.Sprint("v", version))
			for i := range 2 {
				ok(t, org.Append(ctx, []models.Activity{record(i)}))
			}
			last := read[models.Activity](t, store, "SELECT * FROM activities WHERE organization_id = ? ORDER BY id DESC LIMIT 1", org.ID())[0]
			forged := record(7)
			id := org.ID()
			forged.OrganizationID, forged.DigestVersion, forged.PreviousHash = &id, version, last.Hash
			forged.Hash = forged.Digest()
			if forged.Hash == "" {
				t.Fatal("the forged line has no hash")
			}
			ok(t, models.Exec(ctx, store, `INSERT INTO activities (id, organization_id, at, actor_kind, actor_id, actor_name, address, operation, outcome,
				domain, resource_id, resource_key, resource_name, before, after, revision, previous_hash, hash, digest_version)
				VALUES (?, ?, ?, '', 0, ?, '', ?, ?, ?, ?, '', ?, ?, '', 0, ?, ?, ?)`, last.ID+500, id, forged.At, forged.ActorName, forged.Operation,
				forged.Outcome, forged.Domain, forged.ResourceID, forged.ResourceName, forged.Before, forged.PreviousHash, forged.Hash, version))
			_, err := org.WalkActivities(ctx)
			if version == 3 {
				ok(t, err) // at the end nothing tells it from a real one
				forged.PreviousHash = strings.Repeat("0", 64)
				ok(t, models.Exec(ctx, store, "UPDATE activities SET previous_hash = ?, hash = ? WHERE hash = ?", forged.PreviousHash, forged.Digest(), forged.Hash))
				_, err = org.WalkActivities(ctx)
			}
			if !errors.Is(err, models.ErrTampered) {
				t.Errorf("a line of version %d that was put in passes: %v", version, err)
			}
			if version < 3 && !strings.Contains(err.Error(), fmt.Sprintf("version %d, although the one before has 3", version)) {
				t.Errorf("a chain goes back in version: %v", err)
			}
		}
	})
}

func TestNoRowOfOneVersionHasTheHashOfAnother(t *testing.T) {
	a := record(1)
	id := models.OrganizationID(1)
	a.OrganizationID = &id
	seen := map[string]string{}
	for name, change := range map[string]func(*models.Activity){
		"as it is": func(*models.Activity) {}, "version 1": func(a *models.Activity) { a.DigestVersion = 1 },
		"version 2": func(a *models.Activity) { a.DigestVersion = 2 }, "subject": func(a *models.Activity) { a.SubjectKind = "group" },
		"global": func(a *models.Activity) { a.OrganizationID = nil }, "later": func(a *models.Activity) { a.At = a.At.Add(time.Microsecond) },
		"kind": func(a *models.Activity) { a.ActorKind = "member" }, "who": func(a *models.Activity) { a.ActorID = 1 },
		"name": func(a *models.Activity) { a.ActorName += "x" }, "email": func(a *models.Activity) { a.ActorEmail = "x" },
		"address": func(a *models.Activity) { a.Address = "x" }, "operation": func(a *models.Activity) { a.Operation += "x" },
		"outcome": func(a *models.Activity) { a.Outcome = "refused" }, "domain": func(a *models.Activity) { a.Domain = fields },
		"resource": func(a *models.Activity) { a.ResourceID = 2 }, "key": func(a *models.Activity) { a.ResourceKey = "x" },
		"resource name": func(a *models.Activity) { a.ResourceName += "x" }, "before": func(a *models.Activity) { a.Before = "" },
		"after": func(a *models.Activity) { a.After = "x" }, "revision": func(a *models.Activity) { a.Revision = 1 },
		"previous":                              func(a *models.Activity) { a.PreviousHash = "x" },
		"a name that looks like the next field": func(a *models.Activity) { a.ActorName += "\nactor-email 1 x" },
	} {
		other := a
		other.DigestVersion = 3
		change(&other)
		digest := other.Digest()
		if taken, found := seen[digest]; found || digest == "" {
			t.Errorf("%s has the hash of %q", name, taken)
		}
		seen[digest] = name
	}
	a.DigestVersion, a.ActorEmail = 1, "x" // no part of version 1, so it has to be empty there
	if a.Digest() != "" {
		t.Error("a row of version 1 may have any address")
	}
	a.ActorEmail, a.SubjectKind = "", "group" // no part of versions 1 and 2
	for a.DigestVersion = 1; a.DigestVersion <= 2; a.DigestVersion++ {
		if a.Digest() != "" {
			t.Errorf("a row of version %d may have any kind of subject", a.DigestVersion)
		}
	}
}
