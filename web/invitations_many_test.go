package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bailiwick/services"
)

func TestManyInvitationsAreRevokedWithoutScript(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		invited := admin.Post("/o/acme/members/-/invite", url.Values{"who_typed": {"a@example.com b@example.com c@example.com"}, "group": {"team"}, "provider": {"any"}})
		if invited.Status != http.StatusOK {
			t.Fatalf("invited: %d %q", invited.Status, invited.Text("main"))
		}
		w.clock.Advance(time.Minute)
		list := admin.Get("/o/acme/members/-/invitations")
		var ids []string
		for n := range list.Find("tbody input[name=selected]").Length() {
			ids = append(ids, list.Find("tbody input[name=selected]").Eq(n).AttrOr("value", ""))
		}
		if len(ids) < 3 {
			t.Fatalf("%d can be selected: %q", len(ids), list.Text("main"))
		}
		bar := list.Submit("Show actions", url.Values{"selected": ids[:2]})
		if got := bar.Text(".actionbar-count strong"); got != "2 selected" {
			t.Fatalf("the bar says %q", bar.Text("#actionbar"))
		}
		if got := bar.Text(".actionbar-why"); got != "None can be sent again. This console has no mail server." {
			t.Errorf("why none is sent again: %q", got)
		}
		asked, until := bar.Submit("Extend", nil), w.clock.Now().Add(services.InvitationLife).UTC().Format("2 Jan 2006, 15:04")+" UTC"
		if got := asked.Text("dialog"); strings.Count(got, "Expires on "+until+". Into Team.") != 2 {
			t.Errorf("want until %s, got %q", until, got)
		}
		extended := asked.Submit("Extend 2 invitations", nil)
		if got := extended.Text("[role=status] strong"); got != "2 invitations extended." {
			t.Errorf("%d %q", extended.Status, extended.Text("main"))
		}
		review := extended.Submit("Revoke", nil)
		if got := review.Text("dialog"); !strings.Contains(got, "Revoke 2 invitations?") || !strings.Contains(got, "Into Team.") {
			t.Errorf("the review says %q", got)
		}
		done := review.Submit("Revoke 2 invitations", nil)
		if got := done.Text("[role=status] strong"); got != "2 invitations revoked." {
			t.Errorf("%d %q", done.Status, done.Text("main"))
		}
		if left := done.Find("tbody input[name=selected]").Length(); left != len(ids)-2 {
			t.Errorf("%d are left of %d", left, len(ids))
		}
	})
}

func TestLinksOfManyInvitationsAreTheAnswerOfAFormOnce(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		admin.Post("/o/acme/members/-/invite", url.Values{"who_typed": {"a@example.com b@example.com c@example.com"}, "group": {"team"}, "provider": {"any"}})
		review := admin.Get("/o/acme/members/-/invitations?select=page").Submit("Copy all links", nil)
		if got := review.Text("dialog"); !strings.Contains(got, "Make links for 3 invitations?") || !strings.Contains(got, "Earlier links still work.") {
			t.Fatalf("%d %q", review.Status, got)
		}
		form := url.Values{"row": {}, "once": {review.Find("dialog input[name=once]").AttrOr("value", "")}}
		for n := range review.Find("dialog input[name=row]").Length() {
			form.Add("row", review.Find("dialog input[name=row]").Eq(n).AttrOr("value", ""))
		}
		shown := review.Submit("Make links for 3 invitations", nil)
		lines := strings.Split(strings.TrimSpace(shown.Find("textarea#link-lines").Text()), "\n")
		if shown.Status != http.StatusOK || len(lines) != 3 || shown.Header.Get("Cache-Control") != "no-store" || strings.Contains(shown.Address.String(), "join") {
			t.Fatalf("%d %q at %s", shown.Status, lines, shown.Address)
		}
		for n, email := range []string{"a@example.com", "b@example.com", "c@example.com"} {
			address, link, _ := strings.Cut(lines[n], "\t")
			_, secret, _ := strings.Cut(link, "/join/")
			if address != email || w.Browser(t).Get("/join/"+secret).Status != http.StatusOK {
				t.Errorf("line %d is %q", n, lines[n])
			}
		}
		file := shown.SubmitAmong("dialog button", "Download links as CSV", nil)
		if got := file.Header.Get("Content-Disposition"); !strings.HasPrefix(got, `attachment; filename="acme-invitation-links-`) || file.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("the file is %q, kept by %q", got, file.Header.Get("Cache-Control"))
		}
		if got := strings.Count(file.Body, "\r\n"); got != 4 || !strings.Contains(file.Body, `"a@example.com","http`) {
			t.Errorf("the file has %d lines: %q", got, file.Body)
		}
		again := admin.Post("/o/acme/members/-/invitations/-/many/links", form)
		if !strings.Contains(again.Text("main"), "Nothing was done this time.") || again.Find("textarea#link-lines").Length() != 0 {
			t.Errorf("sent again: %d %q", again.Status, again.Text("main"))
		}
		for _, page := range []string{"/members/-/invitations", "/activity", "/members/-/invitations/-/many/links?selected=all"} {
			if body := admin.Get("/o/acme" + page).Body; strings.Contains(body, "/join/") {
				t.Errorf("%s has a link", page)
			}
		}
		if empty := admin.Post("/o/acme/members/-/invitations/-/many/links/file", url.Values{}); empty.Status != http.StatusUnprocessableEntity {
			t.Errorf("a file of nothing: %d", empty.Status)
		}
	})
}
