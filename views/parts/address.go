package parts

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// Address is an address that breaks before its @, where a reader expects it. It is no template, since those put blanks between
// their parts.
func Address(address string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, strings.ReplaceAll(templ.EscapeString(address), "@", "<wbr>@"))
		return err
	})
}
