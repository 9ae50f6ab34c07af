package views

import "bailiwick/views/parts"

// Operator is what the operator's file says, for operators to read.
type Operator struct {
	Page
	Warnings   []parts.Flash // what to set, beside the file
	Vendor     []parts.Fact
	Categories []OperatorCategory
	Personnel  []OperatorPerson
}

// OperatorCategory is one kind of personnel with what it may ask for.
type OperatorCategory struct {
	ID, Name, Key string // ID is fit for an id attribute
	Facts         []parts.Fact
	Privileges    []OperatorPrivilege
}

// OperatorPrivilege is the highest level on a domain. Level is its look.
type OperatorPrivilege struct {
	Domain, Level, Word string
	Sensitive           bool
}

// OperatorPerson is one of the personnel.
type OperatorPerson struct {
	Name, Email   string
	Categories    string
	Organizations string
	Unproven      string // why they can't ask for anything yet; "" = they can
}
