package views

import "bailiwick/views/parts"

// OverviewEnding asks for all that ends soon, where it is not empty.
const OverviewEnding = "ending"

// OverviewAll is what it is then.
const OverviewAll = "all"

// Overview is the page that says what needs attention. Parts that the viewer may not see are empty.
type Overview struct {
	Page
	Cards   []AttentionCard
	Nothing string // what was looked at, where nothing needs attention
	Setup   *FirstSteps

	Ending    []EndingLine
	AllEnding parts.Link // "Show all 17"; without a label all are shown

	Changes    []parts.ActivityEvent
	Activities string // address of all of them

	Lent       []LentNow
	Unused     []UnusedLine
	UnusedDays []string // heads of its columns behind Never
	Since      string   // from when uses are counted

	Seats Seats
}

// AttentionCard is one number with what it counts; the whole of it leads to the list.
type AttentionCard struct {
	Icon, Tone  string // Tone: danger, warning or ""
	Count, Text string
	More        string
	Href        string
}

// EndingLine is something that ends soon.
type EndingLine struct {
	Day  parts.When
	Icon string
	What parts.Link
	Sub  string
	Left string
	Tone string // danger or warning
}

// LentNow is a temporary access that runs.
type LentNow struct {
	Name, Href  string
	Used, Total string // in minutes
	Read        string // how much is used, in words
	Sub         string
	Until       parts.When
}

// UnusedLine are how many of a kind were not used for how long.
type UnusedLine struct {
	Name  string
	Cells []UnusedCell
}

// UnusedCell is a number that leads to the list; one of nothing leads nowhere.
type UnusedCell struct {
	Count, Read, Href string
}

// Seats are how many the organization has, and how many are taken.
type Seats struct {
	Taken, Free, Sub, Read string
	Max, High, Value       string
}

// FirstSteps are the steps that make a new organization useful.
type FirstSteps struct {
	Title string
	Steps []FirstStep
}

// FirstStep is one of them; its button is there where the viewer may do it and nobody has.
type FirstStep struct {
	Number, Name, Sub string
	Done              bool
	Action            parts.Link
}
