package models

import (
	"context"
	"slices"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/names"
)

// Found are the first things of a kind that somebody looks for, the best ahead, and how many there are: up to FoundCounted, and one
// more where there are more.
type Found[T any] struct {
	Count int
	First []T
}

// FoundCounted is how far a search for everything counts.
const FoundCounted = 1_000

// foundAtOnce is among how many rows with the words the best are looked for: each of them is read.
const foundAtOnce = 2_000

// FindResources are the first resources of each of the domains that have all words of what was typed, by number. Names that begin
// with it come first, then those in which words begin with each word of it. Domains without any are left out.
func (s *Scope) FindResources(ctx context.Context, typed string, domains []access.DomainKey, first int) (map[access.DomainKey]Found[access.ResourceID], error) {
	if len(domains) == 0 {
		return nil, nil
	}
	found, err := find(ctx, s, typed, wordsOfResources, domains, first, func(d access.DomainKey, p Page) (Listing[access.ResourceID], error) {
		l, err := s.Resources(ctx, d, ResourceFilter{Page: p})
		return numbersOf(l, func(r Resource) access.ResourceID { return r.ID }), err
	})
	return found, wrap("find resources", err)
}

// FindMembers is FindResources for members, whose addresses are looked through too.
func (s *Scope) FindMembers(ctx context.Context, typed string, first int) (Found[MemberID], error) {
	found, err := find(ctx, s, typed, wordsOfMembers, nil, first, func(_ access.DomainKey, p Page) (Listing[MemberID], error) {
		l, err := s.Members(ctx, MemberFilter{Page: p}, s.store.Now())
		return numbersOf(l, func(m Member) MemberID { return m.ID }), err
	})
	return found[""], wrap("find members", err)
}

// FindInvitations are the first of the invitations pending at a moment whose addresses have all words of what was typed, by address.
func (s *Scope) FindInvitations(ctx context.Context, typed string, first int, at time.Time) (Found[Invitation], error) {
	if len(names.Words(typed)) == 0 {
		return Found[Invitation]{}, nil
	}
	page, err := s.Invitations(ctx, InvitationFilter{Page: Page{Query: typed, Limit: first, Count: true}}, at)
	if err != nil {
		return Found[Invitation]{}, err
	}
	found := Found[Invitation]{max(page.Found, len(page.Rows)), page.Rows}
	if page.Found == 0 && page.Next != "" { // while there is no index
		found.Count = FoundCounted + 1
	}
	return found, nil
}

func numbersOf[T, ID any](page Listing[T], idOf func(T) ID) Listing[ID] {
	var ids []ID
	for _, row := range page.Rows {
		ids = append(ids, idOf(row))
	}
	return listingOf(page, ids)
}

// find is the search by domain; what has no domain is found under "". listed is a page of the list of one domain, for while there is no
// index.
func find[ID ~int64](
	ctx context.Context, s *Scope, typed string, in wordPlace, domains []access.DomainKey, first int,
	listed func(access.DomainKey, Page) (Listing[ID], error),
) (map[access.DomainKey]Found[ID], error) {
	want, err := s.wants(ctx, in, typed)
	if err != nil || len(want.words) == 0 || want.nothing {
		return nil, err
	}
	all := map[access.DomainKey]Found[ID]{}
	if !want.keyed || !want.indexed {
		for _, d := range orNone(domains) {
			page, err := listed(d, Page{Query: typed, Limit: first})
			if err != nil {
				return nil, err
			}
			found := Found[ID]{len(page.Rows), page.Rows}
			if page.Next != "" {
				found.Count = FoundCounted + 1
			}
			if found.Count > 0 {
				all[d] = found
			}
		}
		return all, nil
	}
	s = s.searching()
	among, full, err := s.someFound(ctx, in, domains, want)
	if err != nil {
		return nil, err
	}
	all, err = best[ID](ctx, s, typed, in, domains, want.words, among, first)
	if err != nil {
		return nil, err
	}
	return all, countFull(ctx, s, in, full, want, all)
}

// someFound are the numbers of rows that may have the words, from their index: at most foundAtOnce of each domain, so that none is left
// out for the many of another. full are the domains that may have more.
func (s *Scope) someFound(ctx context.Context, in wordPlace, domains []access.DomainKey, want wanted) (among []int64, full []access.DomainKey, _ error) {
	if want.rare != "" { // and few rows with it, of any domain
		index := s.index(in, domains, want)
		among, err := rows[int64](ctx, s.store, index.sql.String(), index.args...)
		return among, nil, err
	}
	parts, err := s.apart(ctx, domains)
	if err != nil {
		return nil, nil, err
	}
	q := &query{}
	for i, part := range parts {
		if i > 0 {
			q.add("UNION ALL")
		}
		index := s.index(in, part, want)
		q.add("SELECT id, CAST(? AS INTEGER) AS part FROM ("+index.sql.String()+" LIMIT ?) AS listed", slices.Concat([]any{i}, index.args, []any{foundAtOnce})...)
	}
	some, err := rows[struct {
		ID   int64
		Part int
	}](ctx, s.store, q.sql.String(), q.args...)
	if err != nil {
		return nil, nil, err
	}
	of := map[int]int{}
	for _, row := range some {
		among = append(among, row.ID)
		if of[row.Part]++; of[row.Part] == foundAtOnce {
			full = append(full, orNone(parts[row.Part])...)
		}
	}
	return among, full, nil
}

// apart are the domains as the index is asked about them: those that have fewer than foundAtOnce resources altogether at once, and each
// of the others by itself.
func (s *Scope) apart(ctx context.Context, domains []access.DomainKey) ([][]access.DomainKey, error) {
	if len(domains) == 0 {
		return [][]access.DomainKey{nil}, nil
	}
	counted, err := rows[struct {
		Domain    access.DomainKey
		Resources int
	}](ctx, s.store, "SELECT domain, resources FROM domain_counts WHERE organization_id = ? AND "+s.store.dialect.texts("domain")+" ORDER BY resources, domain",
		s.id, list(domains))
	if err != nil {
		return nil, err
	}
	var together []access.DomainKey
	var parts [][]access.DomainKey
	room := foundAtOnce - 1
	for _, c := range counted {
		if room -= c.Resources; room >= 0 {
			together = append(together, c.Domain)
		} else {
			parts = append(parts, []access.DomainKey{c.Domain})
		}
	}
	if len(together) > 0 || len(parts) == 0 {
		parts = append(parts, orNone(together))
	}
	return parts, nil
}

// orNone are the domains, or the one that stands for none.
func orNone(domains []access.DomainKey) []access.DomainKey {
	if len(domains) == 0 {
		return []access.DomainKey{""}
	}
	return domains
}

func only(d access.DomainKey) []access.DomainKey {
	if d == "" {
		return nil
	}
	return []access.DomainKey{d}
}

// best are the first of each domain among the rows of these numbers that have the words. Domains are counted among them.
func best[ID ~int64](
	ctx context.Context, s *Scope, typed string, in wordPlace, domains []access.DomainKey, words []string, among []int64, first int,
) (map[access.DomainKey]Found[ID], error) {
	domain, column, d := "''", in.column(true), s.store.dialect
	if len(domains) > 0 {
		domain = in.alias + ".domain"
	}
	q := newQuery("SELECT id, domain, counted, place FROM (SELECT "+in.id+" AS id, "+domain+` AS domain, count(*) OVER (PARTITION BY `+domain+`) AS counted,
		row_number() OVER (PARTITION BY `+domain+" ORDER BY CASE WHEN "+column+` LIKE ? ESCAPE '\' THEN 0`, "___"+literally.Replace(names.Text(typed))+"%")
	q.add("WHEN 1 = 1")
	q.has(column, names.Beginnings(typed))
	q.add("THEN 1 ELSE 2 END, "+in.alias+".sort_key, "+in.id+") AS place FROM "+in.table+" "+in.alias+
		" WHERE "+d.unindexed(in.alias+".organization_id")+" = ? AND "+in.alias+".ended_at IS NULL AND "+d.ids(in.id), s.id, list(among))
	if len(domains) > 0 {
		q.add("AND "+d.texts(domain), list(domains))
	}
	q.has(column, words)
	q.add(") AS placed WHERE place <= ? ORDER BY place", first)
	places, err := rows[struct {
		ID             ID
		Domain         access.DomainKey
		Counted, Place int
	}](ctx, s.store, q.sql.String(), q.args...)
	if err != nil {
		return nil, err
	}
	all := map[access.DomainKey]Found[ID]{}
	for _, p := range places {
		of := all[p.Domain]
		of.Count, of.First = min(p.Counted, FoundCounted+1), append(of.First, p.ID)
		all[p.Domain] = of
	}
	return all, nil
}

// countFull counts the rows with the words of the domains of which not all were looked at. Where the counted ones among those are as many
// as are counted at all, nothing is left to count.
func countFull[ID ~int64](ctx context.Context, s *Scope, in wordPlace, full []access.DomainKey, want wanted, all map[access.DomainKey]Found[ID]) error {
	var each []string
	var args []any
	for _, d := range full {
		if all[d].Count <= FoundCounted {
			count := s.countFound(in, only(d), want)
			each = append(each, "SELECT CAST(? AS TEXT) AS domain, ("+count.sql.String()+") AS counted")
			args = append(append(args, d), count.args...)
		}
	}
	if len(each) == 0 {
		return nil
	}
	counts, err := rows[struct {
		Domain  access.DomainKey
		Counted int
	}](ctx, s.store, strings.Join(each, " UNION ALL "), args...)
	if err != nil {
		return err
	}
	for _, c := range counts {
		if of := all[c.Domain]; c.Counted > 0 {
			of.Count = c.Counted
			all[c.Domain] = of
		}
	}
	return nil
}

// countFound is the statement that counts the rows that have the words, from their index: up to FoundCounted, and one more where there
// are more.
func (s *Scope) countFound(in wordPlace, domains []access.DomainKey, want wanted) *query {
	q := s.index(in, domains, want)
	if s.store.dialect == sqliteDialect { // whose index knows which rows may have them
		found := in.table + "_by_words"
		q = newQuery("SELECT 1 FROM "+found+" CROSS JOIN "+in.table+" "+in.alias+" ON "+in.id+" = "+found+".rowid WHERE "+found+" MATCH ? AND "+in.alias+".organization_id = ?",
			append(q.args, s.id)...)
		if len(domains) > 0 {
			q.add("AND "+in.alias+".domain IN ?", domains)
		}
		in.has(q, in.column(true), want.words)
	}
	return newQuery("SELECT count(*) FROM ("+q.sql.String()+" LIMIT ?) AS listed", append(q.args, FoundCounted+1)...)
}
