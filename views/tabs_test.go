package views_test

import (
	"strings"
	"testing"

	"bailiwick/views/parts"
	"bailiwick/views/viewstest"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
)

// How the tests of this package read what is drawn.
var (
	tabDocument = viewstest.Draw
	words       = viewstest.Words
	phrases     = viewstest.Phrases
	one         = viewstest.One
	wantAttr    = viewstest.WantAttr
	wantPhrases = viewstest.WantPhrases
	wantWords   = viewstest.WantWords
)

// tabPages are all pages of this family, in every variant that draws other markup.
func tabPages() map[string]templ.Component {
	return map[string]templ.Component{
		"privileges":           samplePrivileges().Component(),
		"privileges view only": viewOnlyPrivileges().Component(),
		"access":               sampleAccess().Component(),
		"access view only":     viewOnlyAccess().Component(),
		"group":                sampleGroupConfiguration().Component(),
		"resource":             sampleResource().Component(),
		"members":              sampleMembers().Component(),
		"members remove":       removingMember().Component(),
		"API key":              sampleAPIKey().Component(),
		"API key, adding":      addingAPIKey().Component(),
		"API key, view only":   viewOnlyAPIKey().Component(),
		"API keys, rotation":   sampleRotation().Component(),
		"compare":              sampleCompare().Component(),
		"access of a member":   sampleMemberAccess().Component(),
		"groups of a member":   sampleMemberGroups().Component(),
		"groups, view only":    viewOnlyMemberGroups().Component(),
		"question":             sampleQuestion().Component(),
		"explanation":          sampleExplanation().Component(),
		"denial":               sampleDenial().Component(),
		"unknown question":     sampleUnknown().Component(),
	}
}

func TestEveryControlOfATabHasAName(t *testing.T) {
	for name, page := range tabPages() {
		t.Run(name, func(t *testing.T) {
			doc := tabDocument(t, page)
			doc.Find("main, dialog").Find("input:not([type=hidden]), select").Each(func(_ int, s *goquery.Selection) {
				labelled := s.AttrOr("aria-label", "") + words(s.Closest("label"))
				if id, ok := s.Attr("id"); ok {
					labelled += words(doc.Find("label[for='" + id + "']"))
				}
				for _, by := range strings.Fields(s.AttrOr("aria-labelledby", "")) {
					labelled += words(doc.Find("[id='" + by + "']"))
				}
				if labelled == "" {
					html, _ := goquery.OuterHtml(s)
					t.Errorf("no label: %s", html)
				}
			})
		})
	}
}

func TestIDsAreUniqueOnATab(t *testing.T) {
	for name, page := range tabPages() {
		t.Run(name, func(t *testing.T) {
			seen := map[string]bool{}
			tabDocument(t, page).Find("[id]").Each(func(_ int, s *goquery.Selection) {
				id := s.AttrOr("id", "")
				if seen[id] {
					t.Errorf("id %q twice", id)
				}
				seen[id] = true
			})
		})
	}
}

func TestDescriptionsPointAtSomethingOnTheTab(t *testing.T) {
	for name, page := range tabPages() {
		t.Run(name, func(t *testing.T) {
			doc := tabDocument(t, page)
			doc.Find("[aria-describedby], [aria-labelledby]").Each(func(_ int, s *goquery.Selection) {
				for id := range strings.FieldsSeq(s.AttrOr("aria-describedby", "") + " " + s.AttrOr("aria-labelledby", "")) {
					if doc.Find("[id='"+id+"']").Length() != 1 {
						t.Errorf("nothing has the id %q", id)
					}
				}
			})
		})
	}
}

// A form sends its first submit button when Enter is pressed in a text field. On the tabs it must be one that keeps
// everything and saves nothing.
func TestEnterInATabDrawsItAgain(t *testing.T) {
	for name, page := range map[string]templ.Component{
		"privileges": samplePrivileges().Component(), "access": sampleAccess().Component(),
	} {
		t.Run(name, func(t *testing.T) {
			first := tabDocument(t, page).Find("#" + parts.TabForm + " [type=submit]").First()
			wantAttr(t, first, "name", "step")
			wantAttr(t, first, "value", "filter")
		})
	}
}

func TestTabOfSomethingBeingAddedSendsTheForm(t *testing.T) {
	g := sampleGroupConfiguration()
	g.Tabs = []parts.Tab{
		{Label: "Configuration", Submit: "configuration", Current: true},
		{Label: "Members", Disabled: "opens once the group exists"},
		{Label: "Privileges", Submit: "privileges"},
	}
	doc := tabDocument(t, g.Component())
	privileges := one(t, doc, ".tabs button[value=privileges]")
	wantAttr(t, privileges, "name", "tab")
	wantAttr(t, privileges, "form", one(t, doc, "main form").AttrOr("id", "none"))
	wantAttr(t, one(t, doc, ".tabs button[value=configuration]"), "aria-current", "page")
	if !strings.Contains(words(doc.Find(".tabs")), "opens once the group exists") {
		t.Error("the disabled tab does not say why")
	}
}

// Enter presses the first button of a form. Tabs of something being added are buttons of it, and stand before its fields.
func TestEnterOnATabPressesWhatItsPrimaryButtonDoes(t *testing.T) {
	for name, want := range map[string]string{"configuration": "", "access": "step"} {
		doc := tabDocument(t, parts.Tabs([]parts.Tab{
			{Label: "Configuration", Submit: "configuration", Current: name == "configuration"}, {Label: "Access", Submit: "access", Current: name == "access"}}))
		first := doc.Find("button").First()
		wantAttr(t, first, "form", parts.TabForm)
		if got := first.AttrOr("name", ""); got != want {
			t.Errorf("%s: Enter sends %q", name, got)
		}
	}
}
