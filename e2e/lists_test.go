package e2e

import (
	"regexp"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"
)

func TestListIsPagedSortedAndFilteredByItsAddress(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, largeOrganization(t))
	manager := c.enter(sourceManager, tabOptions{})
	manager.goTo("Sources")
	manager.seesText("You can edit 3 of these 120 sources.")
	manager.seesRows(50, "Source 001")
	manager.follow(manager.link("Next"))
	manager.seesRows(50, "Source 051")
	manager.seesText("51–100 of 120 sources")
	manager.follow(manager.link("Next"))
	manager.seesRows(20, "Source 101")
	manager.seesText("101–120 of 120 sources")
	manager.walksToTheBarAndPast()
	_, err := manager.Reload()
	must(t, err)
	manager.seesRows(20, "Source 101") // the page stands in the address
	manager.follow(manager.link("First"))
	manager.follow(manager.link("Name"))
	manager.seesRows(50, "Source 120")
	must(t, manager.expect.Locator(manager.named("columnheader", "Name")).ToHaveAttribute("aria-sort", "descending"))
	manager.choose(manager.list("Access"), "I can edit")
	manager.seesRows(3, "Source 003")
	manager.write(manager.named("searchbox", "Filter sources"), "Source 002")
	must(t, manager.expect.Page(manager).ToHaveURL(regexp.MustCompile(`q=Source\+002`)))
	manager.seesRows(1, "Source 002")
	manager.write(manager.named("searchbox", "Filter sources"), "003 SOÜR") // words in any order, whatever their accents
	must(t, manager.expect.Page(manager).ToHaveURL(regexp.MustCompile(`q=003`)))
	manager.seesRows(1, "Source 003")
	manager.write(manager.named("searchbox", "Filter sources"), "elsewhere")
	manager.seesText("No source matches “elsewhere”")
	manager.follow(manager.link("Clear filter"))
	manager.seesRows(50, "Source 001")
}

// walksToTheBarAndPast selects a row by keyboard: Tab leads to its bar and on behind the rows, Shift and Tab back, and the
// row stands where it stood.
func (p *tab) walksToTheBarAndPast() {
	p.t.Helper()
	row := p.GetByRole("row").GetByRole("checkbox").Nth(3) // behind the box in the head
	before, err := row.BoundingBox()
	must(p.t, err)
	p.pick(row)
	edit := inside(p.actionBar(), "link", "View").First()
	p.sees(edit)
	after, err := row.BoundingBox()
	must(p.t, err)
	if before.Y != after.Y {
		p.t.Errorf("the row moved from %v to %v", before.Y, after.Y)
	}
	must(p.t, row.Focus())
	for _, step := range []struct {
		key string
		to  playwright.Locator
	}{{"Tab", edit}, {"Shift+Tab", row}, {"Tab", edit}, {"Tab", p.link("First")}} {
		must(p.t, p.Keyboard().Press(step.key))
		must(p.t, p.expect.Locator(step.to).ToBeFocused())
	}
}

// seesRows holds how many rows a list has on this page, and which comes first.
func (p *tab) seesRows(count int, first string) {
	p.t.Helper()
	rows := p.Locator("tbody").GetByRole("row")
	must(p.t, p.expect.Locator(rows).ToHaveCount(count))
	p.sees(rows.First().GetByText(first))
}

// A list is found again as it was left: its filter, its order, the selected row and where it stood survive Edit and Cancel, Delete and
// Cancel, and a deletion; another order begins at its top.
func TestListIsFoundAgainAsItWasLeft(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "duplicating.yaml")
	admin := c.enter(administrator, tabOptions{})
	must(t, admin.SetViewportSize(1280, 420))
	admin.open(c.path("/groups?kind=custom&sort=-name"))
	admin.selectRow("Report Readers")
	admin.scrollsTo(40)
	must(t, admin.expect.Page(admin).ToHaveURL(regexp.MustCompile(`kind=custom&selected=report-readers&sort=-name|kind=custom&sort=-name&selected=report-readers`)))
	admin.follow(admin.action("Edit"))
	admin.follow(admin.link("Cancel"))
	must(t, admin.expect.Page(admin).ToHaveURL(regexp.MustCompile(`kind=custom&sort=-name`)))
	must(t, admin.expect.Locator(admin.action("Edit")).ToBeVisible()) // of the row that is still selected
	admin.standsAt(40)
	admin.follow(admin.action("Delete"))
	admin.standsAt(40)
	admin.follow(admin.link("Cancel"))
	must(t, admin.expect.Page(admin).ToHaveURL(regexp.MustCompile(`kind=custom&selected=report-readers&sort=-name$`))) // not that it was just added
	admin.standsAt(40)
	must(t, admin.expect.Locator(admin.action("Delete")).ToBeFocused())
	admin.follow(admin.action("Delete"))
	admin.follow(admin.button("Delete group"))
	admin.seesStatus("Report Readers deleted.")
	admin.standsAt(40)
	admin.keepsFocus()
	admin.open(c.path("/groups?kind=custom&sort=name"))
	admin.standsAt(0)
}

// scrollsTo moves the page, and standsAt holds where it is.
func (p *tab) scrollsTo(y int) {
	p.t.Helper()
	_, err := p.Evaluate("y => scrollTo(0, y)", y)
	must(p.t, err)
	p.standsAt(y)
}

func (p *tab) standsAt(y int) {
	p.t.Helper()
	at, err := p.Evaluate("() => Math.round(scrollY)")
	must(p.t, err)
	if at != y {
		p.t.Errorf("%s stands at %v, want %d", p.URL(), at, y)
	}
}

// keepsFocus holds that something on the page has the focus, for whoever goes on by keyboard.
func (p *tab) keepsFocus() {
	p.t.Helper()
	if !p.withoutJavaScript {
		must(p.t, p.expect.Locator(p.Locator("body")).Not().ToBeFocused())
	}
}

// Of a list that gets no answer somebody reads that they wait, then that it did not come; trying again asks for the whole page.
func TestAListThatGetsNoAnswerSaysSo(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	admin := c.enter(administrator, tabOptions{})
	admin.goTo("Groups")
	admin.faults.expects("/-/actions")
	admin.faults.expects("/static/htmx.min") // which tells of the answer that did not come
	held := make(chan playwright.Route, 1)
	must(t, admin.Route("**/-/actions*", func(r playwright.Route) { held <- r }))
	admin.pick(admin.pickOf("Atlassian Administrators"))
	list := admin.Locator("form.listing")
	must(t, admin.expect.Locator(list).ToHaveAttribute("aria-busy", "true"))
	must(t, (<-held).Abort())
	admin.seesText("The list could not be loaded.")
	must(t, admin.expect.Locator(list).Not().ToHaveAttribute("aria-busy", "true"))
	admin.axe()
	must(t, admin.Unroute("**/-/actions*"))
	admin.follow(admin.button("Try again"))
	admin.seesActions("Edit", "Duplicate", "Delete")
}

// A list that takes long shows bones in place of its rows, and who stops it has the rows back. While a page is on its way playwright answers
// no question about the one before, so this one tells itself when it has drawn them, and its next page is held until then.
func TestAListThatTakesLongShowsBones(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	admin := c.enter(administrator, tabOptions{})
	admin.goTo("Groups")
	admin.faults.expects("sort=")
	drawn := make(chan string, 8)
	must(t, admin.Route("**/healthz?bones=*", func(r playwright.Route) { drawn <- r.Request().URL(); must(t, r.Continue()) }))
	stop := make(chan bool, 2)
	stop <- true
	stop <- false
	must(t, admin.Route("**/groups?*sort=*", func(r playwright.Route) {
		go func() {
			if told := <-drawn; !strings.HasSuffix(told, "bones=8") {
				t.Errorf("the page told %q", told)
			}
			if <-stop {
				_ = r.Abort("aborted")
			} else {
				_ = r.Continue()
			}
		}()
	}))
	_, err := admin.Evaluate(`() => new MutationObserver((changes) => {
		const bones = document.querySelectorAll("[data-bones] tr");
		if (bones.length && changes.some(({ addedNodes }) => [...addedNodes].some((node) => node.matches?.("[data-bones]")))) fetch("/healthz?bones=" + bones.length);
	}).observe(document.querySelector("form.listing .table"), { childList: true })`)
	must(t, err)
	bones, row, sort := admin.Locator("[data-bones] tr"), admin.Locator("tbody .entry").First(), admin.Locator("thead a").First()
	must(t, sort.Click())
	must(t, admin.expect.Locator(bones).ToHaveCount(8))
	must(t, admin.expect.Locator(row).ToBeHidden())
	admin.axe()
	must(t, admin.Keyboard().Press("Escape"))
	must(t, admin.expect.Locator(bones).ToHaveCount(0))
	must(t, admin.expect.Locator(row).ToBeVisible())
	must(t, sort.Click())
	must(t, admin.expect.Page(admin).ToHaveURL(regexp.MustCompile(`sort=`)))
	must(t, admin.expect.Locator(row).ToBeVisible())
}

// Who chooses a filter with the keyboard goes on from it in the list that it leads to, and who comes back by Back from the row.
func TestTheKeyboardGoesOnWhereItWas(t *testing.T) {
	sideBySide(t)
	admin := newConsole(t, "atlassian.yaml").enter(administrator, tabOptions{})
	admin.goTo("Members")
	status := admin.Locator("select[name=status]")
	must(t, status.Focus())
	admin.navigates(func() error { return status.Press("ArrowDown") })
	must(t, admin.expect.Locator(status).ToBeFocused())
	must(t, admin.pickOf("John Smith").Check())
	admin.seesBarOf("John Smith")
	admin.navigates(func() error { return admin.pickOf("John Smith").Press("Enter") })
	admin.navigates(func() error { _, err := admin.GoBack(); return err })
	must(t, admin.expect.Locator(admin.pickOf("John Smith")).ToBeFocused())
}
