package services_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

const sourcesDomain = access.DomainKey("content/sources")

func resourceKey(r services.ChosenResource) string { return r.Key }

// threeSources is modelstest.EditorsFile with a source that nobody lists.
var threeSources = modelstest.EditorsFile + "    - {key: wiki, name: Wiki}\n"

func onSources(t *testing.T, file string, body func(t *testing.T, k keyring)) {
	t.Helper()
	onConsoleWith(t, applied(file), func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		body(t, keyring{c, store, clock})
	})
}

func (k keyring) source(t *testing.T, key string) services.ResourceDetail {
	t.Helper()
	r, err := k.Resource(context.Background(), k.as(t, "administrator"), sourcesDomain, key)
	must(t, err)
	return r
}

// Each is judged by the need of the single action, and what a review says is what the command does.
func TestManyResourcesAreJudgedOneByOne(t *testing.T) {
	all := services.ResourcesChosen{Keys: []string{"wiki", "web", "jira", "web"}}
	for name, c := range map[string]struct {
		by     string
		action services.ResourcesAction
		chosen services.ResourcesChosen
		change services.ResourcesChange
		want   string
		holds  func(r services.ResourceDetail) bool // of what it was done to; nil: it is gone
	}{
		"deleted by who edits two":       {"editor", services.DeleteMany, all, services.ResourcesChange{}, "jira, web, not wiki", nil},
		"deleted by who edits none":      {"lead", services.DeleteMany, all, services.ResourcesChange{}, "not jira, not web, not wiki", nil},
		"all that a filter finds":        {"administrator", services.DeleteMany, services.ResourcesChosen{All: true, Filter: services.ResourceQuery{Page: models.Page{Query: "w"}}}, services.ResourcesChange{}, "web, wiki", nil},
		"all that somebody edits":        {"editor", services.DeleteMany, services.ResourcesChosen{All: true, Filter: services.ResourceQuery{Access: "edit"}}, services.ResourcesChange{}, "jira, web", nil},
		"one that is gone":               {"administrator", services.DeleteMany, services.ResourcesChosen{Keys: []string{"web", "gone", "\x00"}}, services.ResourcesChange{}, "web, 2 gone", nil},
		"given to who owns one already":  {"administrator", services.ChangeOwners, all, services.ResourcesChange{Owner: "Editor@Example.com"}, "not jira, web, wiki", func(r services.ResourceDetail) bool { return r.OwnerEmail == "editor@example.com" }},
		"given to nobody":                {"editor", services.ChangeOwners, all, services.ResourcesChange{}, "jira, not web, not wiki", func(r services.ResourceDetail) bool { return r.OwnerEmail == "" }},
		"an action is run":               {"editor", services.RunOnResources, all, services.ResourcesChange{Action: "Rebuild"}, "jira, web, not wiki", func(r services.ResourceDetail) bool { return r.LastOperation == "Rebuild" }},
		"edit, to who lists two of them": {"administrator", services.GiveResources, all, services.ResourcesChange{Group: "editors", Edit: true}, "not jira, not web, wiki", func(r services.ResourceDetail) bool { return strings.HasPrefix(r.ModifiedBy, "Administrator") }},
	} {
		t.Run(name, func(t *testing.T) {
			onSources(t, threeSources, func(t *testing.T, k keyring) {
				ctx, by := context.Background(), k.as(t, c.by)
				review, err := k.ReviewResources(ctx, by, sourcesDomain, c.action, c.chosen, c.change)
				must(t, err)
				if got := judged(review.Many, resourceKey); got != c.want {
					t.Fatalf("the review says %s, want %s", got, c.want)
				}
				var can, all []string
				for _, o := range review.Outcomes {
					if all = append(all, o.Row.Key); o.Why == nil {
						can = append(can, o.Row.Key)
					}
				}
				if err := k.DoWithResources(ctx, by, sourcesDomain, c.action, all, c.change); (err == nil) != (len(can) == len(all)) || err != nil && !is[services.Overtaken](err) {
					t.Fatalf("all of %v: %v", all, err)
				}
				if len(can) > 0 && len(can) < len(all) {
					must(t, k.DoWithResources(ctx, by, sourcesDomain, c.action, can, c.change))
				}
				for _, key := range can {
					if c.holds != nil && !c.holds(k.source(t, key)) {
						t.Errorf("%s stands as %+v", key, k.source(t, key).Resource)
					}
					if _, err := k.Resource(ctx, k.as(t, "administrator"), sourcesDomain, key); c.holds == nil && !errors.Is(err, models.ErrNotFound) {
						t.Errorf("%s is still there: %v", key, err)
					}
				}
				if n, err := k.store.In(1).Count(ctx, sourcesDomain); err != nil || c.holds == nil && n != 3-len(can) || c.holds != nil && n != 3 {
					t.Errorf("%d sources are counted after %d were changed: %v", n, len(can), err)
				}
			})
		})
	}
}

// What a review says of giving a group Edit or View is what the Access tab of each resource says (R7, R10), but for what would take Edit
// from the caller: that is confirmed there alone.
func TestGivingAGroupManyResourcesAgreesWithTheirAccessTabs(t *testing.T) {
	onSources(t, lastingFile, func(t *testing.T, k keyring) {
		ctx, chosen := context.Background(), services.ResourcesChosen{Keys: []string{"web", "wiki"}}
		asked, can := 0, 0
		for _, by := range []string{"administrator", "maker", "raised", "wiki"} {
			for _, group := range []string{"makers", "wiki", "readers", "editors", "lapsing", "passing", "administrators", "none"} {
				for _, edit := range []bool{true, false} {
					what := fmt.Sprintf("%s gives %s (edit: %t)", by, group, edit)
					review, err := k.ReviewResources(ctx, k.as(t, by), sourcesDomain, services.GiveResources, chosen, services.ResourcesChange{Group: group, Edit: edit})
					for i, key := range chosen.Keys {
						asked++
						tab, hidden := k.AccessTab(ctx, k.as(t, by), services.ResourceRef{Domain: sourcesDomain, Key: key}, services.AccessDraft{})
						must(t, hidden)
						draft := services.AccessDraft{Revision: tab.Resource.Revision, Choices: []services.AccessChoice{{Kind: access.Group, Key: group, Edit: edit}}}
						for _, row := range tab.Rows {
							if row.Grantee.Ref() == draft.Choices[0].Ref() {
								draft.Choices[0].Revision = row.Revision
							}
						}
						tab, refused := k.AccessTab(ctx, k.as(t, by), services.ResourceRef{Domain: sourcesDomain, Key: key}, draft)
						possible := refused == nil && tab.Refused == nil && len(tab.Changes) == 1
						if done := err == nil && review.Outcomes[i].Why == nil; done != possible {
							t.Errorf("%s %s: %t (%v), by the tab %t (%v, %v)", what, key, done, err, possible, refused, tab.Refused)
						} else if done {
							can++
							if end := review.Outcomes[i].Row.EndsAt; !sameEnd(end, tab.Changes[0].EndsAt) {
								t.Errorf("%s %s until %v, by the tab %v", what, key, end, tab.Changes[0].EndsAt)
							}
						}
					}
				}
			}
		}
		if can == 0 || can == asked {
			t.Errorf("%d of %d can be given: too few to tell", can, asked)
		}
	})
}

// R6 and R10: what would take Edit from who asks is left out; R14: who lacks the right is recorded, and told nothing else.
func TestGivingManyResourcesIsRefusedWithItsReason(t *testing.T) {
	onSources(t, threeSources, func(t *testing.T, k keyring) {
		ctx, both := context.Background(), []string{"jira", "web"}
		take := services.ResourcesChange{Group: "editors"}
		review, err := k.ReviewResources(ctx, k.as(t, "editor"), sourcesDomain, services.GiveResources, services.ResourcesChosen{Keys: both}, take)
		must(t, err)
		if got := judged(review.Many, resourceKey); got != "not jira, not web" || !errors.Is(review.Outcomes[0].Why, services.ErrLocksOut) {
			t.Errorf("taking it from oneself: %s, %v", got, review.Outcomes[0].Why)
		}
		if err := k.DoWithResources(ctx, k.as(t, "editor"), sourcesDomain, services.GiveResources, both, take); !is[services.Overtaken](err) {
			t.Errorf("taking it from oneself is done: %v", err)
		}
		for action, operation := range map[services.ResourcesAction]models.Operation{services.GiveResources: models.OpResourceAccessChanged, services.ChangeOwners: models.OpResourceUpdated,
			services.RunOnResources: models.OpResourceActionRun, services.DeleteMany: models.OpResourceDeleted} {
			err := k.DoWithResources(ctx, k.as(t, "lead"), sourcesDomain, action, both, services.ResourcesChange{Owner: "no address", Action: "none", Group: "none"})
			if !errors.As(err, &services.Forbidden{}) {
				t.Errorf("%s by who may only view: %v", action, err)
			}
			if a := newest(t, k.store); a.Operation != operation || a.Outcome != models.OutcomeRefused || a.ResourceName != "2 sources" {
				t.Errorf("%s is recorded as %s, %s of %q", action, a.Operation, a.Outcome, a.ResourceName)
			}
		}
		for name, c := range map[string]struct {
			action services.ResourcesAction
			change services.ResourcesChange
			field  string
		}{
			"an owner who is nobody":     {services.ChangeOwners, services.ResourcesChange{Owner: "nobody@example.com"}, "Owner"},
			"an owner who is no address": {services.ChangeOwners, services.ResourcesChange{Owner: "nobody"}, "Owner"},
			"no group":                   {services.GiveResources, services.ResourcesChange{Edit: true}, "Group"},
			"a group that is gone":       {services.GiveResources, services.ResourcesChange{Group: "gone", Edit: true}, "Group"},
			"a group with all of it":     {services.GiveResources, services.ResourcesChange{Group: "administrators"}, "Group"},
		} {
			var wrong services.Invalid
			if err := k.DoWithResources(ctx, k.as(t, "administrator"), sourcesDomain, c.action, both, c.change); !errors.As(err, &wrong) || wrong.Text(c.field) == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := k.DoWithResources(ctx, k.as(t, "editor"), sourcesDomain, services.GiveResources, both, services.ResourcesChange{Group: "leads", Edit: true}); !is[services.Forbidden](err) {
			t.Errorf("to a group that the caller doesn’t see: %v", err)
		}
		if err := k.DoWithResources(ctx, k.as(t, "administrator"), sourcesDomain, services.RunOnResources, both, services.ResourcesChange{Action: "Format"}); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("an action that there is not: %v", err)
		}
	})
}

// A group gets all of them in one change, each recorded, and Undo takes all of it back.
func TestAGroupGetsManyResourcesInOneChange(t *testing.T) {
	onSources(t, threeSources, func(t *testing.T, k keyring) {
		ctx, by := services.WithOutcome(context.Background()), k.as(t, "administrator")
		edits := func() (keys []string) {
			for _, key := range []string{"jira", "web", "wiki"} {
				tab, err := k.AccessTab(ctx, by, services.ResourceRef{Domain: sourcesDomain, Key: key}, services.AccessDraft{})
				must(t, err)
				for _, row := range tab.Rows {
					if row.Grantee.Key == "leads" && row.Edit {
						keys = append(keys, key)
					}
				}
			}
			return keys
		}
		before := newest(t, k.store)
		must(t, k.DoWithResources(ctx, by, sourcesDomain, services.GiveResources, []string{"wiki", "jira"}, services.ResourcesChange{Group: "leads", Edit: true}))
		if got := strings.Join(edits(), " "); got != "jira wiki" {
			t.Errorf("leads edit %s", got)
		}
		var done []string
		for _, a := range activitiesOfAcme(t, k.store) {
			if a.ID <= before.ID {
				break
			}
			done = append(done, fmt.Sprint(a.Operation, " ", a.ResourceName))
		}
		if got := strings.Join(done, ", "); got != "resource.access-changed Wiki, resource.access-changed Jira, group.privileges-changed Leads" {
			t.Errorf("recorded are %s", got)
		}
		_, err := k.Undo(context.Background(), by, services.Undoable(ctx))
		must(t, err)
		if got := edits(); len(got) > 0 {
			t.Errorf("undone, and leads edit %v", got)
		}
	})
}

// R7: what the giver has until some moment ends with them.
func TestManyResourcesAreGivenNoLongerThanTheCallerHoldsThem(t *testing.T) {
	onSources(t, lastingFile, func(t *testing.T, k keyring) {
		ctx := context.Background()
		must(t, k.DoWithResources(ctx, k.as(t, "raised"), sourcesDomain, services.GiveResources, []string{"web", "wiki"}, services.ResourcesChange{Group: "readers", Edit: true}))
		tab, err := k.AccessTab(ctx, k.as(t, "administrator"), services.ResourceRef{Domain: sourcesDomain, Key: "wiki"}, services.AccessDraft{})
		must(t, err)
		for _, row := range tab.Rows {
			if row.Grantee.Key == "readers" && (!row.Edit || row.ListedTo == nil || !row.ListedTo.Equal(time.Date(2027, 1, 6, 9, 0, 0, 0, time.UTC))) {
				t.Errorf("readers have %+v", row)
			}
		}
	})
}

// A list names who owns each of its rows, as the organization calls them.
func TestAListNamesTheOwnersOfItsRows(t *testing.T) {
	onSources(t, threeSources, func(t *testing.T, k keyring) {
		list, err := k.Resources(context.Background(), k.as(t, "lead"), sourcesDomain, services.ResourceQuery{})
		must(t, err)
		var owners []string
		for _, r := range list.Rows {
			if r.OwnerID != nil {
				owners = append(owners, r.Key+" "+list.Owners[*r.OwnerID])
			}
		}
		if len(list.Rows) != 3 || len(owners) != 1 || owners[0] != "jira Editor" {
			t.Errorf("%d rows, owned are %q", len(list.Rows), owners)
		}
	})
}
