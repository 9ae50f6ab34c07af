package web_test

import (
	"fmt"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/web/webtest"
)

// Each page of a list says which of how many rows it has, on the way there and back, beside a selection too.
func TestPagesOfAListSayWhichRowsTheyShow(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
		w.apply(t, modelstest.StoryFile)
		w.setPassword(t, "story", "admin@example.com")
		rows := make([]models.Resource, 120)
		for i := range rows {
			rows[i] = models.Resource{Domain: "content/fields", Key: fmt.Sprintf("crowd-%03d", i), Name: fmt.Sprintf("crowd-%03d", i)}
		}
		if err := w.scope(t).CreateResources(t.Context(), rows); err != nil {
			t.Fatal(err)
		}
		page := w.as(t, "admin@example.com").Get("/o/story/resources/content/fields?q=crowd")
		seen := func(want string) {
			t.Helper()
			if got := page.Text(".listing-foot > span"); got != want {
				t.Errorf("%s: %q, want %q", page.Address, got, want)
			}
		}
		turn := func(to string) {
			t.Helper()
			page = w.as(t, "admin@example.com").Get(page.Find(".pager a:contains('"+to+"')").AttrOr("href", "none"))
		}
		seen("1–50 of 120 matching fields, 120 in all")
		turn("Next")
		seen("51–100 of 120 matching fields, 120 in all")
		turn("Next")
		seen("101–120 of 120 matching fields, 120 in all")
		turn("Previous")
		seen("51–100 of 120 matching fields, 120 in all")
		page = page.Submit("Show actions", nil)
		seen("51–100 of 120 matching fields, 120 in all")
		turn("Previous")
		seen("1–50 of 120 matching fields, 120 in all")
	})
}
