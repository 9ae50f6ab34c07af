package handlers

import (
	"testing"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

func TestAJustificationLinksItsCase(t *testing.T) {
	link := &parts.Link{Label: "CASE-7", Href: "https://cases.example.com/CASE-7"}
	for _, c := range []struct {
		text  string
		named services.Case
		want  views.Justified
	}{
		{"See CASE-7, please.", services.Case{Text: "CASE-7", Link: link.Href}, views.Justified{Before: "See ", Case: link, After: ", please."}},
		{"No case", services.Case{}, views.Justified{Before: "No case"}},
	} {
		var d services.TemporaryAccessDetail
		d.TemporaryAccess = models.TemporaryAccess{Justification: c.text}
		d.Case = c.named
		got := justified(d)
		if got.Before != c.want.Before || got.After != c.want.After || (got.Case == nil) != (c.want.Case == nil) || got.Case != nil && *got.Case != *c.want.Case {
			t.Errorf("%q is drawn as %+v", c.text, got)
		}
	}
}
