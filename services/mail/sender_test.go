package mail_test

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"bailiwick/services/mail"
	"bailiwick/services/mail/mailtest"
)

var at = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

func letter() mail.Letter {
	return mail.Letter{
		To: "reader@example.com", MessageID: "one@example.com", Date: at, Subject: "Join Acme",
		Paragraphs: []string{"You are invited.", "Until tomorrow."}, LinkText: "Open the invitation",
		Link: "https://console.example.com/join/abc?x=1&y=2", After: []string{"If in doubt, ignore it."},
	}
}

// sender is one for the server, which trusts the roots and loses patience soon.
func sender(t *testing.T, url string, roots *x509.CertPool, timeout time.Duration) *mail.Sender {
	t.Helper()
	server, err := mail.ParseServer(url)
	if err != nil {
		t.Fatal(err)
	}
	from, err := mail.ParseFrom("console@example.com")
	if err != nil {
		t.Fatal(err)
	}
	return mail.New(mail.Config{Server: server, From: from, RootCAs: roots, Timeout: timeout})
}

func send(t *testing.T, server *mailtest.Server, l mail.Letter) error {
	t.Helper()
	return sender(t, server.URL(), server.RootCAs(), 0).Send(context.Background(), l)
}

func failure(t *testing.T, err error) *mail.Failure {
	t.Helper()
	var f *mail.Failure
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want a Failure", err)
	}
	return f
}

func TestALetterArrivesWithBothPartsAndItsOneLink(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	if err := send(t, server, letter()); err != nil {
		t.Fatal(err)
	}
	got := server.Wait(t, "reader@example.com", 1)[0]
	if got.From != "console@example.com" || got.Subject != "Join Acme" || got.Header.Get("To") != "<reader@example.com>" {
		t.Errorf("got from %q, subject %q, to %q", got.From, got.Subject, got.Header.Get("To"))
	}
	if from := got.Header.Get("From"); from != `"Bailiwick" <console@example.com>` {
		t.Errorf("got From %q", from)
	}
	if id := got.Header.Get("Message-ID"); id != "<one@example.com>" {
		t.Errorf("got Message-ID %q", id)
	}
	if date, err := got.Header.Date(); err != nil || !date.Equal(at) {
		t.Errorf("got date %v, %v", date, err)
	}
	if auto := got.Header.Get("Auto-Submitted"); auto != "auto-generated" {
		t.Errorf("got Auto-Submitted %q", auto)
	}
	want := "You are invited.\n\nUntil tomorrow.\n\nOpen the invitation:\nhttps://console.example.com/join/abc?x=1&y=2\n\n" +
		"If in doubt, ignore it.\n"
	if text := strings.ReplaceAll(got.Text, "\r\n", "\n"); text != want || got.Link() != letter().Link {
		t.Errorf("got the text\n%q, want\n%q", text, want)
	}
	if !strings.Contains(got.HTML, `<a href="https://console.example.com/join/abc?x=1&amp;y=2">Open the invitation</a>`) ||
		strings.Count(got.HTML, "href") != 1 {
		t.Errorf("the HTML part lacks the one link:\n%s", got.HTML)
	}
}

func TestNothingInALetterBecomesAHeaderOrMarkup(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	l := letter()
	l.Subject = "Join A\r\nBcc: victim@example.com\u2028and\u202e B"
	l.Paragraphs = []string{"<script>alert(1)</script>\r\n.\r\nMAIL FROM:<x@example.com>", ".", "Grüße"}
	l.LinkText = "Open\r\n\r\n<b>"
	l.Link = "javascript:alert(1)"
	l.MessageID = "one@example.com>\r\nBcc: victim@example.com"
	if err := send(t, server, l); err != nil {
		t.Fatal(err)
	}
	mails := server.Mails()
	if len(mails) != 1 || len(mails[0].Recipients) != 1 {
		t.Fatalf("got %d mails to %v", len(mails), mails)
	}
	got := mails[0]
	if len(got.Header["Bcc"]) > 0 {
		t.Errorf("a header was smuggled in: %v", got.Header)
	}
	if want := "Join A Bcc: victim@example.com and B"; got.Subject != want {
		t.Errorf("got the subject %q, want %q", got.Subject, want)
	}
	if strings.Contains(got.HTML, "<script") || strings.Contains(got.HTML, "<b>") || strings.Contains(got.HTML, "href=\"javascript") {
		t.Errorf("markup was smuggled in:\n%s", got.HTML)
	}
	if !strings.Contains(got.Text, "\r\n.\r\n") || !strings.Contains(got.Text, "Grüße") {
		t.Errorf("the text was changed:\n%q", got.Text)
	}
}

func TestARecipientThatIsNoPlainAddressIsRefusedBeforeAnybodyIsAsked(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	for _, to := range []string{
		"", "reader", "Reader <reader@example.com>", "reader@example.com>\r\nRCPT TO:<victim@example.com",
		"reader@example.com,victim@example.com", "reader@example.com victim@example.com", "\"a\nb\"@example.com",
	} {
		l := letter()
		l.To = to
		f := failure(t, send(t, server, l))
		if !f.Permanent || to != "" && strings.Contains(f.Error(), to) {
			t.Errorf("to %q: got %+v, want a permanent failure that does not repeat the address", to, f)
		}
	}
	if mails := server.Mails(); len(mails) > 0 {
		t.Errorf("%d mails arrived", len(mails))
	}
}

func TestMailGoesOverTLSWhereverTheServerOffersIt(t *testing.T) {
	for name, options := range map[string]mailtest.Options{
		"STARTTLS": {STARTTLS: true, User: "bailiwick", Password: "p@ss: wörd/%"},
		"smtps":    {TLS: true, User: "bailiwick", Password: "p@ss: wörd/%"},
	} {
		t.Run(name, func(t *testing.T) {
			server := mailtest.Start(t, options)
			if err := send(t, server, letter()); err != nil {
				t.Fatal(err)
			}
			if got := server.Mails(); len(got) != 1 || !got[0].Encrypted || !got[0].Authenticated {
				t.Errorf("got %+v, want one mail that came encrypted from who authenticated", got)
			}
		})
	}
}

func TestACertificateThatNobodyTrustsEndsTheConversation(t *testing.T) {
	for name, options := range map[string]mailtest.Options{"STARTTLS": {STARTTLS: true}, "smtps": {TLS: true}} {
		t.Run(name, func(t *testing.T) {
			server := mailtest.Start(t, options)
			f := failure(t, sender(t, server.URL(), nil, 0).Send(context.Background(), letter()))
			if f.Permanent || f.What != "no secure connection to the mail server" || len(server.Mails()) > 0 {
				t.Errorf("got %v and %d mails", f, len(server.Mails()))
			}
		})
	}
}

// Somebody in between could have left the offer out. The unspecified address leads here without being known to.
func TestAServerElsewhereHasToOfferTLS(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	_, port, err := net.SplitHostPort(server.Address())
	if err != nil {
		t.Fatal(err)
	}
	if err := sender(t, "smtp://localhost:"+port, nil, 0).Send(context.Background(), letter()); err != nil {
		t.Errorf("to this machine by name: %v", err)
	}
	elsewhere := "smtp://0.0.0.0:" + port
	f := failure(t, sender(t, elsewhere, nil, 0).Send(context.Background(), letter()))
	if !strings.Contains(f.Error(), "STARTTLS") {
		t.Errorf("got %v, want a word about STARTTLS", f)
	}
	if err := sender(t, elsewhere+"?starttls=never", nil, 0).Send(context.Background(), letter()); err != nil {
		t.Errorf("with ?starttls=never: %v", err)
	}
	if got := len(server.Mails()); got != 2 {
		t.Errorf("%d mails arrived, want 2", got)
	}
}

// Attack: a server that quotes the mail it refuses must not carry the mail's link onto a page of the console.
func TestLinksThatAServerQuotesAreNotKept(t *testing.T) {
	for _, quoted := range []string{
		"https://console.example.com/join/c2VjcmV0", "HTTP://console.example.com/reset-password/c2VjcmV0?x", "console.example.com/sign-in/link/c2VjcmV0",
	} {
		server := mailtest.Start(t, mailtest.Options{})
		server.Misbehave(mailtest.Trouble{At: mailtest.AfterData, Code: 550, Message: "spam: <" + quoted + "> is listed"})
		f := failure(t, send(t, server, letter()))
		if strings.Contains(f.Told(), "c2VjcmV0") || !strings.Contains(f.Told(), "spam:") {
			t.Errorf("kept is %q", f.Told())
		}
	}
}

func TestWhatAServerRefusesIsToldApart(t *testing.T) {
	const reply = "No reader@example.com here"
	for _, c := range []struct {
		trouble   mailtest.Trouble
		what      string
		permanent bool
	}{
		{mailtest.Trouble{At: mailtest.AtSender, Code: 550}, "refused the sender", false},
		{mailtest.Trouble{At: mailtest.AtRecipient, Code: 550}, "refused the recipient", true},
		{mailtest.Trouble{At: mailtest.AtRecipient, Code: 450}, "refused the recipient for now", false},
		{mailtest.Trouble{At: mailtest.AfterData, Code: 554}, "refused the mail", true},
		{mailtest.Trouble{At: mailtest.AfterData, Code: 451}, "refused the mail for now", false},
	} {
		server := mailtest.Start(t, mailtest.Options{})
		c.trouble.Message = reply
		server.Misbehave(c.trouble)
		f := failure(t, send(t, server, letter()))
		if !strings.Contains(f.What, c.what) || f.Permanent != c.permanent || !strings.Contains(f.Reply, reply) {
			t.Errorf("%+v: got %+v", c.trouble, f)
		}
		if strings.Contains(f.Error(), "reader") || !strings.Contains(f.Told(), reply) {
			t.Errorf("%+v: the log would read %q, the page %q", c.trouble, f.Error(), f.Told())
		}
	}
}

func TestAWrongPasswordIsNoFaultOfTheMail(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{STARTTLS: true, User: "bailiwick", Password: "right"})
	wrong := strings.Replace(server.URL(), "right", "wrong", 1)
	f := failure(t, sender(t, wrong, server.RootCAs(), 0).Send(context.Background(), letter()))
	if f.Permanent || f.What != "the mail server refused the user name or password" || strings.Contains(f.Error(), "wrong") {
		t.Errorf("got %+v", f)
	}
}

func TestAServerThatHangsOrBreaksOffIsAFailureThatPasses(t *testing.T) {
	for _, stage := range []mailtest.Stage{
		mailtest.AtSender, mailtest.AtRecipient, mailtest.BeforeData, mailtest.AfterData, mailtest.AfterKeeping,
	} {
		server := mailtest.Start(t, mailtest.Options{})
		server.Misbehave(mailtest.Trouble{At: stage, Hang: true})
		f := failure(t, sender(t, server.URL(), nil, 100*time.Millisecond).Send(context.Background(), letter()))
		if f.Permanent {
			t.Errorf("hangs at %s: got %+v", stage, f)
		}
		server.Misbehave(mailtest.Trouble{At: stage, Drop: true})
		f = failure(t, send(t, server, letter()))
		if lost := strings.Contains(f.What, "before the mail server said whether it took the mail"); f.Permanent ||
			lost != (stage != mailtest.AtSender && stage != mailtest.AtRecipient) {
			t.Errorf("breaks off at %s: got %q", stage, f.What)
		}
		server.Misbehave(mailtest.Trouble{})
		if err := send(t, server, letter()); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	}
}

func TestASlowServerIsWaitedFor(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	server.Misbehave(mailtest.Trouble{Slow: 20 * time.Millisecond})
	if err := send(t, server, letter()); err != nil || len(server.Mails()) != 1 {
		t.Errorf("got %v and %d mails", err, len(server.Mails()))
	}
}

// What accepts connections and is no mail server, or nothing at all.
func TestNobodyWhoAnswersIsAFailureThatPasses(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for _, scheme := range []string{"smtp://", "smtps://"} {
		f := failure(t, sender(t, scheme+silent.Addr().String(), nil, 50*time.Millisecond).Send(context.Background(), letter()))
		if f.Permanent || f.What != "the mail server did not answer in time" {
			t.Errorf("%s that says nothing: got %v", scheme, f)
		}
	}
	gone := mailtest.Start(t, mailtest.Options{})
	address := gone.Address()
	gone.Close()
	f := failure(t, sender(t, "smtp://"+address, nil, 0).Send(context.Background(), letter()))
	if f.Permanent || f.What != "the mail server can’t be reached" {
		t.Errorf("nobody there: got %v", f)
	}
}
