package e2e

import (
	"slices"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// Somebody finds a change of last week, and reverts it: in four clicks from any page. What one has just done is undone at once.
func TestAChangeIsUndoneAtOnceOrRevertedLater(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"by pointer": {}, "without JavaScript": {withoutJavaScript: true}, "by keyboard alone": {byKeyboard: true}}, revertAccess)
}

func revertAccess(t *testing.T, options tabOptions) {
	c := newConsole(t, "atlassian.yaml")
	admin := c.enter(administrator, options)
	admin.open(c.path("/resources/content/sources/web/access"))
	admin.choose(admin.list("Access level of Administrator Interns"), "Edit")
	admin.follow(admin.button("Save"))
	admin.seesStatus("Saved: 1 change.")
	admin.goTo("Activities")
	admin.opensEvent("gave Administrator Interns Edit on Web")
	admin.follow(admin.link("Revert"))
	admin.seesText("Revert this change?")
	admin.seesQuestionWhole()
	if !options.withoutJavaScript {
		admin.axe()
	}
	admin.follow(admin.button("Revert"))
	admin.seesStatus("Reverted: 1 change.")
	admin.sees(admin.event("on Web to revert an earlier change"))
	admin.follow(admin.button("Undo what was saved"))
	admin.seesStatus("Undone. The source is as it was before your change at")
}

// seesQuestionWhole holds that the question within an activity is seen from its heading to its buttons, and is where one reads on.
func (p *tab) seesQuestionWhole() {
	p.t.Helper()
	question := p.Locator(".revert")
	for _, part := range []playwright.Locator{question.GetByRole("heading"), inside(question, "link", "Cancel"), question.GetByRole("button")} {
		must(p.t, p.expect.Locator(part).ToBeInViewport(playwright.LocatorAssertionsToBeInViewportOptions{Ratio: playwright.Float(1)}))
	}
	if !p.withoutJavaScript {
		must(p.t, p.expect.Locator(question.GetByRole("heading")).ToBeFocused())
	}
}

// However many things an activity changed, its question is seen whole, and lists them as the table of what was changed does.
func TestAQuestionAboutALongActivityIsSeenWhole(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"by pointer": {}, "without JavaScript": {withoutJavaScript: true}}, func(t *testing.T, options tabOptions) {
		c := newConsole(t, "atlassian.yaml")
		admin := c.enter(administrator, options)
		admin.open(c.path("/groups/administrator-interns/privileges"))
		views := admin.Locator("fieldset.seg input[value=view]:enabled:not(:checked)")
		for range 12 {
			must(t, views.First().Check(playwright.LocatorCheckOptions{Force: playwright.Bool(true)}))
		}
		admin.follow(admin.button("Save"))
		admin.goTo("Activities")
		admin.opensEvent("Administrator (administrator@example.com) changed the privileges of Administrator Interns")
		admin.follow(admin.link("Revert"))
		admin.seesQuestionWhole()
		asked, err := admin.Locator(".revert tbody th").AllTextContents()
		must(t, err)
		changed, err := admin.Locator("details[open] .diff tbody th").AllTextContents()
		must(t, err)
		if len(changed) < 12 || !slices.Equal(asked, changed) {
			t.Errorf("the question lists %q, and the activity %q", asked, changed)
		}
	})
}
