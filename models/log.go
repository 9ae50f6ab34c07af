package models

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Counter counts the statements that ran with a context, so that a test can hold a page to a fixed number of them.
type Counter struct{ n atomic.Int64 }

// Count is the number of statements so far. Beginning and ending a transaction is none.
func (c *Counter) Count() int { return int(c.n.Load()) }

type counterKey struct{}

// CountStatements gives a context whose statements the counter counts.
func (s *Store) CountStatements(ctx context.Context) (context.Context, *Counter) {
	c := &Counter{}
	return context.WithValue(ctx, counterKey{}, c), c
}

// statementLog is gorm's way to slog. It never has a value in its hands: gorm asks ParamsFilter what to show.
type statementLog struct{}

var _ logger.Interface = statementLog{}

// ParamsFilter leaves the placeholders in place: values are addresses, names and hashes.
func (statementLog) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) {
	return sql, nil
}

// LogMode is fixed.
func (l statementLog) LogMode(logger.LogLevel) logger.Interface { return l }

// Info passes on what gorm says.
func (statementLog) Info(ctx context.Context, text string, _ ...any) { slog.DebugContext(ctx, text) }

// Warn passes on what gorm says.
func (statementLog) Warn(ctx context.Context, text string, _ ...any) { slog.WarnContext(ctx, text) }

// Error passes on what gorm says.
func (statementLog) Error(ctx context.Context, text string, _ ...any) { slog.ErrorContext(ctx, text) }

// Trace counts each statement, and logs those that failed. The error's own text is left out, since a driver may quote
// values in it; it goes up to the caller.
func (statementLog) Trace(ctx context.Context, _ time.Time, describe func() (string, int64), err error) {
	if c, ok := ctx.Value(counterKey{}).(*Counter); ok {
		c.n.Add(1)
	}
	if err == nil || errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, context.Canceled) {
		return
	}
	sql, _ := describe()
	kind := "other"
	if meaning := meaningOf(err); meaning != nil {
		kind = meaning.Error()
	}
	slog.WarnContext(ctx, "statement failed", "sql", sql, "kind", kind)
}
