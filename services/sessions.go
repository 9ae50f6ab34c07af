package services

import (
	"context"
	"errors"
	"time"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// How long a session lives: without being used, and in all.
const (
	SessionIdle = 30 * time.Minute
	SessionLife = 12 * time.Hour
)

// touchEvery is how often the last use of a session is written at most: each is a write.
const touchEvery = time.Minute

// flashPatience is how long a page waits for its turn to keep or to clear a message, which it can do without: while the
// database is busy, pages can still be read.
const flashPatience = 500 * time.Millisecond

// maxDevice is how much is kept of what a browser calls itself.
const maxDevice = 200

// Session is a person signed in on one device.
type Session struct {
	ID           string // that of the row, which opens nothing
	Person       models.Person
	Provider     Provider // with which it began
	SecondFactor bool     // was given
	Flash        string   // what the next page says, in the words of the request before it; "" for nothing
}

// ErrSignedOut says that the session of the person who asks has ended since it was read.
var ErrSignedOut = errors.New("the session has ended")

// beginning is how and where a session begins.
type beginning struct {
	Provider        Provider
	SecondFactor    bool
	Address, Device string
}

// startSession begins a session and returns the secret that stands for it.
func (c *Console) startSession(ctx context.Context, store *models.Store, person models.Person, b beginning) (string, error) {
	token, at := credential.NewToken(), c.now()
	session := models.Session{
		ID: credential.Digest(token), PersonID: person.ID, AccountID: person.AccountID, CreatedAt: at, LastSeenAt: at, ExpiresAt: at.Add(SessionLife),
		Address: b.Address, Device: cleaned(b.Device, maxDevice), Provider: string(b.Provider),
	}
	if b.SecondFactor {
		session.SecondFactorAt = &at
	}
	if err := store.CreateSession(ctx, &session); err != nil {
		return "", err
	}
	return token, nil
}

// Session is the session behind a secret. A session that is unknown, ended, idle for too long or too old is ErrNotFound (R12).
func (c *Console) Session(ctx context.Context, token string) (Session, error) {
	row, err := c.store.SessionByID(ctx, credential.Digest(token))
	if err != nil {
		return Session{}, err
	}
	at := c.now()
	if c.over(row, at) {
		return Session{}, models.ErrNotFound
	}
	person, err := c.store.PersonByAccount(ctx, row.AccountID)
	if err != nil {
		return Session{}, err
	}
	if at.Sub(c.sessionUses.latest(row)) >= touchEvery {
		c.sessionUses.note(row.ID, at) // without a write of its own: pages are read while nothing can be written
	}
	return Session{
		ID: row.ID, Person: person, Provider: Provider(row.Provider), SecondFactor: row.SecondFactorAt != nil, Flash: row.Flash,
	}, nil
}

// over tells whether a session is idle for too long, or too old.
func (c *Console) over(row models.Session, at time.Time) bool {
	return at.Sub(c.sessionUses.latest(row)) >= SessionIdle || !at.Before(row.ExpiresAt)
}

// EndSession signs out. The secret is worth nothing from then on.
func (c *Console) EndSession(ctx context.Context, token string) error {
	return c.store.DeleteSession(ctx, credential.Digest(token))
}

// SetFlash keeps what the next page of the session says, "" for nothing. It fails soon when the database is busy; then
// the page goes without.
func (c *Console) SetFlash(ctx context.Context, token, flash string) error {
	ctx, cancel := context.WithTimeout(ctx, flashPatience)
	defer cancel()
	return c.store.SetFlash(ctx, credential.Digest(token), flash)
}

// Tidy deletes sessions, attempts and mails that no longer count, and ends memberships that have expired. Nothing depends on when
// it runs (R12).
func (c *Console) Tidy(ctx context.Context) error {
	at := c.now()
	if err := c.EndExpired(ctx); err != nil {
		return err
	}
	if err := c.writeSessionUses(ctx); err != nil {
		return err // or sessions in use would seem idle
	}
	if err := c.store.DeleteExpiredSessions(ctx, at.Add(-SessionIdle), at); err != nil {
		return err
	}
	if err := c.tidyKeptForms(ctx, at); err != nil {
		return err
	}
	if err := c.store.DropShownOnce(ctx, at.Add(-ShownOnceLife)); err != nil {
		return err
	}
	if err := c.store.DropDrawnForms(ctx, at.Add(-DrawnFormLife)); err != nil {
		return err
	}
	if err := c.store.DeleteSignInSteps(ctx, at); err != nil {
		return err
	}
	if err := c.store.DeleteOneTimeLinks(ctx, at.Add(-SessionLife)); err != nil {
		return err
	}
	if err := c.store.DeleteSentForms(ctx, at.Add(-2*SessionLife)); err != nil {
		return err
	}
	if err := c.store.DeleteMails(ctx, at.Add(-mailsKept)); err != nil {
		return err
	}
	if err := c.store.DeleteAttempts(ctx, at.Add(-failureWindow)); err != nil {
		return err
	}
	if err := c.SealSecrets(ctx, true); !errors.Is(err, ErrNoSecretKey) {
		return err
	}
	return nil // what looks after the key says so
}
