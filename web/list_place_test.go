package web_test

import (
	"fmt"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

// What is done to a key on the second page of a filtered list leads back to that page, with the key selected, whether it is
// done or called off.
func TestActionsOnAnAPIKeyComeBackToItsPage(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		var file strings.Builder
		file.WriteString("version: 1\norganization: {key: story, name: Story}\napi_keys:\n")
		for n := range 60 {
			fmt.Fprintf(&file, "  - {key: robot-%02d, name: Robot %02d, privileges: {content/sources: view}}\n", n, n)
		}
		w.apply(t, file.String())
		admin := w.as(t, "admin@example.com")
		second := admin.Get(admin.Get("/o/story/api-keys?q=robot&sort=-name").Find(".pager a:contains('Next')").AttrOr("href", "none"))
		if second.Find("tbody tr").Length() != 10 {
			t.Fatalf("the second page: %q", second.Text("main"))
		}
		list := second.Address.RequestURI()
		bar := admin.Get(list + "&selected=robot-03")
		onItsPage := func(how string, page *webtest.Page) {
			t.Helper()
			if page.Find("tbody tr").Length() != 10 || page.Find(".pick input[value=robot-03][checked]").Length() != 1 ||
				page.Address.Query().Get("sort") != "-name" || page.Text("#actionbar .actionbar-subject strong") != "Robot 03" {
				t.Errorf("%s leads to %s: %q", how, page.Address, page.Text(".listing-foot"))
			}
		}
		for _, ask := range []string{"Duplicate", "Rotate", "Delete"} {
			question := admin.Get(bar.Find("#actionbar a:contains('"+ask+"')").First().AttrOr("href", "none"))
			if question.Find("dialog").Length() != 1 {
				t.Fatalf("%s: %d", ask, question.Status)
			}
			onItsPage("Cancel of "+ask, admin.Get(question.Find("dialog a[data-close]").AttrOr("href", "none")))
		}
		switched := bar.SubmitAmong("#actionbar button", "Deactivate", nil)
		onItsPage("Deactivate", switched)
		secret := admin.Get(switched.Find("#actionbar a:contains('Rotate')").First().AttrOr("href", "none"))
		done := secret.Submit(secret.Text("dialog button:contains('secret')"), nil)
		onItsPage("the new secret", admin.Get(done.Find("main a:contains('I have copied it')").AttrOr("href", "none")))
		deleted := admin.Get(bar.Find("#actionbar a:contains('Delete')").First().AttrOr("href", "none")).Submit("Delete API key", nil)
		if deleted.Find("tbody tr").Length() != 9 || deleted.Address.Query().Get("after") == "" {
			t.Errorf("Delete leads to %s", deleted.Address)
		}
	})
}
