package services

import (
	"context"
	"fmt"

	"bailiwick/models"
	"bailiwick/words"
)

// ResetClock lets temporary access be asked for again after the clock of a server was ahead by mistake: what the
// installation knows of is set back to now. Every access that runs ends first, since nobody can tell what was measured with
// the wrong clock. It returns how many ended; an error says how many had, where some did. It is for the command line, and
// processes that run remember the wrong time until they are restarted.
func (c *Console) ResetClock(ctx context.Context) (int, error) {
	organizations, err := c.store.OrganizationsWithOpenAccesses(ctx)
	if err != nil {
		return 0, err
	}
	ended := 0
	for _, o := range organizations {
		n, err := c.endAllAccesses(ctx, o)
		if err != nil {
			return 0, afterEnding(ended, fmt.Errorf("end temporary access to %s: %w", o.Key, err))
		}
		ended += n
	}
	err = c.store.Tx(ctx, func(tx *models.Store) error {
		if err := tx.ResetClock(ctx, c.now()); err != nil {
			return err
		}
		return tx.AppendGlobal(ctx, []models.Activity{{At: c.now(), ActorKind: "operator", ActorName: "Operator",
			Operation: models.OpOperatorClockReset, Outcome: models.OutcomeDone}})
	})
	if err != nil {
		return 0, afterEnding(ended, err)
	}
	return ended, nil
}

// afterEnding says what was done before the error: it stays done.
func afterEnding(ended int, err error) error {
	if ended == 0 {
		return err
	}
	return fmt.Errorf("%s, but the clock is not reset: %w", words.Noun{One: "temporary access has ended", Many: "temporary accesses have ended"}.Count(ended), err)
}

func (c *Console) endAllAccesses(ctx context.Context, o models.Organization) (int, error) {
	ended := 0
	err := c.change(ctx, c.Operator(o), endings[models.AccessRevoked], subject{}, func(tx *Tx) error {
		open, err := tx.OpenAccesses(ctx)
		if err != nil {
			return err
		}
		for _, a := range open {
			if err := tx.endAccess(ctx, a, models.AccessEnding{Outcome: models.AccessRevoked, By: tx.By.Signature(), Reason: ReasonClockReset, At: tx.At}); err != nil {
				return err
			}
		}
		ended = len(open)
		return nil
	})
	if err != nil {
		return 0, err
	}
	return ended, nil
}
