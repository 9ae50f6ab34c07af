package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// MemberGroups is the Groups tab of a member.
func (h Pages) MemberGroups(c echo.Context) error {
	return h.openMemberGroups(c, placeOfMemberGroups(c.QueryParams()), http.StatusOK)
}

// memberGroupsPage is the tab with the form's choices.
func (h Pages) memberGroupsPage(c echo.Context, form memberGroupsForm) (memberGroupsPage, error) {
	tab, err := h.Console.MemberGroupsTab(c.Request().Context(), caller(c), memberOf(c), form.draft())
	return memberGroupsPage{h.Console.Catalog(), tab, form}, err
}

func (h Pages) openMemberGroups(c echo.Context, form memberGroupsForm, status int) error {
	p, err := h.memberGroupsPage(c, form)
	if err != nil {
		return err
	}
	return h.drawMemberGroups(c, p, status, nil)
}

func (h Pages) drawMemberGroups(c echo.Context, p memberGroupsPage, status int, conflict *parts.Conflict) error {
	by := caller(c)
	where := memberPlace(by, p.tab.Member, p.tab.Joined, groupsTab)
	where.Lead = p.tab.Member.Email + ". Decide which groups give them privileges, and until when."
	page, err := h.page(c, where.withCSV(memberGroupsFile(siteOf(by.Organization.Key), p.tab.Member.ID, p.form)))
	if err != nil {
		return err
	}
	view := p.view(page, siteOf(by.Organization.Key).groupsOfMember(p.tab.Member.ID))
	view.Page, view.Conflict = resumedWith(page, view.SaveBar), conflict
	return Render(c, status, view.Component())
}

// SetMemberGroups saves the tab, or draws it again where a button other than Save was pressed.
func (h Pages) SetMemberGroups(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	form := readMemberGroups(values)
	if redraws(c, values) {
		return drawnAgain(c, siteOf(caller(c).Organization.Key).groupsOfMember(memberOf(c)), form.address(), form.chosen(), func() error {
			return h.openMemberGroups(c, form, http.StatusOK)
		})
	}
	if len(form.Wrong) > 0 {
		return h.openMemberGroups(c, form, http.StatusUnprocessableEntity)
	}
	by, id := caller(c), memberOf(c)
	tab, err := h.Console.SaveMemberGroups(c.Request().Context(), by, id, form.draft())
	if err != nil {
		return h.memberGroupsRefused(c, memberGroupsPage{h.Console.Catalog(), tab, form}, err)
	}
	s := siteOf(by.Organization.Key)
	if tab.Saved.Left {
		flash(c, "success", "Member removed from the organization.", "They are signed out.")
		return seeOther(c, s.memberList())
	}
	lasts := ""
	if tab.Saved.Bounded != nil {
		lasts = " What you gave lasts " + givesUntil(*tab.Saved.Bounded)
	}
	flashSaved(c, tab.Saved.Changed, "", lasts)
	return seeOther(c, s.groupsOfMember(id))
}

// memberGroupsRefused draws the tab that the refusal answers with, everything chosen kept.
func (h Pages) memberGroupsRefused(c echo.Context, p memberGroupsPage, cause error) error {
	if stale(cause) {
		conflict := p.conflict()
		p.form.Revision, p.form.Was = "", nil // the form shown now is made from the newer state
		return h.drawMemberGroups(c, p, http.StatusConflict, conflict)
	}
	if p.form.Wrong = memberGroupsProblems(h.Console.Catalog(), cause); len(p.form.Wrong) == 0 {
		return cause
	}
	status := http.StatusUnprocessableEntity
	if errors.Is(cause, services.ErrLastAdministrator) {
		status = http.StatusConflict
	}
	return h.drawMemberGroups(c, p, status, nil)
}

// memberGroupsProblems are what the page says about a refusal, none where nothing can be done about it there.
func memberGroupsProblems(catalog *access.Catalog, cause error) []services.FieldError {
	var high services.TooHigh
	var confirm services.NeedsConfirmation
	var at services.AtField
	switch {
	case errors.As(cause, &high) && errors.As(cause, &at):
		return []services.FieldError{{Field: at.Field, Key: at.Key, Text: notGivenWords(catalog, at.Name, high.Excess)}}
	case errors.As(cause, &services.BringsNobodyIn{}) && errors.As(cause, &at):
		return []services.FieldError{{Field: at.Field, Key: at.Key, Text: "You can’t choose " + at.Name + ": " + words.BringsNobodyIn + "."}}
	case errors.As(cause, &confirm) && confirm.Of == services.ConfirmLeave:
		return []services.FieldError{{Field: "Confirmed", Text: "Confirm below that this person leaves the organization."}}
	case errors.As(cause, &confirm) && confirm.Of == services.ConfirmUnproven:
		return []services.FieldError{{Field: "Confirmed", Text: "This person’s address is not proven. Confirm below that you have asked them."}}
	case errors.As(cause, &confirm):
		return []services.FieldError{{Field: "Confirmed", Text: "Confirm below that this person may do everything."}}
	case errors.Is(cause, services.ErrLastAdministrator):
		return []services.FieldError{{Field: "Choices", Text: lastAdministrator}}
	}
	return wrongIn(cause)
}

// PreviewMemberGroups answers the save bar for the choices as they stand.
func (h Pages) PreviewMemberGroups(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	p, err := h.memberGroupsPage(c, readMemberGroups(values))
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, p.view(views.Page{}, siteOf(caller(c).Organization.Key).groupsOfMember(p.tab.Member.ID)).Fragment())
}
