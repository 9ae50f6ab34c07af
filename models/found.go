package models

import (
	"context"
	"slices"
	"strings"

	"bailiwick/access"
	"bailiwick/names"
)

// search is one page of the rows that have all words of what was typed. build writes the statement without them: with an
// empty condition one that walks through the list in its order, else one that starts from the rows that meet it.
//
// Few rows, up to drivenByList, come from the index of words and are sorted. Where there are more, walking meets one soon
// enough, as a rule; where all stand far off, it stops after walkLimit rows, and all come from the index.
func (k keyset[T]) search(
	ctx context.Context, s *Scope, p Page, in wordPlace, domains []access.DomainKey, build func(among string, args ...any) *query,
) (Listing[T], error) {
	words := names.Words(p.Query)
	if len(words) == 0 {
		return k.list(ctx, s.store, build(""), p)
	}
	if slices.ContainsFunc(words, func(word string) bool { return !storable(word) }) {
		return k.list(ctx, s.store, build("AND 1 = 0"), p) // no row has it
	}
	ready, err := s.store.searchable(ctx, in.table)
	if err != nil {
		return Listing[T]{}, err
	}
	if ready.beginnings {
		words = names.Beginnings(p.Query)
	}
	found := func(among string, args ...any) *query {
		q := build(among, args...)
		in.has(q, in.column(ready.keyed), words)
		return q
	}
	if !ready.keyed || !ready.indexed {
		q := found("")
		q.walk = nil
		return k.list(ctx, s.store, q, p)
	}
	index := s.index(in, domains, words, ready)
	few, err := rows[int64](ctx, s.store, index.sql.String()+" LIMIT ?", append(index.args, drivenByList+1)...)
	if err != nil {
		return Listing[T]{}, err
	}
	among := func(ids []int64) *query { return found("AND "+s.store.dialect.ids(in.id), list(ids)) }
	if len(few) <= drivenByList {
		return k.list(ctx, s.store, among(few), p)
	}
	q := found("")
	q.beyond = func() *query { return found("AND "+in.id+" IN ("+index.sql.String()+")", index.args...) }
	return k.list(ctx, s.store, q, p)
}

// index is the statement for the numbers of the rows that may have the words, from the index alone.
func (s *Scope) index(in wordPlace, domains []access.DomainKey, words []string, ready searchable) *query {
	if s.store.dialect == sqliteDialect {
		return newQuery("SELECT rowid AS id FROM "+in.table+"_by_words WHERE "+in.table+"_by_words MATCH ?", s.match(in, domains, words))
	}
	q := newQuery("SELECT "+in.alias+".id FROM "+in.table+" "+in.alias+" WHERE "+in.alias+".organization_id = ?", s.id)
	if in.open {
		q.add("AND " + in.alias + ".ended_at IS NULL")
	}
	if len(domains) > 0 {
		q.add("AND "+in.alias+".domain IN ?", domains)
	}
	if ready.beginnings {
		for _, word := range words {
			begins := beginningsOf(in.alias+".words") + " @@ CAST(? AS tsquery)"
			if said := in.saying(word); said != "" {
				begins = "(" + begins + " OR " + said + ")"
			}
			q.add("AND "+begins, lexeme(word))
		}
	}
	in.has(q, in.alias+".words", words)
	return q
}

// match is what FTS5 looks for: rows of these domains that have, somewhere, all threes of characters that the words are
// made of. The rows are asked for the words themselves besides.
func (s *Scope) match(in wordPlace, domains []access.DomainKey, words []string) string {
	var marks, all []string
	for _, d := range domains {
		marks = append(marks, quoted(in.mark(s.id, d)))
	}
	if len(domains) == 0 {
		marks = []string{quoted(in.mark(s.id, ""))}
	}
	for _, word := range words {
		ways, said := []string{threesOf(word)}, in.said[strings.TrimSpace(word)]
		for _, o := range said.Operations {
			ways = append(ways, threesOf(string(o)))
		}
		if said.Refused {
			ways = append(ways, threesOf(OutcomeRefused))
		}
		all = append(all, "(("+strings.Join(ways, ") OR (")+"))")
	}
	return "(" + strings.Join(marks, " OR ") + ") AND " + strings.Join(all, " AND ")
}

// threesOf are so many threes of a word's characters that each character is in one. Fewer are quicker to look up.
func threesOf(word string) string {
	letters := []rune(word)
	var all []string
	for i := 0; i+3 <= len(letters); i += 3 {
		all = append(all, quoted(string(letters[i:i+3])))
	}
	if len(letters)%3 != 0 {
		all = append(all, quoted(string(letters[len(letters)-3:])))
	}
	return strings.Join(all, " AND ")
}

func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
