package web_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/web/webtest"
)

// A file that was written by a system which keeps letters and accents apart: its names are found as a keyboard types them,
// with and without accents, and sort as in a dictionary.
func TestNamesOfAFileAreComposedFoundAndSorted(t *testing.T) {
	file, err := os.ReadFile("testdata/decomposed.yaml")
	if err != nil {
		t.Fatal(err)
	}
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
		w.apply(t, string(file))
		w.setPassword(t, "deco", "root@example.com")
		root := w.as(t, "root@example.com")
		listed := func(address string) []string {
			page := root.Get(address)
			return page.Find("tbody th .entry-name").Map(func(_ int, name *goquery.Selection) string { return name.Text() })
		}
		names := slices.DeleteFunc(listed("/o/deco/groups"), func(name string) bool {
			return !slices.Contains([]string{"Ähre", "\u00e9cole", "Zoe"}, name)
		})
		if !slices.Equal(names, []string{"Ähre", "\u00e9cole", "Zoe"}) {
			t.Errorf("sorted %q", names)
		}
		for _, typed := range []string{"ecole", "e%CC%81cole", "%C3%A9cole", "COLE"} {
			if got := listed("/o/deco/groups?q=" + typed); !slices.Equal(got, []string{"\u00e9cole"}) {
				t.Errorf("%s finds the groups %q", typed, got)
			}
			if page := root.Get("/o/deco/members?q=" + typed); page.Find("tbody tr").Length() != 1 {
				t.Errorf("%s finds the members %s", typed, page.Text("tbody"))
			}
			for what, address := range map[string]string{
				"search":            "/o/deco/search?q=" + typed,
				"picker":            "/o/deco/choose/groups?return=/members&for=group&find=" + typed,
				"those with access": "/o/deco/groups/zoe/access?q=" + typed,
			} {
				page := root.Get(address)
				part := "main"
				if page.Find("dialog").Length() > 0 {
					part = "dialog"
				}
				if main := page.Text(part); !strings.Contains(main, "\u00e9cole") || strings.Contains(main, "Ähre") {
					t.Errorf("%s finds in the %s %s", typed, what, main)
				}
			}
		}
	})
}
