package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

// plainFile adds somebody who may enter the console and nothing else.
const plainFile = `
version: 1
organization: {key: acme, name: Acme}
members:
  - {email: plain@example.com, name: Plain, groups: [team]}
`

func inPeopledWorlds(t *testing.T, body func(t *testing.T, w world)) {
	t.Helper()
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		w.apply(t, plainFile)
		w.setPassword(t, "acme", "plain@example.com")
		body(t, w)
	})
}

func (w world) memberPath(t *testing.T, email string) string {
	t.Helper()
	return "/o/acme/members/" + w.member(t, "acme", email)
}

func TestMembersPageTellsWhoMayNotViewGroupsNamesAlone(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		plain := w.as(t, "plain@example.com")
		page := plain.Get("/o/acme/members?selected=" + w.member(t, "acme", "viewer@example.com"))
		if page.Status != http.StatusOK || page.Find("tbody tr").Length() != 6 {
			t.Fatalf("%d with %d rows, want 6: %s", page.Status, page.Find("tbody tr").Length(), page.Text("main"))
		}
		for _, told := range []string{"Viewers", "Administrators", "Email and password", "Never", "ago"} {
			if strings.Contains(page.Text("main"), told) {
				t.Errorf("the page says %q", told)
			}
		}
		if radio := page.Find("input[name=selected]"); radio.Length() != 1 || page.Text("#actionbar strong") != "" {
			t.Errorf("%d rows can be selected, and %q is", radio.Length(), page.Text("#actionbar strong"))
		}
		own := plain.Get("/o/acme/members?selected=" + w.member(t, "acme", "plain@example.com"))
		if got := own.Text("#actionbar .actionbar-actions a"); got != "View" {
			t.Errorf("for oneself the Action bar offers %q first", got)
		}
		if page := plain.Get("/o/acme/members?group=viewers"); page.Status != http.StatusForbidden {
			t.Errorf("filtered by a group: %d", page.Status)
		}
	})
}

// Attack: somebody tries numbers of members of their own and of other organizations.
func TestNumbersOfMembersTellNothing(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		foreign := "/o/acme/members/" + w.member(t, "globex", "outsider@example.com")
		known := w.memberPath(t, "viewer@example.com")
		for email, want := range map[string]int{"plain@example.com": http.StatusForbidden, "viewer@example.com": http.StatusNotFound} {
			b := w.as(t, email)
			for _, tail := range []string{"", "/groups"} {
				unknown := b.Get("/o/acme/members/999999999" + tail)
				for _, path := range []string{foreign, "/o/acme/members/0", "/o/acme/members/-5", "/o/acme/members/x", "/o/acme/members/99999999999999999999"} {
					page := b.Get(path + tail)
					if page.Status != want || unknown.Status != want || page.Text("main") != unknown.Text("main") {
						t.Errorf("%s, %s%s: %d %q, where an unknown one is %d %q", email, path, tail, page.Status, page.Text("main"), unknown.Status, unknown.Text("main"))
					}
				}
			}
		}
		plain := w.as(t, "plain@example.com")
		if there, not := plain.Get(known), plain.Get("/o/acme/members/999999999"); there.Status != http.StatusForbidden || there.Text("main") != not.Text("main") {
			t.Errorf("somebody who is there: %d %q, not there: %q", there.Status, there.Text("main"), not.Text("main"))
		}
	})
}

func TestOwnAccessIsOpenToEverybodyInTheConsole(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		plain := w.as(t, "plain@example.com")
		path := plain.Get("/o/acme/members").Find(".rail-foot a").AttrOr("href", "")
		page := plain.Get(path)
		if page.Status != http.StatusOK || page.Title() != "Your access" || page.Find("nav[aria-label=Tabs], td a").Length() != 0 {
			t.Fatalf("%s: %d %q", path, page.Status, page.Title())
		}
		if other := plain.Get(w.memberPath(t, "plain@example.com")); other.Status != http.StatusOK || other.Title() != "Your access" {
			t.Errorf("by number: %d %q", other.Status, other.Title())
		}
		granted := plain.Get(path + "?show=granted")
		if got := words(granted, "tbody tr:not(.tr-head, .tr-fold)"); len(got) != 1 || !strings.Contains(got[0], "Team: View") {
			t.Errorf("granted are %q, want view on the organization through Team", got)
		}
		if fold := page.Text(".tr-fold"); len(words(page, "tbody tr:not(.tr-head, .tr-fold)")) != 1 || !strings.HasPrefix(fold, "None on all ") {
			t.Errorf("without a filter it shows %q", words(page, "tbody tr"))
		}
		open := plain.Get(page.Find(".tr-fold a").First().AttrOr("href", ""))
		if open.Find("[aria-expanded=true]").Length() != 1 || len(words(open, "tbody tr")) <= len(words(page, "tbody tr")) {
			t.Errorf("opened it shows %q", words(open, "tbody tr"))
		}
		if all := plain.Get(path + "?show=all").Find("tbody tr:not(.tr-head)").Length(); all != len(w.Console.Catalog().Domains()) {
			t.Errorf("%d domains are shown, want %d", all, len(w.Console.Catalog().Domains()))
		}
		if none := plain.Get(path + "?q=nothing+like+it"); none.Text(".empty h2") != "No domain matches" {
			t.Errorf("a filter that leaves nothing says %q", none.Text(".empty h2"))
		}
	})
}

// words are the texts of all elements that a selector finds.
func words(page *webtest.Page, selector string) []string {
	var all []string
	for i := range page.Find(selector).Length() {
		all = append(all, strings.Join(strings.Fields(page.Find(selector).Eq(i).Text()), " "))
	}
	return all
}

func TestGroupsOfAMemberAreChangedInTheListWithoutScript(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		path := w.memberPath(t, "plain@example.com") + "/groups"
		tab := admin.Get(path)
		until := url.Values{"in.editors": {"yes"}, "until.editors": {"2027-06-01T18:00"}}
		review := tab.Submit("Review changes", until)
		if review.Status != http.StatusOK || !strings.HasPrefix(review.Text(".savebar-title"), "1 group and ") || !strings.HasSuffix(review.Text(".savebar-title"), " change for Plain") {
			t.Fatalf("review: %d %q", review.Status, review.Text(".savebar-title"))
		}
		lines := words(review, ".changes li")
		if lines[0] != "gains Editors until 1 Jun" || !contains(lines, "gains Edit all on Content / Sources") || !contains(lines, "gains Edit all on Organization / Groups") {
			t.Errorf("the save bar says %q", lines)
		}
		saved := review.Submit("Save", nil)
		if saved.Status != http.StatusOK || saved.Find("[role=status] strong").First().Text() != "Saved: 1 change." {
			t.Fatalf("saved: %d %q", saved.Status, saved.Text("main"))
		}
		if got := saved.Find("#until-editors").AttrOr("value", ""); got != "2027-06-01T18:00" {
			t.Errorf("the end is %q", got)
		}
		members := admin.Get("/o/acme/groups/editors/members")
		if row := words(members, "tbody tr"); !contains(row, "Member until 1 Jun") {
			t.Errorf("the group’s Members tab says %q", row)
		}
		if plain := w.as(t, "plain@example.com"); plain.Get("/o/acme/groups").Status != http.StatusOK {
			t.Error("what the group gives is not there with the next request")
		}
	})
}

func contains(texts []string, part string) bool {
	for _, text := range texts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

func TestWrongEndsAreRefusedAtTheirField(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		tab := w.as(t, "admin@example.com").Get(w.memberPath(t, "plain@example.com") + "/groups")
		for _, end := range []string{"tomorrow", "2027-13-01T00:00", "0001-01-01T00:00", "2020-01-01T00:00", "+002027-06-01T18:00"} {
			page := tab.Submit("Save", url.Values{"in.editors": {"yes"}, "until.editors": {end}})
			if page.Status != http.StatusUnprocessableEntity || page.Text("#until-editors-error") == "" || page.Find("[aria-invalid=true]").AttrOr("value", "") != end {
				t.Errorf("%q: %d %q", end, page.Status, page.Text("main"))
			}
		}
		add := w.as(t, "admin@example.com").Get("/o/acme/groups/editors/members/-/invite")
		page := add.Submit("Add members", url.Values{"who_typed": {"plain@example.com"}, "until": {"2020-01-01"}})
		if page.Status != http.StatusUnprocessableEntity || page.Text("#until-error") == "" || page.Text("#who_typed-error") != "" {
			t.Errorf("added until a moment that is over: %d %q", page.Status, page.Text("dialog"))
		}
	})
}

func TestStaleGroupsOfAMemberKeepWhatSomebodyElseChanged(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin, path := w.as(t, "admin@example.com"), w.memberPath(t, "plain@example.com")+"/groups"
		old := admin.Get(path)
		admin.Get(path).Submit("Save", url.Values{"in.viewers": {"yes"}})
		stale := old.Submit("Save", url.Values{"in.editors": {"yes"}})
		if stale.Status != http.StatusConflict || !strings.Contains(stale.Text(".conflict"), "Somebody else saved a change while you had this open.") {
			t.Fatalf("%d %q", stale.Status, stale.Text("main"))
		}
		if cells := words(stale, ".conflict tbody tr > *"); !slices.Equal(cells, []string{"Viewers", "Not changed", "Member"}) {
			t.Errorf("they changed %q", cells)
		}
		if _, kept := stale.Find("[name='in.editors']").Attr("checked"); !kept {
			t.Error("what was chosen is lost")
		}
		again := stale.Submit("Save", nil)
		if again.Status != http.StatusOK || again.Text(".tally") != "In 3 of 10 groups" {
			t.Errorf("saved again: %d %q", again.Status, again.Text(".tally"))
		}
	})
}

func TestStaleGroupsOfAMemberShowBothVersionsOfWhatBothChanged(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin, path := w.as(t, "admin@example.com"), w.memberPath(t, "plain@example.com")+"/groups"
		old := admin.Get(path)
		admin.Get(path).Submit("Save", url.Values{"in.viewers": {"yes"}})
		stale := old.Submit("Save", url.Values{"in.viewers": {"yes"}, "until.viewers": {"2127-06-01T18:00"}})
		if cells := words(stale, ".conflict tbody tr > *"); !slices.Equal(cells, []string{"Viewers", "Member until 2127-06-01T18:00", "Member"}) {
			t.Errorf("both changed %q", cells)
		}
		if again := stale.Submit("Save", nil); again.Status != http.StatusOK {
			t.Fatalf("saved again: %d %q", again.Status, again.Text("main"))
		}
		if end := admin.Get(path).Find("[name='until.viewers']").AttrOr("value", ""); end != "2127-06-01T18:00" {
			t.Errorf("in the end it lasts until %q", end)
		}
	})
}

func TestLastGroupAndAdministratorsAreAskedAbout(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin, path := w.as(t, "admin@example.com"), w.memberPath(t, "plain@example.com")+"/groups"
		asked := admin.Get(path).Submit("Save", url.Values{"in.administrators": {"yes"}})
		if asked.Status != http.StatusUnprocessableEntity || !strings.Contains(asked.Text(".savebar"), "Administrators may do everything.") {
			t.Fatalf("administrators: %d %q", asked.Status, asked.Text("main"))
		}
		if done := asked.Submit("Save", url.Values{"confirm_administrators": {"yes"}}); done.Status != http.StatusOK {
			t.Fatalf("confirmed: %d", done.Status)
		}
		tab := admin.Get(path)
		none := tab.Submit("Save", url.Values{"in.administrators": nil, "in.team": nil})
		if none.Status != http.StatusUnprocessableEntity || !strings.Contains(none.Text(".savebar"), "This is their last group.") {
			t.Fatalf("the last group: %d %q", none.Status, none.Text("main"))
		}
		gone := none.Submit("Save", url.Values{"confirm_leave": {"yes"}})
		if gone.Status != http.StatusOK || gone.Address.Path != "/o/acme/members" || strings.Contains(gone.Text("tbody"), "Plain") {
			t.Errorf("confirmed: %d at %s", gone.Status, gone.Address)
		}
	})
}

func TestMemberIsDeletedAfterAQuestionAndTheLastAdministratorNever(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		plain := w.as(t, "plain@example.com")
		list := admin.Get("/o/acme/members?selected=" + w.member(t, "acme", "plain@example.com"))
		ask := admin.Get(list.Find(`#actionbar a:contains("Remove")`).AttrOr("href", ""))
		if got := words(ask, "dialog li"); len(got) != 1 || got[0] != "Team" {
			t.Errorf("the question names %q", got)
		}
		done := ask.Submit("Remove member", nil)
		if done.Address.Path != "/o/acme/members" || strings.Contains(done.Text("tbody"), "Plain") {
			t.Errorf("deleted: %s", done.Text("main"))
		}
		if page := plain.Request(http.MethodGet, "/o/acme/members", nil); page.Status != http.StatusSeeOther {
			t.Errorf("the session goes on: %d", page.Status)
		}
		own := w.memberPath(t, "admin@example.com")
		bar := admin.Get("/o/acme/members?selected=" + strings.TrimPrefix(own, "/o/acme/members/"))
		if bar.Find(`#actionbar a:contains("Remove")`).Length() != 0 || !strings.Contains(bar.Text("#actionbar"), "An organization keeps at least one administrator who can sign in and whose membership has no end date: add another one first.") {
			t.Errorf("the Action bar of the last administrator says %q", bar.Text("#actionbar"))
		}
		if page := admin.Get(own + "/delete"); page.Status != http.StatusConflict {
			t.Errorf("asking to delete the last administrator: %d", page.Status)
		}
		if page := admin.Post(own+"/delete", url.Values{}); page.Text("[role=alert] strong") != "Not removed." {
			t.Errorf("deleting the last administrator: %d %q", page.Status, page.Text("main"))
		}
	})
}

// Attack: a form that names groups which the caller may not edit, or more than the page holds.
func TestForgedGroupsOfAMemberAreRefused(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		path := w.memberPath(t, "plain@example.com") + "/groups"
		form := func(t *testing.T, b *webtest.Browser, rows string, more ...string) url.Values {
			values := url.Values{"revision": {b.Get(path).Find("[name=revision]").AttrOr("value", "")}, "rows": {rows}}
			for _, name := range more {
				values[name] = []string{"yes"}
			}
			return values
		}
		editor := w.as(t, "editor@example.com")
		for rows, want := range map[string]int{
			"administrators": http.StatusUnprocessableEntity, "../x": http.StatusUnprocessableEntity, "none": http.StatusConflict,
			strings.Repeat("viewers-1 viewers-2 ", 3): http.StatusConflict, manyKeys(1001): http.StatusUnprocessableEntity,
		} {
			page := editor.Post(path, form(t, editor, rows, "in."+rows, "confirm_administrators"))
			if page.Status != want {
				t.Errorf("%.30q: %d, want %d: %.200s", rows, page.Status, want, page.Text("main"))
			}
		}
		viewer := w.as(t, "viewer@example.com")
		if page := viewer.Post(path, form(t, viewer, "team")); page.Status != http.StatusForbidden {
			t.Errorf("a viewer: %d", page.Status)
		}
		if got := w.as(t, "viewer@example.com").Get(path).Text(".tally"); got != "In 1 of 10 groups" {
			t.Errorf("after all that: %q", got)
		}
	})
}

func manyKeys(n int) string {
	var keys strings.Builder
	for i := range n {
		keys.WriteString(" k")
		keys.WriteString(strings.Repeat("x", i%50))
		keys.WriteString(string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)))
	}
	return keys.String()
}

// Before its first member comes, a built-in group has what the catalogue gave it: its Members tab says where to look.
func TestMembersTabOfABuiltInGroupAsksToReviewItsPrivileges(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		link := admin.Get("/o/acme/groups/users/members").Find(`main p a:contains("review its privileges")`)
		if link.AttrOr("href", "") != "/o/acme/groups/users/privileges" {
			t.Errorf("the link leads to %q", link.AttrOr("href", ""))
		}
		for _, group := range []string{"administrators", "team"} {
			if page := admin.Get("/o/acme/groups/" + group + "/members"); page.Status != http.StatusOK || strings.Contains(page.Text("main"), "review its privileges") {
				t.Errorf("%s: %d %q", group, page.Status, page.Text("main"))
			}
		}
	})
}
