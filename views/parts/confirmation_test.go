package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestABoxThatConfirmsIsRequiredAndTiedToItsReasonAndForm(t *testing.T) {
	for form, c := range map[string]parts.Confirmation{"": {Name: "sure", Label: "I am sure"}, "tab-form": {Name: "sure", Label: "I am sure", DescribedBy: "gives", Checked: true}} {
		box := one(t, draw(t, parts.ConfirmationBox(c, "check", form)), "label.check input[type=checkbox][required][value=yes]")
		wantAttr(t, box, "name", "sure")
		wantAttr(t, box, "id", parts.ConfirmID("sure"))
		wantAttr(t, box, "form", form)
		wantAttr(t, box, "aria-describedby", c.DescribedBy)
		if _, ticked := box.Attr("checked"); ticked != c.Checked {
			t.Errorf("ticked: %v", ticked)
		}
	}
}
