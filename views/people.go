package views

import "bailiwick/views/parts"

// The filters of the People tab.
var (
	PeopleLevel = parts.Filter{Name: "level", Label: "Access level"}
	PeopleGroup = parts.Filter{Name: "group", Label: "Group"}
	PeopleKind  = parts.Filter{Name: "kind", Label: "Show"}
)

// PeopleOpen names the row whose ways are drawn below it.
const PeopleOpen = "open"

// PeopleTab is the tab that says who can reach a thing or a domain, and how they come to it.
type PeopleTab struct {
	Page
	Remarks []string // what is left out, and why
	Filters parts.Filters
	Levels  []LevelCount // the choice of a level; nothing where there is one alone
	List    parts.Listing
	Rows    []PersonRow
}

// LevelCount is one choice of a level, with how many have it.
type LevelCount struct {
	Value, Label, Count string
	Checked             bool
}

// PersonRow is a person or an API key that can reach it.
type PersonRow struct {
	ID             string // fit for an id attribute, and what open carries
	Name, Href     string // Href: "" where there is no page
	Email          string
	Found          parts.Words // the name with the words marked that the list was searched for
	UnderFound     parts.Words // and the address
	Sub            string      // in place of the address: when the API key expires
	Initials, Icon string      // the one or the other
	Chip, Tone     string      // what kind of row it is; "" for a member
	You            bool
	Marks          []parts.Chip // warnings: "address not proven"
	Level, Word    string       // key of the level and its word
	Through        parts.Link
	How            string
	Until          string
	LastUsed       parts.When
	Ways           string // "3 ways"; "" where there is one
	WaysHref       string // opens them, or closes them where they are open
	Open           *PersonWays
}

// PersonWays are all ways by which somebody has it.
type PersonWays struct {
	Lines   []WayLine
	Advice  string // what it takes to take it away
	Explain string // address of the explanation; "" where there is none
	Page    parts.Link
}

// WayLine is one way.
type WayLine struct {
	Level, Word string
	Through     parts.Link
	How         string
	Since, By   string
	Until       string
}

// narrow is what small screens show below the name in place of the column.
func (p PersonRow) narrow() string {
	said := p.Through.Label
	if p.How != "" {
		said += ": " + p.How
	}
	if p.Until != "" {
		said += " · Until " + p.Until
	}
	return said
}
