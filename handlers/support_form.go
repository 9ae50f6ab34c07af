package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// askForm is the form for a request as it was submitted: typed values, and what could not be read.
type askForm struct {
	Categories                 []string
	Levels                     map[access.DomainKey]access.Level
	Justification, Description string
	For, Until                 string
	Query                      string
	Step                       string // of a button that draws the form again; "": it is sent
	Wrong                      []services.FieldError
}

// untilMoment is the choice of a moment of one's own, in place of a preset.
var untilMoment = views.AccessUntil.Name

// readAskForm reads only the fields of domains that the catalogue has.
func readAskForm(catalog *access.Catalog, form url.Values) askForm {
	f := askForm{
		Categories: form[views.AccessCategories.Name], Levels: map[access.DomainKey]access.Level{},
		Justification: form.Get(views.AccessJustification.Name), Description: form.Get(views.AccessDescription.Name),
		For: form.Get(views.AccessFor.Name), Until: form.Get(views.AccessUntil.Name), Query: cutRunes(form.Get(parts.QueryName), 200), Step: form.Get(parts.StepName),
	}
	for _, d := range catalog.Domains() {
		level, problem, said := readLevel(d, form)
		f.Wrong = wrongOnce(f.Wrong, problem)
		if said && problem.Text == "" {
			f.Levels[d.Key] = level
		}
	}
	return f
}

// until is the end that was asked for: a preset counts from now.
func (f askForm) until(now time.Time) (time.Time, error) {
	if f.For != untilMoment {
		if seconds, err := strconv.Atoi(f.For); err == nil && seconds > 0 && seconds <= int(services.AccessLongest.Seconds()) {
			return now.Add(time.Duration(seconds) * time.Second), nil
		}
	}
	at, err := readMinute(strings.TrimSpace(f.Until))
	if err != nil {
		return at, services.Invalid{Fields: []services.FieldError{{Field: "Until", Text: "Enter a date and a time, such as 2027-12-03T18:00, or choose how long."}}}
	}
	return at, nil
}

// presets are the durations to choose from, the longest that there may be last.
func presets(longest time.Duration) []time.Duration {
	all := []time.Duration{time.Hour, 4 * time.Hour, 8 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour}
	all = slices.DeleteFunc(all, func(d time.Duration) bool { return d >= longest })
	return append(all, longest)
}

// usual is the duration that is chosen at first: short, since an access can be asked for again.
func usual(longest time.Duration) time.Duration { return min(4*time.Hour, longest) }

// request is the request that the form makes.
func (f askForm) request(now time.Time, address string) (services.AccessRequest, error) {
	r := services.AccessRequest{Categories: f.Categories, Privileges: f.Levels,
		Justification: f.Justification, Description: f.Description, Address: address}
	if len(f.Wrong) > 0 {
		return services.AccessRequest{}, services.Invalid{Fields: f.Wrong}
	}
	var err error
	if r.Until, err = f.until(now); err != nil {
		return services.AccessRequest{}, err
	}
	return r, nil
}
