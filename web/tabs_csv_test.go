package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/mail/mailtest"
	"bailiwick/web/webtest"
)

// seconds are the second cells of a file's lines, without the head.
func seconds(lines [][]string) string {
	var all []string
	for _, line := range lines[1:] {
		all = append(all, line[1])
	}
	return strings.Join(all, " ")
}

// The files of a group's members and of a member's groups hold what the tab shows, whatever it is narrowed to.
func TestFilesOfTabsHoldWhatTheyShow(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		w.invite(t, "new@example.com", services.ProviderAny)
		end := w.clock.Now().Add(time.Hour).UTC()
		w.endOf(t, "several@example.com", "viewers", end)
		members := "/o/acme/groups/viewers/members"
		all := download(t, admin, members)
		if got := strings.Join(all[0], ","); got != "Name,Email,Status,Provider,Since (UTC),Ends (UTC),Invited by" || seconds(all) != "new@example.com several@example.com viewer@example.com" {
			t.Errorf("%q: %q", got, all)
		}
		if all[1][2] != "Invited" || all[1][6] != "Editor (editor@example.com)" || all[2][2] != "Member" || all[2][5] != end.Format("2006-01-02 15:04") || all[3][5] != "" {
			t.Errorf("the rows are %q", all)
		}
		for query, want := range map[string]string{
			"?show=invited": "new@example.com", "?show=members": "several@example.com viewer@example.com",
			"?sort=-name": "new@example.com viewer@example.com several@example.com", "?q=sever": "several@example.com", "?q=nobody": "",
		} {
			if got := seconds(download(t, admin, members+query)); got != want {
				t.Errorf("%s: %q, want %q", query, got, want)
			}
		}
		groups := w.memberPath(t, "several@example.com") + "/groups"
		held := download(t, admin, groups)
		if got := strings.Join(held[0], ","); got != "Group,Key,Member,Ends (UTC),Privileges held" || len(held) < 6 {
			t.Errorf("%q: %q", got, held)
		}
		if joined := download(t, admin, groups+"?show=joined"); len(joined) != 2 || !slices.Equal(joined[1], []string{"Viewers", "viewers", "Yes", end.Format("2006-01-02 15:04"), "10"}) {
			t.Errorf("of those that the member is in: %q", joined)
		}
		if some := download(t, admin, groups+"?q=outd"); len(some) != 2 || some[1][2] != "No" {
			t.Errorf("with a filter: %q", some)
		}
	})
}

// The invited come first and the members after them, each of them once, however many pages either has.
func TestAFileOfTwoListsIsWhole(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := inLarge(t, store, clock, large)
		admin := w.as(t, "admin@large.example.com")
		group := firstGroupWithMembers(t, admin)
		all := download(t, admin, group+"/members")
		members, invited := download(t, admin, group+"/members?show=members"), download(t, admin, group+"/members?show=invited")
		if len(members) < 2 || !slices.EqualFunc(all[1:], slices.Concat(invited[1:], members[1:]), slices.Equal) {
			t.Errorf("%d lines, of %d invited and %d members", len(all)-1, len(invited)-1, len(members)-1)
		}
	})
}

// firstGroupWithMembers is the address of the group with the most members.
func firstGroupWithMembers(t *testing.T, b *webtest.Browser) string {
	t.Helper()
	address, there := b.Get("/o/large/groups?sort=-members").Find("tbody tr a.entry-name").First().Attr("href")
	if !there {
		t.Fatal("there is no group")
	}
	return address
}

func TestTheFileOfMailHoldsWhatWaits(t *testing.T) {
	inMailingWorlds(t, func(t *testing.T, w world, server *mailtest.Server) {
		server.Misbehave(mailtest.Trouble{At: mailtest.AtRecipient, Only: "gone@example.com", Code: 550, Message: "No such user"})
		w.mailTo(t, "gone@example.com")
		if w.SendMails(t) == nil {
			t.Error("the attempt did not fail")
		}
		w.mailTo(t, "new@example.com")
		admin := w.as(t, "admin@example.com")
		all := download(t, admin, "/o/acme/mail")
		if got := strings.Join(all[0], ","); got != "Recipient,Mail,State,Attempts,Last error,Asked for (UTC)" || len(all) != 3 {
			t.Errorf("%q: %q", got, all)
		}
		failed := download(t, admin, "/o/acme/mail?state=failed")
		if len(failed) != 2 || failed[1][0] != "gone@example.com" || failed[1][2] != "Not sent" || !strings.Contains(failed[1][4], "550 No such user") {
			t.Errorf("what was not sent: %q", failed)
		}
	})
}

// Attack: somebody else takes the file of the vendor's personnel.
func TestTheFileOfRequestsHoldsTheReadersOwn(t *testing.T) {
	inVisitedWorlds(t, func(t *testing.T, w world) {
		agent := w.as(t, "agent@vendor.example")
		request(t, agent, nil)
		lines := download(t, agent, "/support/-/requests")
		if got := strings.Join(lines[0], ","); got != "Organization,Category,Justification,Description,Status,Asked for (UTC),Ends (UTC)" || len(lines) != 2 || lines[1][2] != because {
			t.Errorf("%q: %q", got, lines)
		}
		if none := download(t, agent, "/support/-/requests?q=globex"); len(none) != 1 {
			t.Errorf("with a filter: %q", none)
		}
		if others := download(t, w.as(t, "specialist@vendor.example"), "/support/-/requests"); len(others) != 1 {
			t.Errorf("somebody else takes %q", others)
		}
		if page := w.as(t, "admin@example.com").Get("/support/-/requests.csv"); page.Status != http.StatusNotFound {
			t.Errorf("who is no personnel: %d", page.Status)
		}
	})
}
