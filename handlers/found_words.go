package handlers

import (
	"slices"
	"strings"
	"unicode"

	"bailiwick/views/parts"
)

// marked is a text in which the words that somebody looked for are marked, in any case. A mark that would begin inside another one
// is part of it.
func marked(text, query string) parts.Words {
	runes, looked := []rune(text), make([]bool, len([]rune(text)))
	low := lowRunes(text)
	for _, word := range strings.Fields(query) {
		sought := lowRunes(word)
		for at := 0; at+len(sought) <= len(low); at++ {
			if slices.Equal(low[at:at+len(sought)], sought) {
				for i := range sought {
					looked[at+i] = true
				}
			}
		}
	}
	var words parts.Words
	for from := 0; from < len(runes); {
		to := from
		for to < len(runes) && looked[to] == looked[from] {
			to++
		}
		words = append(words, parts.Word{Text: string(runes[from:to]), Marked: looked[from]})
		from = to
	}
	return words
}

// lowRunes is a text in lower case, letter by letter: as long as the text itself.
func lowRunes(text string) []rune {
	all := []rune(text)
	for i, r := range all {
		all[i] = unicode.ToLower(r)
	}
	return all
}
