package views

import "bailiwick/views/parts"

// TemporaryAccessStatus narrows the list of temporary access.
var TemporaryAccessStatus = parts.Filter{Name: "status", Label: "Status"}

// TemporaryAccesses is the list of who has, and who had, temporary access to the organization.
type TemporaryAccesses struct {
	Page
	Remarks []parts.Notice // what keeps requests, or mails of them, from coming
	Filters parts.Filters
	List    parts.Listing
	Rows    []TemporaryAccessRow

	BroughtIn *BroughtIn // nil: there is nothing to decide about
}

// BroughtIn is a section about memberships that came about through temporary access, for somebody to decide about.
type BroughtIn struct {
	ID     string // of the section, which the notice leads to
	Notice parts.Notice
	Count  string // "3"
	Rows   []BroughtInRow
	More   string // "" = these are all
}

// BroughtInRow is one membership. Either Keep is the address of the form that decides that it stays, or Why says what is
// missing.
type BroughtInRow struct {
	Name, Email      string
	Marks            string     // warnings beside the name; "" for none
	Group, GroupHref string     // to its Members tab
	Since, Until     parts.When // Until: the membership's end; zero for none
	By               string     // "Added by Support Agent, agent@vendor.example"
	Keep, Why        string
}

// TemporaryAccessRow is one temporary access of the list.
type TemporaryAccessRow struct {
	parts.Row
	Category      string
	Justification string // its beginning, where it is long
	Status        parts.Status
	Granted       parts.When
	Expires       parts.When // or when it ended before that
	Left          string     // "3 h left"; "" for what is over
}

// TemporaryAccess is all that there is to say of one temporary access.
type TemporaryAccess struct {
	Page
	Status        parts.Status
	Note          string     // what else the status says: "It has expired, and can't be reactivated."
	Countdown     *Countdown // nil for what is over
	Justification Justified
	Description   string // "" = none was given
	Facts         []parts.Fact
	Privileges    []LentPrivilege
	Done          []parts.ActivityEvent // the newest first
	NothingDone   string                // in their place
	All           *parts.Link           // to more of what was done; nil without view on Activities
	Taken         []Taken               // from people, the newest first
	MoreTaken     string                // "" = that is all
	NothingTaken  string                // in their place
	Made          []MadeResource
	NothingMade   string // in their place
	Confirm       *parts.Confirm
}

// LentPrivilege is one privilege of a temporary access in words. Level is its look.
type LentPrivilege struct {
	Level, Word string // "Edit all"
	Domain      string // "Content / Sources"
	Allows      string // what it lets somebody do
}

// Taken is something that people lost. Href leads to its activities; "" leads nowhere.
type Taken struct {
	At         parts.When
	Text, Href string
}

// MadeResource is something that was made under a temporary access. What is there no more has no Href.
type MadeResource struct {
	Name, Href string
	Domain     string
}

// Countdown is how much of a time is left. Value and Max are seconds.
type Countdown struct {
	Left       string // "3 h left"
	Until      parts.When
	Value, Max string
}

// Justified is a justification with the case that it names; without Case all of it is Before.
type Justified struct {
	Before string
	Case   *parts.Link
	After  string
}
