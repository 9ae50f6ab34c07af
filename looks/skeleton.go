package looks

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// alike are the characters of other scripts that a reader takes for Latin ones, capital and small: a part of Unicode's
// list of confusables (UTS #39) that is small enough to be read. What compatibility forms look like, full-width and styled
// letters among them, norm.NFKC knows; capitals and small letters are the same afterwards. One, small L and the bar look
// like a capital I, and zero like O.
var alike = pairs(
	// Cyrillic
	"АаA ВвB ЕеE КкK МмM НнH ОоO РрP СсC ТтT УуY ҮүY ХхX ІіI ЈјJ ЅѕS ӀӏI ԁԀD ԛԚQ ԝԜW һҺH ѵѴV",
	// Greek; small eta and nu look like other letters than their capitals
	"ΑαA ΒβB ΕεE ΖZ ΗH ηN ΙιI ΚκK ΜM ΝN νV ΟοO σO ΡρP ΤτT ΥυY ΧχX γY ωW",
	// Armenian
	"օO ոN հH սU ցG քP",
	// Latin letters that are easily taken for plain ones
	"ıI ɩI ɑA ɡG ʏY ʀR ɴN ɪI ᴏO ᴀA ꞓC",
	"1I lI |I ǀI 0O ʼ' ’' ‘' `' ‐- ‑- ‒- –- —- −-",
)

// pairs reads words of which each character looks like the last one.
func pairs(lines ...string) map[rune]rune {
	all := map[rune]rune{}
	for _, word := range strings.Fields(strings.Join(lines, " ")) {
		letters := []rune(word)
		for _, r := range letters[:len(letters)-1] {
			all[r] = letters[len(letters)-1]
		}
	}
	return all
}

// Skeleton is the same for two texts that look alike. It is for comparing, not for reading. Accents count: José is not
// Jose.
func Skeleton(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(text) {
		switch like, known := alike[r]; {
		case known:
			b.WriteRune(like)
		case unicode.IsSpace(r) || r == '\u2800': // the pattern of Braille without a dot
			b.WriteByte(' ')
		case !unseen(r):
			b.WriteRune(r)
		}
	}
	folded := cases.Fold().String(strings.Join(strings.Fields(b.String()), " "))
	return norm.NFC.String(strings.ReplaceAll(folded, "l", "i")) // a capital L is told from an I, a small one is not
}

// Blank tells whether nothing of a text can be seen: nobody could read or choose what has it for its name.
func Blank(text string) bool { return Skeleton(text) == "" }

// unseen tells whether nothing is drawn for a character.
func unseen(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector) || strings.ContainsRune("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\U0001d159", r)
}
