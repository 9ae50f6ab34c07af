package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

// upload sends a form with a file, as a browser does.
func upload(t *testing.T, b *webtest.Browser, path string, form url.Values, file string) *webtest.Page {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, values := range form {
		for _, value := range values {
			must(w.WriteField(name, value))
		}
	}
	part, err := w.CreateFormFile("csv", "people.csv")
	must(err)
	_, err = part.Write([]byte(file))
	must(err)
	must(w.Close())
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.URL+path, &body)
	must(err)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.Do(r)
}

// A file of people is read on the sheet that adds members: each line that can't be used is named with its reason, the others are
// added or invited, and what was typed before stays.
func TestAFileOfPeopleIsReadOnTheSheet(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		const sheet = "/o/acme/groups/team/members/-/invite"
		first := admin.Post(sheet, url.Values{"who_typed": {"typed@example.com"}, "step": {"find"}})
		carried := url.Values{"step": {"find"}}
		for _, hidden := range first.Find("dialog form input[type=hidden]").EachIter() {
			carried.Add(hidden.AttrOr("name", ""), hidden.AttrOr("value", ""))
		}
		read := upload(t, admin, sheet, carried, "\ufeffName;E-Mail\nViewer;viewer@example.com\nNewcomer;newcomer@example.com\nBroken;newcomer at example.com\nAgain;NEWCOMER@example.com\n")
		said := read.Text("dialog")
		if read.Status != http.StatusOK || !strings.Contains(said, "newcomer@example.com") || !strings.Contains(said, "typed@example.com") {
			t.Fatalf("%d: %s", read.Status, said)
		}
		wantTexts(t, read, "No @ sign")
		button := read.Text(".sheet-foot .btn-primary")
		if button != "Add 1 and invite 2" {
			t.Errorf("the button says %q: %s", button, said)
		}
		done := read.Submit(button, nil)
		wantTexts(t, done, "newcomer@example.com", "typed@example.com")
		wantTexts(t, admin.Get("/o/acme/groups/team/members"), "viewer@example.com", "newcomer@example.com", "typed@example.com")
		if refused := upload(t, admin, sheet, url.Values{"step": {"find"}}, "Name,Phone\nViewer,12\n"); !strings.Contains(refused.Text("#who_typed-field .error"), "No column of this file has an address.") {
			t.Errorf("a file without addresses: %d %s", refused.Status, refused.Text("dialog"))
		}
	})
}

// Attack: a page elsewhere sends the form with a file.
func TestAFileFromAnotherSiteIsNotRead(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, admin.URL+"/o/acme/members/-/invite", strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"step\"\r\n\r\nfind\r\n--b--\r\n"))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		if page := admin.Do(r); page.Status != http.StatusForbidden {
			t.Errorf("it is answered with %d", page.Status)
		}
	})
}

// A newcomer gets what a colleague has, as far as who gives it can: the groups stand chosen, the others are named with the reason.
func TestAnotherLikeThisOneBeginsWithTheirGroups(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		w.apply(t, "version: 1\norganization: {key: acme, name: Acme}\nmembers: [{email: colleague@example.com, name: Colleague, groups: [viewers, team, administrators]}]\n")
		colleague := w.memberPath(t, "colleague@example.com")
		editor := w.as(t, "editor@example.com")
		sheet := editor.Get(editor.Get(colleague).Find("a:contains('Add another like this one')").AttrOr("href", "none"))
		if title := sheet.Text("dialog h2"); sheet.Status != http.StatusOK || title != "Add another like Colleague" {
			t.Fatalf("%d: %q", sheet.Status, title)
		}
		var chosen []string
		for _, group := range sheet.Find("dialog input[name=group][type=hidden]").EachIter() {
			chosen = append(chosen, group.AttrOr("value", ""))
		}
		if got := strings.Join(chosen, " "); got != "team viewers" {
			t.Errorf("chosen are %q", got)
		}
		if sheet.Find("dialog input[value=administrators]:not([disabled])").Length() != 0 || !strings.Contains(sheet.Text("dialog"), "Administrators") {
			t.Errorf("what can’t be given: %s", sheet.Text("dialog"))
		}
		found := sheet.SubmitAmong("#who_typed-field button", "Find", url.Values{"who_typed": {"newcomer@example.com"}})
		wantTexts(t, found.Submit(found.Text(".sheet-foot .btn-primary"), nil), "newcomer@example.com")
		for _, group := range []string{"team", "viewers"} {
			wantTexts(t, editor.Get("/o/acme/groups/"+group+"/members"), "newcomer@example.com")
		}
		if page := w.as(t, "viewer@example.com").Get("/o/acme/members/-/invite?like_member=1"); page.Status != http.StatusForbidden {
			t.Errorf("who may invite nobody: %d", page.Status)
		}
	})
}
