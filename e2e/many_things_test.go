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
		admin.sees(admin.row("Website search").GetByText("Deactivated"))
		admin.follow(admin.button("Undo what was saved"))
		admin.sees(admin.row("Push connector").GetByText("Active"))
	})
}

// A group gets Edit on two sources at once, found by its name; then both are rebuilt, and one is deleted.
func TestManySourcesAreGivenToAGroup(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}}, func(t *testing.T, options tabOptions) {
		c := newConsole(t, "keys.yaml")
		admin := c.enter(administrator, options)
		admin.open(c.path("/resources/content/sources"))
		admin.pick(admin.named("checkbox", "Select all 2 sources on this page"))
		if options.withoutJavaScript {
			admin.follow(admin.button("Show actions"))
		}
		admin.seesBarOf("2 selected")
		admin.follow(admin.action("Give access"))
		question := admin.named("dialog", "Give a group Edit or View on 2 sources")
		admin.write(question.GetByRole("searchbox"), "keepers")
		if options.withoutJavaScript {
			admin.follow(inside(question, "button", "Find"))
		} else {
			admin.axe()
		}
		admin.pick(admin.choice("Key keepers"))
		admin.pick(admin.choice("Edit"))
		admin.follow(inside(question, "button", "Review"))
		review := admin.named("dialog", "Give Key keepers Edit on 2 sources?")
		admin.sees(review.GetByText("Edit instead of View.").First())
		admin.follow(inside(review, "button", "Give access to 2 sources"))
		admin.seesStatus("2 sources changed.")
		admin.seesBarOf("2 selected")
		admin.follow(admin.action("Rebuild"))
		admin.follow(admin.button("Rebuild 2 sources"))
		admin.seesStatus("Rebuild started for 2 sources.")
		admin.follow(inside(admin.row("Jira Software Cloud"), "link", "Jira Software Cloud"))
		admin.openTab("Access")
		admin.seesAccess("Key keepers", "Edit")
	})
}
