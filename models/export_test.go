package models

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"bailiwick/access"
)

// OpenImpatient is Open for a store that waits for a lock only so long.
func OpenImpatient(ctx context.Context, config Config, patience time.Duration) (*Store, error) {
	config.patience = patience
	return Open(ctx, config)
}

// Rows reads rows of any statement, for what a test must see behind the methods.
func Rows[T any](ctx context.Context, s *Store, sql string, args ...any) ([]T, error) {
	return rows[T](ctx, s, sql, args...)
}

// Exec runs any statement, for damage that no method does.
func Exec(ctx context.Context, s *Store, sql string, args ...any) error {
	_, err := s.exec(ctx, sql, args...)
	return err
}

// MigrateTo makes the schema of an older version.
func MigrateTo(ctx context.Context, s *Store, version int64) error {
	provider, err := s.migrator()
	if err == nil {
		_, err = provider.UpTo(ctx, version)
	}
	return err
}

// Namer is how gorm names the columns of fields.
func (s *Store) Namer() schema.Namer { return s.write.NamingStrategy }

// DrivenByList is where a page stops being made from editor lists.
const DrivenByList = drivenByList

// ResourcesByIDsSQL is a statement whose plan a test looks at.
func (s *Scope) ResourcesByIDsSQL() string {
	return s.store.dialect.resourcesByNumber() + " ORDER BY r.domain, r.sort_key, r.id"
}

// ListedSQL are statements about the editor lists of a few grantees, with the organization, a domain, now and the grantees as
// parameters.
func (s *Scope) ListedSQL() []string {
	return []string{
		"SELECT e.resource_id FROM editor_entries e WHERE " + s.listed(),
		s.store.dialect.entrySelect() + s.store.dialect.ids("e.grantee_id") + entryOrder,
	}
}

// WalkLimit is how many rows a page looks at.
const WalkLimit = walkLimit

// Queries hands every statement that the store reads with to a test, as the database gets it.
func (s *Store) Queries(see func(sql string, args []any)) error {
	return s.read.Callback().Query().After("gorm:query").Register("see", func(db *gorm.DB) {
		see(db.Statement.SQL.String(), db.Statement.Vars)
	})
}

// Plan is how the database would answer a statement, one step a line.
func Plan(ctx context.Context, s *Store, sql string, args []any) []string {
	if s.dialect == postgresDialect {
		steps, err := rows[string](ctx, s, "EXPLAIN "+numbered.ReplaceAllString(sql, "?"), args...)
		return append(steps, failure(err)...)
	}
	type step struct{ Detail string }
	steps, err := rows[step](ctx, s, "EXPLAIN QUERY PLAN "+sql, args...)
	lines := failure(err)
	for _, st := range steps {
		lines = append(lines, st.Detail)
	}
	return lines
}

// numbered are PostgreSQL's placeholders, which gorm writes again.
var numbered = regexp.MustCompile(`\$\d+`)

func failure(err error) []string {
	if err == nil {
		return nil
	}
	return []string{"no plan: " + err.Error()}
}

// Sealed is a backup of PostgreSQL whose text was changed, with the digest that fits.
func Sealed(text []byte) []byte {
	body := text[:bytes.LastIndex(text, []byte(dumpEnds))]
	sum := sha256.Sum256(body)
	return append(bytes.Clone(body), []byte(dumpEnds+hex.EncodeToString(sum[:])+"\n")...)
}

// SetLevel gives a grantee a level with its Can Create box on a domain. The list is ignored, and what stood in one ends
// when the level is not Custom, or it would come back with the next Custom.
func (s *Scope) SetLevel(
	ctx context.Context, grantee access.GranteeID, domain access.DomainKey, p access.Privilege, at time.Time,
) error {
	err := s.whole(ctx, func(tx *Scope) error {
		if err := tx.mustBeLive(ctx, grantee); err != nil {
			return err
		}
		if err := tx.setLevel(ctx, grantee, domain, p, at); err != nil {
			return err
		}
		if !p.Lists() {
			if err := tx.endList(ctx, grantee, domain, at); err != nil {
				return err
			}
		}
		return tx.countPrivileges(ctx, grantee)
	})
	return wrap("set level", err)
}

// SetEntries adds a resource to the editor lists of some grantees and takes it out of those of others.
func (s *Scope) SetEntries(
	ctx context.Context, resource access.ResourceID, domain access.DomainKey, add, remove []access.GranteeID, at time.Time,
) error {
	err := s.whole(ctx, func(tx *Scope) error {
		_, err := tx.exec(ctx, `
			UPDATE editor_entries SET ended_at = ?
			WHERE organization_id = ? AND domain = ? AND resource_id = ? AND ended_at IS NULL AND `+
			tx.store.dialect.ids("grantee_id"), moment(at), tx.id, domain, resource, list(remove))
		if err != nil {
			return err
		}
		live, err := tx.liveGrantees(ctx, add)
		if err != nil {
			return err
		}
		return tx.insertEntries(ctx, domain, live, []access.ResourceID{resource}, nil, at)
	})
	return wrap("set editor entries", err)
}

// FilledFirst is how many rows of each list Migrate writes sort keys into before it leaves the rest to FillKeys.
const FilledFirst = filledAtOnce * batch

// IndexBeginnings makes the indexes of a server that has no pg_trgm.
func IndexBeginnings(ctx context.Context, s *Store) error {
	return s.indexWords(ctx, beginning, "("+beginningsOf("words")+")")
}
