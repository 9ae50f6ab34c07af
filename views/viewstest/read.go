// Package viewstest reads what pages and their parts draw, as a person does: words, names, states.
package viewstest

import (
	"bytes"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
)

// HTML is what a component draws.
func HTML(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatalf("render: %v", err)
	}
	return b.String()
}

// Draw draws a page or a part of one.
func Draw(t *testing.T, c templ.Component) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(HTML(t, c)))
	if err != nil {
		t.Fatalf("parse what was rendered: %v", err)
	}
	return doc
}

// Words is the text of a selection with its white space folded, as a reader sees it.
func Words(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// Phrases is the text of tables and lists: like Words, with a blank between any two elements.
func Phrases(s *goquery.Selection) string {
	var list []string
	s.Contents().Each(func(_ int, c *goquery.Selection) {
		if goquery.NodeName(c) == "#text" {
			list = append(list, strings.Fields(c.Text())...)
		} else if inside := Phrases(c); inside != "" {
			list = append(list, inside)
		}
	})
	return strings.Join(list, " ")
}

// One finds the only element that matches.
func One(t *testing.T, doc *goquery.Document, selector string) *goquery.Selection {
	t.Helper()
	s := doc.Find(selector)
	if s.Length() != 1 {
		t.Fatalf("%s matches %d elements, want 1", selector, s.Length())
	}
	return s
}

// WantAttr compares an attribute; one that is not there is "".
func WantAttr(t *testing.T, s *goquery.Selection, name, want string) {
	t.Helper()
	if got := s.AttrOr(name, ""); got != want {
		t.Errorf("%s = %q, want %q", name, got, want)
	}
}

// WantPhrases compares the text of tables and lists.
func WantPhrases(t *testing.T, s *goquery.Selection, want string) {
	t.Helper()
	if got := Phrases(s); got != want {
		t.Errorf("reads %q, want %q", got, want)
	}
}

// WantWords compares a text.
func WantWords(t *testing.T, s *goquery.Selection, want string) {
	t.Helper()
	if got := Words(s); got != want {
		t.Errorf("reads %q, want %q", got, want)
	}
}
