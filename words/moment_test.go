package words_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"

	"bailiwick/words"
)

// noon is now for these tests, seen from a zone of its own: all that is printed is UTC.
var noon = time.Date(2026, 11, 21, 14, 0, 0, 0, time.FixedZone("two hours east", 2*60*60))

func TestThePastReadsAsPeopleSayIt(t *testing.T) {
	cases := []struct {
		at   time.Time
		want string
	}{
		{noon.Add(-59 * time.Second), "just now"},
		{noon.Add(-time.Minute), "1 min ago"},
		{noon.Add(-59 * time.Minute), "59 min ago"},
		{noon.Add(-7 * time.Hour), "7 h ago"},
		{noon.Add(-24 * time.Hour), "yesterday"},
		{noon.Add(-48 * time.Hour), "19 Nov"},
		{noon.AddDate(-1, 0, 0), "21 Nov 2025"},
	}
	for _, tc := range cases {
		if got := words.Ago(tc.at, noon); got != tc.want {
			t.Errorf("%v reads %q, want %q", tc.at, got, tc.want)
		}
	}
}

func TestWhatIsAheadReadsAsPeopleSayIt(t *testing.T) {
	cases := []struct {
		in                 time.Duration
		until, left, ahead string
	}{
		{59 * time.Second, "until 12:00 UTC", "less than a minute left", "in 1 min"},
		{61 * time.Second, "until 12:01 UTC", "2 min left", "in 2 min"},
		{time.Hour, "until 13:00 UTC", "60 min left", "in 60 min"},
		{6*time.Hour + time.Minute, "until 18:01 UTC", "7 h left", "in 7 h"},
		{24 * time.Hour, "until 22 Nov", "24 h left", "in 24 h"},
		{25 * time.Hour, "until 22 Nov", "2 days left", "in 2 days"},
		{60 * 24 * time.Hour, "until 20 Jan 2027", "60 days left", "in 60 days"},
	}
	for _, tc := range cases {
		if got := words.Until(noon.Add(tc.in), noon); got != tc.until {
			t.Errorf("the end in %v reads %q, want %q", tc.in, got, tc.until)
		}
		if got := words.Left(noon.Add(tc.in), noon); got != tc.left {
			t.Errorf("%v to go read %q, want %q", tc.in, got, tc.left)
		}
		if got := words.In(noon.Add(tc.in), noon); got != tc.ahead {
			t.Errorf("a moment in %v reads %q, want %q", tc.in, got, tc.ahead)
		}
	}
}

func TestADayIsMeantWhole(t *testing.T) {
	midnight := time.Date(2027, 1, 3, 0, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		end             time.Time
		day, said, seen string
	}{
		{midnight, "2027-01-02", "until the end of 2 January 2027 (UTC)", "until 2 Jan 2027"},
		{midnight.Add(time.Second), "2027-01-03", "until 3 January 2027, 00:00 UTC", "until 3 Jan 2027"},
		{midnight.Add(-time.Second), "2027-01-02", "until 2 January 2027, 23:59 UTC", "until 2 Jan 2027"},
		{midnight.In(time.FixedZone("", 3600)), "2027-01-02", "until the end of 2 January 2027 (UTC)", "until 2 Jan 2027"},
	} {
		if day := words.DayInFigures(words.LastDay(tc.end)); day != tc.day || words.UntilEnd(tc.end) != tc.said || words.Until(tc.end, noon) != tc.seen {
			t.Errorf("%v is on %s, reads %q and is seen as %q", tc.end, day, words.UntilEnd(tc.end), words.Until(tc.end, noon))
		}
	}
}

// An end at midnight is the end of a day wherever it is said.
func TestAnEndIsSaidInOneWay(t *testing.T) {
	midnight := time.Date(2027, 1, 3, 0, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		end                time.Time
		on, minute, within string
	}{
		{midnight, "at the end of 2 January 2027 (UTC)", "the end of 2 Jan 2027 (UTC)", "until midnight UTC"},
		{midnight.Add(time.Minute), "on 3 January 2027, 00:01 UTC", "3 Jan 2027, 00:01 UTC", "until 00:01 UTC"},
	} {
		if on, minute, within := words.OnEnd(tc.end), words.EndMinute(tc.end), words.Until(tc.end, tc.end.Add(-time.Hour)); on != tc.on || minute != tc.minute || within != tc.within {
			t.Errorf("%v reads %q, %q and %q", tc.end, on, minute, within)
		}
	}
	if got := words.Until(midnight, midnight); got != "until 2 Jan" && got != "until 2 Jan 2027" {
		t.Errorf("one that is now reads %q", got)
	}
}

// What has an end that somebody may have chosen as a day says it in the words of ends: by no other word of this package after "until".
// The ends that nobody chooses by the day are told to the minute.
func TestEndsThatMayBeDaysAreSaidAsEnds(t *testing.T) {
	toTheMinute := []string{"activity_when.go", "address.go", "address_change_mail.go", "admission.go", "api_key_secret.go", "explain_changes.go", "invitation_actions.go",
		"support.go", "support_request.go", "temporary_access_detail.go"}
	otherwise := regexp.MustCompile(`\b(until|ends?|ended|expired) (on )?" ?\+ ?words\.(Moment|Minute)\(|words\.(Moment|Minute)\(\*?\w*\.?\w*Until\)`)
	for _, dir := range []string{"services", "handlers"} {
		for _, path := range sourceFiles(t, "../"+dir+"/*.go") {
			if slices.Contains(toTheMinute, filepath.Base(path)) {
				continue
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if found := otherwise.FindString(string(text)); found != "" {
				t.Errorf("%s: %s: an end is said by UntilEnd, OnEnd or EndMinute", path, found)
			}
		}
	}
}

func TestEndThatIsPastReadsAsItsDay(t *testing.T) {
	if got := words.Until(noon.Add(-time.Hour), noon); got != "until 21 Nov" {
		t.Errorf("it reads %q", got)
	}
}

func TestMomentsAreWrittenInUTC(t *testing.T) {
	for want, got := range map[string]string{
		"21 November 2026, 12:00 UTC":    words.Moment(noon),
		"21 November 2026, 12:00:00 UTC": words.Instant(noon),
		"21 November 2026":               words.Date(noon),
		"Saturday 21 November 2026":      words.Weekday(noon),
		"12:00":                          words.Clock(noon),
		"21 Nov 2026, 12:00 UTC":         words.Minute(noon),
		"21 Nov 2026":                    words.Day(noon),
		"21 Nov":                         words.DayIn(noon, noon),
	} {
		if got != want {
			t.Errorf("it reads %q, want %q", got, want)
		}
	}
}

func TestLengthsOfTimeChooseTheirUnit(t *testing.T) {
	cases := []struct {
		d                   time.Duration
		duration, remaining string
	}{
		{0, "0 seconds", "1 second"},
		{time.Second, "1 second", "1 second"},
		{1500 * time.Millisecond, "2 seconds", "2 seconds"},
		{59500 * time.Millisecond, "1 minute", "1 minute"},
		{time.Minute, "1 minute", "1 minute"},
		{90 * time.Second, "90 seconds", "2 minutes"},
		{90 * time.Minute, "90 minutes", "90 minutes"},
		{2 * time.Hour, "2 hours", "120 minutes"},
		{2*time.Hour + time.Second, "7,201 seconds", "3 hours"},
		{24 * time.Hour, "1 day", "24 hours"},
		{36 * time.Hour, "36 hours", "36 hours"},
		{49 * time.Hour, "49 hours", "3 days"},
		{31 * 24 * time.Hour, "31 days", "31 days"},
	}
	for _, tc := range cases {
		if got := words.Duration(tc.d); got != tc.duration {
			t.Errorf("%v lasts %q, want %q", tc.d, got, tc.duration)
		}
		if got := words.Remaining(tc.d); got != tc.remaining {
			t.Errorf("%v remain as %q, want %q", tc.d, got, tc.remaining)
		}
	}
}

func TestMonthsAreWrittenOutInSentencesAndShortElsewhere(t *testing.T) {
	at := time.Date(2026, 9, 2, 15, 4, 5, 0, time.UTC)
	for name, c := range map[string]struct {
		say  func(time.Time) string
		want string
	}{
		"a moment in a sentence": {words.Moment, "2 September 2026, 15:04 UTC"},
		"compared with a log":    {words.Instant, "2 September 2026, 15:04:05 UTC"},
		"a day in a sentence":    {words.Date, "2 September 2026"},
		"what heads a day":       {words.Weekday, "Wednesday 2 September 2026"},
		"a moment in a cell":     {words.Minute, "2 Sep 2026, 15:04 UTC"},
		"a day in a cell":        {words.Day, "2 Sep 2026"},
		"a day seen from now":    {func(at time.Time) string { return words.DayIn(at, noon) }, "2 Sep"},
	} {
		if got := c.say(at); got != c.want {
			t.Errorf("%s reads %q, want %q", name, got, c.want)
		}
	}
}
