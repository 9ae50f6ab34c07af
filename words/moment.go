package words

import "time"

// Months have one rule: a sentence writes them out, in a page, an error and a mail alike ("It lasts until 2 January 2026, 15:04 UTC."), and
// what is no sentence has three letters of them: cells, facts, chips, the lines beneath names ("Expires 2 Jan 2026"), and what a save bar
// says of an end, with the message that repeats it. The year is left out only of the present one, where a moment is seen from now.

// Moment is a moment in a sentence: "2 January 2026, 15:04 UTC".
func Moment(at time.Time) string { return at.UTC().Format("2 January 2006, 15:04 UTC") }

// Instant is the same to the second, for what is compared with a log: "2 January 2026, 15:04:05 UTC".
func Instant(at time.Time) string { return at.UTC().Format("2 January 2006, 15:04:05 UTC") }

// Date is a day in a sentence: "2 January 2026".
func Date(at time.Time) string { return at.UTC().Format("2 January 2006") }

// Weekday is a day that heads what happened on it: "Saturday 21 November 2026".
func Weekday(at time.Time) string { return at.UTC().Format("Monday 2 January 2006") }

// Clock is the time of a day that is named elsewhere: "15:04".
func Clock(at time.Time) string { return at.UTC().Format("15:04") }

// Minute is a moment that is no part of a sentence: "2 Jan 2026, 15:04 UTC".
func Minute(at time.Time) string { return at.UTC().Format("2 Jan 2006, 15:04 UTC") }

// Day is a day that is no part of a sentence: "2 Jan 2026".
func Day(at time.Time) string { return at.UTC().Format("2 Jan 2006") }

// DayInFigures is a day as forms and files write it: "2026-01-31".
func DayInFigures(at time.Time) string { return at.UTC().Format(time.DateOnly) }

// DayIn is a day as seen from now: without the year where it is the present one.
func DayIn(at, now time.Time) string {
	if at.UTC().Year() == now.UTC().Year() {
		return at.UTC().Format("2 Jan")
	}
	return Day(at)
}

// Ago is a moment in the past as seen from now: "just now", "12 min ago", "7 h ago", "yesterday", "19 Nov".
func Ago(at, now time.Time) string {
	passed := now.Sub(at)
	switch {
	case passed < time.Minute:
		return "just now"
	case passed < time.Hour:
		return Number(int(passed.Minutes())) + " min ago"
	case passed < 24*time.Hour:
		return Number(int(passed.Hours())) + " h ago"
	case passed < 48*time.Hour:
		return "yesterday"
	}
	return DayIn(at, now)
}

// A day that is an end is meant whole, everywhere: what lasts until a day lasts through it, and its end is the moment when the next day
// begins (UTC). So an end at midnight is said as the day before; any other belongs to the day on which it is.

// LastDay is a moment of the day that an end is said by.
func LastDay(end time.Time) time.Time { return end.UTC().Add(-time.Nanosecond) }

// UntilThatDay stands beneath each field for such a day: "They stay in this group until the end of that day (UTC)."
func UntilThatDay(what string) string { return what + " until the end of that day (UTC)." }

// EndsDay tells whether an end is that of a whole day.
func EndsDay(end time.Time) bool { return end.UTC().Truncate(24 * time.Hour).Equal(end) }

// UntilEnd is an end in a sentence: "until the end of 2 January 2026 (UTC)", "until 2 January 2026, 15:04 UTC".
func UntilEnd(end time.Time) string {
	if EndsDay(end) {
		return "until the end of " + Date(LastDay(end)) + " (UTC)"
	}
	return "until " + Moment(end)
}

// OnEnd is when something ends, in a sentence: "at the end of 2 January 2026 (UTC)", "on 2 January 2026, 15:04 UTC".
func OnEnd(end time.Time) string {
	if EndsDay(end) {
		return "at the end of " + Date(LastDay(end)) + " (UTC)"
	}
	return "on " + Moment(end)
}

// EndMinute is an end that is no part of a sentence: "the end of 2 Jan 2026 (UTC)", "2 Jan 2026, 15:04 UTC".
func EndMinute(end time.Time) string {
	if EndsDay(end) {
		return "the end of " + Day(LastDay(end)) + " (UTC)"
	}
	return Minute(end)
}

// Until is an end as seen from now, to the minute within a day: "until 15:04 UTC", "until midnight UTC", "until 3 May", "until 3 May
// 2027". One that is past is a day like the others.
func Until(end, now time.Time) string {
	switch left := end.Sub(now); {
	case left <= 0 || left >= 24*time.Hour:
	case EndsDay(end):
		return "until midnight UTC"
	default:
		return "until " + end.UTC().Format("15:04 UTC")
	}
	return "until " + DayIn(LastDay(end), now)
}

// Left is how long it is until a moment, rounded up: "31 days left", "7 h left", "12 min left".
func Left(until, now time.Time) string {
	if until.Sub(now) <= time.Minute {
		return "less than a minute left"
	}
	return brief(until.Sub(now)) + " left"
}

// In is a moment ahead as seen from now, rounded up: "in 31 days", "in 7 h", "in 12 min".
func In(at, now time.Time) string { return "in " + brief(at.Sub(now)) }

// brief is a length of time where there is little room: "31 days", "7 h", "12 min".
func brief(d time.Duration) string {
	switch {
	case d > 24*time.Hour:
		return Days.Count(up(d, 24*time.Hour))
	case d > time.Hour:
		return Number(up(d, time.Hour)) + " h"
	}
	return Number(up(d, time.Minute)) + " min"
}
