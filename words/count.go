package words

import (
	"strconv"
	"strings"
)

// Noun is what is counted, as it stands inside a sentence: one of it, and any other number. A verb that has to agree may
// belong to it: {"key expires", "keys expire"}.
type Noun struct{ One, Many string }

// Regular is a noun whose plural follows the rules of English.
func Regular(one string) Noun { return Noun{one, plural(one)} }

// Of is the form that agrees with the number: "member", "members".
func (n Noun) Of(count int) string {
	if count == 1 {
		return n.One
	}
	return n.Many
}

// Count is the number with its noun: "1 member", "0 members", "1,284 members".
func (n Noun) Count(count int) string { return Number(count) + " " + n.Of(count) }

// Roughly is the same where nobody counts above 1,000: "1,000+ members".
func (n Noun) Roughly(count int) string { return Roughly(count) + " " + n.Of(count) }

// These are those that a page shows: "this member", "these 240 members".
func (n Noun) These(count int) string {
	if count == 1 {
		return "this " + n.One
	}
	return "these " + n.Roughly(count)
}

// All are all of them, however many: "the only member", "all 240 members".
func (n Noun) All(count int) string {
	if count == 1 {
		return "the only " + n.One
	}
	return "all " + n.Roughly(count)
}

// With is the noun with a word before it: "matching member".
func (n Noun) With(word string) Noun { return Noun{word + " " + n.One, word + " " + n.Many} }

// Range are rows of a list whose length nobody knows: "Members 51–100".
func (n Noun) Range(first, last int) string { return Upper(n.Many) + " " + between(first, last) }

// RangeOf are rows of a list: "51–100 of 400 members", "51–100 of 1,000+ members".
func (n Noun) RangeOf(first, last, total int) string {
	return RangeOf(first, last, total) + " " + n.Of(total)
}

// RangeOf is the same without a noun: "51–100 of 400".
func RangeOf(first, last, total int) string { return between(first, last) + " of " + Roughly(total) }

func between(first, last int) string {
	if first >= last {
		return Number(last)
	}
	return Number(first) + "–" + Number(last)
}

// Number writes a count with its thousands set apart: "1,284".
func Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return sign + digits
}

// spelled are the small numbers as they stand in a sentence.
var spelled = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

// Spelled writes a small number as a word, and any other as Number does: "four", "11".
func Spelled(n int) string {
	if n < 0 || n >= len(spelled) {
		return Number(n)
	}
	return spelled[n]
}

// Roughly is how many there are, above 1,000 as "1,000+": lists never count more.
func Roughly(n int) string {
	if n > 1000 {
		return "1,000+"
	}
	return Number(n)
}

// plural is the regular plural: "sources", "policies", "addresses". Of several words the last one changes.
func plural(noun string) string {
	switch {
	case noun == "":
		return ""
	case len(noun) > 1 && strings.HasSuffix(noun, "y") && !strings.ContainsRune("aeiouAEIOU", rune(noun[len(noun)-2])):
		return noun[:len(noun)-1] + "ies"
	}
	for _, hissing := range []string{"s", "x", "z", "ch", "sh"} {
		if strings.HasSuffix(noun, hissing) {
			return noun + "es"
		}
	}
	return noun + "s"
}
