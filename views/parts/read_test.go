package parts_test

import (
	"slices"
	"testing"

	"bailiwick/views/viewstest"

	"github.com/PuerkitoBio/goquery"
)

// How the tests of this package read what is drawn.
var (
	draw        = viewstest.Draw
	words       = viewstest.Words
	one         = viewstest.One
	wantAttr    = viewstest.WantAttr
	wantPhrases = viewstest.WantPhrases
	wantWords   = viewstest.WantWords
)

// wantLabels compares what each of several elements reads.
func wantLabels(t *testing.T, s *goquery.Selection, want ...string) {
	t.Helper()
	if got := s.Map(func(_ int, e *goquery.Selection) string { return words(e) }); !slices.Equal(got, want) {
		t.Errorf("reads %q, want %q", got, want)
	}
}
