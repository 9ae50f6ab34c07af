package handlers

import (
	"time"

	"bailiwick/views/parts"
	"bailiwick/words"
)

// Moments as pages show them: what is read, and when exactly it is for machines.

func moment(at time.Time, text string) parts.When {
	return parts.When{ISO: at.UTC().Format(time.RFC3339), Text: text}
}

// when is a moment in the past as seen from now; the zero time never was.
func when(at, now time.Time) parts.When {
	if at.IsZero() {
		return parts.When{Text: "Never"}
	}
	return moment(at, words.Ago(at, now))
}

// left is how long it is until a moment: "31 days left".
func left(until, now time.Time) parts.When { return moment(until, words.Left(until, now)) }

// until is when something ends, as seen from now: "until 3 May".
func until(at, now time.Time) parts.When { return moment(at, words.Until(at, now)) }

// momentOf is a moment to the minute, with its zone.
func momentOf(at time.Time) parts.When { return moment(at, words.Minute(at)) }

// shortMoment is a moment to the minute for a table, whose page says that times are UTC.
func shortMoment(at time.Time) parts.When { return moment(at, words.Day(at)+", "+words.Clock(at)) }

// endDay is the day of an end, the year always with it: it may be next year. No end is never.
func endDay(end *time.Time) parts.When {
	if end == nil {
		return parts.When{Text: "Never"}
	}
	return moment(*end, words.Day(words.LastDay(*end)))
}
