package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestATabIsALinkAButtonOrSaysWhyItIsNeither(t *testing.T) {
	doc := draw(t, parts.Tabs([]parts.Tab{{Label: "Configuration", Href: "/web", Current: true}, {Label: "Members", Disabled: "Add the group first."},
		{Label: "Privileges", Submit: "privileges"}, {Label: "Access", Submit: "access", Current: true}, {Label: "Groups", Href: "/web/groups", Count: "7"}}))
	wantLabels(t, doc.Find("nav[aria-label=Tabs] li a[href]"), "Configuration", "Groups 7")
	wantPhrases(t, one(t, doc, ".tab-off"), "Members Add the group first.")
	sends := doc.Find("button[type=submit][name=tab][formnovalidate][form='" + parts.TabForm + "']")
	wantLabels(t, sends, "Privileges", "Access")
	wantAttr(t, sends.Eq(0), "value", "privileges")
	wantLabels(t, doc.Find("[aria-current=page]"), "Configuration", "Access")
}
