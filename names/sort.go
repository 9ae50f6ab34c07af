package names

import (
	"encoding/base64"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Version names the way in which sort keys and texts are made. Rows that were written under another one are written anew.
const Version = "cldr-" + collate.CLDRVersion + "/2"

// ordered writes bytes as text that sorts as they do.
var ordered = base64.NewEncoding("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz").WithPadding(base64.NoPadding)

// A sort key has the weights of the letters, of their accents and of their case, in this order, with two zeros between.
// Weights that say nothing, as those of a letter without accent, are lower than all others: at the end of a level they are
// left out, which keeps the order and two thirds of the length.
const (
	plainAccent = "\x00\x20"
	plainCase   = '\x02'
	between     = "\x00\x00"
)

// collators keep a collator each for who sorts at the same time; one by itself is for one at a time.
var collators = sync.Pool{New: func() any { return collate.New(language.Und) }}

// SortKey is a text by which names sort as in a dictionary: the order of CLDR for no language in particular. It compares
// byte by byte.
func SortKey(name string) string {
	letters, accents, cased := levels(name)
	return ordered.EncodeToString([]byte(letters + between + accents + between + cased))
}

// SortKeyThen is a text by which names sort, and those that are the same by what follows them, such as the addresses of people.
// The comma is lower than all that sort keys are written with.
func SortKeyThen(name, then string) string { return SortKey(name) + "," + SortKey(then) }

// SameLetters are the sort keys, from the first on and before the second, of names that have the same letters with the same
// accents: they differ in case at most.
func SameLetters(name string) (from, until string) {
	letters, accents, _ := levels(name)
	key := letters + between + accents
	return ordered.EncodeToString([]byte(key + between)), ordered.EncodeToString([]byte(key + "\x00\x01"))
}

// Beginning are the sort keys, from the first on and before the second, of names that begin with the same letters, whatever their
// accents and case. A name that has no other letters sorts before all that go on.
func Beginning(name string) (from, until string) {
	letters, _, _ := levels(name)
	return ordered.EncodeToString([]byte(letters)), ordered.EncodeToString([]byte(letters + "\xff\xff\xff"))
}

func levels(name string) (letters, accents, cased string) {
	collator := collators.Get().(*collate.Collator)
	defer collators.Put(collator)
	var buffer collate.Buffer
	key := string(collator.KeyFromString(&buffer, strings.TrimSpace(name)))
	end := 0
	for end < len(key) && key[end:end+2] != between {
		if end += 2; key[end-2]&0x80 != 0 {
			end++ // a weight of three bytes
		}
	}
	letters, key = key[:end], key[end+2:]
	for end = 0; key[end:end+2] != between; {
		end += 2
	}
	accents, cased = key[:end], key[end+2:]
	for len(accents) > 0 && accents[len(accents)-2:] == plainAccent {
		accents = accents[:len(accents)-2]
	}
	for len(cased) > 0 && cased[len(cased)-1] == plainCase {
		cased = cased[:len(cased)-1]
	}
	return letters, accents, cased
}
