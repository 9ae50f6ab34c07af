package parts

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// lineBreaks are where a line of an address may break: behind its @ and before a dot.
var lineBreaks = strings.NewReplacer("@", "@<wbr>", ".", "<wbr>.")

// Address is an address that breaks where a reader expects it, and not in the middle of a word. It is no template, since
// those put blanks between their parts.
func Address(address string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, lineBreaks.Replace(templ.EscapeString(address)))
		return err
	})
}
