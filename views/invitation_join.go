package views

import "bailiwick/views/parts"

// The controls of an account that is made with an invitation.
var (
	JoinName     = parts.Control{Name: "name", Label: "Your name"}
	JoinPassword = parts.Control{Name: "password", Label: "New password"}
)

// Join is an invitation as the invited person sees it, before they sign in and after. What can't be done is not there.
type Join struct {
	Page
	Text     []string // one paragraph each, below the heading
	Errors   []parts.FieldError
	Unheard  string // why the form was not accepted; "" if it was
	Account  string // POST address that makes an account; "" draws none
	Name     parts.Field
	Password parts.Field
	Accept   string // POST; "" draws none
	MailLink string // POST address that mails a link to sign in; "" draws none
	SignIn   string // address; "" draws none
	Switch   string // POST address that signs out and comes back; "" draws none
	Decline  string // POST; "" draws none
	Links    []parts.Link
	Foot     string
	Passport *Passport
}

// Passport says what joining gives.
type Passport struct {
	Groups  string   // names
	Ends    []string // sentences about memberships that end
	Reach   parts.Reach
	Tally   string // "6 of 20 domains"
	Domains []PassportDomain
}

// PassportDomain is one domain with its level.
type PassportDomain struct {
	Service, Name, Level, Word string
}

// OwnInvitations are the invitations to the signed-in person.
type OwnInvitations struct {
	Page
	List    []OwnInvitation
	Onward  string // where to go on to
	SignOut string // POST
}

// OwnInvitation is one of them.
type OwnInvitation struct {
	Organization    string
	Text            string   // who invited, and into what
	Ends            []string // as in Passport
	Expires         string
	Accept, Decline string // POST
}
