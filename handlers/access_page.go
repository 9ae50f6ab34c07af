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

// accessPage draws an Access tab (R10): what stands, what the form chooses, and what saving would make of it.
type accessPage struct {
	tab  services.AccessTab
	form accessForm
}

// stored is the tab of something that is there.
func (p accessPage) stored(page views.Page, here string) views.AccessTab {
	view := p.view(page, here, []parts.Hidden{p.form.Revision.field(p.tab.Resource.Revision)})
	view.Preview, view.SaveBar.Discard, view.ReadOnly = here+"/preview", here, p.readOnly()
	if p.tab.Decides {
		for _, row := range p.tab.Rows {
			view.Hidden = append(view.Hidden, p.madeWith(row)...)
		}
	}
	return view
}

// adding is the tab of something that is being added; hidden is what the form's other tabs hold.
func (p accessPage) adding(page views.Page, at addition, hidden []parts.Hidden) views.AccessTab {
	view := p.view(page, at.Action, hidden)
	view.Preview, view.SaveBar.Save, view.SaveBar.Always, view.Fixed = at.Preview, at.Save, true, p.readOnly()
	for _, row := range p.tab.Rows {
		if view.Fixed == "" && !row.Stands.Fixed {
			view.Hidden = append(view.Hidden, p.was(row))
		}
	}
	if view.Fixed != "" && p.tab.Refused != nil {
		view.Errors = append(view.Errors, parts.FieldError{Text: "Your choices were left out. " + view.Fixed})
	}
	for _, wrong := range p.tab.Gone {
		view.Errors = append(view.Errors, parts.FieldError{Text: wrong.Text})
	}
	return view
}

func (p accessPage) view(page views.Page, action string, hidden []parts.Hidden) views.AccessTab {
	view := views.AccessTab{
		Page: page, Action: action, Hidden: hidden, Query: p.form.Place.Query, Searched: p.form.Place.Searched, FilterLabel: "Filter " + p.grantees().Many,
		Caption: "Who can view or edit the new " + p.tab.Domain.Resource, Sections: p.sections(), Nothing: p.nothing(), Tally: p.tally(), Show: p.show(), Order: p.order(),
		Pager: p.pager(), SaveBar: saveBar(p.changeLines()),
	}
	if p.tab.Resource.ID != 0 {
		view.Caption = "Who can view or edit " + p.tab.Resource.Name
	}
	if p.tab.Domain.Key == access.GroupsDomain {
		view.Help = "Edit is all that a team lead needs to manage the people of a group. They can’t add people to a group that has more privileges than they have."
	}
	view.Carried = p.carried()
	if p.tab.LockOut != nil {
		view.Lockout, view.SaveBar.Confirm = p.lockout(*p.tab.LockOut)
	}
	view.Errors = p.errors()
	return view
}

// errors lead to the rows that they are about, as far as those are shown.
func (p accessPage) errors() []parts.FieldError {
	var all []parts.FieldError
	for _, row := range p.tab.Rows {
		if p.form.Wrong[row.Grantee.Ref()] && !row.Stands.Fixed {
			all = append(all, parts.FieldError{ID: views.AccessControl(row.Grantee.Ref()), Label: "Access level of " + row.Grantee.Name})
		}
	}
	for _, wrong := range p.form.wrong() {
		if len(all) == 0 || wrong.Text != noAccessChoice {
			all = append(all, parts.FieldError{Text: wrong.Text})
		}
	}
	return all
}

// readOnly is why the viewer decides nothing here, "" where they do.
func (p accessPage) readOnly() string {
	switch {
	case p.tab.Decides:
		return ""
	case p.tab.Lent:
		return "You can’t give others what you have through temporary access."
	}
	return words.YouNeed("decide who can edit this "+p.tab.Domain.Resource, access.Edit, "it")
}

// show is what the list can be narrowed to, with how many there are where the viewer sees all.
func (p accessPage) show() []parts.Segment {
	if p.tab.Adding() {
		return nil
	}
	shown := p.form.show()
	segment := func(show models.AccessShow, label string, count func(models.LevelCounts) int) parts.Segment {
		s := parts.Segment{Value: string(show), Label: label, Checked: show == shown}
		if p.tab.Stored != nil {
			s.Count = words.Number(count(*p.tab.Stored))
		}
		return s
	}
	return []parts.Segment{
		segment("", "All", func(n models.LevelCounts) int { return n.Edit + n.View + n.None }),
		segment(models.AccessAny, "Granted", func(n models.LevelCounts) int { return n.Edit + n.View }),
		segment(models.AccessEdit, "Edit", func(n models.LevelCounts) int { return n.Edit }),
		segment(models.AccessView, "View", func(n models.LevelCounts) int { return n.View }),
		segment(models.AccessCustom, "Custom", func(n models.LevelCounts) int { return n.Custom }),
	}
}

// order is what the rows can be sorted by. Of what is being added nothing stands yet.
func (p accessPage) order() []parts.Option {
	if p.tab.Adding() {
		return nil
	}
	return ordered("By access level", views.AccessByLevel, p.form.byLevel())
}

// ordered are the orders of a list inside a form: by name, and one other.
func ordered(label, value string, chosen bool) []parts.Option {
	return []parts.Option{{Label: "By name"}, {Label: label, Value: value, Selected: chosen}}
}

// nothing is said in place of the rows where there are none.
func (p accessPage) nothing() string {
	switch {
	case len(p.tab.Rows) > 0:
		return ""
	case p.tab.Looked > 0:
		return "None of the " + p.grantees().Count(p.tab.Looked) + " searched matches. Go to the next page to search more."
	case p.form.Place.Query == "" && p.form.show() == "":
		return "You may not view the access of any group here."
	case p.form.Place.Query == "":
		return "No " + p.grantees().One + " has this. Show all to see what others have."
	case p.form.show() != "":
		return "No " + p.grantees().One + " that has this matches “" + p.form.Place.Query + "”. Clear the filter to see all."
	}
	return "No " + p.grantees().One + " matches “" + p.form.Place.Query + "”. Clear the filter to see all."
}

// grantees are what the tab lists for the viewer.
func (p accessPage) grantees() words.Noun {
	if p.tab.SeesKeys {
		return words.Noun{One: "group or API key", Many: "groups and API keys"}
	}
	return words.Groups
}

// pager turns the list's pages.
func (p accessPage) pager() parts.FormPager {
	return p.form.Place.pager(p.grantees().Many, pagedBy(p.tab.Listing), 0)
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

func (p accessPage) row(row services.AccessRow) views.AccessRow {
	view := views.AccessRow{Name: row.Grantee.Name, Marked: markedIn(row.Grantee.Name, p.form.Place.Query), Icon: accessIcon(row), Level: row.Stands.Level.String(), Why: p.why(row), Member: row.Member}
	switch {
	case row.Member:
		view.Membership = "Member"
	case row.Grantee.Kind == access.Group:
		view.Membership = "Not a member"
	}
	if row.Stands.Fixed {
		view.LevelWord = map[access.Level]string{access.LevelEdit: "Edit", access.LevelView: "View", access.LevelNone: "No access"}[row.Stands.Level]
		return view
	}
	ref := row.Grantee.Ref()
	view.Field, view.StoredEdit, view.Edit, view.Longer = views.AccessControl(ref), row.Stands.Level == access.LevelEdit, row.Edit, row.Longer
	view.Was = "was " + words.Upper(editWord(view.StoredEdit))
	if p.tab.Adding() { // nobody had anything on it before
		view.Was = "instead of " + words.Upper(editWord(view.StoredEdit))
	}
	if row.Lasts {
		view.Lasting = lastingLabel(p.tab.GivesUntil)
	}
	if p.form.Wrong[ref] {
		view.Error = noAccessChoice
	}
	return view
}

func accessIcon(row services.AccessRow) string {
	switch {
	case row.Grantee.Kind == access.APIKey:
		return "key-round"
	case row.BuiltIn != "" || row.Grantee.Administrators:
		return "shield"
	}
	return "users"
}

// why says in words what the grantee holds on the domain.
func (p accessPage) why(row services.AccessRow) string {
	many := words.Things(p.tab.Domain).Many
	switch {
	case row.Bound != "":
		return "Views all " + many + "; a key of the template " + row.Bound + " can’t edit any"
	case row.Stands.Fixed && row.Stands.Level == access.LevelEdit && row.Until != nil:
		return "Edits all " + many + " until " + words.EndMinute(*row.Until)
	case row.Stands.Fixed && row.Stands.Level == access.LevelEdit:
		return "Edits all " + many
	case row.Stands.Fixed:
		return "No access to " + many
	case row.Level == access.LevelCustom && row.Begins != nil:
		return "Custom on " + many + ", Edit here until " + words.EndMinute(*row.Begins)
	case row.Level == access.LevelCustom && row.ListedTo != nil:
		return "Custom on " + many + ", Edit here until " + words.EndMinute(*row.ListedTo)
	case row.Level == access.LevelCustom:
		return "Custom on " + many
	}
	return "Views all " + many
}

// tally counts who can do what after saving, leaving out what nobody can. Who does not see all rows gets no counts.
func (p accessPage) tally() []views.TallyPart {
	n := p.tab.Counts
	if n == nil {
		return nil
	}
	var all []views.TallyPart
	for _, part := range []struct {
		count int
		does  words.Noun
	}{{n.Edit, words.Noun{One: "can edit", Many: "can edit"}}, {n.View, words.Noun{One: "can view", Many: "can view"}},
		{n.None, words.Noun{One: "has no access", Many: "have no access"}}} {
		if part.count > 0 {
			all = append(all, views.TallyPart{Count: words.Number(part.count), Text: part.does.Of(part.count)})
		}
	}
	return all
}

// carried are the choices on rows that this page does not show, of those who may save them, and where the list stands.
func (p accessPage) carried() []parts.Hidden {
	if !p.tab.Decides {
		return p.form.Place.hidden()
	}
	shown := map[string]bool{}
	for _, row := range p.tab.Rows {
		shown[row.Grantee.Ref()] = true
	}
	var all []parts.Hidden
	for _, change := range p.tab.Changes {
		if ref := change.Grantee.Ref(); !shown[ref] {
			all = append(all, parts.Hidden{Name: views.AccessControl(ref), Value: accessValue(change.AccessRow)})
			all = append(all, p.madeWith(change.AccessRow)...)
		}
	}
	return append(all, p.form.Place.hidden()...)
}

// madeWith is the revision of the grantee as the viewer first saw it, and what the choice was then where there is one: drawing a
// form again makes neither newer.
func (p accessPage) madeWith(row services.AccessRow) []parts.Hidden {
	ref := row.Grantee.Ref()
	all := []parts.Hidden{{Name: views.AccessRevisionControl(ref), Value: p.form.Revisions[ref].field(row.Revision).Value}}
	if row.Stands.Fixed {
		return all
	}
	return append(all, p.was(row))
}

// was is what the choice was when the form was made. Where nobody chose anything the form follows what stands.
func (p accessPage) was(row services.AccessRow) parts.Hidden {
	ref := row.Grantee.Ref()
	edit, known := p.form.Was[ref]
	if !known || !p.form.chose(ref) {
		edit = row.Stands.Level == access.LevelEdit
	}
	return parts.Hidden{Name: parts.Was(views.AccessControl(ref)), Value: editWord(edit)}
}

// accessValue is the value of the choice as it is made.
func accessValue(row services.AccessRow) string {
	if row.Longer {
		return views.AccessLonger
	}
	return editWord(row.Edit)
}

// lastingLabel is the choice that makes Edit last beyond its end, as far as the viewer can give it.
func lastingLabel(until *time.Time) string {
	if until == nil {
		return "Edit with no end date"
	}
	return "Edit for longer"
}

// lockout warns that none of the viewer's own groups would keep Edit (R10), and asks for confirmation.
func (p accessPage) lockout(l services.LockOut) (*views.Lockout, []parts.Confirmation) {
	text := "None of your groups will be able to edit this " + p.tab.Domain.Resource + " after saving."
	if p.tab.Adding() {
		text = "None of your groups will be able to edit this " + p.tab.Domain.Resource + " once it is added."
	}
	if len(l.Editors) > 0 {
		text += " Members of " + words.List(l.Editors, 4) + " can, and only they can change this back."
	}
	warning := &views.Lockout{Title: "You are about to lock yourself out.", Text: text}
	if l.Keep.ID != 0 {
		warning.Keep = l.Keep.Ref()
	}
	label := "I will lose Edit"
	if p.tab.Adding() {
		label = "I will not be able to edit it"
	}
	return warning, []parts.Confirmation{{Name: views.AccessConfirm, Label: label, DescribedBy: "lockout", Checked: p.form.Confirmed}}
}
