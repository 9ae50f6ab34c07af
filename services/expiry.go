package services

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// expiredAtOnce is how many memberships are ended in one go.
const expiredAtOnce = 1000

// endExpired ends the memberships, invitations, privileges and temporary accesses that have expired, as of their expiry, before anything else is changed:
// counters, the last group (R16) and what leaving takes then follow from rows alone. Nothing waits for it: whatever is asked is
// answered by the clock (R12).
func (tx *Tx) endExpired(ctx context.Context) error {
	if err := tx.endExpiredMemberships(ctx); err != nil {
		return err
	}
	if err := tx.endExpiredInvitations(ctx); err != nil {
		return err
	}
	if err := tx.endLapses(ctx); err != nil {
		return err
	}
	return tx.endExpiredAccesses(ctx)
}

// endLapses ends the privileges and rows of editor lists that have expired: what stands beneath them is there already.
func (tx *Tx) endLapses(ctx context.Context) error {
	for {
		lapses, err := tx.Lapses(ctx, tx.At, expiredAtOnce)
		if err != nil || len(lapses) == 0 {
			return err
		}
		ended := map[models.Lapse]bool{}
		for _, l := range lapses {
			place := models.Lapse{GranteeID: l.GranteeID, Domain: l.Domain}
			if ended[place] {
				continue
			}
			ended[place] = true
			if err := tx.endLapse(ctx, l); err != nil {
				return fmt.Errorf("end what %d held on %s: %w", l.GranteeID, l.Domain, err)
			}
		}
	}
}

func (tx *Tx) endLapse(ctx context.Context, l models.Lapse) error {
	operation := models.OpGroupPrivilegeExpired
	if l.Holders == access.APIKeysDomain {
		operation = models.OpAPIKeyPrivilegeExpired
	}
	return tx.byTheClock(func() error {
		if err := tx.EndLapse(ctx, l.GranteeID, l.Domain, tx.At); err != nil {
			return err
		}
		tx.record(operation, subject{ID: access.ResourceID(l.GranteeID), Key: l.Key, Name: l.Name},
			nil, lapseState{Domain: l.Domain, Ended: l.ExpiresAt})
		return nil
	})
}

// lapseState is what an activity keeps of a privilege that ended by itself: what stood and what follows is in the record
// from when it was given.
type lapseState struct {
	Domain access.DomainKey `json:"domain"`
	Ended  time.Time        `json:"ended"`
}

func (tx *Tx) endExpiredMemberships(ctx context.Context) error {
	for {
		expired, err := tx.ExpiredMemberships(ctx, tx.At, expiredAtOnce)
		if err != nil || len(expired) == 0 {
			return err
		}
		for _, m := range expired {
			if err := tx.endOneExpired(ctx, m); err != nil {
				return fmt.Errorf("end the membership of %d in %d: %w", m.PersonID, m.GroupID, err)
			}
		}
	}
}

func (tx *Tx) endOneExpired(ctx context.Context, m models.Membership) error {
	member, err := tx.MemberOf(ctx, m.PersonID)
	if err != nil {
		return err
	}
	what := subject{ID: access.ResourceID(m.GroupID), Key: m.GroupKey, Name: m.GroupName}
	return tx.byTheClock(func() error {
		return tx.removeFromGroup(ctx, models.OpGroupMemberExpired, what, member, *m.ExpiresAt)
	})
}

// theClock is who does what happens by the clock alone.
func theClock(o models.Organization) Caller { return Caller{Organization: o, kind: kindClock} }

// byTheClock does something in the clock's name, whoever the change is of.
func (tx *Tx) byTheClock(work func() error) error {
	by := tx.By
	defer func() { tx.By = by }()
	tx.By = theClock(by.Organization)
	return work()
}

// EndExpired tidies up the expired memberships and invitations of all organizations.
func (c *Console) EndExpired(ctx context.Context) error {
	organizations, err := c.store.OrganizationsWithExpired(ctx, c.now())
	if err != nil {
		return err
	}
	return c.endExpiredInAll(ctx, organizations)
}

// endExpiredInAll goes through all of them: one that fails keeps nothing from the others.
func (c *Console) endExpiredInAll(ctx context.Context, organizations []models.Organization) error {
	var failed []error
	for _, o := range organizations {
		failed = append(failed, c.endExpiredIn(ctx, o))
	}
	return errors.Join(failed...)
}

// endExpiredIn ends all that has expired in an organization, as every change does before anything else.
func (c *Console) endExpiredIn(ctx context.Context, o models.Organization) error {
	return c.open(ctx, door{by: theClock(o)}, func(*Tx) error { return nil })
}
