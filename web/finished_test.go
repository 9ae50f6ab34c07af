package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

func TestAQuestionThatWasAnsweredIsNotAskedAgain(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		admin.Header.Set("Sec-Fetch-Dest", "document")
		const ask = "/o/acme/groups/viewers/duplicate?kind=custom&sort=-name"
		question := admin.Get(ask)
		if question.Address.Query().Get("question") == "" || question.Find("dialog form").Length() == 0 {
			t.Fatalf("at %s: %q", question.Address, question.Text("dialog"))
		}
		if again := admin.Get(question.Address.RequestURI()); again.Text("dialog") != question.Text("dialog") {
			t.Error("a question that nobody answered is not asked again")
		}
		refused := question.Submit("Duplicate group", url.Values{"name": {"Viewers"}})
		if refused.Status != http.StatusUnprocessableEntity {
			t.Errorf("a name that is taken: %d", refused.Status)
		}
		done := refused.Submit("Duplicate group", url.Values{"name": {"A copy"}})
		wantTexts(t, done, "A copy added.")
		for what, page := range map[string]*webtest.Page{
			"going back":   admin.Get(question.Address.RequestURI()),
			"sending anew": refused.Submit("Duplicate group", url.Values{"name": {"Another copy"}}),
		} {
			wantTexts(t, page, "This was done already.", "A copy")
			if at := page.Address.RequestURI(); at != "/o/acme/groups?kind=custom&sort=-name" {
				t.Errorf("%s leads to %s", what, at)
			}
			if strings.Contains(page.Text("tbody"), "Another copy") {
				t.Errorf("%s did it twice", what)
			}
		}
		if next := admin.Get(ask); next.Find("dialog form").Length() == 0 {
			t.Error("the question can't be asked once more")
		}
		if long := admin.Get(ask + "&q=" + strings.Repeat("x", 3000)); long.Address.Query().Has("question") {
			t.Error("a long address gets longer")
		}
	})
}
