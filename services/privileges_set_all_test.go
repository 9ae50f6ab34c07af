package services_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

const listedSources = access.DomainKey("content/sources")

// sourcesDraft is a draft with Custom on sources, these rows chosen, and the list asked for so.
func sourcesDraft(rows map[string]bool, query services.ListQuery) services.PrivilegesDraft {
	return services.PrivilegesDraft{Choices: services.PrivilegeChoices{listedSources: {Level: access.LevelCustom, Rows: rows}},
		Lists: map[access.DomainKey]services.ListQuery{listedSources: query}}
}

func keysOf(rows []models.Resource) string {
	var all []string
	for _, r := range rows {
		all = append(all, r.Key)
	}
	return strings.Join(all, " ")
}

// What an editor list shows follows what is chosen, not what is stored.
func TestEditorListShowsWhatCouldBeEditedOnceSaved(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		chosen := map[string]bool{"jira": true, "web": false}
		for _, test := range []struct {
			name  string
			rows  map[string]bool
			query services.ListQuery
			want  string
		}{
			{"all", chosen, services.ListQuery{}, "jira web wiki"},
			{"what is stored", nil, services.ListQuery{Show: services.ListEdits}, "web"},
			{"what is chosen", chosen, services.ListQuery{Show: services.ListEdits}, "jira"},
			{"searched", chosen, services.ListQuery{Show: services.ListEdits, Page: models.Page{Query: "web"}}, ""},
			{"changed", chosen, services.ListQuery{Show: services.ListChanged}, "jira web"},
			{"changed, of what stands", map[string]bool{"web": true}, services.ListQuery{Show: services.ListChanged}, ""},
			{"Edit first", chosen, services.ListQuery{Edits: true}, "jira web wiki"},
			{"Edit first, as it stands", nil, services.ListQuery{Edits: true}, "web jira wiki"},
			{"Edit only, Edit first", chosen, services.ListQuery{Show: services.ListEdits, Edits: true}, "jira"},
			{"changed, Edit first", map[string]bool{"wiki": true, "web": false}, services.ListQuery{Show: services.ListChanged, Edits: true}, "wiki web"},
			{"a type", chosen, services.ListQuery{Type: "none such"}, ""},
		} {
			list := onDomain(p.tab("administrator", ofGroup("readers"), sourcesDraft(test.rows, test.query)), listedSources).List
			if got := keysOf(list.Rows); got != test.want || list.Found != len(list.Rows) || list.Free != list.Found {
				t.Errorf("%s: %q, %d found and %d free, want %q", test.name, got, list.Found, list.Free, test.want)
			}
		}
		list := onDomain(p.tab("administrator", services.Holder{Kind: access.Group}, sourcesDraft(nil, services.ListQuery{Show: services.ListEdits})), listedSources).List
		if len(list.Rows) != 0 {
			t.Errorf("a new group edits %q", keysOf(list.Rows))
		}
	})
}

// Setting all is a choice on each row, and judged as one: what the caller can't give stays as it is (R7).
func TestAllOfAListIsSetAsFarAsTheCallerMayGiveIt(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		for _, test := range []struct {
			name, by string
			rows     map[string]bool
			query    services.ListQuery
			free     int
			want     string
		}{
			{"all to Edit", "administrator", nil, services.ListQuery{SetAll: services.SetEdit}, 3, "jira=true web=true wiki=true"},
			{"all to View", "administrator", nil, services.ListQuery{SetAll: services.SetView}, 3, "jira=false web=false wiki=false"},
			{"what is given already, and what the caller edits", "alone", nil, services.ListQuery{SetAll: services.SetEdit}, 2, "jira=true web=true"},
			{"all to View where those with Edit stand first", "administrator", map[string]bool{"web": false}, services.ListQuery{SetAll: services.SetView, Edits: true}, 3,
				"jira=false web=false wiki=false"},
			{"found only", "administrator", map[string]bool{"jira": true}, services.ListQuery{SetAll: services.SetView, Page: models.Page{Query: "wi"}}, 1,
				"jira=true wiki=false"},
			{"chosen only", "administrator", map[string]bool{"jira": true}, services.ListQuery{SetAll: services.SetView, Show: services.ListEdits}, 0,
				"jira=false web=false"},
		} {
			tab := p.tab(test.by, ofGroup("readers"), sourcesDraft(test.rows, test.query))
			d := onDomain(tab, listedSources)
			var got []string
			for key, edit := range d.Chosen.Rows {
				got = append(got, fmt.Sprintf("%s=%t", key, edit))
			}
			slices.Sort(got)
			if strings.Join(got, " ") != test.want || d.List.Free != test.free || tab.Refused != nil {
				t.Errorf("%s: %q, %d free, refused with %v, want %q", test.name, got, d.List.Free, tab.Refused, test.want)
			}
		}
	})
}

// A thousand are set at once and saved; of more none is.
func TestAThousandThingsAreSetAtOnce(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		organization := scopeOf(t, p.store, "acme")
		modelstest.Resources(t, organization, listedSources, services.MaxChoices-3)
		all := sourcesDraft(nil, services.ListQuery{SetAll: services.SetEdit})
		tab := p.tab("administrator", ofGroup("readers"), all)
		if d := onDomain(tab, listedSources); len(d.Chosen.Rows) != services.MaxChoices || d.List.Length != services.MaxChoices || tab.Refused != nil {
			t.Fatalf("%d of %d are set, refused with %v", len(d.Chosen.Rows), d.List.Total, tab.Refused)
		}
		saved := sourcesDraft(onDomain(tab, listedSources).Chosen.Rows, services.ListQuery{})
		if _, err := p.SavePrivileges(context.Background(), p.by("administrator"), ofGroup("readers"), saved); err != nil {
			t.Fatal(err)
		}
		modelstest.Resource(t, organization, listedSources, "one-more")
		tab = p.tab("administrator", ofGroup("readers"), all)
		d := onDomain(tab, listedSources)
		if len(d.Chosen.Rows) != 0 || d.List.Free != 0 || len(tab.Wrong) != 1 || !strings.Contains(tab.Wrong[0].Text, "more than 1,000 sources") {
			t.Errorf("of one more, %d are set, %d free, and %+v is wrong", len(d.Chosen.Rows), d.List.Free, tab.Wrong)
		}
		if d.List.Length != services.MaxChoices {
			t.Errorf("%d can be edited", d.List.Length)
		}
	})
}
