package handlers

import (
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// accessPage draws an Access tab (R10) from what is stored, what the form says and what saving would change.
type accessPage struct {
	by       services.Caller
	tab      services.AccessTab
	form     accessForm
	preview  services.AccessPreview
	readOnly bool
}

// fill completes a tab whose frame and addresses are there already.
func (p accessPage) fill(view *views.AccessTab) {
	view.Query, view.FilterLabel = p.form.Place.Query, "Filter groups"
	if p.tab.SeesKeys {
		view.FilterLabel = "Filter groups and API keys"
	}
	name := p.tab.Resource.Name
	if name == "" {
		name = "the new " + p.tab.Domain.Resource
	}
	view.Caption = "Who can view or edit " + name
	view.Sections = p.sections()
	if len(p.tab.Rows) == 0 {
		view.Nothing = "Nothing matches. Clear the filter to see all."
		if p.form.Place.Query == "" {
			view.Nothing = "There is no group whose access you could see here."
		}
	}
	view.Tally = p.tally()
	p.carry(view)
	p.lockout(view)
	view.Pager = p.form.Place.pager("groups", len(p.tab.Rows), p.tab.Next, p.tab.Previous)
}

func (p accessPage) sections() []views.AccessSection {
	names := map[access.GranteeKind]string{access.Group: "Groups", access.APIKey: "API keys"}
	var sections []views.AccessSection
	for _, row := range p.tab.Rows {
		name := names[row.Grantee.Kind]
		if len(sections) == 0 || sections[len(sections)-1].Name != name {
			sections = append(sections, views.AccessSection{Name: name})
		}
		last := &sections[len(sections)-1]
		last.Rows = append(last.Rows, p.row(row))
	}
	return sections
}

func (p accessPage) row(row models.AccessRow) views.AccessRow {
	stands := p.tab.Standing(p.by, row)
	view := views.AccessRow{Name: row.Grantee.Name, Icon: accessIcon(row), Level: stands.Level.String(), Why: p.why(row, stands)}
	if row.Grantee.Kind == access.Group {
		view.Member, view.Membership = p.by.In(row.Grantee.ID), "Not a member"
		if view.Member {
			view.Membership = "Member"
		}
	}
	if stands.Fixed {
		view.LevelWord = map[access.Level]string{access.LevelEdit: "Edit", access.LevelNone: "No access"}[stands.Level]
		return view
	}
	view.Field = accessField + row.Grantee.Ref()
	view.StoredEdit = stands.Level == access.LevelEdit
	view.Edit = view.StoredEdit
	if chosen, said := p.form.Choices[row.Grantee.Ref()]; said {
		view.Edit = chosen
	}
	view.Error = services.Invalid{Fields: p.form.Wrong}.Text(view.Field)
	return view
}

func accessIcon(row models.AccessRow) string {
	switch {
	case row.Grantee.Kind == access.APIKey:
		return "key-round"
	case row.BuiltIn != "" || row.Grantee.Administrators:
		return "shield"
	}
	return "users"
}

// why says in words what the grantee holds on the domain.
func (p accessPage) why(row models.AccessRow, stands access.Choice) string {
	many := words.Things(p.tab.Domain).Many
	switch {
	case stands.Fixed && stands.Level == access.LevelEdit && row.Until != nil:
		return "Edits all " + many + " until " + words.Minute(*row.Until)
	case stands.Fixed && stands.Level == access.LevelEdit:
		return "Edits all " + many
	case stands.Fixed:
		return "No access to " + many
	case row.Level == access.LevelCustom && row.ListedTo != nil:
		return "Custom on " + many + ", Edit here until " + words.Minute(*row.ListedTo)
	case row.Level == access.LevelCustom:
		return "Custom on " + many
	}
	return "Views all " + many
}

// tally counts who can do what after saving, over all rows. Who does not see all rows gets no counts.
func (p accessPage) tally() []views.TallyPart {
	if p.tab.Counts == nil {
		return nil
	}
	sum := models.LevelCounts{}
	for _, counts := range p.tab.Counts {
		sum.Edit, sum.View, sum.None = sum.Edit+counts.Edit, sum.View+counts.View, sum.None+counts.None
	}
	if p.tab.Resource.ID == 0 {
		p.addDefaults(&sum)
	}
	for _, change := range p.preview.Changes {
		if change.Edit {
			sum.Edit, sum.View = sum.Edit+1, sum.View-1
		} else {
			sum.Edit, sum.View = sum.Edit-1, sum.View+1
		}
	}
	return []views.TallyPart{{Count: words.Number(sum.Edit), Text: "can edit"}, {Count: words.Number(sum.View), Text: "can view"}, {Count: words.Number(sum.None), Text: "have no access"}}
}

// addDefaults counts what a new resource's creator brings: their own Custom groups edit it from the start.
func (p accessPage) addDefaults(sum *models.LevelCounts) {
	for _, g := range p.by.Rights.Grants(p.tab.Domain.Key) {
		if g.Via.Kind == access.Group && g.Level == access.LevelCustom {
			sum.Edit, sum.View = sum.Edit+1, sum.View-1
		}
	}
}

// carry keeps the choices of rows that this page does not show, and each row's revision.
func (p accessPage) carry(view *views.AccessTab) {
	if p.readOnly {
		return
	}
	shown := map[string]bool{}
	for _, row := range p.tab.Rows {
		shown[row.Grantee.Ref()] = true
		if p.tab.Resource.ID != 0 {
			view.Hidden = append(view.Hidden, parts.Hidden{Name: revisionField + row.Grantee.Ref(), Value: p.revision(row)})
		}
	}
	for _, change := range p.preview.Changes {
		ref := change.Row.Grantee.Ref()
		if !shown[ref] {
			view.Carried = append(view.Carried,
				parts.Hidden{Name: accessField + ref, Value: editWord(change.Edit)},
				parts.Hidden{Name: revisionField + ref, Value: p.revision(change.Row)})
		}
	}
	view.Carried = append(view.Carried, p.form.Place.hidden()...)
}

// revision is that of the row as the viewer first saw it: drawing a form again does not make it newer.
func (p accessPage) revision(row models.AccessRow) string {
	return p.form.Revisions[row.Grantee.Ref()].field(row.Revision).Value
}

// newer is who changed last, and when, what the form was made from: the resource, or a grantee that the form is about. One
// that is gone leaves no name behind.
func (p accessPage) newer(now time.Time) (who string, at time.Time) {
	if r := p.tab.Resource; p.form.Revision.number() != r.Revision {
		return r.ModifiedBy, r.ModifiedAt
	}
	for _, change := range p.preview.Changes {
		row := change.Row
		if p.form.Revisions[row.Grantee.Ref()].number() != row.Revision && row.ModifiedAt.After(at) {
			who, at = row.ModifiedBy, row.ModifiedAt
		}
	}
	if who == "" {
		return "Somebody", now
	}
	return who, at
}

// lockout warns when none of the viewer's own groups would keep Edit (R10).
func (p accessPage) lockout(view *views.AccessTab) {
	if !p.preview.LocksOut || p.readOnly {
		return
	}
	text := "None of your groups will be able to edit this " + p.tab.Domain.Resource + " after saving."
	if len(p.preview.Editors) > 0 {
		text += " " + words.List(p.preview.Editors, 4) + " still can, and only they can change that back."
	}
	view.Lockout = &views.Lockout{Title: "You are about to lock yourself out.", Text: text}
	for _, change := range p.preview.Changes {
		if !change.Edit && p.by.In(change.Row.Grantee.ID) {
			view.Lockout.Keep = change.Row.Grantee.Ref()
		}
	}
	view.SaveBar.Confirm = []parts.Confirmation{{Name: "confirm_lockout", Label: "I will lose Edit", DescribedBy: "lockout", Checked: p.form.Confirmed}}
	if p.tab.Resource.ID == 0 {
		view.SaveBar.Confirm[0].Label = "I will not be able to edit it"
	}
}

// changeLines say what saving would change, grantee by grantee.
func (p accessPage) changeLines() []parts.Change {
	var lines []parts.Change
	for _, change := range p.preview.Changes {
		line := parts.Change{Gains: change.Edit, What: change.Row.Grantee.Name, On: "gets Edit", Was: "was View"}
		if !change.Edit {
			line.On, line.Was = "goes back to View", "was Edit"
		}
		if change.Edit && change.Row.Level == access.LevelView {
			line.Was = "was View all, becomes Custom"
		}
		if change.Until != nil {
			line.On = "gets Edit " + givesUntil(*change.Until)
		}
		lines = append(lines, line)
	}
	return lines
}
