package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleAccessForm() views.AccessForm {
	return views.AccessForm{
		Page: views.Page{Title: "Request access"}, Action: "/support/example", Preview: "/support/example/preview", Cancel: "/support",
		Services: []views.AskedService{{ID: "content", Name: "Content", Domains: []views.AskedDomain{{
			ID: "content-sources", Key: "content/sources", Name: "Sources", Sensitive: true, Error: "Choose less.",
			Levels: []views.AskedLevel{{Value: "none", Label: "None", Allows: "Not asked for."}, {Value: "view", Label: "View all", Allows: "See sources.", Checked: true}},
		}}}},
		Justification: parts.TextArea{ID: "justification", Name: "justification", Label: "Justification", Value: "too short", Help: "20 characters or more.", Error: "Use 20 characters or more.", Lines: 3},
		Description:   parts.TextArea{ID: "description", Name: "description", Label: "Description (optional)", Lines: 3},
		Lasting: views.LastingChoice{Presets: []parts.Option{{Value: "3600", Label: "For 1 hour", Selected: true}, {Value: "until", Label: "Until a moment"}},
			Until: parts.Field{ID: "until", Name: "until", Label: "That moment (UTC)", Type: "datetime-local"}, Most: "3 days at most."},
		Outlook: views.Outlook{Will: []string{"View sources"}, WillNot: []string{"Create API keys"}},
	}
}

func TestTheRequestFormSaysItsRulesAndWhatIsWrongAtTheField(t *testing.T) {
	form := sampleAccessForm()
	form.Errors = []parts.FieldError{{ID: "content-sources", Label: "Sources"}, {ID: "justification", Label: "Justification"}}
	doc := tabDocument(t, form.Component())
	wantPhrases(t, one(t, doc, "[role=alert]"), "These fields need your attention. Sources Justification")
	wantAttr(t, one(t, doc, "[role=alert] li:first-child a"), "href", "#content-sources")
	row := one(t, doc, ".domain#content-sources")
	wantWords(t, row.Find(".chip"), "Sensitive")
	wantAttr(t, row.Find("fieldset"), "aria-describedby", "content-sources-error")
	wantAttr(t, row.Find("input[checked]"), "name", "level.content/sources")
	wantAttr(t, row.Find("input[checked]"), "value", "view")
	wantAttr(t, one(t, doc, "#justification"), "aria-describedby", "justification-error justification-help")
	wantAttr(t, one(t, doc, "input[name=for][checked]"), "value", "3600")
	wantWords(t, one(t, doc, "#lasting-help"), "3 days at most.")
	if doc.Find("#categories").Length() != 0 {
		t.Error("somebody with one category is asked which")
	}
}

func TestWhereNothingCanBeAskedForThereIsNoForm(t *testing.T) {
	form := sampleAccessForm()
	form.Closed = &parts.Notice{Tone: "warning", Title: "Support access is off.", Text: "Wait."}
	doc := tabDocument(t, form.Component())
	wantWords(t, one(t, doc, ".callout p"), "Support access is off. Wait.")
	if doc.Find("form[action='/support/example']").Length() != 0 {
		t.Error("a form is drawn")
	}
}

func TestOnlyAnActiveRequestCanBeEndedAndEntered(t *testing.T) {
	doc := tabDocument(t, views.OwnRequests{Page: views.Page{Title: "Your requests"}, Rows: []views.OwnRequest{
		{Organization: "Example Corp", Enter: "/o/example", Status: "Active", Tone: "success", Ends: "Until 2 Jan 2026", End: "/support/example/requests/one/end"},
		{Organization: "Sandbox", Status: "Expired", Ends: "Until 1 Jan 2026"},
	}}.Component())
	wantWords(t, one(t, doc, "tbody a.link"), "Example Corp")
	end := one(t, doc, "td.end a")
	wantAttr(t, end, "href", "/support/example/requests/one/end")
	wantWords(t, end, "End your access to Example Corp")
}

func TestAVisitorIsToldOnEveryPageWhoseAccessItIs(t *testing.T) {
	page := samplePage("Sources")
	page.Visit = &views.Visit{Who: "Support Agent", As: "Support agent", Why: "CASE-1", Left: "60", More: "and 1 more",
		Until: parts.When{ISO: "2026-01-02T15:04:00Z", Text: "2 Jan 2026, 15:04 UTC"}, Requests: "/support/-/requests"}
	doc := tabDocument(t, views.ErrorPage{Page: page}.Component())
	wantPhrases(t, one(t, doc, ".visit"), "Temporary access of Support Agent as Support agent. CASE-1 Until 2 Jan 2026, 15:04 UTC Your requests (and 1 more)")
	wantAttr(t, one(t, doc, ".visit time"), "datetime", "2026-01-02T15:04:00Z")
	wantAttr(t, one(t, doc, "[data-countdown]"), "data-countdown", "60")
	if tabDocument(t, views.ErrorPage{Page: samplePage("Sources")}.Component()).Find(".visit").Length() != 0 {
		t.Error("a member sees the banner")
	}
}
