package credential

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The lengths of a password: characters at least, alone and beside a second factor, and bytes at most.
const (
	PasswordMinimum       = 15
	PasswordMinimumBeside = 8
	passwordMaximum       = 1024
)

// PasswordProblem says what is wrong with a new password of so many characters at least, "" where nothing is. The e-mail may
// not serve as one.
func PasswordProblem(minimum int, password, email string) string {
	switch {
	case !utf8.ValidString(password), strings.IndexFunc(password, unicode.IsControl) >= 0:
		return "Use only characters that you can type."
	case utf8.RuneCountInString(normal(password)) < minimum:
		return fmt.Sprintf("Use %d characters or more. A few words in a row are easy to remember.", minimum)
	case len(password) > passwordMaximum:
		return fmt.Sprintf("Use at most %d bytes.", passwordMaximum)
	case guessable(password, email):
		return "This password is too easy to guess. Add a few unrelated words."
	}
	return ""
}

// IsShort tells whether a password is long enough beside a second factor only.
func IsShort(password string) bool { return utf8.RuneCountInString(normal(password)) < PasswordMinimum }

// normal makes the same of what two keyboards send for the same characters.
func normal(password string) string { return norm.NFC.String(password) }
