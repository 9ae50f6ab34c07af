package handlers

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// MemberSuspendAsk asks before a member is suspended, above the list.
func (h Pages) MemberSuspendAsk(c echo.Context) error { return h.askSuspension(c, suspendDialog) }

// MemberReactivateAsk asks before a suspended member is reactivated.
func (h Pages) MemberReactivateAsk(c echo.Context) error { return h.askSuspension(c, reactivateDialog) }

// MemberSuspend suspends a member.
func (h Pages) MemberSuspend(c echo.Context) error {
	by, id := caller(c), memberOf(c)
	m, err := h.Console.SuspendMember(c.Request().Context(), by, id)
	if errors.Is(err, services.ErrLastAdministrator) {
		keepSelected(c, strconv.FormatInt(int64(id), 10))
		return h.memberList(c, http.StatusConflict, func(page *views.Members) {
			page.Flash = &parts.Flash{Tone: "danger", Title: "Not suspended.", Text: lastAdministrator}
		})
	}
	if err != nil {
		return err
	}
	flash(c, "success", services.Signature(m.Name, m.Email)+" is suspended.", "They can do nothing here until somebody reactivates them.")
	return seeOther(c, selectedMember(c, siteOf(by.Organization.Key), id))
}

// MemberReactivate reactivates a suspended member.
func (h Pages) MemberReactivate(c echo.Context) error {
	by, id := caller(c), memberOf(c)
	m, err := h.Console.ReactivateMember(c.Request().Context(), by, id)
	if err != nil {
		return err
	}
	flash(c, "success", services.Signature(m.Name, m.Email)+" is reactivated.", "They have the privileges of their groups again.")
	return seeOther(c, selectedMember(c, siteOf(by.Organization.Key), id))
}

// askSuspension draws the question above the list. One that leads nowhere is answered at once.
func (h Pages) askSuspension(c echo.Context, dialog func(query, site, services.Caller, services.Suspension) *views.Departure) error {
	by := caller(c)
	s, err := h.Console.MemberSuspension(c.Request().Context(), by, memberOf(c))
	if err != nil {
		return err
	}
	switch {
	case s.Last:
		return services.ErrLastAdministrator
	case s.Why != nil:
		return s.Why
	}
	drawn := dialog(readMembersQuery(c), siteOf(by.Organization.Key), by, s)
	if drawn == nil {
		return seeOther(c, selectedMember(c, siteOf(by.Organization.Key), s.Member.ID)) // somebody was faster
	}
	return h.memberList(c, http.StatusOK, func(page *views.Members) { page.Removal = drawn })
}

// selectedMember is the list as the address of an action has it, with one member selected.
func selectedMember(c echo.Context, s site, id models.MemberID) string {
	return readMembersQuery(c).selecting(s.memberList(), memberKey(id))
}

func suspendDialog(q query, s site, by services.Caller, suspension services.Suspension) *views.Departure {
	m := suspension.Member
	if m.Suspended() {
		return nil
	}
	dialog := suspensionDialog(q, s, suspension, "They lose these groups until they are reactivated")
	dialog.Title, dialog.Button, dialog.Danger = "Suspend "+memberName(m)+" in "+by.Organization.Name+"?", "Suspend member", true
	dialog.Action = q.here(s.member(m.ID) + "/suspend")
	dialog.Text = append(dialog.Text, "They lose "+words.Privileges.Count(suspension.Held)+" in "+words.Groups.Roughly(len(suspension.Groups))+
		" and are signed out of this organization immediately. They stay a member, keep their seat and what they own, and get all of it back when somebody reactivates them.")
	return dialog
}

func reactivateDialog(q query, s site, by services.Caller, suspension services.Suspension) *views.Departure {
	m := suspension.Member
	if !m.Suspended() {
		return nil
	}
	dialog := suspensionDialog(q, s, suspension, "They get back")
	dialog.Title, dialog.Button = "Reactivate "+memberName(m)+" in "+by.Organization.Name+"?", "Reactivate member"
	dialog.Action = q.here(s.member(m.ID) + "/reactivate")
	dialog.Text = append(dialog.Text, "They get back "+words.Privileges.Count(suspension.Held)+" in "+words.Groups.Roughly(len(suspension.Groups))+", and can sign in here again.")
	return dialog
}

func suspensionDialog(q query, s site, suspension services.Suspension, groups string) *views.Departure {
	dialog := &views.Departure{GroupsTitle: groups, Confirm: parts.Confirm{
		Cancel: q.selecting(s.memberList(), memberKey(suspension.Member.ID)), Text: []string{whoExactly(suspension.Member)},
	}}
	dialog.Groups, dialog.MoreGroup = named(groupNames(suspension.Groups), len(suspension.Groups), namedGroups)
	return dialog
}

// suspensionActions are Suspend, or Reactivate, of a selected member, where the viewer may.
func suspensionActions(q query, s site, m services.MemberActions) []parts.Action {
	switch {
	case m.Suspends:
		return []parts.Action{{Label: "Suspend", Icon: "circle-pause", Href: q.here(s.member(m.ID) + "/suspend")}}
	case m.Reactivates:
		return []parts.Action{{Label: "Reactivate", Icon: "circle-play", Href: q.here(s.member(m.ID) + "/reactivate")}}
	}
	return nil
}

// suspendedMark is the chip beside the name of a suspended member, before the other marks.
func suspendedMark(suspended bool, others []parts.Chip) []parts.Chip {
	if !suspended {
		return others
	}
	return append([]parts.Chip{{Tone: warning, Word: "Suspended"}}, others...)
}
