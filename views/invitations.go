package views

// Invitations is the list of an organization's invitations.
type Invitations struct {
	Page
	Notice  *Notice // that no mail is sent
	Filters Filters
	List    Listing
	Rows    []InvitationRow

	Confirm *Confirm       // asked above the list
	Results *InviteResults // shown over it
}

// InvitationRow is one invitation of the list.
type InvitationRow struct {
	ID       string // what selected and the routes carry
	Email    string
	Status   Status
	Ends     When // days left; of one that has ended, when
	Group    string
	More     string // "and 2 more"
	Provider string
	Inviter  string
	Selected bool
	ReadOnly bool
}
