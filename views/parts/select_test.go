package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestFieldSelectTiesHelpAndErrorToTheChoice(t *testing.T) {
	doc := draw(t, parts.FieldSelect(parts.SelectField{
		ID: "role", Name: "role", Label: "Role", Help: "What they do.", Error: "Choose one.", Required: true,
		Options: []parts.Option{{Value: "a", Label: "First"}, {Value: "b", Label: "Second", Selected: true}},
	}))
	choice := one(t, doc, "select#role")
	wantAttr(t, choice, "aria-describedby", "role-error role-help")
	wantAttr(t, choice, "aria-invalid", "true")
	wantAttr(t, choice.Find("option[selected]"), "value", "b")
	wantWords(t, one(t, doc, `label[for="role"]`), "Role")
}
