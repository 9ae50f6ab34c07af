package credential_test

import (
	"bytes"
	"testing"

	"bailiwick/services/credential"
)

func TestWhatIsSealedOpensWithAllItWasSealedWith(t *testing.T) {
	key, other := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32)
	sealed := credential.SealFor(key, "secret", "bound", []byte("typed"))
	if text, err := credential.OpenFor(key, "secret", "bound", sealed); err != nil || string(text) != "typed" {
		t.Fatalf("%q, %v", text, err)
	}
	for name, open := range map[string]func() ([]byte, error){
		"another key":       func() ([]byte, error) { return credential.OpenFor(other, "secret", "bound", sealed) },
		"another secret":    func() ([]byte, error) { return credential.OpenFor(key, "secret.", "bound", sealed) },
		"bound to another":  func() ([]byte, error) { return credential.OpenFor(key, "secret", "elsewhere", sealed) },
		"changed":           func() ([]byte, error) { return credential.OpenFor(key, "secret", "bound", "A"+sealed[1:]+"A") },
		"cut off":           func() ([]byte, error) { return credential.OpenFor(key, "secret", "bound", sealed[:8]) },
		"not sealed at all": func() ([]byte, error) { return credential.OpenFor(key, "secret", "bound", "typed ü") },
	} {
		if text, err := open(); err == nil {
			t.Errorf("%s opens it: %q", name, text)
		}
	}
	if credential.SealFor(key, "secret", "bound", []byte("typed")) == sealed {
		t.Error("the same text is sealed in the same way twice")
	}
}
