package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/views"
	"bailiwick/web/webtest"
)

// Somebody who administers until an end only finds no page that keeps it for longer (R7): what they give ends with them, and
// pages say so before and after.
func TestPagesGiveNothingForLongerThanItsGiverHasIt(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
		w.apply(t, modelstest.AboveFile)
		end := clock.Now().Add(3 * time.Hour).UTC()
		said := end.Format("2 Jan 2006, 15:04") + " UTC"
		member, err := w.scope(t).MemberByEmail(t.Context(), "friend@example.com")
		if err != nil {
			t.Fatal(err)
		}
		group, err := w.scope(t).Group(t.Context(), "administrators")
		if err != nil {
			t.Fatal(err)
		}
		person := models.Person{ID: member.PersonID, Name: member.Name, Email: member.Email}
		if err := w.scope(t).AddMembership(t.Context(), group.Grantee().ID, person, &end, clock.Now()); err != nil {
			t.Fatal(err)
		}
		w.setPassword(t, "story", "friend@example.com")
		b := w.as(t, "friend@example.com")
		member, _ = w.scope(t).MemberByEmail(t.Context(), "friend@example.com")

		own := b.Request(http.MethodPost, fmt.Sprintf("/o/story/members/%d/groups", member.ID), url.Values{"revision": {fmt.Sprint(member.Revision)},
			"rows": {"administrators"}, "in.administrators": {"yes"}, "until.administrators": {""}, "confirm_administrators": {"yes"}})
		if own.Status != http.StatusUnprocessableEntity || !strings.Contains(own.Text("main"), end.Format("2 January 2006, 15:04 UTC")) || !strings.Contains(own.Text("main"), " holds for so long: ") {
			t.Errorf("clearing one’s own end: %d, %s", own.Status, own.Text("main"))
		}
		keeper := known(w.scope(t).MemberByEmail(t.Context(), "keeper@example.com"))
		tab := fmt.Sprintf("/o/story/members/%d/groups", keeper.ID)
		giving := url.Values{"revision": {fmt.Sprint(keeper.Revision)}, "rows": {"strong"}, "in.strong": {"yes"}}
		if page := b.Post(tab+"/preview", giving); !strings.Contains(page.Body, "until "+said+", when your own access ends.") {
			t.Errorf("the Groups tab does not say until when before: %s", page.Body)
		}
		wantTexts(t, b.Post(tab, giving), "What you gave lasts until "+said+", when your own access ends.")
		if page := b.Get("/o/story/groups/strong/members/-/invite"); !strings.Contains(page.Text("main"), said) {
			t.Errorf("the panel does not say until when: %s", page.Text("main"))
		}
		added := b.Request(http.MethodPost, "/o/story/groups/strong/members/-/invite", url.Values{"who_typed": {"narrow@example.com"}, "until": {""}})
		if added.Status != http.StatusOK && added.Status != http.StatusSeeOther {
			t.Errorf("adding for good: %d, %s", added.Status, added.Text("main"))
		}
		w.raise(t, b)
		if page := b.Get("/o/story/groups/team/privileges"); !strings.Contains(page.Text("main"), "Until "+said) {
			t.Errorf("the Privileges tab does not say until when: %s", page.Text("main"))
		}
		clock.Set(end)
		for _, m := range known(w.scope(t).MembershipsOf(t.Context(), person.ID)) {
			if m.GroupKey == "administrators" && m.InForce(clock.Now()) {
				t.Error("still an administrator")
			}
		}
		team := known(w.scope(t).Group(t.Context(), "team"))
		if set := known(w.scope(t).PrivilegesOf(t.Context(), team.Grantee().ID)); len(set) != 1 {
			t.Errorf("the team still holds %v", set)
		}
	})
}

// raise gives the team a level that it has not, through its Privileges tab.
func (w world) raise(t *testing.T, b *webtest.Browser) {
	t.Helper()
	team := known(w.scope(t).Group(t.Context(), "team"))
	form := url.Values{"revision": {fmt.Sprint(team.Revision)}}
	for _, d := range w.Console.Catalog().Domains() {
		form.Set(views.LevelControl(string(d.Key)), "none")
	}
	form.Set(views.LevelControl(string(access.OrganizationDomain)), "view")
	form.Set(views.LevelControl("content/fields"), "edit")
	if page := b.Request(http.MethodPost, "/o/story/groups/team/privileges", form); page.Status >= http.StatusBadRequest {
		t.Errorf("raising: %d, %s", page.Status, page.Text("main"))
	}
}

// What somebody does not hold at all is not refused as if they held it for a shorter time.
func TestARefusalSpeaksOfTimeOnlyWhereTimeIsInTheWay(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		path := w.memberPath(t, "viewer@example.com") + "/groups"
		editor := w.as(t, "editor@example.com")
		page := editor.Post(path, url.Values{"revision": {editor.Get(path).Find("[name=revision]").AttrOr("value", "")},
			"rows": {"administrators"}, "in.administrators": {"yes"}, "confirm_administrators": {"yes"}})
		if text := page.Text("main"); page.Status != http.StatusUnprocessableEntity ||
			!strings.Contains(text, "You can’t give what the group Administrators holds: ") || strings.Contains(text, "for so long") {
			t.Errorf("%d %s", page.Status, text)
		}
	})
}
