package handlers

import (
	"net/url"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// privilegesWas is what a Privileges tab was made with, as far as its form says it: what differs from that was chosen.
type privilegesWas struct {
	levels map[access.DomainKey]access.Privilege // level and Can Create; nil where the form says nothing
	rows   map[access.DomainKey]map[string]bool  // rows of editor lists that were on the page: true for Edit
}

// withCreate ends a level beside which Can create was ticked.
const withCreate = "+create"

func readPrivilegesWas(catalog *access.Catalog, form url.Values) privilegesWas {
	was := privilegesWas{rows: map[access.DomainKey]map[string]bool{}}
	if form.Has(views.PrivilegesWas) {
		was.levels = map[access.DomainKey]access.Privilege{}
	}
	for key, word := range pairs(form.Get(views.PrivilegesWas)) {
		word, create := strings.CutSuffix(word, withCreate)
		if level, err := access.ParseLevel(word); err == nil {
			was.levels[access.DomainKey(key)] = access.Privilege{Level: level, CanCreate: create}
		}
	}
	for _, d := range catalog.Domains() {
		if rows := form.Get(parts.Was(views.RowsControl(string(d.Key)))); rows != "" {
			was.rows[d.Key] = map[string]bool{}
			for key, word := range pairs(rows) {
				was.rows[d.Key][key] = word == editWord(true)
			}
		}
	}
	return was
}

// pairs are KEY=WORD with blanks between.
func pairs(text string) map[string]string {
	all := map[string]string{}
	for _, pair := range strings.Fields(text) {
		if key, word, ok := strings.Cut(pair, "="); ok {
			all[key] = word
		}
	}
	return all
}

// has tells whether the form was made with a choice, other than its rows.
func (was privilegesWas) has(d access.DomainKey, choice services.PrivilegeChoice) bool {
	p := was.levels[d]
	return was.levels != nil && p.Level == choice.Level && p.CanCreate == choice.CanCreate
}

// was is what the form was made with: where something was chosen as it was then, else what stands.
func (p privilegesPage) was() []parts.Hidden {
	var levels []string
	var all []parts.Hidden
	for _, d := range p.tab.Domains {
		stood := d.Stored
		if p.form.Was.levels != nil && p.chose(d) {
			stood = p.form.Was.levels[d.Key]
		}
		if stood.Level != access.LevelNone {
			word := string(d.Key) + "=" + stood.Level.String()
			if stood.CanCreate {
				word += withCreate
			}
			levels = append(levels, word)
		}
		if rows := p.rowsWere(d); rows != "" {
			all = append(all, parts.Hidden{Name: parts.Was(views.RowsControl(string(d.Key))), Value: rows})
		}
	}
	return append(all, parts.Hidden{Name: views.PrivilegesWas, Value: strings.Join(levels, " ")})
}

// chose tells whether the viewer chose something on a domain.
func (p privilegesPage) chose(d services.PrivilegeDomain) bool {
	choice, said := p.form.Draft.Choices[d.Key]
	return p.form.Draft.Preset != "" || said && !choice.Untouched
}

// rowsWere is what the rows of a list that are on the page were.
func (p privilegesPage) rowsWere(d services.PrivilegeDomain) string {
	if d.List == nil {
		return ""
	}
	var all []string
	for _, r := range d.List.Rows {
		listed := d.List.Listed[r.ID]
		if was, known := p.form.Was.rows[d.Key][r.Key]; known {
			if _, chosen := d.Chosen.Rows[r.Key]; chosen {
				listed = was
			}
		}
		all = append(all, r.Key+"="+editWord(listed))
	}
	return strings.Join(all, " ")
}

// conflict shows what somebody else changed beside what the viewer did about it.
func (p privilegesPage) conflict(now time.Time) *parts.Conflict {
	var rows []parts.ConflictRow
	for _, d := range p.tab.Domains {
		was, yours := p.form.Was.levels[d.Key], ""
		if p.form.Was.levels == nil || p.chose(d) {
			yours = words.Privilege(d.Domain, access.Privilege{Level: d.Chosen.Level, CanCreate: d.Chosen.CanCreate})
		}
		if p.form.Was.levels == nil || was.Level != d.Stored.Level || was.CanCreate != d.Stored.CanCreate {
			rows = append(rows, parts.ConflictRow{Label: words.Domain(d.Domain), Yours: yours, Theirs: words.Privilege(d.Domain, d.Stored)})
		}
	}
	for _, d := range p.tab.Domains {
		rows = append(rows, p.conflictInList(d)...)
	}
	holder := p.tab.Holder()
	by, at := holder.Saved()
	return mergedConflict(by, at, now, rows...)
}

// conflictInList are the rows of an editor list that somebody else changed, as far as the form shows them; of a form that does not
// say what it was made with, those that differ.
func (p privilegesPage) conflictInList(d services.PrivilegeDomain) []parts.ConflictRow {
	var rows []parts.ConflictRow
	if p.form.Was.levels == nil {
		for _, diff := range p.tab.Differences {
			if diff.Domain == d.Key && diff.Resource != 0 {
				rows = append(rows, parts.ConflictRow{Label: rowIn(p.tab.Named[diff.Resource].Name, d.Domain),
					Yours: words.Upper(diff.After.String()), Theirs: words.Upper(diff.Before.String())})
			}
		}
	}
	if d.List == nil {
		return rows
	}
	for _, r := range d.List.Rows {
		was, known := p.form.Was.rows[d.Key][r.Key]
		if _, chosen := d.Chosen.Rows[r.Key]; known && !chosen && was != d.List.Listed[r.ID] {
			rows = append(rows, parts.ConflictRow{Label: rowIn(r.Name, d.Domain), Theirs: words.Upper(editWord(!was))})
		}
	}
	return rows
}
