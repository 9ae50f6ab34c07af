package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
)

// usualDB is the database that no setting names.
const usualDB = "sqlite:bailiwick.db"

// settings are what every command understands, as flags and as environment variables.
type settings struct {
	Addr           string `default:"127.0.0.1:8080" env:"BAILIWICK_ADDR" placeholder:"HOST:PORT" help:"Where to listen (${default})."`
	DB             string `name:"db" default:"${usual_db}" env:"BAILIWICK_DB" placeholder:"DB" help:"Database: sqlite:PATH or postgres://… (${default})."`
	BaseURL        string `env:"BAILIWICK_BASE_URL" placeholder:"URL" help:"Where people reach the console, such as https://console.example.com (the address it listens on)."`
	Catalog        string `env:"BAILIWICK_CATALOG" placeholder:"FILE" help:"Catalogue of what can be granted (the built-in one)."`
	TrustedProxies string `env:"BAILIWICK_TRUSTED_PROXIES" placeholder:"RANGES" help:"Proxies whose X-Forwarded-For counts, separated by commas: 10.0.0.7,192.168.0.0/16 (none)."`

	SecretKeyFile string `env:"BAILIWICK_SECRET_KEY_FILE" placeholder:"FILE" help:"File with the key that encrypts the secrets of second factors (with SQLite, the name of the database and .key; with PostgreSQL, none)."`

	InvitationLife time.Duration `default:"744h" env:"BAILIWICK_INVITATION_LIFE" placeholder:"DURATION" help:"How long an invitation can be accepted (${default}, which is 31 days)."`

	TemporaryAccessKept time.Duration `default:"4320h" env:"BAILIWICK_TEMPORARY_ACCESS_KEPT" placeholder:"DURATION" help:"How long temporary access is listed after its end (${default}, which is 180 days)."`

	mailSettings
}

// AfterApply refuses a mail server that could not work, invitations that nobody could accept, and temporary access that
// nobody could look up. The parser calls it.
func (s *settings) AfterApply() error {
	if s.InvitationLife < time.Second {
		return fmt.Errorf("--invitation-life: %s is less than a second", s.InvitationLife)
	}
	if s.TemporaryAccessKept < time.Second {
		return fmt.Errorf("--temporary-access-kept: %s is less than a second", s.TemporaryAccessKept)
	}
	return s.read(s.BaseURL)
}

// clock is the one place where the program asks what time it is.
func clock() time.Time { return time.Now().UTC() }

// databaseThere refuses an SQLite database that is missing. Opening would make an empty one, and anyone who asks about what is
// stored would take that for an answer.
func (s *settings) databaseThere() error {
	path, ok := strings.CutPrefix(s.DB, "sqlite:")
	if !ok {
		return nil
	}
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("there is no database: %w", err)
	}
	return nil
}

// toType is a command as somebody types it next, on the same database. What names a PostgreSQL may hold a password, and is
// left to the person who gave it.
func (s *settings) toType(command string) string {
	path, ofSQLite := strings.CutPrefix(s.DB, "sqlite:")
	switch {
	case s.DB == usualDB || s.DB == os.Getenv("BAILIWICK_DB"):
		return "bailiwick " + command
	case !ofSQLite:
		return "bailiwick " + command + " --db postgres://…"
	case strings.ContainsFunc(path, shellReads):
		path = "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return "bailiwick " + command + " --db sqlite:" + path
}

// shellReads tells characters that a shell may not leave as they are.
func shellReads(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("/._-", r)
}

// withStore opens the database as it is, does the work, and closes it.
func (s *settings) withStore(ctx context.Context, work func(*models.Store) error) (err error) {
	store, err := models.Open(ctx, models.Config{URL: s.DB, Clock: clock})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return work(store)
}

// withConsole opens the database, brings its schema up to date, does the work, and closes the database whatever
// happened, so that no write-ahead file stays behind.
func (s *settings) withConsole(ctx context.Context, work func(*services.Console) error) error {
	catalog, err := s.readCatalog()
	if err != nil {
		return err
	}
	return s.withStore(ctx, func(store *models.Store) error {
		if err := store.Migrate(ctx); err != nil {
			return err
		}
		return work(services.New(services.Config{
			Store: store, Catalog: catalog, Now: clock, MailFrom: s.address(), InvitationLife: s.InvitationLife,
			TemporaryAccessKept: s.TemporaryAccessKept, SecretKeys: s.secretKeys,
		}))
	})
}

// readCatalog reads the catalogue that the settings name. A faulty one is a faulty setting.
func (s *settings) readCatalog() (*access.Catalog, error) {
	if s.Catalog == "" {
		return files.DefaultCatalog(), nil
	}
	data, err := os.ReadFile(s.Catalog)
	if err != nil {
		return nil, fmt.Errorf("read the catalogue: %w", err)
	}
	catalog, err := files.ReadCatalog(s.Catalog, data)
	if err != nil {
		return nil, usageError{"the catalogue can’t be used:\n" + err.Error()}
	}
	return catalog, nil
}

// fileOrInput is what a file holds, or with - what comes from standard input.
func fileOrInput(ctx context.Context, name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(standardInput(ctx))
	}
	return os.ReadFile(name)
}

// standardInput is what comes from there until the context ends: reading itself would not notice.
func standardInput(ctx context.Context) io.Reader {
	reader, writer := io.Pipe()
	context.AfterFunc(ctx, func() { _ = writer.CloseWithError(ctx.Err()) })
	go func() {
		_, err := io.Copy(writer, os.Stdin)
		_ = writer.CloseWithError(err) // nil: the end
	}()
	return reader
}
