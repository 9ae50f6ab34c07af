package webtest

import (
	"testing"

	"bailiwick/services"
	"bailiwick/services/mail"
	"bailiwick/services/mail/mailtest"
)

// mailFrom is the sender of the console's mails.
const mailFrom = "console@example.com"

// newWorker sends the console's mails to the server; nil where there is none.
func newWorker(t testing.TB, console *services.Console, server *mailtest.Server, baseURL string) *services.MailWorker {
	t.Helper()
	if server == nil {
		return nil
	}
	to, err := mail.ParseServer(server.URL())
	must(t, err)
	from, err := mail.ParseFrom(mailFrom)
	must(t, err)
	return console.NewMailWorker(mail.New(mail.Config{Server: to, From: from, RootCAs: server.RootCAs()}), baseURL)
}

// SendMails sends what is due, and gives what went wrong last. Tests call it where the program does so every second.
func (s *Server) SendMails(t testing.TB) error {
	t.Helper()
	if s.worker == nil {
		t.Fatal("no mail server is configured: give one in Options.Mails")
	}
	return s.worker.SendDue(t.Context())
}
