package parts

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Render draws the phrase. It is no template, since those put blanks between elements.
func (p Phrase) Render(ctx context.Context, out io.Writer) error {
	before, after := "", ""
	switch {
	case p.Strong:
		before, after = "<b><bdi>", "</bdi></b>"
	case p.Muted:
		before, after = `<bdi class="dim">`, "</bdi>"
	}
	if _, err := io.WriteString(out, before); err != nil {
		return err
	}
	if err := p.text().Render(ctx, out); err != nil {
		return err
	}
	_, err := io.WriteString(out, after)
	return err
}

func (p Phrase) text() templ.Component {
	if p.Marked != nil {
		return p.Marked
	}
	return templ.ComponentFunc(func(_ context.Context, out io.Writer) error {
		_, err := io.WriteString(out, templ.EscapeString(p.Text))
		return err
	})
}
