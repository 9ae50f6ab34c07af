package files

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

// Limits of a file. They are far above any real file and keep a hostile one from taking the machine.
const (
	maxBytes      = 64 << 20
	maxDepth      = 20   // of lists and mappings inside each other
	maxBlankLines = 1000 // in a row: the scanner's time grows with their square
)

// syntaxError ends the reading of a file.
type syntaxError struct {
	line int
	text string
}

func (e *syntaxError) Error() string { return e.text }

// source is a text that may be given to the scanner, and its lines.
type source struct {
	text  string
	lines []string
}

// newSource refuses what no file of ours holds: too much, other encodings, control characters, tabs.
func newSource(data []byte) (*source, error) {
	if len(data) > maxBytes {
		return nil, &syntaxError{1, fmt.Sprintf("the file has %d bytes: %d are the most that is read", len(data), maxBytes)}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	s := &source{text: text, lines: strings.Split(text, "\n")}
	blank := 0
	for i, line := range s.lines {
		if text := badCharacter(line); text != "" {
			return nil, &syntaxError{i + 1, text}
		}
		blank++
		if strings.Trim(line, " ") != "" {
			blank = 0
		}
		if blank > maxBlankLines {
			return nil, &syntaxError{i + 1, fmt.Sprintf("more than %d empty lines in a row", maxBlankLines)}
		}
	}
	return s, nil
}

// badCharacter says what is wrong with the characters of a line, "" where nothing is.
func badCharacter(line string) string {
	for _, c := range line {
		switch {
		case c == '\t':
			return "a tab: use blanks"
		case c == utf8.RuneError, unicode.IsControl(c), c == '\u2028', c == '\u2029', c == '\ufeff':
			return fmt.Sprintf("the character %U can’t stand in a file: use UTF-8 text", c)
		}
	}
	return ""
}

// tokens scans the text. Of the YAML library only the scanner is used: its time is linear, while its parser's grows
// with the square of a mapping's length and its depth.
func (s *source) tokens() (tokens []*token.Token, err error) {
	defer func() {
		// A scanner that trips over a file must not take the server with it.
		if r := recover(); r != nil {
			tokens, err = nil, &syntaxError{1, fmt.Sprintf("not YAML: %v", r)}
		}
	}()
	for i, t := range lexer.Tokenize(s.text) {
		switch t.Type {
		case token.CommentType, token.SpaceType:
			continue
		case token.DocumentHeaderType:
			if i == 0 || len(tokens) == 0 {
				continue
			}
			return nil, &syntaxError{t.Position.Line, "a second document: a file holds one"}
		}
		if text := refusal(t); text != "" {
			return nil, &syntaxError{t.Position.Line, text}
		}
		tokens = append(tokens, t)
	}
	return tokens, nil
}

// refusal says why a token is not understood, "" where it is.
func refusal(t *token.Token) string {
	switch t.Type {
	case token.TagType:
		return "tags are not understood: write the plain value"
	case token.MergeKeyType:
		return "merge keys are not understood: write the keys out"
	case token.MappingKeyType:
		return `keys with "? " are not understood: write KEY: VALUE`
	case token.DirectiveType:
		return "directives are not understood; a text that begins with % needs quotes"
	case token.DocumentEndType:
		return "the end of a document: a file holds one, without end marks"
	case token.InvalidType, token.UnknownType:
		return "not YAML: " + t.Error
	}
	return ""
}
