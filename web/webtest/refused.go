package webtest

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// tellsEachErrorOnce holds every refused form that a test meets to one rule: what is wrong with a field stands at the field, and
// the summary above the form only leads there.
func (p *Page) tellsEachErrorOnce() {
	p.browser.t.Helper()
	if !strings.Contains(p.Body, "data-refused") { // few pages have a summary, and reading a page takes time
		return
	}
	said := p.Text(".callout[data-refused]")
	p.Find(".error[id]").Each(func(_ int, told *goquery.Selection) {
		if text := words(told); text != "" && strings.Contains(said, text) {
			p.browser.t.Errorf("%s: %q stands at its field and in the summary", p.Address.Path, text)
		}
	})
	p.Find(`.callout[data-refused] li a[href^="#"]`).Each(func(_ int, link *goquery.Selection) {
		if words(link.Closest("li")) == words(link) && !p.toldAt(strings.TrimPrefix(link.AttrOr("href", ""), "#")) {
			p.browser.t.Errorf("%s: nothing says what is wrong with %q, to which the summary leads", p.Address.Path, words(link))
		}
	})
}

// toldAt tells whether the page says what is wrong at the element of that id: it is described by an error, or its row has one.
func (p *Page) toldAt(id string) bool {
	return p.Find(`[id="`+id+`"]`).Length() == 1 && p.Text(`.error[id="`+id+`-error"]`) != "" ||
		p.Find(`[id="`+id+`"]:not([aria-describedby=""])`).FilterFunction(func(_ int, field *goquery.Selection) bool {
			for _, note := range strings.Fields(field.AttrOr("aria-describedby", "")) {
				if p.Text(`.error[id="`+note+`"]`) != "" {
					return true
				}
			}
			return false
		}).Length() > 0
}
