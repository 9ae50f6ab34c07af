package services

import (
	"context"
	"errors"
	"fmt"

	"bailiwick/models"
)

// endings are the operations by which an access ends, by its outcome.
var endings = map[string]models.Operation{
	models.AccessRevoked: models.OpTemporaryAccessRevoked,
	models.AccessEnded:   models.OpTemporaryAccessEnded,
	models.AccessExpired: models.OpTemporaryAccessExpired,
}

// The reasons for which an access is revoked, beside an administrator's decision.
const (
	ReasonSwitchedOff = "switched-off" // with the organization's switch
	ReasonWithdrawn   = "withdrawn"    // the operator's file no longer allows it
	ReasonClockReset  = "clock-reset"  // nobody can tell any more when it would have ended
)

// endAccess ends an access once, records it, and tells those who have to know. An access that has ended is ErrAccessEnded.
func (tx *Tx) endAccess(ctx context.Context, a models.TemporaryAccess, e models.AccessEnding) error {
	set, err := tx.AccessPrivileges(ctx, a.Grantee().ID)
	if err != nil {
		return err
	}
	err = tx.EndTemporaryAccess(ctx, a.Grantee().ID, e)
	if errors.Is(err, models.ErrConflict) {
		return ErrAccessEnded
	}
	if err != nil {
		return err
	}
	tx.record(endings[e.Outcome], about(a.Resource), tx.console.accessState(a, set), nil)
	if e.Outcome == models.AccessEnded {
		return tx.tellOfTaken(ctx, a, e)
	}
	if err := tx.mail(ctx, models.Mail{Kind: MailAccessEnded, Recipient: a.Email, AboutID: int64(a.ID), Data: mailData(accessMail{Own: true})}); err != nil {
		return err
	}
	return tx.tellSubscribers(ctx, MailAccessEnded, a)
}

// endExpiredAccesses gives accesses that have expired their outcome, as of their end. Nothing waits for it (R12).
func (tx *Tx) endExpiredAccesses(ctx context.Context) error {
	for {
		expired, err := tx.ExpiredAccesses(ctx, tx.At, expiredAtOnce)
		if err != nil || len(expired) == 0 {
			return err
		}
		for _, a := range expired {
			if err := tx.expireAccess(ctx, a); err != nil {
				return fmt.Errorf("end temporary access %d: %w", a.ID, err)
			}
		}
	}
}

func (tx *Tx) expireAccess(ctx context.Context, a models.TemporaryAccess) error {
	return tx.byTheClock(func() error {
		return tx.endAccess(ctx, a, models.AccessEnding{Outcome: models.AccessExpired, At: a.ExpiresAt})
	})
}

// EndExpiredAccesses ends the temporary accesses that have expired, in all organizations, so that people are told soon.
// The program calls it once a second; no decision waits for it, and of several instances one tells.
func (c *Console) EndExpiredAccesses(ctx context.Context) error {
	organizations, err := c.store.OrganizationsWithExpiredAccesses(ctx, c.now())
	if err != nil {
		return err
	}
	return c.endExpiredInAll(ctx, organizations)
}

// TemporaryAccessRevocation opens an access that is about to be revoked. It refuses what revoking would refuse.
func (c *Console) TemporaryAccessRevocation(ctx context.Context, by Caller, key string) (TemporaryAccessDetail, error) {
	d, err := c.TemporaryAccess(ctx, by, key)
	if err != nil {
		return d, err
	}
	if err := by.must(EditTemporaryAccess); err != nil {
		return d, err
	}
	if !d.Revocable {
		return d, ErrAccessEnded
	}
	return d, nil
}

// RevokeTemporaryAccess ends an access for good (seed 000, step 5), and returns it as it was. If it has ended
// before, it is returned with ErrAccessEnded.
func (c *Console) RevokeTemporaryAccess(ctx context.Context, by Caller, key string) (models.TemporaryAccess, error) {
	var a models.TemporaryAccess
	err := c.change(ctx, by, models.OpTemporaryAccessRevoked, subject{Key: key}, func(tx *Tx) error {
		if err := tx.must(ctx, ViewTemporaryAccess, 0); err != nil {
			return err
		}
		var err error
		if a, err = tx.TemporaryAccess(ctx, key); err != nil {
			return err
		}
		if err := tx.must(ctx, EditTemporaryAccess, 0); err != nil {
			return err
		}
		return tx.endAccess(ctx, a, models.AccessEnding{Outcome: models.AccessRevoked, By: tx.By.Signature(), At: tx.At})
	})
	return a, err
}

// SetSupportAccess lets personnel ask for access to the organization, or keeps them from it; then what runs ends. That is
// more than it looks where something runs, so it has to be confirmed: NeedsConfirmation.
func (c *Console) SetSupportAccess(ctx context.Context, by Caller, on, confirmed bool) error {
	return c.change(ctx, by, supportSetting.turned(on), aboutOrganization(by.Organization), func(tx *Tx) error {
		return tx.turn(ctx, supportSetting, on, func() error {
			if confirmed {
				return nil
			}
			return tx.endsNoAccess(ctx, on)
		})
	})
}

// endsNoAccess asks for confirmation where support access is switched off and something runs that would end.
func (v *view) endsNoAccess(ctx context.Context, on bool) error {
	running, err := v.OpenAccesses(ctx)
	if err == nil && !on && len(running) > 0 {
		err = NeedsConfirmation{ConfirmSupportOff}
	}
	return err
}

// setSupportAccess switches support access; off ends what runs.
func (tx *Tx) setSupportAccess(ctx context.Context, on bool) error {
	running, err := tx.OpenAccesses(ctx)
	if err != nil {
		return err
	}
	if err := tx.Scope.SetSupportAccess(ctx, on); err != nil || on {
		return err
	}
	for _, a := range running {
		if err := tx.endAccess(ctx, a, models.AccessEnding{Outcome: models.AccessRevoked, By: tx.By.Signature(), Reason: ReasonSwitchedOff, At: tx.At}); err != nil {
			return err
		}
	}
	return nil
}
