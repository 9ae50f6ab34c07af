package e2e

import (
	"regexp"
	"testing"
)

// Over plain HTTP, and where somebody forbids it, a browser lets no page copy. The text is selected then, so that a key
// does the rest.
func TestWhatThePageMayNotCopyIsSelected(t *testing.T) {
	sideBySide(t)
	_, admin, link := invited(t, administrator)
	_, err := admin.Evaluate(`() => { delete Navigator.prototype.clipboard; }`)
	must(t, err)
	admin.press(admin.button("Copy the link for " + newColleague))
	admin.sees(admin.button("Selected the link for " + newColleague))
	must(t, admin.expect.Locator(admin.Locator("[data-announce]")).ToHaveText("Selected. Copy it with the keyboard."))
	admin.axe()
	must(t, admin.Keyboard().Press("ControlOrMeta+C"))
	admin.open("/o/acme/members")
	box := admin.Locator("main").GetByRole("searchbox")
	must(t, box.Press("ControlOrMeta+V"))
	must(t, admin.expect.Locator(box).ToHaveValue(regexp.MustCompile("^"+regexp.QuoteMeta(link)+"$")))
}
