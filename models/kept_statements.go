package models

import (
	recency "container/list"
	"context"
	"database/sql/driver"
	"strings"
)

// What a connection to SQLite keeps of prepared statements: those used last, of ordinary length. To read and plan a statement
// anew takes longer than to run it, mostly. A person's round through the pages needs some 160, of about 8 KiB each.
const (
	keptStatements = 200
	longestKept    = 8192 // bytes of text; inserts of many rows are longer, take megabytes, and seldom come again
)

// A liteConnector opens connections that keep their prepared statements. PostgreSQL's driver does so by itself.
type liteConnector struct{ driver.Connector }

// Connect opens one connection.
func (c liteConnector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return newKeepingConn(opened.(liteConn)), nil
}

func newKeepingConn(c liteConn) *keepingConn {
	return &keepingConn{liteConn: c, kept: map[string]*recency.Element{}}
}

// liteConn is all that a connection of the driver can do for database/sql.
type liteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.Pinger
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
}

// A keepingConn is a connection with its statements. A statement that is in use is not among them, so that nobody else takes
// it; database/sql makes one call at a time. SQLite itself prepares it anew when the schema has changed.
type keepingConn struct {
	liteConn
	kept map[string]*recency.Element
	used recency.List // of *keptStatement, the one used last in front
}

type keptStatement struct {
	liteStatement
	text string
}

type liteStatement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// isKept tells whether a statement is worth keeping. A PRAGMA would be wrong to keep: some act while they are prepared.
func isKept(text string) bool {
	if len(text) > longestKept {
		return false
	}
	verb, _, _ := strings.Cut(strings.TrimLeft(text, " \t\n"), " ")
	switch strings.ToUpper(verb) {
	case "SELECT", "WITH", "INSERT", "UPDATE", "DELETE":
		return true
	}
	return false
}

// take gives the statement of a text to its one user.
func (c *keepingConn) take(ctx context.Context, text string) (*keptStatement, error) {
	if found, ok := c.kept[text]; ok {
		delete(c.kept, text)
		return c.used.Remove(found).(*keptStatement), nil
	}
	prepared, err := c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	return &keptStatement{liteStatement: prepared.(liteStatement), text: text}, nil
}

// giveBack keeps a statement that was used, or closes it where its use has failed or another is kept by now.
func (c *keepingConn) giveBack(s *keptStatement, failed error) error {
	if _, another := c.kept[s.text]; another || failed != nil {
		return s.Close()
	}
	c.kept[s.text] = c.used.PushFront(s)
	if c.used.Len() <= keptStatements {
		return nil
	}
	oldest := c.used.Remove(c.used.Back()).(*keptStatement)
	delete(c.kept, oldest.text)
	return oldest.Close()
}

// ExecContext runs a statement that gives no rows.
func (c *keepingConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if !isKept(text) {
		return c.liteConn.ExecContext(ctx, text, args)
	}
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	result, err := s.ExecContext(ctx, args)
	if closing := c.giveBack(s, err); err == nil {
		err = closing
	}
	return result, err
}

// QueryContext runs a statement that gives rows, and has it back when they are closed.
func (c *keepingConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	if !isKept(text) {
		return c.liteConn.QueryContext(ctx, text, args)
	}
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	found, err := s.QueryContext(ctx, args)
	if err != nil {
		_ = c.giveBack(s, err) // the first error tells more
		return nil, err
	}
	return keptRows{liteRows: found.(liteRows), giveBack: func(failed error) error { return c.giveBack(s, failed) }}, nil
}

// Close closes the statements, then the connection.
func (c *keepingConn) Close() error {
	for e := c.used.Front(); e != nil; e = e.Next() {
		_ = e.Value.(*keptStatement).Close() // closing the connection tells what is wrong with it
	}
	return c.liteConn.Close()
}

// liteRows is all that the driver tells of rows.
type liteRows interface {
	driver.Rows
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypeLength
	driver.RowsColumnTypeNullable
	driver.RowsColumnTypePrecisionScale
	driver.RowsColumnTypeScanType
}

type keptRows struct {
	liteRows
	giveBack func(failed error) error
}

// Close ends the use of the statement.
func (r keptRows) Close() error {
	err := r.liteRows.Close()
	if closing := r.giveBack(err); err == nil {
		err = closing
	}
	return err
}
