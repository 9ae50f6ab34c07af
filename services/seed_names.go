package services

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"bailiwick/access"
)

// seedNames says how a seed calls what it makes. Keys differ from one another, and the local parts of addresses too.
type seedNames interface {
	member(n int) (local, name string)
	group(n int) (key, name string)
	resource(d *access.Domain, n int) (key, name string)
	kind(d *access.Domain, n int) string // type of the resource
	home(member, groups int) int         // number of the group that the member belongs to; below 0: any
}

// numberedNames makes names for any number of things. What it draws by chance it draws in the order in which it is asked.
type numberedNames struct{ chance *rand.Rand }

// seedWords make names as different as real ones.
var seedWords = strings.Fields(`amber birch cedar delta ember fjord grove harbor island jasper kernel ledger meadow nimbus
	orchard prairie quarry ridge summit timber upland valley willow yonder zephyr anchor beacon canyon drift estuary`)

// name begins with a word by chance, so that names don't come in the order of their numbers. The number makes it unique.
func (m numberedNames) name(kind string, n int) string {
	word := func() string { return seedWords[m.chance.IntN(len(seedWords))] }
	first := word()
	return fmt.Sprintf("%s%s %s %s %d", strings.ToUpper(first[:1]), first[1:], word(), kind, n)
}

func (m numberedNames) member(n int) (local, name string) {
	return fmt.Sprintf("member-%06d", n), m.name("member", n)
}

func (m numberedNames) group(n int) (key, name string) {
	return fmt.Sprintf("group-%05d", n), m.name("group", n)
}

func (m numberedNames) resource(d *access.Domain, n int) (key, name string) {
	return fmt.Sprintf("%s-%07d", keyFor(d.Resource, "thing"), n), m.name(d.Resource, n)
}

func (m numberedNames) kind(*access.Domain, int) string {
	return []string{"database", "sitemap", "web"}[m.chance.IntN(3)]
}

func (m numberedNames) home(int, int) int { return -1 }
