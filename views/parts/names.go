package parts

import "strings"

// The names that several pages send something under. What one page alone asks for is a Control beside its struct.
//
// Every list:
const (
	QueryName    = "q"        // what it is searched for
	SortName     = "sort"     // its order
	SelectedName = "selected" // its selected row, or several; AllRows is every row that its filter finds
	PickName     = "select"   // box in the head: PickPage selects every row of the page
	DroppedName  = "dropped"  // how many rows were selected before the filter changed
	RowName      = "row"      // one of the rows that somebody confirms an action on
	AddedName    = "added"    // the page that has the selected row is shown, where the address names no other
	AfterName    = "after"    // cursor of the row before its page
	BeforeName   = "before"   // cursor of the row behind its page
	FromName     = "from"     // number of its first row, as far as the pages before tell
)

// A list inside a form that spans pages; the list's own name may follow each, see InList:
const (
	AtName   = "at"   // where the list stood when the form was drawn
	TurnName = "page" // button: turns its page
	WasName  = "was"  // what the list was searched for when the form was drawn, or the value of a filter: see Was
)

// Forms that are drawn again before they are saved:
const (
	StepName     = "step"     // button: draws the form again, for one of the reasons below
	TabName      = "tab"      // button: opens another tab of what is being added
	OnName       = "on"       // the tab that the form was sent from
	RevisionName = "revision" // the state that the form was made from
	OnceName     = "once"     // the mark of a form that counts once
	QuestionName = "question" // the mark of a question that is asked once
	ShownName    = "shown"    // the mark of what a page shows once
	ResumedName  = "resumed"  // asks for the form that was kept when its session ended
	DrawnName    = "drawn"    // the mark of a form that was drawn again
)

// What selects more than one row at once.
const (
	AllRows  = "all"
	PickPage = "page"
)

// Why a step draws its form again.
const (
	FilterStep  = "filter"  // a list in it was searched
	ReviewStep  = "review"  // to show what saving would do
	CorrectStep = "correct" // to mend what was sent
)

// InList is the name for one of several lists of a form, "q.content/sources". A form with one list gives it no name: list is
// "".
func InList(name, list string) string {
	if list == "" {
		return name
	}
	return name + "." + list
}

// Was is the name of what a field of a list was when its form was drawn.
func Was(name string) string { return WasName + "." + name }

// ListName is the name without the list that follows it.
func ListName(name string) string {
	name, _, _ = strings.Cut(name, ".")
	return name
}
