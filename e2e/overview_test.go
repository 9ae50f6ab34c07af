package e2e

import (
	"testing"

	"github.com/playwright-community/playwright-go"
)

// The day begins on the overview: what needs attention leads to the list, which shows as many.
func TestTheDayBeginsWithWhatNeedsAttention(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}, "by keyboard alone": {byKeyboard: true}}, beginTheDay)
}

func beginTheDay(t *testing.T, options tabOptions) {
	c := newConsole(t, "twitter.yaml")
	boss := c.enter("administrator@example.com", options)
	boss.sees(boss.named("heading", "Overview"))
	if !options.withoutJavaScript {
		boss.axe()
	}
	boss.follow(boss.Locator(".table-unused tr", playwright.PageLocatorOptions{HasText: "API keys"}).Locator("a").First())
	boss.seesText("matching API key")
	boss.follow(boss.navigation().GetByText("Overview"))
	boss.follow(boss.Locator(".attend").First())
	if !options.withoutJavaScript {
		boss.axe()
	}
}
