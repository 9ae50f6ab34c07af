package views

import "bailiwick/views/parts"

// The controls of a question. They stand in its address, so that it can be sent to somebody else. ExplainFind narrows who.
var (
	ExplainWho      = parts.Control{Name: "who", Label: "Who"}
	ExplainFind     = parts.Control{Name: "find", Label: "Find who"}
	ExplainCan      = parts.Control{Name: "can", Label: "May they"}
	ExplainWhat     = parts.Control{Name: "what", Label: "What"}
	ExplainResource = parts.Control{Name: "resource", Label: "Resource"}
)

// Explain answers why somebody can, or cannot, do something. The question is a GET form: it stands in the address.
type Explain struct {
	Page
	Action      string // GET
	Errors      []parts.FieldError
	Who         parts.GroupedSelect
	Find        *parts.Field // narrows Who; nil where everybody is in it
	Can         parts.SelectField
	What        parts.GroupedSelect
	Resource    parts.Field
	Suggestions []Suggestion  // of the resource
	Matches     *Matches      // nil unless what was typed names several things
	Answer      *parts.Answer // nil until the question is asked in full
}

// Suggestion completes what is typed: Value is sent, Label read.
type Suggestion struct {
	Value, Label string
}

// Matches are people or things to choose from.
type Matches struct {
	Title string
	Links []Match
	More  string // says that there are others; "" where these are all
}

// Match is one of them. Note tells those apart that have the same name.
type Match struct {
	parts.Link
	Note string
}
