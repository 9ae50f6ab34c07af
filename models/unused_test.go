package models_test

import (
	"fmt"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// Members who were not here for so long are counted as they are listed, to the second of their beginning.
func TestUnusedMembersAreCountedAsTheyAreListed(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		since := time.Date(2026, time.March, 3, 12, 30, 20, 0, time.UTC)
		for i, began := range []time.Duration{-time.Hour, -time.Second, 0, time.Second, time.Hour} {
			for j, used := range []int64{0, -60, -1, 0, 1} {
				p := modelstest.Person(t, store, fmt.Sprintf("p%d%d@example.com", i, j))
				modelstest.Group(t, org, fmt.Sprintf("g%d%d", i, j), nil, p)
				if j > 0 {
					used += since.Unix() / 60
				}
				ok(t, models.Exec(ctx, store, "UPDATE members SET since = ?, last_used_minute = ? WHERE person_id = ?", since.Add(began), used, p.ID))
			}
		}
		for _, c := range []struct {
			asked models.Unused
			want  int
		}{{models.Unused{Since: &since}, 9}, {models.Unused{Never: true, Since: &since}, 3}, {models.Unused{Never: true}, 5}} {
			listed := get(org.Members(ctx, models.MemberFilter{Unused: c.asked}, store.Now()))(t)
			counted := get(org.CountUnusedMembers(ctx, c.asked))(t)
			if counted != c.want || len(listed.Rows) != c.want {
				t.Errorf("%+v: %d are counted and %d listed, want %d", c.asked, counted, len(listed.Rows), c.want)
			}
		}
	})
}
