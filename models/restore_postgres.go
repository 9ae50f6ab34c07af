package models

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
)

// errDamaged says that a backup is not what was written once.
var errDamaged = errors.New("the file is no backup of Bailiwick, or it is damaged or cut off")

// checkDump reads a whole backup and returns the version of its schema.
func checkDump(path string) (int64, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = file.Close() }() // only read
	in, sum := bufio.NewReader(file), sha256.New()
	first, err := in.ReadString('\n')
	if err != nil {
		return 0, errDamaged
	}
	var version int64
	if _, err := fmt.Sscanf(first, dumpBegins+"%d\n", &version); err != nil {
		return 0, errDamaged
	}
	for line := []byte(first); ; {
		_, _ = sum.Write(line) // never fails
		if line, err = in.ReadBytes('\n'); err != nil {
			return 0, errDamaged
		}
		if digest, last := strings.CutPrefix(string(line), dumpEnds); last && digest == hex.EncodeToString(sum.Sum(nil))+"\n" {
			break
		}
	}
	return version, nil
}

// loadPostgres makes the schema as it was, and puts the rows into it, all or none.
func (s *Store) loadPostgres(ctx context.Context, path string) error {
	version, err := checkDump(path)
	if err != nil {
		return err
	}
	tables, err := rows[string](ctx, s, "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' LIMIT 1")
	if err != nil {
		return err
	}
	if len(tables) > 0 {
		return fmt.Errorf("%w: make an empty one and name it in --db", ErrNotEmpty)
	}
	if err = s.schemaOf(ctx, version); err == nil {
		err = s.loadRows(ctx, path)
	}
	if err != nil {
		return errors.Join(err, s.dropAll(context.WithoutCancel(ctx)))
	}
	return nil
}

// schemaOf makes the schema of a version.
func (s *Store) schemaOf(ctx context.Context, version int64) error {
	provider, err := s.migrator()
	if err != nil {
		return err
	}
	all := provider.ListSources()
	if last := all[len(all)-1].Version; version > last {
		return fmt.Errorf("the backup was made by a newer Bailiwick (schema %d, this one knows %d)", version, last)
	}
	_, err = provider.UpTo(ctx, version)
	return err
}

// loadRows replaces what the migrations themselves put into tables.
func (s *Store) loadRows(ctx context.Context, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read
	return onPostgres(ctx, s.pools[0], "BEGIN", func(conn *pgx.Conn) error {
		tables, err := copiedTables(ctx, conn)
		if err != nil {
			return err
		}
		names := make([]string, len(tables))
		for i, t := range tables {
			names[i] = t.Name
		}
		if _, err := conn.Exec(ctx, "TRUNCATE "+strings.Join(names, ", ")); err != nil {
			return err
		}
		if err := load(ctx, conn, bufio.NewReader(file)); err != nil {
			return err
		}
		_, err = conn.Exec(ctx, goOnCounting)
		return err
	})
}

// load copies the rows of each table into it.
func load(ctx context.Context, conn *pgx.Conn, in *bufio.Reader) error {
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return errDamaged
		}
		if strings.HasPrefix(line, dumpEnds) {
			return nil
		}
		into, is := strings.CutSuffix(strings.TrimSuffix(line, "\n"), dumpFrom)
		if !is {
			continue
		}
		if _, err := conn.PgConn().CopyFrom(ctx, &copiedRows{in: in}, into+" FROM STDIN"); err != nil {
			return fmt.Errorf("%s: %w", into, err)
		}
	}
}

// copiedRows are the lines up to the end of a table.
type copiedRows struct {
	in   *bufio.Reader
	rest []byte
	over bool
}

func (c *copiedRows) Read(p []byte) (int, error) {
	if c.over {
		return 0, io.EOF
	}
	if len(c.rest) == 0 {
		line, err := c.in.ReadBytes('\n')
		if err != nil {
			return 0, errDamaged
		}
		if string(line) == dumpRowsEnd+"\n" {
			c.over = true
			return 0, io.EOF
		}
		c.rest = line
	}
	n := copy(p, c.rest)
	c.rest = c.rest[n:]
	return n, nil
}

// goOnCounting makes new rows get numbers behind those that were restored.
const goOnCounting = `
	DO $$ DECLARE c record; last bigint; BEGIN
		FOR c IN SELECT table_name, column_name FROM information_schema.columns
			WHERE table_schema = current_schema() AND is_identity = 'YES' AND table_name <> 'goose_db_version'
		LOOP
			EXECUTE format('SELECT max(%I) FROM %I', c.column_name, c.table_name) INTO last;
			IF last IS NOT NULL THEN
				PERFORM setval(pg_get_serial_sequence(quote_ident(c.table_name), c.column_name), last);
			END IF;
		END LOOP;
	END $$`

// dropAll takes away what a restore that failed has made in a database that was empty.
func (s *Store) dropAll(ctx context.Context) error {
	_, err := s.pools[0].ExecContext(ctx, `
		DO $$ DECLARE t record; BEGIN
			FOR t IN SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
			LOOP EXECUTE format('DROP TABLE %I CASCADE', t.relname); END LOOP;
		END $$`)
	return err
}
