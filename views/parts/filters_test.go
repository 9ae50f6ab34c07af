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
