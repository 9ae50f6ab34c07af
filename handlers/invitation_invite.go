package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/words"
)

// InvitePanel is the Members page with the panel that invites people.
func (h Pages) InvitePanel(c echo.Context) error {
	return h.overMembers(c, http.StatusOK, newInvite(), nil)
}

// overMembers draws the panel over the Members page.
func (h Pages) overMembers(c echo.Context, status int, form inviteForm, wrong []services.FieldError) error {
	by := caller(c)
	choice, err := h.Console.InvitationChoice(c.Request().Context(), by, form.Query, form.Groups)
	if err != nil {
		return err
	}
	panel := h.panel(form, choice.Chosen)
	panel.Title, panel.Groups = "Add member", h.groupPicker(form, choice)
	s := siteOf(by.Organization.Key)
	panel.Action, panel.Close = s.invite(), s.memberList()
	putWrong(panel, wrong)
	return h.memberList(c, status, func(page *views.Members) { page.Panel = panel })
}

// Invite invites people into groups, and says what became of each address.
func (h Pages) Invite(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	form := readInvite(values)
	if redraws(c, values) {
		return h.overMembers(c, http.StatusOK, form, nil)
	}
	results, wrong, err := h.invite(c, form)
	switch {
	case err != nil:
		return err
	case len(wrong) > 0:
		return h.overMembers(c, http.StatusUnprocessableEntity, form, wrong)
	}
	s := siteOf(caller(c).Organization.Key)
	sheet := h.inviteResults(c, form, results)
	sheet.Close, sheet.Again = s.invitations(), inviteAnother(s.invite(), form, results)
	return h.memberList(c, http.StatusOK, func(page *views.Members) { page.Results = sheet })
}

// GroupInvitePanel is the Members tab of a group with the panel that invites people into it.
func (h Pages) GroupInvitePanel(c echo.Context) error {
	return h.overGroup(c, http.StatusOK, newInvite(), nil)
}

// overGroup draws the panel over the Members tab of a group.
func (h Pages) overGroup(c echo.Context, status int, form inviteForm, wrong []services.FieldError) error {
	by, key := caller(c), c.Param("group")
	group, err := h.Console.InvitationInto(c.Request().Context(), by, key)
	if err != nil {
		return err
	}
	panel := h.panel(form, []services.InvitableGroup{group})
	s := siteOf(by.Organization.Key)
	panel.Action, panel.Close = s.inviteInto(key), s.members(key)
	putWrong(panel, wrong)
	return h.groupMembers(c, status, func(tab *views.GroupMembers, _ services.GroupMembers) { tab.Invite = panel })
}

// GroupInvite invites people into a group, and says what became of each address.
func (h Pages) GroupInvite(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	form, key := readInvite(values), c.Param("group")
	form.Groups = []string{key}
	if redraws(c, values) {
		return h.overGroup(c, http.StatusOK, form, nil)
	}
	results, wrong, err := h.invite(c, form)
	switch {
	case err != nil:
		return err
	case len(wrong) > 0:
		return h.overGroup(c, http.StatusUnprocessableEntity, form, wrong)
	}
	s := siteOf(caller(c).Organization.Key)
	sheet := h.inviteResults(c, form, results)
	sheet.Close, sheet.Again = s.members(key), inviteAnother(s.inviteInto(key), form, results)
	return h.groupMembers(c, http.StatusOK, func(tab *views.GroupMembers, _ services.GroupMembers) { tab.Results = sheet })
}

// invite invites, or says what is wrong with the form. Where nothing that was typed is an address, that is wrong.
func (h Pages) invite(c echo.Context, form inviteForm) ([]services.InviteResult, []services.FieldError, error) {
	results, err := h.Console.Invite(c.Request().Context(), caller(c), form.NewInvitations)
	if err == nil {
		return append(results, form.unusable()...), nil, nil
	}
	wrong := h.inviteProblems(form, err)
	if len(wrong) > 0 {
		err = nil
	}
	if typed := form.unusable(); len(typed) > 0 && len(form.Emails) == 0 && textOf(wrong, "Emails") != "" {
		wrong = []services.FieldError{{Field: "Emails", Text: noAddressText(typed)}}
	}
	return nil, wrong, err
}

// inviteProblems are what the reader can do something about in the form: all that waits for their word at once.
func (h Pages) inviteProblems(form inviteForm, cause error) []services.FieldError {
	var high services.TooHigh
	var confirm services.NeedsConfirmation
	var unsure services.UnsureAddresses
	var at services.AtField
	problem := services.FieldError{Field: "Groups"}
	switch {
	case errors.As(cause, &high):
		problem.Text = "You cannot invite anybody into this choice: " + words.Beyond(h.Console.Catalog(), high.Excess) + "."
	case errors.As(cause, &confirm):
		problem = services.FieldError{Field: "Confirmed", Text: "Confirm below that whoever accepts may do everything."}
		if open := form.unsure(); len(open) > 0 {
			return []services.FieldError{{Field: "Sure", Text: unsureWords(open)}, problem}
		}
	case errors.As(cause, &unsure):
		problem = services.FieldError{Field: "Sure", Text: unsureWords(unsure.Addresses)}
	case errors.As(cause, &at) && errors.Is(cause, models.ErrNotFound):
		problem.Text = "One of these groups does not exist any more."
	default:
		return wrongIn(cause)
	}
	return []services.FieldError{problem}
}
