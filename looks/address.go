package looks

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/unicode/runenames"
)

// Doubt says why an address may not be the one that its reader takes it for.
type Doubt struct {
	Why        string   // a part of a sentence: "it mixes Cyrillic and Latin letters"
	Characters []string // "а U+0430 CYRILLIC SMALL LETTER A": those that are not ASCII, each once
}

// String is the doubt in one line.
func (d Doubt) String() string { return d.Why + ": " + strings.Join(d.Characters, ", ") }

// DoubtAbout tells whether a canonical address looks like another one: a part of it mixes scripts, is written in full-width
// or other compatibility forms, or is read as plain letters that it does not have. Parts are what dots and the at sign
// separate, so that a name in one script at a domain in another is as good as any. Domains that are written in the ASCII form of
// other letters ("xn--…") are read as those.
func DoubtAbout(address string) (Doubt, bool) {
	address = decoded(address)
	for _, part := range strings.FieldsFunc(address, func(r rune) bool { return r == '.' || r == '@' }) {
		if why := doubtful(part); why != "" {
			return Doubt{why, characters(address)}, true
		}
	}
	return Doubt{}, false
}

// decoded is an address with the letters that its domain stands for.
func decoded(address string) string {
	name, domain, _ := strings.Cut(address, "@")
	if plain, err := idna.ToUnicode(domain); err == nil && plain != domain {
		return name + "@" + plain
	}
	return address
}

func doubtful(part string) string {
	scripts := scriptsOf(part)
	switch {
	case ascii(part):
		return ""
	case norm.NFKC.String(part) != norm.NFC.String(part):
		return "it has full-width or other special forms of letters"
	case len(scripts) > 1:
		return "it mixes " + strings.Join(scripts[:len(scripts)-1], ", ") + " and " + scripts[len(scripts)-1] + " letters"
	case ascii(Skeleton(part)):
		return "its letters look like others"
	}
	return ""
}

func ascii(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
}

// together are the scripts that one language is written in, under the name that they go by here.
var together = map[string]string{"Han": "East Asian", "Hiragana": "East Asian", "Katakana": "East Asian",
	"Bopomofo": "East Asian", "Hangul": "East Asian"}

// scriptsOf are the names of the scripts of a text, sorted.
func scriptsOf(text string) []string {
	var names []string
	for _, r := range text {
		if name := scriptOf(r); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// scriptOf is the name of a character's script; "" for what belongs to all, such as digits and accents.
func scriptOf(r rune) string {
	if unicode.In(r, unicode.Common, unicode.Inherited) {
		return ""
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			if joint, ok := together[name]; ok {
				return joint
			}
			return name
		}
	}
	return "unknown"
}

// characters are those of a text that are not ASCII, each once, with their code points and names.
func characters(text string) []string {
	var all []string
	for _, r := range text {
		if r < utf8.RuneSelf {
			continue
		}
		if line := fmt.Sprintf("%c U+%04X %s", r, r, runenames.Name(r)); !slices.Contains(all, line) {
			all = append(all, line)
		}
	}
	return all
}
