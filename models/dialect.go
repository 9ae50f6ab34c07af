package models

import (
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"

	gormsqlite "gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"modernc.org/sqlite"
)

// dialect is where the two databases need different words.
type dialect string

const (
	sqliteDialect   dialect = "sqlite"
	postgresDialect dialect = "postgres"
)

// values is a table of one column, value, with what is in a list, given as one parameter made by list: a placeholder for
// each would fail from 33,000 on SQLite and from 65,536 on PostgreSQL.
func (d dialect) values() string {
	if d == postgresDialect {
		return "json_array_elements_text(CAST(? AS json))"
	}
	return "json_each(?)"
}

// ids is the condition that the column is one of the numbers of a list.
func (d dialect) ids(column string) string { return d.among(column, "CAST(value AS bigint)") }

// among is the condition that the column is one of the values of a list. PostgreSQL makes an array of them, once for the
// statement, and looks for it in an index; a sub-select it would join, with no idea of how few there are.
func (d dialect) among(column, value string) string {
	if d == postgresDialect {
		return column + " = ANY(ARRAY(SELECT " + value + " FROM " + d.values() + "))"
	}
	return column + " IN (SELECT " + value + " FROM " + d.values() + ")"
}

// oneOf is the condition that the column is among what a statement finds, which may name what stands outside of it. Each database
// then finds the rows by the column's index, one by one.
func (d dialect) oneOf(column, statement string) string {
	if d == postgresDialect {
		return column + " = ANY(ARRAY(" + statement + "))"
	}
	return column + " IN (" + statement + ")"
}

// skipLocked ends a SELECT of rows that are about to be updated, and leaves out those that another transaction holds.
// SQLite has one writer at a time, which holds all or nothing.
func (d dialect) skipLocked() string {
	if d == postgresDialect {
		return " FOR UPDATE SKIP LOCKED"
	}
	return ""
}

// locked ends a SELECT of rows that nobody else may change until the transaction ends. SQLite has one writer at a time.
func (d dialect) locked() string {
	if d == postgresDialect {
		return " FOR UPDATE"
	}
	return ""
}

// named ends a SELECT of rows that others may change, but not their keys, until the transaction ends.
func (d dialect) named() string {
	if d == postgresDialect {
		return " FOR KEY SHARE"
	}
	return ""
}

// shared ends a SELECT of rows that others may read, but not change, until the transaction ends.
func (d dialect) shared() string {
	if d == postgresDialect {
		return " FOR SHARE"
	}
	return ""
}

// unindexed keeps SQLite from using an index of the column: a plus sign changes no value but hides the column from the
// planner. Otherwise SQLite would walk all rows of an organization, although a few grantees or numbers say where to begin.
// PostgreSQL gets the column as it is, since it is part of the index that SQLite should use.
func (d dialect) unindexed(column string) string {
	if d == sqliteDialect {
		return "+" + column
	}
	return column
}

// byRow ends a sub-select of EXISTS that is to be asked for one row after the other, as far as a page needs. PostgreSQL would otherwise
// read all that could meet it beforehand, be it the half of a table.
func (d dialect) byRow() string {
	if d == postgresDialect {
		return " OFFSET 0"
	}
	return ""
}

// unsearched keeps PostgreSQL from finding the rows by the words of the column, which it takes to be rare, where there is a better way.
func (d dialect) unsearched(column string) string {
	if d == postgresDialect {
		return "(" + column + " || '')"
	}
	return column
}

// texts is the condition that the column is one of the texts of a list.
func (d dialect) texts(column string) string { return d.among(column, "value") }

// list is the parameter of values, ids and texts. Texts that a database can't hold are left out: nothing can equal them.
func list[T ~int64 | ~string](values []T) string {
	kept := make([]T, 0, len(values))
	for _, v := range values {
		if s, ok := any(v).(string); !ok || storable(s) {
			kept = append(kept, v)
		}
	}
	encoded, _ := json.Marshal(kept) // numbers and strings always can be
	return string(encoded)
}

// storable tells whether both databases can hold the text. PostgreSQL fails on NUL and on what is not UTF-8, and such
// text comes in through addresses.
func storable(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// query is a statement being written, with its parameters.
type query struct {
	sql    strings.Builder
	args   []any
	walk   *walk         // how to go through its rows, where there may be too many to look at
	sifted bool          // has conditions that no index knows
	beyond func() *query // the same from an index, of words or of what is held, for where walking finds too few; nil = go on another time
	few    bool          // its rows are among the few that it names by number
	sieved bool          // a condition besides the words is one that no index knows
	whole  string        // a SELECT that ends before its WHERE clause, where the statement itself gives numbers alone: "" = it gives the rows
}

func newQuery(sql string, args ...any) *query {
	q := &query{}
	q.add(sql, args...)
	return q
}

func (q *query) add(sql string, args ...any) {
	q.sql.WriteString(sql)
	q.sql.WriteByte('\n')
	q.args = append(q.args, args...)
}

// liteDialector is gorm's SQLite over modernc's driver, whose errors it can't read by itself.
type liteDialector struct{ *gormsqlite.Dialector }

// Translate is called by gorm for each error.
func (d liteDialector) Translate(err error) error {
	var lite *sqlite.Error
	if !errors.As(err, &lite) {
		return err
	}
	switch lite.Code() {
	case sqlitePrimaryKey, sqliteUnique:
		return gorm.ErrDuplicatedKey
	case sqliteForeignKey:
		return gorm.ErrForeignKeyViolated
	case sqliteCheck:
		return gorm.ErrCheckConstraintViolated
	}
	return err
}
