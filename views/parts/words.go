package parts

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// Words is a text of which parts are marked or drawn strong. It is a component itself: @row.Name.
type Words []Word

// Word is a part of a text.
type Word struct {
	Text   string
	Marked bool // it is what somebody looked for
	Strong bool
}

// WordsOf is a text without such parts.
func WordsOf(text string) Words { return Words{{Text: text}} }

// Marked is a text with the words marked that were found in it; nil: nothing was looked for.
func Marked(found Words, text string) Words {
	if found == nil {
		return WordsOf(text)
	}
	return found
}

// Render draws the text, with nothing between its parts. An address in it breaks before its @, where a reader expects it.
func (w Words) Render(_ context.Context, out io.Writer) error {
	var html strings.Builder
	for _, word := range w {
		tag := ""
		switch {
		case word.Marked:
			tag = "mark"
		case word.Strong:
			tag = "strong"
		}
		text := strings.ReplaceAll(templ.EscapeString(word.Text), "@", "<wbr>@")
		if tag != "" {
			text = "<" + tag + ">" + text + "</" + tag + ">"
		}
		html.WriteString(text)
	}
	_, err := io.WriteString(out, html.String())
	return err
}
