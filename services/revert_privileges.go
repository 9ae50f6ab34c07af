package services

import (
	"context"
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
		if which.Kind == access.Group {
			plan.group, plan.after = tab.grantee(), tab.after
		}
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
