package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

// An error is said once, at its field. The summary above the form leads there, and only says what no field says:
// webtest.Browser holds every page of every test to that. Here each kind of form is refused on purpose.
func TestEveryFormSaysAnErrorOnceAtItsField(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		long := strings.Repeat("x", 400)
		for _, c := range []struct {
			path, button string // "": the form is sent as it stands here
			form         url.Values
			at           string // the errors of these fields
			say          string
		}{
			{"/profile", "", url.Values{"name": {""}}, "#name-error", "Enter a name."},
			{"/profile/password", "", url.Values{"present": {"wrong"}, "password": {"short"}, "again": {"other"}}, ".error", "Use 15 characters or more."},
			{"/profile/second-factor", "", url.Values{"secret": {"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"}, "code": {"1"}}, ".error", "This is not your present password."},
			{"/o/acme/organization", "Save name", url.Values{"name": {long}}, "#name-error", "Use at most"},
			{"/o/acme/groups/-/add", "Add Group", url.Values{"name": {""}}, "#name-error", "Enter a name."},
			{"/o/acme/groups/team", "", url.Values{"name": {long}, "description": {strings.Repeat("y", 3000)}}, "#name-error, #description-error", "Use at most"},
			{"/o/acme/groups/team/privileges", "", url.Values{"level.content/fields": {"everything"}, "level.content/sources": {"all"}}, ".domain .error", "offers"},
			{"/o/acme/groups/team/members/-/invite", "", url.Values{"who_typed": {"nobody at all"}}, "#who_typed-error", "Not a complete address"},
			{"/o/acme/members/-/invite", "", url.Values{"who_typed": {"new@example.com"}, "provider": {"password"}}, "#groups-error", "Choose at least one group."},
			{"/o/acme/members/" + w.member(t, "acme", "editor@example.com") + "/groups", "Save", url.Values{"in.team": {"yes"}, "until.team": {"soon"}}, "#until-team-error", "Enter a date"},
			{"/o/acme/api-keys/-/add", "Add API key", url.Values{"template": {"custom"}, "expires": {"soon"}, "allow": {"nowhere"}}, "#expires-error, #allow-error", "Enter the day as"},
			{"/o/acme/resources/content/sources/-/add", "Add source", url.Values{"name": {""}, "visibility": {"nobody"}}, "#name-error", "Enter a name."},
		} {
			var page *webtest.Page
			if c.button == "" {
				page = admin.Post(c.path, c.form)
			} else {
				page = admin.Get(c.path).Submit(c.button, c.form)
			}
			errors := page.Find(c.at)
			if page.Status != http.StatusUnprocessableEntity || errors.Length() == 0 || !strings.Contains(page.Text(c.at), c.say) {
				t.Errorf("%s: %d, %q says %q", c.path, page.Status, c.at, page.Text(c.at))
				continue
			}
			for _, shown := range errors.EachIter() {
				text := strings.Join(strings.Fields(shown.Text()), " ")
				if said := strings.Count(page.Text("main"), text); text == "" || said != 1 {
					t.Errorf("%s: %q is said %d times", c.path, text, said)
				}
			}
			if page.Find(".callout[data-refused] a").Length() == 0 {
				t.Errorf("%s: no summary leads to the fields", c.path)
			}
		}
	})
}
