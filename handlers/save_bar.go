package handlers

import (
	"bailiwick/views/parts"
	"bailiwick/words"
)

// openChanges is how many lines of a save bar stand open; the others fold, so that the bar leaves room for the page.
const openChanges = 3

// saveBar lists what saving would do, in the order of the page.
func saveBar(changes []parts.Change) parts.SaveBar {
	open := min(openChanges, len(changes))
	bar := parts.SaveBar{Changes: changes[:open], Folded: changes[open:], More: words.More(len(changes) - open)}
	if len(changes) > 0 {
		bar.Title = words.Changes.Count(len(changes))
	}
	return bar
}
