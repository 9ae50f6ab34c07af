package views

import "bailiwick/views/parts"

// What the questions about the groups of many members ask for.
var (
	ManyGroups = parts.Control{Name: "into", Label: "Groups"}
	ManyFind   = parts.Control{Name: "find", Label: "Find groups"}
	ManyUntil  = parts.Control{Name: "until", Label: "Until"}
	ManyLevel  = parts.Control{Name: "level", Label: "Access level"}
	ManyWhich  = parts.Control{Name: "which", Label: "Memberships"}
)

// ManyDrop is the button that takes a group out of those that were chosen.
const ManyDrop = "drop"

// ManyQuestion asks about the groups, or the end, of many members before a review says what that does. It is a GET form: the way back is
// safe.
type ManyQuestion struct {
	Title, Lead string
	Action      string
	Hidden      []parts.Hidden
	Groups      *ManyGroupsField   // nil where none are chosen
	Until       *parts.Field       // nil where no end is asked for
	Person      *parts.MemberField // nil where nobody is asked for
	Levels      []ManyOption       // none where no level is asked for
	Which       []ManyOption       // which memberships are meant; none where there is no question
	Chosen      string             // "2 groups"
	Cancel      string
	Errors      []parts.FieldError
}

// ManyGroupsField is the choice of groups.
type ManyGroupsField struct {
	Chosen []parts.Token
	Find   *string // what was looked for; nil where all that there are stand in Found
	Found  []parts.FoundLine
	More   string // below them: "20 groups are shown. Find others by name."
	Error  string
	One    bool // one group is chosen, not several
}

// ManyOption is one of a few things to choose from, such as a level to give, and what it means.
type ManyOption struct {
	Value, Label, Text string
	Checked            bool
}
