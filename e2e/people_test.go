package e2e

import (
	"testing"

	"github.com/playwright-community/playwright-go"
)

// An auditor asks who can edit a source, by which ways, and takes the answer along.
func TestAnAuditorSeesWhoCanEditASourceAndHow(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}, "by keyboard alone": {byKeyboard: true}}, seeWhoCanEdit)
}

func seeWhoCanEdit(t *testing.T, options tabOptions) {
	c := newConsole(t, "twitter.yaml")
	auditor := c.enter(socialMediaManager, options)
	auditor.goTo("Sources")
	auditor.selectRow("Exchange")
	auditor.follow(auditor.actionBar().GetByRole("link").First())
	auditor.openTab("People")
	if !options.withoutJavaScript {
		auditor.axe()
	}
	auditor.seesText("API keys are not listed, because you may not view them.")
	auditor.sees(auditor.link("Microsoft Sources Managers"))
	auditor.narrowsByLevel(auditor.Locator(".seg input[value=edit]"))
	auditor.seesNot(auditor.Locator("tbody").GetByText("social.media.sources.manager"))
	auditor.follow(auditor.link("2 ways Microsoft Sources Manager has it"))
	auditor.seesText("To take Edit away, the first group has to change. Then View stays, from the second.")
	if !options.withoutJavaScript {
		auditor.axe()
	}
	auditor.sees(auditor.link("Explain access"))
	auditor.sees(auditor.link("Download CSV"))
}

// narrowsByLevel chooses the next level among a list's filters, which the script sends at once.
func (p *tab) narrowsByLevel(level playwright.Locator) {
	p.t.Helper()
	choose := level.Check
	switch {
	case p.withoutJavaScript:
		p.pick(level)
		p.follow(p.button("Apply filter"))
		return
	case p.byKeyboard:
		p.walkTo(p.Locator(".seg input:checked"))
		choose = func(...playwright.LocatorCheckOptions) error { return p.Keyboard().Press("ArrowRight") }
	}
	p.navigates(func() error { return choose() })
}
