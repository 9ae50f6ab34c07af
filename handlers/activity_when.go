package handlers

import (
	"strconv"
	"time"

	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// What an address says of when something happened: one of two words, or so many days.
const (
	sinceToday  = "today"
	betweenDays = "days" // that stand in the fields besides
)

// lastDays are the numbers of days, today among them, that the list offers.
var lastDays = []int{7, 30}

func whenWords() []string {
	all := []string{sinceToday, betweenDays}
	for _, n := range lastDays {
		all = append(all, strconv.Itoa(n))
	}
	return all
}

// span is from one moment until before another; the zero time leaves an end open. Wrong says by field what keeps it from being one, and
// then nothing happened in it.
type span struct {
	from, until time.Time
	wrong       map[string]string
}

const notADay = "Enter a day, such as 2026-11-30."

// whenOf reads when something is to have happened, in days of UTC.
func whenOf(q query, now time.Time) span {
	today := now.UTC().Truncate(24 * time.Hour)
	when := q.values[views.ActivityWhen.Name]
	if days, err := strconv.Atoi(when); err == nil {
		return span{from: today.AddDate(0, 0, 1-days)}
	}
	switch when {
	case sinceToday:
		return span{from: today}
	case betweenDays:
		return betweenOf(q.values[views.ActivitySince.Name], q.values[views.ActivityUntil.Name])
	}
	return span{}
}

// betweenOf is from the beginning of one day to the end of another.
func betweenOf(first, last string) span {
	s := span{wrong: map[string]string{}}
	read := func(field, typed string) (day time.Time) {
		if typed == "" {
			return day
		}
		day, err := time.Parse(time.DateOnly, typed)
		if err != nil || day.Year() < 1 {
			s.wrong[field] = notADay
			return time.Time{}
		}
		return day
	}
	s.from = read(views.ActivitySince.Name, first)
	if day := read(views.ActivityUntil.Name, last); !day.IsZero() {
		if s.until = day.AddDate(0, 0, 1); s.until.Year() > 9999 { // beyond what databases compare, and any activity
			s.until = time.Time{}
		}
	}
	if len(s.wrong) == 0 && !s.until.IsZero() && !s.from.Before(s.until) {
		s.wrong[views.ActivityUntil.Name] = "The last day can’t be before the first."
	}
	if len(s.wrong) > 0 { // nothing is before the beginning of time
		s.from, s.until = time.Time{}, time.Unix(0, 0)
	}
	return s
}

// words say which moments are shown; "" where all are.
func (s span) words() string {
	switch {
	case len(s.wrong) > 0 || s.from.IsZero() && s.until.IsZero():
		return ""
	case s.until.IsZero():
		return "Shown: since " + words.Moment(s.from) + "."
	case s.from.IsZero():
		return "Shown: until " + words.Moment(s.until) + "."
	}
	return "Shown: from " + words.Moment(s.from) + " until " + words.Moment(s.until) + "."
}

func whenFilter(q query) parts.SelectField {
	f := views.ActivityWhen.Select([]parts.Option{{Label: "Any time"}, {Value: sinceToday, Label: "Today"}})
	for _, n := range lastDays {
		f.Options = append(f.Options, parts.Option{Value: strconv.Itoa(n), Label: "Last " + words.Days.Count(n)})
	}
	f.Options = append(f.Options, parts.Option{Value: betweenDays, Label: "From one day to another"})
	choose(&f, q.values[views.ActivityWhen.Name])
	return f
}

// dayFields are for the days, where they are asked for.
func dayFields(q query, s span) []parts.Field {
	if q.values[views.ActivityWhen.Name] != betweenDays {
		return nil
	}
	var fields []parts.Field
	for _, f := range []parts.Filter{views.ActivitySince, views.ActivityUntil} {
		fields = append(fields, parts.Field{ID: f.Name, Name: f.Name, Label: f.Label, Type: "date", Value: q.values[f.Name], Error: s.wrong[f.Name]})
	}
	return fields
}
