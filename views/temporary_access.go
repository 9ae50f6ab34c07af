package views

// TemporaryAccesses is the list of who has, and who had, temporary access to the organization.
type TemporaryAccesses struct {
	Page
	Remarks []Notice // what keeps requests, or mails of them, from coming
	Filters Filters
	List    Listing
	Rows    []TemporaryAccessRow
}

// TemporaryAccessRow is one temporary access of the list.
type TemporaryAccessRow struct {
	Row
	Category      string
	Justification string // its beginning, where it is long
	Status        Status
	Granted       When
	Expires       When   // or when it ended before that
	Left          string // "3 h left"; "" for what is over
}

// TemporaryAccess is all that there is to say of one temporary access.
type TemporaryAccess struct {
	Page
	Status        Status
	Note          string     // what else the status says: "It has expired, and can't be reactivated."
	Countdown     *Countdown // nil for what is over
	Justification string
	Description   string // "" = none was given
	Facts         []Fact
	Privileges    []LentPrivilege
	Done          []ActivityEvent // the newest first
	NothingDone   string          // in their place
	All           *Link           // to more of what was done; nil without view on Activities
	Made          []MadeResource
	NothingMade   string // in their place
	Confirm       *Confirm
}

// LentPrivilege is one privilege of a temporary access in words. Level is its look.
type LentPrivilege struct {
	Level, Word string // "Edit all"
	Domain      string // "Content / Sources"
	Allows      string // what it lets somebody do
}

// MadeResource is something that was made under a temporary access. What is there no more has no Href.
type MadeResource struct {
	Name, Href string
	Domain     string
}

// Countdown is how much of a time is left. Value and Max are seconds.
type Countdown struct {
	Left       string // "3 h left"
	Until      When
	Value, Max string
}
