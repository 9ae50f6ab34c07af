package views

import "bailiwick/views/parts"

// ResourceConfiguration is the first tab of a resource of any domain. It also adds one.
type ResourceConfiguration struct {
	Page
	Action     string
	Hidden     []parts.Hidden // revision; while adding, the choices made on the Access tab
	Conflict   *parts.Conflict
	Errors     []parts.FieldError
	ReadOnly   string // what is needed to change this, in words; empty when the viewer may change it
	Name, Type parts.Field
	Visibility VisibilityChoice
	Owner      parts.MemberField
	Typed      bool         // something was typed that is not saved
	Facts      []parts.Fact // last operation, last modified; none while adding
	Activity   *parts.Link  // the resource's own activity, for those who may only view
	Submit     string       // "Add source" or "Save"
	Cancel     string
}

// VisibilityChoice says who finds the resource's content. It grants and hides nothing in the console (R16).
type VisibilityChoice struct {
	Options []VisibilityOption
	Error   string
}

// VisibilityOption is private, shared or secured.
type VisibilityOption struct {
	Value, Label, Text string
	Checked            bool
}

// known is what the read-only page lists: the fields as facts, then the facts.
func (r ResourceConfiguration) known() []parts.Fact {
	list := []parts.Fact{{Term: r.Name.Label, Value: r.Name.Value}, {Term: r.Type.Label, Value: r.Type.Value}}
	for _, o := range r.Visibility.Options {
		if o.Checked {
			list = append(list, parts.Fact{Term: "Visibility", Value: o.Label})
		}
	}
	list = append(list, parts.Fact{Term: r.Owner.Label, Value: r.Owner.Value})
	return append(list, r.Facts...)
}
