// Package mailtest is a real mail server inside a test, which keeps what arrives and can be told to misbehave.
package mailtest

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// Options are how a Server listens. The zero value takes mail from anybody over plain TCP, on a free port.
type Options struct {
	STARTTLS bool   // offered
	TLS      bool   // from the first byte
	User     string // "" = no authentication
	Password string
	Address  string // HOST:PORT, to come back where an earlier server was; "" = a free port of this machine
}

// Server is a mail server on this machine.
type Server struct {
	options Options
	address string
	tls     *certificate
	closed  chan struct{}
	stop    func()

	mu      sync.Mutex
	trouble Trouble
	mails   []Mail
	arrived chan struct{} // closed and made anew with each mail
	release chan struct{} // closed and made anew by Release
	hanging int           // conversations
}

// Start serves until the test ends.
func Start(t testing.TB, options Options) *Server {
	t.Helper()
	s, err := Listen(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// Listen serves until Close, for those who serve several tests.
func Listen(options Options) (*Server, error) {
	s := &Server{options: options, arrived: make(chan struct{}), release: make(chan struct{}), closed: make(chan struct{})}
	var err error
	if s.tls, err = newCertificate(); err != nil {
		return nil, err
	}
	address := options.Address
	if address == "" {
		address = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	s.address = listener.Addr().String()
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{server: s, conn: c}, nil
	}))
	server.Domain, server.AllowInsecureAuth, server.EnableSMTPUTF8 = "localhost", true, true
	server.ErrorLog = log.New(io.Discard, "", 0) // broken conversations are what tests are about
	switch {
	case options.TLS:
		listener = tls.NewListener(listener, s.tls.config)
	case options.STARTTLS:
		server.TLSConfig = s.tls.config
	}
	go func() { _ = server.Serve(listener) }()
	s.stop = sync.OnceFunc(func() { close(s.closed); _ = listener.Close(); _ = server.Close() })
	return s, nil
}

// Close ends all conversations. What arrived stays to be read.
func (s *Server) Close() { s.stop() }

// URL is what Bailiwick's --smtp takes.
func (s *Server) URL() string {
	u := url.URL{Scheme: "smtp", Host: s.address}
	if s.options.TLS {
		u.Scheme = "smtps"
	}
	if s.options.User != "" {
		u.User = url.UserPassword(s.options.User, s.options.Password)
	}
	return u.String()
}

// Address is where it listens, as HOST:PORT.
func (s *Server) Address() string { return s.address }

// RootCAs are what the server's certificate is trusted by.
func (s *Server) RootCAs() *x509.CertPool { return s.tls.pool }

// CertificatePEM is the same as a file for SSL_CERT_FILE.
func (s *Server) CertificatePEM() []byte { return s.tls.pem }

// Misbehave makes conversations that begin from now on go wrong, until it is called again. The zero Trouble is none.
func (s *Server) Misbehave(trouble Trouble) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = trouble
}

// Mails are what arrived, the oldest first. A mail that came twice is there twice.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.mails)
}

// MailsTo are those that arrived for an address.
func (s *Server) MailsTo(address string) []Mail {
	return slices.DeleteFunc(s.Mails(), func(m Mail) bool { return !slices.Contains(m.Recipients, address) })
}

// patience is how long tests wait for what has to come.
const patience = time.Minute

// Wait waits until so many mails have arrived for an address, and gives all for it.
func (s *Server) Wait(t testing.TB, address string, count int) []Mail {
	t.Helper()
	deadline := time.After(patience)
	for {
		s.mu.Lock()
		arrived := s.arrived
		s.mu.Unlock()
		if mails := s.MailsTo(address); len(mails) >= count {
			return mails
		}
		select {
		case <-arrived:
		case <-deadline:
			t.Fatalf("%d mails came for %s, not %d", len(s.MailsTo(address)), address, count)
		}
	}
}

func (s *Server) keep(m Mail) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, m)
	close(s.arrived)
	s.arrived = make(chan struct{})
}
