package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// cutOff are the names, buttons, choices and other texts in sight that have less room than they need, or stick out of the page. What
// scrolls by itself, as tabs do, is no fault while the current one is in sight.
const cutOff = `() => {
  const inSight = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length && !e.closest(".vh");
  const text = (e) => e.textContent.trim().replace(/\s+/g, " ").slice(0, 60);
  const wide = (e) => { const range = document.createRange(); range.selectNodeContents(e); return range.getBoundingClientRect().width; };
  const faults = new Set();
  const ink = document.createElement("canvas").getContext("2d");
  for (const e of document.querySelectorAll("h1, h2, .crumbs *, .btn, .filter-picker, .entry-name, .entry-sub, .editor-name, .actionbar-subject strong, dialog :is(p, b, li), .chip, .level, .tabs [aria-current], main label")) {
    if (!inSight(e)) continue;
    const box = e.getBoundingClientRect(), hides = getComputedStyle(e).overflowX !== "visible";
    if (hides && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1) faults.add("cut: " + text(e));
    if (box.right > innerWidth + 1 || box.left < -1) faults.add("out of sight: " + text(e));
  }
  for (const e of document.querySelectorAll(".seg span")) {
    if (inSight(e) && wide(e) > e.getBoundingClientRect().width + 1) faults.add("overlaps: " + text(e));
  }
  for (const e of document.querySelectorAll(".filters select")) {
    const style = getComputedStyle(e), room = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    ink.font = style.font;
    if (inSight(e) && ink.measureText(e.selectedOptions[0].text).width > room + 1) faults.add("cut: " + e.selectedOptions[0].text);
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.add("the page scrolls sideways");
  return [...faults];
}`

// At the width of a phone every long name is whole, and so is what stands beside it.
func TestNamesAreWholeOnAPhone(t *testing.T) {
	sideBySide(t)
	c := newMiddleConsole(t)
	admin := c.enter(ofMiddle("admin"), tabOptions{width: mobileWidth})
	const group, source = "/groups/customer-support-knowledge-base-editors-americas", "/resources/content/sources/sharepoint-marketing-campaign-document-archive-americas"
	for _, path := range []string{
		"", "/members", "/members?used=never&ends=14", "/members/-/invitations", "/groups", group, group + "/members", group + "/privileges", group + "/access", group + "/people",
		"/groups/-/compare?group=administrators&group=customer-support-knowledge-base-editors-americas&group=users",
		"/members/-/compare?member=1&member=2&member=3",
		"/resources/content/sources", source, source + "/access", source + "/people", source + "/delete", "/api-keys", "/temporary-access", "/activity", "/search?q=access",
	} {
		admin.open(c.path(path))
		found, err := admin.Evaluate(cutOff)
		must(t, err)
		for _, fault := range found.([]any) {
			t.Errorf("%s: %s", path, fault)
		}
		if title, err := admin.Title(); err != nil || strings.Contains(title, "not found") {
			t.Errorf("%s: %s, %v", path, title, err)
		}
	}
}

// However far one scrolls, the heads of a list stay in sight below its bar.
func TestColumnHeadsStayInSight(t *testing.T) {
	sideBySide(t)
	c := newMiddleConsole(t)
	admin := c.enter(ofMiddle("admin"), tabOptions{})
	const group = "/groups/customer-support-knowledge-base-editors-americas"
	for _, path := range []string{"/members", "/groups", "/resources/content/sources", group + "/access", group + "/people",
		"/groups/-/compare?group=administrators&group=users&show=all"} {
		admin.open(c.path(path))
		below, err := admin.Evaluate(`() => {
			scrollTo(0, 900);
			const head = document.querySelector(".table > thead th:last-child").getBoundingClientRect();
			const bar = document.querySelector(".actionbar")?.getBoundingClientRect();
			const there = document.elementFromPoint(head.x + head.width / 2, head.y + head.height / 2);
			return { scrolled: scrollY, inSight: Boolean(there?.closest("thead")), belowBar: !bar || head.top >= bar.bottom - 1 };
		}`)
		must(t, err)
		if got := below.(map[string]any); got["inSight"] != true || got["belowBar"] != true || got["scrolled"] == 0 {
			t.Errorf("%s: %v", path, got)
		}
	}
}

// longNamesFile has the longest names that there may be: of a person, a group and a source, made of words and of one word alone.
var longNamesFile = `
version: 1
organization: {key: acme, name: Acme}
groups:
  - {key: long, name: "` + longName + `", privileges: {content/sources: {level: custom, edit: [long]}, organization/groups: view}}
members:
  - {email: administrator@example.com, name: Administrator, groups: [administrators]}
  - {email: long@example.com, name: "` + longName + `", groups: [long]}
  - {email: longer@example.com, name: "` + longName + `", groups: [long]}
resources:
  content/sources:
    - {key: long, name: "` + longName + `", type: jira-cloud}
`

var longName = strings.Repeat("Internationalization ", 2) + strings.Repeat("W", 37) + " " + strings.Repeat("and so on ", 3) + "in the end"

// A name of 120 characters is whole in the questions about it, at both widths.
func TestTheLongestNamesAreWhole(t *testing.T) {
	sideBySide(t)
	file := filepath.Join(t.TempDir(), "long.yaml")
	must(t, os.WriteFile(file, []byte(longNamesFile), 0o600))
	c := serveFile(t, sqliteDatabase, file)
	for _, width := range []int{desktopWidth, mobileWidth} {
		admin := c.enter(administrator, tabOptions{width: width})
		for _, path := range []string{
			"/groups/long/delete", "/groups/long/duplicate", "/resources/content/sources/long/delete",
		} {
			admin.open(c.path(path))
			admin.sees(admin.Locator("h1, h2, .entry-name, .actionbar-subject, .hit-text, .level").Filter(playwright.LocatorFilterOptions{Visible: playwright.Bool(true)}).First())
			found, err := admin.Evaluate(cutOff)
			must(t, err)
			for _, fault := range found.([]any) {
				t.Errorf("%s at %d: %s", path, width, fault)
			}
		}
	}
}
