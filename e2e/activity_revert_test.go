package e2e

import "testing"

// Somebody saves what they did not mean, and takes it back at once; or finds it a week later, and reverts it: in four clicks from
// any page.
func TestAChangeIsUndoneAtOnceOrRevertedLater(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"by pointer": {}, "without JavaScript": {withoutJavaScript: true}, "by keyboard alone": {byKeyboard: true}}, revertAccess)
}

func revertAccess(t *testing.T, options tabOptions) {
	c := newConsole(t, "atlassian.yaml")
	admin := c.enter(administrator, options)
	give := func(source string) {
		admin.open(c.path("/resources/content/sources/" + source + "/access"))
		admin.choose(admin.list("Access level of Administrator Interns"), "Edit")
		admin.follow(admin.button("Save"))
		admin.seesStatus("Saved: 1 change.")
	}
	give("exchange")
	admin.follow(admin.button("Undo what was saved"))
	admin.seesStatus("Undone. The source is as it was at")
	give("web")
	admin.goTo("Activities")
	admin.opensEvent("gave Administrator Interns Edit on Web")
	admin.follow(admin.link("Revert"))
	admin.seesText("Revert this change?")
	admin.axe()
	admin.follow(admin.button("Revert"))
	admin.seesStatus("Reverted: 1 change.")
	admin.sees(admin.event("on Web to revert an earlier change"))
}
