package models_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/names"
)

// fromBefore is a database of the version before names had sort keys, with more sources than Migrate waits for.
func fromBefore(t *testing.T, database string, n int) *models.Store {
	t.Helper()
	store := modelstest.New(t, modelstest.Options{Database: database, Empty: true})
	ok(t, models.MigrateTo(ctx, store, 17))
	numbers := "SELECT value AS n FROM generate_series(1, ?) AS s(value)"
	if database == modelstest.SQLite {
		numbers = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < ?) SELECT n FROM s"
	}
	ok(t, models.Exec(ctx, store, "INSERT INTO organizations (id, key, name, created_at) VALUES (1, 'acme', 'Acme', '2026-01-01')"))
	ok(t, models.Exec(ctx, store, `
		INSERT INTO resources (organization_id, domain, key, name, folded, created_at, modified_at)
		SELECT 1, 'content/sources', 'k' || n, 'Zoé ' || n, 'zoé ' || n, '2026-01-01', '2026-01-01' FROM (`+numbers+`) AS numbers`, n))
	for _, sql := range []string{
		"INSERT INTO people (id, email, name, folded, created_at) VALUES (1, 'a@example.com', 'Émile A', 'émile a', '2026-01-01')",
		`INSERT INTO resources (id, organization_id, domain, key, name, folded, created_at, modified_at) VALUES
			(1000001, 1, 'organization/groups', 'g', 'École', 'école', '2026-01-01', '2026-01-01')`,
		"INSERT INTO groups (id, organization_id) VALUES (1000001, 1)",
		"INSERT INTO members (organization_id, person_id, name, folded, email, since) SELECT 1, id, name, folded, email, created_at FROM people",
		"INSERT INTO memberships (organization_id, group_id, person_id, folded, since) SELECT 1, 1000001, id, folded, created_at FROM people",
		`INSERT INTO invitations (organization_id, email, provider, inviter_id, inviter_name, created_at, expires_at) VALUES
			(1, 'b@example.com', 'any', 1, 'A', '2026-01-01', '2036-01-01')`,
	} {
		ok(t, models.Exec(ctx, store, sql))
	}
	ok(t, store.Migrate(ctx))
	return store
}

// What an earlier version wrote is found and sorted as what this one writes: at once where there is little, else when
// FillKeys has come to its end; until then by the letters that were typed.
func TestRowsFromBeforeAreKeyed(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			store := fromBefore(t, database, models.FilledFirst+3)
			org := store.In(1)
			last := fmt.Sprintf("%d zo", models.FilledFirst+3)
			found := func(typed string) int {
				return len(get(org.Resources(ctx, sources, models.ResourceFilter{Page: models.Page{Query: typed}}))(t).Rows)
			}
			if n := found(last); n != 1 {
				t.Errorf("before it is keyed %q finds %d sources", last, n)
			}
			if taken := get(org.NameTaken(ctx, sources, fmt.Sprintf("ZO\u00c9 %d", models.FilledFirst+3), 0))(t); !taken {
				t.Error("before it is keyed a name seems free")
			}
			canceled, cancel := context.WithCancel(ctx)
			cancel()
			if err := store.FillKeys(canceled); err == nil {
				t.Error("what was stopped says that it is done")
			}
			ok(t, store.FillKeys(ctx))
			if n := found("zoe " + last); n != 1 {
				t.Errorf("when it is keyed %q finds %d sources", last, n)
			}
			groups := get(org.Groups(ctx, models.GroupFilter{Page: models.Page{Query: "ecole"}}))(t)
			members := get(org.GroupMembers(ctx, 1000001, models.Page{Query: "emile exam"}))(t)
			invited := get(org.Invitations(ctx, models.InvitationFilter{Page: models.Page{Query: "exam"}}, store.Now()))(t)
			if len(groups.Rows) != 1 || len(members.Rows) != 1 || len(invited.Rows) != 1 {
				t.Errorf("found %d groups, %d members, %d invitations", len(groups.Rows), len(members.Rows), len(invited.Rows))
			}
			for _, table := range []string{"people", "members", "memberships"} {
				if got := read[string](t, store, "SELECT sort_key FROM "+table); !strings.HasPrefix(got[0], names.SortKey("\u00c9mile A")+",") { // then the address
					t.Errorf("%s sort by %q", table, got)
				}
			}
		})
	}
}

// A new version of the keys, and rows that an older program wrote meanwhile, are written anew.
func TestKeysOfAnotherVersionAreWrittenAnew(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		modelstest.Resources(t, org, sources, 3)
		wrong := func(t *testing.T, condition string) {
			t.Helper()
			ok(t, models.Exec(ctx, store, "UPDATE resources SET sort_key = 'x', words = '' WHERE "+condition))
			ok(t, store.FillKeys(ctx))
			got := read[string](t, store, "SELECT sort_key FROM resources WHERE domain = ? ORDER BY id", sources)
			if want := []string{names.SortKey("r00000"), names.SortKey("r00001"), names.SortKey("r00002")}; !slices.Equal(got, want) {
				t.Errorf("sorted by %q, want %q", got, want)
			}
		}
		wrong(t, "key = 'r00001'")
		ok(t, models.Exec(ctx, store, "UPDATE keys SET version = 'cldr-0/0', upto = 99"))
		ok(t, models.Exec(ctx, store, "UPDATE resources SET sort_key = 'y'"))
		wrong(t, "key = 'none'")
	})
}

// Where PostgreSQL has no pg_trgm, words are found by their beginnings; when it has, by any part of them.
func TestWithoutTrigramsBeginningsOfWordsAreFound(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		if database != modelstest.Postgres {
			continue
		}
		url := modelstest.URL(t, modelstest.Options{Database: database})
		before := modelstest.Open(t, url, nil)
		ok(t, models.Exec(ctx, before, "DROP EXTENSION pg_trgm CASCADE"))
		ok(t, models.IndexBeginnings(ctx, before))
		org := modelstest.Organization(t, before, "acme")
		ok(t, org.CreateResources(ctx, []models.Resource{{Domain: sources, Key: "k", Name: "L'\u00c9cole de-Ville \\ x"}}))
		check := func(store *models.Store, anyPart bool, want map[string]int) {
			t.Helper()
			if got := get(store.FindsAnyPart(ctx))(t); got != anyPart {
				t.Errorf("finds any part: %v", got)
			}
			for typed, n := range want {
				found := get(store.In(org.ID()).Resources(ctx, sources, models.ResourceFilter{Page: models.Page{Query: typed}}))(t)
				if len(found.Rows) != n {
					t.Errorf("%q finds %d", typed, len(found.Rows))
				}
			}
		}
		check(modelstest.Open(t, url, nil), false, map[string]int{"ecole": 1, "vil eco": 1, "l'ec": 1, "cole": 0, "\\": 1, "v": 1})
		ok(t, before.Migrate(ctx))
		check(modelstest.Open(t, url, nil), true, map[string]int{"ecole": 1, "cole": 1, "ille": 1})
	}
}

// A name that differs in case alone is taken; one with other accents is not.
func TestANameIsTakenWhateverItsCase(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		ok(t, org.CreateResources(ctx, []models.Resource{{Domain: sources, Key: "k", Name: "\u00c9cole"}}))
		for name, want := range map[string]bool{"\u00c9COLE": true, "e\u0301cole": true, "ecole": false, "\u00e9col": false} {
			if taken := get(org.NameTaken(ctx, sources, name, access.ResourceID(0)))(t); taken != want {
				t.Errorf("%q is taken: %v", name, taken)
			}
		}
	})
}
