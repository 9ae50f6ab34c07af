package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/textproto"
	"regexp"
	"strings"
	"unicode"
)

// Failure is why a mail was not sent. Its text is fit for a log: it holds nobody's address and no password.
type Failure struct {
	What      string // in words for people
	Permanent bool   // the server will not take this mail: another try does not help by itself
	Reply     string // what the server said, in one line, which may name the recipient; "" = nothing
	cause     error  // of the connection; nil where the server answered
}

// Error says what happened, with the cause where that is the connection and the number where it is an answer.
func (f *Failure) Error() string {
	if f.cause != nil {
		return fmt.Sprintf("%s: %v", f.What, f.cause)
	}
	if code, _, ok := strings.Cut(f.Reply, " "); ok {
		return fmt.Sprintf("%s (%s)", f.What, code)
	}
	return f.What
}

// Told is what happened in words for those who look after mails: with the server's answer, without technical causes.
func (f *Failure) Told() string {
	if f.Reply != "" {
		return f.What + ": " + f.Reply
	}
	return f.What
}

// Unwrap is what broke the connection.
func (f *Failure) Unwrap() error { return f.cause }

// What a server does not offer, and mails are not sent without.
var (
	errNoTLS   = &Failure{What: "the mail server offers no STARTTLS: use smtps://, or allow plain text with ?starttls=never"}
	errNoLogin = &Failure{What: "the mail server offers no way to authenticate that Bailiwick knows: SCRAM-SHA-256, PLAIN, LOGIN"}
)

// links are what a server may quote from a mail that it refuses. Those in our mails open something.
var links = regexp.MustCompile(`(?i)\bhttps?:\S+|\S*/(join|sign-in|reset-password)\S*`)

// step is one exchange with a mail server.
type step struct {
	refused   string // what it means that the server says no
	permanent bool   // when it says so with a 5
	broken    string // what it means that the connection breaks; "" = only that
}

var (
	greeting   = step{refused: "the mail server talks to nobody now"}
	encryption = step{refused: "the mail server refused a secure connection"}
	login      = step{refused: "the mail server refused the user name or password"}
	sender     = step{refused: "the mail server refused the sender"}
	recipient  = step{refused: "the mail server refused the recipient", permanent: true}
	content    = step{refused: "the mail server refused the mail", permanent: true}
	lastWord   = step{refused: "the mail server refused the mail", permanent: true,
		broken: "the connection ended before the mail server said whether it took the mail"}
)

// failed makes the error of a step one that says what it means.
func (s step) failed(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var reply *textproto.Error
	var certificate *tls.CertificateVerificationError
	var noTLS tls.RecordHeaderError
	var known *Failure
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &reply) && reply.Code/100 == 4:
		return &Failure{What: s.refused + " for now", Reply: said(reply)}
	case errors.As(err, &reply):
		return &Failure{What: s.refused, Permanent: s.permanent, Reply: said(reply)}
	case s.broken != "":
		return &Failure{What: s.broken, cause: err}
	case ctx.Err() != nil:
		return &Failure{What: "the mail server did not answer in time", cause: ctx.Err()}
	case errors.As(err, &certificate), errors.As(err, &noTLS):
		return &Failure{What: "no secure connection to the mail server", cause: err}
	}
	return &Failure{What: "the connection to the mail server broke", cause: err}
}

// longestReply is how much is kept of what a server says, in characters.
const longestReply = 300

// printable is text in one line, without what changes the direction of what is shown or can't be seen.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp):
			return ' '
		case unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// said is a server's answer as it is kept.
func said(reply *textproto.Error) string {
	runes := []rune(links.ReplaceAllString(printable(fmt.Sprintf("%d %s", reply.Code, reply.Msg)), "(a link)"))
	return string(runes[:min(len(runes), longestReply)])
}
