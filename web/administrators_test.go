package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

const lastAdministratorWords = "An organization keeps at least one administrator who can sign in and whose membership has no end date: add another one first."

// unable is another administrator, who has no password.
const unable = `
version: 1
organization: {key: acme, name: Acme}
members:
  - {email: unable@example.com, name: Unable, groups: [administrators, team]}
`

func TestEachDoorRefusesTheLastAdministratorWithTheSameWords(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin, own := w.as(t, "admin@example.com"), w.memberPath(t, "admin@example.com")
		tab := func(form url.Values) func() *webtest.Page {
			return func() *webtest.Page {
				form.Set("rows", "administrators team")
				form.Set("revision", admin.Get(own+"/groups").Find("[name=revision]").AttrOr("value", ""))
				return admin.Post(own+"/groups", form)
			}
		}
		doors := map[string]func() *webtest.Page{
			"the group’s Members tab": func() *webtest.Page {
				return admin.Post("/o/acme/groups/administrators/members/-/delete", url.Values{"member": {"admin@example.com"}})
			},
			"the question about deletion": func() *webtest.Page { return admin.Get(own + "/delete") },
			"deletion":                    func() *webtest.Page { return admin.Post(own+"/delete", url.Values{}) },
			"no group any more":           tab(url.Values{"confirm_leave": {"yes"}}),
			"another group":               tab(url.Values{"in.team": {"yes"}}),
			"an end":                      tab(url.Values{"in.administrators": {"yes"}, "until.administrators": {"2099-01-01T10:00"}}),
		}
		for _, beside := range []string{"nobody", "somebody without a password"} {
			if beside != "nobody" {
				w.apply(t, unable)
			}
			for name, door := range doors {
				page := door()
				if page.Status != http.StatusConflict || !strings.Contains(page.Text("body"), lastAdministratorWords) {
					t.Errorf("%s, beside %s: %d %q", name, beside, page.Status, page.Text("main"))
				}
			}
		}
		if page := doors["an end"](); !strings.Contains(page.Text("main"), "Administrators until 1 Jan 2099") {
			t.Errorf("what was chosen is gone: %q", page.Text("main"))
		}
		page := doors["the group’s Members tab"]()
		if page.Text("tbody tr:has(input[checked]) .entry-sub") != "admin@example.com" || page.Text("[role=alert] strong") != "Not deleted." {
			t.Errorf("the list after a refusal: %q", page.Text("main"))
		}
		if got := w.memberships(t, "admin@example.com"); len(got) != 1 || got[0].GroupKey != "administrators" || got[0].ExpiresAt != nil {
			t.Errorf("after all that the memberships are %+v", got)
		}
	})
}

func TestPagesWarnWhileOnlyOneAdministratorCanSignIn(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		w.apply(t, unable)
		pages := []string{"/o/acme/members", "/o/acme/groups/administrators/members", "/o/acme/organization"}
		shown := func(who string) (n int) {
			b := w.as(t, who)
			for _, path := range pages {
				page := b.Get(path)
				if text := page.Text("#administrators"); strings.Contains(text, "Only one administrator can sign in.") && strings.Contains(text, "bailiwick member set-password acme") {
					n++
				}
			}
			return n
		}
		for who, want := range map[string]int{"admin@example.com": 3, "editor@example.com": 3, "viewer@example.com": 0, "plain@example.com": 0} {
			if got := shown(who); got != want {
				t.Errorf("%s sees the warning on %d pages, want %d", who, got, want)
			}
		}
		if err := w.Console.SetPassword(context.Background(), "acme", "unable@example.com", password); err != nil {
			t.Fatal(err)
		}
		if got := shown("admin@example.com"); got != 0 {
			t.Errorf("with two who can sign in the warning is on %d pages", got)
		}
	})
}
