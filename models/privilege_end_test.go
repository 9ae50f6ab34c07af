package models_test

import (
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// raised is Custom with two resources until an end, one of them sooner; then View.
func raised(soon, end time.Time, all []models.Resource) access.Privilege {
	view := level(access.LevelView)
	return access.Privilege{Level: access.LevelCustom, Until: end, Then: &view, Editors: []access.ResourceID{all[0].ID, all[1].ID},
		Ends: map[access.ResourceID]time.Time{all[0].ID: soon, all[1].ID: end}}
}

// R12: what ends falls back to what stands beneath it, with nobody doing anything.
func TestARaisedPrivilegeFallsBackByItself(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		all := modelstest.Resources(t, org, sources, 2)
		person := modelstest.Person(t, store, "john.smith@example.com")
		view := access.PrivilegeSet{sources: level(access.LevelView)}
		group := modelstest.Group(t, org, "leads", view, person)
		id := group.Grantee().ID
		soon, end := store.Now().Add(time.Hour), store.Now().Add(2*time.Hour)
		ok(t, org.ReplacePrivileges(ctx, id, view, access.PrivilegeSet{sources: raised(soon, end, all)}, store.Now()))
		for _, step := range []struct {
			after time.Duration
			level access.Level
			edits []bool
			until time.Time
		}{
			{0, access.LevelCustom, []bool{true, true}, end}, {time.Hour, access.LevelCustom, []bool{false, true}, end},
			{time.Hour, access.LevelView, []bool{false, false}, time.Time{}},
		} {
			clock.Advance(step.after)
			got := get(org.PrivilegesOf(ctx, id))(t)[sources]
			if got.Level != step.level || !got.Until.Equal(step.until) {
				t.Errorf("at %v it is %+v", store.Now(), got)
			}
			grants := get(org.GrantsOf(ctx, person.ID, store.Now()))(t)
			many := get(org.GrantsOfMembers(ctx, []string{"john.smith@example.com"}, store.Now()))(t)["john.smith@example.com"]
			own := get(org.GrantsOfGrantee(ctx, id, store.Now()))(t)
			if len(many) != len(grants) || len(own) != len(grants) || !grants[0].Until.Equal(step.until) {
				t.Errorf("at %v the grants are %+v, %+v and %+v", store.Now(), grants, many, own)
			}
			ids := []access.ResourceID{all[0].ID, all[1].ID}
			listed := map[access.ResourceID]bool{}
			for _, e := range get(org.EntriesAmong(ctx, []access.GranteeID{id}, sources, ids))(t) {
				listed[e.Resource] = e.InForce(store.Now())
			}
			editable := 0
			for i, want := range step.edits {
				if listed[ids[i]] != want {
					t.Errorf("at %v %d is listed: %v", store.Now(), ids[i], listed)
				}
				row := get(org.AccessRowsByKeys(ctx, sources, ids[i], access.Group, []string{"leads"}))(t)
				if len(row) != 1 || row[0].Level != step.level || row[0].Listed != want {
					t.Errorf("at %v the Access tab says %+v", store.Now(), row)
				}
				if want {
					editable++
				}
			}
			if n := get(org.CountListed(ctx, []access.GranteeID{id}, sources))(t); n != editable {
				t.Errorf("at %v %d are listed", store.Now(), n)
			}
			if n := get(org.ListLengths(ctx, id))(t)[sources]; n != editable {
				t.Errorf("at %v the list is %d long", store.Now(), n)
			}
			if found := get(org.Groups(ctx, models.GroupFilter{Domain: sources}))(t); len(found.Rows) != 1 {
				t.Errorf("at %v %d groups hold it", store.Now(), len(found.Rows))
			}
			counts := get(org.CountLevels(ctx, sources, all[1].ID))(t)[access.Group]
			if want := boolToInt(step.edits[1]); counts.Edit != want || counts.View != 1-want {
				t.Errorf("at %v the counts are %+v", store.Now(), counts)
			}
		}
		checkCounters(t, store)
	})
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestWhatExpiredIsEndedAsOfItsExpiry(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		all := modelstest.Resources(t, org, sources, 2)
		end := store.Now().Add(time.Hour)
		group := modelstest.Group(t, org, "leads", access.PrivilegeSet{sources: raised(end, end, all)})
		id := group.Grantee().ID
		if ends := get(org.ListsEnd(ctx, []access.GranteeID{id}))(t); !ends {
			t.Error("no row of the list has an end")
		}
		if due := get(org.Lapses(ctx, store.Now(), 10))(t); len(due) != 0 {
			t.Errorf("%+v is due", due)
		}
		clock.Advance(2 * time.Hour)
		due := get(org.Lapses(ctx, store.Now(), 10))(t)
		if len(due) != 1 || due[0].GranteeID != id || due[0].Domain != sources || due[0].Key != "leads" || !due[0].ExpiresAt.Equal(end) {
			t.Fatalf("due is %+v", due)
		}
		if in := get(store.OrganizationsWithExpired(ctx, store.Now()))(t); len(in) != 1 {
			t.Errorf("%d organizations have something to end", len(in))
		}
		ok(t, org.EndLapse(ctx, id, sources, store.Now()))
		for table, want := range map[string]int{"privileges": 1, "editor_entries": 0} {
			if n := read[int](t, store, "SELECT count(*) FROM "+table+" WHERE ended_at IS NULL")[0]; n != want {
				t.Errorf("%s: %d rows stand, want %d", table, n, want)
			}
		}
		if n := read[int](t, store, "SELECT count(*) FROM privileges WHERE ended_at = ?", end)[0]; n != 1 {
			t.Errorf("%d levels ended at their expiry", n)
		}
		checkCounters(t, store)
	})
}
