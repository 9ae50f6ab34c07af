package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bailiwick/services"
	"bailiwick/services/mail/mailtest"
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
			wantTexts(t, page, "This was already done.", "A copy")
			if at := page.Address.RequestURI(); at != "/o/acme/groups?kind=custom&sort=-name" {
				t.Errorf("%s leads to %s", what, at)
			}
			if strings.Contains(page.Text("tbody"), "Another copy") {
				t.Errorf("%s did it twice", what)
			}
		}
		if next := admin.Get(ask); next.Find("dialog form").Length() == 0 {
			t.Error("the question can’t be asked once more")
		}
		if long := admin.Get(ask + "&q=" + strings.Repeat("x", 3000)); long.Address.Query().Has("question") {
			t.Error("a long address gets longer")
		}
	})
}

func TestAQuestionThatNobodyAnsweredIsNotSaidToBeDone(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		admin.Header.Set("Sec-Fetch-Dest", "document")
		const ask = "/o/acme/groups/viewers/duplicate?sort=-name"
		old := w.Console.NewFormToken()
		w.clock.Advance(services.SessionLife + time.Second)
		admin.SignIn("admin@example.com", password)
		for what, mark := range map[string]string{"an old mark": old, "what is no mark": "~", "half a mark": "zzzzzzzzzzzzzz."} {
			question := admin.Get(ask + "&question=" + url.QueryEscape(mark))
			if now := question.Address.Query().Get("question"); now == "" || now == mark || question.Find("dialog form").Length() == 0 {
				t.Errorf("%s: %s shows %q", what, question.Address.RequestURI(), question.Text("main"))
			}
			sent := admin.Post(ask+"&question="+url.QueryEscape(mark), url.Values{"name": {"A copy"}})
			wantPage(t, sent, http.StatusOK, "/o/acme/groups?sort=-name")
			wantTexts(t, sent, "Nothing was changed.", "This form was sent before, or was open for too long.")
			if strings.Contains(sent.Text("main"), "A copy") || strings.Contains(sent.Text("main"), "already done") {
				t.Errorf("%s: sending it says %q", what, sent.Text("main"))
			}
		}
		part := w.as(t, "admin@example.com").Get(ask + "&question=" + old) // a script's request
		if part.Find("dialog form").Length() == 0 || strings.Contains(part.Find("dialog form").AttrOr("action", ""), "question") {
			t.Errorf("an old mark in a part of a page: %d %q", part.Status, part.Find("dialog form").AttrOr("action", ""))
		}
	})
}

// Attack: a link to a question whose mark somebody else has used up, so that its reader believes that it was answered.
func TestAMarkIsUsedUpForItsPersonOnly(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		admin.Header.Set("Sec-Fetch-Dest", "document")
		question := admin.Get("/o/acme/groups/viewers/duplicate")
		mark := "?question=" + question.Address.Query().Get("question")
		theirs := w.as(t, "outsider@example.com").Post("/o/globex/groups/administrators/duplicate"+mark, url.Values{"name": {"Theirs"}, "confirm": {"yes"}})
		wantTexts(t, theirs, "Theirs")
		if again := admin.Get(question.Address.RequestURI()); again.Text("dialog") != question.Text("dialog") {
			t.Errorf("somebody else has answered the question: %q", again.Text("main"))
		}
		wantTexts(t, question.Submit("Duplicate group", url.Values{"name": {"A copy"}}), "A copy added.")
		wantTexts(t, w.as(t, "admin@example.com").Get(question.Address.RequestURI()), "This was already done.")
	})
}

func TestTheQuestionForAnAddressIsAskedOnce(t *testing.T) {
	withMail(t, func(t *testing.T, w world, _ *mailtest.Server) {
		admin := w.as(t, "admin@example.com")
		admin.Header.Set("Sec-Fetch-Dest", "document")
		ask := "/o/acme/members/" + w.member(t, "acme", "viewer@example.com") + "/address"
		for _, step := range []struct {
			button string
			typed  url.Values
		}{{"Propose address", url.Values{"address": {"other@example.com"}}}, {"Withdraw", nil}} {
			question := admin.Get(ask + "?sort=-name")
			done := question.Submit(step.button, step.typed)
			if done.Status != http.StatusOK {
				t.Fatalf("%s: %d %s", step.button, done.Status, done.Text("main"))
			}
			back := admin.Get(question.Address.RequestURI())
			wantPage(t, back, http.StatusOK, "/o/acme/members?sort=-name")
			wantTexts(t, back, "This was already done.")
			anew := question.Submit(step.button, step.typed)
			wantPage(t, anew, http.StatusOK, "/o/acme/members?sort=-name")
			wantTexts(t, anew, "This was already done.")
		}
	})
}
