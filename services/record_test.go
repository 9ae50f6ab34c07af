package services_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

const delegated = `version: 1
organization: {key: acme, name: Acme}
groups:
  - key: makers
    name: Makers
    privileges:
      content/sources: {level: custom, can_create: true}
      organization/api-keys: view
      organization/organization: view
  - key: leads
    name: Leads
    privileges:
      content/sources: view
      organization/groups: {level: custom, edit: [makers]}
      organization/organization: view
  - key: others
    name: Others
    privileges:
      content/sources: edit
      organization/organization: view
members:
  - {email: administrator@example.com, name: Administrator, groups: [administrators]}
  - {email: lead@example.com, name: Lead, groups: [leads]}
  - {email: maker@example.com, name: Maker, groups: [makers]}
api_keys:
  - {key: connector, name: Connector, privileges: {content/sources: view}}
resources:
  content/fields:
    - {key: salary, name: Salary, owner: maker@example.com}
  content/sources:
    - {key: web, name: Web, owner: maker@example.com}
`

// onDelegated runs the body on an organization whose makers add sources without seeing groups, and whose leads edit the
// makers and view sources.
func onDelegated(t *testing.T, body func(t *testing.T, c *services.Console, store *models.Store)) {
	t.Helper()
	onConsoleWith(t, applied(delegated), func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		body(t, c, store)
	})
}

func callerOf(t *testing.T, c *services.Console, store *models.Store, email string) services.Caller {
	t.Helper()
	person := modelstest.Proven(t, store, email)
	by, err := c.Identify(context.Background(), services.Session{Person: person, Provider: services.ProviderPassword}, "acme", "192.0.2.1")
	must(t, err)
	return by
}

// newest is the last activity of the organization.
func newest(t *testing.T, store *models.Store) models.Activity {
	t.Helper()
	o, err := store.OrganizationByKey(context.Background(), "acme")
	must(t, err)
	page, err := store.In(o.ID).Activities(context.Background(), models.ActivityFilter{Page: models.Page{Limit: 1}})
	must(t, err)
	return page.Rows[0]
}

// Attack: try what one may not, in a form that the database can't hold, so that nobody reads of it later.
func TestRefusalIsRecordedWhateverWasTyped(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		maker := callerOf(t, c, store, "maker@example.com")
		for typed, want := range map[string]string{
			"\x00secret\x00": "secret", "half \xff": "half ", strings.Repeat("é", 4000): strings.Repeat("é", services.MaxName),
			"a\u202eb\u2066c\u200bd": "abcd", "one\u2028two\nthree": "one two three", "\ufeffname\u061c": "name",
		} {
			var forbidden services.Forbidden
			if _, err := c.AddGroup(context.Background(), maker, services.NewGroup{Name: typed}); !errors.As(err, &forbidden) {
				t.Fatalf("%.20q: %v", typed, err)
			}
			if a := newest(t, store); a.Operation != "group.created" || a.Outcome != models.OutcomeRefused || a.ResourceName != want {
				t.Errorf("%.20q: the newest activity is %s %s %.20q", typed, a.Operation, a.Outcome, a.ResourceName)
			}
			if _, err := c.DeleteGroup(context.Background(), maker, typed); !errors.As(err, &forbidden) {
				t.Fatalf("%.20q: %v", typed, err)
			}
			if a := newest(t, store); a.Operation != "group.deleted" || a.ResourceKey != want {
				t.Errorf("%.20q: the newest activity is %s %.20q", typed, a.Operation, a.ResourceKey)
			}
		}
	})
}

// Attack: have the line of one's own refusal read backwards. Rows of earlier versions are shown without what turns them around.
func TestRowsThatTurnLinesAroundAreShownWithoutThat(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx, chief := context.Background(), callerOf(t, c, store, administrator)
		must(t, store.In(chief.Organization.ID).Append(ctx, []models.Activity{{At: c.Now(), ActorKind: "member", ActorName: "M\u202eaker",
			Operation: models.OpGroupMemberAdded, Outcome: models.OutcomeRefused, ResourceKey: "k\u200bey", ResourceName: "Te\u2066am\u2028s",
			After: `{"reason":"","member":"a\u202eb@example.com"}`}}))
		list, err := c.Activities(ctx, chief, services.ActivityQuery{})
		must(t, err)
		if e := list.Rows[0]; e.ActorName != "Maker" || e.ResourceName != "Team s" || e.ResourceKey != "key" || e.Refusal.Member != "ab@example.com" {
			t.Errorf("shown are %q, %q, %q, %q", e.ActorName, e.ResourceName, e.ResourceKey, e.Refusal.Member)
		}
		if a := newest(t, store); a.ActorName != "M\u202eaker" {
			t.Errorf("the row itself is changed: %q", a.ActorName)
		}
	})
}

// gave tells whether an activity says that a group was given Edit on its thing.
func gave(a models.Activity, group string) bool {
	var after struct {
		Access map[string]struct {
			ID    int64
			Name  string
			Level string
		}
	}
	err := json.Unmarshal([]byte(a.After), &after)
	given := after.Access["group:"+group]
	return err == nil && given.Level == "edit" && given.ID != 0 && strings.EqualFold(given.Name, group)
}

func TestSharingWhileCreatingIsRecorded(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		administrator := callerOf(t, c, store, administrator)
		shared := []services.AccessChoice{{Kind: access.Group, Key: "leads", Edit: true}}
		_, err := c.AddResource(context.Background(), administrator, "content/sources",
			services.NewResource{ResourceConfiguration: services.ResourceConfiguration{Name: "Wiki", Visibility: models.VisibilityShared}, Access: services.NewAccess{Choices: shared}})
		must(t, err)
		if a := newest(t, store); !gave(a, "leads") {
			t.Errorf("the activity of the new source says %s", a.After)
		}
		_, err = c.AddGroup(context.Background(), administrator, services.NewGroup{Name: "Interns", Access: services.NewAccess{Choices: shared}})
		must(t, err)
		if a := newest(t, store); !gave(a, "leads") {
			t.Errorf("the activity of the new group says %s", a.After)
		}
		_, err = c.DuplicateResource(context.Background(), callerOf(t, c, store, "maker@example.com"), "content/sources", "web", services.Copy{Confirmed: true})
		must(t, err)
		if a := newest(t, store); !gave(a, "makers") {
			t.Errorf("the activity of the copy says %s", a.After)
		}
	})
}

// Saving what stands already is no change: it leaves no trace, and makes nobody else's form stale. An old form is refused
// all the same.
func TestSavingWhatStandsAlreadyChangesNothing(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx, by := context.Background(), callerOf(t, c, store, administrator)
		group, err := c.Group(ctx, by, "makers")
		must(t, err)
		web, err := c.Resource(ctx, by, "content/sources", "web")
		must(t, err)
		form := services.ResourceConfiguration{Name: web.Name, Visibility: web.Visibility, Owner: web.OwnerEmail}
		view := []services.AccessChoice{{Kind: access.Group, Key: "makers", Revision: group.Revision}}
		for name, save := range map[string]func(older int64) error{
			"rename": func(older int64) error {
				return c.UpdateGroup(ctx, by, "makers", services.GroupChange{Revision: group.Revision - older, Name: group.Name})
			},
			"privileges": func(older int64) error {
				err := setPrivileges(ctx, c, by, "makers", group.Revision-older, services.PrivilegeChoices{})
				return err
			},
			"resource": func(older int64) error {
				return c.UpdateResource(ctx, by, "content/sources", "web", services.ResourceChange{Revision: web.Revision - older, ResourceConfiguration: form})
			},
			"access": func(older int64) error {
				_, err := c.SaveAccess(ctx, by, services.ResourceRef{Domain: "content/sources", Key: "web"}, services.AccessDraft{Revision: web.Revision - older, Choices: view})
				return err
			},
		} {
			before := newest(t, store)
			must(t, save(0))
			if err := save(1); !errors.Is(err, models.ErrConflict) {
				t.Errorf("%s from an older form: %v", name, err)
			}
			if after := newest(t, store); after.ID != before.ID {
				t.Errorf("%s recorded %s: %s → %s", name, after.Operation, after.Before, after.After)
			}
		}
		sameGroup, err := c.Group(ctx, by, "makers")
		must(t, err)
		sameWeb, err := c.Resource(ctx, by, "content/sources", "web")
		must(t, err)
		if sameGroup.Revision != group.Revision || sameWeb.Revision != web.Revision {
			t.Errorf("revisions went from %d to %d and from %d to %d", group.Revision, sameGroup.Revision, web.Revision, sameWeb.Revision)
		}
	})
}

// A group may stand in its own editor list. Then one row is both what the Access tab is about and one of its lines.
func TestGroupCanTakeItselfOutOfItsOwnEditorList(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx, by := context.Background(), callerOf(t, c, store, administrator)
		for i, edit := range []bool{true, false} {
			group, err := c.Group(ctx, by, "leads")
			must(t, err)
			saved, err := c.SaveAccess(ctx, by, services.ResourceRef{Domain: access.GroupsDomain, Key: "leads"},
				services.AccessDraft{Revision: group.Revision, Choices: []services.AccessChoice{{Kind: access.Group, Key: "leads", Edit: edit, Revision: group.Revision}}})
			if err != nil || len(saved.Changes) != 1 {
				t.Fatalf("change %d: %d changed, %v", i+1, len(saved.Changes), err)
			}
			answer, err := c.Check(ctx, "acme", services.Question{Subject: "group:leads", Ability: "edit", Domain: "organization/groups", Resource: "leads"})
			if err != nil || answer.Allowed != edit {
				t.Errorf("change %d: the group may edit itself: %t, %v", i+1, answer.Allowed, err)
			}
		}
	})
}
