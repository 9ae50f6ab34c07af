package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// Widths of the pictures that the console was designed by, in CSS pixels.
const (
	desktopWidth = 1440
	mobileWidth  = 390
)

// tabOptions is how somebody looks at the console. The zero value: light, on a desktop, with JavaScript.
type tabOptions struct {
	dark              bool
	width             int
	withoutJavaScript bool
	zone              string // "" = UTC
	byKeyboard        bool   // neither pointer nor touch: all that is done in it is done by keys
}

// A tab is one person's browser on one console, with cookies of its own.
type tab struct {
	playwright.Page
	tabOptions
	t      *testing.T
	expect playwright.PlaywrightAssertions
	faults *faults
	clicks int // what was clicked in it so far: an option of a list takes two, what is typed takes none
}

// newTab opens an empty tab. When the test ends, everything that went wrong in it (an error or a policy violation on
// the browser's console, an exception, a missing file) fails the test.
func newTab(c *console, options tabOptions) *tab {
	c.t.Helper()
	return openTab(c.t, c.url, options)
}

// openTab is newTab for any server.
func openTab(t *testing.T, url string, options tabOptions) *tab {
	t.Helper()
	context, err := browserOf(t).NewContext(contextOptions(url, options))
	must(t, err)
	context.SetDefaultTimeout(float64(patience.Milliseconds()))
	page, err := context.NewPage()
	must(t, err)
	opened := &tab{Page: page, tabOptions: options, t: t, faults: watch(page),
		expect: playwright.NewPlaywrightAssertions(float64(patience.Milliseconds()))}
	finishTrace := trace(t, context)
	t.Cleanup(func() {
		for _, fault := range opened.faults.list() {
			t.Errorf("in the browser: %s", fault)
		}
		finishTrace()
		must(t, context.Close())
	})
	return opened
}

// another opens a second tab of the same browser: it has the same cookies.
func (p *tab) another() *tab {
	p.t.Helper()
	page, err := p.Context().NewPage()
	must(p.t, err)
	opened := &tab{Page: page, tabOptions: p.tabOptions, t: p.t, expect: p.expect, faults: watch(page)}
	p.t.Cleanup(func() {
		for _, fault := range opened.faults.list() {
			p.t.Errorf("in another tab of the browser: %s", fault)
		}
	})
	return opened
}

func contextOptions(url string, options tabOptions) playwright.BrowserNewContextOptions {
	scheme, width, height := playwright.ColorSchemeLight, desktopWidth, 900
	if options.dark {
		scheme = playwright.ColorSchemeDark
	}
	if options.width != 0 {
		width = options.width
	}
	zone := "UTC"
	if options.zone != "" {
		zone = options.zone
	}
	return playwright.BrowserNewContextOptions{
		BaseURL:           playwright.String(url),
		ColorScheme:       scheme,
		JavaScriptEnabled: playwright.Bool(!options.withoutJavaScript),
		Locale:            playwright.String("en-US"),
		Permissions:       []string{"clipboard-read", "clipboard-write"}, // which people's browsers give to anyone who presses Copy
		ReducedMotion:     playwright.ReducedMotionReduce,
		TimezoneId:        playwright.String(zone),
		Viewport:          &playwright.Size{Width: width, Height: height},
	}
}

// open goes to a path of the console.
func (p *tab) open(path string) {
	p.t.Helper()
	_, err := p.Goto(path)
	must(p.t, err)
}

// signIn signs a member in who has the password of these tests.
func (p *tab) signIn(email string) {
	p.t.Helper()
	p.open("/sign-in")
	p.write(p.field("Email"), email)
	p.write(p.field("Password"), password)
	p.press(p.button("Sign in"))
	must(p.t, p.expect.Page(p).Not().ToHaveURL(regexp.MustCompile(`/sign-in`)))
}

// button finds a button by its whole name.
func (p *tab) button(name string) playwright.Locator { return p.named("button", name) }

// link finds a link by its whole name.
func (p *tab) link(name string) playwright.Locator { return p.named("link", name) }

// named finds an element by its role and its whole accessible name.
func (p *tab) named(role playwright.AriaRole, name string) playwright.Locator {
	return p.GetByRole(role, playwright.PageGetByRoleOptions{Name: name, Exact: playwright.Bool(true)})
}

// sees holds that an element is there to be seen, and waits for it.
func (p *tab) sees(element playwright.Locator) {
	p.t.Helper()
	must(p.t, p.expect.Locator(element).ToBeVisible())
}

// seesNot holds that there is no such element, hidden or shown. Ask only after sees: it is true of a page still loading.
func (p *tab) seesNot(element playwright.Locator) {
	p.t.Helper()
	must(p.t, p.expect.Locator(element).ToHaveCount(0))
}

// screenshot keeps a picture of the whole page in the directory E2E_SHOTS, if that is set.
func (p *tab) screenshot(name string) {
	p.t.Helper()
	directory := os.Getenv("E2E_SHOTS")
	if directory == "" {
		return
	}
	_, err := p.Screenshot(playwright.PageScreenshotOptions{
		Path:     playwright.String(filepath.Join(directory, name+".png")),
		FullPage: playwright.Bool(true),
	})
	must(p.t, err)
}

// pictureName tells pictures of one page apart: its path, width and theme.
func (p *tab) pictureName() string {
	p.t.Helper()
	name, err := p.Evaluate("() => [location.pathname, innerWidth, matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'].join('-')")
	must(p.t, err)
	return strings.Trim(strings.ReplaceAll(name.(string), "/", "_"), "_")
}

// trace records everything the browser does, if E2E_TRACES names a directory; what it answers keeps the record of a
// failed test there and drops every other.
func trace(t *testing.T, context playwright.BrowserContext) (finish func()) {
	t.Helper()
	directory := os.Getenv("E2E_TRACES")
	if directory == "" {
		return func() {}
	}
	must(t, context.Tracing().Start(playwright.TracingStartOptions{
		Screenshots: playwright.Bool(true), Snapshots: playwright.Bool(true)}))
	return func() {
		if !t.Failed() {
			must(t, context.Tracing().Stop())
			return
		}
		file := strings.NewReplacer("/", "-", " ", "_").Replace(t.Name()) + ".zip"
		must(t, context.Tracing().Stop(filepath.Join(directory, file)))
	}
}
