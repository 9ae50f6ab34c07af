package handlers

import (
	"net/url"
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
)

// A Privileges tab sends every level: what is as the form was made with was not chosen by anybody.
func TestPrivilegesThatNobodyChoseAreUntouched(t *testing.T) {
	f := readPrivileges(catalog, url.Values{
		"was.levels": {"content/fields=edit content/sources=custom+create"}, "level.content/fields": {"edit"}, "level.content/extensions": {"view"},
		"level.content/sources": {"custom"}, "create.content/sources": {"yes"}, "rows.content/sources": {"jira web"},
		"was.rows.content/sources": {"jira=edit web=view"}, "edit.content/sources.jira": {"edit"}, "edit.content/sources.web": {"edit"},
	})
	fields, extensions, sources := f.Draft.Choices["content/fields"], f.Draft.Choices["content/extensions"], f.Draft.Choices["content/sources"]
	if !fields.Untouched || extensions.Untouched || sources.Untouched || len(sources.Rows) != 1 || !sources.Rows["web"] {
		t.Errorf("fields %+v, extensions %+v, sources %+v", fields, extensions, sources)
	}
	f = readPrivileges(catalog, url.Values{"level.content/fields": {"edit"}})
	if f.Draft.Choices["content/fields"].Untouched {
		t.Error("a form that does not say what it was made with counts as untouched")
	}
}

// Of what overtook a Privileges tab it shows what they changed: with the viewer's version where both did.
func TestConflictOfPrivilegesIsOfWhatTheyChanged(t *testing.T) {
	form := url.Values{"was.levels": {"content/fields=edit content/extensions=view content/sources=custom"}, "level.content/fields": {"edit"},
		"level.content/extensions": {"edit"}, "level.machine-learning/models": {"view"}, "level.content/sources": {"custom"},
		"was.rows.content/sources": {"web=view"}, "rows.content/sources": {"web"}, "edit.content/sources.web": {"view"}}
	p := privilegesPage{catalog: catalog, form: readPrivileges(catalog, form)}
	for _, d := range catalog.Domains() {
		stored := services.PrivilegeDomain{Domain: d, Chosen: p.form.Draft.Choices[d.Key]}
		switch d.Key {
		case "content/fields":
			stored.Stored.Level = access.LevelView
		case "content/sources":
			stored.Stored.Level = access.LevelCustom
			stored.List = &services.EditorList{Listed: map[access.ResourceID]bool{3: true}}
			stored.List.Rows = []models.Resource{{ID: 3, Key: "web", Name: "Web"}}
		}
		p.tab.Domains = append(p.tab.Domains, stored)
	}
	want := []parts.ConflictRow{{Label: "Content / Extensions", Yours: "Edit all", Theirs: "None"}, {Label: "Content / Fields", Theirs: "View"}, {Label: "Web in Content / Sources", Theirs: "Edit"}}
	if got := p.conflict(noon); !slices.Equal(got.Rows, want) || !got.Merges {
		t.Errorf("%+v, want %+v", got, want)
	}
	fields := parts.Hidden{Name: "was.rows.content/sources", Value: "web=edit"}
	levels := parts.Hidden{Name: "was.levels", Value: "content/extensions=view content/fields=view content/sources=custom"}
	if got := p.was(); !slices.Equal(got, []parts.Hidden{fields, levels}) {
		t.Errorf("drawn again it is made with %+v", got)
	}
}
