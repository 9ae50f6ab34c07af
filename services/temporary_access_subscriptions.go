package services

import (
	"context"
	"errors"

	"bailiwick/models"
)

// SubscribeToRequests has the caller told by mail of each new request for temporary access (seed 000, step 4). It takes view
// on temporary access, which the mails tell of, and on Activities, both held as a member.
func (c *Console) SubscribeToRequests(ctx context.Context, by Caller) error {
	return c.subscribe(ctx, by, models.OpSubscriptionStarted, func(tx *Tx) error {
		return tx.Subscribe(ctx, tx.By.Person.ID, models.SubscribedToRequests, tx.At)
	})
}

// UnsubscribeFromRequests ends that.
func (c *Console) UnsubscribeFromRequests(ctx context.Context, by Caller) error {
	return c.subscribe(ctx, by, models.OpSubscriptionEnded, func(tx *Tx) error {
		return tx.Unsubscribe(ctx, tx.By.Person.ID, models.SubscribedToRequests)
	})
}

// subscribe does nothing where there is nothing to do: both are one click, and clicks come twice.
func (c *Console) subscribe(ctx context.Context, by Caller, operation models.Operation, do func(tx *Tx) error) error {
	what := subject{Name: "new requests for temporary access"}
	err := c.change(ctx, by, operation, what, func(tx *Tx) error {
		if err := tx.must(ctx, ViewTemporaryAccess, 0); err != nil {
			return err
		}
		if !maySubscribe(tx.By) {
			return Forbidden{ViewActivities}
		}
		if err := do(tx); err != nil {
			return err
		}
		tx.record(operation, what, nil, nil)
		return nil
	})
	if errors.Is(err, models.ErrDuplicate) || errors.Is(err, models.ErrNotFound) {
		return nil
	}
	return err
}

// maySubscribe tells whether the caller may be told of what happens: what is held through temporary access doesn't count,
// since it would end before the next mail, and nobody is told who has not shown that the address is theirs.
func maySubscribe(by Caller) bool {
	own := by.Rights.Granting()
	return !by.Person.Unproven && own.May(ViewActivities, 0) && own.May(ViewTemporaryAccess, 0) && len(by.Groups) > 0
}
