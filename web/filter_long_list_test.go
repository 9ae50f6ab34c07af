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

// In a list of any length a filter finds what was typed at once: words in any order, whatever their accents.
func TestAFilterOfALongListFindsWhatStandsFarBehind(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
		w.apply(t, modelstest.StoryFile)
		w.setPassword(t, "story", "reader@example.com")
		rows := make([]models.Resource, 10_500)
		for i := range rows {
			rows[i] = models.Resource{Domain: "content/sources", Key: fmt.Sprintf("n%05d", i), Name: fmt.Sprintf("n%05d", i)}
		}
		rows[len(rows)-1].Name = "Zürich École"
		if err := w.scope(t).CreateResources(t.Context(), rows); err != nil {
			t.Fatal(err)
		}
		reader := w.as(t, "reader@example.com")
		for query, want := range map[string]string{"ecole+zur": "Zürich École", "e%CC%81cole": "Zürich École", "n00007": "n00007", "0007": "n00007"} {
			page := reader.Get("/o/story/resources/content/sources?q=" + query)
			if page.Status != http.StatusOK || page.Find("tbody tr").Length() == 0 || page.Find("tbody th .entry-name").First().Text() != want ||
				strings.Contains(page.Text(".listing-foot"), "looked at") {
				t.Errorf("%s: %d: %s", query, page.Status, page.Text("main"))
			}
		}
	})
}
