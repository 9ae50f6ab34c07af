package services_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

func onAccessFile(t *testing.T, body func(t *testing.T, c *services.Console, store *models.Store)) {
	t.Helper()
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		apply(t, c, modelstest.MakersFile, services.ApplyOptions{})
		body(t, c, store)
	})
}

func choose(edit bool, groups ...string) []services.AccessChoice {
	var choices []services.AccessChoice
	for _, key := range groups {
		choices = append(choices, services.AccessChoice{Kind: access.Group, Key: key, Edit: edit})
	}
	return choices
}

// The counts above the table are those of its rows, whatever is chosen: also while adding, when the creator's own Custom group
// edits from the start (R10).
func TestCountsOfAnAccessTabAreThoseOfItsRows(t *testing.T) {
	onAccessFile(t, func(t *testing.T, c *services.Console, store *models.Store) {
		by := callerOf(t, c, store, "maker@example.com")
		for _, resource := range []string{"", "web", "wiki"} {
			for name, choices := range map[string][]services.AccessChoice{
				"nothing chosen": nil,
				"as it stands":   choose(resource != "wiki", "makers"),
				"given":          append(choose(true, "readers", "wiki"), services.AccessChoice{Kind: access.APIKey, Key: "connector", Edit: true}),
				"taken":          choose(false, "makers", "wiki"),
				"not to choose":  choose(false, "editors", "administrators", "gone"),
			} {
				tab, err := c.AccessTab(context.Background(), by, services.ResourceRef{Domain: "content/sources", Key: resource}, services.AccessDraft{Choices: choices})
				must(t, err)
				var rows models.LevelCounts
				for _, row := range tab.Rows {
					switch {
					case row.Edit:
						rows.Edit++
					case row.Stands.Level == access.LevelNone:
						rows.None++
					default:
						rows.View++
					}
				}
				if tab.Counts == nil || *tab.Counts != rows || rows.Edit < 2 {
					t.Errorf("%q, %s: counted %+v, the rows are %+v", resource, name, tab.Counts, rows)
				}
			}
		}
	})
}

// Narrowed by level a tab shows as many rows as it says before.
func TestAnAccessTabShowsAsManyOfALevelAsItCounts(t *testing.T) {
	onAccessFile(t, func(t *testing.T, c *services.Console, store *models.Store) {
		by := callerOf(t, c, store, "maker@example.com")
		for _, resource := range []string{"web", "wiki"} {
			for show, count := range map[models.AccessShow]func(n models.LevelCounts) int{
				"":                  func(n models.LevelCounts) int { return n.Edit + n.View + n.None },
				models.AccessAny:    func(n models.LevelCounts) int { return n.Edit + n.View },
				models.AccessEdit:   func(n models.LevelCounts) int { return n.Edit },
				models.AccessView:   func(n models.LevelCounts) int { return n.View },
				models.AccessCustom: func(n models.LevelCounts) int { return n.Custom },
			} {
				tab, err := c.AccessTab(context.Background(), by, services.ResourceRef{Domain: "content/sources", Key: resource}, services.AccessDraft{Show: show, Choices: choose(true, "readers")})
				must(t, err)
				if want := count(*tab.Stored); len(tab.Rows) != want || want == 0 {
					t.Errorf("%s, %q: %d rows, counted %d", resource, show, len(tab.Rows), want)
				}
			}
		}
	})
}

// R10: who would no longer edit it is warned, told who still could and which of their own groups to leave as it is, and goes on
// where they confirm it.
func TestSavingAnAccessTabAsksBeforeTheCallerLosesEdit(t *testing.T) {
	onAccessFile(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx, by := context.Background(), callerOf(t, c, store, "maker@example.com")
		which := services.ResourceRef{Domain: "content/sources", Key: "web"}
		web, err := c.Resource(ctx, by, which.Domain, which.Key)
		must(t, err)
		group, err := c.Group(ctx, by, "makers")
		must(t, err)
		draft := services.AccessDraft{Revision: web.Revision, Choices: []services.AccessChoice{{Kind: access.Group, Key: "makers", Revision: group.Revision}}}
		tab, err := c.SaveAccess(ctx, by, which, draft)
		if !errors.As(err, &services.LockOut{}) || len(tab.Changes) != 1 || len(tab.Rows) == 0 || tab.LockOut == nil {
			t.Fatalf("refused with %+v, %v", tab, err)
		}
		if tab.LockOut.Keep.Key != "makers" || !slices.Equal(tab.LockOut.Editors, []string{"Administrators"}) {
			t.Errorf("the warning is %+v", tab.LockOut)
		}
		if now, err := c.Resource(ctx, by, which.Domain, which.Key); err != nil || now.Revision != web.Revision {
			t.Errorf("refused, it is revision %d, %v", now.Revision, err)
		}
		draft.Confirmed = true
		if tab, err = c.SaveAccess(ctx, by, which, draft); err != nil || len(tab.Changes) != 1 {
			t.Errorf("confirmed: %d changed, %v", len(tab.Changes), err)
		}
		again, err := c.AccessTab(ctx, callerOf(t, c, store, "maker@example.com"), which, services.AccessDraft{})
		if err != nil || again.Decides || again.LockOut != nil {
			t.Errorf("afterwards the caller decides: %+v, %v", again, err)
		}
	})
}

// A draft that somebody overtook comes back on what is stored now, with who that was.
func TestStaleAccessTabSaysWhoSavedMeanwhile(t *testing.T) {
	onAccessFile(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx, by := context.Background(), callerOf(t, c, store, "maker@example.com")
		which := services.ResourceRef{Domain: "content/sources", Key: "web"}
		web, err := c.Resource(ctx, by, which.Domain, which.Key)
		must(t, err)
		wiki, err := c.Group(ctx, by, "wiki")
		must(t, err)
		mine := services.AccessDraft{Revision: web.Revision, Choices: []services.AccessChoice{{Kind: access.Group, Key: "wiki", Edit: true, Revision: wiki.Revision}}}
		for _, overtake := range []func(administrator services.Caller) error{
			func(a services.Caller) error {
				return c.UpdateGroup(ctx, a, "wiki", services.GroupChange{Revision: wiki.Revision, Name: "Wiki team"})
			},
			func(a services.Caller) error { return rename(ctx, c, a, web) },
		} {
			must(t, overtake(callerOf(t, c, store, administrator)))
			tab, err := c.SaveAccess(ctx, by, which, mine)
			if !errors.Is(err, models.ErrConflict) || tab.Newer.By != services.Signature("Administrator", administrator) || tab.Newer.At.IsZero() || len(tab.Changes) != 1 {
				t.Errorf("newer is %+v, changes %d, %v", tab.Newer, len(tab.Changes), err)
			}
		}
		web, err = c.Resource(ctx, by, which.Domain, which.Key)
		must(t, err)
		gone := services.AccessDraft{Revision: web.Revision, Choices: choose(true, "gone")}
		if tab, err := c.SaveAccess(ctx, by, which, gone); !errors.Is(err, models.ErrConflict) || tab.Newer != (services.Modification{}) {
			t.Errorf("a group that is gone: newer is %+v, %v", tab.Newer, err)
		}
	})
}

func rename(ctx context.Context, c *services.Console, by services.Caller, r services.ResourceDetail) error {
	return c.UpdateResource(ctx, by, r.Domain.Key, r.Key, services.ResourceChange{Revision: r.Revision, ResourceConfiguration: services.ResourceConfiguration{Name: "Website", Visibility: r.Visibility}})
}
