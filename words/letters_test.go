package words_test

import (
	"testing"

	"bailiwick/words"
)

func TestTextsBeginAsTheirPlaceAsks(t *testing.T) {
	cases := []struct{ text, upper, lower, sentence string }{
		{"", "", "", ""},
		{"see sources", "See sources", "see sources", "See sources."},
		{"View only", "View only", "view only", "View only."},
		{"API key", "API key", "API key", "API key."},
		{"étude", "Étude", "étude", "Étude."},
	}
	for _, tc := range cases {
		if got := words.Upper(tc.text); got != tc.upper {
			t.Errorf("%q begins a sentence as %q", tc.text, got)
		}
		if got := words.Lower(tc.text); got != tc.lower {
			t.Errorf("%q stands inside a sentence as %q", tc.text, got)
		}
		if got := words.Sentence(tc.text); got != tc.sentence {
			t.Errorf("%q as a sentence is %q", tc.text, got)
		}
	}
}

func TestNounsHaveTheirArticle(t *testing.T) {
	for noun, want := range map[string]string{"source": "a source", "extension": "an extension", "API key": "an API key", "": "a "} {
		if got := words.A(noun); got != want {
			t.Errorf("%q reads %q, want %q", noun, got, want)
		}
	}
}
