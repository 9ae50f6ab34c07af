package handlers

import "testing"

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
