// Package mail hands mails to a mail server. It knows nothing of the console: what a mail says comes as a Letter, and
// what the server made of it goes back as an error that tells whether another try can help.
package mail

import "time"

// Letter is a mail with everything that it says, in words for people. None of its texts is trusted: names in it may hold
// line ends or tags, and become plain text in one line.
type Letter struct {
	To         string // e-mail, without a name
	MessageID  string // the same at each try, without angle brackets
	Date       time.Time
	Subject    string
	Paragraphs []string // before the link
	LinkText   string   // what the link does, such as "Open the invitation"
	Link       string   // the one link, absolute
	After      []string // paragraphs after the link
}
