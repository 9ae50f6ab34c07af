package handlers

import (
	"testing"
	"time"
)

func TestWhenIsReadInDaysOfUTC(t *testing.T) {
	now := time.Date(2026, 11, 30, 23, 30, 0, 0, time.FixedZone("later", 3600)) // 22:30 UTC
	for name, c := range map[string]struct {
		when, since, until string
		words              string
		wrong              map[string]string
	}{
		"any time":          {},
		"any time of days":  {when: "days"},
		"today":             {when: "today", words: "Shown: since 30 November 2026, 00:00 UTC."},
		"seven days":        {when: "7", words: "Shown: since 24 November 2026, 00:00 UTC."},
		"a month":           {when: "30", words: "Shown: since 1 November 2026, 00:00 UTC."},
		"fields of no use":  {when: "today", since: "2020-01-01", words: "Shown: since 30 November 2026, 00:00 UTC."},
		"from a day":        {when: "days", since: "2026-11-02", words: "Shown: since 2 November 2026, 00:00 UTC."},
		"until a day":       {when: "days", until: "2026-12-31", words: "Shown: until 1 January 2027, 00:00 UTC."},
		"one day":           {when: "days", since: "2026-11-02", until: "2026-11-02", words: "Shown: from 2 November 2026, 00:00 UTC until 3 November 2026, 00:00 UTC."},
		"the other way":     {when: "days", since: "2026-11-02", until: "2026-11-01", wrong: map[string]string{"until": "The last day can’t be before the first."}},
		"until the last":    {when: "days", since: "2026-11-02", until: "9999-12-31", words: "Shown: since 2 November 2026, 00:00 UTC."},
		"no day":            {when: "days", since: "2026-02-30", until: "2026-11-01", wrong: map[string]string{"since": notADay}},
		"no days":           {when: "days", since: "yesterday", until: "30.11.2026", wrong: map[string]string{"since": notADay, "until": notADay}},
		"before every year": {when: "days", since: "0000-01-01", wrong: map[string]string{"since": notADay}},
	} {
		t.Run(name, func(t *testing.T) {
			s := whenOf(query{values: map[string]string{"when": c.when, "since": c.since, "until": c.until}}, now)
			if got := s.words(); got != c.words {
				t.Errorf("says %q, want %q", got, c.words)
			}
			if len(s.wrong) != len(c.wrong) {
				t.Errorf("wrong is %q, want %q", s.wrong, c.wrong)
			}
			for field, want := range c.wrong {
				if s.wrong[field] != want {
					t.Errorf("%s: %q, want %q", field, s.wrong[field], want)
				}
				if !s.from.IsZero() || !s.until.Equal(time.Unix(0, 0)) {
					t.Errorf("shows from %s until %s, want nothing", s.from, s.until)
				}
			}
		})
	}
}
