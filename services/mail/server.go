package mail

import (
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
)

// Server is a mail server, and how to speak with it.
type Server struct {
	Host           string
	Port           int
	User, Password string // "" = without authentication
	TLS            bool   // from the first byte, instead of STARTTLS
	Plain          bool   // STARTTLS is not asked for, whatever the server offers
}

// forms is what an address of a mail server may look like.
const forms = "use a form such as smtp://user:password@mail.example.com:587 or smtps://user:password@mail.example.com:465, " +
	"with %-codes for special characters in user and password"

// ParseServer reads the address of a mail server: smtp:// begins unencrypted and changes to TLS, smtps:// begins with TLS.
// With ?starttls=never it stays unencrypted, for a network that is trusted. No error repeats the address, which may hold
// a password.
func ParseServer(address string) (Server, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" || u.Path != "" && u.Path != "/" ||
		u.Fragment != "" {
		return Server{}, errors.New(forms)
	}
	s := Server{Host: u.Hostname(), TLS: u.Scheme == "smtps", User: u.User.Username()}
	s.Password, _ = u.User.Password()
	if s.Port, err = strconv.Atoi(u.Port()); err != nil || s.Port < 1 || s.Port > 65535 {
		return Server{}, errors.New("the port is missing or none: " + forms)
	}
	if (s.User == "") != (s.Password == "") {
		return Server{}, errors.New("user and password go together: " + forms)
	}
	return s, s.readOptions(u)
}

func (s *Server) readOptions(u *url.URL) error {
	wrong := errors.New("the only option is ?starttls=never, with smtp://: " + forms)
	options, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return wrong
	}
	if s.Plain = options.Get("starttls") == "never"; s.Plain {
		options.Del("starttls")
	}
	if len(options) > 0 || s.Plain && s.TLS {
		return wrong
	}
	if s.Plain && s.User != "" && !s.here() {
		return errors.New("a password needs an encrypted connection: leave out ?starttls=never, or the user and password")
	}
	return nil
}

// here tells whether the server is this machine, so that what is said to it passes no network.
func (s *Server) here() bool {
	ip := net.ParseIP(s.Host)
	return s.Host == "localhost" || ip != nil && ip.IsLoopback()
}

// ParseFrom reads the sender of mails: an e-mail, perhaps with a name before it.
func ParseFrom(from string) (*netmail.Address, error) {
	a, err := netmail.ParseAddress(from)
	if err != nil || !sound(a.Address) {
		return nil, fmt.Errorf("%q is no email address: use a form such as console@example.com or Bailiwick <console@example.com>", from)
	}
	if a.Name == "" {
		a.Name = "Bailiwick"
	}
	return a, nil
}

// sound tells whether an e-mail can stand in a header and in a command as it is.
func sound(address string) bool {
	a, err := netmail.ParseAddress(address)
	return err == nil && a.Address == address && !strings.ContainsAny(address, " \t\r\n<>\"\x00")
}
