package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/mail/mailtest"
	"bailiwick/web/webtest"
)

// inMailingWorlds runs the body in worlds with a mail server.
func inMailingWorlds(t *testing.T, body func(t *testing.T, w world, server *mailtest.Server)) {
	t.Helper()
	server := mailtest.Start(t, mailtest.Options{})
	inWorlds(t, webtest.Options{Mails: server}, func(t *testing.T, w world) {
		server.Misbehave(mailtest.Trouble{})
		body(t, w, server)
	})
}

// mailTo invites somebody by a mail that is not sent yet.
func (w world) mailTo(t *testing.T, email string) {
	t.Helper()
	_, err := w.Console.Invite(t.Context(), w.by(t, "editor@example.com"), services.NewInvitations{
		Provider: services.ProviderAny, Emails: []string{email}, Notify: true, Groups: []string{"viewers"}})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMailPageTellsWhatCouldNotBeSentAndSendsItAgain(t *testing.T) {
	inMailingWorlds(t, func(t *testing.T, w world, server *mailtest.Server) {
		const gone = "gone-mail@example.com"
		admin := w.as(t, "admin@example.com")
		empty := admin.Get("/o/acme/mail")
		if empty.Status != http.StatusOK || empty.Text(".empty h2") != "No mail waits" || empty.Find("[role=note]").Length() > 0 {
			t.Fatalf("%d: %s", empty.Status, empty.Text("main"))
		}
		server.Misbehave(mailtest.Trouble{At: mailtest.AtRecipient, Only: gone, Code: 550, Message: "<b>No</b> such user"})
		w.mailTo(t, gone)
		if row := words(admin.Get("/o/acme/mail"), "tbody tr"); len(row) != 1 || !strings.Contains(row[0], "Waiting") {
			t.Errorf("before the first attempt the page lists %q", row)
		}
		if w.SendMails(t) == nil {
			t.Error("the attempt did not fail")
		}
		if link := admin.Get("/o/acme/organization").Text("a[href='/o/acme/mail']"); link != "Mail (1 not sent)" {
			t.Errorf("the organization’s page links to %q", link)
		}
		for _, list := range []string{"/o/acme/members/-/invitations", "/o/acme/groups/viewers/members?show=invited"} {
			if row := words(admin.Get(list), "tbody tr"); len(row) != 1 || !strings.Contains(row[0], gone+" Mail failed") {
				t.Errorf("%s lists %q", list, row)
			}
		}
		page := admin.Get("/o/acme/mail?state=failed")
		row := words(page, "tbody tr")
		if len(row) != 1 || !strings.Contains(row[0], gone) || !strings.Contains(row[0], "Not sent 1 attempt The mail server refused the recipient: 550 <b>No</b> such user") {
			t.Fatalf("the page lists %q", row)
		}
		selected := admin.Get("/o/acme/mail?selected=" + page.Find("input[name=selected]").AttrOr("value", ""))
		server.Misbehave(mailtest.Trouble{})
		again := selected.Submit("Retry now", nil)
		if said := again.Text("[role=status] strong"); again.Status != http.StatusOK || said != "The mail to "+gone+" is tried again." {
			t.Errorf("%d, %q", again.Status, said)
		}
		if err := w.SendMails(t); err != nil {
			t.Error(err)
		}
		if arrived := server.MailsTo(gone); len(arrived) == 0 || !strings.HasPrefix(arrived[len(arrived)-1].Link(), w.URL+"/join/") {
			t.Errorf("%d mails arrived", len(arrived))
		}
		if left := admin.Get("/o/acme/mail"); left.Text(".empty h2") != "No mail waits" {
			t.Errorf("the page says %q", left.Text("main"))
		}
	})
}

func TestMailIsGivenUpOrRetriedTogether(t *testing.T) {
	inMailingWorlds(t, func(t *testing.T, w world, server *mailtest.Server) {
		server.Misbehave(mailtest.Trouble{At: mailtest.AtRecipient, Code: 550})
		for _, email := range []string{"a-mail@example.com", "b-mail@example.com", "c-mail@example.com"} {
			w.mailTo(t, email)
		}
		_ = w.SendMails(t)
		admin := w.as(t, "admin@example.com")
		page := admin.Get("/o/acme/mail")
		first := admin.Get("/o/acme/mail?selected=" + page.Find("input[name=selected]").AttrOr("value", ""))
		if given := first.Submit("Give up", nil); !strings.Contains(given.Text("[role=status]"), "It will not be sent.") {
			t.Errorf("giving up says %q", given.Text("[role=status]"))
		}
		retried := admin.Get("/o/acme/mail").Submit("Retry all not sent", nil)
		if said := retried.Text("[role=status] strong"); said != "2 mails are tried again." {
			t.Errorf("retrying says %q", said)
		}
		if again := retried.Submit("Retry all not sent", nil); !strings.Contains(again.Text("[role=status]"), "Nothing to retry.") {
			t.Errorf("retrying again says %q", again.Text("[role=status]"))
		}
		record := strings.Join(words(admin.Get("/o/acme/activity"), ".event"), "\n")
		for _, said := range []string{"stopped trying to send a mail to c-mail@example.com", "retried all mails that could not be sent"} {
			if !strings.Contains(record, said) {
				t.Errorf("the record lacks %q:\n%s", said, record)
			}
		}
	})
}

func TestMailPageSaysWhatToDoWithoutAMailServer(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		page := admin.Get(admin.Get("/o/acme/organization").Find("main a.btn").AttrOr("href", ""))
		if page.Status != http.StatusOK || page.Title() != "Mail" || !strings.Contains(page.Text("[role=note]"), "No mail server is configured.") {
			t.Errorf("%d: %s", page.Status, page.Text("main"))
		}
	})
}

// Attack: somebody tries the addresses of mails, and numbers of another organization's.
func TestMailsAreForWhoMayEditTheOrganization(t *testing.T) {
	inMailingWorlds(t, func(t *testing.T, w world, _ *mailtest.Server) {
		w.mailTo(t, "one-mail@example.com")
		o, err := w.Store.OrganizationByKey(t.Context(), "acme")
		if err != nil {
			t.Fatal(err)
		}
		list, err := w.Store.In(o.ID).OpenMails(t.Context(), models.MailFilter{})
		if err != nil || len(list.Rows) != 1 {
			t.Fatalf("%d mails wait, %v", len(list.Rows), err)
		}
		mail := fmt.Sprintf("/mail/%d", list.Rows[0].ID)
		viewer, outsider := w.as(t, "viewer@example.com"), w.as(t, "outsider@example.com")
		if link := viewer.Get("/o/acme/organization").Find("a[href='/o/acme/mail']"); link.Length() > 0 {
			t.Error("a link leads to a page that does not open")
		}
		for _, path := range []string{"/mail", "/mail/-/actions?selected=1"} {
			if page := viewer.Get("/o/acme" + path); page.Status != http.StatusForbidden || strings.Contains(page.Text("body"), "one-mail") {
				t.Errorf("a viewer at %s: %d", path, page.Status)
			}
		}
		for _, act := range []string{mail + "/retry", mail + "/give-up", "/mail/-/retry"} {
			if page := viewer.Post("/o/acme"+act, nil); page.Status != http.StatusForbidden {
				t.Errorf("a viewer at %s: %d", act, page.Status)
			}
		}
		for _, act := range []string{mail + "/retry", mail + "/give-up", "/mail/0/retry", "/mail/x/give-up"} {
			if page := outsider.Post("/o/globex"+act, nil); page.Status != http.StatusNotFound {
				t.Errorf("another organization’s administrator at %s: %d", act, page.Status)
			}
		}
		if page := outsider.Get("/o/globex/mail?selected=" + fmt.Sprint(list.Rows[0].ID)); strings.Contains(page.Text("body"), "one-mail") {
			t.Error("another organization’s mail is shown")
		}
	})
}
