package words

import "time"

var units = []struct {
	length time.Duration
	noun   Noun
}{{24 * time.Hour, Days}, {time.Hour, Hours}, {time.Minute, Minutes}, {time.Second, Seconds}}

// Duration is a length of time in the largest unit that it fills without a rest, to the second: "31 days", "90 minutes".
func Duration(d time.Duration) string {
	d = d.Round(time.Second)
	for _, unit := range units {
		if d >= unit.length && d%unit.length == 0 {
			return unit.noun.Count(int(d / unit.length))
		}
	}
	return Seconds.Count(0)
}

// Remaining is how long something still takes or lasts, rounded up to a unit in which one counts so much: "30 seconds",
// "15 minutes", "3 hours", "2 days". It is a second at least.
func Remaining(d time.Duration) string {
	switch {
	case d <= 59*time.Second:
		return Seconds.Count(max(1, up(d, time.Second)))
	case d <= 2*time.Hour:
		return Minutes.Count(up(d, time.Minute))
	case d < 48*time.Hour:
		return Hours.Count(up(d, time.Hour))
	}
	return Days.Count(up(d, 24*time.Hour))
}

// up is how many units hold all of it.
func up(d, unit time.Duration) int { return int((d + unit - 1) / unit) }
