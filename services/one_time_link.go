package services

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"bailiwick/models"
	"bailiwick/services/credential"
	"bailiwick/services/outbox"
)

// LinkLife is how long a link works that was mailed to a person, from the moment at which it was asked for.
const LinkLife = 15 * time.Minute

// ErrNoMail says that no mail server is configured, so that no link can be sent.
var ErrNoMail = errors.New("no mail can be sent")

// linkRequest is somebody asking for a link to their e-mail.
type linkRequest struct {
	mail    string // which mail
	email   string // as typed
	address string // of the visitor, "" where it is not known
	next    string // path to go to afterwards
}

// linkData is what the row of such a mail keeps.
type linkData struct {
	Next string `json:"next,omitempty"`
}

// sendLink queues the mail with the link. An address that is nobody's is answered the same and takes the same time: its
// mail is queued as well, to nobody, and its composer finds nothing to send. ErrNoMail or Throttled.
func (c *Console) sendLink(ctx context.Context, r linkRequest) error {
	if !c.Mails() {
		return ErrNoMail
	}
	email, valid := accountEmail(r.email)
	person, err := c.store.PersonByEmail(ctx, email)
	if !valid || errors.Is(err, models.ErrNotFound) {
		person, err = models.Person{}, nil // whose e-mail is not kept either
	}
	if err != nil {
		return err
	}
	browser, err := c.knownBrowser(ctx, person)
	if err != nil {
		return err
	}
	if _, err := c.countAttempt(ctx, attemptToMail(r.mail, email, r.address, browser, person.AccountID)); err != nil {
		return err
	}
	return c.queueMail(ctx, c.store, models.Mail{
		Kind: r.mail, Recipient: person.Email, AboutID: int64(person.ID), Data: mailData(linkData{r.next}),
	})
}

// mintLink makes the link that a mail asks for, and returns the secret in it. The link is for the person alone and does
// not outlive LinkLife, however long the mail took.
func (c *Console) mintLink(ctx context.Context, kind string, m models.Mail) (token string, person models.Person, err error) {
	expires := m.CreatedAt.Add(LinkLife)
	if m.AboutID == 0 || !c.now().Before(expires) {
		return "", person, outbox.ErrObsolete
	}
	var data linkData
	if err := json.Unmarshal([]byte(m.Data), &data); err != nil {
		return "", person, fmt.Errorf("data of mail %d: %w", m.ID, err)
	}
	if person, err = c.store.PersonByID(ctx, models.PersonID(m.AboutID)); err != nil {
		return "", person, err
	}
	token = credential.NewToken()
	link := models.OneTimeLink{
		ID: credential.Digest(token), Kind: kind, PersonID: person.ID, Next: data.Next, CreatedAt: c.now(), ExpiresAt: expires,
	}
	return token, person, c.store.CreateOneTimeLink(ctx, &link)
}

// openLink is the link behind a secret and its person; ErrGone when it no longer opens. It changes nothing.
func (c *Console) openLink(
	ctx context.Context, store *models.Store, kind, token string,
) (link models.OneTimeLink, person models.Person, err error) {
	if link, err = store.OneTimeLink(ctx, kind, credential.Digest(token)); err == nil {
		person, err = store.PersonByID(ctx, link.PersonID)
	}
	if errors.Is(err, models.ErrNotFound) || err == nil && (link.UsedAt != nil || !c.now().Before(link.ExpiresAt)) {
		err = ErrGone
	}
	return link, person, err
}

// useLink uses a link up and does the work that it is for, both or neither. Who has it has read the person's mail, so the
// e-mail is proven. ErrGone when somebody was first.
func (c *Console) useLink(
	ctx context.Context, kind, token string, work func(tx *models.Store, link models.OneTimeLink, person models.Person) error,
) error {
	err := c.store.Tx(ctx, func(tx *models.Store) error {
		link, _, err := c.openLink(ctx, tx, kind, token)
		if err != nil {
			return err
		}
		if kind == models.LinkPassword { // whose use is recorded there
			if err := tx.HoldOrganizationsOf(ctx, link.PersonID, c.now()); err != nil {
				return err
			}
		}
		if _, err := tx.LockPerson(ctx, link.PersonID); err != nil {
			return err
		}
		if err := tx.UseOneTimeLink(ctx, kind, link.ID, c.now()); err != nil {
			return err
		}
		person, err := tx.ProveEmail(ctx, link.PersonID)
		if err != nil {
			return err
		}
		return work(tx, link, person)
	})
	if errors.Is(err, models.ErrConflict) {
		return ErrGone
	}
	return err
}
