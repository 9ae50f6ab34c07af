package e2e

import (
	"regexp"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// Ctrl-K finds everything from everywhere: by words in any order, with the arrows, Enter and Escape.
func TestCtrlKFindsEverything(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "duplicating.yaml")
	admin := c.enter(administrator, tabOptions{})
	admin.goTo("Groups")
	press := func(key string) { t.Helper(); must(t, admin.Keyboard().Press(key)) }
	asks := func(text string) {
		t.Helper()
		must(t, admin.Keyboard().Type(text))
		must(t, admin.Locator("#hits[data-query='"+text+"']").WaitFor())
	}
	dialog := admin.named("dialog", "Search everything")
	option := func(text string) playwright.Locator {
		return dialog.GetByRole("option").Filter(playwright.LocatorFilterOptions{HasText: text}).First()
	}
	box := admin.named("combobox", "Search everything")
	press("Control+K")
	must(t, admin.expect.Locator(box).ToBeFocused())
	asks("coord acc")
	must(t, admin.expect.Locator(option("Access Coordinators")).ToHaveAttribute("aria-selected", "true"))
	admin.sees(admin.named("group", "Members"))
	admin.axe()
	press("ArrowDown")
	must(t, admin.expect.Locator(option("access.coordinator@example.com")).ToHaveAttribute("aria-selected", "true"))
	press("ArrowUp")
	press("Enter")
	must(t, admin.expect.Page(admin).ToHaveURL(regexp.MustCompile("/groups/access-coordinators$")))

	press("Control+K")
	admin.sees(option("Access Coordinators")) // opened lately
	asks("xyz")
	must(t, admin.expect.Locator(dialog).ToContainText("Nothing found for “xyz”. You see only what you may view."))
	press("Escape")
	admin.seesNot(dialog)
	press("Control+K")
	asks("invit")
	admin.sees(option("Add members")) // a page, by what else it is called
	press("Enter")
	must(t, admin.expect.Page(admin).ToHaveURL(regexp.MustCompile("/members/-/invitations$")))
	press("Control+K")
	asks("sources")
	opened, err := admin.Context().ExpectPage(func() error { return admin.Keyboard().Press("Control+Enter") })
	must(t, err)
	must(t, admin.expect.Page(opened).ToHaveURL(regexp.MustCompile("/resources/content/sources$")))
	must(t, opened.Close())
	press("Escape")

	// An answer that takes its time is waited for in sight.
	answer := make(chan struct{})
	must(t, admin.Route("**/search/hits*", func(route playwright.Route) {
		go func() {
			<-answer
			_ = route.Continue() // the test waits for what it brings
		}()
	}))
	press("Control+K")
	must(t, admin.Keyboard().Type("coord"))
	must(t, admin.expect.Locator(admin.Locator("#hits")).ToHaveAttribute("aria-busy", "true"))
	close(answer)
	must(t, admin.Locator("#hits[data-query=coord]:not([aria-busy])").WaitFor())
	must(t, admin.Unroute("**/search/hits*"))
	press("Escape")

	// Who signs in afterwards in the same tab finds nothing of it.
	admin.press(admin.menu("Account menu for Administrator").Locator("summary"))
	admin.follow(admin.button("Sign out"))
	if kept, err := admin.Evaluate("sessionStorage.getItem('bailiwick.lately')"); err != nil || kept != nil {
		t.Errorf("kept after signing out: %v, %v", kept, err)
	}
}

// Without a script, and on a phone, the search is a page.
func TestSearchIsAPageWithoutAScript(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "duplicating.yaml")
	admin := c.enter(administrator, tabOptions{withoutJavaScript: true})
	box := admin.Locator("header").GetByRole("searchbox", playwright.LocatorGetByRoleOptions{Name: "Search everything"})
	admin.write(box, "deputy coord")
	must(t, box.Press("Enter"))
	admin.sees(admin.named("heading", "Groups 1"))
	admin.follow(admin.Locator("main").GetByRole("link", playwright.LocatorGetByRoleOptions{Name: "Deputy Coordinators"}).First())
	must(t, admin.expect.Page(admin).ToHaveURL(regexp.MustCompile("/groups/deputy-coordinators$")))
	must(t, admin.SetViewportSize(390, 844))
	admin.follow(admin.link("Search Acme"))
	admin.sees(admin.heading("Search Acme"))
}
