package e2e

import "testing"

// An auditor asks who can edit a source, by which ways, and takes the answer along.
func TestAnAuditorSeesWhoCanEditASourceAndHow(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "twitter.yaml")
	auditor := c.enter(socialMediaManager, tabOptions{})
	auditor.goTo("Sources")
	auditor.selectRow("Exchange")
	auditor.follow(auditor.actionBar().GetByRole("link").First())
	auditor.openTab("People")
	auditor.axe()
	auditor.seesText("API keys are not listed, because you may not view them.")
	auditor.sees(auditor.link("Microsoft Sources Managers"))
	auditor.follow(auditor.Locator(".seg input[value=edit]"))
	auditor.seesNot(auditor.Locator("tbody").GetByText("social.media.sources.manager"))
	auditor.follow(auditor.link("2 ways Microsoft Sources Manager has it"))
	auditor.seesText("To take Edit away, the first group has to change. Then View stays, from the second.")
	auditor.axe()
	auditor.sees(auditor.link("Explain access"))
	auditor.sees(auditor.link("Download CSV"))
}
