package handlers

import (
	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// saveBar says what saving would change, and what to know before.
func (p privilegesPage) saveBar() parts.SaveBar {
	bar := saveBar(p.changeLines())
	if len(bar.Changes) > 0 {
		bar.Title = words.Changes.Count(len(p.tab.Differences))
	}
	bar.Wrong, bar.Warnings, bar.Confirm = notSaved(p.wrong()), p.warnings(), p.confirmations()
	if len(bar.Changes) > 0 {
		bar.Scope = "for " + words.Members.Roughly(p.tab.Group.Members)
		if p.tab.Kind == access.APIKey {
			bar.Scope = "for everything that uses this key"
		}
	}
	return bar
}

// mostRowLines is how many things of an editor list get a line each, of those that gain Edit, and of those that lose it.
const mostRowLines = 20

// changeLines say the differences in words. What was chosen comes before what saving only makes last longer.
func (p privilegesPage) changeLines() []parts.Change {
	type side struct {
		d     access.DomainKey
		gains bool
	}
	var lines, lasting []parts.Change
	rows, sides := map[side]int{}, []side{}
	for _, diff := range p.tab.Differences {
		d, name := p.tab.Domains[p.catalog.Domain(diff.Domain).Position], p.tab.Named[diff.Resource].Name
		if at := (side{diff.Domain, diff.Gains}); diff.Resource != 0 && !diff.Lasting {
			if rows[at]++; rows[at] == mostRowLines+1 {
				sides = append(sides, at)
			}
			if rows[at] > mostRowLines {
				continue
			}
		}
		switch {
		case diff.Lasting:
			lasting = append(lasting, lastingLine(d.Domain, diff, d.IfSaved, name))
		case diff.Before == access.LevelCustom && diff.Resource == 0 && !diff.Create && d.List != nil && d.List.Stored > 0:
			line := changeLine(d.Domain, diff, d.IfSaved, name)
			line.Was = customWas(line, words.Things(d.Domain).Roughly(d.List.Stored))
			lines = append(lines, line)
		default:
			lines = append(lines, changeLine(d.Domain, diff, d.IfSaved, name))
		}
	}
	for _, at := range sides {
		d := p.catalog.Domain(at.d)
		more := words.Things(d).With("more").Count(rows[at] - mostRowLines)
		lines = append(lines, parts.Change{Gains: at.gains, What: "Edit", On: "on " + rowIn(more, d)})
	}
	return append(lines, lasting...)
}

// customWas says what Custom with this many things was, beside what stays of it where it is taken.
func customWas(line parts.Change, things string) string {
	switch {
	case line.Gains:
		return "was Custom with Edit on " + things
	case line.Was != "":
		return line.Was + ", had Edit on " + things
	}
	return "had Edit on " + things
}

// changeLine is what one difference gives or takes. saved is the privilege afterwards, name the resource that it is about.
func changeLine(d *access.Domain, diff access.Difference, saved access.Privilege, name string) parts.Change {
	line := parts.Change{Gains: diff.Gains, On: changedOn(d, diff, saved, name)}
	switch {
	case diff.Create:
		line.What = "Can create"
	case diff.Resource != 0:
		line.What = "Edit"
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
	return line
}

// lastingLine is what stays, but until another moment than before.
func lastingLine(d *access.Domain, diff access.Difference, saved access.Privilege, name string) parts.Change {
	what, ends := d.Label(diff.After), !saved.Until.IsZero()
	if diff.Resource != 0 {
		what = "Edit"
		_, ends = saved.Ends[diff.Resource]
	}
	return parts.Change{Gains: diff.Gains, Keeps: !diff.Gains, What: lastingWords(diff.Gains, ends, what), On: changedOn(d, diff, saved, name)}
}

// changedOn is what a change is about, and until when it lasts where something is given.
func changedOn(d *access.Domain, diff access.Difference, saved access.Privilege, name string) string {
	on := "on " + words.Domain(d)
	if diff.Resource != 0 {
		on = "on " + rowIn(name, d)
	}
	end, ends := saved.Ends[diff.Resource]
	switch {
	case diff.Gains && diff.Resource == 0 && !diff.Create && !saved.Until.IsZero():
		return on + " " + endWords(d, saved)
	case diff.Gains && diff.Create && createEnds(d, saved):
		return on + " until " + words.EndMinute(saved.Until)
	case diff.Gains && ends:
		return on + " until " + words.EndMinute(end)
	}
	return on
}

// createEnds tells whether creation ends with the level that is given.
func createEnds(d *access.Domain, saved access.Privilege) bool {
	return !saved.Until.IsZero() && (saved.Then == nil || d.Abilities(saved.Then.Level, saved.Then.CanCreate)&access.Create == 0)
}

// rowIn is a thing, or several, with the domain: "Jira in Content / Sources".
func rowIn(name string, d *access.Domain) string { return name + " in " + words.Domain(d) }

// lastingWords say that something stays for longer than before, perhaps until another end, or not for as long.
func lastingWords(longer, ends bool, what string) string {
	switch {
	case longer && !ends:
		return what + " with no end date"
	case longer:
		return what + " for longer"
	}
	return what + " for a shorter time"
}

// warnings are what to know before saving.
func (p privilegesPage) warnings() []parts.Notice {
	var notices []parts.Notice
	warn := func(title, text string) {
		notices = append(notices, parts.Notice{Tone: "warning", Title: title, Text: text})
	}
	lets, few := "It lets members ", "Give it to as few people as possible."
	if p.tab.Kind == access.APIKey {
		lets, few = "It lets anybody who has the secret ", "Give it only to applications that need it."
	}
	for _, diff := range p.tab.Sensitive {
		d := p.catalog.Domain(diff.Domain)
		warn("Sensitive: "+words.Domain(d)+".", lets+d.Allows[diff.After]+". "+few)
	}
	if text := p.lockOut(); text != "" {
		notices = append(notices, parts.Notice{ID: "lockout", Tone: "warning", Title: "You are about to lock yourself out.", Text: text + " After saving, you can’t change this back."})
	}
	organization := words.DomainOf(p.catalog, access.OrganizationDomain)
	if p.tab.TakesEntry {
		warn("No access to the console.", "Without View on "+organization+", members who have it through no other group can no longer open the console.")
	}
	if p.tab.LacksEntry {
		warn("No access to the console.", "This group does not grant View on "+organization+": members who have it through no other group can’t open the console.")
	}
	return notices
}

// lockOut says what the viewer would lose; "" for nothing.
func (p privilegesPage) lockOut() string {
	switch p.tab.LocksOut {
	case services.LocksFromConsole:
		return "Only this group lets you open the console."
	case services.LocksFromGroups:
		return "Only this group lets you edit all groups."
	case services.LocksFromGroup:
		return "Only this group itself lets you edit it."
	}
	return ""
}

// lostBy labels the box that confirms a lock-out.
var lostBy = map[services.PrivilegesLockOut]string{
	services.LocksFromConsole: "I will lose access to the console",
	services.LocksFromGroups:  "I will lose Edit on all groups",
	services.LocksFromGroup:   "I will lose Edit on this group",
}

// confirmations are the boxes that must be checked.
func (p privilegesPage) confirmations() []parts.Confirmation {
	if p.tab.LocksOut == services.LocksNothing {
		return nil
	}
	return []parts.Confirmation{{Name: views.PrivilegesConfirm, Label: lostBy[p.tab.LocksOut], DescribedBy: "lockout", Checked: p.form.Draft.Confirmed}}
}
