package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

const namesakesFile = `
version: 1
organization: {key: acme, name: Acme}
members:
  - {email: other@example.com, name: Аcme  administrator, groups: [team]}
`

// Attack: somebody takes an administrator's name, with a letter from another alphabet.
func TestPeopleOfOneNameAreMarkedWhereverTheyAreChosen(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		w.apply(t, namesakesFile)
		admin := w.as(t, "admin@example.com")
		found := admin.Post("/o/acme/groups/team/members/-/invite", url.Values{"who_typed": {"acme administrator"}, "step": {"find"}})
		if n := found.Find(".people-found li:contains('2 people have this name')").Length(); n == 0 {
			t.Errorf("found and not marked: %s", found.Text("dialog"))
		}
		owners := admin.Get("/o/acme/resources/content/sources/-/add").Submit("Find", url.Values{"owner": {"administrator"}})
		if n := owners.Find(".people-found li:contains('2 people have this name')").Length(); n == 0 {
			t.Errorf("found as owners and not marked: %s", owners.Text("main"))
		}
		if told := owners.Text(".people-found"); !strings.Contains(told, "other@example.com · Team, never used") {
			t.Errorf("found as owners and not told apart: %q", told)
		}
		for path, selector := range map[string]string{
			"/members":             "tbody tr",
			"/groups/team/members": "tbody tr",
			"/explain":             "#who option",
		} {
			page := admin.Get("/o/acme" + path)
			marked := 0
			for _, line := range texts(page.Find(selector)) {
				if strings.Contains(line, "2 people have this name") {
					marked++
				}
			}
			if page.Status != http.StatusOK || marked == 0 {
				t.Errorf("%s: %d, %d marked of %q", path, page.Status, marked, texts(page.Find(selector)))
			}
		}
		ask := admin.Get("/o/acme/groups/team/members/-/delete?member=other@example.com")
		wantTexts(t, ask, "Their address is other@example.com. 2 people have this name.")
		if mine := admin.Get("/o/acme/groups/editors/members"); strings.Contains(mine.Body, "people have this name") {
			t.Error("a name that nobody else has is marked")
		}
	})
}

func TestTheActivityPageNamesWhoDidItByNameAndAddress(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		editor := w.as(t, "editor@example.com")
		editor.Post("/o/acme/groups/-/add", url.Values{"name": {"Made up"}})
		viewer := w.as(t, "viewer@example.com")
		viewer.Post("/o/acme/groups/-/add", url.Values{"name": {"Not allowed"}})
		for _, filter := range []string{"?q=editor@example", "?who=EDITOR@exam", "?q=Editor"} {
			if got := events(editor.Get("/o/acme/activity" + filter)); !slices.ContainsFunc(got, func(s string) bool {
				return strings.HasPrefix(s, "Editor (editor@example.com) ")
			}) {
				t.Errorf("%s finds %q", filter, got)
			}
		}
		refused := events(editor.Get("/o/acme/activity?outcome=refused"))
		if len(refused) == 0 || !strings.Contains(refused[0], "(viewer@example.com) was not allowed to") {
			t.Errorf("refused are %q", refused)
		}
	})
}

func TestInvitingAsksAboutAddressesThatLookLikeOthersWithTheirCodePoints(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		editor := w.as(t, "editor@example.com")
		const typed = "new@example.com, аdmin@example.com, ｊohn@example.com"
		for _, door := range []string{"/o/acme/groups/viewers/members/-/invite", "/o/acme/members/-/invite"} {
			form := url.Values{"who_typed": {typed}, "group": {"viewers"}, "provider": {"password"}}
			asked := editor.Post(door, form)
			wantPage(t, asked, http.StatusUnprocessableEntity, door)
			wantTexts(t, asked, "Check 2 addresses", "Looks like admin@example.com: the first letter is Cyrillic (U+0430)", "а U+0430 CYRILLIC SMALL LETTER A",
				"Looks like john@example.com: the first letter is full-width (U+FF4A)", "ｊ U+FF4A FULLWIDTH LATIN SMALL LETTER J")
			if kept := asked.Find("input[name=read_lines]").AttrOr("value", ""); kept != "1:new@example.com\n1:аdmin@example.com\n1:ｊohn@example.com" {
				t.Errorf("kept is %q", kept)
			}
			boxes := asked.Find("input[name=sure]")
			if boxes.Length() != 2 || asked.Find("input[name=sure][checked]").Length() != 0 {
				t.Fatalf("%s: %d boxes", door, boxes.Length())
			}
			form.Set("sure", boxes.First().AttrOr("value", ""))
			half := editor.Post(door, form)
			wantPage(t, half, http.StatusUnprocessableEntity, door)
			if half.Find("input[name=sure][checked]").Length() != 1 {
				t.Error("the box that was ticked is not kept")
			}
			if to := half.Find("[role=alert] a").AttrOr("href", ""); to != "#"+boxes.Last().AttrOr("id", "") || to != "#sure-2" {
				t.Errorf("the error leads to %q, although the first address is right", to)
			}
		}
		form := url.Values{"who_typed": {typed}, "group": {"viewers"}, "provider": {"password"}, "sure": {"аdmin@example.com", "ｊohn@example.com"}}
		results := editor.Post("/o/acme/members/-/invite", form)
		wantShown(t, results, "/o/acme/members/-/invite/done")
		wantTexts(t, results, "3 invitations created", "3 invited.")
	})
}
