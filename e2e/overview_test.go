package e2e

import "testing"

// The day begins on the overview: what needs attention leads to the list, which shows as many.
func TestTheDayBeginsWithWhatNeedsAttention(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "twitter.yaml")
	boss := c.enter("administrator@example.com", tabOptions{})
	boss.sees(boss.named("heading", "Overview"))
	boss.axe()
	boss.follow(boss.Locator(".table-unused a").First())
	boss.seesText("matching API key")
	boss.follow(boss.navigation().GetByText("Overview"))
	boss.follow(boss.Locator(".attend").First())
	boss.axe()
}
