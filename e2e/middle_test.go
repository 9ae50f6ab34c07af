package e2e

import (
	"testing"

	"github.com/playwright-community/playwright-go"
)

// ofMiddle is an address in the organization of a usual size.
func ofMiddle(local string) (email string) { return local + "@middle.example.com" }

// newMiddleConsole serves an organization of a usual size until the test ends: 802 members of whom six or seven each share a name, 66 groups
// and 400 sources, whose names are long and differ at their end.
func newMiddleConsole(t *testing.T) *console {
	t.Helper()
	return serveOrganization(t, sqliteDatabase, organization{
		identity: "seed --middle", key: "middle", members: []string{ofMiddle("admin")},
		make: func(c *console) { c.run("", "seed", "middle", "--middle") },
	})
}

// looksUp finds something from anywhere, by words in any order, and opens it.
func (p *tab) looksUp(words, name string) {
	p.t.Helper()
	p.press(p.Locator("header").GetByRole("searchbox", playwright.LocatorGetByRoleOptions{Name: "Search everything"}))
	p.write(p.named("combobox", "Search everything"), words)
	must(p.t, p.Locator("#hits[data-query='"+words+"']").WaitFor())
	p.follow(p.GetByRole("option").Filter(playwright.LocatorFilterOptions{HasText: name}).First())
}

// narrows types into the filter of a list and waits until it shows that many rows.
func (p *tab) narrows(filter, text string, rows int) {
	p.t.Helper()
	p.write(p.named("searchbox", filter), text)
	must(p.t, p.expect.Locator(p.Locator("tbody tr")).ToHaveCount(rows))
}

// marks selects a row of a list by the box at its beginning.
func (p *tab) marks(text string) {
	p.t.Helper()
	row := p.Locator("tbody tr").Filter(playwright.LocatorFilterOptions{HasText: text})
	p.tick(row.First().GetByRole("checkbox"))
}

// marksAll selects all rows of a page.
func (p *tab) marksAll() {
	p.t.Helper()
	p.tick(p.Locator("thead").GetByRole("checkbox"))
}

// confirms presses the button of the question that is asked. What it says begins with a verb.
func (p *tab) confirms(verb string) {
	p.t.Helper()
	p.follow(p.Locator("dialog[open], main form").GetByRole("button", playwright.LocatorGetByRoleOptions{Name: verb}).Last())
}
