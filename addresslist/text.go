package addresslist

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// Read reads a pasted text. The lines are counted on from those before, so that a second paste goes on where the first ended.
func Read(text string, before int) List {
	b := builder{}
	for n, line := range lines(text) {
		readLine(&b, before+n+1, line)
	}
	return b.list()
}

// lines are those of a text, whichever way it breaks them.
func lines(text string) []string {
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text), "\n")
}

// readLine reads the parts of a line. What is between tabs is a row of a spreadsheet: where a cell has an address, the others are
// columns of something else, and the first of them is taken for the name.
func readLine(b *builder, line int, text string) {
	cells := strings.Split(text, "\t")
	if len(cells) == 1 {
		readParts(b, line, text, "")
		return
	}
	name, addresses := "", 0
	for _, cell := range cells {
		switch {
		case strings.Contains(cell, "@"):
			addresses++
		case name == "":
			name = strings.TrimSpace(cell)
		}
	}
	switch {
	case addresses == 0 && heads(cells):
		return
	case addresses == 0:
		readParts(b, line, strings.Join(cells, " "), "")
		return
	case addresses > 1:
		name = ""
	}
	for _, cell := range cells {
		if strings.Contains(cell, "@") || addressWithoutSign(strings.TrimSpace(cell)) {
			readParts(b, line, cell, name)
		}
	}
}

// heads tells whether cells are the names of columns.
func heads(cells []string) bool {
	_, found := column(cells, addressHeads)
	return found
}

// readParts reads what commas and semicolons separate, outside quotes.
func readParts(b *builder, line int, text, name string) {
	for _, part := range parts(text) {
		readPart(b, line, part, name)
	}
}

// parts takes a line apart at commas and semicolons that are neither in quotes nor in angle brackets, and behind a bracket that
// closes. A quote or bracket that nothing closes is a character like any other.
func parts(text string) []string {
	var all []string
	begin, quotes := 0, true
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '"' && quotes:
			end := closing(text, i)
			quotes = end > i+1 // where one quote closes nowhere, looking for another from each that follows would take long
			i = end
			continue
		case c == '<':
			i = closing(text, i)
			if text[i-1] == '>' {
				all, begin = append(all, text[begin:i]), i
			}
			continue
		case c == ',' || c == ';':
			all, begin = append(all, text[begin:i]), i+1
		default:
			if sign, size := separator(text[i:]); sign {
				all, begin = append(all, text[begin:i]), i+size
				i += size
				continue
			}
		}
		i++
	}
	return append(all, text[begin:])
}

// closing is the place behind the quote or bracket that closes the one at a place; behind the opening one where none does.
func closing(text string, at int) int {
	end := map[byte]byte{'"': '"', '<': '>'}[text[at]]
	for i := at + 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && end == '"':
			i++
		case text[i] == end:
			return i + 1
		case end == '>' && (text[i] == '<' || text[i] == ',' || text[i] == ';'):
			return at + 1
		}
	}
	return at + 1
}

// separator tells whether a text begins with a comma or semicolon of another width, and how long it is.
func separator(text string) (bool, int) {
	for _, sign := range []string{"，", "；", "、"} {
		if strings.HasPrefix(text, sign) {
			return true, len(sign)
		}
	}
	return false, 0
}

// readPart reads a name with an address in brackets, or words of which some are addresses.
func readPart(b *builder, line int, part, name string) {
	part = strings.TrimSpace(part)
	if open := strings.LastIndexByte(part, '<'); open >= 0 && strings.ContainsRune(part[open:], '@') {
		inside := strings.TrimSuffix(strings.TrimSpace(part[open+1:]), ">")
		b.add(line, bare(inside), orElse(unquoted(part[:open]), name))
		return
	}
	found := strings.Fields(part)
	if strings.Count(part, `"`) == 2 && strings.HasPrefix(part, `"`) { // "John Smith" john.smith@example.com
		end := closing(part, 0)
		if inside := part[1 : end-1]; !strings.Contains(inside, "@") {
			name, found = orElse(strings.TrimSpace(inside), name), strings.Fields(part[end:])
		}
	}
	readWords(b, line, found, name)
}

// readWords reads words that blanks separate. Those with an @ sign are addresses, and so was meant what looks like a domain; the
// words beside them are a name.
func readWords(b *builder, line int, found []string, name string) {
	var meant, others []string
	for _, word := range found {
		switch word := bare(word); {
		case strings.Contains(word, "@") || addressWithoutSign(word):
			meant = append(meant, word)
		case word != "":
			others = append(others, word)
		}
	}
	switch {
	case len(meant) == 0 && len(others) > 0:
		b.add(line, strings.Join(others, " "), "")
	case len(meant) == 1:
		others = slices.DeleteFunc(others, func(word string) bool { return !strings.ContainsFunc(word, unicode.IsLetter) }) // "1." and "-"
		name = orElse(strings.Join(others, " "), name)
	}
	for _, word := range meant {
		b.add(line, word, name)
	}
}

// addressWithoutSign tells whether a word has a dot as domains have, so that an @ sign was forgotten.
func addressWithoutSign(word string) bool {
	dot := strings.LastIndexByte(word, '.')
	return dot > 0 && len(word)-dot > 2 && !strings.ContainsFunc(word, unicode.IsSpace) && !strings.ContainsFunc(word[dot+1:], func(r rune) bool { return !unicode.IsLetter(r) })
}

// bare is a word without what lists put around an address: brackets, quotes, a full stop, "mailto:".
func bare(word string) string {
	word = strings.TrimFunc(word, around)
	const scheme = "mailto:"
	if len(word) >= len(scheme) && strings.EqualFold(word[:len(scheme)], scheme) {
		word, _, _ = strings.Cut(word[len(scheme):], "?")
		if plain, err := url.PathUnescape(word); err == nil {
			word = plain
		}
	}
	return strings.TrimRight(strings.TrimFunc(word, around), ".:")
}

func around(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf) || strings.ContainsRune(`<>()[]{}"'“”„«»‘’|•*`, r)
}

// unquoted is a name without the quotes around it.
func unquoted(name string) string {
	name = strings.TrimSpace(name)
	if len(name) > 1 && name[0] == '"' && name[len(name)-1] == '"' {
		name = strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(name[1 : len(name)-1])
	}
	return strings.Trim(name, `'"`)
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
