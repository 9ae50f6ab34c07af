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
	p.browser.t.Helper()
	return p.SubmitAmong("button, input[type=submit]", button, values)
}

// SubmitAmong is Submit for one of the buttons that a selector finds, where others read the same.
func (p *Page) SubmitAmong(buttons, button string, values url.Values) *Page {
	t := p.browser.t
	t.Helper()
	pressed := p.Find(buttons).FilterFunction(func(_ int, s *goquery.Selection) bool {
		return words(s) == button && p.formOf(s).Length() == 1
	})
	if pressed.Length() != 1 {
		t.Fatalf("%s has %d buttons %q, want 1", p.Address, pressed.Length(), button)
	}
	form := p.formOf(pressed)
	controls := p.controls(form)
	fields := successful(controls)
	for name, value := range values {
		if controls.Filter(`[name="`+name+`"]`).Length() == 0 {
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

// formOf is the form that a control belongs to: the one it names, else the one around it.
func (p *Page) formOf(control *goquery.Selection) *goquery.Selection {
	if id, named := control.Attr("form"); named {
		return p.Find("form#" + id)
	}
	return control.Closest("form")
}

// controls are the fields of a form, those outside of it that name it included.
func (p *Page) controls(form *goquery.Selection) *goquery.Selection {
	return p.Find("input[name], select[name], textarea[name]").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return p.formOf(s).IsSelection(form)
	})
}

// successful are the values that a form would send (HTML, "successful controls"), without buttons.
func successful(controls *goquery.Selection) url.Values {
	values := url.Values{}
	controls.Each(func(_ int, s *goquery.Selection) {
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
