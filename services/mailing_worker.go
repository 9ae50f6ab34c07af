package services

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bailiwick/models"
	"bailiwick/services/mail"
)

// Mailer hands a mail to a mail server. It returns nil once the server has taken it, and a *mail.Failure otherwise.
type Mailer interface {
	Send(ctx context.Context, letter mail.Letter) error
}

// How a mail is sent.
const (
	// mailLease is how long a mail is left to whoever began to send it. It is longer than an attempt can take together
	// with writing down what became of it: a mail is sent again only when that process is gone.
	mailLease = 5 * time.Minute
	// mailRecording is how long writing that down is tried. A mail that was sent and not written down is sent again.
	mailRecording = 2 * time.Minute
	// mailGrace is what an attempt that has begun may still take after the signal to end.
	mailGrace = 10 * time.Second
)

// mailDelays are the pauses after the first attempt, the second, and so on. After the one that has none the mail has
// failed, and a person decides.
var mailDelays = []time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour,
}

// MailWorker sends the mails that wait, one at a time. Any number of them can work on the same database.
type MailWorker struct {
	console *Console
	mailer  Mailer
	baseURL string
}

// NewMailWorker makes a worker whose mails lead to the console at the base URL.
func (c *Console) NewMailWorker(mailer Mailer, baseURL string) *MailWorker {
	return &MailWorker{c, mailer, baseURL}
}

// SendDue sends until no mail is due, or the context ends: then the mail that is being sent is finished first. The error
// is the last attempt's that failed; it names the mail by its number and nobody's address.
func (w *MailWorker) SendDue(ctx context.Context) error {
	var failed error
	for ctx.Err() == nil {
		at := w.console.now()
		m, err := w.console.store.ClaimMail(ctx, at, at.Add(mailLease))
		if errors.Is(err, models.ErrNotFound) {
			return failed
		}
		if err != nil {
			return err
		}
		if err := w.attempt(ctx, m); err != nil {
			failed = fmt.Errorf("mail %d (%s), attempt %d: %w", m.ID, m.Kind, m.Attempts, err)
		}
	}
	return failed
}

// attempt tries to send the mail once, and writes down what became of it.
func (w *MailWorker) attempt(ctx context.Context, m models.Mail) error {
	sending, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(mailGrace, cancel) })()
	failure := w.send(sending, m)
	judge(&m, w.console.now(), failure)
	if errors.Is(failure, errNothingToSend) {
		failure = nil
	}
	return errors.Join(failure, w.record(context.WithoutCancel(ctx), m))
}

// send writes the mail as things are now, and hands it over.
func (w *MailWorker) send(ctx context.Context, m models.Mail) error {
	compose := composers[m.Kind]
	if compose == nil { // queued by a version that knew the kind
		return errNothingToSend
	}
	says, err := compose(ctx, w.console, m)
	if err != nil {
		return err
	}
	letter := mail.Letter{
		To: m.Recipient, MessageID: m.MessageID, Date: m.CreatedAt, Subject: says.Subject, Paragraphs: says.Paragraphs,
		After: says.After,
	}
	if says.Path != "" {
		letter.LinkText, letter.Link = says.LinkText, w.baseURL+says.Path
	}
	return w.mailer.Send(ctx, letter)
}

// judge says what becomes of the mail after an attempt that ended at a moment.
func judge(m *models.Mail, at time.Time, failure error) {
	var refused *mail.Failure
	m.State, m.NextAt, m.Error, m.EndedAt = models.MailWaiting, at, "", nil
	switch {
	case failure == nil:
		m.State, m.EndedAt = models.MailSent, &at
		return
	case errors.Is(failure, errNothingToSend):
		m.State, m.EndedAt = models.MailDropped, &at
		return
	case errors.As(failure, &refused):
		m.Error = refused.Told()
	default:
		m.Error = "Bailiwick could not write the mail; its log says why"
	}
	if refused != nil && refused.Permanent || m.Tries > len(mailDelays) {
		m.State = models.MailFailed
		if m.OrganizationID == nil { // on no page: whoever asked for it asks again
			m.EndedAt = &at
		}
		return
	}
	m.NextAt = at.Add(mailDelays[m.Tries-1])
}

// record writes the outcome down. What happened outside can't be taken back, so a database that fails is asked again.
func (w *MailWorker) record(ctx context.Context, m models.Mail) error {
	ctx, cancel := context.WithTimeout(ctx, mailRecording)
	defer cancel()
	for {
		err := w.console.store.MailTried(ctx, m)
		if err == nil || errors.Is(err, models.ErrConflict) {
			return err
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return err
		}
	}
}
