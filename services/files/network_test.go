package files_test

import (
	"testing"

	"bailiwick/services/files"
)

// Pages write what they store by NetworkText. A file that says the same in another way would be a difference for good.
func TestANetworkHasOneForm(t *testing.T) {
	for typed, want := range map[string]string{
		"192.0.2.1":           "192.0.2.1",
		"192.0.2.1/32":        "192.0.2.1",
		"10.1.2.3/8":          "10.0.0.0/8",
		"::ffff:192.0.2.1":    "192.0.2.1",
		"::ffff:10.0.0.0/104": "10.0.0.0/8",
		"2001:DB8:0:0::1":     "2001:db8::1",
		"2001:db8::1/128":     "2001:db8::1",
		"2001:db8:1::/32":     "2001:db8::/32",
		"fe80::1%eth0":        "",
		"10.0.0.0/33":         "",
		"example.com":         "",
		"":                    "",
	} {
		got, ok := files.CanonicalNetwork(typed)
		if got != want || ok != (want != "") {
			t.Errorf("%q is %q, %v, want %q", typed, got, ok, want)
		}
	}
}
