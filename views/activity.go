package views

import "bailiwick/views/parts"

// What narrows the record of activities. ActivityThing is the number of a thing, ActivityChange that of an activity of the change.
var (
	ActivityDomain  = parts.Filter{Name: "domain", Label: "Domain"}
	ActivityThing   = parts.Filter{Name: "resource"}
	ActivityChange  = parts.Filter{Name: "change"}
	ActivityWho     = parts.Filter{Name: "who", Label: "Who: type a name or email"}
	ActivityOutcome = parts.Filter{Name: "outcome", Label: "Outcome"}
	ActivityWhen    = parts.Filter{Name: "when", Label: "When"}
	ActivitySince   = parts.Filter{Name: "since", Label: "First day (UTC)"}
	ActivityUntil   = parts.Filter{Name: "until", Label: "Last day (UTC)"}
)

// The activity that is shown opened, by its number; whether what reverting it would do is shown in it; and what of that somebody was
// shown.
const (
	ActivityOpen   = "open"
	ActivityRevert = "revert"
	ActivityShown  = "shown"
)

// Activity is a page of what happened, day by day.
type Activity struct {
	Page
	Filters ActivityFilters
	Shown   string // of which moments, in words; "" where of all
	Days    []ActivityDay
	Empty   *parts.Empty // in place of the days
	Pager   parts.Pager
	Review  *parts.Review // of reverting all of the change that is shown
}

// ActivityFilters is the form above them.
type ActivityFilters struct {
	Action  string
	Hidden  []parts.Hidden
	Search  parts.Search
	Who     parts.Search
	People  []parts.Person // suggestions for it
	Selects []parts.SelectField
	Days    []parts.Field // between which it happened, where that is asked for
	Only    *parts.Link   // the one thing, or change, that is shown; leads to what is around it
	Clear   string        // address without filters; "" where none is set
}

// ActivityDay is the events of one day, the newest first.
type ActivityDay struct {
	ID, Date string
	Events   []parts.ActivityEvent
}
