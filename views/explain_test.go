package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleQuestion() views.Explain {
	return views.Explain{
		Page: samplePage("Explain access"), Action: "/o/example/explain",
		Who: parts.GroupedSelect{ID: "who", Name: "who", Label: "Who", Groups: []parts.OptionGroup{
			{Options: []parts.Option{{Label: "John Smith (you)"}}},
			{Label: "Groups", Options: []parts.Option{{Value: "group:users", Label: "Users", Selected: true}}},
		}},
		Can: parts.SelectField{ID: "can", Name: "can", Label: "May they", Options: []parts.Option{{Value: "edit", Label: "Edit", Selected: true}}},
		What: parts.GroupedSelect{ID: "what", Name: "what", Label: "What", Groups: []parts.OptionGroup{
			{Label: "Content", Options: []parts.Option{{Value: "content/sources", Label: "Sources", Selected: true}}}}},
		Resource:    parts.Field{ID: "resource", Name: "resource", Label: "Resource", Help: "Name one, or leave it empty."},
		Suggestions: []views.Suggestion{{Value: "Jira Software Cloud", Label: "jira"}},
	}
}

func sampleExplanation() views.Explain {
	e := sampleQuestion()
	e.Resource.Value = "Jira Software Cloud"
	e.Answer = &parts.Answer{
		Yes: true, Verdict: "Yes, John Smith can edit Jira Software Cloud", Summary: "2 of 3 groups give it.",
		Chain: []parts.ChainLink{
			{Icon: "user", Name: "John Smith", Note: "john.smith@example.com", Edge: "is a member of"},
			{Icon: "users", Name: "Atlassian Administrators", Edge: "which is granted", Link: &parts.Link{Label: "Members", Href: "/members"}},
			{Icon: "pencil", Name: "Edit on Jira Software Cloud"},
		},
		Also:       []parts.ToldGrant{{Name: "Editors", Text: "Edit all on Content / Sources", Level: "edit", Word: "Edit all"}},
		Considered: []parts.ToldGrant{{Name: "Users", Text: "View all on Content / Sources gives view, not edit", Level: "view", Word: "View all"}},
		Changes:    []string{"It takes both to lose it."},
		AsOf:       "revision 7, 21 November 2026, 23:29 UTC", At: "2026-11-21T23:29:00Z", Again: "/o/example/explain?who=member:7",
	}
	return e
}

func sampleDenial() views.Explain {
	e := sampleExplanation()
	e.Answer.Yes, e.Answer.Verdict = false, "No, John Smith can’t edit Web"
	e.Answer.Chain, e.Answer.Also = nil, nil
	return e
}

func sampleUnknown() views.Explain {
	e := sampleQuestion()
	e.Find = &parts.Field{ID: "find", Name: "find", Label: "Find who"}
	e.Who.Error, e.Resource.Error = "There is nobody like that.", "There is no such source."
	e.Errors = []parts.FieldError{{ID: "who", Label: "Who"}, {ID: "resource", Label: "Resource"}}
	e.Matches = &views.Matches{Title: "Which source do you mean?", More: "There are more.",
		Links: []views.Match{{Note: "web", Link: parts.Link{Label: "Web", Href: "?resource=web"}}}}
	return e
}

func TestQuestionIsAGetFormThatKeepsWhatWasAsked(t *testing.T) {
	form := one(t, tabDocument(t, sampleExplanation().Component()), "main form")
	wantAttr(t, form, "method", "get")
	wantAttr(t, form, "action", "/o/example/explain")
	wantAttr(t, form.Find("[name=who] option[selected]"), "value", "group:users")
	wantAttr(t, form.Find("[name=who] optgroup"), "label", "Groups")
	wantAttr(t, form.Find("[name=what] option[selected]"), "value", "content/sources")
	wantAttr(t, form.Find("[name=resource]"), "value", "Jira Software Cloud")
	wantAttr(t, form.Find("datalist option"), "value", "Jira Software Cloud")
	wantWords(t, form.Find("button[type=submit]"), "Explain")
}

func TestExplanationLeadsFromWhoToWhat(t *testing.T) {
	doc := tabDocument(t, sampleExplanation().Component())
	verdict := one(t, doc, ".verdict")
	wantAttr(t, verdict, "data-answer", "yes")
	wantAttr(t, verdict, "role", "status")
	wantPhrases(t, verdict, "Yes, John Smith can edit Jira Software Cloud 2 of 3 groups give it.")
	steps := one(t, doc, "ol.chain").Find("li")
	if steps.Length() != 3 {
		t.Fatalf("the chain has %d steps, want 3", steps.Length())
	}
	wantPhrases(t, steps.Eq(0), "John Smith john.smith@example.com is a member of")
	wantAttr(t, steps.Eq(1).Find("a"), "href", "/members")
	wantPhrases(t, doc.Find(`[aria-labelledby="also"] li`), "Editors : Edit all on Content / Sources Edit all")
	wantPhrases(t, doc.Find(`[aria-labelledby="considered"] li`), "Users : View all on Content / Sources gives view, not edit View all")
	wantWords(t, doc.Find(`[aria-labelledby="changes"] li`), "It takes both to lose it.")
	wantAttr(t, one(t, doc, ".explain-foot time"), "datetime", "2026-11-21T23:29:00Z")
	wantAttr(t, one(t, doc, ".explain-foot a"), "href", "/o/example/explain?who=member:7")
}

func TestDenialHasNoChain(t *testing.T) {
	doc := tabDocument(t, sampleDenial().Component())
	wantAttr(t, one(t, doc, ".verdict"), "data-answer", "no")
	if doc.Find(".chain, #because, #also").Length() != 0 {
		t.Error("a denial shows what would give it as if it did")
	}
	one(t, doc, "#considered")
}

func TestWhatIsUnknownIsSaidAtItsField(t *testing.T) {
	doc := tabDocument(t, sampleUnknown().Component())
	wantAttr(t, one(t, doc, "#who"), "aria-describedby", "who-error")
	wantAttr(t, one(t, doc, "#resource"), "aria-describedby", "resource-error resource-help")
	wantWords(t, one(t, doc, "#who-error"), "There is nobody like that.")
	wantAttr(t, one(t, doc, `[aria-labelledby="matches"] a`), "href", "?resource=web")
	one(t, doc, "#find")
	if doc.Find(".verdict").Length() != 0 {
		t.Error("there is a verdict about what is unknown")
	}
}

func TestActionBarLinksToTheExplanationOfWhatItHolds(t *testing.T) {
	bar := editableBar()
	bar.WhyHref = "/o/example/explain?can=edit"
	why := one(t, tabDocument(t, parts.ActionBarFragment(bar)), ".actionbar-why a")
	wantWords(t, why, "Why these actions?")
	wantAttr(t, why, "href", bar.WhyHref)
	if tabDocument(t, parts.ActionBarFragment(editableBar())).Find(".actionbar-why").Length() != 0 {
		t.Error("a bar with nothing to say says something")
	}
}
