package views_test

import (
	"bytes"
	"testing"

	"bailiwick/views/parts"
)

// An address that breaks elsewhere reads as another one.
func TestAnAddressBreaksBeforeItsSignOnly(t *testing.T) {
	for text, want := range map[string]string{
		"<lead@example.com>": "&lt;lead<wbr>@example.com&gt;",
		"Nobody":             "Nobody",
		"":                   "",
	} {
		var b bytes.Buffer
		if err := parts.Address(text).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Errorf("%q is written %q", text, b.String())
		}
	}
}
