package e2e

import "testing"

// People of testdata/twitter.yaml.
const (
	microsoftManager   = "microsoft.sources.manager@example.com"
	socialMediaManager = "social.media.sources.manager@example.com"
)

// The worked example of adding a Twitter source: the creator's own Custom group edits it from the start, all others view
// it, and the creator lets one more group in.
func TestCreatorOfASourceDecidesWhoElseMayEditIt(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "twitter.yaml")
	creator := c.enter(socialMediaManager, tabOptions{})
	creator.goTo("Sources")
	creator.follow(creator.link("Add source"))
	creator.write(creator.field("Name"), "Twitter")
	creator.openTab("Access")
	creator.seesAccess("Social Media Sources Managers", "Edit")
	creator.seesAccess("Microsoft Sources Managers", "View")
	creator.seesAccess("Users", "View")
	creator.seesDecided("Administrators", "Edit", "Edits all sources")
	creator.seesDecided("Analytics viewers", "No access", "No access to sources")
	creator.sees(inside(creator.grantee("Social Media Sources Managers"), "cell", "Member"))
	creator.sees(inside(creator.grantee("Microsoft Sources Managers"), "cell", "Not a member"))
	creator.seesNot(creator.GetByText("Push connector")) // it takes View on API keys to see that key
	creator.choose(creator.list("Access level of Microsoft Sources Managers"), "Edit")
	creator.seesText("instead of View")
	creator.sees(creator.Locator("#savebar").GetByText("can edit"))
	creator.choose(creator.list("Access level of Microsoft Sources Managers"), "View")
	creator.seesNot(creator.Locator("#savebar").GetByText("can edit")) // the preview follows back to what it began with
	creator.choose(creator.list("Access level of Social Media Sources Managers"), "View")
	creator.sees(creator.GetByRole("alert").GetByText("You are about to lock yourself out."))
	creator.sees(creator.named("checkbox", "I will not be able to edit it"))
	creator.choose(creator.list("Access level of Social Media Sources Managers"), "Edit")
	creator.seesNot(creator.GetByRole("alert").GetByText("You are about to lock yourself out."))
	creator.choose(creator.list("Access level of Microsoft Sources Managers"), "Edit")
	creator.follow(creator.button("Add source"))
	creator.seesStatus("Twitter added.")
	creator.seesActions("Edit", "Update", "Rebuild", "Duplicate", "Delete")

	colleague := c.enter(microsoftManager, tabOptions{})
	colleague.goTo("Sources")
	colleague.seesGray([]string{"YouTube"}, []string{"Exchange", "SharePoint Online", "Twitter"})
}

func TestWhoeverLocksThemselvesOutIsWarnedAndConfirms(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "twitter.yaml")
	manager := c.enter(socialMediaManager, tabOptions{})
	manager.goTo("Sources")
	manager.selectRow("YouTube")
	manager.follow(manager.action("Edit"))
	manager.openTab("Access")
	own := manager.list("Access level of Social Media Sources Managers")
	manager.choose(own, "View")
	warning := manager.GetByRole("alert").GetByText("You are about to lock yourself out.")
	manager.sees(warning)
	manager.seesText("Members of Administrators can, and only they can change this back.")
	manager.axe()
	manager.follow(manager.button("Keep Edit"))
	manager.seesAccess("Social Media Sources Managers", "Edit")
	manager.seesNot(warning)

	manager.choose(own, "View")
	manager.sees(warning)
	confirmation := manager.named("checkbox", "I will lose Edit")
	manager.press(manager.button("Save"))
	must(t, manager.expect.Locator(confirmation).ToBeFocused()) // the browser asks for it instead of saving
	manager.tick(confirmation)
	manager.follow(manager.button("Save"))
	manager.seesStatus("Saved: ")
	manager.seesText("View only.")
	manager.goTo("Sources")
	manager.seesGray([]string{"Exchange", "SharePoint Online", "YouTube"}, nil)
}

// Two administrators decide about the same group on the same Access tab; the second sees what the first saved.
func TestAccessSavedOverANewerChoiceShowsBothVersions(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "twitter.yaml")
	first, second := c.enter(administrator, tabOptions{}), newTab(c, tabOptions{})
	second.signIn(administrator)
	for _, admin := range []*tab{first, second} {
		admin.open(c.path("/resources/content/sources/youtube/access"))
		admin.choose(admin.list("Access level of Social Media Sources Managers"), "View")
		admin.choose(admin.list("Access level of Microsoft Sources Managers"), "Edit")
	}
	first.choose(first.list("Access level of Microsoft Sources Managers"), "View")
	first.follow(first.button("Save"))
	first.seesStatus("Saved: ")
	second.follow(second.button("Save"))
	second.sees(second.GetByRole("alert").GetByText("Administrator (administrator@example.com) saved a change"))
	second.seesAccess("Social Media Sources Managers", "View")
	second.seesAccess("Microsoft Sources Managers", "Edit")
	second.follow(second.button("Save"))
	second.seesStatus("Saved: ")
	second.seesAccess("Microsoft Sources Managers", "Edit")
}
