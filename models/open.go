package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	gormsqlite "gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"modernc.org/sqlite"
)

// Config is how to open a Store.
type Config struct {
	URL   string           // sqlite:PATH, postgres://…, or a libpq keyword string such as host=…
	Clock func() time.Time // what Store.Now answers; needed

	patience time.Duration // how long to wait for a lock before ErrBusy; 0 = 10 s
}

const (
	defaultPatience   = 10 * time.Second
	readers           = 8  // connections that read, on SQLite
	postgresReaders   = 10 // the same on PostgreSQL
	postgresWriters   = 10
	postgresSearchers = 4 // that read for searches (Store.searching)
)

// Open connects to the database. The caller closes the Store, and brings the schema up to date with Migrate.
func Open(ctx context.Context, config Config) (*Store, error) {
	if config.patience == 0 {
		config.patience = defaultPatience
	}
	s := &Store{clock: config.Clock, raised: &raised{}, keys: &keyState{}}
	var err error
	if path, ok := strings.CutPrefix(config.URL, "sqlite:"); ok {
		err = s.openSQLite(path, config.patience)
	} else if !namesPostgres(config.URL) {
		err = errors.New("it is named neither sqlite:PATH nor postgres://user:password@host/database")
	} else {
		err = s.openPostgres(config.URL, config.patience)
	}
	if err == nil {
		err = s.connect(ctx)
	}
	if err != nil {
		_ = s.Close() // the first error tells more
		return nil, wrap("open database", err)
	}
	return s, nil
}

// namesPostgres tells whether the driver may understand it: as an address, or as words such as host=…
func namesPostgres(name string) bool {
	return strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://") ||
		!strings.Contains(name, "://") && strings.Contains(name, "=")
}

// connect makes sure that what was opened can be reached. The writer comes first: on SQLite it decides how the file is kept.
func (s *Store) connect(ctx context.Context) error {
	for _, pool := range s.pools {
		if err := pool.PingContext(ctx); err != nil {
			return err
		}
	}
	return nil
}

// openSQLite opens one connection that writes, so that writers queue in this process instead of failing on each other's
// locks, and several that can only read.
func (s *Store) openSQLite(path string, patience time.Duration) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	// Made here so that nobody else on the machine can read it; SQLite's own files beside it take its mode.
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	s.dialect = sqliteDialect
	if s.write, err = s.liteConnection(path, patience, 1, "journal_mode(WAL)", "synchronous(FULL)", "secure_delete(FAST)"); err != nil {
		return err
	}
	s.read, err = s.liteConnection(path, patience, readers, "query_only(1)", "cache_size(-16384)") // of a million rows the insides of the indexes
	if err != nil {
		return err
	}
	s.search = s.read
	return nil
}

func (s *Store) liteConnection(path string, patience time.Duration, size int, pragmas ...string) (*gorm.DB, error) {
	options := url.Values{
		"_pragma": append([]string{
			fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds()), "foreign_keys(1)", "trusted_schema(0)",
		}, pragmas...),
		"_time_format": {"sqlite"},
		"_timezone":    {"UTC"},
		"_txlock":      {"immediate"},
	}
	dsn := (&url.URL{Scheme: "file", Path: path, RawQuery: options.Encode()}).String()
	connector, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	pool := sql.OpenDB(liteConnector{connector})
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	s.pools = append(s.pools, pool)
	lite := gormsqlite.New(gormsqlite.Config{DriverName: "sqlite", Conn: pool}).(*gormsqlite.Dialector)
	return s.gorm(liteDialector{lite})
}

// openPostgres opens as many connections again that can only read: writers that wait for an organization's lock would
// otherwise take every connection there is, and nobody could read meanwhile.
func (s *Store) openPostgres(dsn string, patience time.Duration) error {
	s.dialect = postgresDialect
	var err error
	if s.write, err = s.postgresPool(dsn, patience, postgresWriters, map[string]string{"default_transaction_read_only": "off"}); err != nil {
		return err
	}
	if s.read, err = s.postgresPool(dsn, patience, postgresReaders, map[string]string{"default_transaction_read_only": "on"}); err != nil {
		return err
	}
	s.search, err = s.postgresPool(dsn, patience, postgresSearchers, map[string]string{
		"default_transaction_read_only": "on", "plan_cache_mode": "force_custom_plan",
	})
	return err
}

func (s *Store) postgresPool(dsn string, patience time.Duration, size int, parameters map[string]string) (*gorm.DB, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["lock_timeout"] = fmt.Sprint(patience.Milliseconds())
	maps.Copy(config.RuntimeParams, parameters)
	pool := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(timesInUTC))
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	s.pools = append(s.pools, pool)
	return s.gorm(postgres.New(postgres.Config{Conn: pool}))
}

// timesInUTC makes times come back in UTC; pgx would give them in the zone of the machine.
func timesInUTC(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}

func (s *Store) gorm(dialector gorm.Dialector) (*gorm.DB, error) {
	return gorm.Open(dialector, &gorm.Config{
		SkipDefaultTransaction:   true, // every change has its own
		TranslateError:           true,
		DisableAutomaticPing:     true, // Open does it, with its context
		NowFunc:                  s.Now,
		Logger:                   statementLog{},
		DisableNestedTransaction: true,
	})
}

// Close ends all connections. SQLite is left as one file: what its log holds is written back first.
func (s *Store) Close() error {
	var first error
	for i := len(s.pools) - 1; i >= 0; i-- { // the writer last: only it may write back the log
		if i == 0 && s.dialect == sqliteDialect {
			_, _ = s.pools[0].Exec("PRAGMA wal_checkpoint(TRUNCATE)") // the last close tries again and tells
		}
		if err := s.pools[i].Close(); err != nil && first == nil {
			first = err
		}
	}
	return wrap("close database", first)
}
