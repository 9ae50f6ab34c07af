package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleResource() views.ResourceConfiguration {
	return views.ResourceConfiguration{
		Page:   samplePage("Twitter"),
		Action: "/o/example/content/sources/twitter",
		Hidden: []parts.Hidden{{Name: "revision", Value: "3"}},
		Name:   parts.Field{ID: "name", Name: "name", Label: "Name", Value: "Twitter", Required: true},
		Type:   parts.Field{ID: "type", Name: "type", Label: "Type", Value: "twitter"},
		Visibility: views.VisibilityChoice{Options: []views.VisibilityOption{
			{Value: "private", Label: "Private", Text: "Found by its owner."},
			{Value: "shared", Label: "Shared", Text: "Found by everybody.", Checked: true},
			{Value: "secured", Label: "Secured", Text: "Found as the original system allows."},
		}},
		Owner:  parts.MemberField{Field: parts.Field{ID: "owner", Name: "owner", Label: "Owner", Value: "john.smith@example.com"}, Chosen: views.ResourceOwnerFound},
		Facts:  []parts.Fact{{Term: "Last operation", Value: "Rebuild"}},
		Submit: "Save",
	}
}

func TestResourceIsEditedInOneForm(t *testing.T) {
	form := one(t, tabDocument(t, sampleResource().Component()), "main form[method=post]")
	for name, want := range map[string]string{"revision": "3", "name": "Twitter", "type": "twitter", "owner": "john.smith@example.com", "was.owner": "john.smith@example.com"} {
		wantAttr(t, form.Find("input[name='"+name+"']"), "value", want)
	}
	wantAttr(t, form.Find("[name=visibility][checked]"), "value", "shared")
	wantWords(t, form.Find("fieldset legend"), "Visibility")
}

// Words find members, one of whom is chosen; looking for them sends the form as it stands.
func TestOwnerIsChosenAmongMembersFound(t *testing.T) {
	r := sampleResource()
	if doc := tabDocument(t, r.Component()); doc.Find("input[type=radio][name='owner.found'], [data-dirty]").Length() != 0 {
		t.Error("members are found that nobody looked for")
	}
	r.Typed, r.Owner.Value, r.Owner.More = true, "smith", "2 of 23 shown. Type more to narrow."
	r.Owner.Found = []parts.FoundLine{
		{Value: "john.smith@example.com", Name: parts.Words{{Text: "John "}, {Text: "Smith", Marked: true}}, Sub: parts.Words{{Text: "john.smith@example.com"}}, Checked: true},
		{Value: "jane.smith@example.com", Name: parts.Words{{Text: "Jane "}, {Text: "Smith", Marked: true}}, Sub: parts.Words{{Text: "jane.smith@example.com"}}, Note: "2 people have this name"},
	}
	doc := tabDocument(t, r.Component())
	wantAttr(t, one(t, doc, "form[data-dirty] [data-narrows] button[name=step]"), "value", "filter")
	wantAttr(t, one(t, doc, "[data-narrows] button"), "formnovalidate", "")
	wantAttr(t, one(t, doc, "[role=radiogroup] input[checked]"), "value", "john.smith@example.com")
	wantWords(t, doc.Find("[role=radiogroup] label").Eq(1), "Jane Smith jane.smith@example.com 2 people have this name")
	wantWords(t, one(t, doc, "[data-found]"), "2 of 23 shown. Type more to narrow.")
}

func TestViewOnlyResourceIsTextAndLeadsToItsActivity(t *testing.T) {
	r := sampleResource()
	r.ReadOnly = "Changing this source needs Edit on it."
	r.Activity = &parts.Link{Label: "Activity of this source", Href: "/o/example/activity?resource=twitter"}
	doc := tabDocument(t, r.Component())
	if doc.Find("main form, main input, main button").Length() != 0 {
		t.Error("there is something to change")
	}
	wantPhrases(t, doc.Find("dl"), "Name Twitter Type twitter Visibility Shared Owner john.smith@example.com Last operation Rebuild")
	wantAttr(t, one(t, doc, "main a.link"), "href", "/o/example/activity?resource=twitter")
}
