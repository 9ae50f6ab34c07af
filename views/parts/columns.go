package parts

import "slices"

// Content is what a row has in each column that may be left out, by the column's label; "" is nothing.
type Content[R any] map[string]func(R) string

// Fold leaves out of a listing the columns in which none of its rows has content: neither their heads nor their cells are drawn
// (Shows). A column that the list is sorted by stays, or nobody could tell how it is.
func Fold[R any](l *Listing, rows []R, content Content[R]) {
	l.Columns = slices.DeleteFunc(l.Columns, func(c Column) bool {
		of, foldable := content[c.Label]
		if !foldable || c.Sort != "" || slices.ContainsFunc(rows, func(row R) bool { return of(row) != "" }) {
			return false
		}
		l.folded = append(l.folded, c.Label)
		return true
	})
}

// Shows tells whether the cells of a column are drawn.
func (l Listing) Shows(c Column) bool { return !slices.Contains(l.folded, c.Label) }
