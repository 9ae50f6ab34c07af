package e2e

import (
	"testing"

	"github.com/playwright-community/playwright-go"

	"bailiwick/services/mail/mailtest"
)

// People of testdata/invitations.yaml, and somebody who is not there yet.
const (
	invitingFile = "testdata/invitations.yaml"
	recruiter    = "recruiter@example.com"
	johnSmith    = "john.smith@example.com"
	newColleague = "new.colleague@example.com"
)

// The story of seed 002: somebody is invited by mail, reads it, makes an account, and is a member.
func TestColleagueJoinsByAMailedInvitation(t *testing.T) {
	inEveryWay(t, joinByMail)
}

func joinByMail(t *testing.T, kind database, options tabOptions) {
	mails := mailtest.Start(t, mailtest.Options{})
	c := serveFile(t, kind, invitingFile, "--smtp", mails.URL())
	inviter := c.enter(recruiter, options)
	inviter.invitesIntoReaders(newColleague + ", not an address; " + johnSmith)
	inviter.seesText("No @ sign")
	inviter.seesText("already in the group")
	inviter.follow(inviter.button("Invite 1")) // the others are kept
	results := inviter.named("dialog", "Invitation created")
	for _, text := range []string{"An email with the link is on its way.", "Already a member", "Not used"} {
		inviter.sees(results.GetByText(text, playwright.LocatorGetByTextOptions{Exact: playwright.Bool(true)}))
	}
	inviter.seesNot(results.GetByRole("textbox")) // the link is in the mail alone
	inviter.follow(inside(results, "link", "Done"))
	for _, text := range []string{"Invited", "31 days left", "Invited by Recruiter (recruiter@example.com)", "Email and password"} {
		inviter.sees(inviter.row(newColleague).GetByText(text, playwright.LocatorGetByTextOptions{Exact: playwright.Bool(true)}))
	}

	link := mails.Wait(t, newColleague, 1)[0].Link()
	colleague := newTab(c, options)
	colleague.joinsBy(link, "New Colleague")
	colleague.goTo("Sources")
	colleague.sees(colleague.row("Web"))

	inviter.goTo("Members")
	inviter.sees(inviter.row("New Colleague"))
	inviter.openTab("Invitations")
	inviter.seesText("Nobody is invited")
	inviter.open(c.path("/members/-/invitations?state=accepted"))
	inviter.sees(inviter.row(newColleague).GetByText("Accepted"))
	stranger := newTab(c, options)
	stranger.open(link)
	stranger.sees(stranger.heading("You accepted this invitation"))
}

// invitesIntoReaders invites people on the Members tab of a group.
func (p *tab) invitesIntoReaders(emails string) {
	p.t.Helper()
	p.open("/o/acme/groups/readers/members")
	p.follow(p.link("Add members"))
	p.seesText("An invitation can be accepted for 31 days.")
	p.addsPeople(emails)
	p.invites()
}

// addsPeople types or pastes people into the sheet that adds them.
func (p *tab) addsPeople(text string) {
	p.t.Helper()
	p.write(p.field("Email/Username"), text)
}

// invites presses the button of that sheet, which says what it will do.
func (p *tab) invites() {
	p.t.Helper()
	p.follow(p.Locator(".sheet-foot .btn-primary"))
}

// joinsBy opens the link of an invitation in a browser that knows nothing, makes an account and accepts.
func (p *tab) joinsBy(link, name string) {
	p.t.Helper()
	p.open(link)
	p.sees(p.heading("Join Acme"))
	p.write(p.field("Your name"), name)
	p.write(p.field("New password"), password)
	p.follow(p.button("Join organization"))
	p.seesStatus("You joined Acme.")
}

// Without a mail server the links are shown, once, to be handed on.
func TestInvitationIsHandedOnByItsLinkWithoutMail(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}}, joinByLink)
}

func joinByLink(t *testing.T, options tabOptions) {
	c := serveFile(t, sqliteDatabase, invitingFile)
	admin := c.enter(administrator, options)
	admin.goTo("Members")
	admin.follow(admin.link("Add members"))
	admin.seesText("This console has no mail server.")
	admin.choose(admin.list("How the invited sign in"), "Any listed")
	admin.addsPeople(newColleague + "\nsecond@example.com")
	must(t, admin.GetByRole("checkbox", playwright.PageGetByRoleOptions{Name: "Readers"}).Click())
	admin.invites()
	first, second := admin.linkFor(newColleague), admin.linkFor("second@example.com")
	admin.follow(admin.link("Done"))

	admin.selectRow(newColleague)
	admin.seesActions("Copy link", "Extend", "Revoke")
	admin.follow(admin.action("Copy link"))
	copied := admin.linkFor(newColleague)
	if copied == first {
		t.Error("the copied link is the one from before, which nobody keeps")
	}
	newTab(c, options).joinsBy(first, "New Colleague") // earlier links stay valid
	late := newTab(c, options)
	late.open(copied)
	late.sees(late.heading("You accepted this invitation"))

	refusing := newTab(c, options)
	refusing.open(second)
	refusing.follow(refusing.button("Decline invitation"))
	refusing.sees(refusing.heading("This invitation was declined"))
	admin.follow(admin.link("Done"))
	admin.goTo("Members")
	admin.sees(admin.row("New Colleague"))
	admin.open(c.path("/groups/readers/members"))
	admin.sees(admin.row("New Colleague").GetByText("Email and password")) // Any listed binds when somebody joins
	admin.open(c.path("/members/-/invitations?state=declined"))
	admin.sees(admin.row("second@example.com"))
}

// linkFor is the link that a sheet shows for an address.
func (p *tab) linkFor(email string) string {
	p.t.Helper()
	field := p.field("Invitation link for " + email)
	p.sees(field)
	link, err := field.InputValue()
	must(p.t, err)
	return link
}

// invited is a console without mail on which somebody is invited, and the link.
func invited(t *testing.T, by string, flags ...string) (c *console, inviter *tab, link string) {
	t.Helper()
	c = serveFile(t, sqliteDatabase, invitingFile, flags...)
	inviter = c.enter(by, tabOptions{})
	inviter.open(c.path("/groups/readers/members/-/invite"))
	inviter.addsPeople(newColleague)
	inviter.invites()
	return c, inviter, inviter.linkFor(newColleague)
}

func TestRevokedInvitationOpensNothing(t *testing.T) {
	sideBySide(t)
	c, admin, link := invited(t, administrator)
	admin.follow(admin.link("Done"))
	admin.selectRow(newColleague)
	admin.follow(admin.action("Revoke"))
	admin.follow(inside(admin.named("dialog", "Revoke the invitation of "+newColleague+"?"), "button", "Revoke invitation"))
	admin.seesStatus("Invitation revoked.")
	admin.seesNot(admin.row(newColleague))
	visitor := newTab(c, tabOptions{})
	visitor.open(link)
	visitor.sees(visitor.heading("This invitation was revoked"))
	visitor.seesNot(visitor.button("Join organization"))
	admin.open(c.path("/members/-/invitations?state=revoked"))
	admin.selectRow(newColleague)
	admin.seesText("It was revoked.")
	admin.seesActions("Activity")
}

func TestInvitationThatRanOutOpensNothing(t *testing.T) {
	sideBySide(t)
	c, admin, link := invited(t, administrator, "--invitation-life", "1s")
	visitor := newTab(c, tabOptions{})
	gone := visitor.heading("This invitation has expired")
	for visitor.open(link); ; visitor.open(link) { // however long that takes
		if there, err := gone.IsVisible(); err != nil || there {
			must(t, err)
			break
		}
	}
	visitor.seesText("Ask Administrator (administrator@example.com) to invite you to Acme again.")
	admin.open(c.path("/members/-/invitations"))
	admin.seesText("Nobody is invited")
	admin.choose(admin.list("State"), "Expired")
	admin.sees(admin.row(newColleague))
}

// Anyone who can no longer invite has not invited any more (R7). The page says why to both sides.
func TestInvitationOfSomebodyWhoWasDemotedIsVoid(t *testing.T) {
	sideBySide(t)
	c, inviter, link := invited(t, recruiter)
	admin := c.enter(administrator, tabOptions{})
	admin.open(c.path("/groups/recruiters/privileges"))
	admin.pick(admin.level("Groups", "View all"))
	admin.follow(admin.button("Save"))
	admin.seesStatus("Saved: ")
	visitor := newTab(c, tabOptions{})
	visitor.open(link)
	visitor.sees(visitor.heading("This invitation is no longer valid"))
	visitor.seesText("Recruiter (recruiter@example.com) may no longer invite into Readers. Ask an administrator of Acme to invite you again.")

	admin.open(c.path("/members/-/invitations"))
	admin.selectRow(newColleague)
	admin.seesText("It can’t be accepted now: Recruiter (recruiter@example.com), who invited, may no longer give what Readers holds.")
	admin.seesActions("Revoke")
	inviter.open(c.path("/members/-/invitations"))
	inviter.sees(inviter.row(newColleague).GetByText("view only"))
	inviter.seesNot(inviter.link("Add members"))
}

// The wrong person is told for whom it is, masked, and how to change over.
func TestInvitationOpenedBySomebodyElseLeadsOn(t *testing.T) {
	sideBySide(t)
	c, _, link := invited(t, administrator)
	john := c.enter(johnSmith, tabOptions{})
	john.open(link)
	john.sees(john.heading("This invitation is for somebody else"))
	john.seesText("You are signed in as " + johnSmith)
	john.seesNot(john.GetByText(newColleague))
	john.seesNot(john.button("Accept invitation"))
	john.axe()
	john.follow(john.button("Sign out and continue"))
	john.sees(john.heading("Join Acme"))
	john.sees(john.field("New password"))
}

// What cannot be given is said before anything is typed.
func TestInvitingBeyondOneselfIsNotOffered(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, invitingFile)
	c.run("", "apply", "testdata/invitations_strong.yaml")
	inviter := c.enter(recruiter, tabOptions{})
	inviter.open(c.path("/groups/strong/members"))
	inviter.seesText("You can’t add anybody: it goes beyond your own privileges on Content / Fields.")
	inviter.seesNot(inviter.link("Add members"))
	inviter.open(c.path("/members/-/invite"))
	strong := inviter.GetByRole("checkbox", playwright.PageGetByRoleOptions{Name: "Strong"})
	must(t, inviter.expect.Locator(strong).ToBeDisabled())
	inviter.seesText("It goes beyond your own privileges on Content / Fields.")
	inviter.seesNot(inviter.GetByRole("checkbox", playwright.PageGetByRoleOptions{Name: "Administrators"}))
}

func TestPagesOfInvitationsAreAccessibleAndFit(t *testing.T) {
	sideBySide(t)
	mails := mailtest.Start(t, mailtest.Options{})
	c := serveFile(t, sqliteDatabase, largeOrganization(t), "--smtp", mails.URL())
	admin := c.enter(administrator, tabOptions{})
	admin.open(c.path("/members/-/invite"))
	admin.addsPeople(newColleague + ", second@example.com")
	admin.write(admin.named("searchbox", "Find groups"), "source man")
	admin.sees(admin.GetByText("1 member").First())
	must(t, admin.GetByRole("checkbox", playwright.PageGetByRoleOptions{Name: "Source Managers"}).Click())
	admin.looksFine(t)
	admin.invites()
	admin.sees(admin.named("dialog", "2 invitations created"))
	admin.looksFine(t)
	for _, path := range []string{
		"/members/-/invite", "/members/-/invitations", "/members/-/invitations?selected=1", "/members/-/invitations?q=nothing+like+it",
		"/members/-/invitations?state=revoked", "/members/-/invitations/1/revoke", "/groups/source-managers/members", "/groups/administrators/members/-/invite",
		"/groups/source-managers/members?selected=invitation-1", "/groups/source-managers/members?show=invited",
	} {
		t.Run(path, func(t *testing.T) { admin.fits(t, c.path(path)) })
	}
	admin.t = t
	admin.open(c.path("/members/-/invitations?selected=2"))
	admin.follow(admin.action("Copy link"))
	admin.sees(admin.named("dialog", "Invitation link"))
	admin.looksFine(t)
}
