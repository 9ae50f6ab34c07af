package handlers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// changeRows are an event's changes in words.
func (p activityPage) changeRows(e services.Event) []parts.ChangeRow {
	rows := make([]parts.ChangeRow, len(e.Changes))
	for i, change := range p.byName(e.Changes) {
		rows[i] = p.changeRow(change)
	}
	return rows
}

// byName orders what is recorded by number or key as people look for it: the rows of a domain, and grantees and members, by name,
// then by key. All else stays where it is.
func (p activityPage) byName(changes []services.Change) []services.Change {
	all := slices.Clone(changes)
	for start := 0; start < len(all); {
		end := start + 1
		for end < len(all) && together(all[start], all[end]) {
			end++
		}
		slices.SortStableFunc(all[start:end], func(a, b services.Change) int {
			return cmp.Or(strings.Compare(strings.ToLower(p.nameOf(a)), strings.ToLower(p.nameOf(b))), strings.Compare(a.Key, b.Key))
		})
		start = end
	}
	return all
}

// together tells whether two changes are about things of one list.
func together(a, b services.Change) bool {
	named := func(c services.Change) bool { return c.Name != "" || c.Resource != 0 }
	member := func(c services.Change) bool { return c.Of == services.OfMember }
	return named(a) && named(b) && a.Domain == b.Domain && (a.Resource != 0) == (b.Resource != 0) && member(a) == member(b)
}

func (p activityPage) nameOf(c services.Change) string {
	if c.Name != "" || c.Resource == 0 {
		return c.Name
	}
	return p.thingName(c.Resource, c.Key)
}

func (p activityPage) changeRow(c services.Change) parts.ChangeRow {
	switch c.Of {
	case services.OfLevel:
		return changeRow(p.domainName(c.Domain), c, "None", p.levelIn(c.Domain))
	case services.OfCreate:
		return changeRow(p.domainName(c.Domain)+" / Can create", c, "No", words.Upper)
	case services.OfEnd:
		if c.Name != "" {
			return changeRow(c.Name+" / Until", c, "No Edit", endOrNone)
		}
		label := p.domainName(c.Domain)
		if c.Resource != 0 {
			label += " / " + p.thingName(c.Resource, c.Key)
		}
		return changeRow(label+" / Until", c, "Not held", endOrNone)
	case services.OfRow:
		return changeRow(p.domainName(c.Domain)+" / "+p.thingName(c.Resource, c.Key), c, "None", words.Upper)
	case services.OfAccess:
		return changeRow(c.Name, c, "No access", words.Upper)
	case services.OfMember:
		return changeRow(c.Name, c, "Not a member", membership)
	case services.OfOwner:
		return changeRow("Owner of "+p.thingName(c.Resource, c.Key), c, "None", asItIs)
	}
	return changeRow(fieldLabel(c.Field), c, "None", p.fieldWords(c.Field))
}

// changeRow is one line of the table: nothing reads as what none says, everything else as words says it.
func changeRow(label string, c services.Change, none string, say func(string) string) parts.ChangeRow {
	row := parts.ChangeRow{Label: label, None: none}
	if c.Before != "" {
		row.Before = say(c.Before)
	}
	if c.After != "" {
		row.After = say(c.After)
	}
	return row
}

func asItIs(text string) string { return text }

func (p activityPage) domainName(key access.DomainKey) string {
	if d := p.catalog.Domain(key); d != nil {
		return words.Domain(d)
	}
	return string(key)
}

// levelIn labels levels as the domain does; what the catalogue no longer has reads as it was written (R17).
func (p activityPage) levelIn(key access.DomainKey) func(string) string {
	return func(text string) string {
		d := p.catalog.Domain(key)
		level, err := access.ParseLevel(text)
		if err != nil || d == nil {
			return words.Upper(text)
		}
		return d.Label(level)
	}
}

// thingName is what a thing is called now, or was when it was deleted; the key where even that is not known.
func (p activityPage) thingName(id access.ResourceID, key string) string {
	if named, ok := p.list.Names[id]; ok {
		if named.Ended {
			return named.Name + " (deleted)"
		}
		return named.Name
	}
	return orElse(key, "number "+strconv.FormatInt(int64(id), 10))
}

// membership says what stands for a membership: that there is one, or until when.
func membership(text string) string {
	if text == "member" {
		return "Member"
	}
	return "Member until " + momentWords(text)
}

// endOrNone is the end of a privilege.
func endOrNone(text string) string {
	if text == services.NoEnd {
		return words.Upper(text)
	}
	return momentWords(text)
}

// momentWords is a moment that was written down, for people; other text stays as it is.
func momentWords(text string) string {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return words.Minute(at)
}

func fieldLabel(field string) string {
	switch field {
	case "operation":
		return "Last operation"
	case "allow":
		return "Allowed addresses"
	case "deny":
		return "Denied addresses"
	}
	return words.Upper(strings.ReplaceAll(field, "_", " "))
}

// fieldWords says how a field's values read.
func (p activityPage) fieldWords(field string) func(string) string {
	switch field {
	case "visibility", "status", "second_factor", "support_access":
		return words.Upper
	case "provider":
		return func(key string) string { return services.Provider(key).Name() }
	case "domain":
		return func(key string) string { return p.domainName(access.DomainKey(key)) }
	case "template":
		return func(key string) string {
			if t := p.catalog.Template(key); t != nil {
				return t.Name
			}
			return key
		}
	}
	return momentWords
}
