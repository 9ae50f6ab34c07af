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
	open         bool   // the index has only rows that have not ended
	ordered      bool   // the indexes that sort its lists have the numbers of the rows
	said         map[string]Said
}

// Said is what an activity may be in place of having a word: its line, as pages print it, says the word. So lines are found by the words
// of today, and none of them is stored.
type Said struct {
	Operations []Operation
	Refused    bool
}

var (
	wordsOfResources   = wordPlace{table: "resources", alias: "r", id: "r.id", unkeyed: "'  ' || replace(r.sort_key, ' ', '  ')", open: true, ordered: true}
	wordsOfMembers     = wordPlace{table: "members", alias: "n", id: "n.id", unkeyed: "'  ' || replace(n.sort_key, ' ', '  ') || '  ' || n.email", open: true, ordered: true}
	wordsOfInvitations = wordPlace{table: "invitations", alias: "i", id: "i.id", unkeyed: "'  ' || i.email"}
	wordsOfMails       = wordPlace{table: "mails", alias: "m", id: "m.id", unkeyed: "'  ' || m.recipient", open: true}
	wordsOfRequests    = wordPlace{table: "temporary_accesses", alias: "t", id: "t.id", unkeyed: "r.words"}
	wordsOfActivities  = wordPlace{table: "activities", alias: "a", id: "a.id", unkeyed: `('  ' || replace(lower(a.operation || ' ' || a.actor_name || ' ' ||
		a.actor_email || ' ' || a.resource_name || ' ' || a.resource_key), ' ', '  '))`}

	wordPlaces = []wordPlace{wordsOfActivities, wordsOfInvitations, wordsOfMails, wordsOfMembers, wordsOfRequests, wordsOfResources}
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

// has adds the condition that a row has all of the words, or says them.
func (p wordPlace) has(q *query, column string, words []string) {
	for _, word := range words {
		said := p.saying(word)
		if said == "" {
			q.has(column, []string{word})
			continue
		}
		q.sift("AND ("+column+` LIKE ? ESCAPE '\' OR `+said+")", "%"+literally.Replace(word)+"%")
	}
}

// saying is the condition that a row says the word; "" where none does.
func (p wordPlace) saying(word string) string {
	var ways []string
	said := p.said[strings.TrimSpace(word)]
	if len(said.Operations) > 0 {
		ways = append(ways, p.alias+".operation IN ("+namesOf(said.Operations...)+")")
	}
	if said.Refused {
		ways = append(ways, p.alias+".outcome = 'refused'")
	}
	return strings.Join(ways, " OR ")
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
