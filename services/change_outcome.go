package services

import (
	"context"
	"sync/atomic"
)

type outcomeKey struct{}

// outcome is what became of the changes that were made with a context.
type outcome struct {
	changed  atomic.Bool
	undoable atomic.Int64
}

// WithOutcome gives a context that remembers whether anything was changed with it. Anyone who has to tell that something
// failed can then say what became of the change, and anyone who tells of it how to undo it.
func WithOutcome(ctx context.Context) context.Context {
	return context.WithValue(ctx, outcomeKey{}, &outcome{})
}

// Changed tells whether a change was stored with the context, or one that came before it.
func Changed(ctx context.Context) bool {
	o, ok := ctx.Value(outcomeKey{}).(*outcome)
	return ok && o.changed.Load()
}

// Undoable is the number by which the last change that was stored with the context can be undone as a whole; 0 where it can't be.
func Undoable(ctx context.Context) int64 {
	if o, ok := ctx.Value(outcomeKey{}).(*outcome); ok {
		return o.undoable.Load()
	}
	return 0
}

func noteChange(ctx context.Context, undoable int64) {
	if o, ok := ctx.Value(outcomeKey{}).(*outcome); ok {
		o.changed.Store(true)
		o.undoable.Store(undoable)
	}
}
