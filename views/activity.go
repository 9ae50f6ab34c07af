package views

// Activity is a page of what happened, day by day.
type Activity struct {
	Page
	Filters ActivityFilters
	Days    []ActivityDay
	Empty   *Empty // in place of the days
	Pager   Pager
}

// ActivityFilters is the form above them.
type ActivityFilters struct {
	Action  string
	Hidden  []Hidden
	Search  Search
	Who     Search
	People  []Person // suggestions for it
	Selects []SelectField
	Only    *Link  // the one thing that is shown; leads to all of its domain
	Clear   string // address without filters; "" where none is set
}

// ActivityDay is the events of one day, the newest first.
type ActivityDay struct {
	ID, Date string
	Events   []ActivityEvent
}

// ActivityEvent is one thing that happened.
type ActivityEvent struct {
	At       When   // time of day
	Initials string // of who did it
	Sentence []Phrase
	Kind     string // of thing that it is about
	Refused  string // what was missing; "" = it was done
	Changes  []ChangeRow
	More     string // what the table does not show
	Facts    []Fact
	All      *Link // everything that happened to the same thing
}

// Phrase is a part of a sentence; names are strong, the addresses beside them muted.
type Phrase struct {
	Text          string
	Strong, Muted bool
}

// ChangeRow is one line of a table of what changed. Before or After is "" where there was nothing, which reads as None.
type ChangeRow struct {
	Label, Before, After, None string
}
