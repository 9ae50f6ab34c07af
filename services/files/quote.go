package files

import (
	"fmt"
	"strings"
)

// quote makes a double-quoted YAML text. In a problem a long one is cut.
func quote(text string) string {
	if runes := []rune(text); len(runes) > maxName {
		text = string(runes[:maxName]) + "…"
	}
	return quoted(text)
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

func quoted(text string) string {
	var b strings.Builder
	for _, c := range escapes.Replace(text) {
		if printable(c) {
			b.WriteRune(c)
		} else {
			fmt.Fprintf(&b, "\\u%04X", c)
		}
	}
	return `"` + b.String() + `"`
}

// printable tells of the characters that stand in YAML as they are; it breaks lines at some that are not.
func printable(c rune) bool {
	switch {
	case c == 0x2028, c == 0x2029, c == 0xFEFF:
		return false
	case c < 0x10000:
		return c >= ' ' && c <= '~' || c >= 0xA0 && c <= 0xFFFD
	}
	return true
}

// scalarText writes a text so that any YAML reader gives it back as the same text: plain where that is safe, else
// quoted.
func scalarText(text string) string {
	if plain(text) {
		return text
	}
	return quoted(text)
}

// words that some YAML reader takes for something else than text.
var words = map[string]bool{"true": true, "false": true, "yes": true, "no": true, "on": true, "off": true, "y": true, "n": true, "null": true}

// plain tells whether a text needs no quotes: it begins with a letter, and holds letters, digits and a few signs that
// mean nothing in YAML wherever they stand.
func plain(text string) bool {
	if text == "" || !letter(text[0]) || text[len(text)-1] == ' ' || words[strings.ToLower(text)] {
		return false
	}
	for i := range len(text) {
		if c := text[i]; !letter(c) && (c < '0' || c > '9') && !strings.ContainsRune(" ._/@+-", rune(c)) {
			return false
		}
	}
	return !strings.Contains(text, "  ")
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
