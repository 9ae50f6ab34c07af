package words_test

import (
	"testing"

	"bailiwick/words"
)

func TestANumberAndItsNounAgree(t *testing.T) {
	cases := []struct {
		noun           words.Noun
		none, one, two string
	}{
		{words.Members, "0 members", "1 member", "2 members"},
		{words.People, "0 people", "1 person", "2 people"},
		{words.Addresses, "0 addresses", "1 address", "2 addresses"},
		{words.APIKeys, "0 API keys", "1 API key", "2 API keys"},
		{words.Noun{One: "key expires", Many: "keys expire"}, "0 keys expire", "1 key expires", "2 keys expire"},
		{words.Regular("policy"), "0 policies", "1 policy", "2 policies"},
		{words.Regular("survey"), "0 surveys", "1 survey", "2 surveys"},
		{words.Regular("index"), "0 indexes", "1 index", "2 indexes"},
		{words.Regular("branch"), "0 branches", "1 branch", "2 branches"},
		{words.Regular("query pipeline"), "0 query pipelines", "1 query pipeline", "2 query pipelines"},
		{words.Regular("Jira Project"), "0 Jira Projects", "1 Jira Project", "2 Jira Projects"},
		{words.Regular("y"), "0 ys", "1 y", "2 ys"},
		{words.Regular(""), "0 ", "1 ", "2 "},
		{words.Members.With("matching"), "0 matching members", "1 matching member", "2 matching members"},
	}
	for _, tc := range cases {
		for n, want := range []string{tc.none, tc.one, tc.two} {
			if got := tc.noun.Count(n); got != want {
				t.Errorf("%d of %v reads %q, want %q", n, tc.noun, got, want)
			}
			if got := tc.noun.Roughly(n); got != want {
				t.Errorf("roughly %d of %v reads %q, want %q", n, tc.noun, got, want)
			}
		}
	}
}

func TestTheOnlyOneIsNotCounted(t *testing.T) {
	for _, tc := range []struct {
		n          int
		these, all string
	}{
		{0, "these 0 policies", "all 0 policies"},
		{1, "this policy", "the only policy"},
		{2, "these 2 policies", "all 2 policies"},
		{1001, "these 1,000+ policies", "all 1,000+ policies"},
	} {
		noun := words.Regular("policy")
		if these, all := noun.These(tc.n), noun.All(tc.n); these != tc.these || all != tc.all {
			t.Errorf("%d read %q and %q", tc.n, these, all)
		}
	}
}

func TestThousandsAreSetApart(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 12345: "12,345", 1234567: "1,234,567", -4321: "-4,321", -321: "-321"} {
		if got := words.Number(n); got != want {
			t.Errorf("%d reads %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int]string{1: "1 member", 1000: "1,000 members", 1001: "1,000+ members"} {
		if got := words.Members.Roughly(n); got != want {
			t.Errorf("roughly %d reads %q, want %q", n, got, want)
		}
	}
	if got := words.Members.Count(1284); got != "1,284 members" {
		t.Errorf("1284 reads %q", got)
	}
}

func TestSmallNumbersAreWords(t *testing.T) {
	for n, want := range map[int]string{-1: "-1", 0: "zero", 1: "one", 3: "three", 8: "eight", 10: "ten", 11: "11", 1284: "1,284"} {
		if got := words.Spelled(n); got != want {
			t.Errorf("%d reads %q, want %q", n, got, want)
		}
	}
}

func TestRowsOfAListAreSaid(t *testing.T) {
	for want, got := range map[string]string{
		"51–100 of 400 members":         words.Members.RangeOf(51, 100, 400),
		"1,001–1,050 of 1,000+ members": words.Members.RangeOf(1001, 1050, 1001),
		"1 of 1 member":                 words.Members.RangeOf(1, 1, 1),
		"51–100 of 711":                 words.RangeOf(51, 100, 711),
		"Members 51–100":                words.Members.Range(51, 100),
		"Matching members 2,051–2,100":  words.Members.With("matching").Range(2051, 2100),
	} {
		if got != want {
			t.Errorf("said is %q, not %q", got, want)
		}
	}
}
