package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleAPIKeys() views.APIKeys {
	row := func(key, name string, status parts.Status) views.APIKeyRow {
		return views.APIKeyRow{Row: parts.Row{Key: key, Name: name, Icon: "key-round", Sub: "Custom · expires 1 May 2027"}, Status: status,
			Template: "Custom", Privacy: "Private", CreatedBy: "Administrator", Created: parts.When{ISO: "2027-01-04T09:00:00Z", Text: "4 Jan"},
			Expires: parts.When{ISO: "2027-05-01T00:00:00Z", Text: "1 May 2027"}, LastUsed: parts.When{Text: "Never"}}
	}
	return views.APIKeys{
		Page:    samplePage("API keys"),
		Warning: &views.KeyWarning{Title: "1 key expires within 14 days.", Text: "Give it another date.", Show: &parts.Link{Label: "Show them", Href: "/o/example/api-keys?status=expiring"}},
		Filters: parts.Filters{Action: "/o/example/api-keys", Search: parts.Search{Label: "Filter API keys"}},
		List: parts.Listing{Action: "/o/example/api-keys", ActionsURL: "/o/example/api-keys/-/actions", Bar: emptyBar("API key"), Caption: "API keys of Example.", Count: "2 API keys",
			Columns: []parts.Column{{Label: "API key"}, {Label: "Status"}, {Label: "Template", Class: "p2"}, {Label: "Privacy", Class: "p3"},
				{Label: "Created by", Class: "p4"}, {Label: "Created", Class: "p4"}, {Label: "Expires", Class: "p2"}, {Label: "Last used", Class: "p3"}}},
		Rows: []views.APIKeyRow{row("crawler", "Crawler", parts.Status{Tone: "warning", Word: "Expiring soon"}), row("website", "Website", parts.Status{Tone: "success", Word: "Active"})},
	}
}

func sampleRotation() views.APIKeys {
	page := sampleAPIKeys()
	page.Confirm = &parts.Confirm{Title: "Rotate Crawler?", Text: []string{"The key gets a new secret."}, Action: "/o/example/api-keys/crawler/rotate", Button: "Make a new secret",
		Cancel: "/o/example/api-keys?selected=crawler", Hidden: []parts.Hidden{{Name: "once", Value: "token"}}}
	page.Keep = &views.KeepChoice{Label: "Keep the old secret for", Help: "Until then both secrets open the key.", Options: []views.KeepOption{
		{Value: "0", Label: "End it immediately", Text: "If somebody else may know the secret."}, {Value: "7", Label: "7 days", Text: "If you change a few applications.", Checked: true}}}
	return page
}

func sampleAPIKey() views.APIKeyConfiguration {
	return views.APIKeyConfiguration{
		Page: samplePage("Crawler"), Action: "/o/example/api-keys/crawler", Hidden: []parts.Hidden{{Name: "revision", Value: "3"}},
		Name:        parts.Field{ID: "name", Name: "name", Label: "Name", Value: "Crawler", Required: true},
		Description: parts.TextArea{ID: "description", Name: "description", Label: "Description", Value: "Asks every night.", Lines: 2, Help: "At most 1,000 characters."},
		Expires:     parts.Field{ID: "expires", Name: "expires", Label: "Expires on", Value: "2027-05-01", Type: "date", Min: "2027-01-05", Max: "2028-01-04"},
		Allow:       parts.TextArea{ID: "allow", Name: "allow", Label: "Allowed addresses", Value: "10.0.0.0/8\nintranet", Lines: 3, Code: true, Error: "Line 2 is no address."},
		Deny:        parts.TextArea{ID: "deny", Name: "deny", Label: "Denied addresses", Lines: 3, Code: true},
		Errors:      []parts.FieldError{{ID: "allow", Label: "Allowed addresses"}},
		Facts:       []parts.Fact{{Term: "Key", Value: "crawler"}}, Submit: "Save", Cancel: "/o/example/api-keys",
	}
}

func addingAPIKey() views.APIKeyConfiguration {
	page := sampleAPIKey()
	page.Notice, page.Facts, page.Submit = "The template decides what the key may do.", nil, "Add API key"
	page.Templates = &views.TemplateChoice{Options: []views.TemplateOption{
		{Value: "anonymous-search", Label: "Anonymous search", Privacy: "Public", Grants: "Search / Execute queries: Allowed", Locked: "You can’t use it."},
		{Value: "custom", Label: "Custom", Privacy: "Private", Grants: "You choose its privileges.", Checked: true},
	}}
	return page
}

func viewOnlyAPIKey() views.APIKeyConfiguration {
	page := sampleAPIKey()
	page.ReadOnly = "To change this API key, you need Edit on it."
	return page
}

func sampleSecret() views.APIKeySecret {
	return views.APIKeySecret{Page: samplePage("Crawler added"), Secret: "bwk_example", Text: "It is shown only this once.",
		Facts: []parts.Fact{{Term: "API key", Value: "Crawler"}}, Done: parts.Link{Label: "Done", Href: "/o/example/api-keys"}}
}

func TestRowOfAnAPIKeySaysHowItStands(t *testing.T) {
	doc := tabDocument(t, sampleAPIKeys().Component())
	wantPhrases(t, doc.Find("tbody tr").First(), "Crawler Custom · expires 1 May 2027 Expiring soon Custom Private Administrator 4 Jan 1 May 2027 Never")
	wantAttr(t, doc.Find("tbody tr .status").First(), "data-tone", "warning")
	warning := one(t, doc, ".callout[role=status]")
	wantWords(t, warning.Find("p"), "1 key expires within 14 days. Give it another date.")
	wantAttr(t, warning.Find("a"), "href", "/o/example/api-keys?status=expiring")
}

func TestRotationAsksHowLongTheOldSecretOpens(t *testing.T) {
	form := one(t, tabDocument(t, sampleRotation().Component()), "dialog form[method=post]")
	wantAttr(t, form, "action", "/o/example/api-keys/crawler/rotate")
	wantWords(t, form.Find("fieldset > legend"), "Keep the old secret for")
	wantAttr(t, form.Find("input[name=keep][checked]"), "value", "7")
	wantAttr(t, form.Find("input[type=hidden][name=once]"), "value", "token")
}

func TestAPIKeyIsEditedInOneForm(t *testing.T) {
	doc := tabDocument(t, sampleAPIKey().Component())
	wantAttr(t, one(t, doc, "main form[method=post]"), "action", "/o/example/api-keys/crawler")
	wantWords(t, one(t, doc, "textarea#description"), "Asks every night.")
	end := one(t, doc, "input#expires[type=date]")
	wantAttr(t, end, "min", "2027-01-05")
	wantAttr(t, end, "max", "2028-01-04")
	allow := one(t, doc, "textarea#allow")
	wantAttr(t, allow, "aria-invalid", "true")
	wantAttr(t, allow, "aria-describedby", "allow-error")
	if got := allow.Text(); got != "10.0.0.0/8\nintranet" {
		t.Errorf("the lines read %q", got)
	}
	if doc.Find("[name=template]").Length() != 0 {
		t.Error("the template of a key that exists can be chosen")
	}
}

func TestTemplateSaysWhatItGrantsAndWhyItIsLocked(t *testing.T) {
	doc := tabDocument(t, addingAPIKey().Component())
	locked := one(t, doc, "input[name=template][value=anonymous-search]")
	if _, disabled := locked.Attr("disabled"); !disabled {
		t.Error("a template that goes beyond the viewer can be chosen")
	}
	wantWords(t, locked.Parent(), "Anonymous search Public Search / Execute queries: Allowed You can’t use it.")
	wantAttr(t, one(t, doc, "input[name=template][checked]"), "value", "custom")
	wantWords(t, doc.Find(".callout p").Last(), "The template decides what the key may do.")
}

func TestViewOnlyAPIKeyIsText(t *testing.T) {
	doc := tabDocument(t, viewOnlyAPIKey().Component())
	if doc.Find("main form").Length() != 0 {
		t.Error("there is a form")
	}
	wantPhrases(t, one(t, doc, "main dl"), "Name Crawler Description Asks every night. Expires on 2027-05-01 Allowed addresses 10.0.0.0/8 intranet Key crawler")
}

func TestSecretCanBeCopiedAndIsInNoAddress(t *testing.T) {
	doc := tabDocument(t, sampleSecret().Component())
	wantAttr(t, one(t, doc, "input#secret[readonly]"), "value", "bwk_example")
	wantAttr(t, one(t, doc, "button[data-copy]"), "data-copy", "secret")
	if doc.Find(`main form, [href*="bwk_"], [action*="bwk_"]`).Length() != 0 {
		t.Error("the secret can leave the page by itself")
	}
}
