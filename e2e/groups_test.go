package e2e

import (
	"regexp"
	"testing"
)

// People of testdata/duplicating.yaml.
const (
	accessCoordinator = "access.coordinator@example.com"
	reportReader      = "report.reader@example.com"
)

// The worked example of duplicating: of the four privileges held, a group with three may be duplicated, one with all four
// may not, nor one with three others.
func TestGroupIsDuplicatedOnlyBelowOwnPrivileges(t *testing.T) {
	sideBySide(t)
	coordinator := newConsole(t, "duplicating.yaml").enter(accessCoordinator, tabOptions{})
	coordinator.goTo("Groups")
	coordinator.selectRow("Deputy Coordinators")
	coordinator.seesActions("Edit", "Delete")
	coordinator.seesText("You can’t duplicate it: it holds as many privileges as you do.")
	coordinator.selectRow("Query Testers")
	coordinator.seesActions("Edit", "Delete")
	coordinator.seesText("You can’t duplicate it: it goes beyond your own privileges on Content / Sources and Search / Execute queries.")
	coordinator.selectRow("Report Readers")
	coordinator.seesActions("Edit", "Duplicate", "Delete")
	coordinator.follow(coordinator.action("Duplicate"))
	coordinator.follow(coordinator.button("Duplicate group"))
	coordinator.sees(coordinator.row("Report Readers_copy"))
}

func TestDeletingAGroupSaysWhoLosesWhat(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "duplicating.yaml")
	admin, reader := c.enter(administrator, tabOptions{}), c.enter(reportReader, tabOptions{})
	admin.goTo("Groups")
	admin.selectRow("Report Readers")
	admin.follow(admin.action("Delete"))
	question := admin.named("dialog", "Delete Report Readers?")
	admin.sees(question.GetByText("1 member loses the privileges of this group."))
	admin.sees(question.GetByText("This is the last group of Report Reader (" + reportReader + "). They leave the organization."))
	must(t, admin.expect.Locator(inside(question, "link", "Cancel")).ToBeFocused())
	must(t, admin.Keyboard().Press("Escape"))
	admin.seesNot(question)
	must(t, admin.expect.Locator(admin.action("Delete")).ToBeFocused()) // where the question was opened
	admin.follow(admin.action("Delete"))
	admin.follow(inside(question, "button", "Delete group"))
	admin.seesStatus("Report Readers deleted.")
	admin.seesNot(admin.row("Report Readers"))

	_, err := reader.Reload()
	must(t, err)
	reader.seesNot(reader.navigation()) // no member any more, no console
}

func TestAdministratorsStayAsTheyAre(t *testing.T) {
	sideBySide(t)
	admin := newConsole(t, "duplicating.yaml").enter(administrator, tabOptions{})
	admin.goTo("Groups")
	admin.selectRow("Administrators")
	admin.seesActions("Edit", "Duplicate")
	admin.seesText("This group can’t be deleted.")
	admin.follow(admin.action("Edit"))
	admin.openTab("Privileges")
	admin.seesText("Administrators always have the highest level on every domain.")
	admin.seesNot(admin.GetByRole("button").Filter(hasText(regexp.MustCompile("^Save$"))))

	admin.openTab("Members")
	admin.selectRow("Administrator")
	admin.press(admin.menu("More"))
	admin.seesActions("Explain access")
	admin.seesText("An organization keeps at least one administrator who can sign in and whose membership has no end date: add another one first.")
}
