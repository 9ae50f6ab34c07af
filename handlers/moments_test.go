package handlers

import (
	"testing"
	"time"
)

func TestMomentsReadAsPeopleSayThem(t *testing.T) {
	cases := []struct {
		at   time.Time
		want string
	}{
		{noon.Add(-59 * time.Second), "just now"},
		{noon.Add(-time.Minute), "1 min ago"},
		{noon.Add(-59 * time.Minute), "59 min ago"},
		{noon.Add(-7 * time.Hour), "7 h ago"},
		{noon.Add(-24 * time.Hour), "yesterday"},
		{noon.Add(-48 * time.Hour), "2 Jan"},
		{noon.AddDate(-1, 0, 0), "4 Jan 2026"},
	}
	for _, tc := range cases {
		if got := when(tc.at, noon).Text; got != tc.want {
			t.Errorf("%v reads %q, want %q", tc.at, got, tc.want)
		}
	}
	if never := when(time.Time{}, noon); never.Text != "Never" || never.ISO != "" {
		t.Errorf("no moment reads %+v", never)
	}
}

func TestEndsReadAsSeenFromNow(t *testing.T) {
	for want, at := range map[string]time.Time{
		"until 12:01 UTC":   noon.Add(time.Minute),
		"until 11:59 UTC":   noon.Add(24*time.Hour - time.Minute),
		"until 5 Jan":       noon.Add(24 * time.Hour),
		"until 3 Dec":       time.Date(2027, 12, 3, 18, 0, 0, 0, time.UTC),
		"until 3 Dec 2028":  time.Date(2028, 12, 3, 18, 0, 0, 0, time.UTC),
		"until 31 Dec 2028": time.Date(2029, 1, 1, 1, 0, 0, 0, time.FixedZone("", 2*3600)),
	} {
		if got := until(at, noon); got.Text != want || got.ISO != at.UTC().Format(time.RFC3339) {
			t.Errorf("%v reads %+v, want %q", at, got, want)
		}
	}
}
