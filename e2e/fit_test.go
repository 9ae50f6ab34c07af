package e2e

import (
	"net/http"
	"slices"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// What a page may weigh, compressed, in bytes: its HTML with 50 rows, and all its styles and scripts together.
const (
	maxHTML   = 30_000
	maxStatic = 60_000
)

// narrowest is the width, in CSS pixels, down to which nothing scrolls sideways.
const narrowest = 320

// A sight is one way to look at a page: which theme, how wide, and by which rules of the accessibility checker. They change
// from one to the next as little as can be, since each change draws the page anew.
var sights = []struct {
	scheme *playwright.ColorScheme
	width  int
	rules  rules
}{
	{playwright.ColorSchemeLight, desktopWidth, everyRule},
	{playwright.ColorSchemeDark, desktopWidth, ofColours},
	{playwright.ColorSchemeDark, mobileWidth, ofColours},
	{playwright.ColorSchemeLight, mobileWidth, everyRule},
	{playwright.ColorSchemeLight, narrowest, nil}, // not checked: the style sheet does not set it apart from the width before
}

// A round is what one person looks at, by paths below the organization, but for pages of the whole console.
type round struct {
	person string // "" for who has not signed in
	whole  []string
	paths  []string
	errors []string // paths that are answered with an error page
}

var rounds = map[string]round{
	"before signing in":             {whole: []string{"/sign-in"}},
	"without the minimum privilege": {person: queryRunner, errors: []string{""}},
	"of a source manager": {person: sourceManager, paths: []string{
		"/groups/source-managers", "/groups/source-managers/privileges", "/groups/source-managers/access",
		"/resources/content/sources?selected=source-001", "/resources/content/sources?selected=source-004",
		"/resources/content/sources/source-004", "/resources/content/sources/source-004/access",
		"/explain?can=edit&what=content/sources&resource=source-004",
	}, errors: []string{"/resources/content/fields", "/resources/content/sources/x"}},
	"of groups": {person: administrator, whole: []string{"/organizations"}, paths: []string{
		"/groups", "/groups?selected=source-managers", "/groups?q=nothing+matches",
		"/groups/-/add", "/groups/-/compare", "/groups/-/compare?group=users&group=team-001&add=yes",
		"/groups/-/compare?group=users&group=team-001&group=source-managers&rows=content%2Fsources&same=content",
		"/groups/source-managers", "/groups/source-managers/delete",
	}},
	"of what groups have": {person: administrator, paths: []string{
		"/groups/source-managers/privileges", "/groups/administrators/privileges",
		"/groups/team-001/members", "/groups/administrators/members/-/invite",
		"/groups/source-managers/members/-/delete?member=" + sourceManager, "/groups/source-managers/access",
	}},
	"of resources": {person: administrator, paths: []string{
		"/resources/content/sources?selected=source-001", "/resources/content/sources/-/add",
		"/resources/content/sources/source-001", "/resources/content/sources/source-001/access",
		"/resources/content/sources/source-001/delete", "/resources/content/fields",
	}},
	"of many at once": {person: administrator, whole: []string{"/shortcuts"}, paths: []string{
		"", "/members?selected=2&selected=3", "/members/-/compare?member=1&member=2&member=3&add=yes", "/members/-/many/suspend?selected=2&selected=3",
		"/members/-/many/groups?selected=2&selected=3", "/members/2/sessions", "/members/2/suspend", "/members/-/invite?like_member=2",
		"/groups/-/many/delete?selected=team-001&selected=team-002", "/groups/team-001/duplicate",
		"/resources/content/sources/-/many/access?selected=source-001&selected=source-002",
		"/resources/content/sources/-/many/owners?selected=source-001&selected=source-002", "/resources/content/sources/source-001/duplicate",
	}},
	"of who can reach something": {person: administrator, paths: []string{
		"/groups/source-managers/people", "/resources/content/sources/-/people", "/resources/content/sources/source-001/people",
		"/resources/content/sources/source-001/people?open=member-1", "/resources/organization/api-keys/-/people", "/choose/groups",
	}},
	"of activities and reasons": {person: administrator, paths: []string{
		"/activity", "/activity?domain=content/sources&resource=source-001", "/activity?q=nothing+matches",
		"/search?q=source", "/search?q=nothing+matches",
		"/explain", "/explain?can=view&what=content/sources&resource=source",
		"/explain?who=group:team-001&can=edit&what=content/sources&resource=source-001",
	}, errors: []string{"/explain?who=group:gone"}},
}

// Every page is looked at in both themes and at all widths, with more rows than one page of a list holds.
func TestEveryPageIsAccessibleAndFits(t *testing.T) {
	eachSideBySide(t, rounds, walkRound)
}

func walkRound(t *testing.T, r round) {
	c := serveFile(t, sqliteDatabase, largeOrganization(t))
	c.run("", "apply", "testdata/atlassian.yaml") // a second organization of the administrator's
	r.walk(c)
}

// walk looks at all pages of the round.
func (r round) walk(c *console) {
	looker := newTab(c, tabOptions{})
	if r.person != "" {
		c.givePassword(r.person)
		looker.signIn(r.person)
	}
	paths := slices.Clone(r.whole)
	for _, path := range r.paths {
		paths = append(paths, c.path(path))
	}
	for _, path := range paths {
		c.t.Run(path, func(t *testing.T) {
			if status := looker.fits(t, path); status != http.StatusOK {
				t.Errorf("answered with %d", status)
			}
		})
	}
	for _, path := range r.errors {
		c.t.Run(path, func(t *testing.T) {
			if status := looker.fits(t, c.path(path)); status < http.StatusBadRequest {
				t.Errorf("answered with %d, and not with an error", status)
			}
		})
	}
	looker.t = c.t
}

// fits opens a page and looks at it in both themes and at all widths. Faults on its console fail the test when it ends. It
// returns the status of the answer.
func (p *tab) fits(t *testing.T, path string) int {
	p.t = t
	answer, err := p.Goto(path)
	must(t, err)
	sizes, err := answer.Request().Sizes()
	must(t, err)
	html, err := answer.Text()
	must(t, err)
	keepPage(t, path, html)
	if sizes.ResponseBodySize > maxHTML {
		t.Errorf("the HTML is %d bytes compressed, more than %d", sizes.ResponseBodySize, maxHTML)
	}
	p.looksFine(t)
	return answer.Status()
}

// looksFine looks at the page as it stands.
func (p *tab) looksFine(t *testing.T) {
	p.t = t
	for _, sight := range sights {
		must(t, p.EmulateMedia(playwright.PageEmulateMediaOptions{ColorScheme: sight.scheme}))
		must(t, p.SetViewportSize(sight.width, 900))
		if sight.width != narrowest {
			p.checks(sight.rules)
		}
		p.scrollsDownOnly(sight.width)
	}
}

// scrollsDownOnly holds that nothing sticks out of the page sideways.
func (p *tab) scrollsDownOnly(width int) {
	p.t.Helper()
	needed, err := p.Evaluate(`() => document.scrollingElement.scrollWidth`)
	must(p.t, err)
	if needed.(int) > width {
		p.t.Errorf("%s is %d pixels wide on a screen of %d", p.URL(), needed, width)
	}
}

func TestStylesAndScriptsOfAPageAreLight(t *testing.T) {
	sideBySide(t)
	visitor := newTab(newConsole(t, "atlassian.yaml"), tabOptions{})
	requests := make(chan playwright.Request, 100)
	visitor.OnRequest(func(request playwright.Request) { requests <- request })
	visitor.open("/sign-in")
	total := 0
	for range len(requests) {
		request := <-requests
		if kind := request.ResourceType(); kind == "stylesheet" || kind == "script" {
			sizes, err := request.Sizes()
			must(t, err)
			total += sizes.ResponseBodySize
		}
	}
	if total == 0 || total > maxStatic {
		t.Errorf("styles and scripts are %d bytes compressed, which should be some and at most %d", total, maxStatic)
	}
}
