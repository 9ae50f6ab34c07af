package looks_test

import (
	"testing"

	"bailiwick/looks"
)

func TestALikenessSaysWhoseAddressItPassesForAndByWhichLetter(t *testing.T) {
	for address, want := range map[string]string{
		"аdmin@example.com":        "Looks like admin@example.com: the first letter is Cyrillic (U+0430)",
		"ｖi@example.com":           "Looks like vi@example.com: the first letter is full-width (U+FF56)",
		"admın@example.com":        "Looks like admin@example.com: the fourth letter is a special form (U+0131)",
		"admin@exаmple.com":        "Looks like admin@example.com: character 9 is Cyrillic (U+0430)",
		"chief@xn--exmple-4nf.com": "Looks like chief@example.com: character 9 is Cyrillic (U+0430)",
		"жadmin@example.com":       "It mixes Cyrillic and Latin letters: ж U+0436 CYRILLIC SMALL LETTER ZHE",
	} {
		doubt, doubted := looks.DoubtAbout(address)
		if !doubted {
			t.Errorf("%s is not doubted", address)
		}
		if got := looks.Likeness(address, doubt); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
