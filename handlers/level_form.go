package handlers

import (
	"net/url"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/words"
)

// readLevel reads the level that was chosen on a domain: one of its own, written exactly so and once. The text of the problem is
// "" where there is none; said is false where the form has no choice on this domain.
func readLevel(d *access.Domain, form url.Values) (level access.Level, problem services.FieldError, said bool) {
	values, said := form[views.LevelControl(string(d.Key))]
	if !said {
		return level, problem, false
	}
	level, err := access.ParseLevel(values[0])
	if err != nil || len(values) > 1 || !d.Offers(level) {
		return access.LevelNone, services.FieldError{Field: "Privileges", Domain: d.Key, Text: d.Name + " offers " + offered(d) + "."}, true
	}
	return level, problem, true
}

// offered names a domain's levels.
func offered(d *access.Domain) string {
	names := []string{d.Label(access.LevelNone)}
	for _, l := range d.Levels {
		names = append(names, d.Label(l))
	}
	return words.And(names)
}
