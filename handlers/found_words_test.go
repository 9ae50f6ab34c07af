package handlers

import "testing"

func TestFoundWordsAreMarked(t *testing.T) {
	for _, test := range []struct{ text, query, want string }{
		{"Wiki", "", "Wiki"},
		{"Confluence Cloud – EMEA", "emea cloud", "Confluence [Cloud] – [EMEA]"},
		{"Documentation", "docu cument", "[Document]ation"},
		{"aaa", "aa", "[aaa]"},
		{"Straße İstanbul", "STRAßE i", "[Straße] [İ]stanbul"},
		{"", "x", ""},
		{"Web", "longer than it", "Web"},
	} {
		got := ""
		for _, word := range marked(test.text, test.query) {
			if word.Marked {
				got += "[" + word.Text + "]"
			} else {
				got += word.Text
			}
		}
		if got != test.want {
			t.Errorf("%q in %q: %s, want %s", test.query, test.text, got, test.want)
		}
	}
}
