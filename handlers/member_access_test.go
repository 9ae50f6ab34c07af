package handlers

import (
	"net/url"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/services"
)

// What a member edits by Custom leads to the editor list that shows just that.
func TestCustomLeadsToWhatCanBeEdited(t *testing.T) {
	address := editsOf(catalog.Domain(sources))
	query, anchor, _ := strings.Cut(strings.TrimPrefix(address, "?"), "#")
	values, err := url.ParseQuery(query)
	if err != nil || anchor != "d-content-sources" {
		t.Fatalf("%s: %v", address, err)
	}
	if list := placeOfPrivileges(catalog, values).Draft.Lists[sources]; list != (services.ListQuery{Show: services.ListEdits}) {
		t.Errorf("%s opens %+v", address, list)
	}
}

func TestWhatNobodyGivesIsFolded(t *testing.T) {
	grants := []access.Grant{{Via: access.Grantee{Kind: access.Group, ID: 1, Name: "Team"}, Domain: "commerce/catalogs", Level: access.LevelView}}
	for name, c := range map[string]struct {
		e          effectiveAccess
		rows, fold int
		text, href string // of the fold of Commerce
	}{
		"at first":   {effectiveAccess{}, 1, 7, "None on Merchandising Hub", "/a?open=commerce"},
		"open":       {effectiveAccess{open: []string{"commerce"}}, 1, 7, "None on Merchandising Hub", "/a"},
		"all":        {effectiveAccess{all: true}, 53, 0, "", ""},
		"looked for": {effectiveAccess{query: "merch hub"}, 1, 0, "", ""},
	} {
		c.e.catalog, c.e.access.Rights = catalog, access.Resolve(catalog, grants, nil, noon)
		rows, folds, text, href := 0, 0, "", ""
		for _, s := range c.e.view("/a").Services {
			rows += len(s.Rows)
			if s.Fold == nil {
				continue
			}
			folds++
			if s.Name == "Commerce" {
				text, href = s.Fold.Text, s.Fold.Href
			}
			if want := s.Fold.Open; want != (len(s.Under) > 0) {
				t.Errorf("%s: %s is open: %t, with %d rows", name, s.Name, want, len(s.Under))
			}
		}
		if rows != c.rows || folds != c.fold || text != c.text || href != c.href {
			t.Errorf("%s: %d rows and %d folds, %q at %q", name, rows, folds, text, href)
		}
	}
	if text := noneOn([]string{"a", "b"}, true); text != "None on all 2 domains" {
		t.Errorf("of a whole service: %s", text)
	}
	if text := noneOn([]string{"a", "b"}, false); text != "None on 2 other domains" {
		t.Errorf("beside others: %s", text)
	}
}
