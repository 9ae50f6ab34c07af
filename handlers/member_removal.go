package handlers

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// MemberDeleteAsk asks before a member is removed from the organization, above the list.
func (h Pages) MemberDeleteAsk(c echo.Context) error {
	by := caller(c)
	d, err := h.Console.MemberDeparture(c.Request().Context(), by, memberOf(c))
	if err != nil {
		return err
	}
	if d.Last {
		return services.ErrLastAdministrator
	}
	return h.memberList(c, http.StatusOK, func(page *views.Members) {
		page.Removal = departureDialog(readMembersQuery(c), siteOf(by.Organization.Key), by, d)
	})
}

// namedGroups is how many groups a confirmation names.
const namedGroups = 10

// leavingIsFinal is said where somebody leaves the organization: nobody comes back without accepting an invitation (R16, R18).
var leavingIsFinal = words.Final("To bring somebody back, invite them again.")

// departureDialog says what leaving the organization ends (R16).
func departureDialog(q query, s site, by services.Caller, d services.Departure) *views.Departure {
	name := memberName(d.Member)
	dialog := &views.Departure{GroupsTitle: "They lose these groups", Confirm: parts.Confirm{
		Title: "Remove " + name + " from " + by.Organization.Name + "?", Button: "Remove member", Danger: true,
		Action: q.here(s.member(d.Member.ID) + "/delete"),
		Cancel: q.selecting(s.memberList(), memberKey(d.Member.ID)),
		Text: []string{whoExactly(d.Member), "They lose " + words.Privileges.Count(d.Held) + " in " + words.Groups.Roughly(len(d.Groups)) +
			" and are signed out immediately."},
	}}
	dialog.Final = leavingIsFinal
	if d.Member.PersonID == by.Person.ID {
		dialog.Text = append(dialog.Text, "This is you. You leave the organization.")
	}
	dialog.Groups, dialog.MoreGroup = named(groupNames(d.Groups), len(d.Groups), namedGroups)
	var resources []string
	for _, r := range d.Orphaned {
		resources = append(resources, r.Name)
	}
	dialog.Resources, dialog.More = named(resources, d.Orphans, len(resources))
	return dialog
}

func groupNames(groups []access.Grantee) []string {
	var names []string
	for _, g := range groups {
		names = append(names, g.Name)
	}
	return names
}

// named are the first names of a longer list, and how many more there are in words.
func named(names []string, total, most int) (first []string, more string) {
	first = names[:min(most, len(names))]
	return first, words.More(total - len(first))
}

// MemberDelete removes a member from the organization.
func (h Pages) MemberDelete(c echo.Context) error {
	by, id := caller(c), memberOf(c)
	list := readMembersQuery(c).here(siteOf(by.Organization.Key).memberList())
	removed, err := h.Console.RemoveFromOrganization(c.Request().Context(), by, id)
	if errors.Is(err, services.ErrLastAdministrator) {
		keepSelected(c, strconv.FormatInt(int64(id), 10))
		return h.memberList(c, http.StatusConflict, func(page *views.Members) { page.Flash = keptAdministrator("Not removed.") })
	}
	if err != nil {
		return err
	}
	if removed.PersonID == by.Person.ID {
		return seeOther(c, "/")
	}
	flash(c, "success", services.Signature(removed.Name, removed.Email)+" removed from the organization.", "They are signed out.")
	return seeOther(c, list)
}
