package e2e

import (
	"regexp"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// The administrator gives a developer a second group until some day. The developer sees at once what that comes to.
func TestSomebodyIsGivenAGroupUntilSomeDay(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{
		"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}, "by keyboard alone": {byKeyboard: true},
	}, giveGroup)
}

func giveGroup(t *testing.T, options tabOptions) {
	c := newConsole(t, "atlassian.yaml")
	developer, admin := c.enter("website.developer@example.com", options), c.enter(administrator, options)
	admin.goTo("Members")
	admin.selectRow("Website Developer")
	admin.follow(admin.action("Edit"))
	admin.sees(admin.thing("Member", "Website Developer"))
	admin.toggle(admin.checkbox("Marketing Coordinators"))
	if !options.byKeyboard { // browsers ask for the parts of a date one by one, in an order of their own
		must(t, admin.field("Until, for Marketing Coordinators").Fill("2099-06-01T18:00"))
	}
	if options.withoutJavaScript {
		admin.follow(admin.button("Review changes"))
	}
	admin.sees(admin.saveBar().GetByText("1 group"))
	admin.press(admin.saveBar().GetByText(regexp.MustCompile(`^and \d+ more$`)))
	admin.sees(admin.saveBar().GetByText("on Web and YouTube in Content / Sources"))
	admin.follow(admin.button("Save"))
	admin.seesStatus("Saved: ")

	developer.follow(inside(developer.navigation(), "link", "Your access"))
	sources := developer.domainRow("Sources")
	developer.sees(sources.GetByText("Edit on 2 sources", playwright.LocatorGetByTextOptions{Exact: playwright.Bool(true)}))
	developer.sees(sources.GetByText("Website Developers").Last())
	if !options.byKeyboard {
		developer.sees(sources.GetByText("until 1 Jun 2099").Last())
		admin.open(c.path("/groups/marketing-coordinators/members"))
		admin.sees(admin.row("Website Developer").GetByText("until 1 Jun 2099"))
	}
	developer.goTo("Sources")
	developer.selectRow("Web")
	developer.sees(developer.action("Edit"))
}

// checkbox finds a box by its whole name.
func (p *tab) checkbox(name string) playwright.Locator { return p.named("checkbox", name) }

// toggle ticks a box, or takes the tick away.
func (p *tab) toggle(box playwright.Locator) {
	p.t.Helper()
	if !p.byKeyboard {
		must(p.t, box.Click())
		return
	}
	p.walkTo(box)
	must(p.t, p.Keyboard().Press("Space"))
}

// domainRow is the row of a domain on a page of effective access.
func (p *tab) domainRow(domain string) playwright.Locator {
	return p.GetByRole("row").Filter(playwright.LocatorFilterOptions{Has: p.GetByRole("rowheader", playwright.PageGetByRoleOptions{Name: regexp.MustCompile("^" + domain)})})
}

// John Smith's table of the documents, as he reads it himself: for each domain the higher of what his two groups give.
func TestJohnSmithReadsWhatHisTwoGroupsComeTo(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	john := c.enter("john.smith@example.com", tabOptions{})
	john.open(c.path("/members/-/you?show=granted"))
	for domain, level := range map[string]string{
		"Administrate": "Allowed", "Data exports": "Edit", "Dimensions": "Edit", "Impersonate": "Allowed", "Named filters": "View",
	} {
		row := john.domainRow(domain)
		must(t, john.expect.Locator(row.GetByRole("cell").First()).ToContainText(level))
		john.sees(row)
	}
	john.sees(john.domainRow("Dimensions").GetByText("Analytics viewers").Last())
	john.sees(john.domainRow("Dimensions").GetByText("Limited Administrators").Last())
	john.write(john.field("Filter domains"), "impersonate")
	must(t, john.expect.Page(john).ToHaveURL(regexp.MustCompile(`q=impersonate`)))
	john.seesNot(john.domainRow("Dimensions"))
}

// Who may not view groups reads names and addresses, and selects themselves alone.
func TestMembersAreNamesToWhoMayNotViewGroups(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	member := c.enter(atlassianAdministrator, tabOptions{})
	member.goTo("Members")
	member.seesText("john.smith@example.com")
	must(t, member.expect.Locator(member.GetByRole("checkbox")).ToHaveCount(1))
	must(t, member.expect.Locator(member.GetByRole("columnheader")).ToHaveText([]string{"Select", "Member"}))
	member.selectRow("Atlassian Administrator")
	member.follow(member.action("View"))
	member.sees(member.heading("Your access"))
}

func TestMemberIsRemovedFromTheOrganizationAndSignedOut(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	john, admin := c.enter("john.smith@example.com", tabOptions{}), c.enter(administrator, tabOptions{})
	admin.goTo("Members")
	admin.selectRow("John Smith")
	admin.follow(admin.action("Remove"))
	question := admin.named("dialog", "Remove John Smith from Acme?")
	admin.sees(question.GetByText("Limited Administrators"))
	admin.follow(inside(question, "button", "Remove member"))
	admin.seesStatus("John Smith (john.smith@example.com) removed from the organization.")
	admin.seesNot(admin.row("John Smith"))
	john.open(c.path("/members"))
	john.sees(john.button("Sign in"))

	admin.selectRow("Administrator")
	admin.seesText("An organization keeps at least one administrator who can sign in and whose membership has no end date: add another one first.")
	admin.seesNot(admin.action("Remove"))
}

// Numbers of members are not known beforehand, so these pages are found by their links.
func TestPagesOfMembersAreAccessibleAndFit(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, largeOrganization(t))
	admin := c.enter(administrator, tabOptions{})
	admin.open(c.path("/members?q=source+manager"))
	admin.selectRow("Source Manager")
	paths := []string{c.path("/members"), c.path("/members?q=nothing+like+it"), c.path("/members/-/you"), c.path("/members/-/you?q=nothing+like+it")}
	for _, action := range []string{"Edit", "View access", "Remove"} {
		path, err := admin.action(action).GetAttribute("href")
		must(t, err)
		paths = append(paths, path)
	}
	many := "?selected=all&q=member+00"
	paths = append(paths, c.path("/members/-/many/groups"+many), c.path("/members/-/many/groups"+many+"&into=team-001&into=team-002&step=review"))
	for _, path := range paths {
		t.Run(path, func(t *testing.T) { admin.fits(t, path) })
	}
	admin.t = t
	admin.open(paths[4])
	must(t, admin.checkbox("Team 001").Check())
	admin.sees(admin.saveBar().GetByText("1 group"))
	t.Run("unsaved", func(t *testing.T) { admin.looksFine(t) })
	admin.t = t
	must(t, admin.checkbox("Team 001").Uncheck())

	manager := c.enter(sourceManager, tabOptions{})
	for _, path := range []string{c.path("/members"), paths[4], paths[5]} {
		t.Run(path+" as "+sourceManager, func(t *testing.T) { manager.fits(t, path) })
	}
	manager.t = t
}

// reloadsUntil opens the page again until something is on it: a session is noted within a second of its use.
func (p *tab) reloadsUntil(element playwright.Locator) {
	p.t.Helper()
	for range 100 {
		if there, err := element.Count(); err == nil && there > 0 {
			break
		}
		p.open(p.URL())
	}
	p.sees(element)
}

// The administrator signs a developer out, and suspends them: the developer is told so and whom to ask, and is back at work when they are reactivated.
func TestSomebodyIsSuspendedAndReactivated(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	developer, admin := c.enter("website.developer@example.com", tabOptions{}), c.enter(administrator, tabOptions{})
	answer := func(question string) {
		admin.follow(admin.action(question))
		admin.follow(inside(admin.Locator("dialog"), "button", question+" member"))
	}
	admin.goTo("Members")
	admin.selectRow("Website Developer")
	admin.follow(admin.action("View access"))
	admin.follow(admin.link("Sessions"))
	admin.reloadsUntil(admin.GetByRole("cell").Filter(hasText("127.0.0.1")).First())
	admin.follow(admin.button("End all sessions of Website Developer"))
	admin.seesStatus("is signed out of this organization.")
	admin.seesText("No session in use")
	admin.seesNot(admin.button("End all sessions of Website Developer"))
	developer.open("/")
	developer.signIn("website.developer@example.com")
	admin.goTo("Members")
	admin.selectRow("Website Developer")
	answer("Suspend")
	admin.seesStatus("is suspended.")
	admin.keepsFocus()
	admin.sees(admin.row("Website Developer").GetByText("Suspended"))

	developer.open("/")
	developer.signIn("website.developer@example.com") // the session has ended
	developer.seesText("You are suspended in")
	developer.seesText(administrator)

	admin.choose(admin.GetByLabel("Status", playwright.PageGetByLabelOptions{Exact: playwright.Bool(true)}), "Active")
	admin.seesNot(admin.row("Website Developer"))
	admin.choose(admin.GetByLabel("Status", playwright.PageGetByLabelOptions{Exact: playwright.Bool(true)}), "Suspended")
	admin.selectRow("Website Developer")
	answer("Reactivate")
	admin.seesStatus("is reactivated.")
	admin.keepsFocus()
	developer.open(c.path("/members"))
	developer.sees(developer.heading("Members"))
}
