package names_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"bailiwick/names"
)

func TestNamesAreFoundByWords(t *testing.T) {
	cases := []struct {
		typed, name string
		want        bool
	}{
		{"", "Anything", true},
		{"access co", "Access Coordinator", true},
		{"coordinator access", "Access Coordinator", true}, // in any order
		{"ordin", "Access Coordinator", true},              // any part, from three characters on
		{"or", "Access Coordinator", false},                // shorter ones only where a word begins
		{"co", "Access Coordinator", true},
		{"c", "Access Coordinator", true},
		{"s", "Access Coordinator", false},
		{"access access", "Access Coordinator", true},
		{"access editor", "Access Coordinator", false}, // all words
		{"ecole", "École", true},
		{"ÉCOLE", "ecole", true},
		{"e\u0301cole", "\u00e9cole", true}, // apart and in one
		{"strasse", "Hauptstraße", true},
		{"straße", "HAUPTSTRASSE", true},
		{"lodz", "Łódź", true},
		{"angstrom", "Ångström", true},
		{"l'ecole", "L’école", true},
		{"25", "Jira (Cloud) – Q3/25", true}, // parts of words
		{"clo q3", "Jira (Cloud) – Q3/25", true},
		{"q3/2", "Jira (Cloud) – Q3/25", true},
		{"/", "Jira (Cloud) – Q3/25", false},
		{"00012@ex", "member-00012@example.com", true},
		{"ex", "member-00012@example.com", true},
		{"xa", "member-00012@example.com", false},
		{"отдел", "Новый Отдел", true},
		{"व", "विभाग", true},
		{"100%", "100% sure", true},
		{"100_", "100% sure", false},
	}
	for _, c := range cases {
		if got := names.Matches(c.typed, c.name); got != c.want {
			t.Errorf("%q finds %q: %v, want %v", c.typed, c.name, got, c.want)
		}
	}
}

// found says slowly what Matches says.
func found(typed, name string) bool {
	whole := strings.Fields(names.Fold(name))
	var parts []string
	for _, w := range whole {
		parts = append(parts, strings.FieldsFunc(w, func(r rune) bool { return strings.ContainsRune("-@.'", r) })...)
	}
	for _, word := range strings.Fields(names.Fold(typed)) {
		begins := func(w string) bool { return strings.HasPrefix(w, word) }
		contains := func(w string) bool { return len([]rune(word)) >= 3 && strings.Contains(w, word) }
		if !slices.ContainsFunc(whole, begins) && !slices.ContainsFunc(parts, begins) && !slices.ContainsFunc(whole, contains) {
			return false
		}
	}
	return true
}

// letters are few, so that random names have words in common.
var letters = []rune("aAbeéE\u0301ßsøÅoz12 -@.' 中")

func random(r *rand.Rand, most int) string {
	name := make([]rune, r.IntN(most+1))
	for i := range name {
		name[i] = letters[r.IntN(len(letters))]
	}
	return string(name)
}

func TestNamesAreFoundAsTheSlowWaySays(t *testing.T) {
	r, hits := rand.New(rand.NewPCG(1, 2)), 0
	for range 50_000 {
		typed, name := random(r, 5), random(r, 14)
		want := found(typed, name)
		if got := names.Matches(typed, name); got != want {
			t.Fatalf("%q finds %q: %v, want %v", typed, name, got, want)
		}
		if want {
			hits++
		}
	}
	if hits < 2_000 {
		t.Errorf("only %d were found: this shows little", hits)
	}
}

func TestNamesSortAsInADictionary(t *testing.T) {
	want := []string{"Ähre", "ahrend", "Ecole", "école", "École", "Ecole 2", "Łódź", "zoe", "Zoe", "Zürich", "Отдел", "中"}
	got := slices.Clone(want)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	slices.SortFunc(got, func(a, b string) int { return cmp.Compare(names.SortKey(a), names.SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("sorted %q, want %q", got, want)
	}
}

// Weights that are left out of a key change no order.
func TestSortKeysCompareAsTheirNamesDo(t *testing.T) {
	r, slow := rand.New(rand.NewPCG(1, 2)), collate.New(language.Und)
	for range 50_000 {
		a, b := strings.TrimSpace(random(r, 8)), strings.TrimSpace(random(r, 8))
		if got, want := cmp.Compare(names.SortKey(a), names.SortKey(b)), slow.CompareString(a, b); got != want {
			t.Fatalf("%q and %q compare as %d, want %d", a, b, got, want)
		}
	}
}

func TestNamesOfTheSameLettersDifferInCaseAlone(t *testing.T) {
	from, until := names.SameLetters("École")
	for name, want := range map[string]bool{
		"École": true, "ÉCOLE": true, "e\u0301cole": true, " école ": true, "Ecole": false, "Écoles": false, "Écol": false, "": false,
	} {
		if key := names.SortKey(name); (from <= key && key < until) != want {
			t.Errorf("%q has the same letters: %v, want %v", name, !want, want)
		}
	}
}

func TestNamesThatBeginWithTheSameLettersStandTogether(t *testing.T) {
	from, until := names.Beginning("école n")
	for name, want := range map[string]bool{
		"École N": true, "Ecole Normale": true, "ÉCOLE normale supérieure": true, "École": false, "École Libre": false, "L’École normale": false, "École O": false, "": false,
	} {
		if key := names.SortKey(name); (from <= key && key < until) != want {
			t.Errorf("%q begins so: %v, want %v", name, !want, want)
		}
	}
	if from, until := names.Beginning(""); names.SortKey("") < from || names.SortKey("zz") >= until {
		t.Error("without letters not every name begins so")
	}
}

func TestPeopleOfOneNameSortByTheirAddresses(t *testing.T) {
	want := [][2]string{{"Ann", "z@example.com"}, {"Anna", "anna.smith@example.com"}, {"Anna", "anna.smith2@example.com"}, {"Anna", "smith@example.com"},
		{"Änna", "a@example.com"}, {"Anna Smith", "a@example.com"}, {"Bob", ""}}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortStableFunc(got, func(a, b [2]string) int {
		return strings.Compare(names.SortKeyThen(a[0], a[1]), names.SortKeyThen(b[0], b[1]))
	})
	if !slices.Equal(got, want) {
		t.Errorf("sorted are %q", got)
	}
}
