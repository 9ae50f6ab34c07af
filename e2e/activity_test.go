package e2e

import (
	"regexp"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// A question of every day: who gave whom what, and who tried in vain? The clock leads there from the page in question.
func TestClockTellsWhoGaveWhomWhat(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{
		"by pointer": {}, "without JavaScript": {withoutJavaScript: true}, "by keyboard alone": {byKeyboard: true},
	}, readActivities)
}

func readActivities(t *testing.T, options tabOptions) {
	c := newConsole(t, "atlassian.yaml")
	admin, coordinator := c.enter(administrator, options), c.enter(marketingCoordinator, options)
	admin.open(c.path("/resources/content/sources/web/access"))
	admin.choose(admin.list("Access level of Administrator Interns"), "Edit")
	admin.follow(admin.button("Save"))
	admin.seesStatus("Saved: ")
	admin.follow(admin.link("Activities of Web"))
	admin.sees(admin.heading("Activities of Web"))
	admin.opensEvent("Administrator (administrator@example.com) gave Administrator Interns Edit on Web")
	admin.readsChange("Administrator Interns", "View", "Edit")

	// The coordinator may only view Exchange: the bar holds View alone, and the page behind it leads on.
	coordinator.goTo("Sources")
	coordinator.selectRow("Exchange")
	coordinator.follow(coordinator.action("View"))
	coordinator.follow(coordinator.link("Activity"))
	coordinator.sees(coordinator.heading("Activities of Exchange"))
	coordinator.seesText("Operator added the source Exchange")
	coordinator.goTo("Activities")
	coordinator.seesText("It includes activities of pages that you can’t open.")
	coordinator.write(coordinator.field("Who: type a name or email"), administrator)
	coordinator.follow(coordinator.button("Apply filter"))
	coordinator.opensEvent("Administrator (administrator@example.com) changed the privileges of Administrator Interns")
	coordinator.readsChange("Content / Sources / Web", "View", "Edit")
	coordinator.seesNot(coordinator.event("Operator added the source Exchange"))
	coordinator.follow(coordinator.link("Clear filter"))
	coordinator.follow(coordinator.Locator(".event-rest a").First()) // what the operator's file did is one line
	coordinator.sees(coordinator.heading("Activities of one change"))
	coordinator.sees(coordinator.event("Operator added the source Exchange"))
}

// event is the line of something that happened.
func (p *tab) event(sentence string) playwright.Locator {
	return p.Locator("summary", playwright.PageLocatorOptions{HasText: sentence})
}

// opensEvent opens such a line.
func (p *tab) opensEvent(sentence string) {
	p.t.Helper()
	p.press(p.event(sentence))
}

// readsChange holds that the open event says so in its table.
func (p *tab) readsChange(what, before, after string) {
	p.t.Helper()
	row := p.GetByRole("row").Filter(playwright.LocatorFilterOptions{Visible: playwright.Bool(true), Has: p.named("rowheader", what)})
	must(p.t, p.expect.Locator(row.GetByRole("cell")).ToHaveText([]string{before, after}))
}

// Moments are written in UTC. Somebody in another zone reads theirs beside it, and is told what time it is where an end is over.
func TestMomentsAreSaidInTheReadersOwnZoneToo(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "twitter.yaml")
	reader := c.enter(administrator, tabOptions{zone: "Asia/Kolkata"})
	reader.goTo("Activities")
	reader.write(reader.field("Search activities"), "added youtube")
	reader.follow(reader.button("Apply filter"))
	reader.opensEvent("Operator added the source YouTube")
	reader.sees(reader.Locator("details[open] time").GetByText(regexp.MustCompile(`\d\d:\d\d:\d\d UTC \((\d+ \w+, )?\d\d:\d\d for you\)$`)).First())
	reader.goTo("Members")
	reader.selectRow("Social Media Sources Manager")
	reader.follow(reader.action("Edit"))
	must(t, reader.field("Until, for Users").Fill("2020-01-01T10:00"))
	reader.press(reader.Locator("h1")) // the preview follows when the field is left
	reader.sees(reader.GetByText(regexp.MustCompile(`in the future\. It is \d+ \w+ \d{4}, \d\d:\d\d UTC now\.`)).First())
}
