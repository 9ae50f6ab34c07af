package files

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Lengths of an e-mail address in bytes (RFC 5321).
const (
	maxEmail = 254
	maxLocal = 64
	maxLabel = 63
)

var errEmail = errors.New("is not an email address: use a form such as john.smith@example.com")

// CanonicalEmail is the one form in which an address is stored and compared: lower case, composed characters (NFC).
// Blanks around it are an error, not trimmed: they are a sign that something else was pasted along. Quoted local parts,
// comments and address literals are refused.
func CanonicalEmail(s string) (string, error) {
	if !utf8.ValidString(s) || len(s) > maxEmail {
		return "", errEmail
	}
	email := norm.NFC.String(strings.ToLower(norm.NFC.String(s)))
	local, domain, found := strings.Cut(email, "@")
	if !found || len(email) > maxEmail || len(local) > maxLocal || !dotted(local, localCharacter) || !dotted(domain, domainCharacter) {
		return "", errEmail
	}
	for _, label := range strings.Split(domain, ".") {
		if len(label) > maxLabel || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return "", errEmail
		}
	}
	return email, nil
}

// dotted tells whether the text is one or more words of these characters, joined by single dots.
func dotted(text string, allowed func(rune) bool) bool {
	for _, word := range strings.Split(text, ".") {
		if word == "" || strings.ContainsFunc(word, func(c rune) bool { return !allowed(c) }) {
			return false
		}
	}
	return true
}

func localCharacter(c rune) bool {
	return domainCharacter(c) || strings.ContainsRune("!#$%&'*+/=?^_`{|}~", c)
}

func domainCharacter(c rune) bool {
	return c == '-' || c < utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c)) ||
		c >= utf8.RuneSelf && unicode.In(c, unicode.L, unicode.M, unicode.N)
}
