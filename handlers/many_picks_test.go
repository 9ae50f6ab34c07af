package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

func TestASelectionIsReadFromTheAddress(t *testing.T) {
	tooMany := url.Values{}
	for i := range services.MaxMany + 5 {
		tooMany.Add("selected", strconv.Itoa(i))
	}
	for name, c := range map[string]struct {
		query string
		keys  []string
		one   string
		all   bool
	}{
		"nothing":            {"", nil, "", false},
		"one":                {"selected=7", []string{"7"}, "7", false},
		"several, one twice": {"selected=7&selected=9&selected=7&selected=", []string{"7", "9"}, "", false},
		"all":                {"selected=all", nil, "", true},
		"all, and rows":      {"selected=7&selected=all", nil, "", true},
	} {
		values, err := url.ParseQuery(c.query)
		if err != nil {
			t.Fatal(err)
		}
		p := readPicks(values)
		if !slices.Equal(p.keys, c.keys) || p.one() != c.one || p.all != c.all || p.none() != (len(c.keys) == 0 && !c.all) {
			t.Errorf("%s: %+v", name, p)
		}
	}
	if n := len(readPicks(tooMany).keys); n != services.MaxMany {
		t.Errorf("%d rows are selected, more than an action takes", n)
	}
}

func TestALongSelectionMakesAShortAddress(t *testing.T) {
	var p picks
	for i := range services.MaxMany {
		p.keys = append(p.keys, strconv.Itoa(10_000+i))
	}
	address := p.onto("/members")
	if len(address) > 6*services.MaxMany+50 {
		t.Errorf("the address of %d rows has %d characters", len(p.keys), len(address))
	}
	_, query, _ := strings.Cut(address, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	if got := readPicks(values); !slices.Equal(got.keys, p.keys) {
		t.Errorf("%d of them are read again", len(got.keys))
	}
	rest := url.Values{}
	for _, h := range p.listed(p.keys[:50], words.Members).Carried {
		rest.Add(h.Name, h.Value)
	}
	if got := readPicks(rest); !slices.Equal(got.keys, p.keys[50:]) {
		t.Errorf("%d rows of other pages are carried", len(got.keys))
	}
}

func TestAButtonTurnsThePageWithWhatIsSelectedOnIt(t *testing.T) {
	for name, c := range map[string]struct {
		value  string
		before query
		want   query
	}{
		"nothing":        {"", query{from: 51, picks: picks{keys: []string{"7"}}}, query{from: 51, picks: picks{keys: []string{"7"}}}},
		"on":             {"a:X 101 7 9", query{from: 51, picks: picks{keys: []string{"7"}}}, query{from: 101, picks: picks{keys: []string{"7"}}}},
		"with all of it": {"a:X 101 7 9", query{picks: picks{keys: []string{"7"}, page: true}}, query{from: 101, picks: picks{keys: []string{"7", "9"}}}},
		"back":           {"b:Y 1", query{from: 51}, query{from: 1}},
		"to the first":   {"first 1 7", query{from: 51}, query{from: 1}},
		"with all there": {"a:X 101 7", query{picks: picks{all: true, page: true}}, query{from: 101, picks: picks{all: true}}},
	} {
		c.before.After = "W"
		got := c.before.turned(c.value)
		after, before := map[string]string{"": "W", "a:X": "X"}[strings.SplitN(c.value, " ", 2)[0]], map[bool]string{true: "Y"}[strings.HasPrefix(c.value, "b:")]
		if got.After != after || got.Before != before || got.from != c.want.from || got.picks.all != c.want.picks.all || got.picks.page || !slices.Equal(got.picks.keys, c.want.picks.keys) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestASelectionIsCarriedOn(t *testing.T) {
	p := picks{keys: []string{"7", "9"}}
	if got := p.onto("/members?q=a"); got != "/members?q=a&selected=7&selected=9" {
		t.Errorf("the address is %s", got)
	}
	if got := (picks{}).onto("/members"); got != "/members" {
		t.Errorf("without a selection it is %s", got)
	}
	drawn := p.listed([]string{"9", "12"}, words.Members)
	if drawn.All || !drawn.Some || !slices.Equal(drawn.Carried, []parts.Hidden{{Name: "selected", Value: "7"}}) || drawn.Page != "Select all 2 members on this page" {
		t.Errorf("the list draws %+v", drawn)
	}
	if got := p.without([]string{"7"}).keys; !slices.Equal(got, []string{"9"}) {
		t.Errorf("without the first: %q", got)
	}
	p.page = true
	if got := p.with([]string{"9", "12"}).keys; !slices.Equal(got, []string{"7", "9", "12"}) {
		t.Errorf("with those of the page: %q", got)
	}
	all := picks{all: true, covered: []string{"7"}}
	if !all.has("7") || all.has("9") {
		t.Error("a row beyond those that all covers is drawn as selected")
	}
}

func TestAChangedFilterSaysThatTheSelectionWent(t *testing.T) {
	for dropped, want := range map[string]string{"": "Select members.", "12": "The selection was cleared because the filter changed. Select members."} {
		if got := (picks{dropped: dropped}).hint("Select members."); got != want {
			t.Errorf("after %q the bar says %q", dropped, got)
		}
	}
}
