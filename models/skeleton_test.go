package models_test

import (
	"fmt"
	"maps"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestPeopleOfOneNameAreFoundWithinTheirOrganizationAlone(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "other")
		var people []models.Person
		var ids []models.PersonID
		for i, name := range []string{"John Smith", "Jоhn  smith", "Alice", "john smith", ""} {
			p := models.Person{Email: fmt.Sprintf("p%d@example.com", i), Name: name, CreatedAt: store.Now()}
			ok(t, store.CreatePerson(ctx, &p))
			people, ids = append(people, p), append(ids, p.ID)
		}
		modelstest.Group(t, org, "team", nil, people[0], people[1], people[2], people[4])
		modelstest.Group(t, other, "team", nil, people[3])
		want := func(expected map[models.PersonID]int) {
			t.Helper()
			if got := namesakes(t, org, ids...); !maps.Equal(got, expected) {
				t.Errorf("got %v, want %v", got, expected)
			}
		}
		want(map[models.PersonID]int{ids[0]: 2, ids[1]: 2})
		if got := namesakes(t, other, ids...); len(got) != 0 {
			t.Errorf("in the other organization: %v", got)
		}
		ok(t, store.SetPersonName(ctx, ids[2], "Ｊohn Smith"))
		want(map[models.PersonID]int{ids[0]: 3, ids[1]: 3, ids[2]: 3})
		ok(t, store.SetPersonName(ctx, ids[2], "P4@example.com")) // the address of somebody without a name
		want(map[models.PersonID]int{ids[0]: 2, ids[1]: 2, ids[2]: 2, ids[4]: 2})
		ok(t, store.Change(ctx, org.ID(), func(tx *models.Scope) error {
			tx.ActsFor(modelstest.Somebody)
			return tx.EndMembers(ctx, []models.PersonID{ids[1]}, store.Now())
		}))
		want(map[models.PersonID]int{ids[2]: 2, ids[4]: 2})
	})
}

func TestPeopleFromBeforeGetWhatTheirNamesLookLike(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			store := modelstest.New(t, modelstest.Options{Database: database, Empty: true})
			ok(t, models.MigrateTo(ctx, store, 8))
			for _, sql := range []string{
				"INSERT INTO organizations (id, key, name, created_at) VALUES (1, 'acme', 'Acme', '2026-01-01')",
				`INSERT INTO people (id, email, name, folded, created_at) VALUES
					(1, 'a@example.com', 'John Smith', 'john smith', '2026-01-01'), (2, 'b@example.com', 'Jоhn Smith', 'jоhn smith', '2026-01-01'),
					(3, 'c@example.com', '', 'c@example.com', '2026-01-01')`,
				`INSERT INTO members (organization_id, person_id, name, folded, email, since)
					SELECT 1, id, name, folded, email, created_at FROM people`,
				`INSERT INTO invitations (organization_id, email, provider, notify, inviter_id, inviter_name, created_at, expires_at) VALUES
					(1, 'x@example.com', 'any', false, 1, 'John Smith', '2026-01-01', '2026-01-01'),
					(1, 'y@example.com', 'any', false, 3, 'c@example.com', '2026-01-01', '2026-01-01')`,
			} {
				ok(t, models.Exec(ctx, store, sql))
			}
			ok(t, store.Migrate(ctx))
			got := namesakes(t, store.In(1), 1, 2, 3)
			if want := map[models.PersonID]int{1: 2, 2: 2}; !maps.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			if left := read[int](t, store, "SELECT (SELECT count(*) FROM people WHERE skeleton = '') + (SELECT count(*) FROM members WHERE skeleton = '')"); left[0] != 0 {
				t.Errorf("%d rows have no skeleton", left[0])
			}
			inviters := read[string](t, store, "SELECT inviter_name FROM invitations ORDER BY id")
			if fmt.Sprint(inviters) != "[John Smith (a@example.com) c@example.com]" {
				t.Errorf("who invited is %q", inviters)
			}
		})
	}
}

func TestGroupsFromBeforeGetWhatTheirNamesLookLike(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			store := modelstest.New(t, modelstest.Options{Database: database, Empty: true})
			ok(t, models.MigrateTo(ctx, store, 16))
			for _, sql := range []string{
				"INSERT INTO organizations (id, key, name, created_at) VALUES (1, 'acme', 'Acme', '2026-01-01')",
				`INSERT INTO resources (id, organization_id, domain, key, name, folded, created_at, modified_at) VALUES
					(1, 1, 'organization/groups', 'team', 'Team', 'team', '2026-01-01', '2026-01-01'),
					(2, 1, 'organization/groups', 'unseen', '` + "\u200b', '\u200b" + `', '2026-01-01', '2026-01-01')`,
				"INSERT INTO groups (id, organization_id) VALUES (1, 1), (2, 1)",
			} {
				ok(t, models.Exec(ctx, store, sql))
			}
			ok(t, store.Migrate(ctx))
			org := store.In(1)
			if !get(org.LooksTaken(ctx, "Tеam", 0))(t) || get(org.LooksTaken(ctx, "Tеam", 1))(t) || get(org.LooksTaken(ctx, "Teams", 0))(t) {
				t.Error("what looks like the group is not found, or something else is")
			}
			if left := read[int](t, store, "SELECT count(*) FROM groups WHERE skeleton = ''"); left[0] != 0 {
				t.Errorf("%d groups have no skeleton", left[0])
			}
		})
	}
}

// namesakes are how many members have the names of these people, of those who are not the only one.
func namesakes(t *testing.T, scope *models.Scope, people ...models.PersonID) map[models.PersonID]int {
	t.Helper()
	all := map[models.PersonID]int{}
	for id, marks := range get(scope.MarksOf(ctx, people))(t) {
		all[id] = marks.Namesakes
	}
	return all
}
