package views

import (
	"strings"

	"bailiwick/views/parts"
)

// EditorList is the list that Custom opens: the domain's resources, each with View or Edit.
type EditorList struct {
	Count    string // "13 of 400"
	Of       string // "sources can be edited"
	Before   string // ", 12 before"; empty where that is the same
	Noun     string // plural: "sources"
	Closed   bool   // not read yet: a button (name list) asks for it
	Query    string
	Searched bool // the page answers a search: the focus goes there
	Show     []parts.Segment
	Types    []parts.Option // empty where the resources have none
	Order    []parts.Option
	Found    parts.Words // what the list shows: "8 of 400 match “emea docu”"
	SetAll   string      // "Set all 8 to", before View and Edit; empty draws no buttons
	Rows     []EditorRow
	Carried  []parts.Hidden // choices of other pages, see CarriedControl, and where the list stands
	Changed  bool           // some of these choices would change something
	Note     string         // such as: save first, too many unsaved choices
	Nothing  string         // there are no rows: nothing yet, or nothing matches
	ShowAll  string         // then the label of the button that shows all: "Show all 400"; empty draws none
	Pager    parts.FormPager
}

// EditorRow is one resource of an EditorList.
type EditorRow struct {
	Key, Name, Icon string
	Marked          parts.Words // the name, with what was searched for marked
	Until           string      // "until 3 Mar 2027, 10:00 UTC", where Edit that stands has an end
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
