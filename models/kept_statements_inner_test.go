package models

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
)

// bookedConn books what is prepared and what is closed. All else of a connection is missing, and nobody asks for it.
type bookedConn struct {
	liteConn
	prepared, closed []string
	fails            bool // what runs
}

func (c *bookedConn) PrepareContext(_ context.Context, text string) (driver.Stmt, error) {
	c.prepared = append(c.prepared, text)
	return &bookedStatement{conn: c, text: text}, nil
}

type bookedStatement struct {
	liteStatement
	conn *bookedConn
	text string
}

var errFailing = errors.New("this run fails")

func (s *bookedStatement) ExecContext(context.Context, []driver.NamedValue) (driver.Result, error) {
	if s.conn.fails {
		return nil, errFailing
	}
	return driver.RowsAffected(1), nil
}

func (s *bookedStatement) QueryContext(context.Context, []driver.NamedValue) (driver.Rows, error) {
	return &bookedRows{}, nil
}

func (s *bookedStatement) Close() error {
	s.conn.closed = append(s.conn.closed, s.text)
	return nil
}

type bookedRows struct{ liteRows }

func (*bookedRows) Next([]driver.Value) error { return io.EOF }
func (*bookedRows) Close() error              { return nil }

func booked() (*keepingConn, *bookedConn) {
	book := &bookedConn{}
	return newKeepingConn(book), book
}

func TestStatementIsPreparedOnce(t *testing.T) {
	conn, book := booked()
	for range 3 {
		if _, err := conn.ExecContext(t.Context(), "UPDATE a SET b = ?", nil); err != nil {
			t.Fatal(err)
		}
		rows, err := conn.QueryContext(t.Context(), "SELECT a", nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{"UPDATE a SET b = ?", "SELECT a"}; !slices.Equal(book.prepared, want) || len(book.closed) > 0 {
		t.Errorf("prepared %q and closed %q, want %q and nothing", book.prepared, book.closed, want)
	}
}

// Rows that are still read keep their statement: who asks the same meanwhile gets another, and one of the two is kept.
func TestStatementInUseIsNobodyElses(t *testing.T) {
	conn, book := booked()
	first, err := conn.QueryContext(t.Context(), "SELECT a", nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := conn.QueryContext(t.Context(), "SELECT a", nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(book.prepared) != 2 {
		t.Errorf("two at once were served by %d statements", len(book.prepared))
	}
	if err := errors.Join(first.Close(), second.Close()); err != nil {
		t.Fatal(err)
	}
	if len(book.closed) != 1 || len(conn.kept) != 1 {
		t.Errorf("%d were closed and %d are kept, want one each", len(book.closed), len(conn.kept))
	}
}

func TestStatementThatFailedIsNotKept(t *testing.T) {
	conn, book := booked()
	book.fails = true
	if _, err := conn.ExecContext(t.Context(), "DELETE FROM a", nil); !errors.Is(err, errFailing) {
		t.Fatalf("%v, want the failure", err)
	}
	if len(book.closed) != 1 || len(conn.kept) != 0 {
		t.Errorf("%d were closed and %d are kept, want one and none", len(book.closed), len(conn.kept))
	}
}

func TestStatementUsedLongestAgoGoesFirst(t *testing.T) {
	conn, book := booked()
	use := func(n int) {
		t.Helper()
		if _, err := conn.ExecContext(t.Context(), fmt.Sprintf("DELETE FROM a%d", n), nil); err != nil {
			t.Fatal(err)
		}
	}
	for n := range keptStatements {
		use(n)
	}
	use(0)
	use(keptStatements)
	if want := []string{"DELETE FROM a1"}; !slices.Equal(book.closed, want) || len(conn.kept) != keptStatements || conn.used.Len() != keptStatements {
		t.Errorf("closed %q, %d kept; want %q and %d", book.closed, len(conn.kept), want, keptStatements)
	}
}

func TestOnlyOrdinaryStatementsAreKept(t *testing.T) {
	for text, want := range map[string]bool{
		"SELECT 1": true, "\n\twith a AS (SELECT 1) SELECT * FROM a": true, "INSERT INTO a VALUES (1)": true, "update a SET b = 1": true, "DELETE FROM a": true,
		"PRAGMA foreign_keys": false, "CREATE TABLE a (b)": false, "BEGIN": false, "": false,
		"SELECT '" + string(make([]byte, longestKept)) + "'": false,
	} {
		if isKept(text) != want {
			t.Errorf("%.40q is kept: %t", text, !want)
		}
	}
}
