package views

// GroupConfiguration is the first tab of a group: its name. It also adds a group.
type GroupConfiguration struct {
	Page
	Action   string
	Hidden   []Hidden // revision; while adding, the choices made on other tabs
	Conflict *Conflict
	Errors   []FieldError
	ReadOnly string // what is needed to change this, in words; empty when the viewer may change it
	Name     Field
	Facts    []Fact // kind, members, last change; none while adding
	Activity *Link  // the group's own activity, on the panel of who may only view
	Submit   string // "Add Group" or "Save"
	Cancel   string // address; empty draws no link
}

// Fact is one line of what is known about a thing. DateTime is machine readable and may be empty.
type Fact struct {
	Term, Value string
	DateTime    string
}
