package services

import (
	"context"
	"fmt"
	"time"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// ShownOnceLife is how long something waits for the page that shows it once. The browser asks for that page at once.
const ShownOnceLife = 5 * time.Minute

// mostShownOnce is how many things of one session wait for their pages, in as many tabs: newer ones take the place of the oldest.
const mostShownOnce = 20

// shownOnceKey names the key that such things are encrypted with, together with the secret of the session.
const shownOnceKey = "shown-once"

// KeepShownOnce keeps for a page of the session what it shows once: a form that makes a secret is answered with the address of that
// page, so that going back or loading it again sends nothing. The mark in that address tells it from what other tabs made. It opens
// nothing: the secret of the session does, and no row has that.
func (c *Console) KeepShownOnce(ctx context.Context, session, path string, text []byte) (mark string, _ error) {
	key, err := c.keys.get(ctx, c.store, shownOnceKey)
	if err != nil {
		return "", err
	}
	mark = credential.NewToken()
	at := markedPath(path, mark)
	err = c.store.KeepShownOnce(ctx, &models.ShownOnce{SessionID: credential.Digest(session), Path: at, MadeAt: c.now(),
		Sealed: credential.SealFor(key, session, shownOnceAt(at), text)}, mostShownOnce)
	return mark, err
}

// markedPath is a page and which of the things that wait for it.
func markedPath(path, mark string) string { return path + " " + mark }

// shownOnceAt is what such a thing is encrypted together with.
func shownOnceAt(at string) string { return "shown once at " + at }

// ShownOnce is what a page has to show, until it takes it.
type ShownOnce struct {
	Text []byte

	row models.ShownOnce
}

// ShownOnce reads what the page of the session has to show; models.ErrNotFound where it was taken, or nobody asked for it in time. The page
// takes it when it is drawn: what fails before that can be loaded again.
func (c *Console) ShownOnce(ctx context.Context, session, path, mark string) (ShownOnce, error) {
	at := markedPath(path, mark)
	row, err := c.store.ShownOnce(ctx, credential.Digest(session), at)
	if err != nil {
		return ShownOnce{}, err
	}
	if c.now().Sub(row.MadeAt) >= ShownOnceLife {
		return ShownOnce{}, models.ErrNotFound
	}
	key, err := c.keys.get(ctx, c.store, shownOnceKey)
	if err != nil {
		return ShownOnce{}, err
	}
	text, err := credential.OpenFor(key, session, shownOnceAt(at), row.Sealed)
	if err != nil {
		return ShownOnce{}, fmt.Errorf("open what is shown once: %w", err)
	}
	return ShownOnce{text, row}, nil
}

// TakeShownOnce takes what was read, so that nobody is shown it again; models.ErrNotFound for whoever comes second.
func (c *Console) TakeShownOnce(ctx context.Context, shown ShownOnce) error {
	return c.store.TakeShownOnce(ctx, shown.row)
}
