package handlers

import (
	"strings"
	"testing"
)

func TestNamesOfFilesAreSafeAndShort(t *testing.T) {
	for holds, want := range map[string]string{
		"people-of-quarterly-review": "people-of-quarterly-review", "Groups of O'Hara/..": "groups-of-o-hara", "a\r\nb\"": "a-b", "été": "t", "-": "",
		strings.Repeat("ab-", 40): strings.Repeat("ab-", 26) + "ab",
	} {
		if got := inFileName(holds); got != want {
			t.Errorf("%q: %q, want %q", holds, got, want)
		}
	}
}

func TestCellsOfAFileAreTextsAndNothingElse(t *testing.T) {
	for _, test := range []struct {
		what  string
		cells []string
		want  string
	}{
		{"plain", []string{"Users", "users", "12"}, `"Users","users","12"` + "\r\n"},
		{"nothing", []string{"", ""}, `"",""` + "\r\n"},
		{"separators, quotes and lines", []string{`a,b;c`, `say "hi"`, "one\r\ntwo"}, "\"a,b;c\",\"say \"\"hi\"\"\",\"one\r\ntwo\"\r\n"},
		{"formulas", []string{"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"}, "\"'=1+1\",\"'+1\",\"'-1\",\"'@SUM(A1)\",\"'\tx\",\"'\rx\",\"'\nx\"\r\n"},
		{"formulas of wide letters", []string{"＝1", "＋1", "－1", "＠x"}, `"'＝1","'＋1","'－1","'＠x"` + "\r\n"},
		{"signs within", []string{"a=b", "c@example.com", "d-e"}, `"a=b","c@example.com","d-e"` + "\r\n"},
		{"a quote before a formula", []string{`"=1`}, `"""=1"` + "\r\n"},
	} {
		if got := csvLine(test.cells); got != test.want {
			t.Errorf("%s: %q, want %q", test.what, got, test.want)
		}
	}
}
