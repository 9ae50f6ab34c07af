package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Compose is a text with each letter and its accents in one character where there is one (NFC), which is how keyboards
// write them. Some systems keep them apart in files: both look the same and would not be equal.
func Compose(text string) string { return norm.NFC.String(text) }

// plain are letters that readers take for others with an accent, though Unicode does not take them apart, and the marks
// that programs put in the place of plain ones.
var plain = strings.NewReplacer(
	"ø", "o", "ł", "l", "đ", "d", "ð", "d", "ħ", "h", "ŧ", "t", "ı", "i", "æ", "ae", "œ", "oe", "þ", "th",
	"’", "'", "‘", "'", "ʼ", "'", "‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "−", "-",
)

// Fold is a text without case and accents: what is the same for somebody who looks for it.
func Fold(text string) string {
	bare := withoutMarks(text)
	folded := cases.Fold().String(bare)
	return plain.Replace(withoutMarks(folded)) // a folded letter may have a mark of its own
}

func withoutMarks(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(text))
}
