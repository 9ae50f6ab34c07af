package e2e

import "github.com/playwright-community/playwright-go"

// The methods below do one thing with one element, by pointer or, in a tab that is used by keyboard alone, by keys.

// press presses a button, a link or the head of a menu, and stays on the page.
func (p *tab) press(element playwright.Locator) {
	p.t.Helper()
	must(p.t, p.pressing(element))
}

// follow presses what leads to another page, or to the same one drawn again, and waits for that.
func (p *tab) follow(element playwright.Locator) {
	p.t.Helper()
	if !p.withoutJavaScript && p.drawsAgain(element) {
		p.redraws(func() { must(p.t, p.pressing(element)) })
		return
	}
	p.navigates(func() error { return p.pressing(element) })
}

// navigates does what leads to another page, and waits for that: until its scripts have run, not for the last picture. It
// waits for the event alone: ExpectNavigation asks for the state first and listens afterwards, so that a page which is
// there in between is waited for in vain.
func (p *tab) navigates(act func() error) {
	p.t.Helper()
	_, err := p.ExpectEvent("domcontentloaded", act,
		playwright.PageExpectEventOptions{Timeout: playwright.Float(float64(patience.Milliseconds()))})
	must(p.t, err)
}

// drawsAgain tells whether a button has its form drawn again, which the script puts into the page that is there.
func (p *tab) drawsAgain(element playwright.Locator) bool {
	p.t.Helper()
	does, err := element.Evaluate("e => e.formNoValidate === true && e.form?.matches('#tab-form[method=post]') === true", nil)
	must(p.t, err)
	return does == true
}

// redraws does what has the form drawn again, and waits for that.
func (p *tab) redraws(act func()) {
	p.t.Helper()
	_, err := p.Evaluate("() => { document.querySelector('main').firstElementChild.dataset.before = '' }")
	must(p.t, err)
	act()
	must(p.t, p.expect.Locator(p.Locator("main > [data-before]")).ToHaveCount(0))
}

func (p *tab) pressing(element playwright.Locator) error {
	p.clicks++
	if !p.byKeyboard {
		return element.Click()
	}
	p.walkTo(element)
	return p.Keyboard().Press("Enter")
}

// pick chooses a radio, or the box of a row.
func (p *tab) pick(radio playwright.Locator) {
	p.t.Helper()
	p.clicks++
	if !p.byKeyboard {
		must(p.t, radio.Check())
		return
	}
	p.walkTo(radio)
	// A group of radios, or the boxes of a list, is one stop, at the chosen one or else at its first; arrows move on and choose.
	wanted := p.handle(radio)
	arrow, err := wanted.Evaluate(whichArrow)
	must(p.t, err)
	for range maxArrows {
		if p.focus(wanted) == onIt {
			break
		}
		must(p.t, p.Keyboard().Press(arrow.(string)))
	}
	chosen, err := radio.IsChecked()
	must(p.t, err)
	if !chosen {
		must(p.t, p.Keyboard().Press("Space"))
	}
	must(p.t, p.expect.Locator(radio).ToBeChecked())
}

// whichArrow leads from the focus to an element: radios go round, boxes of a list end at the first and the last.
const whichArrow = `(element) => document.activeElement.type === 'checkbox' &&
	document.activeElement.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING ? 'ArrowUp' : 'ArrowDown'`

// tick ticks a box.
func (p *tab) tick(box playwright.Locator) {
	p.t.Helper()
	p.clicks++
	if !p.byKeyboard {
		must(p.t, box.Check())
		return
	}
	p.walkTo(box)
	must(p.t, p.Keyboard().Press("Space"))
	must(p.t, p.expect.Locator(box).ToBeChecked())
}

// within holds that no more was clicked since the tab was opened.
func (p *tab) within(budget int) {
	p.t.Helper()
	if p.clicks > budget {
		p.t.Errorf("it took %d clicks, and %d have to do", p.clicks, budget)
	}
}

// write puts a text in place of what stands in a field.
func (p *tab) write(field playwright.Locator, text string) {
	p.t.Helper()
	if !p.byKeyboard {
		must(p.t, field.Fill(text))
		return
	}
	p.walkTo(field)
	must(p.t, p.Keyboard().Press("ControlOrMeta+A"))
	must(p.t, p.Keyboard().Type(text))
}

// choose picks an option of a select by its text.
func (p *tab) choose(list playwright.Locator, option string) {
	p.t.Helper()
	p.clicks += 2
	if !p.byKeyboard {
		_, err := list.SelectOption(playwright.SelectOptionValues{Labels: &[]string{option}})
		must(p.t, err)
		return
	}
	p.walkTo(list)
	must(p.t, p.Keyboard().Press("Home"))
	for range maxArrows {
		chosen, err := p.chosen(list, option).Count()
		must(p.t, err)
		if chosen == 1 {
			return
		}
		must(p.t, p.Keyboard().Press("ArrowDown"))
	}
	p.t.Fatalf("%s: the arrows do not reach the option %s", p.URL(), option)
}

// chosen is a select's option of that text, while it is chosen.
func (p *tab) chosen(list playwright.Locator, option string) playwright.Locator {
	named := playwright.LocatorGetByRoleOptions{Name: option, Exact: playwright.Bool(true), Selected: playwright.Bool(true)}
	return list.GetByRole("option", named)
}

// Where the focus is, seen from an element.
const (
	elsewhere   = ""
	onIt        = "it"
	onItsRadios = "radios" // on another radio of the same choice
	gone        = "gone"   // the element was replaced meanwhile, as a save bar is after each choice
)

const whereTheFocusIs = `(element) => {
	const focused = document.activeElement;
	if (!element.isConnected) return 'gone';
	if (focused === element) return 'it';
	const picks = (e) => e.type === 'radio' || e.type === 'checkbox' && e.name === 'selected';
	const same = picks(focused) && picks(element) && focused.name === element.name && focused.form === element.form;
	return same ? 'radios' : '';
}`

// focus tells where the focus is.
func (p *tab) focus(element playwright.ElementHandle) string {
	p.t.Helper()
	answer, err := element.Evaluate(whereTheFocusIs)
	must(p.t, err)
	return answer.(string)
}

// handle is the element as it stands now. It is not looked for again, which the many steps of a walk need not pay for.
func (p *tab) handle(element playwright.Locator) playwright.ElementHandle {
	p.t.Helper()
	//lint:ignore SA1019 A locator would be looked up anew for each of the many steps of a walk.
	found, err := element.ElementHandle()
	must(p.t, err)
	return found
}

// Nobody should have to press a key that often; it ends a walk that does not arrive.
const (
	maxTabs   = 300
	maxArrows = 100
)

// walkTo presses Tab until the element has the focus, or a radio of its choice has.
func (p *tab) walkTo(element playwright.Locator) {
	p.t.Helper()
	p.sees(element)
	wanted := p.handle(element)
	for range maxTabs {
		switch p.focus(wanted) {
		case gone:
			wanted = p.handle(element)
		case elsewhere:
			must(p.t, p.Keyboard().Press("Tab"))
		default:
			return
		}
	}
	missed, err := element.AriaSnapshot()
	must(p.t, err)
	p.t.Fatalf("%s: the keyboard does not reach %s", p.URL(), missed)
}
