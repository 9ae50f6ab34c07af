package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// A form is one in which something is found without the script, before it is sent.
type form struct {
	path  string
	types func(admin *tab)                    // what somebody types
	finds string                              // the button that finds
	typed func(admin *tab) playwright.Locator // the field that has it still
	text  string
	found string // what is read then
}

// Without the script a form is sent to find people or groups in it. Going on to another page and back sends nothing again, and all that was
// typed is there, a list of four hundred addresses too.
func TestFindingLeavesNothingToSendAgain(t *testing.T) {
	field := func(name string) func(*tab) playwright.Locator {
		return func(admin *tab) playwright.Locator { return admin.field(name) }
	}
	var pasted []string
	for n := range 400 {
		pasted = append(pasted, fmt.Sprintf("colleague%03d@example.com", n))
	}
	eachSideBySide(t, map[string]form{
		"people": {"/members/-/invite", func(admin *tab) {
			admin.write(admin.field("Email/Username"), "John")
		}, "Find", field("Email/Username"), "John", "john.smith@example.com"},
		"a pasted list": {"/groups/website-developers/members/-/invite", func(admin *tab) {
			admin.write(admin.field("Email/Username"), strings.Join(pasted, "\n"))
			admin.write(admin.field("Until (UTC)"), "2027-05-05")
		}, "Find", field("Until (UTC)"), "2027-05-05", "400 will be invited"},
		"the owner of a new source": {"/resources/content/sources/-/add", func(admin *tab) {
			admin.write(admin.field("Name"), "Wiki of the team")
			admin.write(admin.field("Owner"), "Smith")
		}, "Find", field("Name"), "Wiki of the team", "john.smith@example.com"},
		"the owner of a source": {"/resources/content/sources/web", func(admin *tab) {
			admin.write(admin.field("Name"), "Web of the team")
			admin.write(admin.field("Owner"), "Smith")
		}, "Find", field("Name"), "Web of the team", "john.smith@example.com"},
	}, func(t *testing.T, f form) {
		c := newConsole(t, "atlassian.yaml")
		admin := c.enter(administrator, tabOptions{withoutJavaScript: true})
		back := admin.backs()
		admin.open(c.path(f.path))
		f.types(admin)
		admin.follow(admin.button(f.finds).First())
		shows := func() {
			t.Helper()
			must(t, admin.expect.Locator(f.typed(admin)).ToHaveValue(f.text))
			admin.seesText(f.found)
		}
		shows()
		admin.open(c.path("/groups"))
		back()
		shows()
		_, err := admin.Reload()
		must(t, err)
		shows()
	})
}
