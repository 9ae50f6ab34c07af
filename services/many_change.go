package services

import (
	"cmp"
	"context"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
)

// changeOfMany is what can be done to many rows of a list at once. The rules of each action stand here; changeMany holds what is the same
// for all of them.
type changeOfMany[K cmp.Ordered, T any] struct {
	operation models.Operation // that a refusal is recorded as
	domain    access.DomainKey // of the rows, where they are resources of it
	field     string           // that names the rows where a refusal is about all of them
	of        words.Noun
	most      int // rows at once

	may   func(tx *Tx) error                          // refuses who may do it to none of them, before anything is looked up (R15)
	judge func(tx *Tx, keys []K) (Many[T], error)     // as the question judges that came before
	weigh func(tx *Tx, many Many[T]) (Many[T], error) // judges what was chosen for all of them; nil: nothing was. Who may not is told that first
	do    func(tx *Tx, rows []T) error                // to all of them
}

// changeMany does it to all of the rows in one change, or to none. Overtaken where it can't be done to all of them any more.
func changeMany[K cmp.Ordered, T any](ctx context.Context, c *Console, by Caller, keys []K, a changeOfMany[K, T]) error {
	keys = distinct(keys)
	return c.change(ctx, by, a.operation, subject{Domain: a.domain, Name: a.of.Count(len(keys))}, func(tx *Tx) error {
		if err := a.may(tx); err != nil {
			return err
		}
		if err := atMost(a.field, len(keys), a.most, a.of); err != nil {
			return err
		}
		many, err := a.judge(tx, keys)
		if err != nil {
			return err
		}
		if err := many.confirmed(); err != nil {
			return err
		}
		if a.weigh != nil {
			if many, err = a.weigh(tx, many); err != nil {
				return err
			}
			if err := many.confirmed(); err != nil {
				return err
			}
		}
		return a.do(tx, many.Can())
	})
}
