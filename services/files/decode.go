package files

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"bailiwick/access"
	"bailiwick/looks"
)

// maxName is the length of names in characters, maxText that of descriptions.
const (
	maxName = 125
	maxText = 1000
)

// fields says what to do with each key of a mapping.
type fields map[string]func(*node)

// mapping visits the entries of a mapping. Unknown and repeated keys, and required ones that are missing, are problems.
func (p *problems) mapping(n *node, fields fields, required ...string) {
	valid := make([]string, 0, len(fields))
	for key := range fields {
		valid = append(valid, key)
	}
	slices.Sort(valid)
	seen := map[string]bool{}
	for _, e := range p.entries(n) {
		visit := fields[e.key]
		if visit == nil {
			p.fail(e.line, "unknown key %s: use %s", quote(e.key), nearest(e.key, valid))
			continue
		}
		seen[e.key] = true
		visit(e.value)
	}
	if n.kind != mapping {
		return
	}
	for _, key := range required {
		if !seen[key] {
			p.fail(n.line, "%s is missing", key)
		}
	}
}

// entries are those of a mapping, without repeated ones.
func (p *problems) entries(n *node) []entry {
	if !p.is(n, mapping) {
		return nil
	}
	first := make(map[string]int, len(n.entries))
	entries := make([]entry, 0, len(n.entries))
	for _, e := range n.entries {
		if line, twice := first[e.key]; twice {
			p.fail(e.line, "%s stands twice: first in %s", quote(e.key), p.seenFrom(e.line, line))
			continue
		}
		first[e.key] = e.line
		entries = append(entries, e)
	}
	return entries
}

func (p *problems) is(n *node, want kind) bool {
	if n.kind != want {
		p.fail(n.line, "%s is expected here, not %s", kindNames[want], kindNames[n.kind])
	}
	return n.kind == want
}

// list are the items of a list.
func (p *problems) items(n *node) []*node {
	if !p.is(n, list) {
		return nil
	}
	return n.items
}

// text is a scalar as it is written.
func (p *problems) text(n *node) string {
	if !p.is(n, scalar) {
		return ""
	}
	return n.text
}

// texts is a list of scalars.
func (p *problems) texts(n *node) []string {
	var texts []string
	for _, item := range p.items(n) {
		texts = append(texts, p.text(item))
	}
	return texts
}

// flag is true or false.
func (p *problems) flag(n *node) bool {
	if n.kind != scalar || n.quoted || n.text != "true" && n.text != "false" {
		p.fail(n.line, "use true or false")
		return false
	}
	return n.text == "true"
}

// key is a key of a group, member's group, resource or API key.
func (p *problems) key(n *node) string {
	text := p.text(n)
	if n.kind == scalar && !access.ValidKey(text) {
		p.fail(n.line, "%s is not a key: use a-z, 0-9, dot, underscore and hyphen, beginning with a letter or digit, 64 characters at most", quote(text))
	}
	return text
}

// name is a text for people: one line, not empty, without blanks around it, and something of it can be seen.
func (p *problems) name(n *node) string {
	before := len(p.list)
	text := p.line(n, maxName)
	if len(p.list) == before && n.kind == scalar && looks.Blank(text) {
		p.fail(n.line, "%s has no character that can be seen", quote(text))
	}
	return text
}

// line is a text of one line, composed as keyboards write it: some systems keep letters and accents apart in files.
func (p *problems) line(n *node, longest int) string {
	text := norm.NFC.String(p.text(n))
	switch {
	case n.kind != scalar:
	case strings.TrimFunc(text, unicode.IsSpace) == "":
		p.fail(n.line, "a text is missing")
	case strings.TrimFunc(text, unicode.IsSpace) != text:
		p.fail(n.line, "%s begins or ends with a blank", quote(text))
	case utf8.RuneCountInString(text) > longest:
		p.fail(n.line, "the text is too long: %d characters at most", longest)
	case strings.ContainsFunc(text, Invisible):
		p.fail(n.line, "%s holds control characters", quote(text))
	}
	return text
}

// Invisible tells of characters that no name may hold, in files or on pages: they make a text look like another one, as
// controls, line breaks and changes of direction do.
func Invisible(c rune) bool {
	return unicode.IsControl(c) || unicode.In(c, unicode.Zl, unicode.Zp, unicode.Bidi_Control) || strings.ContainsRune("\u200b\u2060\ufeff", c) || c == utf8.RuneError
}

// choice is one of a few words.
func (p *problems) choice(n *node, words ...string) string {
	text := p.text(n)
	if n.kind == scalar && !slices.Contains(words, text) {
		p.fail(n.line, "%s is not valid here: use %s", quote(text), either(words))
	}
	return text
}

// version must be 1: a file of a later format is not half understood.
func (p *problems) version(n *node) {
	if text := p.text(n); n.kind == scalar && (text != "1" || n.quoted) {
		p.fail(n.line, "version %s is not known: use 1", quote(text))
	}
}
