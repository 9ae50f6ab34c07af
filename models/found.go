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
	want, err := s.wants(ctx, in, p.Query)
	if err != nil {
		return Listing[T]{}, err
	}
	if len(want.words) == 0 {
		return k.list(ctx, s.store, build(""), p)
	}
	if want.nothing {
		return k.list(ctx, s.store, build("AND 1 = 0"), p)
	}
	found := func(among string, args ...any) *query {
		q := build(among, args...)
		in.has(q, in.column(want.keyed), want.words)
		return q
	}
	if !want.keyed || !want.indexed {
		q := found("")
		q.walk = nil
		return k.list(ctx, s.store, q, p)
	}
	s = s.searching()
	index := s.index(in, domains, want)
	few, err := rows[int64](ctx, s.store, index.sql.String()+" LIMIT ?", append(index.args, drivenByList+1)...)
	if err != nil {
		return Listing[T]{}, err
	}
	if len(few) <= drivenByList {
		q := found("AND "+s.store.dialect.ids(in.id), list(few))
		q.few = true
		return k.list(ctx, s.store, q, p)
	}
	if p.Fitting && k.named != nil {
		return k.fittingOfMany(p, func(p Page, narrow func(*query)) (Listing[T], error) {
			return k.among(ctx, s, p, in, want, index, func(among string, args ...any) *query {
				q := build(among, args...)
				narrow(q)
				return q
			})
		})
	}
	return k.among(ctx, s, p, in, want, index, build)
}

// among is search where very many rows have the words: in the order of the list, and where that finds too few from their index.
func (k keyset[T]) among(
	ctx context.Context, s *Scope, p Page, in wordPlace, want wanted, index *query, build func(among string, args ...any) *query,
) (Listing[T], error) {
	found := func(among string, args ...any) *query {
		q := build(among, args...)
		in.has(q, in.column(want.keyed), want.words)
		return q
	}
	q := found("")
	q.sieved = build("").sifted
	q.beyond = func() *query {
		if !in.ordered || s.store.dialect != sqliteDialect {
			return found("AND "+in.id+" IN ("+index.sql.String()+")", index.args...)
		}
		// In the order of the list: of rows without the words nothing but their number is read, from the index of that order.
		among := build("")
		among.walk = nil
		among.add("AND +"+in.id+" IN ("+index.sql.String()+")", index.args...)
		in.has(among, in.column(want.keyed), want.words)
		return among
	}
	return k.list(ctx, s.store, q, p)
}

// wanted is what somebody typed, as the words of a table are searched for it.
type wanted struct {
	searchable
	words   []string
	nothing bool   // no row has them: no database could hold them
	rare    string // the part of them that few rows have (rarest); "" where none is known
}

// wants reads what somebody typed.
func (s *Scope) wants(ctx context.Context, in wordPlace, typed string) (wanted, error) {
	want := wanted{words: names.Words(typed)}
	if len(want.words) == 0 {
		return want, nil
	}
	if want.nothing = slices.ContainsFunc(want.words, func(word string) bool { return !storable(word) }); want.nothing {
		return want, nil
	}
	var err error
	if want.searchable, err = s.store.searchable(ctx, in.table); err != nil {
		return want, err
	}
	if want.beginnings {
		want.words = names.Beginnings(typed)
	}
	if s.store.dialect == sqliteDialect && want.keyed {
		want.rare, err = s.rarest(ctx, in, want.words)
	}
	return want, err
}

// index is the statement for the numbers of the rows that may have the words, from the index alone. It knows only roughly whose they
// are, and where a rare part is known not at all.
func (s *Scope) index(in wordPlace, domains []access.DomainKey, want wanted) *query {
	if s.store.dialect == sqliteDialect {
		match := want.rare
		if match == "" {
			match = s.match(in, domains, want.words)
		}
		return newQuery("SELECT rowid AS id FROM "+in.table+"_by_words WHERE "+in.table+"_by_words MATCH ?", match)
	}
	return s.trigrams(in, domains, want)
}

// trigrams is the index on PostgreSQL.
func (s *Scope) trigrams(in wordPlace, domains []access.DomainKey, want wanted) *query {
	q := newQuery("SELECT "+in.alias+".id FROM "+in.table+" "+in.alias+" WHERE "+in.alias+".organization_id = ?", s.id)
	if in.open {
		q.add("AND " + in.alias + ".ended_at IS NULL")
	}
	if len(domains) > 0 {
		q.add("AND "+in.alias+".domain IN ?", domains)
	}
	if want.beginnings {
		for _, word := range want.words {
			begins := beginningsOf(in.alias+".words") + " @@ CAST(? AS tsquery)"
			if said := in.saying(word); said != "" {
				begins = "(" + begins + " OR " + said + ")"
			}
			q.add("AND "+begins, lexeme(word))
		}
	}
	in.has(q, in.alias+".words", want.words)
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
func threesOf(word string) string { return strings.Join(threesIn(word), " AND ") }

func threesIn(word string) []string {
	letters := []rune(word)
	var all []string
	for i := 0; i+3 <= len(letters); i += 3 {
		all = append(all, quoted(string(letters[i:i+3])))
	}
	if len(letters)%3 != 0 {
		all = append(all, quoted(string(letters[len(letters)-3:])))
	}
	return all
}

// rareRows is of how many rows each is rather looked at than what else they should have in common is asked of the index.
const rareRows = 4_000

// rareAmong is how many threes are tried, those without which not all letters are looked for first.
const rareAmong = 16

// rarest is that of the words' threes which the fewest rows have, of all organizations, if those are at most rareRows. FTS5 looks for
// rows that have several threes by going through those of each, be they a million; whoever has the rare one is looked at in less.
func (s *Scope) rarest(ctx context.Context, in wordPlace, words []string) (string, error) {
	var threes, between []string
	for _, word := range words {
		if said := in.said[strings.TrimSpace(word)]; len(said.Operations) > 0 || said.Refused {
			continue
		}
		threes = append(threes, threesIn(word)...)
		for i, letters := 0, []rune(word); i+3 <= len(letters); i++ {
			between = append(between, quoted(string(letters[i:i+3])))
		}
	}
	for _, three := range between { // common parts of words may be nowhere beside one another
		if !slices.Contains(threes, three) {
			threes = append(threes, three)
		}
	}
	if len(threes) == 0 {
		return "", nil
	}
	threes = threes[:min(len(threes), rareAmong)]
	index := in.table + "_by_words"
	q := &query{}
	for i, three := range threes {
		if i > 0 {
			q.add("UNION ALL")
		}
		q.add("SELECT CAST(? AS TEXT) AS three, (SELECT count(*) FROM (SELECT 1 FROM "+index+" WHERE "+index+" MATCH ? LIMIT ?)) AS times", three, three, rareRows+1)
	}
	having, err := rows[struct {
		Three string
		Times int
	}](ctx, s.store, "SELECT three, times FROM ("+q.sql.String()+") AS listed ORDER BY times LIMIT 1", q.args...)
	if err != nil || having[0].Times > rareRows {
		return "", err
	}
	return having[0].Three, nil
}

func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
