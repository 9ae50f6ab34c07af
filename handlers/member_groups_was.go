package handlers

import (
	"time"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// readMembershipWas reads what a form was made with about one group, if it says that.
func readMembershipWas(text string) (was services.MembershipShown, known bool) {
	switch text {
	case views.MembershipOut:
		return was, true
	case views.MembershipIn:
		return services.MembershipShown{In: true}, true
	}
	end, err := readMinute(text)
	if err != nil {
		return was, false
	}
	return services.MembershipShown{In: true, Until: &end}, true
}

func writeMembershipWas(was services.MembershipShown) string {
	switch {
	case !was.In:
		return views.MembershipOut
	case was.Until == nil:
		return views.MembershipIn
	}
	return writeMinute(was.Until)
}

// was is what the form was made with about a group: where something was chosen as it was then, else what stands.
func (p memberGroupsPage) was(g models.MemberGroup) parts.Hidden {
	shown := services.MembershipShown{In: g.In(p.tab.At), Until: g.ExpiresAt}
	if then, known := p.form.Was[g.Key]; known && p.form.Choices[g.Key].Chosen() {
		shown = then
	}
	return parts.Hidden{Name: parts.Was(views.InControl(g.Key)), Value: writeMembershipWas(shown)}
}

// carried are unsaved choices on groups of other pages, with what they were, and where the list stands.
func (p memberGroupsPage) carried(shown map[string]bool) []parts.Hidden {
	var all []parts.Hidden
	for _, change := range p.tab.Changes {
		if shown[change.Key] {
			continue
		}
		all = append(all, parts.Hidden{Name: views.MemberGroupsRows, Value: change.Key}, p.was(change.Group))
		if change.In {
			all = append(all, parts.Hidden{Name: views.InControl(change.Key), Value: "yes"},
				parts.Hidden{Name: views.UntilControl(change.Key), Value: p.form.Typed[change.Key]})
		}
	}
	return append(all, p.form.Place.hidden()...)
}

// conflict shows what somebody else changed beside what the viewer did about it, and of choices whose form does not say what it was
// made with all that differs. Who it was is left open: memberships do not keep it, and the record keeps it by group.
func (p memberGroupsPage) conflict() *parts.Conflict {
	var rows []parts.ConflictRow
	for _, change := range p.tab.Changes {
		if change.Was == nil || change.Overtaken(change.Group, p.tab.At) {
			rows = append(rows, parts.ConflictRow{Label: change.Group.Name,
				Yours: membershipAs(change.In, writeMinute(change.Until)), Theirs: p.standing(change.Group)})
		}
	}
	for _, g := range p.tab.Theirs {
		rows = append(rows, parts.ConflictRow{Label: g.Name, Theirs: p.standing(g)})
	}
	return mergedConflict("", time.Time{}, p.tab.At, rows...)
}

func (p memberGroupsPage) standing(g models.MemberGroup) string {
	return membershipAs(g.In(p.tab.At), writeMinute(g.ExpiresAt))
}

// membershipAs is how a form, or what is stored, has a membership.
func membershipAs(in bool, until string) string {
	switch {
	case !in:
		return "Not a member"
	case until == "":
		return "Member"
	}
	return "Member until " + until
}
