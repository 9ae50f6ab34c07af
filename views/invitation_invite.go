package views

import (
	"strconv"

	"bailiwick/views/parts"
)

// The controls of the panel that invites people. InviteGroup is a box for each group. InviteSure is a box for each address
// that looks like another one; its value is the address.
var (
	InviteProvider = parts.Control{Name: "provider", Label: "Provider"}
	InviteEmails   = parts.Control{Name: "emails", Label: "Email addresses"}
	InviteGroup    = parts.Control{Name: "group", Label: "Groups"}
	InviteNotify   = parts.Control{Name: "notify", Label: "Send an email notification"}
	InviteSure     = parts.Control{Name: "sure", Label: "Confirmation"}
)

// InviteGroupsID is the id of the choice of groups.
const InviteGroupsID = "groups"

// InviteSureID is the id of the box of the nth address that looks like another, from 1.
func InviteSureID(n int) string { return InviteSure.Name + "-" + strconv.Itoa(n) }

// InvitePanel is the sheet that invites people. Its form sends its controls and the boxes of Confirm. Invite has no name; step=filter (q) draws the panel again, choices kept.
type InvitePanel struct {
	Title, Lead string
	Action      string // POST
	Close       string // address without the panel
	Errors      []parts.FieldError
	Gives       []parts.Notice // what joining gives, and what to know before
	Provider    parts.SelectField
	Emails      parts.TextArea
	Doubtful    []DoubtfulAddress
	Groups      *GroupPicker // nil where the group is given
	Notify      *Check       // nil where no mail can be sent
	Confirm     []parts.Confirmation
	Expires     string // "Expires after 31 days"
}

// DoubtfulAddress is an address that looks like another one, with a box to say that it is right.
type DoubtfulAddress struct {
	ID, Email, Why string
	Characters     []string // "а U+0430 CYRILLIC SMALL LETTER A"
	Checked        bool
}

// Check is a box with a line of help.
type Check struct {
	Name, Label, Help string
	Checked           bool
}

// GroupPicker is a choice of several groups. Those chosen come first.
type GroupPicker struct {
	Query  string
	Search bool // there is more than fits, so that a filter is worth its room

	Autofocus bool // somebody has just searched for groups, and may go on typing

	Groups  []GroupChoice
	More    string // "Further groups match: …"
	Nothing string // why there is none to choose
	Error   string
}

// GroupChoice is one group. A group that can't be chosen says why.
type GroupChoice struct {
	Key, Name, Note string
	Checked         bool
	Why             string
}

// InviteResults is the sheet that says what became of each address. Links are in it once: no address shows them again.
type InviteResults struct {
	Title, Lead string
	Close       string
	Again       InviteAgain // to the panel
	Notice      *parts.Notice
	Results     []InviteResult
	Facts       []parts.Fact
}

// InviteAgain opens the panel again. With Hidden it begins with what is to be given once more.
type InviteAgain struct {
	Label, Action string
	Hidden        []parts.Hidden
}

// InviteResult is what became of one address.
type InviteResult struct {
	ID     string // fit for an id attribute
	Email  string
	Status parts.Status
	Text   string
	Link   string // to hand on; "" draws none
}
