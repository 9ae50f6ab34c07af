package services

import (
	"context"
	"sync/atomic"
)

type outcomeKey struct{}

// WithOutcome gives a context that remembers whether anything was changed with it. Anyone who has to tell that something
// failed can then say what became of the change.
func WithOutcome(ctx context.Context) context.Context {
	return context.WithValue(ctx, outcomeKey{}, &atomic.Bool{})
}

// Changed tells whether a change was stored with the context, or one that came before it.
func Changed(ctx context.Context) bool {
	changed, ok := ctx.Value(outcomeKey{}).(*atomic.Bool)
	return ok && changed.Load()
}

func noteChange(ctx context.Context) {
	if changed, ok := ctx.Value(outcomeKey{}).(*atomic.Bool); ok {
		changed.Store(true)
	}
}
