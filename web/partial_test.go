package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/web/webtest"
)

// In a list that is too long to look at all of it at once, a filter says how far it looked, leads to where names begin
// with what was typed, and goes on.
func TestFilterOfALongListSaysHowFarItLooked(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
		w.apply(t, modelstest.StoryFile)
		w.setPassword(t, "story", "reader@example.com")
		rows := make([]models.Resource, 10_500)
		for i := range rows {
			rows[i] = models.Resource{Domain: "content/sources", Key: fmt.Sprintf("n%05d", i), Name: fmt.Sprintf("n%05d", i)}
		}
		rows[len(rows)-1].Name = "z last"
		if err := w.scope(t).CreateResources(t.Context(), rows); err != nil {
			t.Fatal(err)
		}
		reader := w.as(t, "reader@example.com")
		page := reader.Get("/o/story/resources/content/sources?q=z+last")
		if page.Status != http.StatusOK || page.Text(".empty h2") != "Nothing among these 10,000 sources" {
			t.Fatalf("%d: %s", page.Status, page.Text("main"))
		}
		ahead := page.Find(".empty a")
		if ahead.Text() == "" || !strings.Contains(ahead.Text(), "begin with “z last”") {
			t.Errorf("the link reads %q", ahead.Text())
		}
		for _, link := range []string{ahead.AttrOr("href", ""), page.Find(`a[rel=next]`).AttrOr("href", "")} {
			if found := reader.Get(link); found.Text("tbody th label") != "z last" {
				t.Errorf("%s leads to %d: %s", link, found.Status, found.Text("main"))
			}
		}
		page = reader.Get("/o/story/resources/content/sources?q=n00007")
		if page.Find("tbody tr").Length() != 1 || !strings.Contains(page.Text(".listing-foot"), "1 matching among the 10,000 sources looked at") {
			t.Errorf("one among many: %s", page.Text("main"))
		}
	})
}
