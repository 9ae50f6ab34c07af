package services

import (
	"maps"
	"slices"
	"time"

	"bailiwick/access"
)

// heldFinal is what reverting makes of it, and as which choices on the Privileges tab.
type heldFinal struct {
	set     access.PrivilegeSet
	choices PrivilegeChoices
	lines   map[heldPlace]RevertLine
}

// decide says what is reverted of each domain, as far as nothing is known to refuse it.
func (h *heldRevert) decide() heldFinal {
	final := heldFinal{set: maps.Clone(h.today), choices: PrivilegeChoices{}, lines: maps.Clone(h.stays)}
	var domains []access.DomainKey
	for _, place := range h.places {
		domains = append(domains, place.domain)
	}
	for _, d := range slices.Compact(domains) {
		h.decideDomain(d, &final)
	}
	return final
}

func (h *heldRevert) decideDomain(d access.DomainKey, final *heldFinal) {
	today, was, is := h.today[d], h.privilege(d, h.was), h.privilege(d, h.is)
	level := heldPlace{domain: d}
	p, reverts := today, false
	if h.changed[level] != nil {
		if line := h.decideLevel(d, today, was, is); line.Stays == Reverts {
			p, reverts = was, true
		} else {
			final.lines[level] = line
		}
	}
	p.Editors, p.Ends = today.Editors, maps.Clone(today.Ends)
	rows := map[string]bool{}
	if reverts && was.Lists() && !today.Lists() { // with its whole list, of which rows may be all the same to what stood above it
		for _, id := range was.Editors {
			if named, known := h.resources[id]; known && !named.Ended && h.changed[heldPlace{d, id}] == nil {
				rows[named.Key] = true
				p = withRow(p, was, id, true)
			}
		}
	}
	for _, place := range h.places {
		if place.domain != d || place.resource == 0 {
			continue
		}
		line, edit := h.decideRow(place, today, was, is, p)
		if line.Stays != Reverts {
			final.lines[place] = line
		}
		if line.Stays == Reverts && p.Lists() {
			rows[h.resources[place.resource].Key] = edit
			p = withRow(p, was, place.resource, edit)
			reverts = true
		}
	}
	final.set[d] = p
	if reverts {
		final.choices[d] = PrivilegeChoice{Level: p.Level, CanCreate: p.CanCreate, Rows: rows, stood: &p}
	}
}

// privilege is what a state held on a domain, as far as it counts today: what has run out since is left out.
func (h *heldRevert) privilege(d access.DomainKey, held map[access.DomainKey]heldState) access.Privilege {
	return held[d].privilege().At(h.at)
}

// withRow is the privilege with a resource in its editor list as it was there, or without it.
func withRow(p, was access.Privilege, id access.ResourceID, edit bool) access.Privilege {
	p.Editors = slices.DeleteFunc(slices.Clone(p.Editors), func(listed access.ResourceID) bool { return listed == id })
	if p.Ends == nil {
		p.Ends = map[access.ResourceID]time.Time{}
	}
	delete(p.Ends, id)
	if edit {
		p.Editors = append(p.Editors, id)
		slices.Sort(p.Editors)
		if end, ends := was.Ends[id]; ends {
			p.Ends[id] = end
		}
	}
	return p
}

// decideLevel decides about level and box. Where that ends an editor list in which others have put something since, the level stays.
func (h *heldRevert) decideLevel(d access.DomainKey, today, was, is access.Privilege) RevertLine {
	place := heldPlace{domain: d}
	if line, stays := h.stays[place]; stays {
		return line
	}
	_, changed := h.later[place]
	switch {
	case equalSteps(today, was):
		return RevertLine{Stays: StaysAlready}
	case changed || !equalSteps(today, is):
		return h.changedAgain(place)
	}
	if !today.Lists() || was.Lists() || was.Level == access.LevelEdit {
		return RevertLine{}
	}
	for _, id := range today.Editors {
		row := heldPlace{d, id}
		if _, again := h.later[row]; again || h.changed[row] == nil || !slices.Contains(is.Editors, id) {
			return h.changedAgain(row)
		}
	}
	return RevertLine{}
}

// decideRow decides about one row of the editor list, given what becomes of level and box, and tells whether it is to be listed.
func (h *heldRevert) decideRow(place heldPlace, today, was, is, p access.Privilege) (line RevertLine, edit bool) {
	if line, stays := h.stays[place]; stays {
		return line, false
	}
	id := place.resource
	now, before, after := rowOf(today, id), rowOf(was, id), rowOf(is, id)
	_, changed := h.later[place]
	switch {
	case now == before:
		line.Stays = StaysAlready
	case changed || now != after:
		return h.changedAgain(place), false
	}
	edit = before.listed
	if !p.Lists() && rowOf(p, id).on != before.on { // nothing to list it in, or nothing that it would add
		if line.Stays == Reverts {
			line = h.changedAgain(heldPlace{domain: place.domain})
		}
		return line, false
	}
	if line.Stays == StaysAlready && p.Lists() && rowOf(p, id) != before { // by the level, and that is reverted
		line.Stays = Reverts
	}
	return line, edit
}

// row is what a privilege amounts to on one resource.
type heldRow struct {
	on     string
	listed bool
	until  int64
}

func rowOf(p access.Privilege, id access.ResourceID) heldRow {
	listed := p.Lists() && slices.Contains(p.Editors, id)
	r := heldRow{on: heldStateOf(p).on(listed), listed: listed}
	if end, ends := p.Ends[id]; ends && listed {
		r.until = end.Unix()
	}
	return r
}

// equalSteps compares levels and boxes with their ends, without editor lists.
func equalSteps(a, b access.Privilege) bool {
	if a.Level != b.Level || a.CanCreate != b.CanCreate || !a.Until.Equal(b.Until) || (a.Then == nil) != (b.Then == nil) {
		return false
	}
	return a.Then == nil || equalSteps(*a.Then, *b.Then)
}

// changedAgain says that a place was changed since, and by what where the record tells.
func (h *heldRevert) changedAgain(place heldPlace) RevertLine {
	line := RevertLine{Stays: StaysChanged}
	for _, at := range []heldPlace{place, {domain: place.domain}} {
		if later, known := h.later[at]; known && line.Since == nil {
			line.Since = &LaterChange{later}
		}
	}
	return line
}

// privilege is the privilege that was written down. A level that this program does not know is none.
func (h heldState) privilege() access.Privilege {
	level, _ := access.ParseLevel(h.Level)
	p := access.Privilege{Level: level, CanCreate: h.CanCreate, Editors: slices.Clone(h.Edit), Ends: maps.Clone(h.Ends)}
	slices.Sort(p.Editors)
	if h.Until != nil {
		p.Until = *h.Until
	}
	if h.Then != nil {
		then := h.Then.privilege()
		p.Then = &then
	}
	return p
}
