package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleGroupConfiguration() views.GroupConfiguration {
	return views.GroupConfiguration{
		Page:   samplePage("Atlassian Administrators"),
		Action: "/o/example/groups/atlassian",
		Hidden: []parts.Hidden{{Name: "revision", Value: "7"}},
		Errors: []parts.FieldError{{ID: "name", Label: "Name"}},
		Name: parts.Field{
			ID: "name", Name: "name", Label: "Name", Value: "Atlassian Team",
			Help: "A name that says the role.", Error: "Another group has this name.", Required: true,
		},
		Facts:  []parts.Fact{{Term: "Last change", Value: "Yesterday", DateTime: "2026-11-20T09:12:00Z"}},
		Submit: "Save", Cancel: "/o/example/groups",
	}
}

func TestGroupNameIsEditedWithItsRevision(t *testing.T) {
	doc := tabDocument(t, sampleGroupConfiguration().Component())
	form := one(t, doc, "main form")
	wantAttr(t, form, "action", "/o/example/groups/atlassian")
	wantAttr(t, form.Find("[name=revision]"), "value", "7")
	wantAttr(t, form.Find("[name=name]"), "value", "Atlassian Team")
	wantAttr(t, form.Find("[name=name]"), "aria-invalid", "true")
	wantAttr(t, one(t, doc, "[role=alert] a"), "href", "#name")
	wantWords(t, form.Find(".btn-primary"), "Save")
	wantAttr(t, form.Find("time"), "datetime", "2026-11-20T09:12:00Z")
}

func TestViewOnlyGroupIsText(t *testing.T) {
	g := sampleGroupConfiguration()
	g.ReadOnly = "Changing this group needs Edit on it."
	doc := tabDocument(t, g.Component())
	if doc.Find("main form, main input, main button").Length() != 0 {
		t.Error("there is something to change")
	}
	wantWords(t, one(t, doc, "main [role=note]"), "View only. Changing this group needs Edit on it.")
	wantPhrases(t, doc.Find("dl"), "Name Atlassian Team Last change Yesterday")
}
