package static_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"bailiwick/names"
)

// The script filters what stands on a page, the server the rest: both have to take the same letters for each other.
func TestTheScriptFoldsLettersAsNamesDoes(t *testing.T) {
	source, err := os.ReadFile("console.js")
	if err != nil {
		t.Fatal(err)
	}
	table := regexp.MustCompile(`(?s)const plain = \{(.*?)\};`).FindSubmatch(source)
	if table == nil {
		t.Fatal("the script has no table of letters")
	}
	plain := map[string]string{}
	for _, pair := range regexp.MustCompile(`"(.)": "([^"]+)"`).FindAllSubmatch(table[1], -1) {
		plain[string(pair[1])] = string(pair[2])
	}
	folded := func(text string) string { // as the script does it
		bare := strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFKD.String(text))
		var all strings.Builder
		for _, r := range strings.ToLower(bare) {
			letter := string(r)
			if other, known := plain[letter]; known {
				letter = other
			}
			all.WriteString(letter)
		}
		return all.String()
	}
	for r := ' '; r <= 0x2212; r++ { // Latin, Greek, Cyrillic and the marks for which programs have others
		if latin := r < 0x0530 || r >= 0x1e00 && r < 0x2000; (latin && unicode.IsLetter(r) || r >= 0x2010) && folded(string(r)) != names.Fold(string(r)) {
			t.Errorf("%q (%U) is %q in the script, %q on the server", r, r, folded(string(r)), names.Fold(string(r)))
		}
	}
}
