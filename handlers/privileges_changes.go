package handlers

import (
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// differences are what saving would give and take, in the order of the page. Creation that the level itself brings or
// takes is not a change of its own.
func differences(catalog *access.Catalog, draft services.Draft) []access.Difference {
	return slices.DeleteFunc(draft.Differences(catalog), func(diff access.Difference) bool {
		return diff.Create && catalog.Domain(diff.Domain).Create == access.CreateImplied
	})
}

// changeLines say the differences in words.
func (p privilegesPage) changeLines() []parts.Change {
	var lines []parts.Change
	for _, lasting := range []bool{false, true} { // what was chosen stands before what only lasts longer by being saved
		for _, diff := range p.differences {
			if diff.Lasting == lasting {
				lines = append(lines, changeLine(p.catalog.Domain(diff.Domain), diff, p.draft, p.detail.Lists[diff.Domain].Length))
			}
		}
	}
	return lines
}

func changeLine(d *access.Domain, diff access.Difference, draft services.Draft, length int) parts.Change {
	line := parts.Change{Gains: diff.Gains, On: "on " + d.Name}
	switch {
	case diff.Lasting && diff.Resource != 0:
		_, ends := draft.After[diff.Domain].Ends[diff.Resource]
		line.What, line.On = lastingWords(diff.Gains, ends, "Edit"), "on "+draft.Names[diff.Resource]+" in "+d.Name
	case diff.Lasting:
		line.What = lastingWords(diff.Gains, !draft.After[diff.Domain].Until.IsZero(), d.Label(diff.After))
	case diff.Create:
		line.What = "Can create"
	case diff.Resource != 0:
		line.What, line.On = "Edit", "on "+draft.Names[diff.Resource]+" in "+d.Name
		if diff.Gains && diff.Before == access.LevelView {
			line.Was = "was View"
		}
	case diff.Gains:
		line.What = d.Label(diff.After)
		if diff.Before != access.LevelNone {
			line.Was = "was " + d.Label(diff.Before)
		}
	default:
		line.What = d.Label(diff.Before)
		if diff.After != access.LevelNone {
			line.Was = "keeps " + d.Label(diff.After)
		}
	}
	if after := draft.After[diff.Domain]; diff.Gains && diff.Resource == 0 && !diff.Create && !after.Until.IsZero() {
		line.On += " " + endWords(d, after)
	} else if end, ends := after.Ends[diff.Resource]; diff.Gains && ends {
		line.On += " until " + words.Minute(end)
	}
	if diff.Lasting {
		return line
	}
	if diff.Before == access.LevelCustom && diff.Resource == 0 && !diff.Create && length > 0 {
		line.Was = "was Custom with Edit on " + words.Things(d).Roughly(length)
	}
	return line
}

// lastingWords say that something stays for longer than before, perhaps until another end, or not for as long.
func lastingWords(longer, ends bool, what string) string {
	switch {
	case longer && !ends:
		return what + " for good"
	case longer:
		return what + " for longer"
	}
	return what + " for a shorter time"
}

// saveBar is the bar of a Privileges tab.
func (p privilegesPage) saveBar(discard string) parts.SaveBar {
	bar := parts.SaveBar{Discard: discard, Changes: p.changeLines(), Warnings: p.warnings()}
	if n := len(bar.Changes); n > 0 {
		bar.Title = words.Changes.Count(n)
		bar.Scope = "for " + words.Members.Roughly(p.detail.Group.Members)
		if p.detail.Kind == access.APIKey {
			bar.Scope = "for whatever uses this key"
		}
	}
	return bar
}

// warnings tell of sensitive grants and of the minimum privilege, before they are saved.
func (p privilegesPage) warnings() []parts.Notice {
	var notices []parts.Notice
	lets, few := "It lets members ", "Give it to as few people as possible."
	if p.detail.Kind == access.APIKey {
		lets, few = "It lets whoever has the secret ", "Leave it out unless the application can't do without."
	}
	for _, diff := range p.differences {
		d := p.catalog.Domain(diff.Domain)
		if d.Sensitive && diff.Gains && diff.Resource == 0 && !diff.Create {
			notices = append(notices, parts.Notice{Tone: "warning", Title: "Sensitive: " + d.Name + ".",
				Text: lets + d.Allows[diff.After] + ". " + few})
		}
	}
	if text := p.ownLoss(); text != "" {
		notices = append(notices, parts.Notice{Tone: "warning", Title: "You are about to lock yourself out.", Text: text})
	}
	if text := p.minimum(); text != "" {
		notices = append(notices, parts.Notice{Tone: "warning", Title: "No way into the console.", Text: text})
	}
	return notices
}

// ownLoss warns a member of the group who edits groups through it alone, before they take that from themselves.
func (p privilegesPage) ownLoss() string {
	id := access.GranteeID(p.detail.Group.ID)
	if id == 0 || !p.by.In(id) || p.level(p.catalog.Domain(access.GroupsDomain)) == access.LevelEdit {
		return ""
	}
	through := false
	for _, g := range p.by.Rights.Grants(access.GroupsDomain) {
		switch {
		case g.Via.ID == id && g.Level == access.LevelEdit:
			through = true
		case g.Level == access.LevelEdit:
			return ""
		}
	}
	if !through {
		return ""
	}
	return "You edit all groups through this one alone. After saving you can no longer change that back."
}

// minimum warns when a group without view on the organization is about to be saved (R5).
func (p privilegesPage) minimum() string {
	d := p.catalog.Domain(access.OrganizationDomain)
	if p.detail.Kind == access.APIKey {
		return "" // applications don't come in by the console
	}
	if d.Abilities(p.level(d), false)&access.View != 0 {
		return ""
	}
	if d.Abilities(p.detail.Stored[d.Key].Level, false)&access.View != 0 {
		return "Without View on " + d.Name + ", members who have it through no other group can no longer open the console."
	}
	if len(p.changed) > 0 {
		return "This group does not grant View on " + d.Name + ": members who have it through no other group cannot open the console."
	}
	return ""
}

// privilegesConflict shows what somebody else saved beside what the form asks for.
func privilegesConflict(p privilegesPage, now time.Time) *parts.Conflict {
	holder := p.detail.Holder()
	var rows []parts.ConflictRow
	for _, d := range p.catalog.Domains() {
		rows = append(rows, parts.ConflictRow{Label: words.Domain(d), Yours: words.Privilege(d, access.Privilege{Level: p.level(d), CanCreate: p.create(d)}),
			Theirs: words.Privilege(d, p.detail.Stored[d.Key])})
	}
	for _, diff := range p.differences {
		if diff.Resource != 0 {
			label := p.draft.Names[diff.Resource] + " in " + p.catalog.Domain(diff.Domain).Name
			rows = append(rows, parts.ConflictRow{Label: label, Yours: words.Upper(diff.After.String()), Theirs: words.Upper(diff.Before.String())})
		}
	}
	return conflictWith(holder.ModifiedBy, holder.ModifiedAt, now, rows...)
}

// tooHighFields puts what goes beyond the caller to the rows that it is about (R7).
func tooHighFields(catalog *access.Catalog, rights access.Rights, names map[access.ResourceID]string, high services.TooHigh) []services.FieldError {
	var fields []services.FieldError
	for _, x := range high.Excess {
		d := catalog.Domain(x.Domain)
		text := "You hold " + d.Label(rights.Level(d.Key)) + " here, so you cannot give more."
		if x.Resource != 0 {
			name := names[x.Resource]
			if name == "" {
				name = "one of these " + words.Things(d).Many
			}
			text = "You cannot edit " + name + " yourself, so you cannot give Edit on it."
		}
		fields = append(fields, services.FieldError{Field: services.LevelField(d.Key), Text: text})
	}
	return fields
}
