package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Upper is a text of ours that begins a sentence: "All sources" of "all sources".
func Upper(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// Lower is a label of ours inside a sentence: "duplicate" of "Duplicate". An abbreviation keeps its capitals. Names that
// somebody gave, also those of a catalogue, stay as they are: they never come here.
func Lower(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	if second, _ := utf8.DecodeRuneInString(text[size:]); unicode.IsUpper(second) {
		return text
	}
	return string(unicode.ToLower(first)) + text[size:]
}

// Sentence makes one of a text without a capital and a full stop, "" of nothing.
func Sentence(text string) string {
	if text == "" {
		return ""
	}
	return Upper(text) + "."
}

// A is a noun with its article: "a source", "an extension", "an API key".
func A(noun string) string {
	first, _ := utf8.DecodeRuneInString(noun)
	if strings.ContainsRune("aeiou", unicode.ToLower(first)) {
		return "an " + noun
	}
	return "a " + noun
}
