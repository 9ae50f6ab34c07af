package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/services"
	"bailiwick/services/mail/mailtest"
)

// mailedTo is the newest mail to an address, once what is queued has been sent.
func (w world) mailedTo(t *testing.T, server *mailtest.Server, email string) mailtest.Mail {
	t.Helper()
	if err := w.SendMails(t); err != nil {
		t.Fatal(err)
	}
	mails := server.MailsTo(email)
	if len(mails) == 0 {
		t.Fatalf("no mail to %s", email)
	}
	return mails[len(mails)-1]
}

func TestOnesOwnAddressIsChangedByTheMailedLink(t *testing.T) {
	inMailingWorlds(t, func(t *testing.T, w world, server *mailtest.Server) {
		viewer := w.as(t, "viewer@example.com")
		form := viewer.Get("/profile/address")
		if page := form.Submit("Email me a link", url.Values{"address": {"moved@example.com"}, "present": {"wrong"}}); page.Status != http.StatusUnprocessableEntity ||
			page.Find("[name=address]").AttrOr("value", "") != "moved@example.com" || page.Text("#present-error") == "" {
			t.Errorf("with a wrong password: %d %q", page.Status, page.Text("main"))
		}
		asked := form.Submit("Email me a link", url.Values{"address": {"moved@example.com"}, "present": {password}})
		wantTexts(t, asked, "A link is on its way to moved@example.com.", "Your address will change to moved@example.com.")
		link := strings.TrimPrefix(w.mailedTo(t, server, "moved@example.com").Link(), w.URL)
		if notice := w.mailedTo(t, server, "viewer@example.com"); !strings.Contains(notice.Link(), services.AddressObjectionPath) {
			t.Errorf("the present address is sent to %s", notice.Link())
		}
		stranger := w.Browser(t) // a scanner, or whoever reads the new address and has another account
		if page := stranger.Get(link); page.Find("main form").Length() != 0 || !strings.Contains(page.Text("main"), "Sign in to the account of viewer@example.com") {
			t.Errorf("somebody else is asked %q", page.Text("main"))
		}
		confirm := viewer.Get(link)
		if confirm.Address.Path != "/address/new" {
			t.Errorf("the secret stays in %s", confirm.Address)
		}
		done := confirm.Submit("Use this address", nil)
		wantTexts(t, done, "The address has changed.")
		if page := viewer.Get("/profile"); page.Title() != "Sign in" {
			t.Errorf("signed in still: %q", page.Title())
		}
		if page := w.Browser(t).SignIn("viewer@example.com", password); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("the address before signs in: %d", page.Status)
		}
		if page := w.as(t, "moved@example.com").Get("/o/acme/members"); !strings.Contains(page.Text("table"), "moved@example.com") || strings.Contains(page.Text("table"), "viewer@example.com") {
			t.Errorf("the list says %q", page.Text("table"))
		}
		if page := stranger.Get(link); page.Status != http.StatusGone {
			t.Errorf("the link once more: %d", page.Status)
		}
	})
}

func TestAnAdministratorProposesAnAddressAndThePresentOneMayObject(t *testing.T) {
	inMailingWorlds(t, func(t *testing.T, w world, server *mailtest.Server) {
		path := w.memberPath(t, "viewer@example.com") + "/address"
		propose := func() {
			t.Helper()
			page := w.as(t, "admin@example.com").Get(path).Submit("Propose address", url.Values{"address": {"proposed@example.com"}})
			wantTexts(t, page, "New address proposed.", "unless viewer@example.com objects")
		}
		propose()
		kept := w.Browser(t).Get(strings.TrimPrefix(w.mailedTo(t, server, "viewer@example.com").Link(), w.URL)).Submit("Keep my address", nil)
		wantTexts(t, kept, "keeps the address viewer@example.com")
		late := strings.TrimPrefix(w.mailedTo(t, server, "proposed@example.com").Link(), w.URL)
		if page := w.Browser(t).Get(late); page.Status != http.StatusGone {
			t.Errorf("the link to the new address: %d", page.Status)
		}

		propose()
		if page := w.as(t, "admin@example.com").Get(path); !strings.Contains(page.Text("dialog"), "proposed proposed@example.com") {
			t.Errorf("what is under way: %q", page.Text("dialog"))
		}
		own := w.memberPath(t, "viewer@example.com")
		wantTexts(t, w.as(t, "admin@example.com").Get(own), "A new address is proposed: proposed@example.com.", "It changes on ", "at the earliest, when the new address has confirmed it.")
		if page := w.as(t, "several@example.com").Get(own); page.Status != http.StatusOK || strings.Contains(page.Text("main"), "proposed@example.com") {
			t.Errorf("who may only view groups reads %d: %q", page.Status, page.Text("main"))
		}
		wantTexts(t, w.as(t, "admin@example.com").Get(path).Submit("Withdraw", nil), "The address stays.")

		propose()
		link := strings.TrimPrefix(w.mailedTo(t, server, "proposed@example.com").Link(), w.URL)
		w.clock.Advance(services.ObjectionTime)
		wantTexts(t, w.Browser(t).Get(link).Submit("Use this address", nil), "The address has changed.")
		admin := w.as(t, "admin@example.com")
		if page := admin.Get("/o/acme/members"); !strings.Contains(page.Text("table"), "proposed@example.com") {
			t.Errorf("the list says %q", page.Text("table"))
		}
		if event := admin.Get("/o/acme/activity").Text(".event"); !strings.Contains(event, "changed the mail address of Viewer") {
			t.Errorf("the record says %q", event)
		}
		if page := w.as(t, "editor@example.com").Get(w.memberPath(t, "admin@example.com") + "/address"); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("of somebody who holds more: %d", page.Status)
		}
	})
}
