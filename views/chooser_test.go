package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleChooser() views.Chooser {
	return views.Chooser{
		Page: samplePage("Choose a group"), Action: "/o/example/choose/groups", Hidden: []parts.Hidden{{Name: views.ChooserReturn, Value: "/o/example/members?q=smith"}},
		Label: "Find a group", Find: "emea", More: "20 of 23 shown. Type more to narrow.", Cancel: "/o/example/members?q=smith",
		Lines: []parts.FoundLine{
			{Name: parts.Words{{Text: "Any group"}}, Checked: true},
			{Value: "editors-emea", Name: parts.Words{{Text: "Editors – "}, {Text: "EMEA", Marked: true}}, Note: "22 members"},
			{Value: "writers-emea", Name: parts.Words{{Text: "Writers – "}, {Text: "EMEA", Marked: true}}, Sub: parts.Words{{Text: "They write."}}, Note: "1 member"},
		},
	}
}

func TestOneOfManyIsChosenByGet(t *testing.T) {
	doc := tabDocument(t, sampleChooser().Component())
	form := one(t, doc, "dialog.chooser form[method=get]")
	wantAttr(t, form, "action", "/o/example/choose/groups")
	wantAttr(t, one(t, doc, "input[type=search][name=find]"), "value", "emea")
	wantAttr(t, one(t, doc, "[role=radiogroup] input[type=radio][checked]"), "value", "")
	if radios := doc.Find("input[type=radio][name=choice]").Length(); radios != 3 {
		t.Errorf("%d can be chosen, want 3", radios)
	}
	wantWords(t, doc.Find("mark").First(), "EMEA")
	wantWords(t, one(t, doc, "#chooser-found [role=status]"), "20 of 23 shown. Type more to narrow.")
	wantAttr(t, one(t, doc, "a[data-close]"), "href", "/o/example/members?q=smith")
	wantAttr(t, one(t, doc, "button[value=choose]"), "name", "step")
}
