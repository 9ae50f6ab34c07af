package services_test

import (
	"context"
	"errors"
	"strings"
	"testing"

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
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		apply(t, c, delegated, services.ApplyOptions{})
		body(t, c, store)
	})
}

func callerOf(t *testing.T, c *services.Console, store *models.Store, email string) services.Caller {
	t.Helper()
	person, err := store.PersonByEmail(context.Background(), email)
	must(t, err)
	by, err := c.Identify(context.Background(), person, "acme", "192.0.2.1")
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
		} {
			var forbidden services.Forbidden
			if _, err := c.AddGroup(context.Background(), maker, services.NewGroup{Name: typed}); !errors.As(err, &forbidden) {
				t.Fatalf("%.20q: %v", typed, err)
			}
			if a := newest(t, store); a.Operation != "group.create" || a.Outcome != models.OutcomeRefused || a.ResourceName != want {
				t.Errorf("%.20q: the newest activity is %s %s %.20q", typed, a.Operation, a.Outcome, a.ResourceName)
			}
			if _, err := c.DeleteGroup(context.Background(), maker, typed); !errors.As(err, &forbidden) {
				t.Fatalf("%.20q: %v", typed, err)
			}
			if a := newest(t, store); a.Operation != "group.delete" || a.ResourceKey != want {
				t.Errorf("%.20q: the newest activity is %s %.20q", typed, a.Operation, a.ResourceKey)
			}
		}
	})
}
