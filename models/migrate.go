package models

import (
	"context"
	"embed"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the schema up to date. Each migration is one transaction; instances on PostgreSQL that start at the
// same time wait for each other, and so in effect do processes on one SQLite file.
func (s *Store) Migrate(ctx context.Context) error {
	provider, err := s.migrator()
	if err != nil {
		return wrap("migrate", err)
	}
	// goose has no lock on SQLite: of two processes that start at the same time, one finds that the
	// other made a migration after it looked, is rolled back, and looks again.
	for range len(provider.ListSources()) + 1 {
		if _, err = provider.Up(ctx); err == nil || s.dialect == postgresDialect || ctx.Err() != nil {
			break
		}
	}
	if err == nil {
		err = s.makeWordIndexes(ctx)
	}
	if err == nil {
		err = s.fillFirst(ctx)
	}
	if err == nil {
		err = s.fillSkeletons(ctx)
	}
	if err == nil {
		err = s.fillSkeletonsOfGroups(ctx)
	}
	return wrap("migrate", err)
}

func (s *Store) migrator() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+string(s.dialect))
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if s.dialect != postgresDialect {
		return goose.NewProvider(goose.DialectSQLite3, s.pools[0], files, options...)
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // looks each second, for five minutes
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, s.pools[0], files, append(options, goose.WithSessionLocker(locker))...)
}
