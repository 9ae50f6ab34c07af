package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestAQuestionBeginsAtCancelAndNamesWhatItDoes(t *testing.T) {
	for danger, class := range map[bool]string{true: "btn btn-danger-solid", false: "btn btn-primary"} {
		doc := draw(t, parts.Dialog(parts.Confirm{Title: "Delete Web?", Text: []string{"It is gone."}, Action: "/web/delete", Button: "Delete source", Cancel: "/sources",
			Hidden: []parts.Hidden{{Name: "revision", Value: "4"}}, Danger: danger}))
		dialog := one(t, doc, "dialog[open]")
		wantWords(t, doc.Find("#"+dialog.AttrOr("aria-labelledby", "none")), "Delete Web?")
		wantWords(t, doc.Find("#"+dialog.AttrOr("aria-describedby", "none")), "It is gone.")
		wantAttr(t, one(t, doc, "form[method=post]"), "action", "/web/delete")
		wantAttr(t, one(t, doc, "input[name=revision]"), "value", "4")
		wantAttr(t, one(t, doc, "a[autofocus]"), "href", "/sources")
		wantWords(t, one(t, doc, "button"), "Delete source")
		wantAttr(t, one(t, doc, "button"), "class", class)
	}
}
