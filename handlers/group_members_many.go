package handlers

import (
	"errors"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// errInvited is why a row is left out that is no member yet.
var errInvited = errors.New("the person is invited and no member yet")

// manyOfGroupBar is the Action bar for several selected rows of a group's list. It tells the selection which they are where all are.
func (h Pages) manyOfGroupBar(c echo.Context, p *groupPeople) (parts.ActionBar, error) {
	ctx, q := c.Request().Context(), &p.query
	many, err := h.Console.ManyOfGroup(ctx, p.by, p.Group.Key, groupMembersChosen(*q, p.Group.Key))
	if err != nil {
		return parts.ActionBar{}, err
	}
	invited, err := h.Console.ManyInvitations(ctx, p.by, services.InvitationsChosen{Keys: invitedIDs(q.picks.keys)})
	if err != nil {
		return parts.ActionBar{}, err
	}
	rows := memberKeys(many.Members)
	for _, i := range invited.Invitations {
		rows = append(rows, invitedPrefix+invitationKey(i.ID))
	}
	if q.among(rows); q.Selected != "" {
		return parts.ActionBar{}, nil
	}
	s := siteOf(p.by.Organization.Key)
	sel := selected{Rows: len(many.Members) + len(invited.Invitations), All: q.picks.all, Matching: many.Matching, Of: words.Rows, Address: q.here(s.members(p.Group.Key)), File: s.membersCSV(p.Group.Key)}
	if len(invited.Invitations) == 0 {
		sel.Of = words.Members
	}
	if sel.Rows == 0 {
		return parts.ActionBar{}, nil
	}
	if q.values[views.GroupMembersShow.Name] == onlyInvited {
		sel.Matching = 0
	}
	out := make([]error, len(invited.Invitations))
	for i := range out {
		out[i] = errInvited
	}
	var actions []manyAction
	if p.Group.Editable() {
		end := manyAction{Label: "Set an end", Icon: "hourglass", Href: settingAnEndInGroup.path(s, p.Group.Key), Can: len(many.Members), LeftOut: out}
		remove := manyOf(manyAction{Label: "Delete", Icon: "user-minus", Href: deletingFromGroup.path(s, p.Group.Key), Danger: true}, many.Leaving)
		remove.LeftOut = append(remove.LeftOut, out...)
		actions = []manyAction{end, remove}
	}
	bar := manyBar(sel, actions)
	switch {
	case !p.Group.Editable():
		bar.Why = "You may view this group, not edit it."
	case len(many.Members) == 0:
		bar.Why = "To work on several invitations, open Members, Invitations."
	}
	return bar, nil
}

// invitedIDs are the invitations among the keys of a group's list.
func invitedIDs(keys []string) []models.InvitationID {
	var numbers []string
	for _, key := range keys {
		if number, invited := strings.CutPrefix(key, invitedPrefix); invited {
			numbers = append(numbers, number)
		}
	}
	return invitationIDs(numbers)
}
