package handlers

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/views/parts"
)

// privilegesOf is the page of a tab on which nothing stands and nothing is chosen, but for what prepare does to it.
func privilegesOf(kind access.GranteeKind, prepare func(tab *services.PrivilegesTab, form *privilegesForm)) privilegesPage {
	p := privilegesPage{catalog: files.DefaultCatalog(), tab: services.PrivilegesTab{Kind: kind, Named: map[access.ResourceID]models.Resource{}}}
	for _, d := range p.catalog.Domains() {
		p.tab.Domains = append(p.tab.Domains, services.PrivilegeDomain{Domain: d})
	}
	if prepare != nil {
		prepare(&p.tab, &p.form)
	}
	return p
}

// domainIn is a domain of the tab.
func domainIn(tab *services.PrivilegesTab, key access.DomainKey) *services.PrivilegeDomain {
	return &tab.Domains[files.DefaultCatalog().Domain(key).Position]
}

func TestLockedLevelsSayWhy(t *testing.T) {
	beyond := map[access.Level]bool{access.LevelEdit: true}
	for _, test := range []struct {
		name, level, create, note string
		d                         services.PrivilegeDomain
	}{
		{"nothing held", "You hold nothing here, so you can’t give it.", "", "You hold nothing here, so you can’t give it.", services.PrivilegeDomain{Beyond: beyond}},
		{"less held", "You hold Custom here, so you can’t give more.", "", "You hold Custom here, so you can’t give more.",
			services.PrivilegeDomain{Beyond: beyond, Own: access.LevelCustom}},
		{"barred", "No API key.", "", "No API key.", services.PrivilegeDomain{Beyond: beyond, Barred: "No API key."}},
		{"creation", "", "You can’t create sources yourself, so you can’t give that.", "", services.PrivilegeDomain{BeyondCreate: true}},
		{"free", "", "", "", services.PrivilegeDomain{}},
	} {
		var d services.PrivilegeDomain
		p := privilegesOf(access.Group, func(tab *services.PrivilegesTab, _ *privilegesForm) {
			test.d.Domain = domainIn(tab, sources).Domain
			d = test.d
		})
		row := p.row(d)
		edit := row.Choices[len(row.Choices)-1]
		if edit.Value != "edit" || edit.Locked != test.level || row.Create.Locked != test.create || row.Note != test.note {
			t.Errorf("%s: %s is locked with %q, Can create with %q, noted is %q", test.name, edit.Value, edit.Locked, row.Create.Locked, row.Note)
		}
	}
}

func TestTabThatCannotBeChangedSaysWhatItTakes(t *testing.T) {
	for _, test := range []struct {
		kind  access.GranteeKind
		fixed services.Fixed
		want  string
	}{
		{access.Group, services.NotFixed, ""},
		{access.Group, services.FixedAdministrators, "Administrators always have the highest level on every domain. You can’t change this."},
		{access.Group, services.FixedWithoutEdit, "To change what this group may do, you need Edit on it."},
		{access.APIKey, services.FixedWithoutEdit, "To change what this API key may do, you need Edit on it."},
		{access.APIKey, services.FixedTemplate, "The template Search sets what this API key may do. For other privileges, add a key with a template that leaves them open."},
	} {
		p := privilegesOf(test.kind, func(tab *services.PrivilegesTab, _ *privilegesForm) {
			tab.Fixed, tab.Template = test.fixed, &access.KeyTemplate{Name: "Search"}
		})
		if got := p.view().ReadOnly; got != test.want {
			t.Errorf("%s, %d: %q", test.kind, test.fixed, got)
		}
	}
}

func TestChangesReadAsWhatIsGivenAndTaken(t *testing.T) {
	end := noon.Add(time.Hour)
	until := access.Privilege{Level: access.LevelEdit, Until: end, Then: &access.Privilege{Level: access.LevelView}}
	p := privilegesOf(access.Group, func(tab *services.PrivilegesTab, _ *privilegesForm) {
		tab.Named[7] = models.Resource{Name: "Jira"}
		d := domainIn(tab, sources)
		d.List, d.IfSaved = &services.EditorList{Stored: 2}, until
		tab.Differences = []access.Difference{
			{Domain: sources, Lasting: true, Gains: true, Before: access.LevelEdit, After: access.LevelEdit},
			{Domain: "content/fields", Gains: true, After: access.LevelView},
			{Domain: "content/fields", Before: access.LevelEdit, After: access.LevelView},
			{Domain: sources, Gains: true, Before: access.LevelCustom, After: access.LevelEdit},
			{Domain: sources, Create: true, Gains: true, Before: access.LevelView, After: access.LevelView},
			{Domain: sources, Resource: 7, Gains: true, Before: access.LevelView, After: access.LevelEdit},
			{Domain: sources, Resource: 7, Before: access.LevelEdit, After: access.LevelView},
		}
	})
	want := []parts.Change{
		{Gains: true, What: "View", On: "on Content / Fields"},
		{What: "Edit", On: "on Content / Fields", Was: "keeps View"},
		{Gains: true, What: "Edit all", On: "on Content / Sources until 4 Jan 2027, 13:00 UTC, then View all.", Was: "was Custom with Edit on 2 sources"},
		{Gains: true, What: "Can create", On: "on Content / Sources until 4 Jan 2027, 13:00 UTC"},
		{Gains: true, What: "Edit", On: "on Jira in Content / Sources", Was: "was View"},
		{What: "Edit", On: "on Jira in Content / Sources"},
		{Gains: true, What: "Edit all for longer", On: "on Content / Sources until 4 Jan 2027, 13:00 UTC, then View all."},
	}
	bar := p.saveBar()
	if got := slices.Concat(bar.Changes, bar.Folded); !slices.Equal(got, want) {
		t.Errorf("they read\n%+v, want\n%+v", got, want)
	}
	if bar.Title != "7 changes" || bar.Scope != "for 0 members" {
		t.Errorf("the bar says %q %q", bar.Title, bar.Scope)
	}
}

func TestWarningsSpeakOfWhoeverIsMeant(t *testing.T) {
	all := services.PrivilegeWarnings{Sensitive: []access.Difference{{Domain: "search/impersonate", After: access.LevelAllowed}}, LocksOut: services.LocksFromGroups, TakesEntry: true}
	for kind, want := range map[access.GranteeKind]string{access.Group: "It lets members ", access.APIKey: "It lets anybody who has the secret "} {
		notices := privilegesOf(kind, func(tab *services.PrivilegesTab, _ *privilegesForm) { tab.PrivilegeWarnings = all }).warnings()
		var titles []string
		for _, n := range notices {
			titles = append(titles, n.Title)
		}
		sensitive := files.DefaultCatalog().Domain("search/impersonate")
		if !slices.Equal(titles, []string{"Sensitive: " + sensitive.Service + " / " + sensitive.Name + ".", "You are about to lock yourself out.", "No access to the console."}) ||
			notices[0].Text[:len(want)] != want {
			t.Errorf("%s: %q, %q", kind, titles, notices[0].Text)
		}
	}
}

func TestWrongChoicesAreToldOnceAtTheirRows(t *testing.T) {
	gone := services.FieldError{Field: "Privileges", Domain: sources, Key: "gone", Text: "This source does not exist any more."}
	p := privilegesOf(access.Group, func(tab *services.PrivilegesTab, form *privilegesForm) {
		tab.Named[7], tab.Wrong = models.Resource{Name: "Jira"}, []services.FieldError{gone}
		tab.Beyond = []access.Excess{{Domain: sources, Resource: 7}, {Domain: sources, Resource: 8}, {Domain: "content/fields"}}
	})
	want := []parts.FieldError{{ID: "d-content-fields", Label: "Content / Fields"}, {ID: "d-content-sources", Label: "Content / Sources"}}
	if got := p.errors(); !slices.Equal(got, want) {
		t.Errorf("told are %+v", got)
	}
	const ofSources = "This source does not exist any more. You can’t edit Jira yourself, so you can’t give that. You can’t edit one of these sources yourself, so you can’t give that."
	const ofFields = "You hold nothing here, so you can’t give it."
	for key, text := range map[access.DomainKey]string{sources: ofSources, "content/fields": ofFields, "content/extensions": ""} {
		if got := p.wrongOn(*domainIn(&p.tab, key)); got != text {
			t.Errorf("%s: %q", key, got)
		}
	}
	p.form.Query = "fields" // the row of the sources is hidden and says nothing
	if want[1].Text = ofSources; !slices.Equal(p.errors(), want) {
		t.Errorf("filtered, told are %+v", p.errors())
	}
}

func TestListCarriesWhatDiffersOnOtherPagesAndWhereItStands(t *testing.T) {
	for level, want := range map[access.Level]string{
		access.LevelCustom: "[{carry.content/sources jira=edit} {at.content/sources a:x}]",
		access.LevelView:   "[{carry.content/sources jira=edit web=view} {at.content/sources a:x}]",
	} {
		p := privilegesOf(access.Group, func(tab *services.PrivilegesTab, form *privilegesForm) {
			d := domainIn(tab, sources)
			d.List = &services.EditorList{}
			d.List.Rows = []models.Resource{{ID: 3, Key: "wiki"}}
			d.Chosen = services.PrivilegeChoice{Level: level, Rows: map[string]bool{"web": false, "jira": true, "wiki": true}}
			tab.Named[7] = models.Resource{Key: "jira"}
			tab.Differences = []access.Difference{{Domain: sources, Resource: 7, Gains: true}}
			form.Draft.Lists = map[access.DomainKey]services.ListQuery{sources: {Page: models.Page{After: "x"}}}
		})
		if got := fmt.Sprint(p.list(*domainIn(&p.tab, sources)).Carried); got != want {
			t.Errorf("at %s: %s, want %s", level, got, want)
		}
	}
}

func TestConflictShowsWhereBothVersionsDiffer(t *testing.T) {
	p := privilegesOf(access.Group, func(tab *services.PrivilegesTab, _ *privilegesForm) {
		tab.Group.ModifiedBy, tab.Group.ModifiedAt = "Lead", noon
		domainIn(tab, "content/fields").Stored.Level = access.LevelEdit
		domainIn(tab, "content/fields").Chosen.Level = access.LevelView
		tab.Named[7] = models.Resource{Name: "Jira"}
		tab.Differences = []access.Difference{{Domain: sources, Resource: 7, Gains: true, Before: access.LevelView, After: access.LevelEdit}}
	})
	got := p.conflict(noon.Add(5 * time.Minute))
	want := []parts.ConflictRow{{Label: "Content / Fields", Yours: "View", Theirs: "Edit"}, {Label: "Jira in Content / Sources", Yours: "Edit", Theirs: "View"}}
	if got.Who != "Lead" || got.When != "5 min ago" || !slices.Equal(got.Rows, want) {
		t.Errorf("%+v", got)
	}
}

func TestDomainsAreFilteredByServiceAndName(t *testing.T) {
	d := files.DefaultCatalog().Domain(sources)
	for typed, want := range map[string]bool{"": true, " \t": true, "sour": true, " SOURCES ": true, "content": true, "content sources": true, "fields": false, "source content": true} {
		if got := matchesDomain(d, typed); got != want {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

// A thousand rows are no thousand lines: the first are named, the others counted, and the number of changes is that of all.
func TestManyRowsOfAListAreCountedInTheSaveBar(t *testing.T) {
	p := privilegesOf(access.Group, func(tab *services.PrivilegesTab, _ *privilegesForm) {
		for i := range 30 {
			tab.Named[access.ResourceID(i+1)] = models.Resource{Name: "Jira"}
			tab.Differences = append(tab.Differences, access.Difference{Domain: sources, Resource: access.ResourceID(i + 1), Gains: i%10 != 0, Before: access.LevelView})
		}
	})
	lines := p.changeLines()
	if last := lines[len(lines)-1]; len(lines) != 3+mostRowLines+1 || last.On != "on 7 more sources in Content / Sources" || !last.Gains {
		t.Errorf("%d lines, at the end %+v", len(lines), last)
	}
	if bar := p.saveBar(); bar.Title != "30 changes" {
		t.Errorf("the bar says %q", bar.Title)
	}
}

func TestCustomThatIsTakenSaysWhatStays(t *testing.T) {
	for _, test := range []struct {
		to   access.Level
		want string
	}{{access.LevelView, "keeps View all, had Edit on 14 sources"}, {access.LevelNone, "had Edit on 14 sources"}} {
		p := privilegesOf(access.Group, func(tab *services.PrivilegesTab, _ *privilegesForm) {
			domainIn(tab, sources).List = &services.EditorList{Stored: 14}
			tab.Differences = []access.Difference{{Domain: sources, Before: access.LevelCustom, After: test.to}}
		})
		if got := p.changeLines(); len(got) != 1 || got[0].What != "Custom" || got[0].Was != test.want {
			t.Errorf("%+v", got)
		}
	}
}

func TestPresetSaysHowManyDomainsItLoweredAndWhich(t *testing.T) {
	p := privilegesOf(access.Group, func(tab *services.PrivilegesTab, _ *privilegesForm) {
		tab.Skipped = []access.DomainKey{"content/fields", "search/impersonate"}
	})
	if got := p.skipped(); got != "You can’t give more than you hold yourself, so the preset was lowered on 2 domains: Content / Fields and Search / Impersonate." {
		t.Error(got)
	}
}
