package e2e

import (
	"testing"

	"github.com/playwright-community/playwright-go"
)

func TestPagesOfAccountsAreAccessibleAndFit(t *testing.T) {
	sideBySide(t)
	c, mails := serveWithMail(t, sqliteDatabase)
	john := newTab(c, tabOptions{})
	for _, path := range []string{"/sign-in", "/sign-in/sent", "/sign-in/link/nothing", "/forgot-password", "/forgot-password/sent"} {
		john.fits(t, path)
	}
	c.givePassword(johnSmith)
	john.open("/sign-in")
	john.asksForLink(johnSmith)
	john.fits(t, mails.Wait(t, johnSmith, 1)[0].Link())
	john.follow(john.button("Sign in"))
	john.fits(t, c.path("")) // John Smith joined with a password

	john.open("/forgot-password")
	john.write(john.field("Email"), johnSmith)
	john.follow(john.button("Email me a link"))
	john.fits(t, mails.Wait(t, johnSmith, 2)[1].Link())
	john.write(john.field("New password"), "too short")
	john.write(john.field("New password again"), "and another")
	john.follow(john.button("Set password"))
	john.looksFine(t)
}

func TestPagesOfTheProfileAreAccessibleAndFit(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, invitingFile)
	john, elsewhere := c.enter(johnSmith, tabOptions{}), newTab(c, tabOptions{})
	elsewhere.signIn(johnSmith)
	john.fits(t, "/profile")
	john.changesPassword("wrong", "too short")
	john.looksFine(t)
	john.fits(t, "/profile/second-factor")
	app, codes := john.setsUpSecondFactor()
	john.looksFine(t)
	for _, path := range []string{"/profile", "/profile/second-factor/remove", "/profile/recovery-codes"} {
		john.fits(t, path)
	}
	john.write(john.field(codeLabel), "000000")
	john.follow(john.button("Make new codes"))
	john.looksFine(t)
	elsewhere.open("/sign-in")
	elsewhere.triesPassword(johnSmith, password)
	elsewhere.looksFine(t)
	elsewhere.givesCode(codes[0] + "z")
	elsewhere.looksFine(t)
	elsewhere.givesCode(app.nextCode())
	elsewhere.open("/profile")
	elsewhere.sees(elsewhere.heading("Your profile"))
}

func TestPagesOfARequiredSecondFactorAreAccessibleAndFit(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, invitingFile)
	admin, john := c.enter(administrator, tabOptions{}), c.enter(johnSmith, tabOptions{})
	john.fits(t, c.path("/organization")) // who may not change it
	admin.fits(t, c.path("/organization"))
	admin.write(admin.field("Name"), "Renamed Corporation")
	admin.follow(admin.button("Save name"))
	admin.seesStatus("Name saved.")
	admin.sees(admin.heading("Renamed Corporation"))
	admin.follow(admin.button("Undo what was saved"))
	admin.seesStatus("Undone. The organization is as it was before your change at")
	admin.follow(admin.button("Require a second factor"))
	admin.looksFine(t)
	admin.follow(admin.button("Require it"))
	admin.looksFine(t)
	admin.follow(admin.link("Set up the second factor"))
	admin.setsUpSecondFactor()
	admin.follow(admin.link("I have saved them"))
	admin.fits(t, c.path("/organization"))
}

func TestPagesOfJoiningAreAccessibleAndFit(t *testing.T) {
	sideBySide(t)
	c, mails := serveWithMail(t, sqliteDatabase)
	admin := c.enter(administrator, tabOptions{})
	admin.open(c.path("/groups/readers/members/-/invite"))
	admin.addsPeople(newColleague + ", second@example.com, third@example.com")
	admin.choose(admin.list("How the invited sign in"), "Any listed")
	admin.invites()
	link := mails.Wait(t, newColleague, 1)[0].Link()

	john := c.enter(johnSmith, tabOptions{})
	john.fits(t, link) // the wrong person
	john.fits(t, "/invitations")
	joining := newTab(c, tabOptions{})
	joining.fits(t, link)
	joining.write(joining.field("Your name"), "New Colleague")
	joining.write(joining.field("New password"), "too short")
	joining.follow(joining.button("Join organization"))
	joining.looksFine(t)
	joining.follow(joining.button("Email me a link"))
	joining.looksFine(t)
	joining.usesLink(mails.Wait(t, newColleague, 2)[1].Link(), newColleague)
	joining.looksFine(t) // to accept
	joining.fits(t, "/invitations")
	joining.open(link)
	joining.follow(joining.button("Accept invitation"))
	joining.looksFine(t)  // and asks for a name
	joining.fits(t, link) // accepted already

	stranger := newTab(c, tabOptions{})
	stranger.fits(t, "/join") // without a link
	stranger.open(mails.Wait(t, "second@example.com", 1)[0].Link())
	stranger.follow(stranger.button("Decline invitation"))
	stranger.looksFine(t)
	admin.revokesInvitationOf("third@example.com", c.path("/members/-/invitations"))
	stranger.fits(t, mails.Wait(t, "third@example.com", 1)[0].Link())
}

// revokesInvitationOf revokes an invitation on the list of all.
func (p *tab) revokesInvitationOf(email, list string) {
	p.t.Helper()
	p.open(list)
	p.selectRow(email)
	p.follow(p.action("Revoke"))
	asking := p.GetByRole("dialog", playwright.PageGetByRoleOptions{Name: "Revoke"})
	p.follow(inside(asking, "button", "Revoke invitation"))
	p.seesStatus("Invitation revoked.")
}
