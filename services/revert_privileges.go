package services

import (
	"context"
	"maps"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// heldPlace is a part of a privilege set that stands for itself: level and box of a domain, or one row of its editor list.
type heldPlace struct {
	domain   access.DomainKey
	resource access.ResourceID // 0: level and box
}

// heldRevert is the privileges of a group or an API key as a change found and left them, and as they stand today.
type heldRevert struct {
	console   *Console
	at        time.Time
	was, is   map[access.DomainKey]heldState
	today     access.PrivilegeSet
	changed   map[heldPlace][]Change        // what the activity changed, by place
	places    []heldPlace                   // in the order of the activity
	later     map[heldPlace]models.Activity // what changed it again, the last
	resources map[access.ResourceID]models.Named
	stays     map[heldPlace]RevertLine // why a place can't be reverted, found so far
}

// revertPrivileges gives a group or an API key back what a change of its privileges took, and takes what it gave: as a draft of its
// Privileges tab, which is judged and written as any other. What the caller can't give stays as it is.
func (c *Console) revertPrivileges(ctx context.Context, v *view, a reverting) (reversalPlan, error) {
	named, err := v.standing(ctx, a)
	if err != nil {
		return reversalPlan{}, err
	}
	which := Holder{Kind: access.Group, Key: named.Key}
	if a.Operation == models.OpAPIKeyPrivilegesChanged {
		which.Kind = access.APIKey
	}
	opened, err := c.privilegesToChange(ctx, v, which)
	if err != nil {
		return reversalPlan{}, err
	}
	h, err := c.heldToRevert(ctx, v, a, opened.grantee())
	if err != nil {
		return reversalPlan{}, err
	}
	for { // what is refused stays, and so does what goes with it: each round leaves less
		tab, final := opened, h.decide()
		if err := c.applyDraft(ctx, v, &tab, PrivilegesDraft{Choices: final.choices}); err != nil {
			return reversalPlan{}, err
		}
		if h.refuse(&tab, final) {
			continue
		}
		plan := reversalPlan{lines: h.lines(final), members: opened.Group.Members, until: endOrNil(tab.until),
			write: func(ctx context.Context, tx *Tx) error { return c.savePrivileges(ctx, tx, &tab) }}
		return plan, tab.Refused
	}
}

// heldToRevert reads what reverting is judged by.
func (c *Console) heldToRevert(ctx context.Context, v *view, a reverting, grantee access.GranteeID) (*heldRevert, error) {
	h := &heldRevert{console: c, at: v.At, was: a.was.Privileges, is: a.is.Privileges, changed: map[heldPlace][]Change{},
		later: map[heldPlace]models.Activity{}, stays: map[heldPlace]RevertLine{}}
	var ids []access.ResourceID
	for _, d := range c.domainsIn(h.was, h.is) {
		for _, change := range privilegeChanges(d, h.was[d], h.is[d]) {
			place := heldPlace{d, change.Resource}
			if h.changed[place] == nil {
				h.places = append(h.places, place)
				ids = append(ids, place.resource)
			}
			h.changed[place] = append(h.changed[place], change)
		}
	}
	if len(h.places) > revertedAtOnce {
		return nil, ErrTooLongAgo
	}
	later, err := v.since(ctx, a, models.OpGroupPrivilegesChanged, models.OpAPIKeyPrivilegesChanged)
	if err != nil {
		return nil, err
	}
	for _, l := range later {
		h.changedBy(l)
	}
	set, err := v.PrivilegesOf(ctx, grantee)
	if err != nil {
		return nil, err
	}
	h.today = access.PrivilegeSet{}
	for d, p := range set.Clean(c.catalog) {
		h.today[d] = p.At(v.At)
	}
	for _, held := range h.was {
		ids = append(ids, held.Edit...)
	}
	if h.resources, err = v.NamesOf(ctx, ids); err != nil {
		return nil, err
	}
	h.staysForGood(v.By)
	return h, nil
}

// changedBy notes what a later change changed: also what a level did to rows that it does not name, which are in no list then.
func (h *heldRevert) changedBy(l reverting) {
	for _, d := range union(l.was.Privileges, l.is.Privileges) {
		was, is := l.was.Privileges[d], l.is.Privileges[d]
		for _, change := range privilegeChanges(d, was, is) {
			h.later[heldPlace{d, change.Resource}] = l.Activity
		}
		for _, place := range h.places {
			named := slices.Contains(was.Edit, place.resource) || slices.Contains(is.Edit, place.resource)
			if place.domain == d && place.resource != 0 && !named && was.on(false) != is.on(false) {
				h.later[place] = l.Activity
			}
		}
	}
}

// staysForGood notes what can't be reverted whatever else is: rows of what is gone, and of what the caller may not view (R15).
func (h *heldRevert) staysForGood(by Caller) {
	for _, place := range h.places {
		named, known := h.resources[place.resource]
		switch {
		case place.resource == 0:
		case !known || named.Ended:
			h.stays[place] = RevertLine{Stays: StaysGone}
		case !by.Rights.May(ViewIn(place.domain), 0):
			h.stays[place] = RevertLine{Stays: StaysNeed, Need: ViewIn(place.domain)}
		}
	}
}

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

// refuse notes what of the draft is refused, and tells whether there was something new: then it stays as it is.
func (h *heldRevert) refuse(tab *PrivilegesTab, final heldFinal) bool {
	before := len(h.stays)
	for _, wrong := range tab.Wrong {
		h.stay(heldPlace{domain: wrong.Domain}, final, RevertLine{Stays: StaysRefused, Text: wrong.Text})
	}
	for _, x := range tab.Beyond {
		h.stay(heldPlace{x.Domain, x.Resource}, final, RevertLine{Stays: StaysBeyond, Excess: []access.Excess{x}})
	}
	return len(h.stays) > before
}

// stay notes why a place stays; where it is the level that is refused and the change left it alone, the rows do.
func (h *heldRevert) stay(place heldPlace, final heldFinal, why RevertLine) {
	for _, at := range h.places {
		rows := h.changed[place] == nil && at.domain == place.domain
		if _, known := final.lines[at]; !known && (at == place || rows) {
			h.stays[at] = why
		}
	}
}

// lines are what the activity changed, each with what it is today and once reverted.
func (h *heldRevert) lines(final heldFinal) []RevertLine {
	var all []RevertLine
	for _, place := range h.places {
		for _, change := range h.changed[place] {
			line := final.lines[place]
			line.Change = change
			line.Before, line.After = heldValue(change, h.today[place.domain]), heldValue(change, final.set[place.domain])
			if line.Stays == Reverts && line.Before == line.After {
				line.Stays = StaysAlready
			}
			all = append(all, line)
		}
	}
	return all
}

// heldValue is the text of what a change is about, in a privilege.
func heldValue(change Change, p access.Privilege) string {
	held, listed := heldStateOf(p), p.Lists() && slices.Contains(p.Editors, change.Resource)
	switch {
	case change.Of == OfLevel:
		if p.Level == access.LevelNone {
			return ""
		}
		return held.Level
	case change.Of == OfCreate:
		return yes(held.CanCreate)
	case change.Of == OfRow:
		return held.on(listed)
	case change.Resource != 0:
		return endText(listed, held.end(change.Resource))
	}
	return endText(p.Level != access.LevelNone, held.Until)
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
