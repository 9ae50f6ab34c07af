package handlers

import (
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/services/files"
)

func TestMomentsReadAsPeopleSayThem(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	cases := []struct {
		at   time.Time
		want string
	}{
		{now.Add(-59 * time.Second), "just now"},
		{now.Add(-time.Minute), "1 min ago"},
		{now.Add(-59 * time.Minute), "59 min ago"},
		{now.Add(-7 * time.Hour), "7 h ago"},
		{now.Add(-24 * time.Hour), "yesterday"},
		{now.Add(-48 * time.Hour), "19 Nov"},
		{now.AddDate(-1, 0, 0), "21 Nov 2025"},
	}
	for _, tc := range cases {
		if got := when(tc.at, now).Text; got != tc.want {
			t.Errorf("%v reads %q, want %q", tc.at, got, tc.want)
		}
	}
	if never := when(time.Time{}, now); never.Text != "Never" || never.ISO != "" {
		t.Errorf("no moment reads %+v", never)
	}
}

func TestCountsChooseTheirNounAndStopAtAThousand(t *testing.T) {
	for n, want := range map[int]string{0: "0 members", 1: "1 member", 2: "2 members", 1000: "1,000 members", 1001: "1,000+ members"} {
		if got := counted(n, "member", "members"); got != want {
			t.Errorf("%d reads %q, want %q", n, got, want)
		}
	}
}

func TestListsOfNamesStayShort(t *testing.T) {
	cases := []struct {
		names []string
		want  string
	}{
		{nil, ""}, {[]string{"a"}, "a"}, {[]string{"a", "b"}, "a and b"}, {[]string{"a", "b", "c"}, "a, b and c"},
		{[]string{"a", "b", "c", "d", "e"}, "a, b, c and 2 more"},
	}
	for _, tc := range cases {
		if got := list(tc.names, 3); got != tc.want {
			t.Errorf("%v reads %q, want %q", tc.names, got, tc.want)
		}
	}
}

func TestDomainsAreCalledInsideSentencesAsTheirNameHasIt(t *testing.T) {
	catalog := files.DefaultCatalog()
	for key, want := range map[access.DomainKey]string{"search/query-pipelines": "query pipelines", access.APIKeysDomain: "API keys"} {
		if got := plural(catalog.Domain(key)); got != want {
			t.Errorf("%s reads %q, want %q", key, got, want)
		}
	}
	if got := article("extension") + ", " + article("source"); got != "an extension, a source" {
		t.Errorf("articles: %q", got)
	}
	if got := needWords(catalog, access.Need{Domain: access.GroupsDomain, Ability: access.Edit}); got != "Edit on Organization / Groups" {
		t.Errorf("the need reads %q", got)
	}
}

func TestInitialsAreThoseOfTheFirstAndLastWord(t *testing.T) {
	for name, want := range map[string]string{"John Smith": "JS", "administrator": "A", "Social Media Sources Manager": "SM", "": "?", "Éva de Wit": "ÉW"} {
		if got := initials(name); got != want {
			t.Errorf("%q has the initials %q, want %q", name, got, want)
		}
	}
}
