package e2e

import (
	"testing"

	"github.com/playwright-community/playwright-go"

	"bailiwick/services/mail/mailtest"
)

// otherPassword takes the place of password.
const otherPassword = "nine herons over the estuary"

// serveWithMail serves the organization of invitingFile, with a mail server that the test looks into.
func serveWithMail(t *testing.T, kind database) (*console, *mailtest.Server) {
	t.Helper()
	mails := mailtest.Start(t, mailtest.Options{})
	return serveFile(t, kind, invitingFile, "--smtp", mails.URL()), mails
}

// inEveryWay walks a story on each database, without JavaScript, and by keyboard alone.
func inEveryWay(t *testing.T, walk func(t *testing.T, kind database, options tabOptions)) {
	t.Helper()
	type way struct {
		kind    database
		options tabOptions
	}
	ways := map[string]way{
		"without JavaScript": {sqliteDatabase, tabOptions{withoutJavaScript: true}},
		"by keyboard alone":  {sqliteDatabase, tabOptions{byKeyboard: true}},
	}
	for name, kind := range databases() {
		ways[name] = way{kind: kind}
	}
	eachSideBySide(t, ways, func(t *testing.T, w way) { walk(t, w.kind, w.options) })
}

// Somebody invited with links by mail has no password, and enters with nothing else.
func TestMemberInvitedWithLinksByMailEntersWithThoseAlone(t *testing.T) {
	inEveryWay(t, enterByLinks)
}

func enterByLinks(t *testing.T, kind database, options tabOptions) {
	c, mails := serveWithMail(t, kind)
	inviter := c.enter(administrator, options)
	inviter.open(c.path("/groups/readers/members/-/invite"))
	inviter.choose(inviter.list("How the invited sign in"), "Email link")
	inviter.addsPeople(newColleague)
	inviter.invites()

	colleague := newTab(c, options)
	colleague.open(mails.Wait(t, newColleague, 1)[0].Link())
	colleague.seesText("You join with Email link. We send it to " + newColleague)
	colleague.seesNot(colleague.field("New password"))
	colleague.follow(colleague.button("Email me a link"))
	colleague.usesLink(mails.Wait(t, newColleague, 2)[1].Link(), newColleague)
	colleague.follow(colleague.button("Accept invitation"))
	colleague.seesStatus("You joined Acme.")
	colleague.sees(colleague.heading("What is your name?")) // a mailed link asks for none
	colleague.write(colleague.field("Name"), "New Colleague")
	colleague.follow(colleague.button("Save and continue"))
	colleague.seesNot(colleague.heading("What is your name?"))

	again := newTab(c, options)
	again.open(c.path("/resources/content/sources"))
	again.asksForLink(newColleague)
	link := mails.Wait(t, newColleague, 3)[2].Link()
	again.usesLink(link, newColleague)
	again.sees(again.row("Web")) // where they were going
	late := newTab(c, options)
	late.open(link)
	late.sees(late.heading("This link no longer works"))

	again.open("/profile")
	again.seesText("You have no password")
	again.follow(again.button("Email me a link to set one"))
	again.setsPasswordBy(mails.Wait(t, newColleague, 4)[3].Link(), password)
	again.signIn(newColleague)
	again.sees(again.heading("Sign in with Email link"))
	again.follow(again.button("Sign out and sign in again"))
	again.asksForLink(newColleague)
	again.usesLink(mails.Wait(t, newColleague, 5)[4].Link(), newColleague)
	again.goTo("Sources")
	again.sees(again.row("Web"))
}

// asksForLink asks on the sign-in page for a link by mail.
func (p *tab) asksForLink(email string) {
	p.t.Helper()
	p.write(p.field("Email"), email)
	p.follow(p.button("Email me a link"))
	p.sees(p.heading("Check your mail"))
}

// usesLink signs in with a link that was mailed.
func (p *tab) usesLink(link, email string) {
	p.t.Helper()
	p.open(link)
	p.seesText("This link is for the account " + email)
	p.follow(p.button("Sign in"))
}

// setsPasswordBy sets a password with a link that was mailed.
func (p *tab) setsPasswordBy(link, text string) {
	p.t.Helper()
	p.open(link)
	p.sees(p.heading("Set a new password"))
	p.write(p.field("New password"), text)
	p.write(p.field("New password again"), text)
	p.follow(p.button("Set password"))
	p.seesText("Your password is set.")
}

func TestForgottenPasswordIsReplacedByMail(t *testing.T) {
	inEveryWay(t, forgetPassword)
}

func forgetPassword(t *testing.T, kind database, options tabOptions) {
	c, mails := serveWithMail(t, kind)
	elsewhere := c.enter(johnSmith, options)
	elsewhere.goTo("Sources")

	john := newTab(c, options)
	john.open("/sign-in")
	john.follow(john.link("Forgot your password?"))
	john.write(john.field("Email"), johnSmith)
	john.follow(john.button("Email me a link"))
	john.sees(john.heading("Check your mail"))
	link := mails.Wait(t, johnSmith, 1)[0].Link()
	john.open(link)
	john.seesText("For the account " + johnSmith)
	john.write(john.field("New password"), otherPassword)
	john.write(john.field("New password again"), password)
	john.follow(john.button("Set password"))
	john.seesText("The two passwords differ.")
	elsewhere.goTo("Sources") // nothing has changed yet

	john.setsPasswordBy(link, otherPassword)
	elsewhere.open(c.path("/resources/content/sources"))
	elsewhere.sees(elsewhere.button("Sign in")) // their session has ended
	john.triesPassword(johnSmith, password)
	john.seesText("Email or password is wrong.")
	john.triesPassword(johnSmith, otherPassword)
	john.goTo("Sources")
	john.open(link)
	john.sees(john.heading("This link no longer works"))
}

// triesPassword signs in, or tries to.
func (p *tab) triesPassword(email, text string) {
	p.t.Helper()
	p.write(p.field("Email"), email)
	p.write(p.field("Password"), text)
	p.follow(p.button("Sign in"))
}

func TestProfileChangesNameAndPassword(t *testing.T) {
	inEveryWay(t, changeProfile)
}

func changeProfile(t *testing.T, kind database, options tabOptions) {
	c := serveFile(t, kind, invitingFile)
	john, admin := c.enter(johnSmith, options), c.enter(administrator, options)
	elsewhere := newTab(c, options)
	elsewhere.signIn(johnSmith)
	john.goTo("Sources")
	john.press(john.menu("Account menu for John Smith").Locator("summary"))
	john.follow(john.link("Your profile"))
	john.write(john.field("Name"), "John A. Smith")
	john.follow(john.button("Save name"))
	john.seesStatus("Name saved.")
	admin.goTo("Members")
	admin.sees(admin.row("John A. Smith"))

	john.changesPassword(otherPassword, otherPassword)
	john.seesText("This is not your present password.")
	john.changesPassword(password, otherPassword)
	john.seesStatus("Password changed.")
	elsewhere.open(c.path("/resources/content/sources"))
	elsewhere.triesPassword(johnSmith, otherPassword) // their session has ended
	elsewhere.sees(elsewhere.row("Web"))
	john.follow(john.link("Back to the console"))
	john.goTo("Sources") // that of the change goes on
}

// changesPassword fills in the form of the profile.
func (p *tab) changesPassword(present, text string) {
	p.t.Helper()
	p.write(p.field("Present password"), present)
	p.write(p.field("New password"), text)
	p.write(p.field("New password again"), text)
	p.follow(p.button("Change password"))
}

func TestProfileEndsOneSessionAndAll(t *testing.T) {
	inEveryWay(t, endSessions)
}

func endSessions(t *testing.T, kind database, options tabOptions) {
	c := serveFile(t, kind, invitingFile)
	kept := c.enter(johnSmith, options)
	ended, here := newTab(c, options), newTab(c, options)
	ended.signIn(johnSmith)
	here.signIn(johnSmith)
	kept.goTo("Sources")
	ended.goTo("Sources") // the last used of the others
	here.open("/profile")
	ends := here.GetByRole("button", playwright.PageGetByRoleOptions{Name: "End the session on"})
	must(t, here.expect.Locator(ends).ToHaveCount(2))
	here.follow(ends.First())
	here.seesStatus("Session ended.")
	must(t, here.expect.Locator(ends).ToHaveCount(1))
	ended.open(c.path("/resources/content/sources"))
	ended.sees(ended.button("Sign in"))
	kept.goTo("Sources")

	here.follow(here.button("Sign out everywhere"))
	here.sees(here.button("Sign in"))
	kept.open(c.path("/resources/content/sources"))
	kept.sees(kept.button("Sign in"))
}
