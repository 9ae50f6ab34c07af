package views

import "bailiwick/views/parts"

// What the page asks for on which one of many is chosen.
var (
	ChooserFind   = parts.Control{Name: "find", Label: "Search"}
	ChooserChoice = parts.Control{Name: "choice", Label: "Choices"}
)

// Where a choice leads: into which filter of which page, and whether that filter has several.
const (
	ChooserReturn = "return"
	ChooserFor    = "for"
	ChooserAdd    = "add"
)

// ChooseStep is the button that takes the choice.
const ChooseStep = "choose"

// Chooser is the page, or by script the dialog, on which one of many is chosen. It is a GET form: what was looked for
// stands in its address.
type Chooser struct {
	Page
	Action string
	Hidden []parts.Hidden
	Label  string // what is looked for: "Find a group"
	Find   string
	Lines  []parts.FoundLine
	More   string // below them: "20 of 66 shown. Type more to narrow."
	Cancel string // address of the page that it was opened from
}
