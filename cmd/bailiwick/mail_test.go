package main

import (
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"bailiwick/services/mail/mailtest"
)

const reader = "administrator@example.com"

// mailing serves the demo with a mail server that asks for TLS and a password, and trusts its certificate.
func (p place) mailing(server *mailtest.Server) *served {
	p.t.Helper()
	p.write("certificate.pem", string(server.CertificatePEM()))
	p.t.Setenv("SSL_CERT_FILE", "certificate.pem")
	s := p.serve("--demo", "--smtp", server.URL(), "--mail-from", "Acme <console@example.com>")
	s.await("member set-password acme") // the end of how to sign in
	return s
}

// forget asks for a link to set a new password.
func (s *served) forget() {
	s.t.Helper()
	request, err := http.NewRequest(http.MethodPost, s.url+"/forgot-password", strings.NewReader(url.Values{"email": {reader}}.Encode()))
	must(s.t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	answer, err := http.DefaultClient.Do(request)
	must(s.t, err)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		s.t.Fatalf("asking for a link answers %d", answer.StatusCode)
	}
}

// rest ends the program and gives what else it said.
func (s *served) rest() string {
	s.t.Helper()
	must(s.t, s.command.Process.Signal(syscall.SIGTERM))
	var said strings.Builder
	for s.said.Scan() {
		said.WriteString(s.said.Text() + "\n")
	}
	s.ended()
	return said.String()
}

func TestMailsAreSentOverTLSWithTheLinkThatPeopleReach(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{STARTTLS: true, User: "bailiwick", Password: "a secret"})
	s := newPlace(t).mailing(server)
	s.forget()
	got := server.Wait(t, reader, 1)[0]
	if !got.Encrypted || !got.Authenticated || got.Header.Get("From") != `"Acme" <console@example.com>` {
		t.Errorf("got %+v", got)
	}
	if link := got.Link(); !strings.HasPrefix(link, s.url+"/reset-password/") || s.get(strings.TrimPrefix(link, s.url)) != http.StatusSeeOther {
		t.Errorf("the mail links to %q", link)
	}
	if said := s.rest(); strings.Contains(said, "@") || strings.Contains(said, "secret") {
		t.Errorf("the log names somebody:\n%s", said)
	}
}

// What is refused stands in the log once, without an address, and the password of the mail server nowhere.
func TestALogOfFailuresNamesNobody(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{STARTTLS: true, User: "bailiwick", Password: "a secret"})
	server.Misbehave(mailtest.Trouble{At: mailtest.AtRecipient, Code: 550, Message: "No " + reader + " here"})
	s := newPlace(t).mailing(server)
	s.forget()
	line := s.await("send mail")
	if said := line + s.rest(); strings.Contains(said, reader) || strings.Contains(said, "secret") ||
		!strings.Contains(line, "refused the recipient") {
		t.Errorf("the log says\n%s", said)
	}
}

func TestTheMailInHandIsFinishedBeforeTheEnd(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	server.Misbehave(mailtest.Trouble{At: mailtest.AtRecipient, Hang: true})
	s := newPlace(t).mailing(server)
	s.forget()
	until(t, func() bool { return server.Hanging() > 0 })
	must(t, s.command.Process.Signal(syscall.SIGTERM))
	until(t, func() bool { return !s.listens() })
	server.Release()
	s.ended()
	if got := len(server.MailsTo(reader)); got != 1 {
		t.Errorf("%d mails arrived, want 1", got)
	}
}

// until waits for what has to come.
func until(t *testing.T, done func() bool) {
	t.Helper()
	for deadline := time.After(testPatience); !done(); {
		select {
		case <-deadline:
			t.Fatal("it did not come to that")
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// listens tells whether the program still takes connections.
func (s *served) listens() bool {
	connection, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err == nil {
		_ = connection.Close()
	}
	return err == nil
}

func TestFaultyMailSettingsAreRefusedWithoutRepeatingAPassword(t *testing.T) {
	p := newPlace(t)
	for args, want := range map[string]string{
		"--smtp smtp://bailiwick:hidden@mail.example.com":                  "--smtp: the port is missing",
		"--smtp https://bailiwick:hidden@mail.example.com:25":              "--smtp: use a form such as smtp://",
		"--smtp smtp://bailiwick:hidden@mail.example.com:25?x=1":           "--smtp: the only option",
		"--smtp smtp://mail.example.com:25 --mail-from nobody":             `--mail-from: "nobody" is no email address`,
		"--smtp smtps://bailiwick:hidden@mail.example.com:465?starttls=no": "--smtp: the only option",
	} {
		got := p.run("", append([]string{"migrate"}, strings.Fields(args)...)...)
		p.expect(got, exitFailed, "", want)
		if strings.Contains(got.errors, "hidden") {
			t.Errorf("%s: the error repeats the password: %s", args, got.errors)
		}
	}
}
