package handlers

import (
	"github.com/labstack/echo/v4"

	"bailiwick/services"
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

// notSaved says why saving would be refused; nil where it would not.
func notSaved(wrong []services.FieldError) []parts.Notice {
	if len(wrong) == 0 {
		return nil
	}
	notice := parts.Notice{Tone: "danger", Title: "This cannot be saved.", Text: wrong[0].Text}
	if more := words.More(len(wrong) - 1); more != "" {
		notice.Text += " (" + more + ")"
	}
	return []parts.Notice{notice}
}

// flashSaved tells how many changes were saved. None is no success: whoever pressed Save meant some.
func flashSaved(c echo.Context, title string, changes int, more string) {
	if changes == 0 {
		flash(c, "warning", "Nothing was changed.", "What was chosen stands already.")
		return
	}
	flash(c, "success", title, words.Changes.Count(changes)+" in effect from now on."+more)
}
