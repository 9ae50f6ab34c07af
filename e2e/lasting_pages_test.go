package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// Another organization of the administrator's, which knows the new colleague's address and proves nothing of it. Somebody
// there has the name of somebody else.
const otherOrganization = `version: 1
organization: {key: other, name: Other Company}
groups:
  - {key: readers, name: Readers, privileges: {organization/organization: view}}
members:
  - {email: administrator@example.com, name: Administrator, groups: [administrators]}
  - {email: namesake@example.com, name: Аdministrator, groups: [readers]} # the first letter is Cyrillic
  - {email: new.colleague@example.com, name: New Colleague, groups: [readers]}
`

// Anyone who joined by a copied link has shown nobody that the address is theirs: it opens the one organization, and
// the page says what proof would do.
func TestPagesOfAnAccountWithoutProofAreAccessibleAndFit(t *testing.T) {
	sideBySide(t)
	c, admin, link := invited(t, administrator)
	joining := newTab(c, tabOptions{})
	joining.fits(t, link) // both ways: to sign in, and to make an account
	joining.joinsBy(link, "New Colleague")
	other := filepath.Join(t.TempDir(), "other.yaml")
	must(t, os.WriteFile(other, []byte(otherOrganization), 0o600))
	c.run("", "apply", other)
	joining.fits(t, "/organizations")
	joining.seesText("Once it is proven, this list may have more organizations.")

	admin.fits(t, "/o/other/members")
	admin.sees(admin.row("Administrator").First().GetByText("2 people have this name"))
	admin.open(c.path("/groups/readers/members/-/invite"))
	admin.addsPeople("аdministrator@example.com, third@example.com") // the first letter is Cyrillic
	admin.invites()
	admin.seesText("U+0430 CYRILLIC SMALL LETTER A")
	admin.looksFine(t)
}

// untilThen is how pages name the end that follows.
var untilThen = regexp.MustCompile(`(?i)until 1 Jun 2099, 18:00`)

// What somebody gives who has it until some day ends then, and each page on which they give it says so.
func TestPagesOfWhatEndsAreAccessibleAndFit(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, invitingFile)
	admin, john := c.enter(administrator, tabOptions{}), c.enter(johnSmith, tabOptions{})
	admin.open(c.path("/members"))
	admin.selectRow("John Smith")
	admin.follow(admin.action("Edit"))
	admin.toggle(admin.checkbox("Administrators"))
	must(t, admin.field("Until, for Administrators").Fill("2099-06-01T18:00"))
	admin.tick(admin.checkbox("Make this person an administrator"))
	admin.follow(admin.button("Save"))
	admin.seesStatus("Saved: ")
	own := admin.URL()

	john.opensPrivileges(c, "readers")
	john.pick(john.level("Fields", "View"))
	john.sees(john.saveBar().GetByText(untilThen).First())
	john.looksFine(t)
	john.follow(john.button("Save"))
	john.sees(john.GetByText(untilThen).First())
	john.looksFine(t)
	john.open(c.path("/resources/content/sources/web/access"))
	john.choose(john.list("Access level of Readers"), "Edit")
	john.sees(john.saveBar().GetByText(untilThen).First())
	john.looksFine(t)
	for _, path := range []string{"/groups/readers/members/-/invite", "/api-keys/-/add"} {
		t.Run(path, func(t *testing.T) { john.fits(t, c.path(path)) })
	}
	john.t = t
	john.open(own)
	must(t, john.field("Until, for Administrators").Fill(""))
	john.tick(john.checkbox("Make this person an administrator"))
	john.follow(john.button("Save"))
	john.sees(john.GetByText(regexp.MustCompile(`end on 1 June 2099, 18:00 UTC`)).First())
	john.looksFine(t)
}

// While only one administrator could sign in, those who look after the members are told.
func TestTheOnlyAdministratorWhoCanSignInIsWarnedOnAPageThatFits(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, invitingFile)
	admin := c.enter(administrator, tabOptions{})
	admin.fits(t, c.path("/members"))
	admin.sees(admin.GetByText("Only one administrator can sign in.", playwright.PageGetByTextOptions{Exact: playwright.Bool(true)}))
	admin.fits(t, c.path("/groups/administrators/members"))
}
