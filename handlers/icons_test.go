package handlers

import (
	"testing"
)

func TestInitialsAreThoseOfTheFirstAndLastWord(t *testing.T) {
	for name, want := range map[string]string{"John Smith": "JS", "administrator": "A", "Social Media Sources Manager": "SM", "": "?", "Éva de Wit": "ÉW"} {
		if got := initials(name); got != want {
			t.Errorf("%q has the initials %q, want %q", name, got, want)
		}
	}
}
