package views_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

// sampleSources stands at Custom, as it was stored; Jira was set to Edit since.
func sampleSources() views.PrivilegeDomain {
	return views.PrivilegeDomain{
		Key: "content/sources", ID: "d-content-sources", Name: "Sources", Was: "Custom",
		Level: "custom", LevelWord: "Custom", Allows: "edit only the listed sources",
		Choices: []views.LevelChoice{
			{Value: "none", Label: "None", Allows: "no access"},
			{Value: "view", Label: "View all", Allows: "read sources"},
			{Value: "custom", Label: "Custom", Allows: "edit only the listed sources", Checked: true, Stored: true},
			{Value: "edit", Label: "Edit all", Allows: "change and delete sources", Locked: "Edit all is more than your own Custom on Sources."},
		},
		Note:   "Edit all is more than your own Custom on Sources.",
		Create: views.CreateChoice{Offered: true, Included: true, Checked: true},
		Custom: &views.EditorList{
			Count: "2 of 120", Of: "sources can be edited", Noun: "sources", Query: "a",
			Before: ", 1 before", SetAll: "Set all 120 to", Found: parts.Words{{Text: "8", Strong: true}, {Text: " of 120 match “a”"}},
			Show: []parts.Segment{{Label: "All", Count: "120", Checked: true, ID: "shown-d-content-sources-any"},
				{Value: "can-edit", Label: "Edit only", Count: "2", ID: "shown-d-content-sources-can-edit"}},
			Types: []parts.Option{{Label: "Any type"}, {Value: "jira", Label: "jira"}},
			Rows: []views.EditorRow{
				{Key: "confluence", Name: "Confluence Cloud", Marked: parts.Words{{Text: "Confluence Cloud"}}, Icon: "book-open", Edit: true, StoredEdit: true},
				{Key: "jira", Name: "Jira Software Cloud", Marked: parts.Words{{Text: "Jir"}, {Text: "a", Marked: true}, {Text: " Software Cloud"}}, Icon: "square-kanban", Edit: true},
				{Key: "web", Name: "Web", Marked: parts.Words{{Text: "Web"}}, Icon: "globe", Locked: "You can only view it yourself."},
			},
			Carried: []parts.Hidden{{Name: "carry.content/sources", Value: "twitter=edit"}}, Changed: true,
			Pager: parts.FormPager{Name: "page.content/sources", Of: "sources", Range: "51 to 53 of 120", Previous: "c1", Next: "c2"},
		},
	}
}

func sampleFields() views.PrivilegeDomain {
	return views.PrivilegeDomain{
		Key: "content/fields", ID: "d-content-fields", Name: "Fields", Was: "View",
		Level: "edit", LevelWord: "Edit", Allows: "add, change and delete fields",
		Choices: []views.LevelChoice{
			{Value: "none", Label: "None", Allows: "no access"},
			{Value: "view", Label: "View", Allows: "list fields", Stored: true},
			{Value: "edit", Label: "Edit", Allows: "add, change and delete fields", Checked: true},
		},
		Create: views.CreateChoice{Included: true},
		Error:  "Edit on Fields is more than you hold.",
	}
}

func sampleGroupsDomain() views.PrivilegeDomain {
	return views.PrivilegeDomain{
		Key: "organization/groups", ID: "d-organization-groups", Name: "Groups", Sensitive: true, Was: "None",
		Level: "none", LevelWord: "None", Allows: "no access", Hidden: true,
		Choices: []views.LevelChoice{
			{Value: "none", Label: "None", Allows: "no access", Checked: true, Stored: true},
			{Value: "custom", Label: "Custom", Allows: "edit only the listed groups"},
		},
		Custom: &views.EditorList{Noun: "groups", Closed: true},
	}
}

func sampleSaveBar() parts.SaveBar {
	return parts.SaveBar{
		Title: "4 changes", Scope: "for 6 members and 1 API key", Discard: "/o/example/groups/atlassian/privileges",
		Warnings: []parts.Notice{{ID: "minimum", Tone: "warning", Title: "The console closes.", Text: "Without View on Organization members can’t open it."}},
		Changes: []parts.Change{
			{Gains: true, What: "Edit", On: "on Fields", Was: "was View"},
			{Gains: true, What: "Edit", On: "on Jira Software Cloud in Sources"},
			{What: "View", On: "on Organization"},
		},
		Folded: []parts.Change{{What: "View", On: "on Activities"}}, More: "and 1 more",
		Confirm: []parts.Confirmation{{Name: "confirm_minimum", Label: "Members lose the console", DescribedBy: "minimum"}},
	}
}

func samplePrivileges() views.PrivilegesTab {
	return views.PrivilegesTab{
		Page:    samplePage("Atlassian Administrators"),
		Action:  "/o/example/groups/atlassian/privileges",
		Preview: "/o/example/groups/atlassian/privileges/preview",
		Hidden:  []parts.Hidden{{Name: "revision", Value: "7"}},
		Advice:  "Give the least that suffices.",
		Show: []views.ShowChoice{
			{Value: "all", Label: "All 3", Checked: true}, {Value: "granted", Label: "Granted 2"}, {Value: "changed", Label: "Changed 2"},
		},
		Reach: sampleReach(4), Tally: "2 of 3 domains",
		Preset: views.PresetMenu{Label: "Users", Presets: []views.Preset{
			{Key: "full-access", Name: "Full access", Note: "3 domains"}, {Key: "users", Name: "Users", Note: "2 domains", Current: true},
		}},
		Services: []views.PrivilegeService{
			{ID: "content", Name: "Content", Granted: "2 of 2 granted", Unsaved: "2 unsaved", Domains: []views.PrivilegeDomain{sampleFields(), sampleSources()}},
			{ID: "organization", Name: "Organization", Granted: "0 of 1 granted", Domains: []views.PrivilegeDomain{sampleGroupsDomain()}, Hidden: true},
		},
		SaveBar: sampleSaveBar(),
	}
}

func viewOnlyPrivileges() views.PrivilegesTab {
	tab := samplePrivileges()
	tab.ReadOnly = "Changing privileges needs Edit on this group."
	return tab
}

func TestEachDomainOffersItsLevelsAsRadios(t *testing.T) {
	doc := tabDocument(t, samplePrivileges().Component())
	choice := one(t, doc, "#d-content-sources > fieldset")
	wantWords(t, choice.Find("legend"), "Access level on Sources")
	wantPhrases(t, choice.Find("label"), "None View all Custom Edit all")
	if n := choice.Find("input[type=radio][name='level.content/sources']").Length(); n != 4 {
		t.Errorf("%d radios, want 4", n)
	}
	wantAttr(t, choice.Find("[checked]"), "value", "custom")
	wantAttr(t, one(t, doc, "form input[name=revision]"), "value", "7")
}

func TestLockedLevelIsDisabledAndSaysWhy(t *testing.T) {
	doc := tabDocument(t, samplePrivileges().Component())
	locked := one(t, doc, "#d-content-sources > fieldset [value=edit]")
	if _, ok := locked.Attr("disabled"); !ok {
		t.Error("Edit all can be chosen")
	}
	const why = "Edit all is more than your own Custom on Sources."
	wantAttr(t, locked.Parent(), "title", why)
	wantWords(t, doc.Find("#d-content-sources .domain-note"), why)
}

// A level above the viewer's own that stands already may be kept (R7): disabled, the browser would not send it.
func TestLockedLevelThatStandsIsStillSent(t *testing.T) {
	tab := samplePrivileges()
	choice := &tab.Services[0].Domains[0].Choices[2]
	choice.Locked = "Edit is more than your own View on Fields."
	standing := one(t, tabDocument(t, tab.Component()), "#d-content-fields [value=edit]")
	if _, ok := standing.Attr("disabled"); ok {
		t.Error("the level that stands is disabled")
	}
}

func TestEveryLevelSaysWhatItAllows(t *testing.T) {
	doc := tabDocument(t, samplePrivileges().Component())
	wantPhrases(t, doc.Find("#d-content-fields .allows"), "None: no access View: list fields Edit: add, change and delete fields")
	wantWords(t, doc.Find("#d-content-fields .levels-all summary"), "What each level allows on Fields")
}

func TestCanCreateIsABoxOnlyWhereItIsADecision(t *testing.T) {
	doc := tabDocument(t, samplePrivileges().Component())
	box := one(t, doc, "input[name='create.content/sources']")
	if _, ok := box.Attr("checked"); !ok {
		t.Error("Can create is not ticked on Sources")
	}
	wantAttr(t, box, "data-stored", "off")
	if doc.Find("input[name='create.content/fields']").Length() != 0 {
		t.Error("Fields has a box, although Edit includes creation")
	}
	wantWords(t, doc.Find("#d-content-fields .create-included"), "Can create")
}

func TestErrorStandsAtItsDomain(t *testing.T) {
	doc := tabDocument(t, samplePrivileges().Component())
	wantWords(t, doc.Find("#d-content-fields .error"), "Edit on Fields is more than you hold.")
	wantAttr(t, one(t, doc, "#d-content-fields > fieldset"), "aria-describedby", "d-content-fields-error")
}

func TestUndoNamesItsDomainAndComesBackToIt(t *testing.T) {
	undo := one(t, tabDocument(t, samplePrivileges().Component()), "#d-content-fields [name=undo]")
	wantAttr(t, undo, "value", "content/fields")
	wantAttr(t, undo, "formaction", "/o/example/groups/atlassian/privileges#d-content-fields")
	wantWords(t, undo, "Undo the change on Fields")
	wantWords(t, undo.Parent().Find("span").First(), "was View")
}

func TestSensitiveDomainIsMarked(t *testing.T) {
	doc := tabDocument(t, samplePrivileges().Component())
	wantWords(t, doc.Find("#d-organization-groups .chip"), "Sensitive")
	if doc.Find("#d-content-fields .chip").Length() != 0 {
		t.Error("Fields is marked as sensitive")
	}
}

func TestDomainLeftOutByTheFilterIsStillSent(t *testing.T) {
	row := one(t, tabDocument(t, samplePrivileges().Component()), "#d-organization-groups")
	if _, ok := row.Attr("hidden"); !ok {
		t.Error("the domain is shown")
	}
	wantAttr(t, row.Find("[name='level.organization/groups'][checked]"), "value", "none")
}

func TestPresetMenuReadsThePresetThatMatches(t *testing.T) {
	doc := tabDocument(t, samplePrivileges().Component())
	wantWords(t, one(t, doc, "#preset"), "Users")
	wantWords(t, doc.Find("button[name=preset][value=users]"), "Users 2 domains matches now")
	wantWords(t, doc.Find("button[name=preset][value=full-access]"), "Full access 3 domains")
}

func TestServiceCountsWhatIsUnsaved(t *testing.T) {
	doc := tabDocument(t, samplePrivileges().Component())
	wantWords(t, one(t, doc, "section[aria-labelledby=s-content] h2"), "Content")
	wantWords(t, one(t, doc, "#granted-content"), "2 of 2 granted")
	wantWords(t, one(t, doc, "#unsaved-content"), "2 unsaved")
}

func TestViewOnlyPrivilegesHaveNothingToChange(t *testing.T) {
	doc := tabDocument(t, viewOnlyPrivileges().Component())
	if n := doc.Find("main form[method=post], main [name^='level.'], main [name^='create.'], main [name^='edit.'], main [name=preset], #savebar").Length(); n != 0 {
		t.Errorf("%d controls could change something", n)
	}
	wantWords(t, one(t, doc, "main [role=note]"), "View only. Changing privileges needs Edit on this group.")
	wantWords(t, doc.Find("#d-content-sources .domain-level"), "Custom")
	wantWords(t, doc.Find("#d-content-sources .editor-list li").First(), "Confluence Cloud Edit")
}

func TestPreviewBringsEveryCountUpToDate(t *testing.T) {
	tab := samplePrivileges()
	page, fragment := tabDocument(t, tab.Component()), tabDocument(t, tab.Fragment())
	one(t, fragment, "#savebar")
	replaced := fragment.Find("[hx-swap-oob]")
	want := []string{"reach", "tally", "preset", "show-all", "show-granted", "show-changed", "granted-content", "unsaved-content", "edits-d-content-sources", "edited-d-content-sources", "shown-d-content-sources-any", "shown-d-content-sources-can-edit", "granted-organization", "unsaved-organization"}
	if replaced.Length() != len(want) {
		t.Errorf("the preview replaces %d places, want %d", replaced.Length(), len(want))
	}
	for _, id := range want {
		if got, shown := words(one(t, fragment, "#"+id)), words(one(t, page, "#"+id)); got != shown {
			t.Errorf("%s reads %q in the preview, %q on the page", id, got, shown)
		}
	}
}

func TestAddingAGranteeKeepsItsName(t *testing.T) {
	tab := samplePrivileges()
	tab.Name = &parts.Field{ID: "name", Name: "name", Label: "Name", Value: "Source reviewers"}
	tab.SaveBar = parts.SaveBar{Always: true, Save: "Add Group"}
	doc := tabDocument(t, tab.Component())
	wantAttr(t, one(t, doc, "#"+parts.TabForm+" input[name=name]"), "value", "Source reviewers")
	wantWords(t, one(t, doc, "#savebar .btn-primary"), "Add Group")
}

// PRODUCT section 6: such a page stays under 30 KB compressed. Eight of the 59 domains open their list here.
func TestPrivilegesOfALargeCatalogueStayUnder30KB(t *testing.T) {
	tab := samplePrivileges()
	tab.Services = nil
	for s := range 8 {
		service := views.PrivilegeService{ID: fmt.Sprintf("s%d", s), Name: fmt.Sprintf("Service %d", s)}
		open := sampleSources()
		open.ID = fmt.Sprintf("d-s%d-sources", s)
		open.Custom.Rows = nil
		for r := range 50 {
			key := fmt.Sprintf("%x", (r+1)*(s+7)*2654435761)
			open.Custom.Rows = append(open.Custom.Rows, views.EditorRow{Key: key, Name: "Source " + key, Icon: "database"})
		}
		service.Domains = append(service.Domains, open)
		for d := range 7 {
			domain := sampleFields()
			domain.Key, domain.ID = fmt.Sprintf("s%d/d%d", s, d), fmt.Sprintf("d-s%d-d%d", s, d)
			service.Domains = append(service.Domains, domain)
		}
		tab.Services = append(tab.Services, service)
	}
	if size := compressed(t, tab); size > 30<<10 {
		t.Errorf("%d bytes compressed, want at most 30 KB", size)
	}
}

func compressed(t *testing.T, tab views.PrivilegesTab) int {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := tab.Component().Render(t.Context(), z); err != nil {
		t.Fatalf("render: %v", err)
	}
	if err := z.Close(); err != nil {
		t.Fatalf("compress: %v", err)
	}
	return b.Len()
}
