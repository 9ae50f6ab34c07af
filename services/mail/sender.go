package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	netmail "net/mail"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// Config is what a Sender is made of.
type Config struct {
	Server  Server
	From    *netmail.Address
	RootCAs *x509.CertPool // that certificates are checked with; nil = those of the system
	Timeout time.Duration  // of one mail from the connection to the last word; 0 = 30 seconds
}

// usualTimeout is ample for a server that hands mails on. A mail that takes longer is tried again.
const usualTimeout = 30 * time.Second

// Sender hands mails to one mail server, each over a connection of its own. It can be used by several at once.
type Sender struct{ config Config }

// New makes a Sender. Nothing is connected yet.
func New(c Config) *Sender {
	if c.Timeout == 0 {
		c.Timeout = usualTimeout
	}
	return &Sender{c}
}

// Send returns nil once the server has taken the mail. Any other outcome is a *Failure; where the connection broke
// between the end of the mail and the server's answer, nobody knows whether it took it.
func (s *Sender) Send(ctx context.Context, letter Letter) error {
	if !sound(letter.To) {
		return &Failure{What: "the recipient is no email address", Permanent: true}
	}
	text, err := s.written(letter)
	if err != nil {
		return &Failure{What: "the mail can’t be written", Permanent: true} // err may hold the address
	}
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	conn, err := s.dial(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // ends whatever waits for the server
	return s.converse(ctx, conn, letter.To, text)
}

func (s *Sender) dial(ctx context.Context) (net.Conn, error) {
	server := s.config.Server
	address := net.JoinHostPort(server.Host, strconv.Itoa(server.Port))
	plain := &net.Dialer{}
	if !server.TLS {
		conn, err := plain.DialContext(ctx, "tcp", address)
		return conn, unreached(ctx, err)
	}
	conn, err := (&tls.Dialer{NetDialer: plain, Config: s.tls()}).DialContext(ctx, "tcp", address)
	return conn, unreached(ctx, err)
}

func unreached(ctx context.Context, err error) error {
	var dialed *net.OpError
	if errors.As(err, &dialed) && dialed.Op == "dial" && ctx.Err() == nil {
		return &Failure{What: "the mail server can’t be reached", cause: err}
	}
	return greeting.failed(ctx, err)
}

func (s *Sender) tls() *tls.Config {
	return &tls.Config{ServerName: s.config.Server.Host, RootCAs: s.config.RootCAs, MinVersion: tls.VersionTLS12}
}

// converse speaks SMTP (RFC 5321) until the server has taken the mail or failed to.
func (s *Sender) converse(ctx context.Context, conn net.Conn, to string, text []byte) error {
	client, err := smtp.NewClient(conn, s.config.Server.Host)
	if err != nil {
		return greeting.failed(ctx, err)
	}
	if err := client.Hello(helloName()); err != nil {
		return greeting.failed(ctx, err)
	}
	if err := s.encrypt(client); err != nil {
		return encryption.failed(ctx, err)
	}
	if err := s.authenticate(client); err != nil {
		return login.failed(ctx, err)
	}
	client.SkipSMTPUTF8(ascii(to) && ascii(s.config.From.Address))
	if err := client.Mail("<" + s.config.From.Address + ">"); err != nil {
		return sender.failed(ctx, err)
	}
	if err := client.Rcpt("<" + to + ">"); err != nil {
		return recipient.failed(ctx, err)
	}
	if err := handOver(ctx, client, text); err != nil {
		return err
	}
	_, _ = client.Text.Cmd("QUIT") // the mail is theirs: whatever happens from here on is no failure
	return nil
}

func handOver(ctx context.Context, client *smtp.Client, text []byte) error {
	data, err := client.Data()
	if err != nil {
		return content.failed(ctx, err)
	}
	if _, err := data.Write(text); err != nil {
		return greeting.failed(ctx, err) // the server throws away what has no end
	}
	return lastWord.failed(ctx, data.Close())
}

// encrypt changes to TLS. A server on another machine has to offer it: somebody in between could leave the offer out.
func (s *Sender) encrypt(client *smtp.Client) error {
	if s.config.Server.TLS || s.config.Server.Plain {
		return nil
	}
	offered, _ := client.Extension("STARTTLS")
	switch {
	case offered:
		return client.StartTLS(s.tls())
	case s.config.Server.here():
		return nil
	}
	return errNoTLS
}

// authenticate proves who we are in the best way that the server offers. None of them sends a password over an
// unencrypted connection to another machine.
func (s *Sender) authenticate(client *smtp.Client) error {
	server := s.config.Server
	if server.User == "" {
		return nil
	}
	_, offered := client.Extension("AUTH")
	for _, way := range []struct {
		name string
		auth smtp.Auth
	}{
		{"SCRAM-SHA-256", smtp.ScramSHA256Auth(server.User, server.Password)},
		{"PLAIN", smtp.PlainAuth("", server.User, server.Password, server.Host, server.here())},
		{"LOGIN", smtp.LoginAuth(server.User, server.Password, server.Host, server.here())},
	} {
		if strings.Contains(" "+offered+" ", " "+way.name+" ") {
			return client.Auth(way.auth)
		}
	}
	return errNoLogin
}

// helloName is how this machine calls itself.
func helloName() string {
	if name, err := os.Hostname(); err == nil && name != "" && ascii(name) {
		return name
	}
	return "localhost"
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] <= ' ' {
			return false
		}
	}
	return true
}
