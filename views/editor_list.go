package views

import (
	"strings"

	"bailiwick/views/parts"
)

// EditorList is the list that Custom opens: the domain's resources, each with View or Edit.
type EditorList struct {
	Count    string // "2 of 10"
	Of       string // "sources can be edited"
	Noun     string // plural: "sources"
	Closed   bool   // not read yet: a button (name list) asks for it
	Query    string
	Searched bool // the page answers a search: the focus goes there
	Rows     []EditorRow
	ViewAll  string // label of the button that sets View on the rows shown, such as "View on these 50"; empty draws none
	EditAll  string
	Carried  []parts.Hidden // unsaved choices of other pages: carry.SERVICE/DOMAIN = KEY=edit
	Note     string         // such as: save first, too many unsaved choices
	Nothing  string         // there are no rows: nothing yet, or nothing matches
	Pager    parts.FormPager
}

// EditorRow is one resource of an EditorList.
type EditorRow struct {
	Key, Name, Icon string
	Edit            bool
	StoredEdit      bool
	Locked          string // why the viewer can't change it
}

// keys lists the rows of this page, so that the server can tell a row set to View from a row on another page.
// Keys hold no blanks.
func (e EditorList) keys() string {
	keys := make([]string, len(e.Rows))
	for i, r := range e.Rows {
		keys[i] = r.Key
	}
	return strings.Join(keys, " ")
}

// was is shown by the style sheet while the row's choice differs from what is stored.
func (r EditorRow) was() string {
	if r.StoredEdit {
		return "was Edit"
	}
	return "was View"
}

func (r EditorRow) level() (level, word string) {
	if r.Edit {
		return "edit", "Edit"
	}
	return "view", "View"
}
