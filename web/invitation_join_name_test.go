package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/services"
	"bailiwick/services/mail/mailtest"
)

// A mailed link brings somebody in who was never asked for a name.
func TestWhoJoinsByMailedLinkIsAskedForAName(t *testing.T) {
	withMail(t, func(t *testing.T, w world, server *mailtest.Server) {
		results, err := w.Console.Invite(t.Context(), w.by(t, "editor@example.com"), services.NewInvitations{
			Provider: services.ProviderEmailLink, Emails: []string{"new@example.com"}, Groups: []string{"viewers"}})
		if err != nil {
			t.Fatal(err)
		}
		b := w.Browser(t)
		b.Get(results[0].Link).Submit("Email me a link", nil)
		back := b.Get(mailed(t, w, server, "new@example.com")).Submit("Sign in", nil)
		asked := back.Submit("Accept invitation", nil)
		wantPage(t, asked, http.StatusOK, "/join/name?next=%2Fo%2Facme")
		wantTexts(t, asked, "You joined Acme.", "What is your name?", "new@example.com", "Not now")
		wrong := asked.Submit("Save and continue", url.Values{"name": {"  "}})
		if wrong.Status != http.StatusUnprocessableEntity || wrong.Find("input[name=next]").AttrOr("value", "") != "/o/acme" {
			t.Errorf("without a name: %d: %s", wrong.Status, wrong.Text("main"))
		}
		if in := wrong.Submit("Save and continue", url.Values{"name": {"New Viewer"}}); in.Status != http.StatusOK || !strings.HasPrefix(in.Address.Path, "/o/acme") {
			t.Errorf("with a name: %d %s", in.Status, in.Address.Path)
		}
		if list := w.as(t, "editor@example.com").Get("/o/acme/members?q=new"); !strings.Contains(list.Text("tbody"), "New Viewer") {
			t.Errorf("the members are %s", list.Text("tbody"))
		}
		elsewhere := b.Get("/join/name?next=//evil.example")
		if next := elsewhere.Find("input[name=next]").AttrOr("value", ""); next != "/" {
			t.Errorf("it leads out of the console: %q", next)
		}
	})
}
