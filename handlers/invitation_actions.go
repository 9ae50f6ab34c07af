package handlers

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// invitationBar draws what the viewer may do with an invitation, and says what is missing. Its actions stand below the
// address of the list, and come back to this page of it.
func (h Pages) invitationBar(c echo.Context, id models.InvitationID, list string, q query) (parts.ActionBar, error) {
	by := caller(c)
	i, err := h.Console.InvitationActions(c.Request().Context(), by, id)
	if err != nil {
		return parts.ActionBar{}, err
	}
	s := siteOf(by.Organization.Key)
	bar := parts.ActionBar{State: "editable", Subject: i.Email, Level: "edit", Word: "Can edit", WhyHref: whyInvitation(s, i.Groups)}
	if !i.Editable {
		bar.State, bar.Level, bar.Word = "readonly", "view", "View only"
		bar.Why = words.YouNeed("change this invitation", access.Edit, "every group of the invitation")
	}
	if i.Editable && i.State == "" {
		bar.Actions, bar.Why = h.invitationActions(i, func(action string) string { return q.here(fmt.Sprintf("%s/%d/%s", list, id, action)) })
	}
	if i.State != "" {
		bar.Why = endedWords(i)
	}
	if renewable(i) {
		bar.Actions = []parts.Action{{Label: "Renew", Icon: "refresh-cw", Href: q.here(fmt.Sprintf("%s/%d/renew", s.invitations(), id)), Post: true}}
		bar.Why = "It has expired. Renew invites them again, with a new link."
	}
	if open := openGroups(i.Groups); len(open) > 0 && by.Rights.May(services.ViewActivities, 0) {
		bar.Actions = append(bar.Actions, parts.Action{Label: "Activity", Icon: "clock", More: len(bar.Actions) > 0,
			Href: s.activityOf(access.GroupsDomain, access.ResourceID(open[0].GroupID))})
	}
	bar.Announce = bar.Subject + " selected, " + words.Lower(bar.Word) + ": " + words.Actions.Count(len(bar.Actions))
	return bar, nil
}

// copyLink is the button that makes a link to an invitation.
const copyLink = "Copy link"

// renewable tells whether the viewer can invite somebody again whose invitation has run out.
func renewable(i services.InvitationActions) bool {
	return i.Editable && i.State == models.InvitationExpired && !i.Lent && len(i.Beyond) == 0 && len(openGroups(i.Groups)) > 0
}

// invitationActions are the buttons for a pending invitation that the viewer may edit, and why some are missing. What gives
// its groups anew is missing where they hold more than the viewer (R7).
func (h Pages) invitationActions(i services.InvitationActions, at func(action string) string) (actions []parts.Action, why string) {
	revoke := parts.Action{Label: "Revoke", Icon: "ban", Href: at("revoke"), Danger: true}
	switch {
	case i.Doubt != (services.Standing{}):
		return []parts.Action{revoke}, voidNow(i.Invitation, i.Doubt)
	case i.Lent:
		return []parts.Action{revoke}, "You can only revoke it: " + words.BringsNobodyIn + "."
	case len(i.Beyond) > 0:
		return []parts.Action{revoke}, "You can only revoke it: " + words.Beyond(h.Console.Catalog(), i.Beyond) + "."
	case h.Console.Mails():
		actions = []parts.Action{{Label: "Resend", Icon: "mail", Href: at("resend"), Post: true}}
	default:
		why = "It can’t be sent by mail. " + noMailServer
	}
	return append(actions,
		parts.Action{Label: copyLink, Icon: "link", Href: at("link"), Post: true},
		parts.Action{Label: "Extend", Icon: "hourglass", Href: at("extend"), Post: true}, revoke), why
}

// endedWords say what became of an invitation.
func endedWords(i services.InvitationActions) string {
	switch i.State {
	case models.InvitationAccepted:
		return "It was accepted."
	case models.InvitationDeclined:
		return "It was declined."
	case models.InvitationRevoked:
		return "It was revoked."
	case models.InvitationVoid:
		return "It could not be accepted: " + voidWords(i.Invitation, i.Reason, "")
	}
	return "It expired. Invite them again."
}

// voidNow says of a pending invitation that it is void as it stands.
func voidNow(i models.Invitation, why services.Standing) string {
	return "It can’t be accepted now: " + voidWords(i, why.Reason, why.Group)
}

// voidWords say why an invitation can't be accepted, for those who may invite again.
func voidWords(i models.Invitation, reason, group string) string {
	switch reason {
	case services.ReasonInviterLeft:
		return i.InviterName + ", who invited, can no longer enter this organization."
	case services.ReasonInviterRights:
		return i.InviterName + ", who invited, may no longer give what " + orElse(group, "its group") + " holds."
	case services.ReasonInviterLent:
		return i.InviterName + ", who invited, can edit the group only through temporary access, and so can’t invite people."
	}
	return "its groups were deleted."
}

// invitationPlace is a page of a list with an invitation: of all of them, or of those into a group.
type invitationPlace struct {
	query   query
	list    string // address without the query
	actions string // what those on an invitation stand below
	row     string // key of the invitation in the list
}

// back is the page with the invitation selected.
func (p invitationPlace) back() string { return p.query.selecting(p.list, p.row) }

// invitationOf is the number of the invitation in the address, and the list to go back to. The list of a
// group has only invitations into that group. Viewers without view on groups learn nothing here: the service refuses them,
// and records it (R14, R15).
func (h Pages) invitationOf(c echo.Context) (models.InvitationID, invitationPlace, error) {
	by, written, group := caller(c), c.Param("invitation"), c.Param("group")
	id, s := invitationID(written), siteOf(by.Organization.Key)
	if group == "" {
		return id, invitationPlace{readInvitationsQuery(c), s.invitations(), s.invitations(), written}, nil
	}
	place := invitationPlace{readGroupMembersQuery(c), s.members(group), s.invitationsOf(group), invitedPrefix + written}
	if !by.Rights.May(services.ViewGroups, 0) {
		return id, place, nil
	}
	i, err := h.Console.Invitation(c.Request().Context(), by, id)
	if err != nil {
		return 0, place, err
	}
	if !slices.ContainsFunc(i.Groups, func(g models.InvitedGroup) bool { return g.Key == group && !g.Gone }) {
		return 0, place, models.ErrNotFound
	}
	return id, place, nil
}

// invitationID is the number of an invitation as addresses have it; what is none belongs to no invitation.
func invitationID(written string) models.InvitationID {
	id, err := strconv.ParseInt(written, 10, 64)
	if err != nil || strconv.FormatInt(id, 10) != written {
		return 0
	}
	return models.InvitationID(id)
}

// answerUnsent says in a message why nothing was done, where the reader could not know before; other errors stay errors.
func answerUnsent(c echo.Context, back string, cause error) error {
	var soon services.Soon
	var void services.VoidInvitation
	switch {
	case errors.As(cause, &soon):
		flash(c, "warning", "Not sent again yet.", "A mail was sent a short time ago. You can send the next one in "+words.Remaining(soon.Wait)+".")
	case errors.Is(cause, services.ErrNoMail):
		flash(c, "danger", "Not sent.", noMailServer+" Copy a link and send it yourself.")
	case errors.Is(cause, services.ErrInvitationEnded):
		flash(c, "warning", "Nothing was done.", "The invitation has already ended.")
	case errors.As(cause, &void):
		flash(c, "warning", "Nothing was done.", voidNow(void.Invitation, void.Standing)+" You can revoke it and invite again.")
	default:
		return cause
	}
	return seeOther(c, back)
}

// InvitationResend mails an invitation again.
func (h Pages) InvitationResend(c echo.Context) error {
	id, place, err := h.invitationOf(c)
	if err != nil {
		return err
	}
	sent, err := h.Console.ResendInvitation(c.Request().Context(), caller(c), id)
	if err != nil {
		return answerUnsent(c, place.back(), err)
	}
	flash(c, "success", "Invitation sent again.", "A mail to "+sent.Email+" is on its way. Earlier links still work.")
	return seeOther(c, place.back())
}

// InvitationExtend lets an invitation run for another whole term.
func (h Pages) InvitationExtend(c echo.Context) error {
	id, place, err := h.invitationOf(c)
	if err != nil {
		return err
	}
	extended, err := h.Console.ExtendInvitation(c.Request().Context(), caller(c), id)
	if err != nil {
		return answerUnsent(c, place.back(), err)
	}
	flash(c, "success", "Invitation extended.", extended.Email+" can accept it until "+words.Moment(extended.ExpiresAt)+".")
	return seeOther(c, place.back())
}

var revokingIsFinal = words.Final("Inviting somebody again makes a new link.")

// InvitationRevokeAsk asks before an invitation is revoked, above the list.
func (h Pages) InvitationRevokeAsk(c echo.Context) error {
	id, place, err := h.invitationOf(c)
	if err != nil {
		return err
	}
	i, err := h.Console.InvitationRevocation(c.Request().Context(), caller(c), id)
	if err != nil {
		return answerUnsent(c, place.back(), err)
	}
	confirm := &parts.Confirm{Title: "Revoke the invitation of " + i.Email + "?", Button: "Revoke invitation", Danger: true,
		Text: []string{"Its links stop working immediately."}, Final: revokingIsFinal,
		Action: place.query.here(fmt.Sprintf("%s/%d/revoke", place.actions, i.ID)), Cancel: place.back()}
	return h.overInvitations(c, func(l invitationsList) { *l.confirm = confirm })
}

// InvitationRevoke revokes an invitation.
func (h Pages) InvitationRevoke(c echo.Context) error {
	id, place, err := h.invitationOf(c)
	if err != nil {
		return err
	}
	revoked, err := h.Console.RevokeInvitations(c.Request().Context(), caller(c), id)
	if err != nil {
		return answerUnsent(c, place.back(), err)
	}
	if revoked == 0 {
		return answerUnsent(c, place.back(), services.ErrInvitationEnded)
	}
	flash(c, "success", "Invitation revoked.", "Its links no longer work.")
	return seeOther(c, place.query.here(place.list)) // nothing is left to select
}
