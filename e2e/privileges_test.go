package e2e

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// opensPrivileges opens the Privileges tab of a group by its key.
func (p *tab) opensPrivileges(c *console, group string) {
	p.t.Helper()
	p.open(c.path("/groups/" + group + "/privileges"))
}

func TestPrivilegesTabSaysWhatSavingWouldChange(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, largeOrganization(t))
	admin := c.enter(administrator, tabOptions{})
	admin.opensPrivileges(c, "team-001")
	admin.pick(admin.level("Fields", "Edit"))
	admin.sees(admin.saveBar().GetByText("1 change"))
	admin.sees(admin.saveBar().GetByText("for 120 members"))
	admin.seesChange("gains", "Edit on Content / Fields")
	admin.seesText("1 unsaved")
	admin.pick(admin.level("Delete user data", "Allowed"))
	admin.sees(admin.saveBar().GetByText("Sensitive: Analytics / Delete user data."))
	admin.pick(admin.level("Organization", "None"))
	admin.sees(admin.saveBar().GetByText("No access to the console."))
	admin.seesChange("loses", "View on Organization / Organization")
	admin.axe()

	admin.follow(admin.button("Undo the change on Organization"))
	admin.seesLevel("Organization", "View")
	admin.seesLevel("Fields", "Edit")
	admin.sees(admin.saveBar().GetByText("2 changes"))
	admin.follow(admin.link("Discard"))
	admin.seesLevel("Fields", "None")
	admin.seesLevel("Delete user data", "None")
}

// seesChange holds that the save bar has a line that says so.
func (p *tab) seesChange(op, what string) {
	p.t.Helper()
	p.sees(p.saveBar().GetByRole("listitem").Filter(hasText(op)).Filter(hasText(what)))
}

// preset is an entry of the Preset menu.
func (p *tab) preset(name string) playwright.Locator {
	return p.GetByRole("button", playwright.PageGetByRoleOptions{Name: regexp.MustCompile("^" + name + ` \d+ domains`)})
}

func TestPresetReplacesLevelsAndDomainsAreFiltered(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "duplicating.yaml")
	admin := c.enter(administrator, tabOptions{})
	admin.opensPrivileges(c, "query-testers")
	admin.press(admin.menu("Preset"))
	admin.axe()
	admin.follow(admin.preset("Content managers"))
	admin.seesLevel("Security identities", "Edit")
	admin.seesLevel("Sources", "Edit all")
	admin.write(admin.named("searchbox", "Filter domains"), "idéntit SEC")
	filtered := func() {
		t.Helper()
		admin.sees(admin.named("group", "Access level on Security identities"))
		must(t, admin.expect.Locator(admin.GetByText("Named filters", playwright.PageGetByTextOptions{Exact: playwright.Bool(true)})).ToBeHidden())
		must(t, admin.expect.Page(admin).ToHaveURL(regexp.MustCompile(`q=id%C3%A9ntit\+SEC&show=granted$`)))
	}
	admin.pick(admin.GetByRole("radio", playwright.PageGetByRoleOptions{Name: regexp.MustCompile(`^Granted \d+$`)}))
	filtered()
	admin.follow(admin.button("Save"))
	admin.seesStatus("Saved: ")
	admin.seesLevel("Security identities", "Edit")
	filtered() // what the tab shows stands in its address, and survives saving
}

func TestLimitedEditorIsToldWhatTheyCannotGive(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "duplicating.yaml")
	coordinator := c.enter(accessCoordinator, tabOptions{})
	coordinator.opensPrivileges(c, "report-readers")
	must(t, coordinator.expect.Locator(coordinator.level("Sources", "View all")).ToBeDisabled())
	must(t, coordinator.expect.Locator(coordinator.level("Activities", "Edit")).ToBeDisabled())
	must(t, coordinator.expect.Locator(coordinator.level("Groups", "Edit all")).ToBeEnabled())
	coordinator.seesText("You hold nothing here, so you can’t give it.")
	coordinator.seesText("You hold View here, so you can’t give more.")
	coordinator.press(coordinator.menu("Preset"))
	coordinator.follow(coordinator.preset("Content managers"))
	coordinator.seesText("You can’t give more than you hold yourself, so the preset was lowered on")
	coordinator.seesLevel("Sources", "None")
	coordinator.seesLevel("Organization", "View")
}

// Three of 120 sources are on the list. One of the first page, ten that are set together, and the one that is searched make 15.
func TestUnsavedChoicesTravelThroughALongList(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}}, chooseInLongList)
}

func chooseInLongList(t *testing.T, options tabOptions) {
	c := serveFile(t, sqliteDatabase, largeOrganization(t))
	admin := c.enter(administrator, options)
	admin.opensPrivileges(c, "source-managers")
	admin.seesText("3 of 120")
	admin.pick(admin.level("Source 010", "Edit"))
	admin.follow(admin.button("Next sources"))
	admin.seesLevel("Source 051", "View")
	admin.findsInList("sources", "source 05")
	admin.seesText("10 of 120 match “source 05”")
	admin.follow(admin.button("Edit for all sources found"))
	admin.seesLevel("Source 051", "Edit")
	admin.findsInList("sources", "Source 120")
	admin.pick(admin.level("Source 120", "Edit"))
	admin.follow(admin.button("Save"))
	admin.seesStatus("Saved: ")
	admin.seesText("15 of 120")
	admin.findsInList("sources", "source 01")
	admin.seesLevel("Source 010", "Edit")
	admin.seesLevel("Source 011", "View")
	admin.findsInList("sources", "")
	admin.sortsList("sources", "Edit first")
	admin.seesLevel("Source 120", "Edit") // by name it is on the third page
	admin.follow(admin.button("Next sources"))
	admin.seesLevel("Source 070", "View")
	admin.follow(admin.button("Previous sources"))
	admin.seesLevel("Source 120", "Edit")
}

// sortsList chooses the order of a list of a form.
func (p *tab) sortsList(things, order string) {
	p.t.Helper()
	choose := func() { p.choose(p.list("Order of "+things), order) }
	if p.withoutJavaScript {
		choose()
		p.follow(p.button("Find " + things))
		return
	}
	p.redraws(choose)
}

// findsInList looks for something in a list of a form: while typing, or by the button where there is no script.
func (p *tab) findsInList(things, text string) {
	p.t.Helper()
	box := p.named("searchbox", "Find "+things)
	if p.withoutJavaScript {
		p.write(box, text)
		p.follow(p.button("Find " + things))
		return
	}
	p.redraws(func() { p.write(box, text) })
	must(p.t, p.expect.Locator(box).ToBeFocused())
}

// Twelve of 400 sources are given with Custom in at most 16 clicks, one by one, and what is given is then shown by itself.
func TestCustomOnTwelveOf400SourcesTakesFewClicks(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, largeOrganization(t, 280))
	admin := c.enter(administrator, tabOptions{})
	admin.opensPrivileges(c, "query-runners")
	admin.clicks = 0
	admin.pick(admin.level("Sources", "Custom"))
	admin.follow(admin.button("Choose sources"))
	admin.findsInList("sources", "source 3")
	admin.seesText("100 of 400 match “source 3”")
	for _, name := range strings.Fields("300 302 304 306 308 310 312 314 316 318 320 322") {
		admin.pick(admin.level("Source "+name, "Edit"))
	}
	admin.sees(admin.saveBar().GetByText("13 changes")) // Custom itself among them
	admin.follow(admin.button("Save"))
	admin.seesStatus("Saved: ")
	admin.within(16)
	admin.redraws(func() { admin.pick(admin.named("radio", "Edit only 12")) })
	admin.seesLevel("Source 322", "Edit")
	admin.axe()
	admin.Reload() //nolint:errcheck // what is shown is looked at next
	admin.seesText("12 with Edit")
}

// Searching and paging leave no POST in the history, with or without unsaved choices.
func TestBackAfterSearchingInAFormShowsTheFormAgain(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, largeOrganization(t))
	admin := c.enter(administrator, tabOptions{})
	admin.OnDialog(func(asks playwright.Dialog) { must(t, asks.Accept()) })
	awayAndBack := func() {
		admin.goTo("Members")
		_, err := admin.GoBack()
		must(t, err)
	}
	admin.opensPrivileges(c, "source-managers")
	admin.pick(admin.level("Source 010", "Edit"))
	admin.findsInList("sources", "source 05")
	admin.pick(admin.level("Source 055", "Edit"))
	admin.findsInList("sources", "source 00")
	awayAndBack()
	admin.seesText("9 of 120 match “source 00”")

	admin.open(c.path("/resources/content/sources/source-001/access"))
	admin.choose(admin.list("Access level of Team 001"), "Edit")
	admin.follow(admin.button("Next groups and API keys"))
	awayAndBack()
	admin.sees(admin.button("Previous groups and API keys"))

	admin.open(c.path("/members/4/groups"))
	admin.redraws(func() { admin.write(admin.named("searchbox", "Filter groups"), "team 00") })
	admin.tick(admin.named("checkbox", "Team 002"))
	admin.redraws(func() { admin.write(admin.named("searchbox", "Filter groups"), "team 11") })
	awayAndBack()
	admin.sees(admin.named("checkbox", "Team 111"))
}

// Two people open the same form; the second to save sees what the first changed, and neither loses anything.
func TestSaveOverANewerChangeShowsBothVersions(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "duplicating.yaml")
	admin, coordinator := c.enter(administrator, tabOptions{}), c.enter(accessCoordinator, tabOptions{})
	admin.opensPrivileges(c, "report-readers")
	coordinator.opensPrivileges(c, "report-readers")
	coordinator.pick(coordinator.level("Groups", "View all"))
	coordinator.follow(coordinator.button("Save"))
	coordinator.seesStatus("Saved: ")

	admin.pick(admin.level("Reports", "View"))
	refused, err := admin.ExpectResponse(regexp.MustCompile("/privileges$"), func() error { return admin.pressing(admin.button("See both")) }) // the bar has noticed
	must(t, err)
	if refused.Status() != http.StatusConflict {
		t.Errorf("the second save is answered with %d instead of 409", refused.Status())
	}
	admin.sees(admin.GetByRole("alert").GetByText("Access Coordinator (access.coordinator@example.com) saved a change"))
	admin.sees(admin.named("row", "Organization / Groups Not changed View all"))
	admin.seesLevel("Reports", "View")
	admin.axe()
	admin.follow(admin.button("Save"))
	admin.seesStatus("Saved: ")
	admin.seesLevel("Reports", "View")
	admin.seesLevel("Groups", "View all")
}

func TestNameTypedOverANewerOneIsKept(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	first, second := c.enter(administrator, tabOptions{}), c.enter(atlassianAdministrator, tabOptions{})
	for _, person := range []*tab{first, second} {
		person.open(c.path("/resources/content/sources/jira"))
	}
	second.write(second.field("Name"), "Jira")
	second.follow(second.button("Save"))
	second.sees(second.thing("Source", "Jira"))
	first.write(first.field("Name"), "Issues")
	first.follow(first.button("Save"))
	first.sees(first.named("row", "Name Issues Jira"))
	must(t, first.expect.Locator(first.field("Name")).ToHaveValue("Issues"))
	first.follow(first.button("Save"))
	first.sees(first.thing("Source", "Issues"))
}
