package e2e

import (
	"testing"

	"github.com/playwright-community/playwright-go"
)

// Somebody sees a row that they can't edit, asks why, asks about another one, and sends the address to the administrator,
// who reads the same, asks about a group and gives what is missing. It is walked through with JavaScript, without, and by
// keyboard alone.
func TestSomebodyAsksWhyAndTheAdministratorSeesWhatWouldDo(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{
		"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}, "by keyboard alone": {byKeyboard: true},
		"on a phone": {width: mobileWidth, dark: true},
	}, explainAccess)
}

func explainAccess(t *testing.T, options tabOptions) {
	c := newConsole(t, "atlassian.yaml")
	asks, admin := c.enter(atlassianAdministrator, options), c.enter(administrator, options)
	asks.open(c.path("/resources/content/sources"))
	asks.selectRow("Web")
	asks.follow(asks.action("Why these actions?"))
	asks.readsVerdict("No, Atlassian Administrator can’t edit Web")
	asks.reads("Atlassian Administrators:Custom on Content / Sources, but Web is not in its editor list")
	asks.looksFor("Jira Software Cloud")
	asks.readsVerdict("Yes, Atlassian Administrator can edit Jira Software Cloud")
	asks.readsChain("Atlassian Administrator", "Atlassian Administrators", "Custom on Content / Sources", "Edit on Jira Software Cloud")

	admin.open(asks.URL()) // the address that somebody sent
	admin.readsVerdict("Yes, Atlassian Administrator can edit Jira Software Cloud")
	admin.looksFor("Web")
	admin.reads("Adding Web to the editor list of Atlassian Administrators.")
	admin.choose(admin.list("Who"), "Website Developers")
	admin.follow(admin.button("Explain"))
	admin.readsVerdict("No, Website Developers can’t edit Web")
	admin.reads("Giving Website Developers Custom on Content / Sources, with Web in its editor list, in place of View all.")
	admin.choose(admin.list("May they"), "View")
	admin.follow(admin.button("Explain"))
	admin.readsVerdict("Yes, Website Developers can view Web")
}

// The page of a refusal leads to its explanation.
func TestARefusalIsExplained(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	asks := c.enter(marketingCoordinator, tabOptions{})
	asks.open(c.path("/groups"))
	asks.follow(asks.link("Explain access"))
	asks.readsVerdict("No, Marketing Coordinator can’t view all groups")
	asks.reads("Giving Marketing Coordinators View all on Organization / Groups, in place of None.")
	asks.follow(asks.link("Ask again"))
	asks.readsVerdict("No, Marketing Coordinator can’t view all groups")
}

// looksFor names a resource in the question and asks.
func (p *tab) looksFor(resource string) {
	p.t.Helper()
	p.write(p.field("Resource"), resource)
	p.follow(p.button("Explain"))
}

func (p *tab) readsVerdict(verdict string) {
	p.t.Helper()
	p.sees(p.heading("Explain access"))
	p.sees(p.GetByRole("heading", playwright.PageGetByRoleOptions{Name: verdict, Exact: playwright.Bool(true), Level: playwright.Int(2)}))
}

// reads holds that a sentence stands in a list of the page.
func (p *tab) reads(sentence string) {
	p.t.Helper()
	p.sees(p.GetByRole("listitem").Filter(playwright.LocatorFilterOptions{HasText: sentence}))
}

// readsChain holds what leads from who to what.
func (p *tab) readsChain(steps ...string) {
	p.t.Helper()
	because := p.GetByRole("region", playwright.PageGetByRoleOptions{Name: "Because"})
	must(p.t, p.expect.Locator(because.GetByRole("listitem").Locator("strong")).ToHaveText(steps))
}
