package services

import (
	"maps"
	"slices"
	"strings"
	"time"

	"bailiwick/access"
)

// ChangeOf is what kind of thing a Change is about.
type ChangeOf int

// The kinds of changes. The comment says what Before and After hold; "" is nothing in each.
const (
	OfField  ChangeOf = iota // Field is its name in the record; texts
	OfLevel                  // of Domain; levels
	OfCreate                 // Can Create on Domain; "yes"
	OfRow                    // Resource in Domain, through an editor list; levels
	OfAccess                 // what Name, a grantee, may do with the thing; levels
	OfMember                 // Name's membership; "member", or the moment until which it lasts (RFC 3339)
	OfOwner                  // of Resource in Domain; e-mails
	OfEnd                    // of the level on Domain, (Resource) of Edit through an editor list, or of Name's Edit on the thing; moments (RFC 3339), "no end"
)

// Change is one thing that an activity changed.
type Change struct {
	Of            ChangeOf
	Field, Name   string
	Domain        access.DomainKey
	Resource      access.ResourceID
	Key           string // of the resource, as it was
	Before, After string
}

// changes compares two states: fields, members, grantees, then privileges in the catalogue's order.
func (c *Console) changes(was, is recorded) []Change {
	all := fieldChanges(was.fields, is.fields)
	all = append(all, membershipChange(was.fields, is.fields)...)
	for _, m := range was.Members {
		all = append(all, Change{Of: OfMember, Name: m.Name, Before: lasting(m.Until)})
	}
	for _, o := range was.Owned {
		all = append(all, Change{Of: OfOwner, Domain: o.Domain, Resource: o.ID, Key: o.Key, Before: was.fields["member"]})
	}
	all = append(all, accessChanges(was.Access, is.Access)...)
	for _, d := range c.domainsIn(was.Privileges, is.Privileges) {
		all = append(all, privilegeChanges(d, was.Privileges[d], is.Privileges[d])...)
	}
	return all
}

// fieldOrder is how fields come; others follow in the order of their names.
var fieldOrder = []string{"name", "type", "visibility", "owner", "operation", "seats", "description", "template", "status", "expires", "allow", "deny"}

func fieldChanges(was, is map[string]string) []Change {
	names := union(was, is)
	slices.SortFunc(names, func(a, b string) int {
		if place := place(a) - place(b); place != 0 {
			return place
		}
		return strings.Compare(a, b)
	})
	var all []Change
	for _, name := range names {
		ofMember := name == "member" || name == "person" || name == "until" || name == "invited"
		if !ofMember && was[name] != is[name] {
			all = append(all, Change{Of: OfField, Field: name, Before: was[name], After: is[name]})
		}
	}
	return all
}

func place(field string) int {
	if i := slices.Index(fieldOrder, field); i >= 0 {
		return i
	}
	return len(fieldOrder)
}

func union[K ~string, V any](a, b map[K]V) []K {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.Sort(keys)
	return slices.Compact(keys)
}

// membershipChange is the one membership that a state is about.
func membershipChange(was, is map[string]string) []Change {
	change := Change{Of: OfMember, Before: membershipWords(was), After: membershipWords(is)}
	for _, name := range []string{is["person"], was["person"], is["member"], was["member"]} {
		if change.Name == "" {
			change.Name = name
		}
	}
	if change.Before == change.After {
		return nil
	}
	return []Change{change}
}

func membershipWords(fields map[string]string) string {
	switch {
	case fields["member"] == "":
		return ""
	case fields["until"] != "":
		return fields["until"]
	}
	return "member"
}

func lasting(until *time.Time) string {
	if until != nil {
		return until.Format(time.RFC3339)
	}
	return "member"
}

func accessChanges(was, is map[string]givenState) []Change {
	var all []Change
	for _, ref := range union(was, is) {
		before, after := was[ref], is[ref]
		name := after.Name
		if name == "" {
			name = before.Name
		}
		if before.Level != after.Level {
			all = append(all, Change{Of: OfAccess, Name: name, Before: before.Level, After: after.Level})
		}
		all = append(all, endChange(Change{Of: OfEnd, Name: name}, before.edits(), before.Until, after.edits(), after.Until)...)
	}
	return all
}

// domainsIn are the domains of two states in the catalogue's order; those that it no longer has come last (R17).
func (c *Console) domainsIn(was, is map[access.DomainKey]heldState) []access.DomainKey {
	keys := union(was, is)
	position := func(key access.DomainKey) int {
		if d := c.catalog.Domain(key); d != nil {
			return d.Position
		}
		return len(c.catalog.Domains())
	}
	slices.SortStableFunc(keys, func(a, b access.DomainKey) int { return position(a) - position(b) })
	return keys
}

func privilegeChanges(d access.DomainKey, was, is heldState) []Change {
	var all []Change
	if was.Level != is.Level {
		all = append(all, Change{Of: OfLevel, Domain: d, Before: was.Level, After: is.Level})
	}
	if was.CanCreate != is.CanCreate {
		all = append(all, Change{Of: OfCreate, Domain: d, Before: yes(was.CanCreate), After: yes(is.CanCreate)})
	}
	if was.Level != "" && is.Level != "" || is.Until != nil {
		all = append(all, endChange(Change{Of: OfEnd, Domain: d}, was.Level != "", was.Until, is.Level != "", is.Until)...)
	}
	keys := map[access.ResourceID]string{}
	listed := [2]map[access.ResourceID]bool{{}, {}}
	for side, held := range []heldState{was, is} {
		for i, id := range held.Edit {
			listed[side][id] = true
			if keys[id] = ""; i < len(held.Keys) {
				keys[id] = held.Keys[i]
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(keys)) {
		before, after := was.on(listed[0][id]), is.on(listed[1][id])
		if before != after {
			all = append(all, Change{Of: OfRow, Domain: d, Resource: id, Key: keys[id], Before: before, After: after})
		}
		all = append(all, endChange(Change{Of: OfEnd, Domain: d, Resource: id, Key: keys[id]},
			listed[0][id], was.end(id), listed[1][id], is.end(id))...)
	}
	return all
}

// end is when a row of the editor list ends; nil: it does not.
func (h heldState) end(id access.ResourceID) *time.Time {
	if end, ends := h.Ends[id]; ends {
		return &end
	}
	return nil
}

// endChange is the change, where what is held is held until another moment than before.
func endChange(change Change, held bool, before *time.Time, holds bool, after *time.Time) []Change {
	change.Before, change.After = endText(held, before), endText(holds, after)
	if change.Before == change.After || before == nil && after == nil {
		return nil
	}
	return []Change{change}
}

func endText(held bool, end *time.Time) string {
	switch {
	case !held:
		return ""
	case end == nil:
		return NoEnd
	}
	return end.UTC().Format(time.RFC3339)
}

// NoEnd is what an OfEnd change says of what has no end.
const NoEnd = "no end"

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// on is what the privilege amounts to on a resource: edit where it is listed or all may be edited, else view or nothing.
func (h heldState) on(listed bool) string {
	switch {
	case listed || h.Level == access.LevelEdit.String():
		return access.LevelEdit.String()
	case h.Level == access.LevelView.String(), h.Level == access.LevelCustom.String(), h.Level == access.LevelPushAndView.String():
		return access.LevelView.String()
	}
	return ""
}
