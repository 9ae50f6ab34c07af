package e2e

import (
	"regexp"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// Ctrl-K always leads to the search. Bare keys do something only for who turned them on, and never in a field.
func TestKeysWithoutCtrlWorkForWhoTurnedThemOn(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "duplicating.yaml")
	admin := c.enter(administrator, tabOptions{})
	admin.goTo("Groups")
	search := admin.named("combobox", "Search everything")
	press := func(key string) { t.Helper(); must(t, admin.Keyboard().Press(key)) }
	press("Control+K")
	must(t, admin.expect.Locator(search).ToBeFocused())
	press("?")
	must(t, admin.expect.Locator(search).ToHaveValue("?"))
	admin.open(c.path("/groups"))
	press("/")
	admin.seesNot(search)

	admin.press(admin.menu("Account menu for Administrator").Locator("summary"))
	admin.follow(admin.link("Keyboard shortcuts"))
	admin.tick(admin.named("checkbox", "Keyboard shortcuts"))
	admin.follow(admin.button("Save"))
	admin.seesStatus("Keyboard shortcuts are on.")
	admin.axe()
	admin.open(c.path("/groups"))
	press("/")
	must(t, admin.expect.Locator(search).ToBeFocused())
	press("Escape")
	press("?")
	must(t, admin.expect.Page(admin).ToHaveURL(regexp.MustCompile("/shortcuts$")))
}

// Space on the name of a row selects the row for who turned the keys on; for the others it scrolls, as in every page.
func TestSpaceOnANameSelectsItsRowForWhoTurnedItOn(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "duplicating.yaml")
	admin := c.enter(administrator, tabOptions{})
	pick := admin.pickOf("Query Testers")
	spaceOnTheName := func() {
		t.Helper()
		admin.open(c.path("/groups"))
		name := admin.Locator("a.entry-name").Filter(playwright.LocatorFilterOptions{HasText: "Query Testers"})
		must(t, name.Focus())
		must(t, admin.expect.Locator(name).ToBeFocused())
		must(t, admin.Keyboard().Press("Space"))
	}
	spaceOnTheName()
	must(t, admin.expect.Locator(pick).Not().ToBeChecked())

	admin.open("/shortcuts")
	admin.tick(admin.named("checkbox", "Keyboard shortcuts"))
	admin.follow(admin.button("Save"))
	admin.seesStatus("Keyboard shortcuts are on.")
	spaceOnTheName()
	must(t, admin.expect.Locator(pick).ToBeChecked())
	must(t, admin.expect.Page(admin).ToHaveURL(regexp.MustCompile(`/groups\?selected=query-testers$`)))
}
