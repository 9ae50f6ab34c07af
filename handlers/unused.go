package handlers

import (
	"strconv"
	"time"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// neverUsed is the word in addresses for what was not used once; for what was not used for some days it is their number.
const neverUsed = "never"

// unusedWords are the words that stand in addresses.
func unusedWords() []string {
	all := []string{neverUsed}
	for _, days := range services.UnusedDays {
		all = append(all, strconv.Itoa(days))
	}
	return all
}

// unusedFor is what a list is asked for.
func unusedFor(q query) services.UnusedFor {
	word := q.values[views.Unused.Name]
	days, _ := strconv.Atoi(word) // 0 where it is no number
	return services.UnusedFor{Never: word == neverUsed, Days: days}
}

// groupUse is when somebody last used something that a group gives, as far as that is noted.
func groupUse(g models.Group, o models.Organization, now time.Time) parts.When {
	if g.LastUsedMinute == 0 && g.CreatedAt.Before(o.GroupUsesSince) {
		return parts.When{Text: "Not since " + words.Day(o.GroupUsesSince)}
	}
	return when(g.LastUsed(), now)
}

// groupUsesNoted says from when on it is known.
func groupUsesNoted(o models.Organization) string {
	return "The use of groups is recorded since " + words.Date(o.GroupUsesSince) + "."
}

func unusedFilter(q query) parts.SelectField {
	f := views.Unused.Select([]parts.Option{{Label: "Any last use"}, {Value: neverUsed, Label: "Never used"}})
	for _, days := range services.UnusedDays {
		f.Options = append(f.Options, parts.Option{Value: strconv.Itoa(days), Label: "Not used for " + words.Days.Count(days)})
	}
	choose(&f, q.values[views.Unused.Name])
	return f
}

// How soon something ends, in days: what the lists are asked for that the overview counts.
const (
	endsSoon     = 14
	endsThisWeek = 7
)

// endsWithin is how soon; 0 where the address does not ask.
func endsWithin(q query) int {
	days, _ := strconv.Atoi(q.values[views.Ends.Name]) // 0 where it is no number
	return days
}

// endsFilter offers some numbers of days; what says what ends: "Access".
func endsFilter(q query, what string, within ...int) parts.SelectField {
	f := views.Ends.Select([]parts.Option{{Label: "Any end date"}})
	for _, days := range within {
		f.Options = append(f.Options, parts.Option{Value: strconv.Itoa(days), Label: what + " within " + words.Days.Count(days)})
	}
	choose(&f, q.values[views.Ends.Name])
	return f
}
