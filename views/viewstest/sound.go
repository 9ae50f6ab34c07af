package viewstest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// Faults are what is wrong with a piece of HTML: elements that a browser would put elsewhere, ids that stand twice, controls
// without a name, and references to nothing. Journeys ask the content model of whole pages; this is for parts alone.
func Faults(text string) []string {
	faults := append(nesting(text), outOfPlace(text)...)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		return append(faults, err.Error())
	}
	return append(append(faults, idFaults(doc)...), unnamed(doc)...)
}

// void are the elements without an end.
var void = []string{"input", "br", "hr", "img", "meta", "link", "path", "use", "wbr"}

// nesting walks the tags as they are written: each that is opened is closed, in turn.
func nesting(text string) (faults []string) {
	var open []string
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		kind := z.Next()
		token := z.Token()
		switch {
		case kind == html.ErrorToken:
			if len(open) > 0 {
				faults = append(faults, fmt.Sprintf("not closed: %v", open))
			}
			return faults
		case kind == html.StartTagToken && !slices.Contains(void, token.Data):
			open = append(open, token.Data)
		case kind == html.EndTagToken && slices.Contains(void, token.Data):
		case kind == html.EndTagToken && (len(open) == 0 || open[len(open)-1] != token.Data):
			return append(faults, fmt.Sprintf("</%s> closes none of %v", token.Data, open))
		case kind == html.EndTagToken:
			open = open[:len(open)-1]
		}
	}
}

// Elements that hold words alone, and those that are no words.
var (
	ofWords = []string{"p", "span", "b", "strong", "small", "label", "button", "h1", "h2", "h3", "h4", "time", "del", "ins", "dt"}
	ofPages = []string{"p", "div", "ul", "ol", "li", "dl", "table", "form", "fieldset", "section", "nav", "details", "dialog", "h1", "h2", "h3", "h4"}
)

// outOfPlace finds what stands where it may not: a list among words, a control inside a control, a list's own element elsewhere.
func outOfPlace(text string) (faults []string) {
	var open []string
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		kind := z.Next()
		tag, _ := z.TagName()
		name := string(tag)
		switch {
		case kind == html.ErrorToken:
			return faults
		case kind == html.EndTagToken && len(open) > 0 && !slices.Contains(void, name):
			open = open[:len(open)-1]
		case kind == html.StartTagToken:
			if len(open) > 0 && misplaced(name, open) {
				faults = append(faults, fmt.Sprintf("<%s> inside %v", name, open))
			}
			if !slices.Contains(void, name) {
				open = append(open, name)
			}
		}
	}
}

// misplaced tells whether an element may not stand in the open ones.
func misplaced(name string, open []string) bool {
	parent := open[len(open)-1]
	switch {
	case slices.Contains(ofPages, name) && slices.ContainsFunc(open, func(o string) bool { return slices.Contains(ofWords, o) }):
		return true
	case name == "a" || name == "button" || name == "select":
		return slices.Contains(open, "a") || slices.Contains(open, "button")
	case name == "form":
		return slices.Contains(open, "form")
	case name == "li":
		return parent != "ul" && parent != "ol"
	case name == "dt" || name == "dd":
		return parent != "dl"
	case name == "th" || name == "td":
		return parent != "tr"
	}
	return (parent == "ul" || parent == "ol") && name != "li"
}

// idFaults are ids that stand twice, and references to none.
func idFaults(doc *goquery.Document) (faults []string) {
	ids := map[string]int{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) { ids[s.AttrOr("id", "")]++ })
	for id, n := range ids {
		if n > 1 || id == "" {
			faults = append(faults, fmt.Sprintf("the id %q stands %d times", id, n))
		}
	}
	for _, attr := range []string{"for", "list", "aria-describedby", "aria-labelledby", "popovertarget"} {
		doc.Find("[" + attr + "]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr(attr, "")) {
				if ids[id] == 0 {
					faults = append(faults, fmt.Sprintf("%s names %q, which is not there", attr, id))
				}
			}
		})
	}
	return faults
}

// unnamed are controls, links and pictures that assistive technology could not call by a name.
func unnamed(doc *goquery.Document) (faults []string) {
	doc.Find("input:not([type=hidden]), select, textarea, button, a, summary, table, dialog, [role=img], [role=toolbar], nav").Each(func(_ int, s *goquery.Selection) {
		name := s.AttrOr("aria-label", "") + Words(s.Closest("label"))
		if !s.Is("input, select, textarea, table, dialog, nav, [role]") {
			name += Words(s)
		}
		if id, ok := s.Attr("id"); ok {
			name += Words(doc.Find("label[for='" + id + "']"))
		}
		if by, ok := s.Attr("aria-labelledby"); ok {
			name += Words(doc.Find("[id='" + by + "']"))
		}
		name += Words(s.Find("caption"))
		if strings.TrimSpace(name) == "" {
			drawn, _ := goquery.OuterHtml(s)
			faults = append(faults, "without a name: "+drawn)
		}
	})
	return faults
}
