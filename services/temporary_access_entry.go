package services

import (
	"context"
	"sync"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/credential"
)

// enteredKept is how many entries a process remembers; it begins anew when there are more.
const enteredKept = 10_000

// entered are the temporary accesses that sessions are known to have entered through. The zero value is ready.
type entered struct {
	mu   sync.Mutex
	seen map[entry]bool
}

type entry struct {
	session string
	access  access.GranteeID
}

// unknown are those of the accesses that the session is not known to have entered through.
func (e *entered) unknown(session string, accesses []access.Grantee) []access.GranteeID {
	e.mu.Lock()
	defer e.mu.Unlock()
	var ids []access.GranteeID
	for _, a := range accesses {
		if !e.seen[entry{session, a.ID}] {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

func (e *entered) know(session string, ids []access.GranteeID) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.seen == nil || len(e.seen) > enteredKept {
		e.seen = map[entry]bool{}
	}
	for _, id := range ids {
		e.seen[entry{session, id}] = true
	}
}

// enterThrough writes down, once, that a session entered through temporary accesses: it ends with them.
func (c *Console) enterThrough(ctx context.Context, session string, accesses []access.Grantee) error {
	ids := c.entered.unknown(session, accesses)
	if len(ids) == 0 || session == "" {
		return nil
	}
	if err := c.store.EnterThrough(ctx, session, ids); err != nil {
		return err
	}
	c.entered.know(session, ids)
	return nil
}

// AccessOver says that somebody may not enter an organization because their temporary access to it is over: they are told which
// one and how it ended, since they knew of both. To everybody else the organization is not there (R15).
type AccessOver struct {
	Organization models.Organization
	Access       models.TemporaryAccess // the one that ended last
}

func (e AccessOver) Error() string {
	return "the temporary access to " + e.Organization.Key + " is over"
}

// Unwrap makes it one of the errors that say that there is nothing.
func (e AccessOver) Unwrap() error { return models.ErrNotFound }

// AccessOver tells whoever has the secret of a session that ended with a temporary access which one that was: the secret was given to
// its holder alone. models.ErrNotFound for every other secret.
func (c *Console) AccessOver(ctx context.Context, token string) (AccessOver, error) {
	session, err := c.store.EndedSession(ctx, credential.Digest(token))
	if err != nil {
		return AccessOver{}, err
	}
	if session.AccessID == nil || !c.now().Before(session.ExpiresAt.Add(endedSessionsKnown)) {
		return AccessOver{}, models.ErrNotFound
	}
	a, err := c.store.TemporaryAccessByID(ctx, *session.AccessID)
	if err != nil {
		return AccessOver{}, err
	}
	o, err := c.store.In(a.OrganizationID).Organization(ctx)
	return AccessOver{o, a}, err
}

// notIn is ErrNotFound for somebody who may not enter an organization, AccessOver where they could a while ago. The first request
// that meets a temporary access that has expired ends it, with no background job (R12).
func (c *Console) notIn(ctx context.Context, o models.Organization, person models.PersonID) error {
	expired, err := c.store.In(o.ID).HasExpiredAccess(ctx, person, c.now())
	if err != nil {
		return err
	}
	if expired {
		if err := c.endExpiredIn(ctx, o); err != nil {
			return err
		}
	}
	last, err := c.store.In(o.ID).LastEndedAccess(ctx, person)
	if err != nil {
		return err
	}
	if c.now().Sub(last.End()) >= TemporaryAccessKept {
		return models.ErrNotFound
	}
	return AccessOver{o, last}
}
