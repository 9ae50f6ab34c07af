package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestAPageOfAListLeadsToTheOthers(t *testing.T) {
	for name, c := range map[string]struct {
		pager parts.Pager
		want  []string
	}{
		"first":  {parts.Pager{Next: "/?after=x"}, []string{"Next"}},
		"middle": {parts.Pager{First: "/", Previous: "/?before=x", Next: "/?after=y"}, []string{"First", "Previous", "Next"}},
		"last":   {parts.Pager{First: "/", Previous: "/?before=x"}, []string{"First", "Previous"}},
	} {
		t.Run(name, func(t *testing.T) {
			wantLabels(t, draw(t, parts.PagerLinks(c.pager)).Find("nav[aria-label=Pages] a"), c.want...)
		})
	}
}
