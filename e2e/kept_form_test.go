package e2e

import (
	"regexp"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// Somebody's session is ended from elsewhere while they choose. Nothing is lost: they sign in again, and save.
func TestFormOutlivesTheSessionItWasBegunIn(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with script": {}, "without": {withoutJavaScript: true}}, func(t *testing.T, options tabOptions) {
		c := newConsole(t, "duplicating.yaml")
		admin := c.enter(administrator, options)
		admin.opensPrivileges(c, "query-testers")
		admin.pick(admin.level("Fields", "View"))
		c.run(password+"\n", "member", "set-password", c.org, administrator) // which ends every session of theirs
		if options.withoutJavaScript {
			admin.follow(admin.button("Save"))
		} else {
			admin.faults.expects("/preview")
			admin.pick(admin.level("Security identities", "Edit"))
			admin.sees(admin.saveBar().GetByText("You are signed out."))
			admin.axe()
			admin.follow(admin.button("Sign in again"))
		}
		admin.signsInAgain()
		admin.seesLevel("Fields", "View")
		if !options.withoutJavaScript {
			admin.axe()
			admin.seesLevel("Security identities", "Edit")
			admin.sees(admin.button("Discard the 2 changes"))
		}
		admin.follow(admin.button("Save"))
		admin.seesStatus("Saved: ")
		admin.seesLevel("Fields", "View")
	})
}

// Somebody signs out in one tab, and saves what they have chosen and typed in others. Signing in brings each form back.
func TestFormsOutliveSigningOutInAnotherTab(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "duplicating.yaml")
	admin := c.enter(administrator, tabOptions{})
	privileges, people := admin, admin.another()
	privileges.opensPrivileges(c, "query-testers")
	privileges.pick(privileges.level("Fields", "View"))
	privileges.sees(privileges.saveBar().GetByText("1 change"))
	people.open(c.path("/groups/query-testers/members/-/invite"))
	people.paste(people.field("Email/Username"), "one@example.com; two@example.com")
	people.seesText("will be invited")

	out := admin.another()
	out.open("/organizations")
	out.press(out.button("Sign out"))
	out.sees(out.button("Sign in"))

	privileges.follow(privileges.button("Save"))
	privileges.signsInAgain()
	privileges.seesLevel("Fields", "View")
	privileges.follow(privileges.button("Save"))
	privileges.seesStatus("Saved: ")

	out.open("/organizations")
	out.press(out.button("Sign out"))
	out.sees(out.button("Sign in"))
	people.press(people.button("Invite 2"))
	people.signsInAgain()
	people.seesText("will be invited")
	people.press(people.button("Invite 2"))
	people.sees(people.named("dialog", "2 invitations created"))
}

// signsInAgain signs in on the page that a form which was sent too late leads to.
func (p *tab) signsInAgain() {
	p.t.Helper()
	p.seesText("Nothing is lost: sign in, and you come back to your form")
	p.write(p.field("Email"), administrator)
	p.write(p.field("Password"), password)
	p.follow(p.button("Sign in"))
	p.seesText("You are signed in again. Nothing is lost.")
}

// Where the browser has lost the cookie of the session, nothing says whose the form is. It stays in the tab: in the page itself, or in the
// page of the answer.
func TestFormStaysInTheTabWithoutTheCookieOfItsSession(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with script": {}, "without": {withoutJavaScript: true}}, func(t *testing.T, options tabOptions) {
		c := newConsole(t, "duplicating.yaml")
		admin := c.enter(administrator, options)
		admin.opensPrivileges(c, "query-testers")
		admin.pick(admin.level("Fields", "View"))
		if !options.withoutJavaScript {
			admin.sees(admin.saveBar().GetByText("1 change"))
		}
		must(t, admin.Context().ClearCookies())
		if options.withoutJavaScript {
			admin.follow(admin.button("Save"))
			admin.seesText("Nothing was saved. This tab still holds what you entered.")
		} else {
			admin.faults.expects("/preview")
			admin.pick(admin.level("Security identities", "Edit"))
			admin.sees(admin.saveBar().GetByText("Keep this tab open: it holds your changes."))
			admin.axe()
		}
		beside, err := admin.Context().ExpectPage(func() error { return admin.link("Sign in in a new tab").Click() })
		must(t, err)
		must(t, beside.GetByLabel("Email").Fill(administrator))
		must(t, beside.GetByLabel("Password").Fill(password))
		must(t, beside.GetByRole("button", playwright.PageGetByRoleOptions{Name: "Sign in", Exact: playwright.Bool(true)}).Click())
		must(t, admin.expect.Page(beside).Not().ToHaveURL(regexp.MustCompile(`/sign-in`)))
		must(t, beside.Close())
		if options.withoutJavaScript {
			admin.follow(admin.button("Continue with the form"))
			admin.seesText("You are signed in again. Nothing is lost.")
		} else {
			admin.press(admin.button("Try again"))
			admin.sees(admin.saveBar().GetByText("2 changes"))
		}
		admin.seesLevel("Fields", "View")
		admin.follow(admin.button("Save"))
		admin.seesStatus("Saved: ")
		admin.seesLevel("Fields", "View")
	})
}

// A preview without an answer never leaves the reader without a bar: it says what happened, and offers what helps.
func TestSaveBarSaysWhyThereIsNoPreview(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "duplicating.yaml")
	admin := c.enter(administrator, tabOptions{})
	admin.opensPrivileges(c, "query-testers")
	admin.faults.expects("/preview")
	admin.faults.expects("/static/htmx.min") // which tells of the answer that did not come
	answers := func(answer func(playwright.Route) error) {
		must(t, admin.Unroute("**/preview"))
		must(t, admin.Route("**/preview", func(r playwright.Route) { must(t, answer(r)) }))
	}
	refused := func(status int) func(playwright.Route) error {
		return func(r playwright.Route) error {
			return r.Fulfill(playwright.RouteFulfillOptions{Status: playwright.Int(status), Headers: map[string]string{"X-Request-Id": "7f3a19"}, Body: "no part of this page"})
		}
	}
	answers(func(r playwright.Route) error { return r.Abort() })
	admin.pick(admin.level("Fields", "View"))
	admin.sees(admin.saveBar().GetByText("The server does not answer."))
	admin.sees(admin.saveBar().GetByText("The next try is in"))
	answers(refused(500))
	admin.press(admin.button("Try now"))
	admin.sees(admin.saveBar().GetByText("give your operator the number 7f3a19"))
	admin.axe()
	answers(refused(403))
	admin.press(admin.button("Try again"))
	admin.sees(admin.saveBar().GetByText("You may no longer change this."))
	admin.press(admin.button("Copy the changes"))
	admin.sees(admin.saveBar().GetByText("Copied"))
	filter := admin.named("searchbox", "Filter domains")
	must(t, filter.Focus())
	must(t, admin.Keyboard().Press("ControlOrMeta+V"))
	must(t, admin.expect.Locator(filter).ToHaveValue("Access level on Fields: View"))
	admin.write(filter, "")
	answers(refused(404))
	admin.pick(admin.level("Fields", "Edit"))
	admin.sees(admin.saveBar().GetByText("This is no longer here."))
	admin.sees(admin.saveBar().GetByText("It was deleted, or you may no longer view it. Nothing is saved."))
	admin.sees(admin.button("Copy the changes"))
	answers(refused(401))
	admin.pick(admin.level("Fields", "View"))
	admin.sees(admin.saveBar().GetByText("Keep this tab open: it holds your changes."))
	must(t, admin.Unroute("**/preview"))
	admin.pick(admin.level("Fields", "Edit"))
	admin.sees(admin.saveBar().GetByText("1 change"))
	admin.sees(admin.button("Save"))
}
