package e2e

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/playwright-community/playwright-go"
)

func TestPersonWithoutTheMinimumPrivilegeIsToldWhomToAsk(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, largeOrganization(t))
	runner := c.enter(queryRunner, tabOptions{})
	runner.sees(runner.heading("You have no access to this console yet"))
	runner.seesText("View on Organization / Organization")
	runner.sees(runner.link(administrator))
	runner.seesNot(runner.navigation())
	runner.follow(runner.button("Sign out"))
	runner.open(c.path("/groups"))
	runner.sees(runner.button("Sign in")) // the session has ended, not the page alone
}

func TestPersonInTwoOrganizationsChoosesOneAndChangesOver(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, largeOrganization(t))
	c.run("", "apply", "testdata/atlassian.yaml")
	admin := c.enter(administrator, tabOptions{})
	admin.sees(admin.heading("Choose an organization"))
	admin.follow(admin.GetByRole("link", playwright.PageGetByRoleOptions{Name: "Acme"}))
	admin.sees(admin.heading("Overview"))
	admin.goTo("Groups")
	admin.sees(admin.row("Limited Administrators"))
	admin.press(admin.menu("Switch organization"))
	admin.follow(inside(admin.navigation(), "link", "Large"))
	admin.sees(admin.heading("Overview"))
	admin.goTo("Groups")
	admin.sees(admin.row("Source Managers"))
	admin.seesNot(admin.row("Limited Administrators"))
}

func TestRefusedPagesSayWhatIsMissingAndLeadOn(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, largeOrganization(t))
	manager := c.enter(sourceManager, tabOptions{})
	for path, page := range map[string]struct {
		status        int
		heading, text string
	}{
		"/resources/content/fields":          {http.StatusForbidden, "You can’t open this page", "View on Content / Fields"},
		"/resources/content/fields/any":      {http.StatusForbidden, "You can’t open this page", "View on Content / Fields"},
		"/resources/content/sources/missing": {http.StatusNotFound, "There is nothing here", "does not exist in this organization"},
	} {
		answer, err := manager.Goto(c.path(path))
		must(t, err)
		if answer.Status() != page.status {
			t.Errorf("%s is answered with %d instead of %d", path, answer.Status(), page.status)
		}
		manager.sees(manager.heading(page.heading))
		manager.seesText(page.text)
		if page.status == http.StatusForbidden {
			manager.sees(manager.link(administrator))
		}
		manager.follow(manager.link("Go to Large"))
		manager.sees(manager.heading("Overview"))
	}
}

func TestThemeThatIsChosenStays(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	member := c.enter(atlassianAdministrator, tabOptions{})
	light := member.paper()
	member.press(member.menu("Account menu for Atlassian Administrator"))
	member.axe()
	member.follow(member.button("Dark theme"))
	dark := member.paper()
	if light == dark {
		t.Errorf("the page is %s in both themes", dark)
	}
	member.goTo("Sources")
	if now := member.paper(); now != dark {
		t.Errorf("the next page is %s, not %s as chosen", now, dark)
	}
}

// paper is the colour of the page's background.
func (p *tab) paper() string {
	p.t.Helper()
	colour, err := p.Evaluate(`() => getComputedStyle(document.body).backgroundColor`)
	must(p.t, err)
	return colour.(string)
}

func TestNavigationOpensAsADrawerOnASmallScreen(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	member := c.enter(atlassianAdministrator, tabOptions{width: mobileWidth})
	must(t, member.expect.Page(member).ToHaveURL(regexp.MustCompile(`/o/acme/`)))
	member.press(member.button("Open navigation"))
	member.axe()
	member.goTo("Sources")
	member.selectRow("Jira Software Cloud")
	member.seesActions("Edit", "Update", "Rebuild")
	member.press(member.menu("More"))
	member.seesActions("Edit", "Update", "Rebuild", "Delete", "Activity")
	member.axe()
}
