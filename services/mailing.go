package services

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"bailiwick/models"
	"bailiwick/services/outbox"
)

// The kinds of mails. Compose writes each.
const (
	MailInvitation    = "invitation"     // AboutID: the invitation
	MailPasswordReset = "password-reset" // AboutID: the person
	MailSignInLink    = "sign-in-link"   // AboutID: the person
)

// mailsKept is how long the row of a mail that was sent or given up is kept.
const mailsKept = 30 * 24 * time.Hour

// Message is what a mail says. Its link is made of a path beneath the address under which people reach the console, so
// that nothing that a request says can lead anywhere else.
type Message struct {
	Subject    string
	Paragraphs []string // before the link
	LinkText   string   // what the link does
	Path       string   // begins with a slash; may hold a secret that was made for this mail
	After      []string // paragraphs after the link
}

// compose writes a mail at the moment at which it is sent. It makes the secret of the link then: each attempt makes another,
// and earlier ones stay valid, since nobody knows which of them arrived. It answers outbox.ErrObsolete where the mail is about
// something that is no more, such as an invitation that was revoked meanwhile: then the mail is dropped.
func (c *Console) compose(ctx context.Context, m models.Mail) (Message, error) {
	switch m.Kind {
	case MailInvitation:
		return c.composeInvitation(ctx, m)
	case MailPasswordReset:
		return c.composePasswordLink(ctx, m)
	case MailSignInLink:
		return c.composeSignInLink(ctx, m)
	case MailAddressProof:
		return c.composeAddressProof(ctx, m)
	case MailAddressNotice:
		return c.composeAddressNotice(ctx, m)
	case MailAddressChanged:
		return c.composeAddressChanged(ctx, m)
	case MailAccessRequested:
		return c.composeRequested(ctx, m)
	case MailAccessEnded:
		return c.composeEnded(ctx, m)
	}
	return Message{}, outbox.ErrObsolete // queued by a version that knew the kind
}

// Mails tells whether mails can be sent. Without a mail server none is queued, and pages show links to copy.
func (c *Console) Mails() bool { return c.mailFrom != "" }

// mail queues a mail in the same transaction as the change: a change that fails sends nothing, and a mail that fails
// undoes nothing. Without a mail server it does nothing.
func (tx *Tx) mail(ctx context.Context, m models.Mail) error {
	id := tx.ID()
	m.OrganizationID = &id
	return tx.console.queueMail(ctx, tx.Store(), m)
}

// queueMail queues a mail that is not part of an organization's change, such as one about somebody's account. Inside a
// transaction it is sent only if that is kept.
func (c *Console) queueMail(ctx context.Context, store *models.Store, m models.Mail) error {
	if !c.Mails() {
		return nil
	}
	if _, known := mailKindNames[m.Kind]; !known {
		return fmt.Errorf("queue mail: nothing writes mails of kind %q", m.Kind)
	}
	_, domain, _ := strings.Cut(c.mailFrom, "@")
	m.CreatedAt, m.MessageID = c.now(), strings.ToLower(rand.Text())+"@"+domain
	return store.QueueMail(ctx, &m)
}

// mailData is what else a mail's composer needs, as its row keeps it. It may hold no secret.
func mailData(v any) string {
	encoded, err := json.Marshal(v)
	if err != nil {
		return "" // only values of our own making, which all marshal
	}
	return string(encoded)
}
