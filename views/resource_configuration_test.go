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
		Owner:  parts.Field{ID: "owner", Name: "owner", Label: "Owner", Value: "john.smith@example.com"},
		Owners: []parts.Person{{Email: "john.smith@example.com", Name: "John Smith"}},
		Facts:  []parts.Fact{{Term: "Last operation", Value: "Rebuild"}},
		Submit: "Save",
	}
}

func TestResourceIsEditedInOneForm(t *testing.T) {
	form := one(t, tabDocument(t, sampleResource().Component()), "main form[method=post]")
	for name, want := range map[string]string{"revision": "3", "name": "Twitter", "type": "twitter", "owner": "john.smith@example.com"} {
		wantAttr(t, form.Find("input[name="+name+"]"), "value", want)
	}
	wantAttr(t, form.Find("[name=visibility][checked]"), "value", "shared")
	wantWords(t, form.Find("fieldset legend"), "Visibility")
}

func TestOwnerIsSuggestedFromTheMembers(t *testing.T) {
	doc := tabDocument(t, sampleResource().Component())
	list := one(t, doc, "datalist#"+one(t, doc, "input[name=owner]").AttrOr("list", "none"))
	wantAttr(t, list.Find("option"), "value", "john.smith@example.com")
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
