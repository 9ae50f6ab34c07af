package handlers

import (
	"testing"

	"bailiwick/services"
	"bailiwick/words"
)

// Attack: a link whose choice leads away from the organization.
func TestAChoiceLeadsBackWithinTheOrganization(t *testing.T) {
	s := siteOf("acme")
	for address, want := range map[string]string{
		"/o/acme/members":                 "/o/acme/members",
		"/o/acme/members?q=smith&sort=-n": "/o/acme/members?q=smith&sort=-n",
		"/o/acme/groups/a%2Fb/people":     "/o/acme/groups/a%2Fb/people",
		"":                                "/o/acme",
		"/o/acme":                         "/o/acme",
		"/o/acme-too/members":             "/o/acme",
		"/o/other/members":                "/o/acme",
		"https://example.org/o/acme/x":    "/o/acme",
		"//example.org/o/acme/members":    "/o/acme",
		`/\example.org/o/acme/members`:    "/o/acme",
		"/o/acme/../other/members":        "/o/acme",
		"/o/acme//example.org":            "/o/acme",
		"/o/acme/%2e%2e/other":            "/o/acme",
		"javascript:alert(1)":             "/o/acme",
		"/o/acme/members#fragment":        "/o/acme/members",
		"/o/acme/members?q=a%20b\r\nX: y": "/o/acme",
	} {
		if got := within(s, address); got != want {
			t.Errorf("%q leads to %q, want %q", address, got, want)
		}
	}
}

func TestDomainsThatFitBestComeFirst(t *testing.T) {
	for _, c := range []struct {
		typed, label string
		want         int
	}{
		{"", "Content / Sources", 0}, {"sources", "Content / Sources", 0}, {"SOURCES", "Content / Sources", 0}, {"sou", "Content / Sources", 1}, {"content", "Content / Sources", 2},
	} {
		if got := fit(c.typed, c.label); got != c.want {
			t.Errorf("%q in %q: %d, want %d", c.typed, c.label, got, c.want)
		}
	}
}

func TestAChoiceFillsItsFilterAlone(t *testing.T) {
	chosen := func(key string) services.ChoiceQuery { return services.ChoiceQuery{Chosen: key} }
	for _, test := range []struct {
		ch   choosing
		want string
	}{
		{choosing{ChoiceQuery: chosen("users"), Return: "/o/acme/members", For: "group"}, "/o/acme/members?group=users"},
		{choosing{ChoiceQuery: chosen("users"), Return: "/o/acme/members?group=old&q=smith", For: "group"}, "/o/acme/members?group=users&q=smith"},
		{choosing{Return: "/o/acme/members?group=old&q=smith", For: "group"}, "/o/acme/members?q=smith"},
		{choosing{ChoiceQuery: chosen("users"), Return: "/o/acme/groups/-/compare?group=old", For: "group", Add: true}, "/o/acme/groups/-/compare?group=old&group=users"},
		{choosing{Return: "/o/acme/groups/-/compare?group=old", For: "group", Add: true}, "/o/acme/groups/-/compare?group=old"},
	} {
		if got := test.ch.chosen(); got != test.want {
			t.Errorf("%+v leads to %q, want %q", test.ch, got, test.want)
		}
	}
}

func TestAChoiceSaysHowManyMoreThereAre(t *testing.T) {
	for _, test := range []struct {
		shown, total int
		find, want   string
	}{
		{4, 4, "", ""}, {20, 20, "", ""}, {0, 0, "", ""}, {1, 1, "smith", ""},
		{4, 23, "smith", "4 of 23 shown. Type more to narrow."},
		{20, 100, "", "20 of 100 shown. Type more to narrow."},
		{20, 101, "", "20 of 100+ shown. Type more to narrow."},
		{0, 0, "xyz", "No group matches “xyz”."},
	} {
		if got := shownOf(test.shown, test.total, words.Groups, test.find); got != test.want {
			t.Errorf("%d of %d, looked for %q: %q, want %q", test.shown, test.total, test.find, got, test.want)
		}
	}
}
