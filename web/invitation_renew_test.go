package web_test

import (
	"net/http"
	"strings"
	"testing"

	"bailiwick/services"
	"bailiwick/services/mail/mailtest"
)

// An invitation that ran out is renewed in one click where it is listed, and its mail goes out again.
func TestAnInvitationThatRanOutIsRenewed(t *testing.T) {
	inMailingWorlds(t, func(t *testing.T, w world, server *mailtest.Server) {
		const email = "renewed@example.com"
		before := len(server.MailsTo(email)) // of the other database
		w.mailTo(t, email)
		if err := w.SendMails(t); err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(services.InvitationLife)
		editor, viewer := w.as(t, "editor@example.com"), w.as(t, "viewer@example.com")
		const list = "/o/acme/members/-/invitations?selected=1"
		if n := viewer.Get(list).Find("#actionbar form").Length(); n != 0 {
			t.Errorf("who may not edit its group is offered %d actions", n)
		}
		renewed := editor.Get(list).Submit("Renew", nil)
		wantTexts(t, renewed, "Invitation renewed.", "A mail to "+email+" is on its way.", "31 days left")
		wantPage(t, renewed, http.StatusOK, "/o/acme/members/-/invitations?selected=2")
		if err := w.SendMails(t); err != nil {
			t.Fatal(err)
		}
		mails := server.MailsTo(email)[before:]
		if len(mails) != 2 {
			t.Fatalf("%d mails went out", len(mails))
		}
		if page := w.Browser(t).Get(strings.TrimPrefix(mails[1].Link(), w.URL)); page.Status != http.StatusOK {
			t.Errorf("the new link: %d", page.Status)
		}
		again := editor.Post("/o/acme/members/-/invitations/1/renew", nil)
		wantTexts(t, again, "Not renewed.", "They already have a pending invitation into its groups.")
	})
}
