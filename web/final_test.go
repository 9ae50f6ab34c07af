package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"bailiwick/services"
)

// What becomes of a change after its question was answered.
const (
	undone = "is undone"     // its message offers Undo
	final  = "is final"      // the question says so
	adds   = "takes nothing" // it makes something, or starts it
)

// askedThere are questions in an order in which each can be answered. In an address, {name} is the number of a member of that name.
var askedThere = []struct {
	route, at string
	typed     url.Values
	becomes   string
}{
	{"/groups/:group/duplicate", "/groups/viewers/duplicate", nil, adds},
	{"/api-keys/:key/duplicate", "/api-keys/connector/duplicate", nil, adds},
	{"/resources/:service/:domain/:resource/duplicate", "/resources/content/sources/jira/duplicate", nil, adds},

	{"/members/-/many/groups", "/members/-/many/groups?selected={viewer}&selected={several}&into=team&step=review", nil, undone},
	{"/members/-/many/end", "/members/-/many/end?selected={viewer}&selected={several}&until=UNTIL&step=review", nil, undone},
	{"/groups/:group/members/-/many/end", "/groups/team/members/-/many/end?selected={viewer}&selected={several}&until=&step=review", nil, undone},
	{"/members/-/many/leave", "/members/-/many/leave?selected={viewer}&into=team&step=review", nil, undone},
	{"/groups/:group/members/-/many/delete", "/groups/viewers/members/-/many/delete?selected={several}", nil, undone},
	{"/groups/:group/members/-/many/delete", "/groups/reviewers/members/-/many/delete?selected={reviewer}", nil, final}, // the last group
	{"/members/-/many/leave", "/members/-/many/leave?selected={several}&into=team&step=review", nil, final},             // the last group
	{"/groups/:group/members/-/delete", "/groups/outdoors/members/-/delete?member=outdoors@example.com", nil, final},    // the last group
	{"/members/-/many/sessions", "/members/-/many/sessions?selected={editor}", nil, final},
	{"/members/-/many/suspend", "/members/-/many/suspend?selected={viewer}&selected={editor}", nil, undone},
	{"/members/-/many/reactivate", "/members/-/many/reactivate?selected={viewer}&selected={editor}", nil, undone},
	{"/members/:member/suspend", "/members/{viewer}/suspend", nil, undone},
	{"/members/:member/reactivate", "/members/{viewer}/reactivate", nil, undone},
	{"/members/:member/address", "/members/{viewer}/address", url.Values{"address": {"other@example.com"}}, adds},

	{"/members/-/invitations/-/many/resend", "/members/-/invitations/-/many/resend?selected=1", nil, adds},
	{"/members/-/invitations/-/many/extend", "/members/-/invitations/-/many/extend?selected=1", nil, undone},
	{"/members/-/invitations/-/many/links", "/members/-/invitations/-/many/links?selected=1&selected=2", nil, adds},
	{"/members/-/invitations/-/many/revoke", "/members/-/invitations/-/many/revoke?selected=1", nil, final},
	{"/members/-/invitations/:invitation/revoke", "/members/-/invitations/2/revoke", nil, final},
	{"/groups/:group/members/-/invitations/:invitation/revoke", "/groups/viewers/members/-/invitations/3/revoke", nil, final},

	{"/api-keys/-/many/deactivate", "/api-keys/-/many/deactivate?selected=timed", nil, undone},
	{"/api-keys/-/many/activate", "/api-keys/-/many/activate?selected=timed", nil, undone},
	{"/api-keys/-/many/extend", "/api-keys/-/many/extend?selected=timed&expires=UNTIL&step=review", nil, undone},
	{"/api-keys/:key/rotate", "/api-keys/connector-copy/rotate", nil, final},
	{"/api-keys/:key/delete", "/api-keys/timed/delete", nil, final},

	{"/resources/:service/:domain/-/many/access", "/resources/content/sources/-/many/access?selected=jira&into=viewers&level=edit&step=review", nil, undone},
	{"/resources/:service/:domain/-/many/owners", "/resources/content/sources/-/many/owners?selected=jira&owner=editor@example.com&step=review", nil, undone},
	{"/resources/:service/:domain/-/many/run", "/resources/content/sources/-/many/run?selected=jira&action=Rebuild", nil, adds},
	{"/resources/:service/:domain/:resource/delete", "/resources/content/sources/jira/delete", nil, final},
	{"/resources/:service/:domain/-/many/delete", "/resources/content/sources/-/many/delete?selected=web", nil, final},

	{"/temporary-access/:access/revoke", "/temporary-access/ACCESS/revoke", nil, final},
	{"/groups/:group/delete", "/groups/team/delete", nil, final},
	{"/groups/-/many/delete", "/groups/-/many/delete?selected=outdoors&selected=reviewers", nil, final},
	{"/members/:member/delete", "/members/{viewer}/delete", nil, final},
	{"/members/-/many/remove", "/members/-/many/remove?selected={editor}", nil, final},
}

// askedElsewhere are questions that nobody answers here, with the reason.
var askedElsewhere = map[string]string{
	"/members/-/invitations/:invitation/renew": "makes another invitation: asks only where it would make an administrator",
}

// Whoever is asked learns that nobody can undo it, or can undo it afterwards.
func TestEveryQuestionSaysWhatIsFinalAndTheRestIsUndone(t *testing.T) {
	inVisited(t, true, func(t *testing.T, v visited) {
		v.apply(t, "version: 1\norganization: {key: acme, name: Acme}\napi_keys:\n  - {key: timed, name: Timed, expires: 2027-01-20T00:00:00Z}\nresources:\n  content/sources:\n    - {key: web, name: Web}\n")
		invited, err := v.Console.Invite(t.Context(), v.by(t, "editor@example.com"), services.NewInvitations{Provider: services.ProviderPassword,
			Emails: []string{"one@example.com", "two@example.com", "three@example.com"}, Groups: []string{"viewers"}})
		if err != nil || len(invited) != 3 {
			t.Fatalf("%+v, %v", invited, err)
		}
		lent := v.asks(t, "CASE-1", time.Hour)
		admin := v.as(t, "admin@example.com")
		v.as(t, "editor@example.com").Get("/o/acme/groups") // has a session that can end
		if err := v.Console.WriteLastUsed(t.Context()); err != nil {
			t.Fatal(err)
		}
		v.clock.Advance(time.Minute) // an invitation that was just made lasts for as long as it can
		until := v.clock.Now().AddDate(0, 1, 0).Format(time.DateOnly)
		number := func(name string) string { return v.member(t, "acme", name[1:len(name)-1]+"@example.com") }
		asked := map[string]bool{}
		for _, q := range askedThere {
			asked["/o/:organization"+q.route] = true
			at := strings.NewReplacer("UNTIL", until, "ACCESS", lent.Key).Replace(regexp.MustCompile(`{\w+}`).ReplaceAllStringFunc(q.at, number))
			question := admin.Get("/o/acme" + at)
			says := strings.Contains(question.Text("dialog"), "This can’t be undone.")
			if says != (q.becomes == final) {
				t.Errorf("%s %s, and the question says that it is final: %t: %s", q.at, q.becomes, says, question.Text("dialog"))
			}
			buttons := words(question, "dialog .dialog-foot button")
			if len(buttons) == 0 {
				t.Fatalf("%s: %d, and nothing to answer: %s", at, question.Status, question.Text("main"))
			}
			done := question.SubmitAmong("dialog .dialog-foot button", buttons[len(buttons)-1], q.typed)
			offers := done.Find(`form[action$="/undo"]`).Length() > 0
			if done.Status != http.StatusOK || offers != (q.becomes == undone) {
				t.Errorf("%s %s, and Undo is offered: %t: %d %s", q.at, q.becomes, offers, done.Status, done.Text("main"))
			}
		}
		v.wantAllAsked(t, asked)
	})
}

// wantAllAsked holds that each question of an organization is among them.
func (v visited) wantAllAsked(t *testing.T, asked map[string]bool) {
	t.Helper()
	question := regexp.MustCompile(`Ask(-fm|(\.func)?[\d.]+)$`) // what handlers are named that draw one
	found := 0
	for _, route := range v.Handler.Routes() {
		inside, ours := strings.CutPrefix(route.Path, "/o/:organization")
		if route.Method != http.MethodGet || !ours || !question.MatchString(route.Name) {
			continue
		}
		found++
		if askedElsewhere[inside] == "" && !asked[route.Path] {
			t.Errorf("nobody answers %s: add it", route.Path)
		}
	}
	if found < 30 {
		t.Errorf("only %d questions were found", found)
	}
}

// Who gives an access back is told that it is over for good.
func TestGivingBackAnAccessIsSaidToBeFinal(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		if err := v.Console.SetVendorPassword(t.Context(), "agent@vendor.example", password); err != nil {
			t.Fatal(err)
		}
		lent := v.asks(t, "CASE-1", time.Hour)
		wantTexts(t, v.as(t, "agent@vendor.example").Get("/support/acme/requests/"+lent.Key+"/end"), "This can’t be undone. You can ask again.")
		off := v.as(t, "admin@example.com").Post("/o/acme/organization/support", url.Values{"support": {"no"}})
		wantTexts(t, off, "This can’t be undone. Nobody can ask for another access")
	})
}
