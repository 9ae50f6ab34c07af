package e2e

import "testing"

// All API keys are switched off at once, and on again by Undo.
func TestManyAPIKeysAreSwitchedOffAndOn(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}}, func(t *testing.T, options tabOptions) {
		c := newConsole(t, "keys.yaml")
		admin := c.enter(administrator, options)
		admin.open(c.path("/api-keys"))
		admin.pick(admin.named("checkbox", "Select all 2 API keys on this page"))
		if options.withoutJavaScript {
			admin.follow(admin.button("Show actions"))
		}
		admin.seesBarOf("2 selected")
		admin.follow(admin.action("Deactivate"))
		question := admin.named("dialog", "Deactivate 2 API keys?")
		admin.sees(question.GetByText("It was never used.").First())
		admin.follow(inside(question, "button", "Deactivate 2 API keys"))
		admin.seesStatus("2 API keys deactivated.")
		admin.seesBarOf("2 selected")
		admin.sees(admin.row("Website search").GetByText("Disabled"))
		admin.follow(admin.button("Undo what was saved"))
		admin.sees(admin.row("Push connector").GetByText("Enabled"))
	})
}
