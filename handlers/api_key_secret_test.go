package handlers

import (
	"testing"
)

func TestAnOldSecretIsKeptOnlyForANumberOfDays(t *testing.T) {
	for typed, want := range map[string]int{"": 0, "7": 7, "30": 30, "-1": -1, "7 days": 0, "1e1": 0} {
		if got := readKeep(typed); got != want {
			t.Errorf("%q keeps it for %d days, want %d", typed, got, want)
		}
	}
}
