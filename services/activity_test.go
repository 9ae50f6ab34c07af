package services_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// happened is the first page of what happened, as somebody sees it.
func happened(t *testing.T, c *services.Console, by services.Caller, query services.ActivityQuery) services.ActivityList {
	t.Helper()
	list, err := c.Activities(context.Background(), by, query)
	must(t, err)
	return list
}

func operationsOf(list services.ActivityList) []string {
	var all []string
	for _, e := range list.Rows {
		all = append(all, string(e.Operation))
	}
	return all
}

func TestActivitiesNeedViewOnActivities(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		for _, query := range []services.ActivityQuery{{}, {Domain: "content/sources", Resource: "web"}, {Domain: "content/sources", Resource: "none"}} {
			var forbidden services.Forbidden
			if _, err := c.Activities(context.Background(), callerOf(t, c, store, "maker@example.com"), query); !errors.As(err, &forbidden) || forbidden.Need != services.ViewActivities {
				t.Errorf("%+v: %v", query, err)
			}
		}
	})
}

// R15: who may view activities sees those of pages too that they can't open, but nothing of other organizations.
func TestActivitiesShowEverythingOfTheOrganizationAlone(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx := context.Background()
		apply(t, c, "version: 1\norganization: {key: other, name: Other}\nresources: {content/sources: [{key: theirs, name: Theirs}]}\n", services.ApplyOptions{})
		apply(t, c, `version: 1
organization: {key: acme, name: Acme}
groups: [{key: auditors, name: Auditors, privileges: {organization/activities: view, organization/organization: view}}]
members: [{email: auditor@example.com, name: Auditor, groups: [auditors]}]
`, services.ApplyOptions{})
		auditor := callerOf(t, c, store, "auditor@example.com")
		list := happened(t, c, auditor, services.ActivityQuery{Domain: "content/sources"})
		if got := operationsOf(list); !slices.Equal(got, []string{"resource.created"}) {
			t.Errorf("on sources happened %q", got)
		}
		other, err := store.OrganizationByKey(ctx, "other")
		must(t, err)
		theirs, err := store.In(other.ID).Resource(ctx, "content/sources", "theirs")
		must(t, err)
		web := list.Rows[0].ResourceID
		for _, resource := range []string{"theirs", strconv.FormatInt(int64(theirs.ID), 10), "0", "-1", "99999999999999999999", "\x00", ""} {
			_, err := c.Activities(ctx, auditor, services.ActivityQuery{Domain: "content/sources", Resource: resource})
			if (resource != "") != errors.Is(err, models.ErrNotFound) {
				t.Errorf("%q: %v", resource, err)
			}
		}
		for _, domain := range []access.DomainKey{"content/fields", ""} {
			query := services.ActivityQuery{Domain: domain, Resource: strconv.FormatInt(int64(web), 10)}
			if _, err := c.Activities(ctx, auditor, query); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("a source as one of %q: %v", domain, err)
			}
		}
	})
}

// R16: what takes over a key that became free inherits nothing, its predecessor's past neither.
func TestActivitiesOfAThingOutliveItAndItsKey(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx, admin := context.Background(), callerOf(t, c, store, administrator)
		first, err := c.Resource(ctx, admin, "content/sources", "web")
		must(t, err)
		_, err = c.DeleteResource(ctx, admin, "content/sources", "web")
		must(t, err)
		gone := services.ActivityQuery{Domain: "content/sources", Resource: strconv.FormatInt(int64(first.ID), 10)}
		if _, err := c.Activities(ctx, admin, services.ActivityQuery{Domain: "content/sources", Resource: "web"}); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the key of what is gone: %v", err)
		}
		second, err := c.AddResource(ctx, admin, "content/sources", services.NewResource{ResourceConfiguration: services.ResourceConfiguration{Name: "Web", Visibility: models.VisibilityShared}})
		must(t, err)
		if second.Key != "web" {
			t.Fatalf("the new one has the key %s", second.Key)
		}
		if list := happened(t, c, admin, gone); !slices.Equal(operationsOf(list), []string{"resource.deleted", "resource.created"}) || !list.Thing.Ended {
			t.Errorf("to the first happened %q, %+v", operationsOf(list), list.Thing)
		}
		if list := happened(t, c, admin, services.ActivityQuery{Domain: "content/sources", Resource: "web"}); !slices.Equal(operationsOf(list), []string{"resource.created"}) {
			t.Errorf("to the second happened %q", operationsOf(list))
		}
	})
}

func TestActivitiesAreNarrowedByWhoAndOutcome(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx, admin := context.Background(), callerOf(t, c, store, administrator)
		_, err := c.DuplicateGroup(ctx, admin, "makers", services.Copy{Confirmed: true})
		must(t, err)
		if _, err := c.DeleteGroup(ctx, callerOf(t, c, store, "maker@example.com"), "leads"); err == nil {
			t.Fatal("a maker deletes a group")
		}
		all := operationsOf(happened(t, c, admin, services.ActivityQuery{}))
		for who, want := range map[string][]string{
			"Administrator@Example.com": {"group.duplicated"}, "maker@example.com": {"group.deleted"}, "MAK": {"group.deleted"},
			"lead@example.com": nil, "nobody@example.com": nil, "operator": all[2:],
		} {
			if got := operationsOf(happened(t, c, admin, services.ActivityQuery{Who: who})); !slices.Equal(got, want) {
				t.Errorf("%s did %q, want %q", who, got, want)
			}
		}
		if got := operationsOf(happened(t, c, admin, services.ActivityQuery{Refused: true})); !slices.Equal(got, []string{"group.deleted"}) {
			t.Errorf("refused was %q", got)
		}
	})
}

func TestRefusalIsReadBackWithWhatWasMissing(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx, admin := context.Background(), callerOf(t, c, store, administrator)
		maker, lead := callerOf(t, c, store, "maker@example.com"), callerOf(t, c, store, "lead@example.com")
		group, err := c.Group(ctx, admin, "makers")
		must(t, err)
		for name, test := range map[string]struct {
			try  func() error
			want services.Refusal
			on   string // name of the thing, which the record knows although the caller may not
		}{
			"a need": {func() error { _, err := c.DeleteGroup(ctx, maker, "leads"); return err }, services.Refusal{Need: services.ViewGroups}, "Leads"},
			"somebody else": {func() error {
				_, err := c.AddMember(ctx, maker, "leads", services.NewMembership{Email: "maker@example.com"})
				return err
			}, services.Refusal{Need: services.ViewGroups, Member: "maker@example.com"}, "Leads"},
			"what goes beyond": {func() error {
				err := setPrivileges(ctx, c, lead, "makers", group.Revision, services.PrivilegeChoices{"content/sources": {Level: access.LevelEdit}})
				return err
			}, services.Refusal{Beyond: []access.Excess{{Domain: "content/sources", Abilities: access.Edit}}}, "Makers"},
		} {
			if err := test.try(); err == nil {
				t.Fatalf("%s: not refused", name)
			}
			event := happened(t, c, admin, services.ActivityQuery{}).Rows[0]
			got := event.Refusal
			if got == nil || got.Need != test.want.Need || got.Member != test.want.Member || len(got.Beyond) != len(test.want.Beyond) {
				t.Fatalf("%s: read back as %+v", name, got)
			}
			if len(got.Beyond) > 0 && (got.Beyond[0].Domain != test.want.Beyond[0].Domain || got.Beyond[0].Abilities&access.Edit == 0) {
				t.Errorf("%s: beyond is %+v", name, got.Beyond)
			}
			if event.ResourceName != test.on || event.ResourceID == 0 {
				t.Errorf("%s: recorded about %q (%d)", name, event.ResourceName, event.ResourceID)
			}
		}
	})
}

// What leaving Custom takes away is not in the form, which names no row of a list that it does not show.
func TestChangesNameEveryRowThatLeavingCustomTakesAway(t *testing.T) {
	onConsoleWith(t, applied(modelstest.EditorsFile), func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		ctx, admin := context.Background(), callerOf(t, c, store, administrator)
		group, err := c.Group(ctx, admin, "editors")
		must(t, err)
		err = setPrivileges(ctx, c, admin, "editors", group.Revision, services.PrivilegeChoices{"content/sources": {Level: access.LevelView}})
		must(t, err)
		list := happened(t, c, admin, services.ActivityQuery{Domain: access.GroupsDomain, Resource: "editors"})
		var got []string
		for _, change := range list.Rows[0].Changes {
			what := string(change.Domain)
			if change.Resource != 0 {
				what = list.Names[change.Resource].Name
			}
			if change.Of == services.OfCreate {
				what += " create"
			}
			got = append(got, what+": "+change.Before+" → "+change.After)
		}
		want := []string{"content/sources: custom → view", "content/sources create: yes → ", "Jira: edit → view", "Web: edit → view"}
		if !slices.Equal(got, want) {
			t.Errorf("the changes are %q, want %q", got, want)
		}
	})
}

func TestManyChangesAreCutAndCounted(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx, admin := context.Background(), callerOf(t, c, store, administrator)
		wanted := services.PrivilegeChoices{}
		for _, d := range c.Catalog().Domains() {
			wanted[d.Key] = services.PrivilegeChoice{Level: d.Highest()}
		}
		_, err := c.AddGroup(ctx, admin, services.NewGroup{Name: "Everything", Privileges: services.NewPrivileges{Choices: wanted}, Access: services.NewAccess{Confirmed: true}})
		must(t, err)
		event := happened(t, c, admin, services.ActivityQuery{}).Rows[0]
		if total := len(c.Catalog().Domains()) + 1; len(event.Changes)+event.More != total || event.More == 0 {
			t.Errorf("%d changes are shown and %d more, of %d", len(event.Changes), event.More, total)
		}
	})
}
