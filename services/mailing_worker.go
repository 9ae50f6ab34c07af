package services

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bailiwick/models"
	"bailiwick/services/mail"
	"bailiwick/services/outbox"
)

// Mailer hands a mail to a mail server. It returns nil once the server has taken it, and a *mail.Failure otherwise.
type Mailer interface {
	Send(ctx context.Context, letter mail.Letter) error
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
	return outbox.Run(ctx, mailQueue{w}, w.console.now)
}

// mailQueue is the mails that wait.
type mailQueue struct{ *MailWorker }

func (q mailQueue) Claim(ctx context.Context, at, until time.Time) (models.Mail, error) {
	m, err := q.console.store.ClaimMail(ctx, at, until)
	if errors.Is(err, models.ErrNotFound) {
		return models.Mail{}, outbox.ErrEmpty
	}
	return m, err
}

func (q mailQueue) Name(m models.Mail) string {
	return fmt.Sprintf("mail %d (%s), attempt %d", m.ID, m.Kind, m.Attempts)
}

// Deliver writes the mail as things are now, and hands it over.
func (q mailQueue) Deliver(ctx context.Context, m models.Mail) error {
	says, err := q.console.compose(ctx, m)
	if err != nil {
		return err
	}
	letter := mail.Letter{
		To: m.Recipient, MessageID: m.MessageID, Date: m.CreatedAt, Subject: says.Subject, Paragraphs: says.Paragraphs,
		After: says.After,
	}
	if says.Path != "" {
		letter.LinkText, letter.Link = says.LinkText, q.baseURL+says.Path
	}
	return q.mailer.Send(ctx, letter)
}

func (q mailQueue) Record(ctx context.Context, m models.Mail, at time.Time, failure error) error {
	outcomeOfMail(&m, at, failure)
	err := q.console.store.MailTried(ctx, m)
	if errors.Is(err, models.ErrConflict) {
		return fmt.Errorf("%w: %w", outbox.ErrTaken, err)
	}
	return err
}

// outcomeOfMail says what becomes of the mail after an attempt that ended at a moment.
func outcomeOfMail(m *models.Mail, at time.Time, failure error) {
	var refused *mail.Failure
	m.State, m.NextAt, m.Error, m.EndedAt = models.MailWaiting, at, "", nil
	switch {
	case failure == nil:
		m.State, m.EndedAt = models.MailSent, &at
		return
	case errors.Is(failure, outbox.ErrObsolete):
		m.State, m.EndedAt = models.MailDropped, &at
		return
	case errors.As(failure, &refused):
		m.Error = refused.Told()
	default:
		m.Error = "Bailiwick could not write the mail; its log says why"
	}
	pause, again := outbox.Pause(m.Tries)
	if refused != nil && refused.Permanent || !again {
		m.State = models.MailFailed
		if m.OrganizationID == nil { // on no page: the person who asked for it asks again
			m.EndedAt = &at
		}
		return
	}
	m.NextAt = at.Add(pause)
}
