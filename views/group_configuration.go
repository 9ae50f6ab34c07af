package views

import "bailiwick/views/parts"

// GroupConfiguration is the first tab of a group: its name and what it is for. It also adds a group.
type GroupConfiguration struct {
	Page
	Action      string
	Hidden      []parts.Hidden // revision; while adding, the choices made on other tabs
	Conflict    *parts.Conflict
	Errors      []parts.FieldError
	ReadOnly    string // what is needed to change this, in words; empty when the viewer may change it
	Name        parts.Field
	Description parts.TextArea
	Facts       []parts.Fact // kind, members, last change; none while adding
	Activity    *parts.Link  // the group's own activity, for those who may only view
	Submit      string       // "Add Group" or "Save"
	Cancel      string       // address; empty draws no link
}

// readOnly is the tab for those who may only view: what is not said is left out.
func (g GroupConfiguration) readOnly() []parts.Fact {
	all := []parts.Fact{{Term: g.Name.Label, Value: g.Name.Value}}
	if g.Description.Value != "" {
		all = append(all, parts.Fact{Term: g.Description.Label, Value: g.Description.Value})
	}
	return append(all, g.Facts...)
}
