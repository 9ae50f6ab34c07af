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
	Carried  []parts.Hidden // choices of other pages, carry.SERVICE/DOMAIN = KEY=edit, and where the list stands
	Changed  bool           // some of these choices would change something
	Note     string         // such as: save first, too many unsaved choices
	Nothing  string         // there are no rows: nothing yet, or nothing matches
	Pager    parts.FormPager
}

// EditorRow is one resource of an EditorList.
type EditorRow struct {
	Key, Name, Icon string
	Edit            bool
	StoredEdit      bool
	Locked          string // why the viewer can't give Edit on it; with Edit that was refused, and can be taken back
}

// keys lists the rows of this page that have a choice, so that the server can tell a row set to View from a row on another page.
// Those refused stand in a list of their own. Keys hold no blanks.
func (e EditorList) keys(refused bool) string {
	var keys []string
	for _, r := range e.Rows {
		if r.chosen() && r.refused() == refused {
			keys = append(keys, r.Key)
		}
	}
	return strings.Join(keys, " ")
}

// refused tells that Edit is chosen, and can't be given.
func (r EditorRow) refused() bool { return r.Locked != "" && r.Edit }

// chosen tells whether the row has a choice: Edit that was refused can be taken back.
func (r EditorRow) chosen() bool { return r.Locked == "" || r.Edit }

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
