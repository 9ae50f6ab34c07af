package services_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// What a comparison says of lists, by chance: two groups with Custom or View all come to the same on a thing exactly where the
// comparison doesn't name it.
func TestAComparisonNamesWhatEditorListsSetApart(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		org, r := acme(t, store), rand.New(rand.NewPCG(7, 7))
		things := modelstest.Resources(t, org, "content/sources", 30)
		levels := []access.Level{access.LevelNone, access.LevelView, access.LevelCustom, access.LevelCustom, access.LevelEdit}
		for round := range 12 {
			var keys []string
			for i := range 2 + r.IntN(3) {
				held := access.Privilege{Level: levels[r.IntN(len(levels))]}
				for _, thing := range things {
					if held.Level == access.LevelCustom && r.IntN(3) == 0 {
						held.Editors = append(held.Editors, thing.ID)
					}
				}
				keys = append(keys, fmt.Sprintf("c%d-%d", round, i))
				modelstest.Group(t, org, keys[i], access.PrivilegeSet{"content/sources": held})
			}
			found, err := c.CompareGroups(context.Background(), callerOf(t, c, store, administrator), services.CompareQuery{Groups: keys, Rows: "content/sources", Page: models.Page{Limit: 50}})
			must(t, err)
			named := map[access.ResourceID]bool{}
			for _, row := range found.Rows.Rows {
				named[row.ID] = true
			}
			apart := 0
			for _, thing := range things {
				if want := setApart(t, org, keys, thing.ID); want != named[thing.ID] {
					t.Errorf("round %d: %s is named: %t, want %t", round, thing.Name, named[thing.ID], want)
				} else if want {
					apart++
				}
			}
			if n := found.Apart["content/sources"].Count; n != apart {
				t.Errorf("round %d: %d are counted, want %d", round, n, apart)
			}
		}
	})
}

// setApart tells whether some of the groups that view all or have Custom edit the thing, and others don't.
func setApart(t *testing.T, org *models.Scope, keys []string, thing access.ResourceID) bool {
	t.Helper()
	edit, view := false, false
	for _, key := range keys {
		g, err := org.Group(context.Background(), key)
		must(t, err)
		set, err := org.PrivilegesOf(context.Background(), g.Grantee().ID)
		must(t, err)
		held := set["content/sources"]
		if held.Level != access.LevelView && held.Level != access.LevelCustom {
			continue
		}
		listed := false
		for _, id := range held.Editors {
			listed = listed || id == thing
		}
		edit, view = edit || listed, view || !listed
	}
	return edit && view
}

func TestAComparisonOffersGroupsByWordsInAnyOrder(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		for i := range 40 {
			modelstest.Group(t, acme(t, store), fmt.Sprintf("crowd-%02d", i), nil)
		}
		find := "07 crow"
		for _, test := range []struct {
			query services.CompareQuery
			first string
			n     int
			more  bool
		}{
			{services.CompareQuery{}, "", 0, false},
			{services.CompareQuery{Find: new(string)}, "", 20, true},
			{services.CompareQuery{Find: &find}, "crowd-07", 1, false},
			{services.CompareQuery{Find: &find, Groups: []string{"crowd-07"}}, "", 0, false},
		} {
			found, err := c.CompareGroups(context.Background(), callerOf(t, c, store, administrator), test.query)
			must(t, err)
			if len(found.Choices) != test.n || found.More != test.more || test.first != "" && found.Choices[0].Key != test.first {
				t.Errorf("%+v offers %d, more: %t", test.query, len(found.Choices), found.More)
			}
		}
		_, err := c.CompareGroups(context.Background(), callerOf(t, c, store, administrator), services.CompareQuery{Groups: []string{"nobody"}})
		if err == nil {
			t.Error("a group that there is not is compared")
		}
	})
}

func acme(t *testing.T, store *models.Store) *models.Scope {
	t.Helper()
	o, err := store.OrganizationByKey(context.Background(), "acme")
	must(t, err)
	return modelstest.In(store, o.ID)
}
