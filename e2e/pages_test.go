package e2e

import (
	"regexp"

	"github.com/playwright-community/playwright-go"
)

// The methods below find the parts that the console's pages are made of.

// heading is the page's title.
func (p *tab) heading(name string) playwright.Locator {
	return p.GetByRole("heading", playwright.PageGetByRoleOptions{Name: name, Exact: playwright.Bool(true), Level: playwright.Int(1)})
}

// thing is the title of a page about one thing, whose kind is above its name.
func (p *tab) thing(kind, name string) playwright.Locator { return p.heading(kind + " " + name) }

// field is a labelled input.
func (p *tab) field(label string) playwright.Locator {
	return p.GetByLabel(label, playwright.PageGetByLabelOptions{Exact: playwright.Bool(true)})
}

// list is a select.
func (p *tab) list(name string) playwright.Locator { return p.named("combobox", name) }

// inside finds an element within another by its role and its whole accessible name.
func inside(part playwright.Locator, role playwright.AriaRole, name string) playwright.Locator {
	return part.GetByRole(role, playwright.LocatorGetByRoleOptions{Name: name, Exact: playwright.Bool(true)})
}

// navigation is the console's main navigation.
func (p *tab) navigation() playwright.Locator { return p.named("navigation", "Main") }

// goTo follows a link of the main navigation.
func (p *tab) goTo(domain string) {
	p.t.Helper()
	p.follow(inside(p.navigation(), "link", domain))
	p.sees(p.heading(domain))
}

// seesPages holds that the navigation leads to these pages and to no other.
func (p *tab) seesPages(domains ...string) {
	p.t.Helper()
	must(p.t, p.expect.Locator(p.navigation().GetByRole("listitem").GetByRole("link")).ToHaveText(domains))
}

// openTab changes to another tab of a page, whose name a count may follow. While something is added, tabs are buttons,
// since nothing is stored yet.
func (p *tab) openTab(name string) {
	p.t.Helper()
	tabs, named := p.named("navigation", "Tabs"), regexp.MustCompile("^"+name+`( \d+)?$`)
	p.follow(tabs.GetByRole("link", playwright.LocatorGetByRoleOptions{Name: named}).
		Or(tabs.GetByRole("button", playwright.LocatorGetByRoleOptions{Name: named})))
}

// row is a row of a table that can be selected, by its name.
func (p *tab) row(name string) playwright.Locator {
	return p.GetByRole("row").Filter(playwright.LocatorFilterOptions{Has: p.pickOf(name)})
}

// pickOf is the radio of a row or, where several rows can be selected, its box, which an address may follow.
func (p *tab) pickOf(name string) playwright.Locator {
	box := playwright.PageGetByRoleOptions{Name: regexp.MustCompile("^" + regexp.QuoteMeta(name) + `( \S+@\S+)?$`)}
	return p.named("radio", name).Or(p.GetByRole("checkbox", box))
}

// actionBar is the toolbar above a table.
func (p *tab) actionBar() playwright.Locator { return p.named("toolbar", "Action bar") }

// selectRow selects a row and waits for its Action bar.
func (p *tab) selectRow(name string) {
	p.t.Helper()
	p.selectRowOf(name, name)
}

// selectRowOf is selectRow of a person, whom the Action bar calls by name and address.
func (p *tab) selectRowOf(name, subject string) {
	p.t.Helper()
	p.letsGoOf(p.pickOf(name))
	p.pick(p.pickOf(name))
	if p.withoutJavaScript {
		p.follow(p.button("Show actions"))
	}
	p.sees(p.actionBar().GetByText(subject, playwright.LocatorGetByTextOptions{Exact: playwright.Bool(true)}))
}

// letsGoOf clears the selection where more than the one row is selected by boxes: a further box adds to it.
func (p *tab) letsGoOf(one playwright.Locator) {
	p.t.Helper()
	p.sees(one)
	selected, err := p.Locator("tbody input[type=checkbox][name=selected]:checked").Count()
	must(p.t, err)
	if itself, err := one.IsChecked(); selected > 1 || selected == 1 && !itself {
		must(p.t, err)
		clear := inside(p.actionBar(), "link", "Clear selection")
		if p.withoutJavaScript {
			p.follow(clear)
			return
		}
		p.press(clear)
		p.seesNot(clear)
	}
}

// action is a button or link of the Action bar.
func (p *tab) action(name string) playwright.Locator {
	return inside(p.actionBar(), "button", name).Or(inside(p.actionBar(), "link", name))
}

var (
	readable = regexp.MustCompile(`\S`)
	noAction = regexp.MustCompile(`^\s*(Show actions|Why these actions\?)\s*$`)
)

// seesActions holds that the Action bar offers these actions, in this order, and no other. Clear selection shows a
// cross, Show actions is for browsers without script and Why these actions? explains; none of them acts on the row.
func (p *tab) seesActions(names ...string) {
	p.t.Helper()
	offered := p.actionBar().GetByRole("button").Or(p.actionBar().GetByRole("link")).Filter(playwright.LocatorFilterOptions{
		Visible: playwright.Bool(true), HasText: readable, HasNotText: noAction})
	must(p.t, p.expect.Locator(offered).ToHaveText(names))
}

// seesGray holds that rows are grayed and say so, and that others are and do neither.
func (p *tab) seesGray(gray, plain []string) {
	p.t.Helper()
	for _, name := range gray {
		must(p.t, p.expect.Locator(p.row(name).GetByText("view only")).ToHaveCount(1))
	}
	for _, name := range plain {
		p.sees(p.row(name))
		p.seesNot(p.row(name).GetByText("view only"))
		for _, other := range gray {
			if p.ink(name) == p.ink(other) {
				p.t.Errorf("%s can be edited but looks like %s, which can’t", name, other)
			}
		}
	}
}

// ink is the colour that a row's name is written in.
func (p *tab) ink(row string) string {
	p.t.Helper()
	label := p.row(row).GetByText(row, playwright.LocatorGetByTextOptions{Exact: playwright.Bool(true)})
	colour, err := label.Evaluate(`(label) => getComputedStyle(label).color`, nil)
	must(p.t, err)
	return colour.(string)
}

// level is the radio of one access level on a domain, or on a resource of a Custom list.
func (p *tab) level(on, level string) playwright.Locator {
	return inside(p.named("group", "Access level on "+on), "radio", level)
}

// seesLevel holds that an access level is the chosen one.
func (p *tab) seesLevel(on, level string) {
	p.t.Helper()
	must(p.t, p.expect.Locator(p.level(on, level)).ToBeChecked())
}

// seesAccess holds at which level the choice for a group or key stands in an Access tab.
func (p *tab) seesAccess(grantee, level string) {
	p.t.Helper()
	list := p.list("Access level of " + grantee)
	must(p.t, p.expect.Locator(p.chosen(list, level)).ToHaveCount(1))
}

// seesStatus holds that something was announced as done.
func (p *tab) seesStatus(text string) {
	p.t.Helper()
	p.sees(p.GetByRole("status").Filter(hasText(text)).First())
}

// seesText holds that a text can be read somewhere on the page.
func (p *tab) seesText(text string) {
	p.t.Helper()
	p.sees(p.GetByText(text).First())
}

// saveBar is where a form with choices says what saving would change.
func (p *tab) saveBar() playwright.Locator { return p.named("region", "Unsaved changes") }

// grantee is the row of a group or key in an Access tab.
func (p *tab) grantee(name string) playwright.Locator {
	return p.GetByRole("row").Filter(playwright.LocatorFilterOptions{Has: p.named("rowheader", name)})
}

// seesDecided holds that an Access tab shows a level without a choice, and why.
func (p *tab) seesDecided(grantee, level, why string) {
	p.t.Helper()
	row := p.grantee(grantee)
	p.sees(inside(row, "cell", level))
	p.sees(inside(row, "cell", why))
	p.seesNot(row.GetByRole("combobox"))
}

// menu is a menu by what its head says, which may be for a screen reader alone. Closed, its head is all there is to press.
func (p *tab) menu(head string) playwright.Locator {
	return p.GetByRole("group").Filter(hasText(head)).Last()
}

func hasText(text any) playwright.LocatorFilterOptions {
	return playwright.LocatorFilterOptions{HasText: text}
}
