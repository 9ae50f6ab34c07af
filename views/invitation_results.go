package views

import "bailiwick/views/parts"

// Check is a box with a line of help.
type Check struct {
	Name, Label, Help string
	Checked           bool
}

// InviteResults is the sheet that says what became of each address. Links are in it once: no address shows them again.
type InviteResults struct {
	Title, Lead string
	Close       string
	Again       InviteAgain // to the panel
	Notice      *parts.Notice
	All         *LinkLines // where there are several links
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

// InvitationLinksText is the field with the links, which the file is made of.
var InvitationLinksText = parts.Control{Name: "link-lines", Label: "Invitation links"}

// LinkLines are several links to hand on: all can be copied at once, and taken along as a file.
type LinkLines struct {
	Lines []string // an address and its link, a tab between them
	File  string   // POST address that sends them back as a file
}
