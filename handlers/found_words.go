package handlers

import (
	"bailiwick/names"
	"bailiwick/views/parts"
)

// marked is a text in which the words that somebody looked for are marked, as lists find them.
func marked(text, query string) parts.Words {
	var marked parts.Words
	for _, piece := range names.Marks(query, text) {
		marked = append(marked, parts.Word{Text: piece.Text, Marked: piece.Found})
	}
	return marked
}

// markedIn is the same for a row of a list, which draws the text by itself where nobody looked for anything: nil.
func markedIn(text, query string) parts.Words {
	if query == "" {
		return nil
	}
	return marked(text, query)
}
