package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// most is how many words are looked for at once, at most; what is typed beyond them narrows nothing.
const most = 10

// anywhere is from how many characters on a word is found in the middle of others. Shorter ones are found where a word
// begins.
const anywhere = 3

// gap stands before each word of a Text. Two blanks make three characters of the gap and the first letter, which is as
// little as an index of three characters knows.
const gap = "  "

// Text is what a name is found by: each word behind a gap, folded, and the parts of words besides, such as those of an
// address. Several texts, such as a name and an address, are found together.
func Text(texts ...string) string {
	var b strings.Builder
	for _, text := range texts {
		for _, word := range strings.Fields(Fold(text)) {
			b.WriteString(gap + word)
			if parts := strings.FieldsFunc(word, separates); len(parts) > 1 || len(parts) == 1 && parts[0] != word {
				for _, part := range parts {
					b.WriteString(gap + part)
				}
			}
		}
	}
	return b.String()
}

func separates(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.M, r)
}

// Words are the words of what somebody typed, as a Text holds them, each once and the longest first. A Text has a word
// where it contains it; one shorter than three characters comes with its gap, and so is found where a word begins.
func Words(typed string) []string {
	var all []string
	for _, word := range strings.Fields(Fold(typed)) {
		if utf8.RuneCountInString(word) < anywhere {
			word = gap + word
		}
		if !slices.Contains(all, word) {
			all = append(all, word)
		}
	}
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	return all[:min(most, len(all))]
}

// Beginnings are Words that are found only where a word begins, whatever their length.
func Beginnings(typed string) []string {
	all := Words(typed)
	for i, word := range all {
		all[i] = gap + strings.TrimPrefix(word, gap)
	}
	return all
}

// Has tells whether a Text has all of the words.
func Has(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}

// Matches tells whether a name has all words of what somebody typed: for lists that are no database's.
func Matches(typed string, texts ...string) bool { return Has(Text(texts...), Words(typed)) }
