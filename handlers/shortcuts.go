package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/views"
)

const shortcutsPath = "/shortcuts"

// shortcutGroups are all keys that the console knows, besides those of every browser.
var shortcutGroups = []views.ShortcutGroup{
	{ID: "keys-everywhere", Name: "Everywhere", Keys: []views.Shortcut{
		{Keys: []string{"Ctrl", "K"}, Does: "Search everything, or on a Mac with Cmd"},
		{Keys: []string{"/"}, Does: "Search everything", Bare: true},
		{Keys: []string{"?"}, Does: "Show this page", Bare: true},
		{Keys: []string{"Esc"}, Does: "Close a menu or a question"},
	}},
	{ID: "keys-search", Name: "Search everything", Keys: []views.Shortcut{
		{Keys: []string{"↑", "↓"}, Does: "Go to the result above or below"},
		{Keys: []string{"Enter"}, Does: "Open the result"},
		{Keys: []string{"Ctrl", "Enter"}, Does: "Open the result in a new tab"},
		{Keys: []string{"Esc"}, Does: "Close the search"},
	}},
	{ID: "keys-lists", Name: "Lists", Keys: []views.Shortcut{
		{Keys: []string{"↑", "↓"}, Does: "Go to the row above or below, and select it. After Space they only move, and what you ticked stays"},
		{Keys: []string{"Shift", "↑"}, Does: "Select the row above too (with ↓: below)"},
		{Keys: []string{"Ctrl", "↑"}, Does: "Go to the row above without selecting it (with ↓: below)"},
		{Keys: []string{"Space"}, Does: "Tick the row, or take its tick away"},
		{Keys: []string{"Space"}, Does: "Do so from the name of a row", Bare: true},
		{Keys: []string{"Enter"}, Does: "Open the row"},
		{Keys: []string{"Esc"}, Does: "Clear the selection"},
		{Keys: []string{"Tab"}, Does: "Go from the selected row to its actions"},
		{Keys: []string{"←", "→"}, Does: "Go through the actions"},
	}},
	{ID: "keys-people", Name: "Choosing people and groups", Keys: []views.Shortcut{
		{Keys: []string{"↓"}, Does: "Go from the field to what was found"},
		{Keys: []string{"Space"}, Does: "Choose"},
		{Keys: []string{"Enter"}, Does: "Choose, or find what was typed"},
		{Keys: []string{"Esc"}, Does: "Empty the field"},
		{Keys: []string{"Backspace"}, Does: "Take the last group out again, in the empty search field"},
	}},
}

// Shortcuts lists the keys, and turns those without Ctrl on and off.
func (h Profile) Shortcuts(c echo.Context) error {
	page := accountPage(c, "Keyboard shortcuts")
	menu := account(who(c).Person, shortcutsPath)
	page.Account = &menu
	return Render(c, http.StatusOK, views.Shortcuts{Page: page, Action: shortcutsPath, On: who(c).Person.Shortcuts, Groups: shortcutGroups}.Component())
}

// SetShortcuts turns the keys without Ctrl on or off.
func (h Profile) SetShortcuts(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	on := form.Get(views.BareKeys) == "yes"
	if err := h.Console.SetShortcuts(c.Request().Context(), who(c), on); err != nil {
		return err
	}
	if on {
		flash(c, "success", "Keyboard shortcuts are on.", "They work from the next page on.")
	} else {
		flash(c, "success", "Keyboard shortcuts are off.", "Ctrl-K still searches.")
	}
	return seeOther(c, shortcutsPath)
}
