package webtest

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Title is the heading of the page.
func (p *Page) Title() string { return words(p.Find("h1").First()) }

// Text is what stands in the first element that a selector finds, with single blanks.
func (p *Page) Text(selector string) string { return words(p.Find(selector).First()) }

func words(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// Submit presses the button that reads so, in its form as it stands with these values changed, and follows redirects.
// A value for a field that the form does not have fails the test, and so does a button that is not there exactly once.
func (p *Page) Submit(button string, values url.Values) *Page {
	t := p.browser.t
	t.Helper()
	pressed := p.Find("button, input[type=submit]").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return words(s) == button && s.Closest("form").Length() == 1
	})
	if pressed.Length() != 1 {
		t.Fatalf("%s has %d buttons %q, want 1", p.Address, pressed.Length(), button)
	}
	form := pressed.Closest("form")
	fields := successful(form)
	for name, value := range values {
		if form.Find(`[name="`+name+`"]`).Length() == 0 {
			t.Fatalf("the form of %q on %s has no field %q", button, p.Address, name)
		}
		fields[name] = value
	}
	if name, ok := pressed.Attr("name"); ok {
		fields.Set(name, pressed.AttrOr("value", ""))
	}
	action := pressed.AttrOr("formaction", form.AttrOr("action", p.Address.RequestURI()))
	if strings.EqualFold(pressed.AttrOr("formmethod", form.AttrOr("method", "get")), http.MethodPost) {
		return p.browser.Post(action, fields)
	}
	return p.browser.Get(action + "?" + fields.Encode())
}

// successful are the fields that a form would send (HTML, "successful controls"), without buttons.
func successful(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input[name], select[name], textarea[name]").Each(func(_ int, s *goquery.Selection) {
		name := s.AttrOr("name", "")
		if _, disabled := s.Attr("disabled"); disabled {
			return
		}
		switch goquery.NodeName(s) {
		case "select":
			values.Add(name, chosen(s))
		case "textarea":
			values.Add(name, s.Text())
		default:
			addInput(values, name, s)
		}
	})
	return values
}

func addInput(values url.Values, name string, s *goquery.Selection) {
	switch s.AttrOr("type", "text") {
	case "submit", "button", "image", "reset", "file":
	case "checkbox", "radio":
		if _, checked := s.Attr("checked"); checked {
			values.Add(name, s.AttrOr("value", "on"))
		}
	default:
		values.Add(name, s.AttrOr("value", ""))
	}
}

// chosen is the value of a choice: the selected option, else the first.
func chosen(s *goquery.Selection) string {
	option := s.Find("option[selected]").First()
	if option.Length() == 0 {
		option = s.Find("option").First()
	}
	return option.AttrOr("value", words(option))
}
