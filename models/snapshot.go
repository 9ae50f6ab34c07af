package models

import (
	"context"
	"database/sql"
	"errors"
)

// Snapshot runs fn on the organization as it was at one moment, whatever others change meanwhile: for reads of several
// statements that must agree with each other and with the revision. fn uses the Scope it is given, and only reads.
func (s *Scope) Snapshot(ctx context.Context, fn func(at *Scope) error) error {
	if s.store.inside {
		return errors.New("begin snapshot: a transaction is open already")
	}
	options := &sql.TxOptions{ReadOnly: true}
	if s.store.dialect == postgresDialect {
		options.Isolation = sql.LevelRepeatableRead // SQLite has nothing less
	}
	tx := s.store.read.WithContext(ctx).Begin(options)
	if tx.Error != nil {
		return wrap("begin snapshot", tx.Error)
	}
	defer tx.Rollback() // nothing was written
	store := &Store{dialect: s.store.dialect, read: tx, write: tx, search: tx, clock: s.store.clock, raised: s.store.raised, keys: s.store.keys, inside: true}
	return fn(store.In(s.id))
}
