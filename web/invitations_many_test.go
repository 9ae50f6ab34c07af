package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestManyInvitationsAreRevokedWithoutScript(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		invited := admin.Post("/o/acme/members/-/invite", url.Values{"who_typed": {"a@example.com b@example.com c@example.com"}, "group": {"team"}, "provider": {"any"}})
		if invited.Status != http.StatusOK {
			t.Fatalf("invited: %d %q", invited.Status, invited.Text("main"))
		}
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
		extended := bar.Submit("Extend", nil).Submit("Extend 2 invitations", nil)
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
