package views

// Explain answers why somebody can, or cannot, do something. The question is a GET form: it stands in the address.
type Explain struct {
	Page
	Action      string // GET: who, find, can, what, resource
	Errors      []FieldError
	Who         GroupedSelect
	Find        *Field // narrows Who; nil where everybody is in it
	Can         SelectField
	What        GroupedSelect
	Resource    Field
	Suggestions []Suggestion // of the resource
	Matches     *Matches     // nil unless what was typed names several things
	Answer      *Answer      // nil until the question is asked in full
}

// GroupedSelect is a choice of one from several groups.
type GroupedSelect struct {
	ID, Name, Label, Error string
	Groups                 []OptionGroup
}

// OptionGroup is a part of a choice; one without a label stands before the others.
type OptionGroup struct {
	Label   string
	Options []Option
}

// Suggestion completes what is typed: Value is sent, Label read.
type Suggestion struct {
	Value, Label string
}

// Matches are things to choose from.
type Matches struct {
	Title string
	Links []Link
}

// Answer is an explanation.
type Answer struct {
	Yes              bool
	Verdict, Summary string
	Chain            []ChainLink // how the first grant gives it; none where nothing does
	Also             []ToldGrant // the other grants that give it
	Considered       []ToldGrant
	Changes          []string
	AsOf             string // "revision 1284, 21 November 2026, 23:29 UTC"
	At               string // the same moment in RFC 3339
	Again            string // address of the same question
}

// ChainLink is one step from who to what. Edge leads to the next one.
type ChainLink struct {
	Icon, Name, Note, Edge string
	Link                   *Link
}

// ToldGrant is one grant: through whom, and what is to be said of it.
type ToldGrant struct {
	Name, Text  string
	Level, Word string
}

// mark is the sign of the answer.
func (a Answer) mark() string {
	if a.Yes {
		return "check"
	}
	return "x"
}

func (a Answer) value() string {
	if a.Yes {
		return "yes"
	}
	return "no"
}

// LevelIcon is the sign of an access level, "" for one without.
func LevelIcon(level string) string { return levelIcons[level] }
