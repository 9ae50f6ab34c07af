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

// mostShownOnce is how many pages of one session have something to show, in as many tabs.
const mostShownOnce = 10

// shownOnceKey names the key that such things are encrypted with, together with the secret of the session.
const shownOnceKey = "shown-once"

// KeepShownOnce keeps for a page of the session what it shows once: a form that makes a secret is answered with the address of that
// page, so that going back or loading it again sends nothing. The secret of the session is what opens it, and no row has that.
func (c *Console) KeepShownOnce(ctx context.Context, session, path string, text []byte) error {
	key, err := c.keys.get(ctx, c.store, shownOnceKey)
	if err != nil {
		return err
	}
	return c.store.KeepShownOnce(ctx, &models.ShownOnce{SessionID: credential.Digest(session), Path: path, MadeAt: c.now(),
		Sealed: credential.SealFor(key, session, shownOnceAt(path), text)}, mostShownOnce)
}

// shownOnceAt is what such a thing is encrypted together with.
func shownOnceAt(path string) string { return "shown once at " + path }

// TakeShownOnce is what the page has to show, and from then on models.ErrNotFound, as for what nobody asked for in time.
func (c *Console) TakeShownOnce(ctx context.Context, session, path string) ([]byte, error) {
	shown, err := c.store.TakeShownOnce(ctx, credential.Digest(session), path)
	if err != nil {
		return nil, err
	}
	if c.now().Sub(shown.MadeAt) >= ShownOnceLife {
		return nil, models.ErrNotFound
	}
	key, err := c.keys.get(ctx, c.store, shownOnceKey)
	if err != nil {
		return nil, err
	}
	text, err := credential.OpenFor(key, session, shownOnceAt(path), shown.Sealed)
	if err != nil {
		return nil, fmt.Errorf("open what is shown once: %w", err)
	}
	return text, nil
}
