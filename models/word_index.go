package models

import (
	"context"
	"slices"
	"strings"
	"sync"
)

// searchable is what lists can be searched by.
type searchable struct {
	keyed      bool // every row has its words
	indexed    bool // there is an index of words
	beginnings bool // it knows only how words begin: the server has no pg_trgm
}

// keyState keeps what was found out about the keys of this database, by table. It stays true once it is.
type keyState struct{ found sync.Map }

// searchable tells what the lists of a table can be searched by now. What was found out about one is found out about all.
func (s *Store) searchable(ctx context.Context, table string) (searchable, error) {
	if found, known := s.keys.found.Load(table); known {
		return found.(searchable), nil
	}
	var tables []string
	for _, in := range wordPlaces {
		tables = append(tables, in.table)
	}
	done, err := rows[string](ctx, s, "SELECT list FROM keys WHERE list IN ? AND done", tables)
	if err != nil {
		return searchable{}, err
	}
	all := map[string]searchable{}
	if s.dialect == postgresDialect {
		if all, err = s.wordIndexes(ctx); err != nil {
			return searchable{}, err
		}
	}
	for _, in := range wordPlaces {
		found := all[in.table]
		found.keyed, found.indexed = slices.Contains(done, in.table), found.indexed || s.dialect == sqliteDialect
		if all[in.table] = found; found.keyed && found.indexed {
			s.keys.found.Store(in.table, found)
		}
	}
	return all[table], nil
}

// The indexes of words on PostgreSQL: over any three characters, or where the server has no pg_trgm over whole words.
const (
	anyPart   = "_by_words"
	beginning = "_by_beginnings"
)

// wordIndexes tells which of them each table has.
func (s *Store) wordIndexes(ctx context.Context) (map[string]searchable, error) {
	var indexes []string
	for _, in := range wordPlaces {
		indexes = append(indexes, in.table+anyPart, in.table+beginning)
	}
	there, err := rows[string](ctx, s, `
		SELECT relname FROM pg_class
		WHERE relnamespace = current_schema()::regnamespace AND relkind = 'i' AND relname IN ?`, indexes)
	if err != nil {
		return nil, err
	}
	all := map[string]searchable{}
	for _, in := range wordPlaces {
		whole, begins := slices.Contains(there, in.table+anyPart), slices.Contains(there, in.table+beginning)
		all[in.table] = searchable{indexed: whole || begins, beginnings: begins && !whole}
	}
	return all, nil
}

// beginningsOf are the words of a column as PostgreSQL's own text search takes them.
func beginningsOf(column string) string {
	return "array_to_tsvector(string_to_array(" + column + ", '  '))"
}

// lexeme is what begins as the word does, for beginningsOf.
func lexeme(word string) string {
	return "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(strings.TrimSpace(word)) + "':*"
}

// makeWordIndexes makes the indexes of words on PostgreSQL, where there are none. It is no migration: who owns the database
// may allow pg_trgm later.
func (s *Store) makeWordIndexes(ctx context.Context) error {
	if s.dialect != postgresDialect {
		return nil
	}
	missing, beginnings := false, true
	indexes, err := s.wordIndexes(ctx)
	if err != nil {
		return err
	}
	for _, there := range indexes {
		missing = missing || !there.indexed || there.beginnings
		beginnings = beginnings && there.beginnings
	}
	if !missing {
		return nil
	}
	return s.Tx(ctx, func(tx *Store) error {
		if _, err := tx.exec(ctx, "SELECT pg_advisory_xact_lock(?)", wordIndexLock); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, "DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm; EXCEPTION WHEN OTHERS THEN NULL; END $$"); err != nil {
			return err
		}
		usable, err := row[bool](ctx, tx, "SELECT EXISTS (SELECT 1 FROM pg_opclass c WHERE c.opcname = 'gin_trgm_ops' AND pg_opclass_is_visible(c.oid))")
		switch {
		case err != nil:
			return err
		case usable:
			return tx.indexWords(ctx, anyPart, "words gin_trgm_ops")
		case beginnings:
			return nil
		}
		return tx.indexWords(ctx, beginning, "("+beginningsOf("words")+")")
	})
}

// wordIndexLock is held by who makes the indexes: of instances that start at the same time, one.
const wordIndexLock = 7_061_005

func (s *Store) indexWords(ctx context.Context, way, indexed string) error {
	for _, in := range wordPlaces {
		present := ""
		if in.open {
			present = " WHERE ended_at IS NULL"
		}
		_, err := s.exec(ctx, "CREATE INDEX IF NOT EXISTS "+in.table+way+" ON "+in.table+" USING gin ("+indexed+")"+present)
		if err != nil {
			return err
		}
	}
	return nil
}

// FindsAnyPart tells whether lists find words by any part of them, and not by their beginnings alone.
func (s *Store) FindsAnyPart(ctx context.Context) (bool, error) {
	found, err := s.searchable(ctx, wordsOfResources.table)
	return !found.beginnings, wrap("look for the index of words", err)
}
