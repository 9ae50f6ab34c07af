package handlers

import (
	"net/url"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
)

// listedSources is a page on which Sources has Custom, and Jira and Wiki in a list whose Wiki goes beyond the viewer.
func listedSources(prepare func(d *services.PrivilegeDomain, tab *services.PrivilegesTab, form *privilegesForm)) privilegesPage {
	return privilegesOf(access.Group, func(tab *services.PrivilegesTab, form *privilegesForm) {
		d := domainIn(tab, sources)
		d.Stored.Level, d.Chosen.Level = access.LevelCustom, access.LevelCustom
		d.List = &services.EditorList{Beyond: map[access.ResourceID]bool{3: true}, Listed: map[access.ResourceID]bool{}}
		d.List.Rows = []models.Resource{{ID: 1, Key: "jira"}, {ID: 2, Key: "web"}, {ID: 3, Key: "wiki"}}
		prepare(d, tab, form)
	})
}

func TestWhatSetsAllOfAListSaysHowManyThatAre(t *testing.T) {
	for _, test := range []struct {
		found, free int
		want        string
	}{
		{8, 8, "Set all 8 to"}, {8, 2, "Set the 2 you can give to"}, {8, 1, ""}, {1, 1, ""}, {8, 0, ""}, {1001, 0, ""}, {1000, 1000, "Set all 1,000 to"},
	} {
		if got := setAll(services.EditorList{Found: test.found, Free: test.free}); got != test.want {
			t.Errorf("%d of %d: %q, want %q", test.free, test.found, got, test.want)
		}
	}
}

func TestAListSaysWhatItShows(t *testing.T) {
	for _, test := range []struct {
		query services.ListQuery
		found int
		want  string
		none  string
	}{
		{services.ListQuery{}, 400, "400 sources", "There are no sources yet."},
		{services.ListQuery{Page: models.Page{Query: "emea docu"}}, 8, "8 of 400 match “emea docu”", "No source matches “emea docu”."},
		{services.ListQuery{Page: models.Page{Query: "one"}}, 1, "1 of 400 matches “one”", "No source matches “one”."},
		{services.ListQuery{Page: models.Page{Query: "one"}, Type: "jira"}, 1, "1 of 400 matches “one”, of type jira", "No source matches “one”, of type jira."},
		{services.ListQuery{Type: "jira"}, 1001, "More than 1,000 of 400 match of type jira", "No source matches of type jira."},
		{services.ListQuery{Page: models.Page{Query: "one"}, Show: services.ListEdits}, 2, "2 with Edit match “one”", "No source with Edit matches “one”."},
		{services.ListQuery{Show: services.ListEdits}, 13, "13 with Edit, 1 of them not saved yet", "No source yet. Show all, and set some to Edit."},
		{services.ListQuery{Show: services.ListChanged}, 3, "3 not saved yet", "Nothing is changed here."},
	} {
		p := listedSources(func(d *services.PrivilegeDomain, tab *services.PrivilegesTab, form *privilegesForm) {
			form.Draft.Lists = map[access.DomainKey]services.ListQuery{sources: test.query}
			d.List.Total, d.List.Found = 400, test.found
			tab.Differences = []access.Difference{{Domain: sources, Resource: 9, Gains: true}, {Domain: sources, Resource: 8}, {Domain: sources, Gains: true},
				{Domain: sources, Resource: 7, Gains: true, Lasting: true}}
		})
		got := ""
		for _, word := range p.list(*domainIn(&p.tab, sources)).Found {
			got += word.Text
		}
		if got != test.want {
			t.Errorf("it says %q, want %q", got, test.want)
		}
		d := domainIn(&p.tab, sources)
		d.List.Rows = nil
		if test.query.Query == "" && test.query.Type == "" && test.query.Show == services.ListAll {
			d.List.Total = 0
		}
		list := p.list(*d)
		if list.Nothing != test.none || (list.ShowAll == "Show all 400") != (test.want != "400 sources") {
			t.Errorf("of none it says %q and %q, want %q", list.Nothing, list.ShowAll, test.none)
		}
	}
}

func TestAListOffersTheTypesThatThereAre(t *testing.T) {
	for _, test := range []struct {
		types  []string
		chosen string
		want   string
	}{{nil, "", ""}, {[]string{"jira"}, "", ""}, {[]string{"jira", "web"}, "web", "Any type|jira|*web"}, {nil, "gone", "Any type|*gone"}} {
		var got []string
		for _, o := range listTypes(test.types, test.chosen) {
			mark := ""
			if o.Selected {
				mark = "*"
			}
			got = append(got, mark+o.Label)
		}
		if strings.Join(got, "|") != test.want {
			t.Errorf("of %v: %q, want %q", test.types, got, test.want)
		}
	}
}

// A form from before the viewer lost something sets a row to Edit that they can't give any more: the row says what is wanted.
func TestRefusedRowShowsWhatIsWanted(t *testing.T) {
	p := listedSources(func(d *services.PrivilegeDomain, _ *services.PrivilegesTab, _ *privilegesForm) {
		d.Chosen.Rows = map[string]bool{"wiki": true}
	})
	wiki := p.list(*domainIn(&p.tab, sources)).Rows[2]
	if !wiki.Edit || wiki.StoredEdit || wiki.Locked == "" {
		t.Errorf("%+v", wiki)
	}
	values := url.Values{"level.content/sources": {"custom"}, "rows.content/sources": {"jira web"}, "refused.content/sources": {"wiki"},
		"edit.content/sources.wiki": {"view"}, "edit.content/sources.jira": {"edit"}}
	rows := readPrivileges(files.DefaultCatalog(), values).Draft.Choices[sources].Rows
	if len(rows) != 2 || !rows["jira"] || rows["wiki"] {
		t.Errorf("taken back, it reads %v", rows)
	}
}

func TestListIsMarkedWhereOtherPagesChangeSomething(t *testing.T) {
	for _, test := range []struct {
		name  string
		rows  map[string]bool
		diffs []access.Difference
		want  bool
	}{
		{"searched only", nil, nil, false},
		{"a choice of another page", map[string]bool{"jira": true}, []access.Difference{{Domain: sources, Resource: 9, Gains: true}}, true},
		{"a choice of another page that stands", map[string]bool{"jira": true}, nil, false},
	} {
		p := listedSources(func(d *services.PrivilegeDomain, tab *services.PrivilegesTab, form *privilegesForm) {
			d.List.Rows, d.Chosen.Rows, tab.Differences = nil, test.rows, test.diffs
			tab.Named[9] = models.Resource{Key: "jira"}
			form.Draft.Lists = map[access.DomainKey]services.ListQuery{sources: {Page: models.Page{Query: "ji", After: "x"}}}
		})
		if got := p.list(*domainIn(&p.tab, sources)).Changed; got != test.want {
			t.Errorf("%s: marked %t", test.name, got)
		}
	}
}
