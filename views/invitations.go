package views

import "bailiwick/views/parts"

// InvitationState narrows the list of invitations.
var InvitationState = parts.Filter{Name: "state", Label: "State"}

// Invitations is the list of an organization's invitations.
type Invitations struct {
	Page
	Notice  *parts.Notice // that no mail is sent
	Filters parts.Filters
	List    parts.Listing
	Rows    []InvitationRow

	Confirm *parts.Confirm // asked above the list
	Review  *parts.Review  // of an action on many, asked above the list
	Panel   *AddPeople     // over it
	Results *InviteResults // shown over it
	Links   *InvitationLinks
}

// InvitationRow is one invitation of the list.
type InvitationRow struct {
	ID       string      // what selected and the routes carry
	Found    parts.Words // the address, with the words marked that the list was searched for
	Email    string
	Status   parts.Status
	Ends     parts.When // days left; of one that has ended, when
	Group    string
	More     string // "and 2 more"
	Provider string
	Inviter  string
	Selected bool
	ReadOnly bool

	MailFailed bool // its mail could not be sent
}

// MailFailedMark stands beside whoever is invited and got no mail, in each list of invitations.
const MailFailedMark = "Mail failed"

func (i InvitationRow) pick() parts.Pick { return parts.Pick{Key: i.ID, Checked: i.Selected} }

// InvitationLinks is the sheet with links to many invitations. They are in it once: no address shows them again.
type InvitationLinks struct {
	Title, Lead string
	All         LinkLines
	Close       string
}
