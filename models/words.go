package models

import (
	"fmt"
	"hash/fnv"
	"strings"

	"bailiwick/access"
	"bailiwick/names"
)

// wordPlace is a table whose rows are found by words: its column words has them as names.Text writes them, and an index
// knows each three characters of it.
type wordPlace struct {
	table, alias string
	id           string // of the rows that a list shows
	unkeyed      string // stands for the words of rows that have none as yet (FillKeys)
}

var (
	wordsOfResources   = wordPlace{"resources", "r", "r.id", "'  ' || replace(r.sort_key, ' ', '  ')"}
	wordsOfMembers     = wordPlace{"members", "n", "n.id", "'  ' || replace(n.sort_key, ' ', '  ') || '  ' || n.email"}
	wordsOfInvitations = wordPlace{"invitations", "i", "i.id", "'  ' || i.email"}
)

// The characters of a mark are private ones, which no keyboard writes.
const (
	privateFrom  = 0xE000
	privateCount = 6400
)

// mark stands before the words of the rows of one domain of an organization, so that an index knows whose they are. Two
// domains may have the same: rows are asked for their own domain besides.
func (p wordPlace) mark(organization OrganizationID, domain access.DomainKey) string {
	hash := fnv.New64a()
	fmt.Fprintf(hash, "%d %s", organization, domain) // never fails
	h, mark := hash.Sum64(), make([]rune, 3)
	for i := range mark {
		mark[i] = rune(privateFrom + h%privateCount)
		h /= privateCount
	}
	return string(mark)
}

// text is what stands in the column words.
func (p wordPlace) text(organization OrganizationID, domain access.DomainKey, texts ...string) string {
	return p.mark(organization, domain) + names.Text(texts...)
}

// column are the words of a row, whether or not it has any as yet.
func (p wordPlace) column(keyed bool) string {
	if keyed {
		return p.alias + ".words"
	}
	return "CASE WHEN " + p.alias + ".words = '' THEN " + p.unkeyed + " ELSE " + p.alias + ".words END"
}

// has adds the condition that a column, which holds a names.Text, has all of the words.
func (q *query) has(column string, words []string) {
	for _, word := range words {
		if !storable(word) {
			q.add("AND 1 = 0")
			return
		}
		q.sift("AND "+column+` LIKE ? ESCAPE '\'`, "%"+literally.Replace(word)+"%")
	}
}

// literally takes a text for LIKE as it stands.
var literally = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// contains adds the condition that texts together, which nobody folds for a list, have all words that somebody typed.
func (q *query) contains(column, typed string) {
	q.has("('  ' || replace(lower("+column+"), ' ', '  '))", names.Words(typed))
}
