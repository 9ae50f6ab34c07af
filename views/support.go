package views

import "bailiwick/views/parts"

// The controls of the form for a request. AccessFor is a choice of how long, AccessUntil the moment where none of them is meant.
var (
	AccessCategories    = parts.Control{Name: "categories", Label: "Ask as"}
	AccessJustification = parts.Control{Name: "justification", Label: "Justification"}
	AccessDescription   = parts.Control{Name: "description", Label: "Description (optional)"}
	AccessFor           = parts.Control{Name: "for", Label: "Until when"}
	AccessUntil         = parts.Control{Name: "until", Label: "That moment (UTC)"}
)

// CategoriesStep draws the form again, with what the chosen categories may ask for.
const CategoriesStep = "categories"

// AccessPrivilegesID is the id of the choice of privileges.
const AccessPrivilegesID = "privileges"

// Support is where the vendor's personnel choose an organization to ask for access to.
type Support struct {
	Page
	Filters       parts.Filters
	Organizations []SupportedOrganization
	Empty         *parts.Empty
	Count         string
	Pager         parts.Pager
}

// SupportedOrganization is an organization that the viewer supports. Off says why nothing can be asked for there; then Ask is
// empty.
type SupportedOrganization struct {
	Name, Key string
	Ask       string // address of the form
	Off       string
}

// AccessForm asks for temporary access to one organization. Closed takes the place of the form.
type AccessForm struct {
	Page
	Closed        *parts.Notice
	Action        string // POST
	Preview       string // POST: answers the Outlook
	Errors        []parts.FieldError
	Categories    *CategoryChoice // nil: the viewer has one
	Query         string          // what the privileges are filtered by
	Services      []AskedService
	Problem       string // with the privileges as a whole
	Justification parts.TextArea
	Case          *parts.Link // to what a justification is about
	Description   parts.TextArea
	Lasting       LastingChoice
	Outlook       Outlook
	Cancel        string
}

// CategoryChoice is as what the viewer asks.
type CategoryChoice struct {
	Options []parts.Option
	Error   string
}

// AskedService is one service with what may be asked for in it.
type AskedService struct {
	ID, Name string
	Hidden   bool // by the filter
	Domains  []AskedDomain
}

// AskedDomain is one privilege that may be asked for.
type AskedDomain struct {
	ID, Key, Name string
	Sensitive     bool
	Hidden        bool // by the filter
	Levels        []AskedLevel
	Error         string
}

// AskedLevel is a level to choose, with what it allows.
type AskedLevel struct {
	Value, Label, Allows string
	Checked              bool
}

// LastingChoice is how long the access is to last: one of the presets, or until a moment.
type LastingChoice struct {
	Presets []parts.Option
	Until   parts.Field
	Most    string // "3 days at most, until 25 Nov 2026, 10:00 UTC."
}

// Outlook says what the viewer will be able to do, and what not.
type Outlook struct {
	Will, WillNot []string
}

// OwnRequests is what the viewer asked for.
type OwnRequests struct {
	Page
	Filters parts.Filters
	Rows    []OwnRequest
	Empty   *parts.Empty
	Pager   parts.Pager
	Confirm *parts.Confirm
}

// OwnRequest is one of them.
type OwnRequest struct {
	Organization  string
	Enter         string // address of the organization; "" once it has ended
	Justification string
	Description   string
	Category      string
	Status        string
	Tone          string // of the status
	Ends          string // "Until …" or "Ended …"
	Asked         parts.When
	End           string // address of the question; "" once it has ended
}

// Visit says, on every page of an organization, that the viewer is there through temporary access.
type Visit struct {
	Who, As  string // name and category
	Why      string
	Until    parts.When
	Left     string // seconds until then, for the script that counts them down
	More     string // "and 2 more"; "" = there is only this one
	Requests string // address of the viewer's own requests
}
