package e2e

import (
	"regexp"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// A filter with many choices finds one by its name: in a dialog where the script runs, on a page of its own otherwise. Escape leaves the
// list as it is, and after a choice the focus is back on the filter.
func TestAFilterFindsOneOfManyGroups(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}}, filterByOneOfMany)
}

func filterByOneOfMany(t *testing.T, options tabOptions) {
	c := serveFile(t, sqliteDatabase, largeOrganization(t))
	admin := c.enter(administrator, options)
	admin.goTo("Members")
	must(t, admin.named("searchbox", "Filter members").Fill("administrator"))
	if options.withoutJavaScript {
		admin.follow(admin.button("Apply filter"))
	} else {
		must(t, admin.expect.Page(admin).ToHaveURL(regexp.MustCompile(`q=administrator`)))
		must(t, admin.link("Group: Any group").Click())
		must(t, admin.expect.Locator(admin.named("searchbox", "Find a group")).ToBeFocused())
		must(t, admin.Keyboard().Press("Escape"))
		must(t, admin.expect.Locator(admin.link("Group: Any group")).ToBeFocused())
	}
	must(t, admin.link("Group: Any group").Click())
	question := admin.named("dialog", "Choose a group")
	admin.sees(question.GetByText("20 of 100+ shown. Type more to narrow."))
	if !options.withoutJavaScript {
		admin.axe()
	}
	must(t, admin.named("searchbox", "Find a group").Fill("man sou"))
	if options.withoutJavaScript {
		admin.follow(inside(question, "button", "Find"))
	}
	must(t, question.GetByRole("radio", playwright.LocatorGetByRoleOptions{Name: regexp.MustCompile("^Source Managers")}).Check())
	admin.follow(inside(question, "button", "Choose"))
	admin.sees(admin.link("Group: Source Managers"))
	must(t, admin.expect.Page(admin).ToHaveURL(regexp.MustCompile(`members\?group=source-managers&q=administrator$`)))
	if !options.withoutJavaScript {
		must(t, admin.expect.Locator(admin.link("Group: Source Managers")).ToBeFocused())
	}
	admin.follow(admin.link("Clear filter"))
	admin.sees(admin.link("Group: Any group"))
}

// Typing words into the field of an owner finds members; the one who is chosen is saved.
func TestAnOwnerIsFoundWhileTyping(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	admin := c.enter(administrator, tabOptions{})
	admin.open(c.path("/resources/content/sources/jira"))
	admin.write(admin.named("searchbox", "Owner"), "SMITH joh")
	john := admin.GetByRole("radio", playwright.PageGetByRoleOptions{Name: regexp.MustCompile("^John Smith")})
	admin.sees(john)
	must(t, admin.expect.Locator(admin.named("searchbox", "Owner")).ToBeFocused())
	admin.axe()
	must(t, john.Check())
	admin.follow(admin.button("Save"))
	admin.seesStatus("Saved.")
	must(t, admin.expect.Locator(admin.named("searchbox", "Owner")).ToHaveValue("john.smith@example.com"))
}
