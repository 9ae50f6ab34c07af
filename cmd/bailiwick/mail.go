package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	netmail "net/mail"
	"net/url"
	"time"

	"bailiwick/services"
	"bailiwick/services/mail"
)

// mailSettings are how mails are sent.
type mailSettings struct {
	SMTP     string `name:"smtp" env:"BAILIWICK_SMTP" placeholder:"URL" help:"Mail server: smtp://user:password@host:port, or smtps:// (none: links are shown to copy)."`
	MailFrom string `env:"BAILIWICK_MAIL_FROM" placeholder:"EMAIL" help:"Sender of mails, such as Acme <console@example.com> (bailiwick@ and the host of the base URL)."`

	server mail.Server
	from   *netmail.Address
}

// How many mails are under way at once, so that one that hangs keeps few waiting, and how often each way looks for more.
const (
	mailWays  = 4
	mailEvery = time.Second
)

// read refuses a mail server and a sender that could not work. Without a mail server there is neither.
func (m *mailSettings) read(baseURL string) error {
	if m.SMTP == "" {
		return nil
	}
	var err error
	if m.server, err = mail.ParseServer(m.SMTP); err != nil {
		return fmt.Errorf("--smtp: %w", err)
	}
	from := m.MailFrom
	if from == "" {
		from = m.usualFrom(baseURL)
	}
	if m.from, err = mail.ParseFrom(from); err != nil {
		return fmt.Errorf("--mail-from: %w", err)
	}
	return nil
}

// usualFrom is the user of the mail server, if that is an e-mail, or else an address of the host at which people reach the
// console.
func (m *mailSettings) usualFrom(baseURL string) string {
	if _, err := mail.ParseFrom(m.server.User); err == nil {
		return m.server.User
	}
	host := "localhost"
	if u, err := url.Parse(baseURL); err == nil && u.Hostname() != "" && net.ParseIP(u.Hostname()) == nil {
		host = u.Hostname()
	}
	return "bailiwick@" + host
}

// address is the sender of mails, without a name; "" where there is no mail server.
func (m *mailSettings) address() string {
	if m.from == nil {
		return ""
	}
	return m.from.Address
}

// keepMailing sends what waits until the function that it returns is called, which lets the mails that are under way
// finish.
func (m *mailSettings) keepMailing(ctx context.Context, log *slog.Logger, console *services.Console, baseURL string) (stop func()) {
	if m.from == nil {
		return func() {}
	}
	worker := console.NewMailWorker(mail.New(mail.Config{Server: m.server, From: m.from}), baseURL)
	var stops []func()
	for range mailWays {
		stops = append(stops, keepDoing(ctx, log, "send mail", mailEvery, worker.SendDue))
	}
	return func() {
		for _, stop := range stops {
			stop()
		}
	}
}
