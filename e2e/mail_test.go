package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/playwright-community/playwright-go"

	"bailiwick/services/mail/mailtest"
)

// newMailingConsole is newConsole with a mail server that the test looks into.
func newMailingConsole(t *testing.T, orgFile string) (*console, *mailtest.Server) {
	t.Helper()
	server := mailtest.Start(t, mailtest.Options{})
	return newConsoleWith(t, orgFile, "--smtp", server.URL(), "--mail-from", "Acme <console@example.com>"), server
}

// A mail server that does not know somebody: the Mail page says so, and sends the mail once the server does.
func TestMailThatWasRefusedIsSentAgain(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{
		"by pointer": {}, "without JavaScript": {withoutJavaScript: true}, "by keyboard alone": {byKeyboard: true},
	}, sendAgain)
}

const newcomer = "newcomer@example.com"

func sendAgain(t *testing.T, options tabOptions) {
	c, server := newMailingConsole(t, "atlassian.yaml")
	server.Misbehave(mailtest.Trouble{At: mailtest.AtRecipient, Code: 550, Message: "No such user"})
	admin := c.enter(administrator, options)
	admin.open(c.path("/groups/users/members/-/invite"))
	admin.addsPeople(newcomer)
	admin.invites()

	admin.reopensUntil(c.path("/organization"), admin.link("Mail (1 not sent)")) // mails are sent beside the requests
	admin.follow(admin.link("Mail (1 not sent)"))
	admin.sees(admin.heading("Mail"))
	admin.sees(admin.GetByText("The mail server refused the recipient: 550 No such user", playwright.PageGetByTextOptions{Exact: playwright.Bool(true)}))
	admin.selectRow(newcomer)
	if !options.withoutJavaScript {
		admin.axe()
		must(t, admin.pickOf(newcomer).Press("Escape"))
		admin.seesNot(admin.action("Retry now"))
		admin.selectRow(newcomer)
	}
	server.Misbehave(mailtest.Trouble{})
	admin.follow(admin.action("Retry now"))
	admin.seesStatus("The mail to " + newcomer + " is tried again.")
	link := server.Wait(t, newcomer, 1)[0].Link()
	if !strings.HasPrefix(link, c.url+"/join/") {
		t.Fatalf("the mail links to %q", link)
	}
	stranger := newTab(c, tabOptions{})
	answer, err := stranger.Goto(link)
	must(t, err)
	if answer.Status() != http.StatusOK || strings.Contains(stranger.URL(), strings.TrimPrefix(link, c.url)) {
		t.Errorf("the link of the mail answers %d at %s", answer.Status(), stranger.URL())
	}
	admin.reopensUntil(c.path("/mail"), admin.GetByText("No mail waits"))
}

// reopensUntil opens a page again and again until something is on it that comes by itself.
func (p *tab) reopensUntil(path string, element playwright.Locator) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		p.open(path)
		count, err := element.Count()
		must(p.t, err)
		if count > 0 {
			return
		}
	}
	p.sees(element)
}
