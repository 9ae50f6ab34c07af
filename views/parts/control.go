package parts

// Control is where a form asks for one value: the name that the value is sent under, which is the id of the input as well,
// and its label. Pages declare theirs beside their struct; nobody else spells a name.
type Control struct {
	Name, Label string
}

// Field is the control as a line of text.
func (c Control) Field() Field { return Field{ID: c.Name, Name: c.Name, Label: c.Label} }

// Area is the control as a text of several lines.
func (c Control) Area() TextArea { return TextArea{ID: c.Name, Name: c.Name, Label: c.Label} }

// Select is the control as a choice of one from a few.
func (c Control) Select() SelectField { return SelectField{ID: c.Name, Name: c.Name, Label: c.Label} }

// Hidden carries a value of the control through a form that does not show it.
func (c Control) Hidden(value string) Hidden { return Hidden{Name: c.Name, Value: value} }
