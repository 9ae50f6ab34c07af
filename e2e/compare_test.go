package e2e

import (
	"testing"

	"github.com/playwright-community/playwright-go"
)

// An auditor looks where two groups differ, down to single sources, and takes one out again. All of it has an address.
func TestAnAuditorComparesGroups(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}, "by keyboard alone": {byKeyboard: true}}, func(t *testing.T, options tabOptions) {
		c := newConsole(t, "twitter.yaml")
		auditor := c.enter(socialMediaManager, options)
		auditor.goTo("Groups")
		auditor.follow(auditor.link("Compare"))
		auditor.findsToCompare("manag micro", "Microsoft Sources Managers")
		auditor.findsToCompare("social", "Social Media Sources Managers")
		auditor.follow(auditor.button("Compare"))
		auditor.seesText("15 domains are the same: None in both")
		auditor.follow(auditor.link("3 sources differ"))
		youTube := auditor.Locator("tr.tr-sub", playwright.PageLocatorOptions{HasText: "YouTube"})
		auditor.sees(youTube.GetByText("Edit"))
		if !options.withoutJavaScript {
			auditor.axe()
		}
		_, err := auditor.Reload()
		must(t, err)
		auditor.sees(youTube.GetByText("Edit"))
		auditor.sees(auditor.named("link", "Edit on 2 of 3"))
		auditor.follow(auditor.link("Take out Microsoft Sources Managers"))
		auditor.seesText("One group alone")
	})
}

// Three members are selected and compared: what gives each their level stands with it, single sources are told apart, and one is taken
// out.
func TestAManagerComparesMembers(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}}, func(t *testing.T, options tabOptions) {
		c := newConsole(t, "twitter.yaml")
		manager := c.enter(socialMediaManager, options)
		manager.goTo("Members")
		for _, name := range []string{"Administrator", "Microsoft Sources Manager", "Social Media Sources Manager"} {
			must(t, manager.pickOf(name).Check())
		}
		if options.withoutJavaScript {
			manager.follow(manager.button("Show actions"))
		}
		manager.seesBarOf("3 selected")
		manager.press(manager.actionBar().GetByText("More"))
		manager.follow(manager.action("Compare access"))
		manager.sees(manager.heading("Compare members"))
		sources := manager.Locator("tr", playwright.PageLocatorOptions{HasText: "3 sources differ"})
		manager.sees(sources.GetByText("through Microsoft Sources Managers"))
		manager.follow(manager.link("3 sources differ"))
		youTube := manager.Locator("tr.tr-sub", playwright.PageLocatorOptions{HasText: "YouTube"})
		for i, level := range []string{"Edit", "View", "Edit"} {
			must(t, manager.expect.Locator(youTube.GetByRole("cell").Nth(i)).ToContainText(level))
		}
		if !options.withoutJavaScript {
			manager.axe()
		}
		manager.follow(manager.link("Take out Microsoft Sources Manager (microsoft.sources.manager@example.com)"))
		manager.seesText("2 of at most 8 members")
	})
}

// findsToCompare chooses a group by some words of its name.
func (p *tab) findsToCompare(words, group string) {
	p.t.Helper()
	p.write(p.named("searchbox", "Find groups"), words)
	if p.withoutJavaScript {
		p.follow(p.button("Find"))
		p.tick(p.Locator("dialog").GetByLabel(group))
		p.follow(p.button("Find")) // what is ticked is among the chosen then
	} else if p.byKeyboard {
		p.tick(p.Locator("dialog").GetByLabel(group))
	} else {
		p.press(p.Locator("dialog").GetByLabel(group))
	}
	p.sees(p.button("Leave out " + group))
}
