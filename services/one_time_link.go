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
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return err
	}
	if err != nil || !valid {
		person = models.Person{} // whose e-mail is not kept either
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
func (c *Console) mintLink(ctx context.Context, kind string, m models.Mail) (string, error) {
	expires := m.CreatedAt.Add(LinkLife)
	if m.AboutID == 0 || !c.now().Before(expires) {
		return "", outbox.ErrObsolete
	}
	var data linkData
	if err := json.Unmarshal([]byte(m.Data), &data); err != nil {
		return "", fmt.Errorf("data of mail %d: %w", m.ID, err)
	}
	person, err := c.store.PersonByID(ctx, models.PersonID(m.AboutID))
	if err != nil {
		return "", err
	}
	if person.Email != m.Recipient { // it waited while the address changed, and whoever reads the former one gets no link
		return "", outbox.ErrObsolete
	}
	token := credential.NewToken()
	link := models.OneTimeLink{
		ID: credential.Digest(token), Kind: kind, PersonID: person.ID, Next: data.Next, CreatedAt: c.now(), ExpiresAt: expires,
	}
	if err := c.store.CreateOneTimeLink(ctx, &link); err != nil {
		return "", err
	}
	return token, nil
}

// openedLink is a link that opens, and whose it is.
type openedLink struct {
	link   models.OneTimeLink
	person models.Person
}

// openLink is the link behind a secret; ErrGone when it no longer opens. It changes nothing.
func (c *Console) openLink(ctx context.Context, store *models.Store, kind, token string) (openedLink, error) {
	link, err := store.OneTimeLink(ctx, kind, credential.Digest(token))
	if err != nil {
		return openedLink{}, goneIfMissing(err)
	}
	person, err := store.PersonByID(ctx, link.PersonID)
	if err != nil {
		return openedLink{}, goneIfMissing(err)
	}
	if link.UsedAt != nil || !c.now().Before(link.ExpiresAt) {
		return openedLink{}, ErrGone
	}
	return openedLink{link, person}, nil
}

// goneIfMissing is ErrGone for what is not there, and every other error as it is.
func goneIfMissing(err error) error {
	if errors.Is(err, models.ErrNotFound) {
		return ErrGone
	}
	return err
}

// useLink uses a link up and does the work that it is for, both or neither. Who has it has read the person's mail, so the
// e-mail is proven. ErrGone when somebody was first.
func (c *Console) useLink(
	ctx context.Context, kind, token string, work func(tx *models.Store, used openedLink) error,
) error {
	err := c.store.Tx(ctx, func(tx *models.Store) error {
		open, err := c.openLink(ctx, tx, kind, token)
		if err != nil {
			return err
		}
		if kind == models.LinkPassword { // whose use is recorded there
			if err := tx.HoldOrganizationsOf(ctx, open.link.PersonID, c.now()); err != nil {
				return err
			}
		}
		if _, err := tx.LockPerson(ctx, open.link.PersonID); err != nil {
			return err
		}
		if err := tx.UseOneTimeLink(ctx, kind, open.link.ID, c.now()); err != nil {
			return err
		}
		if open.person, err = tx.ProveEmail(ctx, open.link.PersonID); err != nil {
			return err
		}
		return work(tx, open)
	})
	if errors.Is(err, models.ErrConflict) {
		return ErrGone
	}
	return err
}
