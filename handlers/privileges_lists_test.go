package handlers

import (
	"net/url"
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

func TestWhatSetsAllRowsCountsThoseThatCanBeGiven(t *testing.T) {
	p := listedSources(func(*services.PrivilegeDomain, *services.PrivilegesTab, *privilegesForm) {})
	if list := p.list(*domainIn(&p.tab, sources)); list.EditAll != "Edit on the 2 you can give" || list.ViewAll != "View on the 2 you can give" {
		t.Errorf("%q, %q", list.EditAll, list.ViewAll)
	}
	p = listedSources(func(d *services.PrivilegeDomain, _ *services.PrivilegesTab, _ *privilegesForm) { d.List.Beyond = nil })
	if list := p.list(*domainIn(&p.tab, sources)); list.EditAll != "Edit on these 3" {
		t.Errorf("%q", list.EditAll)
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
		"edit.content/sources.wiki": {"view"}, "all.content/sources": {"edit"}}
	rows := readPrivileges(files.DefaultCatalog(), values).Draft.Choices[sources].Rows
	if len(rows) != 3 || !rows["jira"] || !rows["web"] || rows["wiki"] {
		t.Errorf("taken back, and all others set to Edit, it reads %v", rows)
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
			form.Draft.Lists = map[access.DomainKey]models.Page{sources: {Query: "ji", After: "x"}}
		})
		if got := p.list(*domainIn(&p.tab, sources)).Changed; got != test.want {
			t.Errorf("%s: marked %t", test.name, got)
		}
	}
}
