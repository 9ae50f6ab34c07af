package handlers

import (
	"net/url"
	"testing"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/services/files"
)

func TestALevelIsOneOfItsDomain(t *testing.T) {
	fields := files.DefaultCatalog().Domain("content/fields")
	const wrong = "Fields offers None, View and Edit."
	for name, c := range map[string]struct {
		values []string
		level  access.Level
		text   string
		said   bool
	}{
		"nothing said":     {},
		"none":             {values: []string{"none"}, said: true},
		"edit":             {values: []string{"edit"}, level: access.LevelEdit, said: true},
		"another domain’s": {values: []string{"custom"}, text: wrong, said: true},
		"other letters":    {values: []string{"Edit"}, text: wrong, said: true},
		"twice":            {values: []string{"view", "view"}, text: wrong, said: true},
		"nothing":          {values: []string{""}, text: wrong, said: true},
	} {
		form := url.Values{}
		if c.values != nil {
			form["level.content/fields"] = c.values
		}
		level, problem, said := readLevel(fields, form)
		if level != c.level || problem.Text != c.text || said != c.said {
			t.Errorf("%s is %v, %q, %v", name, level, problem.Text, said)
		}
		if want := (services.FieldError{Field: "Privileges", Domain: "content/fields", Text: wrong}); c.text != "" && problem != want {
			t.Errorf("%s is told as %+v", name, problem)
		}
	}
}
