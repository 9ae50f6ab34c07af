package handlers

import (
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// MemberGroups is the Groups tab of a member.
func (h Pages) MemberGroups(c echo.Context) error {
	return h.drawMemberGroups(c, placeOfMemberGroups(c.QueryParams()), http.StatusOK, nil)
}

// memberGroupsTab draws the tab for the form as it stands.
func (h Pages) memberGroupsTab(c echo.Context, form memberGroupsForm) (views.MemberGroups, memberGroupsPage, error) {
	ctx, by := c.Request().Context(), caller(c)
	p := memberGroupsPage{catalog: h.Console.Catalog(), by: by, form: form}
	var err error
	if p.tab, err = h.Console.MemberGroups(ctx, by, memberOf(c), services.MemberGroupsQuery{Page: form.Place.Page, Joined: form.Joined}); err != nil {
		return views.MemberGroups{}, p, err
	}
	if p.preview, err = h.Console.PreviewMemberGroups(ctx, by, p.tab.Member, form.choices()); err != nil {
		return views.MemberGroups{}, p, err
	}
	where := memberPlace(by, p.tab.Member, p.tab.Joined, "groups")
	where.Lead = p.tab.Member.Email + ". Decide which groups give them privileges, and until when."
	page, err := h.page(c, where)
	if err != nil {
		return views.MemberGroups{}, p, err
	}
	here := siteOf(by.Organization.Key).groupsOfMember(p.tab.Member.ID)
	view := views.MemberGroups{Page: page, Action: here, Preview: here + "/preview",
		Hidden: []parts.Hidden{form.Revision.field(p.tab.Member.Revision)}, SaveBar: parts.SaveBar{Discard: here}}
	if !p.tab.Edits {
		view.ReadOnly = "To change the groups of members, you need Edit on groups."
	}
	p.fill(&view)
	return view, p, nil
}

func (h Pages) drawMemberGroups(c echo.Context, form memberGroupsForm, status int, conflict *parts.Conflict) error {
	view, _, err := h.memberGroupsTab(c, form)
	if err != nil {
		return err
	}
	view.Conflict = conflict
	for _, w := range form.Wrong {
		view.Errors = append(view.Errors, h.memberGroupsError(view, w))
	}
	return Render(c, status, view.Component())
}

// memberGroupsError points to the field where it is on the page, else to the page.
func (h Pages) memberGroupsError(view views.MemberGroups, wrong services.FieldError) parts.FieldError {
	for _, r := range view.Rows {
		if wrong.Field == services.UntilField(r.Key) {
			return parts.FieldError{ID: "until-" + r.Key, Label: "Until, for " + r.Name, Text: wrong.Text}
		}
	}
	return parts.FieldError{ID: "content", Label: "Groups", Text: wrong.Text}
}

// SetMemberGroups saves the tab, or draws it again where a button other than Save was pressed.
func (h Pages) SetMemberGroups(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	form := readMemberGroups(values)
	if redraws(values) {
		return h.drawMemberGroups(c, form, http.StatusOK, nil)
	}
	if len(form.Wrong) > 0 {
		return h.drawMemberGroups(c, form, http.StatusUnprocessableEntity, nil)
	}
	by, id := caller(c), memberOf(c)
	saved, err := h.Console.SetMemberGroups(c.Request().Context(), by, id, form.Revision.number(), form.choices(), form.Confirmed)
	if err != nil {
		return h.memberGroupsRefused(c, form, err)
	}
	s := siteOf(by.Organization.Key)
	if saved.Left {
		flash(c, "success", "Member deleted from the organization.", "They are signed out.")
		return seeOther(c, s.memberList())
	}
	lasts := ""
	if saved.Bounded != nil {
		lasts = " What you gave lasts " + givesUntil(*saved.Bounded)
	}
	flash(c, "success", "Groups saved.", words.Changes.Count(saved.Changed)+" in effect from now on."+lasts)
	return seeOther(c, s.groupsOfMember(id))
}

// memberGroupsRefused shows the tab again, everything chosen kept.
func (h Pages) memberGroupsRefused(c echo.Context, form memberGroupsForm, cause error) error {
	if stale(cause) {
		return h.memberGroupsConflict(c, form)
	}
	if form.Wrong = h.memberGroupsProblems(cause); len(form.Wrong) == 0 {
		return cause
	}
	status := http.StatusUnprocessableEntity
	if errors.Is(cause, services.ErrLastAdministrator) {
		status = http.StatusConflict
	}
	return h.drawMemberGroups(c, form, status, nil)
}

func (h Pages) memberGroupsProblems(cause error) []services.FieldError {
	var wrong services.Invalid
	var high services.TooHigh
	var confirm services.NeedsConfirmation
	var at services.AtGroup
	switch {
	case errors.As(cause, &wrong):
		return wrong.Fields
	case errors.As(cause, &high) && errors.As(cause, &at):
		return []services.FieldError{{Field: services.InField(at.Key), Text: notGivenWords(h.Console.Catalog(), at.Name, high.Excess)}}
	case errors.As(cause, &services.BringsNobodyIn{}) && errors.As(cause, &at):
		return []services.FieldError{{Field: services.InField(at.Key), Text: "Not the group " + at.Name + ": " + bringsNobodyIn + "."}}
	case errors.As(cause, &confirm) && confirm.Of == services.ConfirmLeave:
		return []services.FieldError{{Field: "Leave", Text: "Confirm below that this person leaves the organization."}}
	case errors.As(cause, &confirm):
		return []services.FieldError{{Field: "Administrators", Text: "Confirm below that this person may do everything."}}
	case errors.Is(cause, services.ErrLastAdministrator):
		return []services.FieldError{{Field: rowsName, Text: lastAdministrator}}
	}
	return nil
}

// memberGroupsConflict shows what is stored now beside what the form asks for.
func (h Pages) memberGroupsConflict(c echo.Context, form memberGroupsForm) error {
	form.Revision = "" // the form shown now is made from the newer state
	_, p, err := h.memberGroupsTab(c, form)
	if err != nil {
		return err
	}
	var rows []parts.ConflictRow
	for _, change := range p.preview.Changes {
		rows = append(rows, parts.ConflictRow{Label: change.Group.Name,
			Yours:  membershipWords(change.In, writeMinute(change.Until)),
			Theirs: membershipWords(change.Group.In(p.tab.At), writeMinute(change.Group.ExpiresAt))})
	}
	return h.drawMemberGroups(c, form, http.StatusConflict, conflictWith("Somebody else", time.Time{}, p.tab.At, rows...))
}

func membershipWords(in bool, until string) string {
	switch {
	case !in:
		return "Not a member"
	case until == "":
		return "Member"
	}
	return "Member until " + until
}

// PreviewMemberGroups answers the save bar for the choices as they stand.
func (h Pages) PreviewMemberGroups(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	view, _, err := h.memberGroupsTab(c, readMemberGroups(values))
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, view.Fragment())
}
