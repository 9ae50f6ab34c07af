package parts_test

import (
	"slices"
	"testing"

	"bailiwick/views/parts"
)

func TestAColumnWithoutContentIsLeftOut(t *testing.T) {
	type row struct{ kind, owner string }
	content := parts.Content[row]{"Kind": func(r row) string { return r.kind }, "Owner": func(r row) string { return r.owner }}
	for name, c := range map[string]struct {
		rows   []row
		sorted string
		want   []string
	}{
		"every column has something":     {[]row{{"a", ""}, {"", "b"}}, "", []string{"Name", "Kind", "Owner"}},
		"one has nothing":                {[]row{{"a", ""}, {"c", ""}}, "", []string{"Name", "Kind"}},
		"both":                           {[]row{{}}, "", []string{"Name"}},
		"the list is sorted by it":       {[]row{{}}, "Owner", []string{"Name", "Owner"}},
		"no row, so that nothing stands": {nil, "", []string{"Name"}},
	} {
		l := parts.Listing{Columns: []parts.Column{{Label: "Name"}, {Label: "Kind"}, {Label: "Owner"}}}
		for i := range l.Columns {
			if l.Columns[i].Label == c.sorted {
				l.Columns[i].Sort = "ascending"
			}
		}
		parts.Fold(&l, c.rows, content)
		var got []string
		for _, column := range l.Columns {
			got = append(got, column.Label)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: the heads are %q", name, got)
		}
		for _, label := range []string{"Name", "Kind", "Owner"} {
			if l.Shows(parts.Column{Label: label}) != slices.Contains(c.want, label) {
				t.Errorf("%s: cells and head of %s do not agree", name, label)
			}
		}
	}
}
