package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bailiwick/services"
)

func TestManyMembersOfAGroupAreDeletedFromItWithoutScript(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		ids := []string{w.member(t, "acme", "several@example.com"), w.member(t, "acme", "viewer@example.com"), w.member(t, "acme", "admin@example.com")}
		add := url.Values{"row": ids, "into": {"team"}}
		if added := admin.Post("/o/acme/members/-/many/groups", add); added.Status >= http.StatusBadRequest {
			t.Fatalf("%d %s", added.Status, added.Text("main"))
		}
		list := admin.Get("/o/acme/groups/team/members?sort=-name")
		if got := list.Find("tbody a.entry-name[href='/o/acme/members/" + ids[0] + "']").Length(); got != 1 {
			t.Errorf("the name of a member leads nowhere: %d links", got)
		}
		bar := list.Submit("Show actions", url.Values{"selected": ids})
		if got := bar.Text(".actionbar-count strong"); got != "3 selected" || bar.Text(".actionbar-why") != "Left out: you." {
			t.Fatalf("the bar says %q", bar.Text("#actionbar"))
		}
		end := bar.SubmitAmong(inBar, "Set an end", nil).Submit("Review", url.Values{"until": {"2099-12-31"}})
		if got := words(end, "dialog li .effect"); !slices.Contains(got, "This is you. Use your own row.") || len(got) != 3 {
			t.Errorf("an end for them: %q", end.Text("dialog"))
		}
		review := bar.SubmitAmong(inBar, "Delete 2", nil)
		if review.Status != http.StatusOK || review.Text("dialog h2") != "Delete 3 members from Team?" {
			t.Fatalf("%d %q", review.Status, review.Text("main"))
		}
		if got := words(review, "dialog li .effect"); len(got) != 3 || got[0] != "This is you. Use your own row." {
			t.Errorf("the review says %q", got)
		}
		done := review.Submit("Delete 2, leave out 1", nil)
		if got := done.Text("[role=status] strong"); got != "2 members deleted from the group." {
			t.Fatalf("%d %q", done.Status, done.Text("main"))
		}
		if got := done.Address.RequestURI(); got != "/o/acme/groups/team/members?selected="+ids[2]+"&sort=-name" {
			t.Errorf("it leads back to %s", got)
		}
		if undone := done.Submit("Undo what was saved", nil); undone.Text("[role=status] strong") != "Undone." || len(words(undone, "tbody tr")) != 4 {
			t.Errorf("undone: %d %q", undone.Status, undone.Text("main"))
		}
	})
}

// The bar of a group's list offers its rows as a file, which holds those alone, and is named so.
func TestTheSelectedRowsOfAGroupAreAFile(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		mine, _ := w.invite(t, "mine@example.com", services.ProviderAny) // into viewers
		admin.Post("/o/acme/groups/editors/members/-/invite", url.Values{"who_typed": {"other@example.com"}, "provider": {"any"}})
		other := "invitation-" + strconv.Itoa(int(mine.ID)+1) // into editors
		ids := []string{w.member(t, "acme", "several@example.com"), w.member(t, "acme", "editor@example.com"), "invitation-" + strconv.Itoa(int(mine.ID)), other}
		bar := admin.Get("/o/acme/groups/viewers/members").Submit("Show actions", url.Values{"selected": {ids[0], ids[2]}})
		file := bar.Submit("Download 2 as CSV", nil)
		if got := seconds(table(t, file)); got != "mine@example.com several@example.com" {
			t.Errorf("of two that are selected: %q", got)
		}
		if got := file.Header.Get("Content-Disposition"); !strings.HasPrefix(got, `attachment; filename="acme-selected-members-of-viewers-2`) {
			t.Errorf("it is called %q", got)
		}
		address := "/o/acme/groups/viewers/members.csv?selected="
		if got := seconds(table(t, admin.Get(address+strings.Join(ids, "&selected=")))); got != "mine@example.com several@example.com" {
			t.Errorf("with rows that are of no list or another one: %q", got)
		}
		if got := seconds(table(t, admin.Get(address+"all"))); got != "several@example.com viewer@example.com" {
			t.Errorf("all that can be selected: %q", got)
		}
		if page := w.as(t, "plain@example.com").Get(address + ids[0]); page.Status != http.StatusForbidden {
			t.Errorf("without view on groups: %d", page.Status)
		}
	})
}

func TestASelectionInAGroupHasAnAddress(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		admin.Post("/o/acme/groups/editors/members/-/invite", url.Values{"who_typed": {"new@example.com, second@example.com"}, "provider": {"any"}})
		all := admin.Get("/o/acme/groups/editors/members?selected=all")
		if got, invited := all.Find("tbody .pick input[checked]").Length(), all.Find("tbody .pick input[value^=invitation]").Length(); invited != 2 || got != all.Find("tbody tr").Length()-2 {
			t.Errorf("all: %d rows are selected, %d invited", got, invited)
		}
		page := admin.Get("/o/acme/groups/editors/members?select=page")
		if got := page.Text(".actionbar-why"); page.Find("tbody .pick input:not([checked])").Length() != 0 || !strings.Contains(got, "2 who are only invited") {
			t.Errorf("the page: %q", page.Text("#actionbar"))
		}
		only := admin.Get("/o/acme/groups/editors/members?show=invited&select=page")
		if got := only.Text(".actionbar-why"); got != "To work on several invitations, open Members, Invitations." {
			t.Errorf("invitations alone: %q", only.Text("#actionbar"))
		}
		byAddress := admin.Get("/o/acme/groups/editors/members?selected=editor%40example.com")
		if byAddress.Find("tbody .pick input[checked]").Length() != 1 || byAddress.Text("#actionbar strong") != "Editor" {
			t.Errorf("by address: %q", byAddress.Text("#actionbar"))
		}
		// Attack: somebody of another organization, and an end that can't be read where none is asked for.
		foreign := admin.Get("/o/acme/groups/editors/members/-/many/delete?until=x&selected=" + w.member(t, "globex", "outsider@example.com"))
		if foreign.Status != http.StatusOK || strings.Contains(foreign.Body, "outsider@example.com") || foreign.Text("#dialog-text") != "None can be deleted." {
			t.Errorf("%d %q", foreign.Status, foreign.Text("dialog"))
		}
		viewer := w.as(t, "viewer@example.com").Get("/o/acme/groups/editors/members?selected=all")
		if viewer.Find(inBar).Length() != 0 || viewer.Text(".actionbar-why") != "You may view this group, not edit it." {
			t.Errorf("who may only view: %q", viewer.Text("#actionbar"))
		}
	})
}
