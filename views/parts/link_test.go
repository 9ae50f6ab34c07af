package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestWhatChangesSomethingIsSentByAForm(t *testing.T) {
	retry := parts.Link{Label: "Retry", Href: "/retry", Icon: "refresh-cw", Kind: parts.Primary}
	wantAttr(t, one(t, draw(t, parts.PageAction(retry)), "a.btn-primary"), "href", "/retry")
	retry.Post = true
	doc := draw(t, parts.PageAction(retry))
	wantAttr(t, one(t, doc, "form[method=post]"), "action", "/retry")
	wantWords(t, one(t, doc, "form button[type=submit]"), "Retry")
	if doc.Find("a").Length() != 0 {
		t.Error("a link changes something")
	}
}
