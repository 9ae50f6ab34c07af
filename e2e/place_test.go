package e2e

import (
	"math"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// A visit leads from a list that was scrolled to what is asked or shown of some of its rows, and back.
type visit struct {
	rows   int              // so many are ticked, in the middle of what is in sight
	action string           // in the Action bar
	back   func(admin *tab) // nil: the action itself comes back
	says   string           // what became of it, in sight; "" where nothing changed
}

// In a list of a usual size nothing is lost by whatever way one goes from its rows and comes back: it stands where it stood, beneath the
// question too, with a row in sight that is selected.
func TestAListStandsWhereItStood(t *testing.T) {
	cancels := func(admin *tab) {
		admin.follow(admin.Locator("dialog[open] a[data-close], .form-foot a, .crumbs a").Last())
	}
	escapes := func(admin *tab) { admin.navigates(func() error { return admin.Keyboard().Press("Escape") }) }
	answers := func(admin *tab) { admin.follow(admin.Locator("dialog[open] .dialog-foot button").Last()) }
	eachSideBySide(t, map[string][]visit{
		"/members?q=senior": {
			{2, "Add to groups", cancels, ""}, {2, "Set an end", escapes, ""}, {1, "Edit", cancels, ""}, {2, "Suspend", cancels, ""},
			{2, "Suspend", answers, "2 members suspended."},
		},
		"/resources/content/sources": {
			{1, "Edit", cancels, ""}, {1, "Duplicate", cancels, ""}, {2, "Give access", escapes, ""}, {1, "Update", nil, "Update"},
			{1, "Duplicate", answers, "_copy added."},
		},
		"/groups?sort=-name": {
			{2, "Add members", cancels, ""}, {2, "Compare", cancels, ""}, {1, "Delete", escapes, ""}, {1, "Duplicate", answers, "_copy added."},
		},
		"/groups/procurement-supplier-file-editors-apac/members": {
			{2, "Set an end", cancels, ""}, {1, "Delete", escapes, ""}, {2, "Delete", answers, "2 members deleted from the group."},
		},
	}, func(t *testing.T, visits []visit) {
		c := newMiddleConsole(t)
		admin := c.enter(ofMiddle("admin"), tabOptions{})
		list := c.path(strings.TrimPrefix(t.Name(), "TestAListStandsWhereItStood/"))
		for _, v := range visits {
			admin.visits(list, v)
		}
	})
}

func (p *tab) visits(list string, v visit) {
	p.t.Helper()
	p.open(list)
	p.wheelsDown()
	p.ticksInSight(v.rows)
	stood := p.scrolledTo()
	p.clicksInPlace(p.action(v.action).First())
	if question, err := p.Locator("dialog[open]").Count(); err != nil || question > 0 && far(p.scrolledTo(), stood) {
		p.t.Errorf("%s: %s is asked above the list at %v, which stood at %v (%v)", list, v.action, p.scrolledTo(), stood, err)
	}
	if v.back != nil {
		v.back(p)
	}
	if at := p.scrolledTo(); far(at, stood) {
		p.t.Errorf("%s: after %s the list stands at %v, and stood at %v", list, v.action, at, stood)
	}
	if v.says != "" {
		p.sees(p.Locator(".flash").GetByText(v.says))
		must(p.t, p.expect.Locator(p.Locator(".flash")).ToBeInViewport())
	}
	if ticked := p.Locator("tbody .pick input:checked").First(); v.action != "Delete" || v.says == "" {
		must(p.t, p.expect.Locator(ticked).ToBeInViewport())
	}
}

// wheelsDown scrolls by the wheel, from the beginning of the page.
func (p *tab) wheelsDown() {
	p.t.Helper()
	_, err := p.Evaluate("() => scrollTo(0, 0)")
	must(p.t, err)
	must(p.t, p.Mouse().Move(900, 600))
	must(p.t, p.Mouse().Wheel(0, 620))
	_, err = p.WaitForFunction("() => scrollY >= 500", nil)
	must(p.t, err)
}

// ticksInSight ticks rows by the pointer, where they stand.
func (p *tab) ticksInSight(rows int) {
	p.t.Helper()
	found, err := p.Evaluate(`() => [...document.querySelectorAll("tbody .pick input")].flatMap((box) => {
		const { x, y, width, height } = box.getBoundingClientRect();
		return y > 300 && y < 700 ? [[x + width / 2, y + height / 2]] : [];
	})`)
	must(p.t, err)
	for _, at := range found.([]any)[:rows] {
		must(p.t, p.Mouse().Click(number(at.([]any)[0]), number(at.([]any)[1])))
	}
	must(p.t, p.expect.Locator(p.Locator("tbody .pick input:checked")).ToHaveCount(rows))
	if rows > 1 {
		p.seesBarOf("2 selected")
	}
}

// clicksInPlace follows what stands in sight, and does not scroll for it.
func (p *tab) clicksInPlace(element playwright.Locator) {
	p.t.Helper()
	p.sees(element)
	box, err := element.BoundingBox()
	must(p.t, err)
	p.navigates(func() error { return p.Mouse().Click(box.X+box.Width/2, box.Y+box.Height/2) })
}

// scrolledTo is where the page stands.
func (p *tab) scrolledTo() float64 {
	p.t.Helper()
	at, err := p.Evaluate("() => scrollY")
	must(p.t, err)
	return number(at)
}

func far(one, other float64) bool { return math.Abs(one-other) > 1 }

// number is one that the browser answered.
func number(answer any) float64 {
	if whole, is := answer.(int); is {
		return float64(whole)
	}
	return answer.(float64)
}
