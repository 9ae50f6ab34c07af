package e2e

import (
	"regexp"
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
	manager.follow(manager.link("Next"))
	manager.seesRows(20, "Source 101")
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
	manager.write(manager.named("searchbox", "Filter sources"), "elsewhere")
	manager.seesText("No source matches “elsewhere”")
	manager.follow(manager.link("Clear filter"))
	manager.seesRows(50, "Source 001")
}

// seesRows holds how many rows a list has on this page, and which comes first.
func (p *tab) seesRows(count int, first string) {
	p.t.Helper()
	rows := p.GetByRole("row").Filter(playwright.LocatorFilterOptions{Has: p.GetByRole("radio")})
	must(p.t, p.expect.Locator(rows).ToHaveCount(count))
	p.sees(rows.First().GetByText(first))
}
