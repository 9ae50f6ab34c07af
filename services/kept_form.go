package services

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// KeptFormLife is how long a form is kept that was sent after its session had ended.
const KeptFormLife = time.Hour

// keptForms bounds what is kept: a form is as large as a request may be, and who sends one is not signed in.
var keptForms = models.KeptFormLimits{All: 1000, OfAccount: 5, Sent: 20}

// keptFormsKey names the key that kept forms are encrypted with, together with a secret of the browser's.
const keptFormsKey = "kept-forms"

// ErrResumed refuses every change while a kept form is drawn again: it is shown, never sent in its person's place.
var ErrResumed = errors.New("a kept form is only drawn again")

type resumingKey struct{}

// Resuming marks a request that draws a kept form again. Nothing can be changed by it.
func Resuming(ctx context.Context) context.Context {
	return context.WithValue(ctx, resumingKey{}, true)
}

// IsResuming tells whether the request draws a kept form again.
func IsResuming(ctx context.Context) bool {
	resuming, _ := ctx.Value(resumingKey{}).(bool)
	return resuming
}

// KeptForm is a form that was sent after its session had ended.
type KeptForm struct {
	Path   string // where it was sent to, without the query
	Query  string
	Values map[string][]string // what was sent, as it came: only pages read it
	At     time.Time           // when it was sent
}

// KeepForm keeps a form that was sent after its session had ended, for the account that the session was of, and returns a secret for the
// browser, which alone opens it. The caller has left out what must not be kept. models.ErrNoRoom where too much is kept.
func (c *Console) KeepForm(ctx context.Context, session EndedSession, form KeptForm) (string, error) {
	key, err := c.keys.get(ctx, c.store, keptFormsKey)
	if err != nil {
		return "", err
	}
	form.At = c.now()
	text, err := json.Marshal(form)
	if err != nil {
		return "", fmt.Errorf("write a form to keep: %w", err)
	}
	secret := credential.NewToken()
	err = c.store.KeepForm(ctx, &models.KeptForm{
		ID: credential.Digest(secret), SessionID: session.id, AccountID: session.account, Path: form.Path, KeptAt: form.At,
		Sealed: credential.SealFor(key, secret, keptFormOf(session.account, form.Path), text),
	}, keptForms)
	if err != nil {
		return "", err
	}
	return secret, nil
}

// keptFormOf is what a kept form is encrypted together with.
func keptFormOf(account models.AccountID, path string) string {
	return fmt.Sprintf("kept form of %d at %s", account, path)
}

// KeptForm is what is kept under the browser's secret for who is signed in and was sent to that path. Somebody else's, one that was
// sent elsewhere and one that is too old are the same models.ErrNotFound.
func (c *Console) KeptForm(ctx context.Context, who Session, secret, path string) (KeptForm, error) {
	row, err := c.store.KeptForm(ctx, who.Person.AccountID, credential.Digest(secret))
	if err != nil {
		return KeptForm{}, err
	}
	if row.Path != path || c.now().Sub(row.KeptAt) >= KeptFormLife {
		return KeptForm{}, models.ErrNotFound
	}
	key, err := c.keys.get(ctx, c.store, keptFormsKey)
	if err != nil {
		return KeptForm{}, err
	}
	text, err := credential.OpenFor(key, secret, keptFormOf(row.AccountID, path), row.Sealed)
	if err != nil {
		return KeptForm{}, fmt.Errorf("open a kept form: %w", err)
	}
	var form KeptForm
	if err := json.Unmarshal(text, &form); err != nil {
		return KeptForm{}, fmt.Errorf("read a kept form: %w", err)
	}
	return form, nil
}

// DropKeptForm forgets what is kept under the browser's secret for who is signed in.
func (c *Console) DropKeptForm(ctx context.Context, who Session, secret string) error {
	return c.store.DropKeptForm(ctx, who.Person.AccountID, credential.Digest(secret))
}

// tidyKeptForms deletes what is no longer kept, and forgets sessions that ended long ago.
func (c *Console) tidyKeptForms(ctx context.Context, at time.Time) error {
	if err := c.store.DropKeptForms(ctx, at.Add(-KeptFormLife)); err != nil {
		return err
	}
	return c.store.ForgetEndedSessions(ctx, at.Add(-endedSessionsKnown))
}
