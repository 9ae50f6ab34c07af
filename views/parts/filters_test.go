package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestFiltersAreAFormOfTheAddress(t *testing.T) {
	kind := parts.Filter{Name: "kind", Label: "Kind"}.Select([]parts.Option{{Label: "Any kind"}, {Value: "custom", Label: "Custom", Selected: true}})
	doc := draw(t, parts.FilterBar(parts.Filters{Action: "/groups", Search: parts.Search{Label: "Filter groups", Value: "web"}, Selects: []parts.SelectField{kind},
		Hidden: []parts.Hidden{{Name: "sort", Value: "name"}}, Clear: "/groups"}))
	wantAttr(t, one(t, doc, "form[method=get][role=search]"), "action", "/groups")
	wantAttr(t, one(t, doc, "input[type=search][name=q][aria-label='Filter groups']"), "value", "web")
	wantAttr(t, one(t, doc, "select[name=kind][aria-label=Kind] option[selected]"), "value", "custom")
	wantAttr(t, one(t, doc, "input[type=hidden][name=sort]"), "value", "name")
	wantWords(t, one(t, doc, "a"), "Clear filter")
}

// Too many choices for a select are found behind a link, which says what is chosen, and the choice goes along with the other filters.
func TestAFilterWithManyChoicesIsALink(t *testing.T) {
	group := parts.Chooser{Name: "group", Label: "Group", Chosen: "Any group", Href: "/choose/groups"}
	doc := draw(t, parts.FilterBar(parts.Filters{Action: "/members", Choices: []parts.Chooser{group}}))
	link := one(t, doc, "form a.filter-picker[aria-haspopup=dialog]")
	wantAttr(t, link, "href", "/choose/groups")
	wantWords(t, link, "Any group")
	wantAttr(t, link, "aria-label", "Group: Any group")
	if doc.Find("input[type=hidden]").Length() != 0 {
		t.Error("a filter that is not set stands in the address")
	}
	group.Value, group.Chosen = "users", "Users"
	doc = draw(t, parts.FilterBar(parts.Filters{Action: "/members", Choices: []parts.Chooser{group}}))
	wantWords(t, one(t, doc, "a.filter-picker"), "Users")
	wantAttr(t, one(t, doc, "input[type=hidden][name=group]"), "value", "users")
}
