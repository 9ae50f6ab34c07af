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

// Render draws the text, with nothing between its parts.
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
		text := templ.EscapeString(word.Text)
		if tag != "" {
			text = "<" + tag + ">" + text + "</" + tag + ">"
		}
		html.WriteString(text)
	}
	_, err := io.WriteString(out, html.String())
	return err
}
