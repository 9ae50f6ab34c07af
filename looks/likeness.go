package looks

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Likeness says of a doubtful address in one sentence, without a full stop, what it may be taken for and by which letter: "Looks like
// admin@example.com: the first letter is Cyrillic (U+0430)". Where it can be taken for no plain address it says why it is doubted.
func Likeness(address string, d Doubt) string {
	address = decoded(address)
	plain, first, place := plainly(address)
	if ascii(plain) && first != 0 {
		return fmt.Sprintf("Looks like %s: %s is %s (U+%04X)", plain, ordinal(place), kindOf(first), first)
	}
	return strings.ToUpper(d.Why[:1]) + d.Why[1:] + ": " + strings.Join(d.Characters, ", ")
}

// plainly is an address with the plain letters that others pass for, the first of those others, and its place from 1.
func plainly(address string) (plain string, first rune, place int) {
	var b strings.Builder
	n := 0
	for _, r := range address {
		n++
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		if first == 0 {
			first, place = r, n
		}
		if like, known := alike[r]; known {
			b.WriteRune(unicode.ToLower(like))
			continue
		}
		b.WriteString(strings.ToLower(norm.NFKC.String(string(r))))
	}
	return b.String(), first, place
}

func ordinal(place int) string {
	if names := []string{"first", "second", "third", "fourth", "fifth"}; place <= len(names) {
		return "the " + names[place-1] + " letter"
	}
	return fmt.Sprintf("character %d", place)
}

// kindOf is what sets a letter apart: that it is full-width, or the script that it comes from.
func kindOf(r rune) string {
	switch script := scriptOf(r); {
	case r >= 0xff01 && r <= 0xff5e:
		return "full-width"
	case script == "" || script == "Latin":
		return "a special form"
	default:
		return script
	}
}
