package credential

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
)

// commonPieces is what common passwords are made of, one piece a line. At fifteen characters and more hardly a common
// password stands on any list as it is: they are short ones repeated, joined or filled up.
//
//go:embed common.txt
var commonPieces string

// rows are keyboard rows, the alphabet and the digits: whatever follows one of them, in either direction, is worth
// nothing.
var rows = []string{
	"abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm",
	"azertyuiopqsdfghjklmwxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
}

// lookalikes undoes the usual exchange of letters.
var lookalikes = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// spare is how many letters and digits a password must have beyond what everybody would try.
const spare = 5

// guessable tells whether hardly anything of a password is its owner's own: without common pieces, rows of keys,
// repetitions and the e-mail itself.
func guessable(password, email string) bool {
	pieces := strings.Fields(commonPieces)
	local, host, _ := strings.Cut(strings.ToLower(email), "@")
	for _, own := range []string{email, local, host} {
		if len(own) > 2 {
			pieces = append(pieces, strings.ToLower(own))
		}
	}
	slices.SortFunc(pieces, func(a, b string) int { return len(b) - len(a) }) // "password" before "pass"
	plain := strings.ToLower(password)
	return own(plain, pieces) < spare || own(lookalikes.Replace(plain), pieces) < spare
}

// own counts the letters and digits that remain of a text.
func own(text string, pieces []string) int {
	for _, p := range pieces {
		text = strings.ReplaceAll(text, p, " ")
	}
	return len(unrepeated(unrowed(onlyWords(text))))
}

// onlyWords keeps letters and digits; everything else parts words.
func onlyWords(text string) []rune {
	var out []rune
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			out = append(out, r)
		}
	}
	return out
}

// unrowed leaves out every run of four or more that follows a row of keys.
func unrowed(text []rune) []rune {
	var out []rune
	for i := 0; i < len(text); {
		n := rowLength(text[i:])
		if n < 4 {
			out = append(out, text[i])
			n = 1
		}
		i += n
	}
	return out
}

// rowLength is how many of the first characters follow one of the rows, forwards or backwards.
func rowLength(text []rune) int {
	longest := 0
	for _, row := range rows {
		for _, r := range []string{row, reversed(row)} {
			n := 1
			for n < len(text) && strings.Contains(r, string(text[:n+1])) {
				n++
			}
			longest = max(longest, n)
		}
	}
	return longest
}

func reversed(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}

// unrepeated keeps one of a text that only repeats its beginning ("abcabcab", "aaaa").
func unrepeated(text []rune) []rune {
	for n := 1; n <= len(text)/2; n++ {
		if periodic(text, n) {
			return text[:n]
		}
	}
	return text
}

func periodic(text []rune, n int) bool {
	for i := n; i < len(text); i++ {
		if text[i] != text[i-n] {
			return false
		}
	}
	return true
}
