package views

import "bailiwick/views/parts"

// MailState narrows the list of mails.
var MailState = parts.Filter{Name: "state", Label: "State"}

// Mails is the list of mails that wait or could not be sent.
type Mails struct {
	Page
	Remark  *parts.Flash // that no mail can be sent, and what to do; nil where mails are sent
	Filters parts.Filters
	List    parts.Listing
	Rows    []MailRow
}

// MailRow is one mail of the list.
type MailRow struct {
	parts.Row
	Kind     string // "Invitation"
	Failed   bool
	State    string // "Not sent", "Waiting" or "Being sent"
	Why      string // what the last attempt failed with; "" = nothing yet
	Attempts string // "3 attempts"; "" = none yet
	Queued   parts.When
	Next     string // when it is tried next: "in 5 minutes"; "" = not by itself
}
