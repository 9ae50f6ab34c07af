package addresslist

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"bailiwick/services/files"
)

// mostShown is how much of a text that can't be used is shown, in characters.
const mostShown = 120

// canonical is the one form of an address, or why the text is none.
func canonical(text string) (email, why string) {
	if why := shape(text); why != "" {
		return "", why
	}
	email, err := files.CanonicalEmail(text)
	if err != nil {
		return "", detail(text)
	}
	return email, ""
}

// shape is what is wrong with the parts of an address; "" where it has one @ sign and something like a domain behind it.
func shape(text string) string {
	name, domain, _ := strings.Cut(text, "@")
	switch signs := strings.Count(text, "@"); {
	case signs == 0 && strings.ContainsAny(text, "＠﹫"):
		return "The @ sign is a special form of it"
	case signs == 0:
		return "No @ sign"
	case signs == 2:
		return "Two @ signs"
	case signs > 2:
		return "More than two @ signs"
	case name == "":
		return "Nothing before the @ sign"
	case domain == "":
		return "Nothing after the @ sign"
	case !strings.Contains(domain, "."):
		return "The domain has no dot"
	}
	return ""
}

// detail is what else is wrong with a text that has the shape of an address.
func detail(text string) string {
	if len(text) > 254 || strings.IndexByte(text, '@') > 64 {
		return "The address is too long"
	}
	for _, r := range text {
		switch {
		case unseen(r):
			return "It has a character that can’t be seen"
		case !written(r):
			return "It has a character that no address has: " + character(r)
		}
	}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == '@' }) {
		if strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".") || strings.Contains(part, "..") {
			return "A dot is in the wrong place"
		}
	}
	return "Not a complete address"
}

// written tells whether a character is written in addresses at all.
func written(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("@.-!#$%&'*+/=?^_`{|}~", r)) ||
		r >= utf8.RuneSelf && unicode.In(r, unicode.L, unicode.M, unicode.N)
}

// unseen tells whether nobody could see a character.
func unseen(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) && !unicode.IsSpace(r) }

// character names one: by itself, where it stands by itself.
func character(r rune) string {
	if unicode.IsSpace(r) || unicode.In(r, unicode.M) {
		return fmt.Sprintf("U+%04X", r)
	}
	return fmt.Sprintf("%c (U+%04X)", r, r)
}

// shown is a text fit to be shown and sent again: one line, composed, cut, with a mark for each character that can't be seen.
func shown(text string) string {
	text = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unseen(r):
			return utf8.RuneError
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(text, string(utf8.RuneError))))), " ")
	if runes := []rune(text); len(runes) > mostShown {
		return string(runes[:mostShown-1]) + "…"
	}
	return text
}
