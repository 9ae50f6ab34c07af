package views_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
)

// framePages are the sign-in pages, the lists and the error pages, in each of their states.
func framePages() map[string]templ.Component {
	return map[string]templ.Component{
		"API keys":               sampleAPIKeys().Component(),
		"API key, secret":        sampleSecret().Component(),
		"finder":                 sampleFinder().Component(),
		"groups":                 sampleGroups().Component(),
		"choosing a group":       sampleChooser().Component(),
		"groups, a full page":    sampleLongGroups().Component(),
		"groups, nothing found":  sampleNoGroups().Component(),
		"groups, deletion":       sampleGroupDeletion().Component(),
		"resources":              sampleResources().Component(),
		"resources, editable":    sampleEditableSource().Component(),
		"resources, none":        sampleNoResources().Component(),
		"sign-in":                sampleSignIn().Component(),
		"sign-in, refused":       sampleRefusedSignIn().Component(),
		"members":                sampleMemberList().Component(),
		"members, names alone":   bareMembers().Component(),
		"members, removing":      removingFromOrganization().Component(),
		"members, removing many": removingMany().Component(),
		"setup":                  sampleSetup().Component(),
		"organizations":          sampleOrganizations().Component(),
		"no access":              sampleNoAccess().Component(),
		"forbidden":              sampleForbidden().Component(),
		"not found":              views.NotFound(samplePage("Groups")).Component(),
		"stale":                  views.Stale(samplePage("Groups")).Component(),
		"failed":                 views.Failed(views.Page{}, "req-1").Component(),
		"unavailable":            views.Unavailable(views.Page{}, "Try again.", "req-1").Component(),
		"busy":                   views.Busy(views.Page{}, "Try again.", "req-1").Component(),
		"in doubt":               views.InDoubt(views.Page{}, "req-1").Component(),
		"organizations, in none": views.Organizations{Page: views.Page{Title: "Organizations"}, SignOut: "/sign-out"}.Component(),
	}
}

func TestFrameHoldsNavigationBreadcrumbActivityAndAccount(t *testing.T) {
	doc := tabDocument(t, sampleGroups().Component())
	current := one(t, doc, `nav[aria-label="Main"] a[aria-current="page"]`)
	wantWords(t, current, "Groups")
	wantWords(t, one(t, doc, `nav[aria-label="Breadcrumb"] [aria-current="page"]`), "Groups")
	wantAttr(t, one(t, doc, `a[aria-label="Activity for groups"]`), "href", "/o/example/activity")
	wantWords(t, one(t, doc, "h1"), "Groups")
	wantAttr(t, one(t, doc, `form[action="/sign-out"]`), "method", "post")
	theme := one(t, doc, `form[action="/theme"]`)
	wantAttr(t, theme, "method", "post")
	if got := theme.Find(`button[name="theme"]`).Map(func(_ int, b *goquery.Selection) string { return b.AttrOr("value", "") }); strings.Join(got, " ") != "system light dark" {
		t.Errorf("themes to choose: %q", got)
	}
	if doc.Find(`.skip[href="#content"]`).Length() != 1 || doc.Find("main#content").Length() != 1 {
		t.Error("the skip link does not lead to the content")
	}
}

func TestOrganizationSwitcherNeedsASecondOrganization(t *testing.T) {
	page := sampleGroups()
	if n := tabDocument(t, page.Component()).Find("details.org a").Length(); n != 2 {
		t.Errorf("%d organizations in the menu, want 2", n)
	}
	page.Shell.Organizations = page.Shell.Organizations[:1]
	doc := tabDocument(t, page.Component())
	if doc.Find("details.org").Length() != 0 {
		t.Error("a menu of one organization is drawn")
	}
	wantWords(t, one(t, doc, ".org-name"), "Example Corp")
}

func TestWithoutViewOnActivitiesThereIsNoClock(t *testing.T) {
	page := sampleGroups()
	page.Shell.Clock = nil
	if tabDocument(t, page.Component()).Find(`a[aria-label^="Activity"]`).Length() != 0 {
		t.Error("the clock is drawn")
	}
}

func TestPageOutsideAnOrganizationHasNoNavigation(t *testing.T) {
	doc := tabDocument(t, views.NotFound(views.Page{}).Component())
	if doc.Find(`nav[aria-label="Main"]`).Length() != 0 {
		t.Error("navigation is drawn")
	}
	wantWords(t, one(t, doc, "main h1"), "There is nothing here")
}

func TestStoredThemeIsWrittenOnTheDocument(t *testing.T) {
	for _, theme := range []string{"", "light", "dark"} {
		page := sampleSignIn()
		page.Theme = theme
		got, set := one(t, tabDocument(t, page.Component()), "html").Attr("data-theme")
		if got != theme || set != (theme != "") {
			t.Errorf("theme %q: data-theme = %q (set: %v)", theme, got, set)
		}
	}
}

func TestFlashInterruptsOnlyForBadNews(t *testing.T) {
	for tone, role := range map[string]string{"success": "status", "warning": "alert", "danger": "alert"} {
		page := sampleGroups()
		page.Flash = &parts.Flash{Tone: tone, Title: "Group saved.", Text: "6 members are affected."}
		flash := one(t, tabDocument(t, page.Component()), ".callout")
		wantAttr(t, flash, "role", role)
		wantWords(t, flash, "Group saved. 6 members are affected.")
	}
}

func TestTabThatIsNotOpenYetSaysWhyAndIsNoLink(t *testing.T) {
	page := sampleGroups()
	page.Tabs = []parts.Tab{
		{Label: "Configuration", Href: "/o/example/groups/new", Current: true},
		{Label: "Members", Disabled: "after the group is added"},
		{Label: "Privileges", Href: "/o/example/groups/new/privileges", Count: "7"},
	}
	doc := tabDocument(t, page.Component())
	wantWords(t, one(t, doc, `nav[aria-label="Tabs"] [aria-current="page"]`), "Configuration")
	if got := doc.Find(`nav[aria-label="Tabs"] a`).Length(); got != 2 {
		t.Errorf("%d tabs are links, want 2", got)
	}
	wantPhrases(t, one(t, doc, ".tab-off"), "Members after the group is added")
}

func TestActionBesideTheHeadingThatChangesSomethingIsAForm(t *testing.T) {
	page := sampleGroups()
	page.Actions = []parts.Link{{Label: "Duplicate", Href: "/o/example/groups/users/duplicate", Icon: "copy", Post: true}}
	form := one(t, tabDocument(t, page.Component()), ".page-actions form")
	wantAttr(t, form, "method", "post")
	wantAttr(t, form, "action", "/o/example/groups/users/duplicate")
	wantWords(t, form.Find("button"), "Duplicate")
}

// The content security policy allows neither inline script nor inline style, and htmx must not compile any.
func TestPagesNeedNothingThatThePolicyForbids(t *testing.T) {
	forbidden := regexp.MustCompile(`^(style|on.*|hx-on.*|hx-vals|hx-headers)$`)
	for name, page := range framePages() {
		doc := tabDocument(t, page)
		doc.Find("*").Each(func(_ int, s *goquery.Selection) {
			for _, a := range s.Nodes[0].Attr {
				if forbidden.MatchString(a.Key) || strings.HasPrefix(a.Val, "javascript:") || strings.HasPrefix(a.Val, "js:") {
					t.Errorf("%s: %s=%q", name, a.Key, a.Val)
				}
			}
		})
		if n := doc.Find("style, script:not([src])").Length(); n != 0 {
			t.Errorf("%s: %d inline styles and scripts", name, n)
		}
	}
}

func TestEveryControlOfAListOrGatePageHasAName(t *testing.T) {
	for name, page := range framePages() {
		doc := tabDocument(t, page)
		doc.Find(`input:not([type=hidden]), select`).Each(func(_ int, s *goquery.Selection) {
			named := words(doc.Find(`label[for="` + s.AttrOr("id", "-") + `"]`))
			for id := range strings.FieldsSeq(s.AttrOr("aria-labelledby", "")) {
				named += words(doc.Find("#" + id))
			}
			if s.AttrOr("aria-label", "") == "" && named == "" {
				html, _ := goquery.OuterHtml(s)
				t.Errorf("%s: without a label: %s", name, html)
			}
		})
		doc.Find("button, a, summary").Each(func(_ int, s *goquery.Selection) {
			if s.AttrOr("aria-label", "") == "" && words(s) == "" {
				html, _ := goquery.OuterHtml(s)
				t.Errorf("%s: without a name: %s", name, html)
			}
		})
	}
}

func TestIDsOfAListOrGatePageAreUniqueAndDescriptionsFindThem(t *testing.T) {
	for name, page := range framePages() {
		doc := tabDocument(t, page)
		ids := map[string]bool{}
		doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			id := s.AttrOr("id", "")
			if ids[id] {
				t.Errorf("%s: the id %q stands twice", name, id)
			}
			ids[id] = true
		})
		for _, attr := range []string{"aria-describedby", "aria-labelledby", "for", "popovertarget"} {
			doc.Find("[" + attr + "]").Each(func(_ int, s *goquery.Selection) {
				for _, id := range strings.Fields(s.AttrOr(attr, "")) {
					if !ids[id] {
						t.Errorf("%s: %s names %q, which is not there", name, attr, id)
					}
				}
			})
		}
	}
}

func TestEveryIconIsInTheSprite(t *testing.T) {
	sprite, err := os.ReadFile("../static/icons.svg")
	if err != nil {
		t.Fatal(err)
	}
	known := func(icon string) bool { return bytes.Contains(sprite, []byte(`<symbol id="`+icon+`"`)) }
	for name, page := range framePages() {
		tabDocument(t, page).Find("use").Each(func(_ int, s *goquery.Selection) {
			if _, icon, _ := strings.Cut(s.AttrOr("href", ""), "#"); !known(icon) {
				t.Errorf("%s: no icon %q", name, icon)
			}
		})
	}
	constant := regexp.MustCompile(`Icon(?:End)?(?:\(|: +)"([a-z0-9-]+)"`)
	for path, source := range sources(t) {
		for _, match := range constant.FindAllStringSubmatch(source, -1) {
			if !known(match[1]) {
				t.Errorf("%s: no icon %q", path, match[1])
			}
		}
	}
}

// sources are the files of pages and parts, without what the generator writes.
func sources(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, pattern := range []string{"*.templ", "*.go", "parts/*.templ", "parts/*.go"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, "_templ.go") || strings.HasSuffix(path, "_test.go") {
				continue
			}
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files[path] = string(source)
		}
	}
	if len(files) < 10 {
		t.Fatalf("only %d sources found", len(files))
	}
	return files
}

// These bypass escaping, or need what the content security policy forbids.
func TestSourcesDoNotBypassEscapingOrThePolicy(t *testing.T) {
	forbidden := []string{
		"templ.Raw", "templ.SafeURL", "templ.SafeCSS", "templ.SafeScript", "templ.JSFuncCall", "templ.JSUnsafeFuncCall",
		" style=", " onclick=", "hx-on", "js:", "javascript:", "<script>", "<style",
	}
	for path, source := range sources(t) {
		for _, word := range forbidden {
			if strings.Contains(source, word) {
				t.Errorf("%s contains %q", path, word)
			}
		}
		if regexp.MustCompile(`(?m)^(script|css) \w+\(`).MatchString(source) {
			t.Errorf("%s has a script or css block", path)
		}
	}
}

func TestEscapingHoldsInNamesAndAttributes(t *testing.T) {
	const hostile = `"><script>alert(1)</script>`
	page := sampleGroups()
	page.Heading, page.Rows[0].Name, page.List.Bar.Subject = hostile, hostile, hostile
	page.Filters.Search.Value, page.List.Bar.Announce = hostile, hostile
	doc := tabDocument(t, page.Component())
	if n := doc.Find("script:not([src])").Length(); n != 0 {
		t.Fatalf("%d scripts came in through a name", n)
	}
	wantWords(t, one(t, doc, "h1"), hostile)
	wantAttr(t, one(t, doc, `input[name="q"]`), "value", hostile)
}

// A page of 50 rows stays under 30 KB compressed (PRODUCT, section 6).
func TestFullPageOfGroupsStaysUnder30KB(t *testing.T) {
	var page, packed bytes.Buffer
	if err := sampleLongGroups().Component().Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(page.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes, %d compressed", page.Len(), packed.Len())
	if packed.Len() >= 30*1000 {
		t.Errorf("50 groups weigh %d bytes compressed, the floor is 30,000", packed.Len())
	}
}

// What looks like a button is a parts.Button or a parts.ButtonLink: kinds and sizes stand in one place.
func TestNoTemplateDrawsAButtonByItself(t *testing.T) {
	class := regexp.MustCompile(`["\s]btn["\s-]`)
	for path, source := range sources(t) {
		if path != "parts/button.go" && class.MatchString(source) {
			t.Errorf("%s writes the class of a button; use parts.Button or parts.ButtonLink", path)
		}
	}
}

// The script writes the reader's own zone beside times; where it does not run, nobody is left to guess.
func TestPagesSayInWhichZoneTheirTimesAreWhereTheScriptDoesNot(t *testing.T) {
	wantWords(t, one(t, tabDocument(t, sampleGroups().Component()), "footer.noscript-only"), "Days and times are UTC.")
}
