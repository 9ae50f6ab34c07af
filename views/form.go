package views

import "fmt"

// Notice is a warning in words. Tone is warning or danger.
type Notice struct {
	ID    string // of the element, for aria-describedby; may be empty
	Tone  string
	Title string
	Text  string
}

// Conflict shows what somebody else saved while the viewer was typing. The fields below it keep what the viewer typed,
// and the form's hidden revision is the newer one, so that saving again is a decision.
type Conflict struct {
	Who  string // name of who saved
	When string // short form in words: "2 minutes ago"; "" where nobody knows
	Rows []ConflictRow
}

func (c Conflict) sentence() string {
	if c.When == "" {
		return c.Who + " saved a change while you had this open."
	}
	return c.Who + " saved a change " + c.When + ", while you had this open."
}

// ConflictRow is one value that the two versions disagree about.
type ConflictRow struct {
	Label, Yours, Theirs string
}

// SaveBar is the bar at the foot of a form that collects changes before they are saved.
// The zero SaveBar draws an empty place for the next one, with Review changes and Save for browsers without script.
type SaveBar struct {
	Title    string   // "3 changes"; empty when nothing is unsaved
	Scope    string   // "for 6 members and 1 API key"
	Warnings []Notice // what to know before saving
	Changes  []Change // in the order of the page; the first three are shown, the others fold
	Confirm  []Confirmation
	Discard  string // address that forgets the changes; empty draws no button
	Save     string // label of the primary button; empty reads Save
	Always   bool   // draw the bar although nothing changed: a form that adds something
}

// Change is one line of what saving would do.
type Change struct {
	Gains bool   // otherwise it loses
	What  string // drawn strong: the level or ability
	On    string // "on Fields"
	Was   string // "was View"; may be empty
}

// Confirmation is a box that must be ticked before saving; the server checks it again.
type Confirmation struct {
	Name, Label string
	DescribedBy string // id of the Notice that says why
	Checked     bool
}

// FormPager pages a list inside a form: its buttons submit, so that unsaved choices travel along.
// A button whose cursor is empty is not drawn; First is drawn wherever Previous is.
type FormPager struct {
	Name     string // of the buttons, such as "page.content/sources"
	Of       string // what is paged, for the buttons' accessible names: "sources"
	Range    string // "51 to 100 of 240"
	Previous string // cursor
	Next     string // cursor
}

// moreChanges labels the fold of a save bar.
func moreChanges(n int) string {
	return fmt.Sprintf("and %d more", n)
}
