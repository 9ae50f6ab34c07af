package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// inBar are the buttons of the Action bar, without those in its menu.
const inBar = ".actionbar-actions > button"

func TestManyMembersAreRemovedWithoutScript(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		ids := []string{w.member(t, "acme", "plain@example.com"), w.member(t, "acme", "viewer@example.com"), w.member(t, "acme", "admin@example.com")}
		list := admin.Get("/o/acme/members?sort=-name")
		bar := list.Submit("Show actions", url.Values{"selected": ids})
		if got := bar.Text(".actionbar-count strong"); got != "3 selected" {
			t.Fatalf("the bar says %q", bar.Text("#actionbar"))
		}
		if got := bar.Text(".actionbar-why"); got != "Left out: you." {
			t.Errorf("left out: %q", got)
		}
		review := bar.SubmitAmong(inBar, "Remove 2", nil)
		if review.Status != http.StatusOK || review.Text("dialog h2") != "Remove 3 members from Acme?" {
			t.Fatalf("%d %q", review.Status, review.Text("main"))
		}
		if got := words(review, "dialog li .effect"); len(got) != 3 || got[0] != "This is you. Use your own row." {
			t.Errorf("the review says %q", got)
		}
		if got := review.Find("tbody .pick input[checked]").Length(); got != 3 {
			t.Errorf("%d rows are selected behind the question, want 3", got)
		}
		done := review.Submit("Remove 2, leave out 1", nil)
		if got := done.Text("[role=status] strong"); got != "2 members removed from the organization." {
			t.Fatalf("%d %q", done.Status, done.Text("main"))
		}
		if got := done.Address.RequestURI(); !strings.Contains(got, "sort=-name") || !strings.Contains(got, "selected="+ids[2]) || strings.Contains(got, ids[0]) {
			t.Errorf("it leads back to %s", got)
		}
		if admin.Get("/o/acme/members/"+ids[1]).Status != http.StatusNotFound {
			t.Error("the viewer is still there")
		}
	})
}

func TestAReviewThatWasOvertakenIsDrawnAgain(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		plain, viewer := w.member(t, "acme", "plain@example.com"), w.member(t, "acme", "viewer@example.com")
		address := "/o/acme/members/-/many/remove?selected=" + plain + "&selected=" + viewer
		review := admin.Get(address)
		if gone := w.as(t, "admin@example.com").Post("/o/acme/members/"+plain+"/delete", url.Values{}); gone.Status >= http.StatusBadRequest {
			t.Fatalf("%d %s", gone.Status, gone.Text("main"))
		}
		again := review.Submit("Remove 2 members", nil)
		if again.Status != http.StatusConflict || again.Text("dialog .callout strong") != "1 more can’t be removed since you looked." {
			t.Fatalf("%d %q", again.Status, again.Text("dialog"))
		}
		if got := words(again, "dialog .outcome[data-tone=warning] li"); !slices.Equal(got, []string{"1 member No longer there"}) {
			t.Errorf("left out: %q", got)
		}
		if done := again.Submit("Remove 1, leave out 1", nil); done.Text("[role=status] strong") != "1 member removed from the organization." {
			t.Errorf("%d %q", done.Status, done.Text("main"))
		}
	})
}

func TestASelectionOfMembersHasAnAddress(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		all := admin.Get("/o/acme/members?selected=all")
		rows := all.Find("tbody tr").Length()
		if all.Text(".actionbar-count strong") != fmt.Sprintf("All %d selected", rows) || all.Find("tbody .pick input[checked]").Length() != rows || all.Find("thead .pick input[checked]").Length() != 1 {
			t.Errorf("all: %q", all.Text("#actionbar"))
		}
		page := admin.Get("/o/acme/members?select=page&q=plain")
		if page.Find("tbody .pick input[checked]").Length() != 1 || page.Text("#actionbar strong") != "Plain" {
			t.Errorf("the page: %q", page.Text("#actionbar"))
		}
		two := admin.Get("/o/acme/members?selected=" + w.member(t, "acme", "plain@example.com") + "&selected=" + w.member(t, "acme", "viewer@example.com"))
		filtered := two.Submit("Apply filter", url.Values{"q": {"plain"}})
		if got := filtered.Text(".actionbar-hint"); !strings.HasPrefix(got, "The selection was cleared because the filter changed.") {
			t.Errorf("after another filter the bar says %q", got)
		}
		// Attack: numbers of another organization, and what is no number.
		foreign := admin.Get("/o/acme/members?selected=" + w.member(t, "globex", "outsider@example.com") + "&selected=x&selected=-1")
		if got := foreign.Find("#actionbar").AttrOr("data-state", ""); foreign.Status != http.StatusOK || got != "none" {
			t.Errorf("%d, the bar is in state %q", foreign.Status, got)
		}
	})
}

func TestManyMembersAreAddedToGroupsWithoutScript(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		ids := []string{w.member(t, "acme", "plain@example.com"), w.member(t, "acme", "viewer@example.com")}
		question := admin.Get("/o/acme/members").Submit("Show actions", url.Values{"selected": ids}).SubmitAmong(inBar, "Add to groups", nil)
		if question.Text("dialog h2") != "Add 2 members to groups" {
			t.Fatalf("%d %q", question.Status, question.Text("main"))
		}
		if none := question.Submit("Review", nil); none.Status != http.StatusUnprocessableEntity || !strings.Contains(none.Text("#into-error"), "Choose at least one group.") {
			t.Errorf("without a group: %d %q", none.Status, none.Text("dialog"))
		}
		found := question.Submit("Find", url.Values{"find": {"edit"}})
		if got := words(found, ".people-found .who"); len(got) != 1 || !strings.HasPrefix(got[0], "Editors") {
			t.Fatalf("found are %q", got)
		}
		review := found.Submit("Review", url.Values{"into": {"editors"}, "until": {"2099-12-31"}})
		if review.Text("dialog h2") != "Add 2 members to 1 group?" || review.Text("#dialog-text") != "Until the end of 31 December 2099 (UTC)." {
			t.Fatalf("%d %q", review.Status, review.Text("dialog"))
		}
		done := review.Submit("Add 2 members", nil)
		if got := done.Text("[role=status] strong"); got != "2 members added to 1 group." || done.Text(".actionbar-count strong") != "2 selected" {
			t.Fatalf("%d %q", done.Status, done.Text("main"))
		}
		leave := done.SubmitAmong(inBar, "Remove from groups", nil).Submit("Review", url.Values{"into": {"editors"}})
		if left := leave.Submit("Remove 2 members", nil); left.Text("[role=status] strong") != "2 members removed from 1 group." {
			t.Errorf("%d %q", left.Status, left.Text("main"))
		}
		end := done.SubmitAmong(inBar, "Set an end", nil).Submit("Review", url.Values{"until": {"2099-12-31"}})
		if ended := end.Submit("Change 2 members", nil); ended.Text("[role=status] strong") != "2 members changed. Their memberships last until the end of 31 December 2099 (UTC)." {
			t.Errorf("%d %q", ended.Status, ended.Text("main"))
		}
	})
}
