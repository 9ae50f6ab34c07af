package parts_test

import (
	"testing"

	"bailiwick/views/parts"

	"github.com/a-h/templ"
)

func TestButtonSendsItsFormUnlessItSaysOtherwise(t *testing.T) {
	button := one(t, draw(t, parts.Button{Label: "Save"}), "button")
	wantWords(t, button, "Save")
	wantAttr(t, button, "type", "submit")
	wantAttr(t, button, "class", "btn")
	for _, absent := range []string{"name", "value", "form", "formaction", "formmethod", "formnovalidate", "aria-label"} {
		if _, there := button.Attr(absent); there {
			t.Errorf("a plain button has %s", absent)
		}
	}
	button = one(t, draw(t, parts.Button{Label: "Delete", Kind: parts.Danger, Size: parts.Large, Place: parts.AtEnd, Name: "step", Value: "x",
		Form: "tab-form", Action: "/delete", Post: true, Draft: true}), "button")
	for name, want := range map[string]string{"class": "btn btn-danger btn-lg btn-wide push", "name": "step", "value": "x", "form": "tab-form",
		"formaction": "/delete", "formmethod": "post"} {
		wantAttr(t, button, name, want)
	}
	if _, there := button.Attr("formnovalidate"); !there {
		t.Error("a draft is checked by the browser")
	}
	wantAttr(t, one(t, draw(t, parts.Button{Label: "Copy", Passive: true}), "button"), "type", "button")
}

func TestButtonHasANameHoweverLittleItShows(t *testing.T) {
	for name, test := range map[string]struct {
		button      templ.Component
		words, name string
	}{
		"words":              {parts.Button{Label: "End", Of: "the session on Firefox"}, "End the session on Firefox", ""},
		"icon":               {parts.Button{Label: "Undo", Icon: "undo-2", Size: parts.IconOnly}, "", "Undo"},
		"icon and its thing": {parts.Button{Label: "Undo", Of: "the change on Fields", Icon: "undo-2", Size: parts.IconOnly}, "Undo the change on Fields", ""},
		"link":               {parts.CloseButton("/groups"), "", "Close"},
	} {
		drawn := one(t, draw(t, test.button), ".btn")
		if got := words(drawn); got != test.words {
			t.Errorf("%s: reads %q, want %q", name, got, test.words)
		}
		wantAttr(t, drawn, "aria-label", test.name)
	}
}

// A link without an address stays a link: as a button it would send the form.
func TestLinkThatLooksLikeAButtonIsALink(t *testing.T) {
	for _, href := range []string{"/groups", ""} {
		link := one(t, draw(t, parts.ButtonLink{Label: "Cancel", Href: href, Kind: parts.Quiet, Attributes: parts.Closes}), "a")
		wantAttr(t, link, "href", href)
		wantAttr(t, link, "class", "btn btn-quiet")
		if _, closes := link.Attr("data-close"); !closes {
			t.Error("its further attributes are gone")
		}
	}
	if href := one(t, draw(t, parts.ButtonLink{Label: "X", Href: "javascript:alert(1)"}), "a").AttrOr("href", ""); href == "javascript:alert(1)" {
		t.Error("an address that runs script is kept")
	}
}
