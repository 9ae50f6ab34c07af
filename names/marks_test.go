package names_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"bailiwick/names"
)

// shown writes marked pieces in brackets.
func shown(pieces []names.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Found {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestFoundWordsAreMarked(t *testing.T) {
	for _, test := range []struct{ typed, text, want string }{
		{"", "Wiki", "Wiki"},
		{"x", "", ""},
		{"emea cloud", "Confluence Cloud – EMEA", "Confluence [Cloud] – [EMEA]"},
		{"docu cument", "Documentation", "[Document]ation"},
		{"ordin", "Access Coordinator", "Access Co[ordin]ator"},
		{"or", "Access Coordinator", "Access Coordinator"}, // as it is found: short words where one begins
		{"co", "Access Coordinator", "Access [Co]ordinator"},
		{"co", "acme.coordinator@example.com", "acme.[co]ordinator@example.[co]m"},
		{"ecole", "École", "[École]"},
		{"ecole", "E\u0301cole", "[E\u0301cole]"},
		{"école", "Grande Ecole", "Grande [Ecole]"},
		{"STRAßE i", "Straße İstanbul", "[Straße] [İ]stanbul"},
		{"hauptstras", "Hauptstraße", "[Hauptstraß]e"}, // ß is found as ss
		{"lodz", "Łódź", "[Łódź]"},
		{"l'ecole", "L’école", "[L’école]"},
		{"clo q3", "Jira (Cloud) – Q3/25", "Jira ([Clo]ud) – [Q3]/25"},
		{"aa", "aaa", "[aa]a"},
		{"aaa", "aaaa", "[aaaa]"},
		{"longer than it", "Web", "Web"},
		{"отдел", "Новый Отдел", "Новый [Отдел]"},
		{"100%", "100% sure", "[100%] sure"},
	} {
		if got := shown(names.Marks(test.typed, test.text)); got != test.want {
			t.Errorf("%q in %q: %s, want %s", test.typed, test.text, got, test.want)
		}
	}
}

// What is found has a mark for each word; what a text does not have is not marked in it; and no letter is lost.
func TestMarksAgreeWithWhatIsFound(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 30_000 {
		word, name := strings.TrimSpace(random(r, 4)), random(r, 12)
		if len(strings.Fields(names.Fold(word))) != 1 {
			continue
		}
		together, marked := "", false
		for _, p := range names.Marks(word, name) {
			together, marked = together+p.Text, marked || p.Found
		}
		if together != name {
			t.Fatalf("%q becomes %q", name, together)
		}
		if found := names.Matches(word, name); marked != found {
			t.Fatalf("%q finds %q: %v, and it is marked: %v", word, name, found, marked)
		}
	}
}
