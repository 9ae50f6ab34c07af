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
	{ID: "keys-lists", Name: "Lists", Keys: []views.Shortcut{
		{Keys: []string{"↑", "↓"}, Does: "Go to the row above or below"},
		{Keys: []string{"Tab"}, Does: "Go from the selected row to its actions"},
		{Keys: []string{"←", "→"}, Does: "Walk through the actions"},
		{Keys: []string{"Space"}, Does: "Select the row whose name has the focus", Bare: true},
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
