package handlers

import (
	"slices"
	"strings"

	"bailiwick/access"
	"bailiwick/names"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/words"
)

// rowID is the id of a domain's row.
func rowID(d *access.Domain) string { return "d-" + idOf(d.Key) }

func (p privilegesPage) row(d services.PrivilegeDomain) views.PrivilegeDomain {
	level, readOnly := d.Chosen.Level, p.tab.Fixed != services.NotFixed
	row := views.PrivilegeDomain{
		Key: string(d.Key), ID: rowID(d.Domain), Name: d.Name, Sensitive: d.Sensitive,
		Level: levelClass(level), LevelWord: d.Label(level), Allows: words.Sentence(d.Allows[level]), Was: words.Privilege(d.Domain, d.Stored),
		Choices: p.choices(d), Create: createChoice(d), Error: p.wrongOn(d), Hidden: p.hides(d),
	}
	if level == access.LevelNone {
		row.Allows = p.nothing(d)
	}
	row.Note = p.ends(d)
	if i := slices.IndexFunc(row.Choices, func(c views.LevelChoice) bool { return c.Locked != "" }); i >= 0 { // all for the same reason
		row.Note = strings.TrimSpace(row.Note + " " + row.Choices[i].Locked)
	}
	if d.Granular() && (!readOnly || level == access.LevelCustom) {
		row.Custom = p.list(d)
	}
	return row
}

// nothing says that None allows nothing, and what the least level of the domain would allow: that step usually suffices.
func (p privilegesPage) nothing(d services.PrivilegeDomain) string {
	if len(d.Levels) == 0 || d.Allows[d.Levels[0]] == "" || d.Barred != "" {
		return "No access."
	}
	return "No access. " + d.Label(d.Levels[0]) + ": " + d.Allows[d.Levels[0]] + "."
}

// choices are the levels that the domain has, None first. A locked one says why.
func (p privilegesPage) choices(d services.PrivilegeDomain) []views.LevelChoice {
	choices := []views.LevelChoice{{Value: "none", Label: "None", Allows: p.nothing(d),
		Checked: d.Chosen.Level == access.LevelNone, Stored: d.Stored.Level == access.LevelNone}}
	for _, l := range d.Levels {
		c := views.LevelChoice{Value: l.String(), Label: d.Label(l), Allows: words.Sentence(d.Allows[l]), Checked: l == d.Chosen.Level, Stored: l == d.Stored.Level}
		if c.Locked = d.Barred; c.Locked == "" && d.Beyond[l] {
			c.Locked = lock(d)
		}
		choices = append(choices, c)
	}
	return choices
}

// lock says why a level can't be given.
func lock(d services.PrivilegeDomain) string {
	return words.NoMoreThan(d.Domain, d.Own)
}

func createChoice(d services.PrivilegeDomain) views.CreateChoice {
	if d.Barred != "" {
		return views.CreateChoice{}
	}
	choice := views.CreateChoice{Offered: d.Create == access.CreateIndependent, Included: d.Create != access.CreateNone,
		Checked: d.Chosen.CanCreate, Stored: d.Stored.CanCreate}
	if d.BeyondCreate {
		choice.Locked = words.NotYourself(access.Create, words.Things(d.Domain).Many)
	}
	return choice
}

// wrongOn is what is wrong with a domain's choice, "" where nothing is.
func (p privilegesPage) wrongOn(d services.PrivilegeDomain) string {
	var texts []string
	for _, w := range p.wrong() {
		if w.Domain == d.Key && !slices.Contains(texts, w.Text) {
			texts = append(texts, w.Text)
		}
	}
	return strings.Join(texts, " ")
}

// hides tells whether the filter leaves the domain out. Its choices are still submitted.
func (p privilegesPage) hides(d services.PrivilegeDomain) bool {
	switch {
	case p.form.Show == "granted" && d.Chosen.Level == access.LevelNone, p.form.Show == "changed" && d.Changes == 0:
		return true
	}
	return !matchesDomain(d.Domain, p.form.Query)
}

// matchesDomain tells whether a filter of domains lets one through: its service and its name have the words that were typed.
func matchesDomain(d *access.Domain, typed string) bool {
	return names.Matches(typed, d.Service, d.Name)
}

// ends says until when the level as it stands, or as it would be saved, lasts, and what comes then; "" where it has no end.
func (p privilegesPage) ends(d services.PrivilegeDomain) string {
	if d.Changes > 0 && d.IfSaved.Level == d.Chosen.Level {
		switch {
		case d.IfSaved.Until.IsZero():
			return ""
		case d.IfSaved.Until.Equal(d.Stored.Until):
			return words.Upper(endWords(d.Domain, d.IfSaved))
		}
		return words.Upper(endWords(d.Domain, d.IfSaved)) + " Your own access ends then."
	}
	if d.Stored.Level != d.Chosen.Level || d.Stored.Until.IsZero() {
		return ""
	}
	text := words.Upper(endWords(d.Domain, d.Stored))
	if p.tab.Fixed == services.NotFixed && d.LastsIfSaved {
		text += " If you save this tab, it gets no end."
	}
	return text
}

// endWords is "until 3 May 2027, 10:00 UTC, then View all." of a privilege with an end.
func endWords(d *access.Domain, p access.Privilege) string {
	then := "None"
	if p.Then != nil {
		then = words.Privilege(d, *p.Then)
	}
	return "until " + words.EndMinute(p.Until) + ", then " + then + "."
}
