package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestAColumnSaysHowItSorts(t *testing.T) {
	heads := draw(t, parts.ListingFrame(parts.Listing{Caption: "Groups.", Columns: []parts.Column{
		{Label: "Name", Href: "/?sort=-name", Sort: "ascending"}, {Label: "Members", Href: "/?sort=members", Class: "num"},
		{Label: "Change", Href: "/?sort=changed", Sort: "descending"}, {Label: "Note"}}})).Find("thead th:not(.pick)")
	for n, want := range []struct{ sort, href, icon string }{
		{"ascending", "/?sort=-name", "#arrow-up"}, {"", "/?sort=members", ""}, {"descending", "/?sort=changed", "#arrow-down"}, {"", "", ""}} {
		wantAttr(t, heads.Eq(n), "aria-sort", want.sort)
		wantAttr(t, heads.Eq(n).Find("a"), "href", want.href)
		wantAttr(t, heads.Eq(n).Find("use"), "href", want.icon)
	}
}

func TestARowIsSelectedByItsName(t *testing.T) {
	for readOnly, want := range map[bool]string{true: "Web view only a page", false: "Web a page"} {
		doc := draw(t, within("table", parts.ListRow(parts.Row{Key: "web", Name: "Web", Icon: "globe", Under: "a page", Selected: true, ReadOnly: readOnly})))
		radio := one(t, doc, "input[type=radio][name=selected][checked]")
		wantAttr(t, radio, "value", "web")
		wantWords(t, one(t, doc, "label[for='"+radio.AttrOr("id", "none")+"']"), "Web")
		wantPhrases(t, one(t, doc, "th[scope=row]"), want)
	}
}

func TestTheNameOfARowLeadsToWhatItStandsFor(t *testing.T) {
	for many, kind := range map[bool]string{true: "checkbox", false: "radio"} {
		row := parts.Row{Key: "web", Name: "Web", Icon: "globe", Href: "/web", Many: many, Under: "a page", Selected: true}
		doc := draw(t, within("table", parts.ListRow(row)))
		pick := one(t, doc, "input[type="+kind+"][name=selected][checked]")
		wantAttr(t, pick, "value", "web")
		wantWords(t, one(t, doc, "#"+pick.AttrOr("aria-labelledby", "none")), "Web")
		wantAttr(t, one(t, doc, "a.entry-name"), "href", "/web")
		if doc.Find("label").Length() != 0 {
			t.Error("a name that leads elsewhere labels the " + kind)
		}
	}
}
