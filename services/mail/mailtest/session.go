package mailtest

import (
	"errors"
	"io"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Stage is a moment in a conversation.
type Stage string

// The stages, in order.
const (
	AtSender     Stage = "sender"     // MAIL FROM
	AtRecipient  Stage = "recipient"  // RCPT TO
	BeforeData   Stage = "before"     // DATA was let begin, and nothing of the mail is read
	AfterData    Stage = "after"      // the mail is read and thrown away
	AfterKeeping Stage = "after-keep" // the mail is kept, and nothing was said yet
)

// Trouble is what goes wrong in a conversation. Of Hang, Drop and Code the first that is given counts.
type Trouble struct {
	At      Stage
	Only    string        // concerns mails to this address alone, from the stage AtRecipient on; "" = all
	Hang    bool          // says nothing more
	Drop    bool          // breaks the connection
	Code    int           // answers with this number
	Message string        // and this text
	Slow    time.Duration // before each answer, whatever At says
}

// session is one conversation.
type session struct {
	server        *Server
	conn          *smtp.Conn
	authenticated bool
	from          string
	recipients    []string
}

// AuthMechanisms is the one way to authenticate, where that is asked for.
func (s *session) AuthMechanisms() []string {
	if s.server.options.User == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth begins it.
func (s *session) Auth(mechanism string) (sasl.Server, error) {
	check := func(user, password string) error {
		s.authenticated = user == s.server.options.User && password == s.server.options.Password
		if !s.authenticated {
			return smtp.ErrAuthFailed
		}
		return nil
	}
	if mechanism == sasl.Plain {
		return sasl.NewPlainServer(func(_, user, password string) error { return check(user, password) }), nil
	}
	return nil, smtp.ErrAuthUnknownMechanism
}

// Mail takes the sender.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.server.options.User != "" && !s.authenticated {
		return smtp.ErrAuthRequired
	}
	s.from = from
	return s.trouble(AtSender)
}

// Rcpt takes a recipient.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.recipients = append(s.recipients, to)
	return s.trouble(AtRecipient)
}

// Data takes the mail.
func (s *session) Data(r io.Reader) error {
	if err := s.trouble(BeforeData); err != nil {
		return err
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.trouble(AfterData); err != nil {
		return err
	}
	_, secure := s.conn.TLSConnectionState()
	m, err := parse(raw)
	if err != nil {
		return err
	}
	m.From, m.Recipients, m.Encrypted, m.Authenticated = s.from, s.recipients, secure, s.authenticated
	s.server.keep(m)
	return s.trouble(AfterKeeping)
}

// Reset begins another mail.
func (s *session) Reset() { s.from, s.recipients = "", nil }

// Logout ends the conversation.
func (s *session) Logout() error { return nil }

var errDropped = errors.New("dropped")

// trouble makes the stage go wrong, if it is to.
func (s *session) trouble(at Stage) error {
	s.server.mu.Lock()
	trouble := s.server.trouble
	s.server.mu.Unlock()
	if !s.pause(trouble.Slow) {
		return errDropped
	}
	concerned := trouble.Only == "" || len(s.recipients) > 0 && s.recipients[0] == trouble.Only
	if trouble.At != at || !concerned {
		return nil
	}
	switch {
	case trouble.Hang:
		return s.hang()
	case trouble.Drop:
		_ = s.conn.Conn().Close()
		return errDropped
	case trouble.Code != 0:
		return &smtp.SMTPError{Code: trouble.Code, EnhancedCode: smtp.NoEnhancedCode, Message: trouble.Message}
	}
	return nil
}

// pause waits, and tells whether the server is still open.
func (s *session) pause(d time.Duration) bool {
	if d == 0 {
		return true
	}
	select {
	case <-time.After(d):
		return true
	case <-s.server.closed:
		return false
	}
}

// hang waits for Release, and then goes on as if nothing had happened.
func (s *session) hang() error {
	s.server.mu.Lock()
	s.server.hanging++
	release := s.server.release
	s.server.mu.Unlock()
	defer func() {
		s.server.mu.Lock()
		defer s.server.mu.Unlock()
		s.server.hanging--
	}()
	select {
	case <-release:
		return nil
	case <-s.server.closed:
		return errDropped
	}
}

// Release lets the conversations that hang go on.
func (s *Server) Release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.release)
	s.release = make(chan struct{})
}

// Hanging is how many conversations hang.
func (s *Server) Hanging() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hanging
}
