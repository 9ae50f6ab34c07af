package services

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// NamedAfterSignOut is how long a browser that was signed out can still say which session it had: as long as a form is kept.
const NamedAfterSignOut = KeptFormLife

// endedSessionsKnown is how long a session is known after it would have ended in any case: over a weekend. What is sent with an older
// one is not kept.
const endedSessionsKnown = 72 * time.Hour

// endedNamesKey names the key of what signing out leaves in the browser.
const endedNamesKey = "ended-sessions"

// EndedSession is a session of ours that is over, as the browser that had it says. It opens nothing.
type EndedSession struct {
	id      string
	account models.AccountID
}

// EndedSession is the session behind a secret, if that has ended, be it that its row is gone or that it ran out. models.ErrNotFound where
// no session of ours had the secret, where it goes on, and where it ended long ago.
func (c *Console) EndedSession(ctx context.Context, token string) (EndedSession, error) {
	return c.endedSession(ctx, credential.Digest(token))
}

// SignedOutSession is the session that the name was given for.
func (c *Console) SignedOutSession(ctx context.Context, name string) (EndedSession, error) {
	key, err := c.keys.get(ctx, c.store, endedNamesKey)
	if err != nil {
		return EndedSession{}, err
	}
	text, err := credential.OpenFor(key, "", endedNamesKey, name)
	if err != nil {
		return EndedSession{}, fmt.Errorf("%w: no name of a session: %w", models.ErrNotFound, err)
	}
	until, id, _ := strings.Cut(string(text), " ")
	seconds, err := strconv.ParseInt(until, 10, 64)
	if err != nil || !c.now().Before(time.Unix(seconds, 0)) {
		return EndedSession{}, models.ErrNotFound
	}
	return c.endedSession(ctx, id)
}

// NameForSignedOut is what takes the place of a session's secret in a browser that signs out: a form that stands open in another of its tabs
// is then kept for whose it was. It never opened anything, counts for an hour, and nobody can read or make one. Whether there was such
// a session is asked when it is used.
func (c *Console) NameForSignedOut(ctx context.Context, token string) (string, error) {
	key, err := c.keys.get(ctx, c.store, endedNamesKey)
	if err != nil {
		return "", err
	}
	until := c.now().Add(NamedAfterSignOut).Unix()
	return credential.SealFor(key, "", endedNamesKey, fmt.Appendf(nil, "%d %s", until, credential.Digest(token))), nil
}

func (c *Console) endedSession(ctx context.Context, id string) (EndedSession, error) {
	ended, err := c.store.EndedSession(ctx, id)
	if err == nil && c.now().Before(ended.ExpiresAt.Add(endedSessionsKnown)) {
		return EndedSession{id, ended.AccountID}, nil
	}
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return EndedSession{}, err
	}
	row, err := c.store.SessionByID(ctx, id)
	if err != nil {
		return EndedSession{}, err
	}
	if !c.over(row, c.now()) {
		return EndedSession{}, models.ErrNotFound
	}
	return EndedSession{id, row.AccountID}, nil
}
