package files

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAnAddressHasOneCanonicalForm(t *testing.T) {
	for given, want := range map[string]string{
		"john.smith@example.com":                 "john.smith@example.com",
		"John.Smith@EXAMPLE.com":                 "john.smith@example.com",
		"o'brien+news@example.com":               "o'brien+news@example.com",
		"rene\u0301e@exa\u0301mple.com":          "renée@exámple.com", // composed
		"admin@localhost":                        "admin@localhost",
		strings.Repeat("a", 64) + "@example.com": strings.Repeat("a", 64) + "@example.com",
	} {
		if got, err := CanonicalEmail(given); err != nil || got != want {
			t.Errorf("%q becomes %q, %v; want %q", given, got, err, want)
		}
	}
}

func TestWhatIsNoAddressIsRefused(t *testing.T) {
	for _, text := range []string{
		"", "john", "@example.com", "john@", " john@example.com", "john@example.com ", "john smith@example.com", "john@exa mple.com",
		"john@@example.com", "a@b@example.com", ".john@example.com", "john.@example.com", "jo..hn@example.com", "john@.com", "john@example.",
		"john@-example.com", "john@example-.com", "john@[192.0.2.1]", `"john"@example.com`, "<john@example.com>", "john@example.com,jane@example.com",
		"john\n@example.com", "john\x00@example.com", "jo\u202ehn@example.com", "jo\u200bhn@example.com", "john@exam_ple.com", "\xff@example.com",
		strings.Repeat("a", 65) + "@example.com", "a@" + strings.Repeat("b", 64) + ".com", "a@" + strings.Repeat("b.", 130) + "com",
	} {
		if got, err := CanonicalEmail(text); err == nil || got != "" {
			t.Errorf("%q is accepted as %q", text, got)
		}
	}
}

func TestTheCanonicalFormIsItsOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		local, domain := rapid.String().Draw(t, "local"), rapid.StringMatching(`[A-Za-zÀ-ſΑ-Ωſ]{1,9}`).Draw(t, "domain")
		email, err := CanonicalEmail(local + "@" + domain)
		if err != nil {
			return
		}
		if again, err := CanonicalEmail(email); err != nil || again != email {
			t.Fatalf("%q becomes %q, %v", email, again, err)
		}
	})
}
