package services_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// The keepers edit groups and little else; "alone" is in no other group that does, "twice" in the deputies as well.
const keptFile = `version: 1
organization: {key: acme, name: Acme}
groups:
  - key: keepers
    name: Keepers
    privileges:
      content/sources: {level: custom, edit: [jira]}
      organization/api-keys: edit
      organization/groups: edit
      organization/organization: view
  - {key: deputies, name: Deputies, privileges: {organization/groups: edit, organization/organization: view}}
  - {key: outdoors, name: Outdoors, privileges: {content/sources: view}}
  - key: readers
    name: Readers
    privileges:
      content/fields: edit
      content/sources: {level: custom, edit: [web]}
      organization/groups: view
      organization/organization: view
members:
  - {email: administrator@example.com, name: Administrator, groups: [administrators]}
  - {email: alone@example.com, name: Alone, groups: [keepers]}
  - {email: twice@example.com, name: Twice, groups: [deputies, keepers]}
  - {email: reader@example.com, name: Reader, groups: [readers]}
api_keys:
  - {key: connector, name: Connector, privileges: {content/sources: view}}
  - {key: search, name: Search, template: anonymous-search}
resources:
  content/sources:
    - {key: jira, name: Jira}
    - {key: web, name: Web}
    - {key: wiki, name: Wiki}
`

func onKept(t *testing.T, body func(t *testing.T, p people)) {
	t.Helper()
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		apply(t, c, keptFile, services.ApplyOptions{})
		body(t, people{c, t, store, clock})
	})
}

func (p people) tab(by string, which services.Holder, draft services.PrivilegesDraft) services.PrivilegesTab {
	p.t.Helper()
	tab, err := p.PrivilegesTab(context.Background(), p.by(by), which, draft)
	must(p.t, err)
	return tab
}

// warningsOf are the tab's warnings in a word each.
func warningsOf(tab services.PrivilegesTab) string {
	var all []string
	for _, diff := range tab.Sensitive {
		all = append(all, "sensitive "+string(diff.Domain))
	}
	for word, is := range map[string]bool{"locks out": tab.LocksOut != services.LocksNothing, "takes entry": tab.TakesEntry, "lacks entry": tab.LacksEntry} {
		if is {
			all = append(all, word)
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func TestTabWarnsOfWhatSavingWouldDo(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		none, view, edit := services.PrivilegeChoice{}, services.PrivilegeChoice{Level: access.LevelView}, services.PrivilegeChoice{Level: access.LevelEdit}
		for _, test := range []struct {
			by    string
			which services.Holder
			d     access.DomainKey
			to    services.PrivilegeChoice
			want  string
		}{
			{"alone", ofGroup("keepers"), access.GroupsDomain, view, "locks out"},
			{"alone", ofGroup("keepers"), access.GroupsDomain, edit, ""},
			{"twice", ofGroup("keepers"), access.GroupsDomain, view, ""},
			{"administrator", ofGroup("keepers"), access.GroupsDomain, view, ""},
			{"alone", ofGroup("deputies"), access.GroupsDomain, none, ""},
			{"alone", ofGroup("keepers"), access.OrganizationDomain, none, "locks out, takes entry"},
			{"twice", ofGroup("keepers"), access.OrganizationDomain, none, "takes entry"},
			{"administrator", ofGroup("outdoors"), "content/sources", view, ""}, // nothing is saved
			{"administrator", ofGroup("outdoors"), "content/sources", edit, "lacks entry"},
			{"administrator", ofGroup("outdoors"), access.OrganizationDomain, view, ""},
			{"administrator", services.Holder{Kind: access.Group}, "content/sources", view, "lacks entry"},
			{"administrator", ofGroup("readers"), "search/impersonate", services.PrivilegeChoice{Level: access.LevelAllowed}, "sensitive search/impersonate"},
			{"administrator", ofKey("connector"), "content/sources", edit, ""}, // applications do not come in by the console
		} {
			tab := p.tab(test.by, test.which, services.PrivilegesDraft{Choices: services.PrivilegeChoices{test.d: test.to}})
			if got := warningsOf(tab); got != test.want {
				t.Errorf("%s sets %s of %s to %s: told %q, want %q", test.by, test.d, test.which.Key, test.to.Level, got, test.want)
			}
		}
	})
}

func TestTabLocksWhatGoesBeyondTheCallerAndKeepsWhatStands(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		readers := p.tab("alone", ofGroup("readers"), services.PrivilegesDraft{})
		for key, want := range map[access.DomainKey]string{
			"content/extensions":       "view custom edit, create; holds none",
			"content/fields":           "; holds none", // Edit stands already: it may be lowered
			"content/sources":          "edit, create; holds custom",
			access.OrganizationDomain:  "edit; holds view",
			access.GroupsDomain:        "; holds edit",
			access.ActivitiesDomain:    "view edit; holds none",
			"search/impersonate":       "allowed; holds none",
			"analytics/analytics-data": "view push push_and_view; holds none",
			access.APIKeysDomain:       "; holds edit",
			"search/query-pipelines":   "view custom edit, create; holds none",
			"machine-learning/models":  "view custom edit, create; holds none",
		} {
			d := onDomain(readers, key)
			if d.Domain == nil {
				t.Fatalf("the catalogue has no %s", key)
			}
			var locked []string
			for _, l := range d.Levels {
				if d.Beyond[l] {
					locked = append(locked, l.String())
				}
			}
			got := strings.Join(locked, " ")
			if d.BeyondCreate {
				got += ", create"
			}
			if got += "; holds " + d.Own.String(); got != want {
				t.Errorf("%s: locked are %q, want %q", key, got, want)
			}
		}
		list := onDomain(readers, "content/sources").List
		for _, r := range list.Rows { // Jira is the caller's own, Web stands already
			if list.Beyond[r.ID] != (r.Key == "wiki") {
				t.Errorf("%s: locked %t", r.Key, list.Beyond[r.ID])
			}
		}
	})
}

func TestTabThatNothingCanBeChangedOnLocksNothingAndSaysWhy(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		for _, test := range []struct {
			by    string
			which services.Holder
			want  services.Fixed
		}{
			{"administrator", ofGroup("administrators"), services.FixedAdministrators},
			{"reader", ofGroup("keepers"), services.FixedWithoutEdit},
			{"administrator", ofKey("search"), services.FixedTemplate},
			{"alone", ofKey("connector"), services.NotFixed},
			{"alone", services.Holder{Kind: access.Group}, services.NotFixed},
		} {
			tab := p.tab(test.by, test.which, services.PrivilegesDraft{})
			if tab.Fixed != test.want {
				t.Errorf("%s on %s: %d, want %d", test.by, test.which.Key, tab.Fixed, test.want)
			}
			for _, d := range tab.Domains {
				if test.want != services.NotFixed && (len(d.Beyond) > 0 || d.BeyondCreate) {
					t.Errorf("%s on %s: %s is locked", test.by, test.which.Key, d.Key)
				}
			}
		}
	})
}

// A resource that is gone is told at its row, the first of a domain, and takes nothing else of the draft with it.
func TestDraftWithAGoneResourceKeepsAllElse(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		draft := services.PrivilegesDraft{Choices: services.PrivilegeChoices{
			"content/fields":  {Level: access.LevelView},
			"content/sources": {Level: access.LevelCustom, Rows: map[string]bool{"gone": true, "away": true, "missing": false, "wiki": true}},
		}}
		opened := p.tab("administrator", ofGroup("readers"), draft)
		draft.Revision = opened.Holder().Revision
		saved, err := p.SavePrivileges(context.Background(), p.by("administrator"), ofGroup("readers"), draft)
		var wrong services.Invalid
		if !errors.As(err, &wrong) {
			t.Fatalf("saved with a resource that is gone: %v", err)
		}
		for what, fields := range map[string][]services.FieldError{"the tab": opened.Wrong, "the refusal": wrong.Fields, "its tab": saved.Wrong} {
			var at []string
			for _, f := range fields {
				at = append(at, fmt.Sprintf("%s %s: %s", f.Domain, f.Key, f.Text))
			}
			if want := []string{"content/sources away: This source does not exist any more."}; !slices.Equal(at, want) {
				t.Errorf("%s tells %q", what, at)
			}
		}
		for what, tab := range map[string]services.PrivilegesTab{"opened": opened, "refused": saved} {
			if len(tab.Differences) != 2 || onDomain(tab, "content/fields").Changes != 1 || onDomain(tab, "content/sources").List.Length != 2 {
				t.Errorf("%s: differences %+v", what, tab.Differences)
			}
		}
	})
}

func TestRefusedSaveAnswersWithTheTabAsItStandsNow(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx, draft := context.Background(), services.PrivilegesDraft{Choices: services.PrivilegeChoices{"content/fields": {Level: access.LevelView}}}
		revision := p.tab("alone", ofGroup("outdoors"), draft).Holder().Revision
		draft.Revision = revision
		tab, err := p.SavePrivileges(ctx, p.by("alone"), ofGroup("outdoors"), draft)
		var high services.TooHigh
		if !errors.As(err, &high) || len(high.Excess) != 1 || onDomain(tab, "content/fields").Chosen.Level != access.LevelView || onDomain(tab, "content/sources").List == nil {
			t.Errorf("beyond the caller: %v, chosen %+v", err, onDomain(tab, "content/fields").Chosen)
		}
		must(t, setPrivileges(ctx, p.Console, p.by("administrator"), "outdoors", revision, services.PrivilegeChoices{"content/fields": {Level: access.LevelEdit}}))
		tab, err = p.SavePrivileges(ctx, p.by("administrator"), ofGroup("outdoors"), draft)
		fields := onDomain(tab, "content/fields")
		if !errors.Is(err, models.ErrConflict) || fields.Stored.Level != access.LevelEdit || fields.Chosen.Level != access.LevelView || tab.Holder().Revision == revision {
			t.Errorf("an old form: %v, stored %+v, chosen %+v", err, fields.Stored, fields.Chosen)
		}
		tab, err = p.SavePrivileges(ctx, p.by("reader"), ofGroup("outdoors"), draft)
		if !errors.As(err, &services.Forbidden{}) || tab.Domains != nil {
			t.Errorf("without Edit on the group: %v, %d domains", err, len(tab.Domains))
		}
	})
}

func TestPresetReplacesTheChoicesAsFarAsTheCallerMayGiveIt(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		full := slices.MaxFunc(p.Catalog().Menu(), func(a, b access.GroupTemplate) int { return len(a.Privileges) - len(b.Privileges) })
		draft := services.PrivilegesDraft{Preset: full.Key, Choices: services.PrivilegeChoices{"content/fields": {Level: access.LevelNone}}}
		whole := p.tab("administrator", ofGroup("readers"), draft)
		if len(whole.Skipped) > 0 || !slices.Contains(whole.Presets, draft.Preset) || !whole.Chosen().Equal(full.Privileges, p.Catalog()) {
			t.Errorf("by an administrator: skipped %v, amounts to %v", whole.Skipped, whole.Presets)
		}
		clipped := p.tab("alone", ofGroup("readers"), draft)
		if !slices.Contains(clipped.Skipped, "content/extensions") || slices.Contains(clipped.Skipped, access.GroupsDomain) || slices.Contains(clipped.Presets, draft.Preset) {
			t.Errorf("by a keeper: skipped %v, amounts to %v", clipped.Skipped, clipped.Presets)
		}
		if fields := onDomain(clipped, "content/fields"); fields.Chosen.Level != access.LevelEdit { // it stands already
			t.Errorf("by a keeper: fields are %+v", fields.Chosen)
		}
		if key := p.tab("administrator", ofKey("connector"), services.PrivilegesDraft{Preset: full.Key}); len(key.Differences) > 0 || key.Presets != nil {
			t.Errorf("of an API key: differences %+v, presets %v", key.Differences, key.Presets)
		}
	})
}

// What its saver could not give back to themselves is saved after they confirmed it: the console, all groups, or the group itself.
func TestLockOutByPrivilegesHasToBeConfirmed(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		apply(t, p.Console, `version: 1
organization: {key: acme, name: Acme}
groups:
  - key: selves
    name: Selves
    privileges:
      organization/groups: {level: custom, edit: [selves, readers]}
      organization/organization: view
  - {key: entry, name: Entry, privileges: {organization/organization: view}}
members:
  - {email: self@example.com, name: Self, groups: [selves, entry]}
`, services.ApplyOptions{})
		custom := func(rows map[string]bool) services.PrivilegeChoice {
			return services.PrivilegeChoice{Level: access.LevelCustom, Rows: rows}
		}
		view := services.PrivilegeChoice{Level: access.LevelView}
		for _, test := range []struct {
			by, group string
			d         access.DomainKey
			to        services.PrivilegeChoice
			want      services.PrivilegesLockOut
		}{
			{"alone", "keepers", access.GroupsDomain, view, services.LocksFromGroups},
			{"alone", "keepers", access.GroupsDomain, custom(map[string]bool{"keepers": true}), services.LocksFromGroups},
			{"alone", "keepers", access.OrganizationDomain, services.PrivilegeChoice{}, services.LocksFromConsole},
			{"twice", "keepers", access.GroupsDomain, view, services.LocksNothing},
			{"self", "selves", access.GroupsDomain, view, services.LocksFromGroup},
			{"self", "selves", access.GroupsDomain, custom(map[string]bool{"selves": false}), services.LocksFromGroup},
			{"self", "selves", access.GroupsDomain, custom(map[string]bool{"readers": false}), services.LocksNothing},
			{"self", "selves", access.OrganizationDomain, services.PrivilegeChoice{}, services.LocksNothing},
		} {
			draft := services.PrivilegesDraft{Choices: services.PrivilegeChoices{test.d: test.to}}
			tab := p.tab(test.by, ofGroup(test.group), draft)
			if tab.LocksOut != test.want {
				t.Errorf("%s sets %s of %s to %+v: %d, want %d", test.by, test.d, test.group, test.to, tab.LocksOut, test.want)
			}
			if test.want == services.LocksNothing {
				continue
			}
			draft.Revision = tab.Holder().Revision
			_, err := p.SavePrivileges(context.Background(), p.by(test.by), ofGroup(test.group), draft)
			var confirm services.NeedsConfirmation
			if !errors.As(err, &confirm) || confirm.Of != services.ConfirmLockOut {
				t.Errorf("%s: saved without confirmation: %v", test.by, err)
			}
			draft.Confirmed = true
			if tab := p.tab(test.by, ofGroup(test.group), draft); tab.Refused != nil || tab.LocksOut != test.want {
				t.Errorf("%s: confirmed, and refused with %v", test.by, tab.Refused)
			}
		}
	})
}

// A row of another page of the list that is refused stands above the page.
func TestRefusedRowOfAnotherPageIsSeen(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		draft := services.PrivilegesDraft{Choices: services.PrivilegeChoices{"content/sources": {Level: access.LevelCustom, Rows: map[string]bool{"wiki": true}}},
			Lists: map[access.DomainKey]services.ListQuery{"content/sources": {Page: models.Page{Query: "jira"}}}}
		list := onDomain(p.tab("alone", ofGroup("readers"), draft), "content/sources").List
		if len(list.Rows) != 2 || list.Rows[0].Key != "wiki" || list.Rows[1].Key != "jira" || !list.Beyond[list.Rows[0].ID] {
			t.Errorf("the list shows %+v", list.Rows)
		}
	})
}

func TestDifferencesComeByDomainAndRowsByName(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		apply(t, p.Console, `version: 1
organization: {key: acme, name: Acme}
resources:
  content/sources:
    - {key: last, name: zulu}
    - {key: twin-b, name: Alpha}
    - {key: twin-a, name: Alpha}
`, services.ApplyOptions{})
		tab := p.tab("administrator", ofGroup("outdoors"), services.PrivilegesDraft{Choices: services.PrivilegeChoices{
			access.OrganizationDomain: {Level: access.LevelView}, "content/fields": {Level: access.LevelView},
			"content/sources": {Level: access.LevelCustom, Rows: map[string]bool{"jira": true, "last": true, "twin-a": true, "twin-b": true}}}})
		var got []string
		for _, diff := range tab.Differences {
			got = append(got, strings.TrimSpace(string(diff.Domain)+" "+tab.Named[diff.Resource].Key))
		}
		want := []string{"content/fields", "content/sources", "content/sources twin-a", "content/sources twin-b", "content/sources jira", "content/sources last", "organization/organization"}
		if !slices.Equal(got, want) {
			t.Errorf("they come as %q", got)
		}
	})
}
