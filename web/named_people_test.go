package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// smithsFile adds three people of one name.
var smithsFile = strings.NewReplacer(
	"  - key: team\n", "  - {key: first, name: First}\n  - {key: second, name: Second}\n  - key: team\n",
	"members:\n", "members:\n  - {email: first.smith@example.com, name: Jo Smith, groups: [first, team]}\n"+
		"  - {email: second.smith@example.com, name: Jo Smith, groups: [first, second, team]}\n"+
		"  - {email: third.smith@example.com, name: Jo Smith, groups: [second]}\n",
).Replace(reviewersFile)

// Somebody who is asked about a person must know which one is meant, so each question has the address in it.
func TestEveryQuestionAboutAPersonNamesTheirAddress(t *testing.T) {
	const first, second, third = "first.smith@example.com", "second.smith@example.com", "third.smith@example.com"
	inVisited(t, true, func(t *testing.T, v visited) {
		v.apply(t, smithsFile)
		one, other, suspended := v.member(t, "acme", first), v.member(t, "acme", second), v.member(t, "acme", third)
		admin := v.as(t, "admin@example.com")
		admin.Post("/o/acme/members/"+suspended+"/suspend", url.Values{})
		admin.Post("/o/acme/members/-/invite", url.Values{"who_typed": {"new@example.com"}, "group": {"viewers"}, "provider": {"password"}})
		agent := v.asks(t, "CASE-1", time.Hour)
		many := "?selected=" + one + "&selected=" + other
		for _, question := range []struct {
			path string
			who  []string
		}{
			{"/members/" + one + "/delete", []string{first}},
			{"/members/" + one + "/suspend", []string{first}},
			{"/members/" + suspended + "/reactivate", []string{third}},
			{"/members/" + one + "/address", []string{first}},
			{"/members/-/many/remove" + many, []string{first, second}},
			{"/members/-/many/suspend" + many, []string{first, second}},
			{"/members/-/many/reactivate" + many, []string{first, second}},
			{"/members/-/many/sessions" + many, []string{first, second}},
			{"/members/-/many/groups" + many + "&into=viewers&step=review", []string{first, second}},
			{"/members/-/many/leave" + many + "&into=team&step=review", []string{first, second}},
			{"/members/-/many/end" + many + "&into=team&until=2027-05-01&step=review", []string{first, second}},
			{"/groups/team/members/-/delete?member=" + second, []string{second}},
			{"/groups/team/members/-/many/delete" + many, []string{first, second}},
			{"/groups/team/members/-/many/end" + many + "&until=2027-05-01&step=review", []string{first, second}},
			{"/groups/second/delete", []string{third}},
			{"/groups/-/many/delete?selected=first&selected=second", []string{third}},
			{"/members/-/invite?like_member=" + other, []string{second}},
			{"/members/-/invitations/1/revoke", []string{"new@example.com"}},
			{"/members/-/invitations/-/many/revoke?selected=1", []string{"new@example.com"}},
			{"/temporary-access/" + agent.Key + "/revoke", []string{"agent@vendor.example"}},
		} {
			page := admin.Get("/o/acme" + question.path)
			dialog := page.Text("dialog")
			if page.Status != http.StatusOK || dialog == "" {
				t.Errorf("%s: %d, no question: %s", question.path, page.Status, page.Text("main"))
			}
			for _, address := range question.who {
				if !strings.Contains(dialog, address) {
					t.Errorf("%s asks without %s: %s", question.path, address, dialog)
				}
			}
		}
	})
}
