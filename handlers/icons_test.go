package handlers

import (
	"testing"
	"time"
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

func TestInitialsAreThoseOfTheFirstAndLastWord(t *testing.T) {
	for name, want := range map[string]string{"John Smith": "JS", "administrator": "A", "Social Media Sources Manager": "SM", "": "?", "Éva de Wit": "ÉW"} {
		if got := initials(name); got != want {
			t.Errorf("%q has the initials %q, want %q", name, got, want)
		}
	}
}
