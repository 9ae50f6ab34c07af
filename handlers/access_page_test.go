package handlers

import (
	"net/url"
	"reflect"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// accessOn is the Access tab of the source Web, of somebody who decides there and sees all.
func accessOn(rows ...services.AccessRow) accessPage {
	return accessPage{tab: services.AccessTab{
		Domain: catalog.Domain("content/sources"), Resource: models.Resource{ID: 7, Key: "web", Name: "Web", Revision: 2},
		Decides: true, SeesGroups: true, SeesKeys: true, Listing: models.Listing[services.AccessRow]{Rows: rows},
	}}
}

// grantee is a row of a group or API key that holds a level on sources.
func grantee(kind access.GranteeKind, key string, l access.Level, listed bool) services.AccessRow {
	row := services.AccessRow{Stands: catalog.Domain("content/sources").AccessChoice(l, listed), AccessRow: models.AccessRow{
		Grantee: access.Grantee{Kind: kind, ID: 3, Key: key, Name: key}, Level: l, Listed: listed, Revision: 4}}
	row.Edit = row.Stands.Level == access.LevelEdit
	return row
}

func TestRowsOfAnAccessTab(t *testing.T) {
	end := noon.Add(time.Hour)
	with := func(row services.AccessRow, change func(r *services.AccessRow)) services.AccessRow {
		change(&row)
		return row
	}
	for _, c := range []struct {
		name string
		row  services.AccessRow
		want views.AccessRow
	}{
		{"Edit on all", grantee(access.Group, "team", access.LevelEdit, false),
			views.AccessRow{Icon: "users", Membership: "Not a member", Level: "edit", LevelWord: "Edit", Why: "Edits all sources"}},
		{"Edit on all for a time", with(grantee(access.Group, "team", access.LevelEdit, false), func(r *services.AccessRow) { r.Until = &end }),
			views.AccessRow{Icon: "users", Membership: "Not a member", Level: "edit", LevelWord: "Edit", Why: "Edits all sources until 4 Jan 2027, 13:00 UTC"}},
		{"nothing", grantee(access.Group, "team", access.LevelNone, false),
			views.AccessRow{Icon: "users", Membership: "Not a member", Level: "none", LevelWord: "No access", Why: "No access to sources"}},
		{"View on all", grantee(access.Group, "team", access.LevelView, false),
			views.AccessRow{Icon: "users", Membership: "Not a member", Level: "view", Field: "access.group:team", Was: "was View", Why: "Views all sources"}},
		{"Custom with it", grantee(access.Group, "team", access.LevelCustom, true),
			views.AccessRow{Icon: "users", Membership: "Not a member", Level: "edit", Field: "access.group:team", Edit: true, StoredEdit: true, Was: "was Edit", Why: "Custom on sources"}},
		{"Custom with it for a time", with(grantee(access.Group, "team", access.LevelCustom, true), func(r *services.AccessRow) { r.ListedTo = &end }),
			views.AccessRow{Icon: "users", Membership: "Not a member", Level: "edit", Field: "access.group:team", Edit: true, Was: "was Edit", StoredEdit: true,
				Why: "Custom on sources, Edit here until 4 Jan 2027, 13:00 UTC"}},
		{"chosen otherwise", with(grantee(access.Group, "team", access.LevelCustom, true), func(r *services.AccessRow) { r.Edit = false }),
			views.AccessRow{Icon: "users", Membership: "Not a member", Level: "edit", Field: "access.group:team", StoredEdit: true, Was: "was Edit", Why: "Custom on sources"}},
		{"one’s own group", with(grantee(access.Group, "team", access.LevelView, false), func(r *services.AccessRow) { r.Member = true }),
			views.AccessRow{Icon: "users", Membership: "Member", Member: true, Level: "view", Field: "access.group:team", Was: "was View", Why: "Views all sources"}},
		{"a built-in group", with(grantee(access.Group, "team", access.LevelView, false), func(r *services.AccessRow) { r.BuiltIn = "users" }),
			views.AccessRow{Icon: "shield", Membership: "Not a member", Level: "view", Field: "access.group:team", Was: "was View", Why: "Views all sources"}},
		{"an API key", grantee(access.APIKey, "team", access.LevelView, false),
			views.AccessRow{Icon: "key-round", Level: "view", Field: "access.api-key:team", Was: "was View", Why: "Views all sources"}},
		{"an API key whose template brings View", with(grantee(access.APIKey, "team", access.LevelView, false), func(r *services.AccessRow) { r.Stands.Fixed, r.Bound = true, "Search pages" }),
			views.AccessRow{Icon: "key-round", Level: "view", LevelWord: "View", Why: "Views all sources; a key of the template Search pages can’t edit any"}},
	} {
		c.want.Name = "team"
		if got := accessOn().row(c.row); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestWhatCanNotBeReadIsWrongAtItsRow(t *testing.T) {
	p := accessOn(grantee(access.Group, "team", access.LevelView, false), grantee(access.Group, "others", access.LevelView, false))
	p.form.Wrong = map[string]bool{"group:team": true}
	view := p.stored(views.Page{}, "/here")
	rows := view.Sections[0].Rows
	if rows[0].Error != noAccessChoice || rows[1].Error != "" {
		t.Errorf("the rows say %q and %q", rows[0].Error, rows[1].Error)
	}
	if want := []parts.FieldError{{ID: "access.group:team", Label: "Access level of team"}}; !slices.Equal(view.Errors, want) {
		t.Errorf("the page says %v", view.Errors)
	}
}

func TestGroupsAndKeysHaveSections(t *testing.T) {
	view := accessOn(grantee(access.Group, "a", access.LevelView, false), grantee(access.Group, "b", access.LevelView, false),
		grantee(access.APIKey, "c", access.LevelView, false)).stored(views.Page{}, "/here")
	var got []string
	for _, s := range view.Sections {
		for _, r := range s.Rows {
			got = append(got, s.Name+" "+r.Name)
		}
	}
	if want := []string{"Groups a", "Groups b", "API keys c"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestChangesOfAnAccessTabInWords(t *testing.T) {
	end, later := noon.Add(time.Hour), noon.Add(2*time.Hour)
	change := func(l access.Level, listed, edit bool) services.AccessChange {
		row := grantee(access.Group, "team", l, listed)
		row.Edit = edit
		return services.AccessChange{AccessRow: row}
	}
	lasting := func(ends *time.Time, bounded bool) services.AccessChange {
		c := change(access.LevelCustom, true, true)
		c.Lasting, c.ListedTo, c.EndsAt, c.Bounded = true, &end, ends, bounded
		return c
	}
	short := change(access.LevelCustom, false, true)
	short.EndsAt = &end
	bounded := short
	bounded.Bounded = true
	for _, c := range []struct {
		name   string
		change services.AccessChange
		want   parts.Change
	}{
		{"given", change(access.LevelCustom, false, true), parts.Change{Gains: true, On: "can edit", Was: "was View"}},
		{"given to View on all", change(access.LevelView, false, true), parts.Change{Gains: true, On: "can edit", Was: "was View all, becomes Custom"}},
		{"taken", change(access.LevelCustom, true, false), parts.Change{On: "can only view", Was: "was Edit"}},
		{"given while Custom lasts", short, parts.Change{Gains: true, On: "can edit until 4 Jan 2027, 13:00 UTC", Was: "was View"}},
		{"given for as long as one’s own", bounded, parts.Change{Gains: true, On: "can edit until 4 Jan 2027, 13:00 UTC, when your own access ends.", Was: "was View"}},
		{"for good", lasting(nil, false), parts.Change{Gains: true, On: "can edit with no end date", Was: "was until 4 Jan 2027, 13:00 UTC"}},
		{"for longer", lasting(&later, false), parts.Change{Gains: true, On: "can edit until 4 Jan 2027, 14:00 UTC", Was: "was until 4 Jan 2027, 13:00 UTC"}},
		{"for longer, as one’s own", lasting(&later, true),
			parts.Change{Gains: true, On: "can edit until 4 Jan 2027, 14:00 UTC, when your own access ends.", Was: "was until 4 Jan 2027, 13:00 UTC"}},
	} {
		p := accessOn()
		p.tab.Changes = []services.AccessChange{c.change}
		c.want.What = "team"
		if got := p.changeLines(); !slices.Equal(got, []parts.Change{c.want}) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	for want, was := range map[parts.Change]services.AccessChange{
		{Gains: true, What: "team", On: "can edit"}:                                                         change(access.LevelCustom, false, true),
		{Gains: true, What: "team", On: "can edit", Was: "View all becomes Custom"}:                         change(access.LevelView, false, true),
		{What: "team", On: "can view"}:                                                                      change(access.LevelCustom, true, false),
		{Gains: true, What: "team", On: "can edit until 4 Jan 2027, 13:00 UTC, when your own access ends."}: bounded,
	} {
		p := accessOn()
		p.tab.Resource, p.tab.Changes = models.Resource{}, []services.AccessChange{was}
		if got := p.changeLines(); !slices.Equal(got, []parts.Change{want}) {
			t.Errorf("of what is being added: %+v, want %+v", got, want)
		}
	}
	p := accessOn()
	p.tab.Changes = []services.AccessChange{lasting(nil, false), change(access.LevelCustom, true, false)}
	if lines := p.changeLines(); lines[0].On != "can only view" || lines[1].On != "can edit with no end date" {
		t.Errorf("what only lasts longer stands before what was chosen: %+v", lines)
	}
	if bar := p.stored(views.Page{}, "/here").SaveBar; bar.Title != "2 changes" {
		t.Errorf("the bar says %q", bar.Title)
	}
}

func TestConflictOfAnAccessTabShowsWhatDiffers(t *testing.T) {
	given, kept := grantee(access.Group, "given", access.LevelView, false), grantee(access.Group, "kept", access.LevelCustom, true)
	given.Edit = true
	p := accessOn()
	end := noon.Add(time.Hour)
	kept.ListedTo = &end
	p.tab.Changes = []services.AccessChange{{AccessRow: given}, {AccessRow: kept, Lasting: true}}
	p.tab.Theirs = []services.AccessRow{grantee(access.Group, "lowered", access.LevelCustom, false), grantee(access.Group, "none", access.LevelNone, false)}
	both := parts.ConflictRow{Label: "kept", Yours: "Edit with no end date", Theirs: "Edit until 4 Jan 2027, 13:00 UTC"}
	theirs := []parts.ConflictRow{{Label: "lowered", Theirs: "View"}, {Label: "none", Theirs: "No access"}}
	got := p.conflict(noon)
	if want := append([]parts.ConflictRow{{Label: "given", Yours: "Edit", Theirs: "View"}, both}, theirs...); !slices.Equal(got.Rows, want) || !got.Merges {
		t.Errorf("made from nobody knows what: %+v, want %+v", got, want)
	}
	p.form.Was = map[string]bool{"group:given": false, "group:kept": true}
	if got, want := p.conflict(noon).Rows, append([]parts.ConflictRow{both}, theirs...); !slices.Equal(got, want) {
		t.Errorf("what they did not touch is %+v, want %+v", got, want)
	}
}

func TestWhyAnAccessTabIsReadOnly(t *testing.T) {
	for want, change := range map[string]func(tab *services.AccessTab){
		"": func(*services.AccessTab) {},
		"To decide who can edit this source, you need Edit on it.": func(tab *services.AccessTab) { tab.Decides = false },
		"You can’t give others what you have through temporary access.": func(tab *services.AccessTab) {
			tab.Decides, tab.Lent = false, true
		},
	} {
		p := accessOn()
		change(&p.tab)
		if got := p.stored(views.Page{}, "/here").ReadOnly; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAnAccessTabWithoutRowsSaysWhy(t *testing.T) {
	for _, c := range []struct {
		name, query string
		rows        []services.AccessRow
		nothing     string
		foot, next  string
	}{
		{name: "rows", rows: []services.AccessRow{grantee(access.Group, "team", access.LevelView, false)}, foot: "Rows 1", next: "a:n 2"},
		{name: "none to see", nothing: "You may not view the access of any group here.", foot: "0 rows on this page", next: "a:n 1"},
		{name: "no match", query: "x", nothing: "No group matches “x”. Clear the filter to see all.", foot: "0 rows on this page", next: "a:n 1"},
	} {
		p := accessOn(c.rows...)
		p.form.Place.Query, p.tab.SeesKeys, p.tab.Next = c.query, false, "n"
		view := p.stored(views.Page{}, "/here")
		if view.Nothing != c.nothing || view.Pager.Range != c.foot || view.Pager.Next != c.next {
			t.Errorf("%s: %q, %+v", c.name, view.Nothing, view.Pager)
		}
	}
}

func TestTallyOfAnAccessTab(t *testing.T) {
	p := accessOn()
	if got := p.tally(); got != nil {
		t.Errorf("who does not see all is told %v", got)
	}
	p.tab.Counts = &models.LevelCounts{Edit: 1, View: 1200}
	want := []views.TallyPart{{Count: "1", Text: "can edit"}, {Count: "1,200", Text: "can view"}}
	if got := p.tally(); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// What other pages of the list chose travels along, with the revisions that the viewer saw first; of who decides nothing, only
// where the list stands.
func TestWhatAnAccessTabCarries(t *testing.T) {
	here, elsewhere := grantee(access.Group, "here", access.LevelView, false), grantee(access.Group, "elsewhere", access.LevelView, false)
	here.Edit, elsewhere.Edit = true, true
	p := accessOn(here)
	p.tab.Changes = []services.AccessChange{{AccessRow: here}, {AccessRow: elsewhere}}
	p.form.Place = formPlace{Page: models.Page{Query: "e", After: "c"}}
	p.form.Revisions = map[string]revision{"group:elsewhere": "3"}
	place := []parts.Hidden{{Name: "at", Value: "a:c"}, {Name: "was.q", Value: "e"}}

	view := p.stored(views.Page{}, "/here")
	if want := append([]parts.Hidden{{Name: "access.group:elsewhere", Value: "edit"}, {Name: "revision.group:elsewhere", Value: "3"},
		{Name: "was.access.group:elsewhere", Value: "view"}}, place...); !slices.Equal(view.Carried, want) {
		t.Errorf("carried %v, want %v", view.Carried, want)
	}
	if want := []parts.Hidden{{Name: "revision", Value: "2"}, {Name: "revision.group:here", Value: "4"}, {Name: "was.access.group:here", Value: "view"}}; !slices.Equal(view.Hidden, want) {
		t.Errorf("made from %v, want %v", view.Hidden, want)
	}
	p.tab.Decides = false
	if view = p.stored(views.Page{}, "/here"); !slices.Equal(view.Carried, place) {
		t.Errorf("who decides nothing carries %v, want %v", view.Carried, place)
	}
}

func TestLockOutInWords(t *testing.T) {
	keep := access.Grantee{Kind: access.Group, ID: 3, Key: "team", Name: "Team"}
	for _, c := range []struct {
		name      string
		lockOut   services.LockOut
		adding    bool
		confirmed bool
		want      views.Lockout
		label     string
	}{
		{"with a group to keep", services.LockOut{Editors: []string{"Administrators", "Editors"}, Keep: keep}, false, false,
			views.Lockout{Text: "None of your groups will be able to edit this source after saving. Members of Administrators and Editors can, and only they can change this back.", Keep: "group:team"},
			"I will lose Edit"},
		{"without names", services.LockOut{}, false, true, views.Lockout{Text: "None of your groups will be able to edit this source after saving."}, "I will lose Edit"},
		{"while adding", services.LockOut{}, true, false, views.Lockout{Text: "None of your groups will be able to edit this source once it is added."}, "I will not be able to edit it"},
	} {
		p := accessOn()
		p.tab.LockOut, p.form.Confirmed = &c.lockOut, c.confirmed
		view := p.stored(views.Page{}, "/here")
		if c.adding {
			p.tab.Resource = models.Resource{}
			view = p.adding(views.Page{}, addition{Action: "/add", Save: "Add source"}, nil)
		}
		c.want.Title = "You are about to lock yourself out."
		box := []parts.Confirmation{{Name: "confirm_lockout", Label: c.label, DescribedBy: "lockout", Checked: c.confirmed}}
		if !reflect.DeepEqual(view.Lockout, &c.want) || !slices.Equal(view.SaveBar.Confirm, box) {
			t.Errorf("%s: %+v, %+v", c.name, view.Lockout, view.SaveBar.Confirm)
		}
	}
}

func TestAccessTabOfWhatIsBeingAdded(t *testing.T) {
	p := accessOn(grantee(access.Group, "team", access.LevelView, false))
	p.tab.Resource, p.tab.SeesKeys = models.Resource{}, false
	typed := []parts.Hidden{{Name: "name", Value: "Web"}}
	p.tab.Gone = []services.FieldError{{Field: "Access", Key: "group:gone", Text: "It is gone."}}
	view := p.adding(views.Page{}, addition{"/add", "/preview", "Add source"}, typed)
	typed = append(typed, parts.Hidden{Name: "was.access.group:team", Value: "view"})
	if row := view.Sections[0].Rows[0]; row.Was != "instead of View" || len(view.Errors) != 1 || view.Errors[0].Text != "It is gone." {
		t.Errorf("the row is %+v, wrong is %+v", row, view.Errors)
	}
	if view.Action != "/add" || view.Preview != "/preview" || view.SaveBar.Save != "Add source" || !view.SaveBar.Always || !slices.Equal(view.Hidden, typed) {
		t.Errorf("drawn as %+v", view)
	}
	if view.Caption != "Who can view or edit the new source" || view.FilterLabel != "Filter groups" {
		t.Errorf("%q, %q", view.Caption, view.FilterLabel)
	}
	stored := accessOn().stored(views.Page{}, "/here")
	if stored.Preview != "/here/preview" || stored.SaveBar.Discard != "/here" || stored.Caption != "Who can view or edit Web" || stored.FilterLabel != "Filter groups and API keys" {
		t.Errorf("of what is there: %+v", stored)
	}
}

func TestFrameOfAnAccessTab(t *testing.T) {
	for _, c := range []struct {
		domain access.DomainKey
		lead   string
		tabs   []string
		access string
	}{
		{"content/sources", "Decide which groups and API keys can view or edit this source.", []string{"Configuration", "Access"}, "/o/acme/resources/content/sources/web/access"},
		{access.GroupsDomain, "Decide which groups and API keys can view or edit this group.", []string{"Configuration", "Members", "Privileges", "Access", "People"}, "/o/acme/groups/web/access"},
		{access.APIKeysDomain, "Decide which groups can view or edit this API key.", []string{"Configuration", "Privileges", "Access"}, "/o/acme/api-keys/web/access"},
	} {
		p := accessOn()
		p.tab.Members = 1200
		p.tab.Domain, p.tab.SeesKeys = catalog.Domain(c.domain), c.domain != access.APIKeysDomain
		where := accessPlace(lead(), p.tab)
		var labels []string
		for _, tab := range where.Tabs {
			labels = append(labels, tab.Label)
			if tab.Current != (tab.Label == "Access") || (tab.Label == "Members") != (tab.Count == words.Roughly(1200)) {
				t.Errorf("%s: the tab %+v", c.domain, tab)
			}
		}
		own := where.Tabs[slices.Index(c.tabs, "Access")]
		if explain := where.Actions[0]; explain.Label != "Explain access" || explain.Href != site("/o/acme").why(c.domain, "web") {
			t.Errorf("%s leads to %+v", c.domain, explain)
		}
		if where.Lead != c.lead || !slices.Equal(labels, c.tabs) || own.Href != c.access || where.Title != "Web" || where.Thing != 7 {
			t.Errorf("%s: %+v", c.domain, where)
		}
	}
}

func TestAnAccessTabIsNarrowedByLevel(t *testing.T) {
	p := accessOn()
	if show := p.show(); len(show) != 5 || show[0].Count != "" || !show[0].Checked {
		t.Errorf("who does not see all is told %+v", show)
	}
	p.tab.Stored = &models.LevelCounts{Edit: 11, View: 31, None: 24, Custom: 9}
	p.form = placeOfAccess(url.Values{views.AccessShow: {"edit"}})
	got := ""
	for _, s := range p.show() {
		got += s.Label + " " + s.Count + ", "
		if s.Checked != (s.Value == "edit") {
			t.Errorf("%s is chosen: %t", s.Label, s.Checked)
		}
	}
	if got != "All 66, Granted 42, Edit 11, View 31, Custom 9, " {
		t.Errorf("shown is %s", got)
	}
	if draft := p.form.draft(); draft.Show != models.AccessEdit || p.form.address().Encode() != "shown=edit" {
		t.Errorf("asked for %+v at %s", draft, p.form.address().Encode())
	}
	if carried := p.form.Place.hidden(); !slices.Contains(carried, parts.Hidden{Name: "was.shown", Value: "edit"}) {
		t.Errorf("carried is %+v", carried)
	}
	if unknown := placeOfAccess(url.Values{views.AccessShow: {"owner"}}).draft(); unknown.Show != "" {
		t.Errorf("an unknown one shows %q", unknown.Show)
	}
	if text := p.nothing(); text != "No group or API key has this. Show all to see what others have." {
		t.Errorf("with none: %s", text)
	}
	p.form = placeOfAccess(url.Values{views.AccessOrder: {"level"}})
	if order := p.order(); !p.form.draft().ByLevel || p.form.address().Encode() != "order=level" || len(order) != 2 || !order[1].Selected {
		t.Errorf("sorted by level: %+v at %s, offered %+v", p.form.draft(), p.form.address().Encode(), order)
	}
}
