package e2e

import "testing"

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
	if !options.withoutJavaScript {
		admin.axe()
	}
	admin.follow(admin.button("Revert"))
	admin.seesStatus("Reverted: 1 change.")
	admin.sees(admin.event("on Web to revert an earlier change"))
	admin.follow(admin.button("Undo what was saved"))
	admin.seesStatus("Undone. The source is as it was before your change at")
}
