package models

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"github.com/jackc/pgx/v5"
)

// A backup of PostgreSQL is text: a first line with the version of the schema, the rows of each table as COPY writes them,
// and a last line with the SHA-256 of all before it.
const (
	dumpBegins  = "-- Bailiwick backup of PostgreSQL, schema "
	dumpTable   = "COPY "
	dumpFrom    = " FROM stdin;"
	dumpRowsEnd = `\.`
	dumpEnds    = "-- end, SHA-256 "
)

// copiedTable is a table of the database, with its columns as SQL lists them.
type copiedTable struct{ Name, Columns string }

// dumpedTables are all tables but the migrations' own, those first that others refer to. A table that refers to itself, or
// to one that refers back, would come to no end: depth stops there, and the restore would fail.
const dumpedTables = `
	WITH RECURSIVE tables AS (
		SELECT c.oid, c.relname FROM pg_class c
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> 'goose_db_version'),
	depth (oid, n) AS (
		SELECT oid, 0 FROM tables
		UNION SELECT k.conrelid, d.n + 1 FROM depth d JOIN pg_constraint k ON k.confrelid = d.oid AND k.contype = 'f' AND k.conrelid <> d.oid
		WHERE d.n < 50)
	SELECT quote_ident(t.relname), (
		SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
		WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '')
	FROM tables t JOIN depth d ON d.oid = t.oid GROUP BY t.oid, t.relname ORDER BY max(d.n), t.relname`

func copiedTables(ctx context.Context, conn *pgx.Conn) ([]copiedTable, error) {
	found, err := conn.Query(ctx, dumpedTables)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(found, pgx.RowToStructByPos[copiedTable])
}

// digesting is a file being written, with the digest of all that was.
type digesting struct {
	*bufio.Writer
	hash.Hash
}

func (d digesting) Write(p []byte) (int, error) {
	_, _ = d.Hash.Write(p) // never fails
	return d.Writer.Write(p)
}

// dumpPostgres reads all tables in one snapshot.
func (s *Store) dumpPostgres(ctx context.Context, path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	out := digesting{bufio.NewWriter(file), sha256.New()}
	err = onPostgres(ctx, s.pools[1], "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", func(conn *pgx.Conn) error {
		return dump(ctx, conn, out)
	})
	if err == nil {
		_, err = fmt.Fprintln(out.Writer, dumpEnds+hex.EncodeToString(out.Sum(nil)))
	}
	return errors.Join(err, out.Flush(), file.Close())
}

func dump(ctx context.Context, conn *pgx.Conn, out io.Writer) error {
	var version int64
	if err := conn.QueryRow(ctx, "SELECT max(version_id) FROM goose_db_version WHERE is_applied").Scan(&version); err != nil {
		return fmt.Errorf("read the version of the schema: %w", err)
	}
	fmt.Fprintf(out, "%s%d\n", dumpBegins, version) // the file's own errors come at its end
	if _, err := conn.Exec(ctx, "SET LOCAL datestyle = 'ISO'"); err != nil {
		return err
	}
	tables, err := copiedTables(ctx, conn)
	if err != nil {
		return fmt.Errorf("list the tables: %w", err)
	}
	for _, t := range tables {
		fmt.Fprintln(out, dumpTable+t.Name+" ("+t.Columns+")"+dumpFrom)
		if _, err := conn.PgConn().CopyTo(ctx, out, "COPY "+t.Name+" ("+t.Columns+") TO STDOUT"); err != nil {
			return fmt.Errorf("copy %s: %w", t.Name, err)
		}
		fmt.Fprintln(out, dumpRowsEnd)
	}
	return nil
}
