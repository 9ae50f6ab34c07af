package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bailiwick/web/webtest"
)

// creatorFile has somebody with View all and Can Create on sources: what they add, and what they copy, they can't edit.
const creatorFile = `
version: 1
organization: {key: crea, name: Crea}
groups:
  - key: creators
    name: Creators
    privileges:
      content/sources: {level: view, can_create: true}
      organization/api-keys: {level: view, can_create: true}
      organization/organization: view
  - key: menders
    name: Menders
    privileges:
      content/sources: edit
      organization/organization: view
  - {key: nobody, name: Nobody In It, privileges: {content/sources: edit, organization/organization: view}}
members:
  - {email: admin@example.com, name: Administrator, groups: [administrators]}
  - {email: creator@example.com, name: Creator, groups: [creators]}
  - {email: mender@example.com, name: Mender, groups: [menders]}
resources:
  content/sources:
    - {key: jira, name: Jira}
api_keys: [{key: robot, name: Robot}]
`

const createdSources = "/o/crea/resources/content/sources"

func inCrea(t *testing.T, body func(t *testing.T, w world)) {
	t.Helper()
	inCopies(t, peopled([]string{creatorFile}, "crea: admin creator mender"), webtest.Options{}, body)
}

// Who could not edit what they add is warned before the first try, and no longer once they give their own group Edit.
func TestAddingWarnsOfWhatTheMakerCannotEditUntilTheyChooseTo(t *testing.T) {
	inCrea(t, func(t *testing.T, w world) {
		creator := w.as(t, "creator@example.com")
		tab := creator.Get(createdSources+"/-/add").Submit("Access", url.Values{"name": {"New"}})
		if !strings.Contains(tab.Text("#lockout"), "None of your groups will be able to edit this source once it is added.") {
			t.Errorf("before the first try: %q", tab.Text("main"))
		}
		refused := tab.Submit("Add source", nil)
		if refused.Status != http.StatusUnprocessableEntity || refused.Find(`input[name=confirm_lockout]`).Length() != 1 {
			t.Errorf("without the box: %d %q", refused.Status, refused.Text("main"))
		}
		own := refused.Find(`select[name="access.group:creators"]`)
		if own.Length() != 1 {
			t.Fatalf("the own group is no choice: %q", refused.Text("main"))
		}
		if added := refused.Submit("Add source", url.Values{"access.group:creators": {"edit"}}); !strings.Contains(added.Body, "New added.") {
			t.Errorf("with Edit for the own group: %d %q", added.Status, added.Text("main"))
		}
	})
}

// Duplicating asks for the name, and warns like adding does.
func TestDuplicatingAsksForTheNameAndWarnsLikeAdding(t *testing.T) {
	inCrea(t, func(t *testing.T, w world) {
		creator := w.as(t, "creator@example.com")
		question := creator.Get(createdSources + "/jira/duplicate")
		if question.Find(`dialog input[name=name][value="Jira_copy"]`).Length() != 1 || !strings.Contains(question.Text("dialog"), "You will not be able to edit it.") {
			t.Fatalf("%d %q", question.Status, question.Text("main"))
		}
		if refused := question.Submit("Duplicate source", url.Values{"name": {"Jira"}}); refused.Status != http.StatusUnprocessableEntity ||
			!strings.Contains(refused.Text("dialog"), "Another source is named “Jira” already.") || refused.Find(`dialog input[name=name][value=Jira]`).Length() != 1 {
			t.Errorf("a name that is taken: %d %q", refused.Status, refused.Text("dialog"))
		}
		if refused := question.Submit("Duplicate source", url.Values{"name": {"Second"}}); refused.Status != http.StatusUnprocessableEntity {
			t.Errorf("without the box: %d", refused.Status)
		}
		if got := question.Text("dialog"); !strings.Contains(got, "It gets the configuration of Jira. It has no owner, and its access starts like that of a new one.") {
			t.Errorf("the question says %q", got)
		}
		made := question.Submit("Duplicate source", url.Values{"name": {"Second"}, "confirm_lockout": {"yes"}})
		if !strings.Contains(made.Body, "Second added.") || !strings.Contains(made.Body, "It has no owner, and") || made.Find(`input[name=selected][value=second][checked]`).Length() != 1 {
			t.Errorf("%d at %s %q", made.Status, made.Address, made.Text("main"))
		}
		mender := w.as(t, "mender@example.com").Get(createdSources + "/jira/duplicate")
		if strings.Contains(mender.Text("dialog"), "You will not be able") || mender.Find("dialog input[type=checkbox]").Length() != 0 {
			t.Errorf("who can edit every source is warned: %q", mender.Text("dialog"))
		}
	})
}

// So does duplicating an API key, and what is refused makes no key and keeps what was typed.
func TestDuplicatingAnAPIKeyAsksForTheName(t *testing.T) {
	inCrea(t, func(t *testing.T, w world) {
		creator := w.as(t, "creator@example.com")
		question := creator.Get("/o/crea/api-keys/robot/duplicate")
		if question.Find(`dialog input[name=name][value="Robot_copy"]`).Length() != 1 || !strings.Contains(question.Text("dialog"), "You will not be able to edit it.") {
			t.Fatalf("%d %q", question.Status, question.Text("main"))
		}
		refused := question.Submit("Duplicate API key", url.Values{"name": {"Robot"}, "confirm_lockout": {"yes"}})
		if refused.Status != http.StatusUnprocessableEntity || !strings.Contains(refused.Text("dialog"), "Another API key is named “Robot” already.") ||
			refused.Find(`dialog input[name=name][value=Robot]`).Length() != 1 {
			t.Fatalf("a name that is taken: %d %q", refused.Status, refused.Text("dialog"))
		}
		for typed, want := range map[string]string{"2020-01-01": "Choose today, ", "soon": "Enter the day as year, month and day"} {
			past := question.Submit("Duplicate API key", url.Values{"name": {"Second Robot"}, "confirm_lockout": {"yes"}, "expires": {typed}})
			if past.Status != http.StatusUnprocessableEntity || !strings.Contains(past.Text("#expires-error"), want) || past.Find(`dialog input[name=expires]`).AttrOr("value", "") != typed {
				t.Errorf("an end of %q: %d %q", typed, past.Status, past.Text("dialog"))
			}
		}
		if unconfirmed := refused.Submit("Duplicate API key", url.Values{"name": {"Second Robot"}, "confirm_lockout": {""}}); unconfirmed.Status != http.StatusUnprocessableEntity {
			t.Errorf("without the box: %d", unconfirmed.Status)
		}
		made := refused.Submit("Duplicate API key", url.Values{"name": {"Second Robot"}, "confirm_lockout": {"yes"}, "expires": {w.clock.Now().AddDate(0, 0, 9).Format(time.DateOnly)}})
		if secretOn(t, made) == "" || !strings.Contains(made.Text("main"), "Second Robot added") {
			t.Errorf("%d %q", made.Status, made.Text("main"))
		}
		for _, line := range download(t, creator, "/o/crea/api-keys")[1:] {
			if end := w.clock.Now().AddDate(0, 0, 10).Format(time.DateOnly) + " 00:00"; line[0] == "Second Robot" && line[7] != end {
				t.Errorf("the copy ends at %s, want %s", line[7], end)
			}
		}
		if rows := creator.Get("/o/crea/api-keys").Find("tbody tr").Length(); rows != 2 {
			t.Errorf("%d keys, want 2", rows)
		}
	})
}

// What is done with a row leads back to the page of the list that it was on, with its filter and its order.
func TestActionsOnARowComeBackToItsPage(t *testing.T) {
	inCrea(t, func(t *testing.T, w world) {
		mender := w.as(t, "mender@example.com")
		place := createdSources + "?access=edit&q=j&sort=-name"
		list := mender.Get(place + "&selected=jira")
		ask, found := list.Find(`.actionbar a:contains("Delete")`).Attr("href")
		if !found || !strings.Contains(ask, "q=j") {
			t.Fatalf("Delete leads to %q", ask)
		}
		dialog := mender.Get(ask)
		if dialog.Find(`input[name=q][value=j]`).Length() == 0 {
			t.Error("the list beneath the question has lost its filter")
		}
		cancel := dialog.Find("dialog a[data-close]").AttrOr("href", "")
		back := mender.Get(cancel)
		if q := back.Address.Query(); q.Get("q") != "j" || q.Get("sort") != "-name" || q.Get("access") != "edit" || back.Find(`input[name=selected][value=jira][checked]`).Length() != 1 {
			t.Errorf("Cancel leads to %s", cancel)
		}
		ran := list.Submit("Rebuild", nil)
		if q := ran.Address.Query(); q.Get("q") != "j" || q.Get("selected") != "jira" || !strings.Contains(ran.Body, "Rebuild started") {
			t.Errorf("Rebuild leads to %s", ran.Address)
		}
		if gone := dialog.Submit("Delete source", nil); gone.Address.Query().Get("q") != "j" || !strings.Contains(gone.Body, "Jira deleted.") {
			t.Errorf("Delete leads to %s", gone.Address)
		}
	})
}
