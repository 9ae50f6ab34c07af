package web_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

// What a list's filter finds no longer is not selected any more: nothing can be done to rows that nobody sees. The bar says how many left.
func TestASelectionLetsGoOfWhatTheListNoLongerShows(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		w.apply(t, `version: 1
organization: {key: story, name: Story}
groups:
  - {key: alpha, name: Alpha, privileges: {content/sources: view}}
  - {key: beta-one, name: Beta one, privileges: {content/sources: view}}
  - {key: beta-two, name: Beta two, privileges: {content/sources: view}}
api_keys:
  - {key: alpha-key, name: Alpha, privileges: {content/sources: view}}
  - {key: beta-one-key, name: Beta one, privileges: {content/sources: view}}
  - {key: beta-two-key, name: Beta two, privileges: {content/sources: view}}
resources: {content/sources: [{key: a, name: Alpha}, {key: b1, name: Beta one}, {key: b2, name: Beta two}]}
members:
  - {email: alpha@example.com, name: Alpha, groups: [alpha, beta-one]}
  - {email: b1@example.com, name: Beta one, groups: [alpha, beta-one]}
  - {email: b2@example.com, name: Beta two, groups: [alpha, beta-one]}
`)
		admin := w.as(t, "admin@example.com")
		admin.Post("/o/story/members/-/invite", url.Values{"who_typed": {"alpha@example.org betaone@example.org betatwo@example.org"}, "group": {"alpha"}, "provider": {"any"}})
		for _, list := range []string{"groups", "api-keys", "resources/content/sources", "members", "members/-/invitations", "groups/beta-one/members"} {
			t.Run(list, func(t *testing.T) {
				path := "/o/story/" + list
				alpha, beta := rowsNamed(admin.Get(path+"?q=alpha")), rowsNamed(admin.Get(path+"?q=beta"))
				if len(alpha) != 1 || len(beta) != 2 {
					t.Fatalf("rows are %q and %q", alpha, beta)
				}
				selecting := func(words string, keys ...string) *webtest.Page {
					return admin.Get(path + "?" + url.Values{"q": {words}, "selected": keys}.Encode())
				}
				for _, c := range []struct {
					page        *webtest.Page
					state, says string
					sent        []string
				}{
					{selecting("beta", alpha[0], beta[0], beta[1]), "many", "1 selected row is no longer in this list.", beta},
					{selecting("alpha", alpha[0], beta[0], beta[1]), "editable", "2 selected rows are no longer in this list.", alpha},
					{selecting("alpha", beta...), "none", "2 selected rows are no longer in this list.", nil},
					{selecting("alpha", beta[1]), "none", "1 selected row is no longer in this list.", nil},
					{selecting("nothing-has-this-name", alpha[0], beta[0]), "none", "2 selected rows are no longer in this list.", nil},
				} {
					bar := c.page.Find("#actionbar")
					if bar.AttrOr("data-state", "") != c.state || !strings.Contains(c.page.Text("#actionbar"), c.says) {
						t.Errorf("%s: the bar is %q and says %q", c.page.Address, bar.AttrOr("data-state", ""), c.page.Text("#actionbar"))
					}
					ticked := c.page.Find("form.listing > input[name=selected], tbody input[name=selected][checked]")
					if ticked.Length() != len(c.sent) {
						t.Errorf("%s: %d rows are sent, want %q", c.page.Address, ticked.Length(), c.sent)
					}
					for n := range ticked.Length() {
						if key := ticked.Eq(n).AttrOr("value", ""); !slices.Contains(c.sent, key) {
							t.Errorf("%s: %q is sent, want %q", c.page.Address, key, c.sent)
						}
					}
				}
			})
		}
	})
}

// rowsNamed are the keys of a list's rows.
func rowsNamed(page *webtest.Page) (keys []string) {
	rows := page.Find("tbody input[name=selected]")
	for n := range rows.Length() {
		keys = append(keys, rows.Eq(n).AttrOr("value", ""))
	}
	return keys
}

// A list that is empty by its filters speaks of spelling only where words were typed, and leads to the whole list.
func TestAnEmptyListSpeaksOfWhatWasAsked(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		for asked, clears := range map[string]string{
			"members?ends=14": "Clear filters", "members?q=zzz": "Clear filter", "members/-/invitations?ends=7": "Clear filters",
			"members/-/invitations?q=zzz": "Clear filter", "groups?unused=90": "Clear filters", "activity?outcome=refused": "Clear filters",
		} {
			page := admin.Get("/o/story/" + asked)
			empty := page.Text(".empty")
			if strings.Contains(empty, "spelling") != strings.Contains(asked, "q=") || page.Text(".empty .btn") != clears {
				t.Errorf("%s says %q", asked, empty)
			}
			path, _, _ := strings.Cut("/o/story/"+asked, "?")
			if link := page.Find(".empty a").AttrOr("href", ""); link != path {
				t.Errorf("%s leads to %q", asked, link)
			}
		}
	})
}
