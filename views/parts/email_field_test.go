package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestAnAddressIsSuggestedFromTheMembers(t *testing.T) {
	email := parts.Control{Name: "owner", Label: "Owner"}.Field()
	doc := draw(t, parts.FieldEmail(email, []parts.Person{{Email: "john@example.com", Name: "John Smith"}}))
	input := one(t, doc, "input#owner[inputmode=email]")
	wantAttr(t, one(t, doc, "datalist#"+input.AttrOr("list", "none")+" option"), "value", "john@example.com")
	if draw(t, parts.FieldEmail(email, nil)).Find("datalist, [list]").Length() != 0 {
		t.Error("without members there is an empty list")
	}
}
