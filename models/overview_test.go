package models_test

import (
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// Each group with something on a sensitive domain counts once, however many of the domains it is and whatever the counters of levels
// say, and one more than are counted stands for all that are more.
func TestGroupsWithSensitivePrivilegesCountOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		first := access.DomainKey("analytics/impersonate")
		second := access.DomainKey("analytics/export")
		now := store.Now()
		ok(t, models.Exec(ctx, store, `
			INSERT INTO resources (organization_id, domain, key, name, sort_key, created_at, modified_at)
			WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
			SELECT ?, ?, 'g' || n, 'g' || n, 'g' || n, ?, ? FROM numbers`, models.OverviewCounted+1, org.ID(), access.GroupsDomain, now, now))
		ok(t, models.Exec(ctx, store, "INSERT INTO groups (id, organization_id) SELECT id, organization_id FROM resources WHERE domain = ?", access.GroupsDomain))
		for _, d := range []access.DomainKey{first, second} {
			ok(t, models.Exec(ctx, store, `
				INSERT INTO privileges (organization_id, grantee_id, domain, level, since)
				SELECT organization_id, id, ?, 'allowed', ? FROM groups`, d, now))
			ok(t, models.Exec(ctx, store, "INSERT INTO level_counts (organization_id, domain, level, holders, grantees) SELECT ?, ?, 'allowed', ?, count(*) FROM groups",
				org.ID(), d, access.GroupsDomain))
		}
		count := func(domains ...access.DomainKey) int { return get(org.GroupsInNeed(ctx, domains))(t).Sensitive }
		want := func(n int, domains ...access.DomainKey) {
			t.Helper()
			if got := count(domains...); got != n {
				t.Errorf("%d groups hold something on %v, want %d", got, domains, n)
			}
		}
		want(models.OverviewCounted+1, first, second)
		want(0)
		// Some expire and nobody has met that yet: the counters still have them.
		expired := now.Add(-time.Minute)
		ok(t, models.Exec(ctx, store, "UPDATE privileges SET expires_at = ? WHERE domain = ? AND grantee_id % 2 = 0", expired, first))
		rest := read[int](t, store, "SELECT count(*) FROM groups WHERE id % 2 <> 0")[0]
		want(rest, first)
		want(models.OverviewCounted+1, first, second)
		ok(t, models.Exec(ctx, store, "UPDATE privileges SET expires_at = ? WHERE domain = ? AND grantee_id % 2 = 0", expired, second))
		want(rest, first, second)
		// Who holds it for good and for longer still counts once.
		ok(t, models.Exec(ctx, store, `INSERT INTO privileges (organization_id, grantee_id, domain, level, since, expires_at)
			SELECT organization_id, id, ?, 'allowed', ?, ? FROM groups WHERE id % 2 <> 0`, first, now, now.Add(time.Hour)))
		want(rest, first)
	})
}
