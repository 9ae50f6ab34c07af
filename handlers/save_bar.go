package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
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

// overtaken is the bar of a form that somebody else was faster with: saving it shows both versions.
func overtaken(bar parts.SaveBar, conflict *parts.Conflict) parts.SaveBar {
	return parts.SaveBar{Title: orElse(bar.Title, "Your changes"), Scope: "are still on this page", Discard: bar.Discard, Save: "See both", Overtaken: true,
		Warnings: []parts.Notice{{Tone: "warning", Title: conflict.Saved(), Text: sameChanged(conflict.Both())}}}
}

// resumedWith says on the page of a kept form how many changes it holds. Where somebody was faster, the bar says what counts then.
func resumedWith(page views.Page, bar parts.SaveBar) views.Page {
	if page.Resumed != nil && !page.Resumed.Lost {
		page.Resumed.Changes = len(bar.Changes) + len(bar.Folded)
	}
	if page.Resumed != nil && bar.Overtaken {
		page.Resumed = nil
	}
	return page
}

// sameChanged says of how many things there are two new versions.
func sameChanged(both int) string {
	if both == 0 {
		return "It does not affect your changes."
	}
	return "You both changed " + words.Noun{One: "thing", Many: "things"}.Count(both) + "."
}

// notSaved says why saving would be refused, "" where it would not.
func notSaved(wrong []services.FieldError) string {
	if len(wrong) == 0 {
		return ""
	}
	if more := words.More(len(wrong) - 1); more != "" {
		return wrong[0].Text + " (" + more + ")"
	}
	return wrong[0].Text
}

// flashSaved tells how many changes were saved. None is no success: whoever pressed Save meant some.
// whom is who has them: "for 48 members", or "".
func flashSaved(c echo.Context, changes int, whom, more string) {
	if changes == 0 {
		flash(c, "warning", "Nothing was changed.", "This was already set.")
		return
	}
	have := words.Noun{One: "It applies now.", Many: "They apply now."}
	flash(c, "success", strings.TrimSpace("Saved: "+words.Changes.Count(changes)+" "+whom)+".", have.Of(changes)+more)
}
