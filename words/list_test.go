package words_test

import (
	"slices"
	"testing"

	"bailiwick/words"
)

func TestListsStayShort(t *testing.T) {
	cases := []struct {
		names []string
		total int
		want  string
	}{
		{nil, 0, ""},
		{[]string{"a"}, 1, "a"},
		{[]string{"a", "b"}, 2, "a and b"},
		{[]string{"a", "b", "c"}, 3, "a, b and c"},
		{[]string{"a", "b", "c", "d"}, 4, "a, b, c and 1 more"},
		{[]string{"a", "b", "c", "d", "e"}, 5, "a, b, c and 2 more"},
		{[]string{"a", "b"}, 2002, "a, b and 2,000 more"},
		{[]string{"a"}, 3, "a and 2 more"},
		{nil, 3, "3 more"},
	}
	for _, tc := range cases {
		names := slices.Clone(tc.names)
		if got := words.ListOf(names, tc.total, 3); got != tc.want {
			t.Errorf("%v of %d reads %q, want %q", tc.names, tc.total, got, tc.want)
		}
		if tc.total == len(tc.names) && words.List(names, 3) != tc.want {
			t.Errorf("%v reads %q, want %q", tc.names, words.List(names, 3), tc.want)
		}
		if !slices.Equal(names, tc.names) {
			t.Errorf("reading %v changed it to %v", tc.names, names)
		}
	}
}

func TestWhatIsLeftOutIsCounted(t *testing.T) {
	for n, want := range map[int]string{-1: "", 0: "", 1: "and 1 more", 1200: "and 1,200 more"} {
		if got := words.More(n); got != want {
			t.Errorf("%d left out read %q, want %q", n, got, want)
		}
	}
}

func TestAllOfAListIsJoined(t *testing.T) {
	cases := []struct {
		parts   []string
		and, or string
	}{
		{nil, "", ""},
		{[]string{"a"}, "a", "a"},
		{[]string{"a", "b"}, "a and b", "a or b"},
		{[]string{"a", "b", "c", "d"}, "a, b, c and d", "a, b, c or d"},
	}
	for _, tc := range cases {
		if and, or := words.And(tc.parts), words.Or(tc.parts); and != tc.and || or != tc.or {
			t.Errorf("%v read %q and %q", tc.parts, and, or)
		}
	}
}
