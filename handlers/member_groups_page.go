package handlers

import (
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// memberGroupsPage draws a member's Groups tab from what is stored, what the form says and what saving would change.
type memberGroupsPage struct {
	catalog *access.Catalog
	tab     services.MemberGroupsTab
	form    memberGroupsForm
}

// view is the tab at its address.
func (p memberGroupsPage) view(page views.Page, here string) views.MemberGroups {
	name := memberName(p.tab.Member)
	view := views.MemberGroups{Page: page, Action: here, Preview: here + "/preview", Hidden: []parts.Hidden{p.form.Revision.field(p.tab.Member.Revision)},
		Errors: p.errors(), Query: p.form.Place.Query, Searched: p.form.Place.Searched, Caption: "Groups of " + name}
	if !p.tab.Edits {
		view.ReadOnly = words.YouNeed("change the groups of members", access.Edit, "a group")
	}
	view.Show = []views.ShowChoice{
		{Value: "", Label: "All groups", Checked: !p.form.Joined},
		{Value: views.MemberGroupsJoined, Label: "Member of", Checked: p.form.Joined},
	}
	view.Tally = "In " + words.Number(p.tab.Joined) + " of " + words.Groups.Roughly(p.tab.Total)
	shown := map[string]bool{}
	for _, g := range p.tab.Rows {
		shown[g.Key] = true
		row := p.row(g)
		view.Rows = append(view.Rows, row)
		if !row.Locked {
			view.Hidden = append(view.Hidden, p.was(g))
		}
	}
	if len(view.Rows) == 0 {
		view.Nothing = "No group matches. Clear the filter to see all."
		if query := p.form.Place.Query; query != "" {
			view.Nothing = "No group matches “" + query + "”. Clear the filter to see all."
		}
	}
	view.Carried = p.carried(shown)
	view.Pager = p.form.Place.pager("groups", pagedBy(p.tab.Listing), p.found())
	view.SaveBar = saveBar(p.changeLines())
	view.SaveBar.Discard, view.SaveBar.Warnings, view.SaveBar.Confirm = here, p.warnings(), p.confirmations()
	view.SaveBar.Wrong = notInRows(view.Errors)
	if len(p.tab.Changes) > 0 {
		view.SaveBar.Title, view.SaveBar.Scope = p.title(len(view.SaveBar.Changes)+len(view.SaveBar.Folded)), "for "+name
	}
	if p.form.Revision != "" && p.form.Revision.number() != p.tab.Member.Revision {
		view.SaveBar = overtaken(view.SaveBar, p.conflict())
	}
	return view
}

// found is how many groups the list has on all its pages; 0 where nobody counted them.
func (p memberGroupsPage) found() int {
	switch {
	case p.form.Place.Query != "":
		return 0
	case p.form.Joined:
		return p.tab.Joined
	}
	return p.tab.Total
}

func (p memberGroupsPage) row(g models.MemberGroup) views.MembershipRow {
	id := g.Grantee().ID
	in := g.In(p.tab.At)
	row := views.MembershipRow{
		Key: g.Key, Name: g.Name, Marked: markedIn(g.Name, p.form.Place.Query), Stored: in, In: in,
		Note: words.Domains.Count(p.tab.Sets[id].Held(p.catalog)),
	}
	if in {
		row.Until = writeMinute(g.ExpiresAt)
		if g.ExpiresAt != nil {
			row.UntilText = until(*g.ExpiresAt, p.tab.At)
		}
	}
	lock := p.tab.Locks[id]
	row.Locked, row.Why = lock.Locked(in), p.why(lock, in)
	choice, said := p.form.Choices[g.Key]
	if !said || row.Locked {
		return row
	}
	row.Error = p.untilProblem(g.Key)
	switch {
	case choice.Chosen():
		row.In, row.Until = choice.In, p.form.Typed[g.Key]
	case !in && !choice.In:
		row.Until = p.form.Typed[g.Key] // an end was typed, the box is still to be checked
	}
	return row
}

// why says what keeps the viewer from choosing about a group, or from choosing everything.
func (p memberGroupsPage) why(lock services.MembershipLock, in bool) string {
	switch {
	case lock.Uneditable:
		return "You can’t edit this group."
	case lock.Last:
		return lastAdministrator
	case lock.Lent && in:
		return "You can end this membership, but not make it longer: " + words.BringsNobodyIn + "."
	case lock.Lent:
		return words.Sentence(words.BringsNobodyIn)
	case len(lock.Beyond) > 0 && in:
		return "You can end this membership, but not make it longer: " + words.Beyond(p.catalog, lock.Beyond) + "."
	case len(lock.Beyond) > 0:
		return words.Sentence(words.Beyond(p.catalog, lock.Beyond))
	case lock.Until != nil:
		return "You can give this " + words.UntilEnd(*lock.Until) + ", when your own access ends."
	}
	return ""
}

// notGivenWords refuses what a group holds. Time is spoken of only where nothing else is in the way.
func notGivenWords(catalog *access.Catalog, group string, excess []access.Excess) string {
	long := ""
	if missing, until := access.Lacking(excess); len(missing) == 0 && !until.IsZero() {
		long = " for so long"
	}
	return "You can’t give what the group " + group + " holds" + long + ": " + words.Beyond(catalog, excess) + "."
}

// title counts the lines of the save bar: groups, and what follows from them.
func (p memberGroupsPage) title(lines int) string {
	groups := len(p.tab.Changes)
	text := words.Groups.Count(groups)
	if lines > groups {
		text += " and " + words.Privileges.Count(lines-groups)
	}
	if lines == 1 {
		return text + " changes"
	}
	return text + " change"
}

// changeLines say which groups change, then what the member gains and loses by that.
func (p memberGroupsPage) changeLines() []parts.Change {
	var lines []parts.Change
	for _, change := range p.tab.Changes {
		lines = append(lines, membershipLine(change, p.tab.At))
	}
	counts := map[access.Difference][]string{}
	for _, diff := range p.tab.Differences {
		if diff.Resource != 0 {
			kind := access.Difference{Domain: diff.Domain, Gains: diff.Gains}
			counts[kind] = append(counts[kind], p.tab.Names[diff.Resource])
		}
	}
	for _, diff := range p.tab.Differences {
		d := p.catalog.Domain(diff.Domain)
		kind := access.Difference{Domain: diff.Domain, Gains: diff.Gains}
		switch {
		case diff.OfLevel(d):
		case diff.Resource == 0:
			lines = append(lines, changeLine(d, diff, access.Privilege{}, ""))
		case len(counts[kind]) > 0: // all resources of the domain in one line
			lines = append(lines, parts.Change{Gains: diff.Gains, What: "Edit", On: "on " + namesOrCount(d, counts[kind])})
			delete(counts, kind)
		}
	}
	return lines
}

// membershipLine is one group in words.
func membershipLine(change services.MembershipChange, at time.Time) parts.Change {
	line := parts.Change{Gains: change.In, What: change.Group.Name, On: "with no end date"}
	switch {
	case change.Bounded:
		line.On = givesUntil(*change.Until)
	case change.Until != nil:
		line.On = until(*change.Until, at).Text
	}
	was := change.Group.In(at)
	switch {
	case !change.In:
		line.On = ""
	case was && change.Group.ExpiresAt == nil:
		line.Was = "had no end date"
	case was:
		line.Was = "was " + until(*change.Group.ExpiresAt, at).Text
	}
	if was && change.In && !change.Gives(at) {
		line.Gains, line.Keeps = false, true
	}
	return line
}

// namesOrCount names a few resources of a domain, or counts them: names that the viewer may not see are empty.
func namesOrCount(d *access.Domain, names []string) string {
	if len(names) > services.NamedResources || names[0] == "" {
		return words.Things(d).Roughly(len(names))
	}
	return rowIn(words.List(slices.Sorted(slices.Values(names)), services.NamedResources), d)
}

// warnings are what to know before saving.
func (p memberGroupsPage) warnings() []parts.Notice {
	var notices []parts.Notice
	warn := func(id, title, text string) {
		notices = append(notices, parts.Notice{ID: id, Tone: "warning", Title: title, Text: text})
	}
	name := memberName(p.tab.Member)
	if p.tab.Leaves {
		text := name + " will no longer be a member of the organization, and is signed out immediately."
		if p.tab.Orphans > 0 {
			text += " " + ownerlessWords(p.tab.Orphaned, p.tab.Orphans) + " will have no owner."
		}
		warn("leaves", "This is their last group.", text+" "+leavingIsFinal)
	} else if !p.tab.Enters {
		warn("", "No access to the console.", "None of the remaining groups gives View on "+words.DomainOf(p.catalog, access.OrganizationDomain)+".")
	}
	if !p.tab.KeepsGroups {
		warn("", "You are about to lock yourself out.", "After saving, you can no longer edit all groups, so you can’t change this back.")
	}
	if p.tab.AddsUnproven {
		warn("unproven", "Nobody has proven that "+p.tab.Member.Email+" is theirs.",
			"This member joined by a copied link. What you give here goes to the person who used it. Ask the member whether it was them. The warning goes away "+
				"when they sign in with a link by mail, or when your operator sets a password for them.")
	}
	for _, change := range p.tab.Changes {
		switch g := change.Group; {
		case change.MakesAdministrator(p.tab.At):
			warn("administrators", "Administrators may do everything.", "They have the highest level on every domain, including new ones, and can add other administrators.")
		case change.In && unreviewed(g.Group):
			notices = append(notices, firstMember(g.Name))
		}
	}
	return notices
}

// confirmations are the boxes that must be checked.
func (p memberGroupsPage) confirmations() []parts.Confirmation {
	var boxes []parts.Confirmation
	for _, what := range p.tab.Confirm {
		switch what {
		case services.ConfirmLeave:
			boxes = append(boxes, parts.Confirmation{Name: parts.ConfirmLeave, Label: "Remove from the organization", DescribedBy: "leaves", Checked: p.form.Confirmed.Leave})
		case services.ConfirmUnproven:
			boxes = append(boxes, parts.Confirmation{Name: parts.ConfirmUnproven, Label: joinedThemselves, DescribedBy: "unproven", Checked: p.form.Confirmed.Unproven})
		case services.ConfirmAdministrators:
			boxes = append(boxes, parts.Confirmation{Name: parts.ConfirmAdministrators, Label: "Make this person an administrator",
				DescribedBy: "administrators", Checked: p.form.Confirmed.Administrators})
		}
	}
	return boxes
}

// wrong is what is wrong with the choices: some could not be read, others can't be saved.
func (p memberGroupsPage) wrong() []services.FieldError {
	all := slices.Clone(p.form.Wrong)
	for _, w := range p.tab.Wrong {
		all = wrongOnce(all, w)
	}
	return all
}

// notInRows says why saving would be refused, as far as no row says it.
func notInRows(errs []parts.FieldError) string {
	for _, e := range errs {
		if e.ID == "" {
			return e.Text
		}
	}
	if len(errs) > 0 {
		return parts.WrongAbove
	}
	return ""
}

// untilProblem is what is wrong with the end of the membership in a group, "" where nothing is.
func (p memberGroupsPage) untilProblem(group string) string {
	for _, w := range p.wrong() {
		if w.Field == "Until" && w.Key == group {
			return w.Text
		}
	}
	return ""
}

// errors lead to the fields that are on the page, which say what is wrong.
func (p memberGroupsPage) errors() []parts.FieldError {
	shown := map[string]string{}
	for _, g := range p.tab.Rows {
		shown[g.Key] = g.Name
	}
	var all []parts.FieldError
	for _, w := range p.wrong() {
		e := parts.FieldError{Text: w.Text}
		if name, on := shown[w.Key]; on && w.Field == "Until" {
			e = parts.FieldError{ID: views.UntilID(w.Key), Label: "Until, for " + name}
		}
		all = append(all, e)
	}
	return all
}
