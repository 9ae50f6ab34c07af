package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bailiwick/services/mail/mailtest"
)

// Of the vendor's personnel in testdata/vendor.yaml.
const (
	fieldEngineer = "engineer@vendor.example"
	theEngineer   = "Field Engineer (engineer@vendor.example)" // on pages, where it matters who exactly
	onlookersTime = 4 * time.Second                            // the longest that an onlooker has access
)

// The eight steps of seed 000: the vendor's engineer asks, the administrator is told, reviews and revokes. What is not
// revoked expires.
func TestTemporaryAccessIsAskedForReviewedRevokedAndExpires(t *testing.T) {
	inEveryWay(t, lendAccess)
}

func lendAccess(t *testing.T, kind database, options tabOptions) {
	c, mails := serveWithVendor(t, kind)
	admin, engineer := c.enter(administrator, options), newTab(c, options)
	engineer.signIn(fieldEngineer)
	admin.subscribesToRequests()

	engineer.asksToEditSources()
	asked := mails.Wait(t, administrator, 1)[0]
	tells(t, asked, "Field Engineer has temporary access to Acme", "Field engineer", "CASE-7: the web source stays empty", "Edit")
	admin.reviews(asked.Link())
	engineer.usesWhatWasAskedFor(c)
	admin.open(asked.Link())
	admin.sees(admin.event("Field Engineer (engineer@vendor.example) changed the source Web"))

	engineer.write(engineer.field("Name"), "Web after the end")
	admin.revokes()
	tellsEnd(t, mails, 1, "was revoked")
	answer := engineer.answerOf(func() { engineer.follow(engineer.button("Save")) })
	if answer != http.StatusSeeOther { // their session has ended too: to sign-in, with what was typed kept
		t.Errorf("the first request after the revocation is answered with %d", answer)
	}
	engineer.sees(engineer.heading("Sign in"))
	engineer.seesText("Your access to Acme was revoked on " + time.Now().UTC().Format("2 January 2006, "))
	engineer.signIn(fieldEngineer)
	engineer.isOutside(c)
	admin.goTo("Sources")
	admin.sees(admin.row("Web of the case"))

	ended := engineer.asksToLookOn()
	tells(t, mails.Wait(t, administrator, 3)[2], "Field Engineer has temporary access to Acme", "Onlooker", "CASE-7: is it full now?", "View")
	engineer.open(c.path("/resources/content/sources"))
	engineer.sees(engineer.row("Web of the case"))
	time.Sleep(time.Until(ended)) // the console's clock is that of the test
	tellsEnd(t, mails, 2, "has expired")
	engineer.open(c.path("/resources/content/sources"))
	engineer.seesText("Your access to Acme ended on " + ended.UTC().Format("2 January 2006, "))
	engineer.signIn(fieldEngineer)
	engineer.isOutside(c)
	admin.seesBothEnded(c)
}

// serveWithVendor is serveWithMail with the personnel of testdata/vendor.yaml.
func serveWithVendor(t *testing.T, kind database) (*console, *mailtest.Server) {
	t.Helper()
	c, mails := serveWithMail(t, kind)
	c.run("", "operator", "apply", "testdata/vendor.yaml")
	c.run(password+"\n", "operator", "set-password", fieldEngineer)
	return c, mails
}

// tells holds that a mail has a subject and says all of the texts.
func tells(t *testing.T, m mailtest.Mail, subject string, texts ...string) {
	t.Helper()
	if m.Subject != subject {
		t.Errorf("the subject is %q instead of %q", m.Subject, subject)
	}
	for _, text := range texts {
		if !strings.Contains(m.Text, text) {
			t.Errorf("the mail %q does not tell of %q:\n%s", m.Subject, text, m.Text)
		}
	}
}

// tellsEnd holds that requester and subscriber are told how the access of the nth request ended.
func tellsEnd(t *testing.T, mails *mailtest.Server, nth int, how string) {
	t.Helper()
	tells(t, mails.Wait(t, fieldEngineer, nth)[nth-1], "Your temporary access to Acme "+how)
	tells(t, mails.Wait(t, administrator, 2*nth)[2*nth-1], "The temporary access of Field Engineer to Acme "+how)
}

func (p *tab) subscribesToRequests() {
	p.t.Helper()
	p.goTo("Temporary access")
	p.seesText("No temporary access")
	p.follow(p.button("Subscribe to new requests"))
	p.seesStatus("Subscribed.")
	p.sees(p.button("Unsubscribe"))
}

// asksAs opens the form for a request and leaves one of the two categories.
func (p *tab) asksAs(other string) {
	p.t.Helper()
	p.open("/support")
	p.follow(p.link("Request access to Acme"))
	p.toggle(p.checkbox(other))
	p.follow(p.button("Show what these allow"))
	p.seesNot(p.named("group", "Access level on Groups"))
}

func (p *tab) asksToEditSources() {
	p.t.Helper()
	p.asksAs("Onlooker")
	p.pick(p.level("Sources", "Edit all"))
	p.write(p.field("Justification"), "CASE-7: the web source stays empty")
	p.pick(p.named("radio", "For 8 hours"))
	if p.withoutJavaScript {
		p.follow(p.button("Review"))
	}
	p.sees(p.named("region", "With this access").GetByText("Edit all on Content / Sources"))
	p.follow(p.button("Request access"))
	p.seesStatus("Access to Acme granted.")
	p.seesText("Active")
}

// asksToLookOn asks for a few seconds and answers with a moment at which they are over.
func (p *tab) asksToLookOn() (ended time.Time) {
	p.t.Helper()
	p.asksAs("Field engineer")
	p.seesNot(p.level("Sources", "Edit all"))
	p.pick(p.level("Sources", "View all"))
	p.write(p.field("Justification"), "CASE-7: is it full now?")
	p.pick(p.named("radio", "For 4 seconds, the most"))
	p.follow(p.button("Request access"))
	ended = time.Now().Add(onlookersTime)
	p.seesStatus("Access to Acme granted.")
	return ended
}

// reviews opens the link of the mail, then the same details from the list.
func (p *tab) reviews(link string) {
	p.t.Helper()
	p.open(link)
	p.sees(p.heading("Temporary access of Field Engineer"))
	p.sees(p.named("rowheader", "Content / Sources"))
	for _, text := range []string{"Active", "CASE-7: the web source stays empty", "Field engineer", "127.0.0.1"} {
		p.seesText(text)
	}
	p.goTo("Temporary access")
	p.selectRowOf("Field Engineer", theEngineer)
	p.seesActions("Details", "Activity", "Revoke")
	p.follow(p.action("Details"))
	if p.URL() != link {
		p.t.Errorf("Details leads to %s instead of %s", p.URL(), link)
	}
}

// usesWhatWasAskedFor renames a source, and is refused what was not asked for.
func (p *tab) usesWhatWasAskedFor(c *console) {
	p.t.Helper()
	p.follow(p.link("Acme"))
	p.seesPages("Sources", "Members", "Organization")
	banner := p.named("complementary", "Temporary access")
	p.sees(banner.GetByText("CASE-7: the web source stays empty"))
	for _, refused := range []string{"/groups", "/resources/content/fields", "/temporary-access", "/activity"} {
		answer := p.answerOf(func() { p.open(c.path(refused)) })
		if answer != http.StatusForbidden {
			p.t.Errorf("%s, which was not asked for, is answered with %d", refused, answer)
		}
	}
	p.goTo("Sources")
	p.selectRow("Web")
	p.follow(p.action("Edit"))
	p.write(p.field("Name"), "Web of the case")
	p.follow(p.button("Save"))
	p.seesStatus("saved")
	p.sees(p.thing("Source", "Web of the case"))
}

// answerOf is the status of the page that something leads to.
func (p *tab) answerOf(leads func()) int {
	p.t.Helper()
	answer, err := p.ExpectResponse(func(url string) bool { return !strings.Contains(url, "/static/") }, func() error {
		leads()
		return nil
	})
	must(p.t, err)
	return answer.Status()
}

// revokes revokes the selected access of the list, which cannot be done twice.
func (p *tab) revokes() {
	p.t.Helper()
	p.goTo("Temporary access")
	p.selectRowOf("Field Engineer", theEngineer)
	p.follow(p.action("Revoke"))
	must(p.t, p.expect.Locator(p.named("dialog", "Revoke the access of "+theEngineer+"?")).ToBeVisible())
	question := p.URL()
	p.follow(inside(p.named("dialog", "Revoke the access of "+theEngineer+"?"), "button", "Revoke access"))
	p.seesStatus("Access of " + theEngineer + " revoked.")
	p.sees(p.row("Field Engineer").GetByText("Revoked"))
	p.seesActions("Details", "Activity")
	p.open(question)
	p.seesText("This was already done.")
	p.seesNot(p.GetByRole("dialog"))
}

// isOutside holds that the organization is as good as none to the engineer.
func (p *tab) isOutside(c *console) {
	p.t.Helper()
	if answer := p.answerOf(func() { p.open(c.path("/resources/content/sources")) }); answer != http.StatusNotFound {
		p.t.Errorf("without access, the sources are answered with %d", answer)
	}
	p.seesNot(p.GetByText("Web"))
	p.seesNot(p.named("complementary", "Temporary access"))
}

// seesBothEnded finds both requests in the list after their end, and each by its status.
func (p *tab) seesBothEnded(c *console) {
	p.t.Helper()
	p.goTo("Temporary access")
	must(p.t, p.expect.Locator(p.row("Field Engineer")).ToHaveCount(2))
	for _, status := range []string{"Expired", "Revoked"} {
		p.open(c.path("/temporary-access?status=" + strings.ToLower(status)))
		must(p.t, p.expect.Locator(p.row("Field Engineer")).ToHaveCount(1))
		p.sees(p.row("Field Engineer").GetByText(status))
		p.selectRowOf("Field Engineer", theEngineer)
		p.seesActions("Details", "Activity")
		p.seesText("and can’t be reactivated.")
	}
}

// The preview of a form that is open meanwhile is answered by its save bar, and the next page says the same.
func TestOpenFormOfARevokedAgentSaysThatTheAccessWasRevoked(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, invitingFile)
	rules := filepath.Join(t.TempDir(), "operator.yaml")
	allow := func(groups string) {
		text := strings.Replace(supportRules, "content/fields: view", "organization/groups: "+groups, 1)
		must(t, os.WriteFile(rules, []byte(text), 0o600))
		c.run("", "operator", "apply", rules)
	}
	allow("edit")
	c.run(password+"\n", "operator", "set-password", vendorAgent)
	agent := newTab(c, tabOptions{})
	agent.signIn(vendorAgent)
	agent.follow(agent.link("Request access to Acme"))
	agent.pick(agent.level("Groups", "Edit all"))
	agent.write(agent.field("Justification"), "CASE-1: the groups do not add up")
	agent.follow(agent.button("Request access"))
	agent.opensPrivileges(c, "readers")
	allow("view")
	agent.faults.expects("/preview")
	agent.pick(agent.level("Sources", "None"))
	const over = "Your access to Acme was revoked on "
	agent.sees(agent.saveBar().GetByText(over))
	agent.seesNot(agent.saveBar().GetByText("Sign in again"))
	agent.looksFine(t)
	agent.follow(inside(agent.saveBar(), "link", "Leave"))
	agent.sees(agent.heading("Sign in"))
	agent.seesText(over)
}

func TestPagesOfTemporaryAccessAreAccessibleAndFit(t *testing.T) {
	sideBySide(t)
	c, mails := serveWithVendor(t, sqliteDatabase)
	admin, engineer := c.enter(administrator, tabOptions{}), newTab(c, tabOptions{})
	engineer.signIn(fieldEngineer)
	admin.subscribesToRequests()
	admin.fits(t, c.path("/temporary-access"))
	for _, path := range []string{"/support", "/support/-/requests", "/support/acme"} {
		engineer.fits(t, path)
	}
	engineer.asksToEditSources()
	request := mails.Wait(t, administrator, 1)[0].Link()
	for _, path := range []string{"/support/-/requests", c.path("/resources/content/sources"), c.path("/groups")} {
		engineer.fits(t, path)
	}
	for _, path := range []string{request, request + "/revoke", c.path("/temporary-access"), c.path("/temporary-access?q=nobody"), c.path("/organization")} {
		admin.fits(t, path)
	}
	admin.open(c.path("/temporary-access?status=revoked"))
	admin.seesText("No request matches")
	admin.choose(admin.list("Status"), "Active")
	admin.selectRowOf("Field Engineer", theEngineer)
	admin.looksFine(t)
	engineer.open("/support/acme")
	engineer.write(engineer.field("Justification"), "too short")
	engineer.follow(engineer.button("Request access"))
	engineer.seesText("Use 20 characters or more")
	engineer.looksFine(t)
}
