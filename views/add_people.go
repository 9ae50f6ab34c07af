package views

import "bailiwick/views/parts"

// The controls of the sheet that adds people. PeopleLines carries what was read before: a line each with its number, a colon, and what
// was written there. PeoplePerson is a box for each member who was found, and carries those who were ticked before. AddToGroup is a box for each
// group that was found, and carries the chosen ones.
var (
	PeopleTyped    = parts.Control{Name: "who_typed", Label: "Email/Username"}
	PeopleFile     = parts.Control{Name: "csv", Label: "CSV file"}
	PeopleLines    = parts.Control{Name: "read_lines", Label: "Email/Username"}
	PeoplePerson   = parts.Control{Name: "ticked", Label: "Email/Username"}
	AddToGroup     = parts.Control{Name: "group", Label: "Groups to give"}
	PeopleGroups   = parts.Control{Name: "find_group", Label: "Find groups"}
	PeopleProvider = parts.Control{Name: "provider", Label: "How the invited sign in"}
	PeopleNotify   = parts.Control{Name: "notify", Label: "Send an email notification"}
	PeopleUntil    = parts.Control{Name: "until", Label: "Until (UTC)"}
	PeopleSure     = parts.Control{Name: "sure", Label: "Confirmation"}
	PeopleDrop     = parts.Control{Name: "leave_out", Label: "Leave out"}
	PeopleDropped  = parts.Control{Name: "take_out", Label: "Take out"}
	PeopleLike     = parts.Control{Name: "like_member", Label: "Like"} // in the address: the member whose groups it begins with
)

// What the sheet's buttons send as their step, besides that of parts.CorrectStep.
const (
	PeopleFindStep  = "find"  // looks for what is typed, and reads what was pasted
	PeopleClearStep = "clear" // empties the list
)

// The ids of the parts that the script draws anew while somebody types.
const (
	PeopleFoundID    = "people-found"
	PeopleProblemID  = "people-problem"
	PeopleChosenID   = "groups-chosen"
	PeopleMatchID    = "groups-found"
	PeopleResolvedID = "people-resolved"
	PeopleHowID      = "people-how"
	PeopleFootID     = "people-foot"
)

// PeopleGroupsID is the id of the choice of groups.
const PeopleGroupsID = "groups"

// AddPeople is the sheet that adds members to groups and invites everybody else. Its form draws itself again at each step and for each
// line or group that is left out.
type AddPeople struct {
	Title, Lead string
	Action      string // POST
	Close       string // address without the sheet
	Errors      []parts.FieldError
	Gives       []parts.Notice // what joining gives, and what to know before
	People      PeopleField
	Resolved    *ResolvedPeople // nil while nobody is chosen
	Groups      GroupTokens
	Provider    *parts.SelectField // nil where nobody will be invited
	Notify      *Check             // nil where no mail can be sent, or nobody will be invited
	Until       *parts.Field       // nil where nobody will be added
	Confirm     []parts.Confirmation
	Sum         string // "26 people into 2 groups"; "" while nobody is chosen
	Seats       string // "809 of 900 seats"
	TooFew      string // "5 seats too few: 31 people, 26 free", in place of both
	Button      string // "Add 17 and invite 9"
}

// PeopleField is the one field for words and pasted lists, with the members who match.
type PeopleField struct {
	Typed, Error string
	Carried      []parts.Hidden // lines and ticks of before
	MostLines    string         // "At most 1,000 lines at a time."
	Found        []FoundPerson
	More         string // "4 of 23 shown. Type more to narrow."
	Autofocus    bool
}

// FoundPerson is a member who matches what is typed.
type FoundPerson struct {
	ID          string
	Name, Email string
	Sub         string // after the address: what tells people of one name apart
	Note        string // "2 groups", or why they can't be chosen
	Marks       []parts.Chip
	Checked     bool
	Unavailable bool
}

// ResolvedPeople says what will become of each. Parts without anybody are left out.
type ResolvedPeople struct {
	Head  string // "32 lines pasted, 2 people ticked"
	Parts []ResolvedPart
}

// ResolvedPart is some of them of whom the same will become.
type ResolvedPart struct {
	ID      string
	Tone    string // danger, success, or ""
	Icon    string
	Count   string
	Text    string // "listed twice, used once"
	Open    bool
	Lines   []ResolvedLine
	More    string // "and 480 more"
	Correct string // "Correct 3 lines"; "" where nothing can be
}

// ResolvedLine is one of them.
type ResolvedLine struct {
	Name, Sub string
	Marks     []parts.Chip
	Effect    string         // why it can't be used, or what else is to be known
	Drop      string         // what leaving it out sends; "" where there is no need to
	Sure      *DoubtfulCheck // says that a doubtful address is right
}

// DoubtfulCheck is the box that says that an address that looks like another is the right one.
type DoubtfulCheck struct {
	ID, Email string
	Problem   string // id of the error that asks for it, "" where none does
	Checked   bool
}

// GroupTokens are the groups that people come into: chosen ones, and some to choose from.
type GroupTokens struct {
	Fixed   bool // the page is that of a group: it is the only one
	Chosen  []GroupToken
	Query   string
	Found   []FoundGroup
	More    string
	Error   string
	Refused []FoundGroup // of a colleague's groups, those that can't be given

	Autofocus bool // somebody has just looked for groups, and may go on typing
}

// GroupToken is a chosen group.
type GroupToken struct{ Key, Name string }

// FoundGroup is a group to choose. One that can't be chosen says why.
type FoundGroup struct {
	Key, Name, Sub, Note string
	Unavailable          bool
}
