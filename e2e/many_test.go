package e2e

import (
	"net/url"
	"regexp"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// Three members leave at once, the administrator among those who were selected stays. The selection outlives the question.
func TestManyMembersAreRemovedAtOnce(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "by keyboard alone": {byKeyboard: true}}, removeMany)
}

func removeMany(t *testing.T, options tabOptions) {
	c := newConsole(t, "atlassian.yaml")
	admin := c.enter(administrator, options)
	admin.goTo("Members")
	admin.selectRow("Administrator")
	if options.byKeyboard { // the rows are one stop: Shift extends, and Ctrl moves without selecting
		for _, key := range []string{"Shift+ArrowDown", "ArrowDown", "Space", "Control+ArrowDown", "Space", "Space"} {
			must(t, admin.Keyboard().Press(key))
		}
	} else {
		admin.clickRow("Administrator Intern", "Shift")
		admin.clickRow("Atlassian Administrator", "ControlOrMeta")
		must(t, admin.pickOf("John Smith").Check())
		must(t, admin.pickOf("John Smith").Uncheck())
	}
	admin.seesBarOf("3 selected")
	must(t, admin.expect.Page(admin).ToHaveURL(regexp.MustCompile(`(selected=\d+&){2}selected=\d+$`)))
	admin.sees(admin.actionBar().GetByText("Left out: you."))
	if options.byKeyboard {
		must(t, admin.Keyboard().Press("Tab"))
		must(t, admin.expect.Locator(inside(admin.actionBar(), "link", "Select all 6")).ToBeFocused())
	}
	admin.follow(admin.action("Remove 2"))
	question := admin.named("dialog", "Remove 3 members from Acme?")
	must(t, admin.expect.Locator(inside(question, "link", "Cancel")).ToBeFocused())
	admin.sees(question.GetByText("This is you. Use your own row."))
	admin.sees(question.GetByText("The group Administrator interns.", playwright.LocatorGetByTextOptions{Exact: playwright.Bool(false)}).First())
	admin.follow(inside(question, "link", "Cancel"))
	admin.seesBarOf("3 selected")
	admin.follow(admin.action("Remove 2"))
	admin.follow(inside(question, "button", "Remove 2, leave out 1"))
	admin.seesStatus("2 members removed from the organization.")
	admin.seesNot(admin.row("Administrator Intern"))
	must(t, admin.expect.Locator(admin.pickOf("Administrator")).ToBeChecked())
}

// Two members apart are ticked with Space, and nothing but arrows leads from one to the other; both are suspended. Escape begins anew: then
// an arrow selects the row that it leads to.
func TestRowsApartAreTickedByKeyboard(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	admin := c.enter(administrator, tabOptions{byKeyboard: true})
	admin.goTo("Members")
	press := func(keys ...string) {
		t.Helper()
		for _, key := range keys {
			must(t, admin.Keyboard().Press(key))
		}
	}
	intern, smith := admin.pickOf("Administrator Intern"), admin.pickOf("John Smith")
	admin.walkTo(admin.pickOf("Administrator"))
	press("ArrowDown")
	must(t, admin.expect.Locator(intern).ToBeChecked())
	press("Escape", "Space", "ArrowDown", "ArrowDown", "Space", "ArrowUp")
	admin.seesBarOf("2 selected")
	must(t, admin.expect.Locator(intern).ToBeChecked())
	must(t, admin.expect.Locator(smith).ToBeChecked())
	admin.follow(admin.action("Suspend").First())
	admin.follow(admin.Locator("dialog[open] .dialog-foot button"))
	admin.seesStatus("2 members suspended.")
	press("ArrowDown", "ArrowDown") // what was ticked stays so behind the question
	admin.seesBarOf("2 selected")
	press("Escape", "ArrowDown")
	must(t, admin.expect.Locator(admin.Locator("tbody .pick input:checked")).ToHaveCount(1))
}

// What takes long says that it is on its way, and can't be sent twice. While a page is on its way playwright answers no question about the one
// before, so this one tells itself what it says, and the answer is held until then.
func TestWhatIsDoneToManySaysThatItIsOnItsWay(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	admin := c.enter(administrator, tabOptions{})
	admin.goTo("Members")
	must(t, admin.pickOf("Administrator Intern").Check())
	must(t, admin.pickOf("John Smith").Check())
	admin.seesBarOf("2 selected")
	admin.follow(admin.action("Remove").First())
	told := make(chan string, 8)
	must(t, admin.Route("**/healthz?says=*", func(r playwright.Route) { told <- r.Request().URL(); must(t, r.Continue()) }))
	must(t, admin.Route("**/many/remove*", func(r playwright.Route) {
		go func() {
			says, err := url.Parse(<-told)
			if err != nil || says.Query().Get("says") != "Removing 2…" || says.Query().Get("buttons") != "0" {
				t.Errorf("while members are being removed the page told %v (%v)", says, err)
			}
			_ = r.Continue()
		}()
	}))
	_, err := admin.Evaluate(`() => new MutationObserver(() => {
		const form = document.querySelector("form[data-doing]"), note = form.querySelector("[data-note]");
		if (note.querySelector("progress.bar")) fetch("/healthz?" + new URLSearchParams({ says: note.textContent, buttons: form.querySelectorAll("button:enabled").length }));
	}).observe(document.querySelector("[data-note]"), { childList: true })`)
	must(t, err)
	admin.follow(admin.Locator("dialog[open] .dialog-foot button"))
	admin.seesStatus("removed from the organization.")
}

// clickRow clicks beside the name of a row while a key is held.
func (p *tab) clickRow(name string, key playwright.KeyboardModifier) {
	p.t.Helper()
	must(p.t, p.row(name).GetByRole("cell").Last().Click(playwright.LocatorClickOptions{Modifiers: []playwright.KeyboardModifier{key}}))
}

// seesBarOf holds that the Action bar is of so many rows.
func (p *tab) seesBarOf(count string) {
	p.t.Helper()
	p.sees(p.actionBar().GetByText(count, playwright.LocatorGetByTextOptions{Exact: playwright.Bool(true)}))
}

// A name is a link beside the selection, Enter on the row opens it, Escape selects nothing, and what is selected goes along to the next
// page of the list.
func TestASelectionGoesAlongAndNamesOpen(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, largeOrganization(t))
	admin := c.enter(administrator, tabOptions{})
	admin.goTo("Members")
	must(t, admin.named("checkbox", "Select all 50 members on this page").Check())
	admin.seesBarOf("50 selected")
	admin.follow(admin.link("Next"))
	admin.seesBarOf("50 selected")
	must(t, admin.GetByRole("row").GetByRole("checkbox").Nth(1).Check())
	admin.seesBarOf("51 selected")
	admin.follow(admin.link("Previous"))
	must(t, admin.expect.Locator(admin.named("checkbox", "Select all 50 members on this page")).ToBeChecked())
	admin.follow(admin.actionBar().GetByRole("link", playwright.LocatorGetByRoleOptions{Name: regexp.MustCompile(`^Select all \d+$`)}))
	admin.sees(admin.actionBar().GetByText(regexp.MustCompile(`^All \d+ selected$`)))
	must(t, admin.GetByRole("row").GetByRole("checkbox").Nth(1).Uncheck())
	admin.seesBarOf("49 selected")
	must(t, admin.Keyboard().Press("Escape"))
	admin.sees(admin.actionBar().GetByText("Select members to see what you can do."))
	must(t, admin.Keyboard().Press("ArrowDown"))
	name, err := admin.actionBar().Locator("strong").TextContent()
	must(t, err)
	must(t, admin.Keyboard().Press("Enter"))
	admin.sees(admin.thing("Member", name))
}

// Without the script the pages are turned by buttons of the same form, so that what is ticked and not sent yet goes along.
func TestASelectionGoesAlongWithoutJavaScript(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, largeOrganization(t))
	admin := c.enter(administrator, tabOptions{withoutJavaScript: true})
	admin.open(c.path("/members?q=member"))
	must(t, admin.pickOf("Member 001").Check())
	must(t, admin.pickOf("Member 003").Check())
	admin.follow(admin.button("Next"))
	admin.seesBarOf("2 selected")
	must(t, admin.named("checkbox", "Select all 50 members on this page").Check())
	admin.follow(admin.button("Previous"))
	admin.seesBarOf("52 selected")
	must(t, admin.expect.Locator(admin.pickOf("Member 003")).ToBeChecked())
	must(t, admin.pickOf("Member 003").Uncheck())
	admin.follow(admin.button("Next"))
	admin.seesBarOf("51 selected")
	admin.seesText("51–100")
}

// Three people into two groups: the groups are found by typing, and nothing is sent before it was reviewed.
func TestThreePeopleAreAddedToTwoGroups(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, largeOrganization(t))
	admin := c.enter(administrator, tabOptions{})
	admin.open(c.path("/members?q=member"))
	admin.selectRow("Member 001")
	admin.clickRow("Member 003", "Shift")
	admin.seesBarOf("3 selected")
	admin.follow(admin.action("Add to groups").First())
	question := admin.named("dialog", "Add 3 members to groups")
	for _, group := range []string{"Team 007", "Team 008"} {
		admin.write(question.GetByRole("searchbox"), group)
		must(t, question.GetByRole("checkbox", playwright.LocatorGetByRoleOptions{Name: regexp.MustCompile("^" + group)}).Check())
		admin.sees(inside(question, "button", "Leave out "+group))
	}
	admin.sees(question.GetByText("2 groups"))
	admin.follow(inside(question, "button", "Review"))
	review := admin.named("dialog", "Add 3 members to 2 groups?")
	admin.sees(review.GetByText("0 members, 3 afterwards").First())
	admin.follow(inside(review, "button", "Add 3 members"))
	admin.seesStatus("3 members added to 2 groups.")
	admin.seesBarOf("3 selected")
	must(t, admin.expect.Locator(admin.row("Member 002").GetByText("and 2 more").Last()).ToBeVisible())
}

// Two of three members are deleted from a group on its own tab, who asks stays; the others keep what they have elsewhere.
func TestManyAreDeletedFromAGroup(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}, "by keyboard alone": {byKeyboard: true}}, deleteManyFromGroup)
}

func deleteManyFromGroup(t *testing.T, options tabOptions) {
	c := newConsole(t, "atlassian.yaml")
	admin := c.enter(administrator, options)
	admin.open(c.path("/members/-/many/groups?q=administrator&selected=all&into=marketing-coordinators&step=review"))
	admin.follow(admin.button("Add 3 members"))
	admin.open(c.path("/groups/marketing-coordinators/members?q=administrator"))
	switch {
	case options.withoutJavaScript:
		must(t, admin.named("checkbox", "Select all 3 members on this page").Check())
		admin.follow(admin.button("Show actions"))
	case options.byKeyboard:
		admin.selectRow("Administrator")
		must(t, admin.Keyboard().Press("Shift+ArrowDown"))
		must(t, admin.Keyboard().Press("Shift+ArrowDown"))
	default:
		admin.selectRow("Administrator")
		admin.clickRow("Atlassian Administrator", "Shift")
	}
	admin.seesBarOf("3 selected")
	admin.follow(admin.action("Delete 2"))
	question := admin.named("dialog", "Delete 3 members from Marketing Coordinators?")
	admin.sees(question.GetByText("This is you. Use your own row."))
	admin.follow(inside(question, "button", "Delete 2, leave out 1"))
	admin.seesStatus("2 members deleted from the group.")
	admin.seesNot(admin.row("Administrator Intern"))
	must(t, admin.expect.Locator(admin.pickOf("Administrator")).ToBeChecked())
	if options.byKeyboard {
		must(t, admin.pickOf("Administrator").Press("Enter"))
	} else {
		admin.follow(inside(admin.row("Administrator"), "link", "Administrator"))
	}
	admin.sees(admin.heading("Your access"))
}

// Two groups are chosen by hand: people are added to both in one sheet, and both are deleted. Compare is told which they are.
func TestManyGroupsAreWorkedOnTogether(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}, "by keyboard alone": {byKeyboard: true}}, workOnManyGroups)
}

func workOnManyGroups(t *testing.T, options tabOptions) {
	c := newConsole(t, "atlassian.yaml")
	admin := c.enter(administrator, options)
	admin.open(c.path("/groups?kind=custom"))
	selectTwo := func() {
		switch {
		case options.withoutJavaScript:
			must(t, admin.pickOf("Administrator Interns").Check())
			must(t, admin.pickOf("Atlassian Administrators").Check())
			admin.follow(admin.button("Show actions"))
		case options.byKeyboard:
			admin.selectRow("Administrator Interns")
			must(t, admin.Keyboard().Press("Shift+ArrowDown"))
		default:
			admin.selectRow("Administrator Interns")
			admin.clickRow("Atlassian Administrators", "Shift")
		}
		admin.seesBarOf("2 selected")
	}
	selectTwo()
	must(t, admin.expect.Locator(admin.action("Compare")).ToHaveAttribute("href", c.path("/groups/-/compare?group=administrator-interns&group=atlassian-administrators")))
	admin.follow(admin.action("Add members"))
	sheet := admin.named("dialog", "Add members")
	for _, group := range []string{"Administrator Interns", "Atlassian Administrators"} {
		admin.sees(sheet.GetByText(group, playwright.LocatorGetByTextOptions{Exact: playwright.Bool(true)}).First())
	}
	admin.open(c.path("/groups?kind=custom"))
	selectTwo()
	if !options.byKeyboard {
		admin.press(admin.actionBar().GetByText("More"))
		file, err := admin.ExpectDownload(func() error { return admin.pressing(inside(admin.actionBar(), "button", "Download 2 as CSV")) })
		must(t, err)
		must(t, file.Failure())
		admin.press(admin.actionBar().GetByText("More"))
	}
	admin.follow(admin.action("Delete").First())
	question := admin.named("dialog", "Delete 2 groups?")
	admin.sees(question.GetByText("2 members leave the organization"))
	admin.follow(inside(question, "button", "Delete 2 groups"))
	admin.seesStatus("2 groups deleted.")
	admin.seesNot(admin.row("Administrator Interns"))
	admin.sees(admin.actionBar().GetByText("Select groups to see what you can do."))
}

// Links of all that are invited are shown this once, to be selected and copied by hand where there is no clipboard, and as a file.
func TestLinksOfManyInvitationsAreCopied(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}}, copyManyLinks)
}

func copyManyLinks(t *testing.T, options tabOptions) {
	c := newConsole(t, "atlassian.yaml")
	admin, inviter := c.enter(administrator, options), c.enter(administrator, tabOptions{withoutJavaScript: true})
	inviter.open(c.path("/members/-/invite?group=website-developers"))
	must(t, inviter.field("Email/Username").Fill("a@example.com, b@example.com"))
	inviter.follow(inviter.Locator(".sheet-foot .btn-primary"))
	inviter.sees(inviter.named("dialog", "2 invitations created"))
	admin.open(c.path("/members/-/invitations?select=page"))
	admin.seesBarOf("2 selected")
	admin.follow(admin.action("Copy all links"))
	admin.follow(admin.button("Make links for 2 invitations"))
	sheet := admin.named("dialog", "2 invitation links")
	links := sheet.GetByLabel("Invitation links")
	must(t, admin.expect.Locator(links).ToHaveValue(regexp.MustCompile(`^a@example.com\thttp\S+/join/\S+\nb@example.com\thttp\S+/join/\S+$`)))
	must(t, links.SelectText())
	file, err := admin.ExpectDownload(func() error { return inside(sheet, "button", "Download links as CSV").Click() })
	must(t, err)
	if name := file.SuggestedFilename(); !regexp.MustCompile(`^acme-invitation-links-[\d-]+\.csv$`).MatchString(name) {
		t.Errorf("the file is %s", name)
	}
	if !options.withoutJavaScript {
		t.Run("sheet", func(t *testing.T) { admin.looksFine(t) })
	}
	admin.follow(inside(sheet, "link", "Done").Last())
	admin.seesBarOf("2 selected")
}
