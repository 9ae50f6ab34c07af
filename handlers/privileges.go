package handlers

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// holder is the group or API key whose Privileges tab the address names. The route tells which of the two, since the key in
// an address may be empty.
func holder(c echo.Context) services.Holder {
	if slices.Contains(c.ParamNames(), "key") {
		return services.Holder{Kind: access.APIKey, Key: c.Param("key")}
	}
	return services.Holder{Kind: access.Group, Key: c.Param("group")}
}

// Privileges is the Privileges tab of a group or an API key.
func (h Pages) Privileges(c echo.Context) error {
	return h.askPrivileges(c, placeOfPrivileges(h.Console.Catalog(), c.QueryParams()), http.StatusOK)
}

// SavePrivileges saves the tab, or draws it again where a button other than Save was pressed.
func (h Pages) SavePrivileges(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	form := readPrivileges(h.Console.Catalog(), values)
	switch {
	case redraws(c, values):
		return drawnAgain(c, privilegesPath(c), form.address(h.Console.Catalog()), form.chosen(), func() error {
			return h.askPrivileges(c, form, http.StatusOK)
		})
	case len(form.Wrong) > 0:
		return h.askPrivileges(c, form, http.StatusUnprocessableEntity)
	}
	tab, err := h.Console.SavePrivileges(c.Request().Context(), caller(c), holder(c), form.draft())
	if err != nil {
		return h.privilegesRefused(c, tab, form, err)
	}
	whom := ""
	if tab.Kind == access.Group {
		whom = "for " + words.Members.Roughly(tab.Group.Members)
	}
	flashSaved(c, len(tab.Differences), whom, "")
	return seeOther(c, withValues(privilegesPath(c), form.saved().address(h.Console.Catalog())))
}

// PreviewPrivileges answers the save bar and the counts for the choices as they stand.
func (h Pages) PreviewPrivileges(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	form := readPrivileges(h.Console.Catalog(), values)
	tab, err := h.Console.PrivilegesTab(c.Request().Context(), caller(c), holder(c), form.draft())
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, h.privilegesTab(c, tab, form).Fragment())
}

func (h Pages) askPrivileges(c echo.Context, form privilegesForm, status int) error {
	tab, err := h.Console.PrivilegesTab(c.Request().Context(), caller(c), holder(c), form.draft())
	if err != nil {
		return err
	}
	return h.drawPrivileges(c, tab, form, status, nil)
}

// privilegesRefused shows the tab that a save was refused with, everything chosen kept.
func (h Pages) privilegesRefused(c echo.Context, tab services.PrivilegesTab, form privilegesForm, cause error) error {
	if stale(cause) {
		conflict := privilegesPage{h.Console.Catalog(), tab, form}.conflict(h.Console.Now())
		form.Revision, form.Was = "", privilegesWas{} // the form shown now is made from the newer state
		return h.drawPrivileges(c, tab, form, http.StatusConflict, conflict)
	}
	if !refusesPrivileges(cause) {
		return cause
	}
	form.Unticked = errors.As(cause, &services.NeedsConfirmation{})
	return h.drawPrivileges(c, tab, form, http.StatusUnprocessableEntity, nil)
}

// refusesPrivileges tells whether a refusal is about choices of privileges: the tab, with the draft applied, says which.
func refusesPrivileges(cause error) bool {
	return errors.As(cause, &services.Invalid{}) || errors.As(cause, &services.TooHigh{}) || errors.As(cause, &services.NeedsConfirmation{})
}

func (h Pages) drawPrivileges(c echo.Context, tab services.PrivilegesTab, form privilegesForm, status int, conflict *parts.Conflict) error {
	page, err := h.page(c, privilegesPlace(caller(c), tab))
	if err != nil {
		return err
	}
	view := h.privilegesTab(c, tab, form)
	view.Page, view.Conflict = resumedWith(page, view.SaveBar), conflict
	return Render(c, status, view.Component())
}

// privilegesTab is the tab of a group or an API key that is there, without its frame.
func (h Pages) privilegesTab(c echo.Context, tab services.PrivilegesTab, form privilegesForm) views.PrivilegesTab {
	p, here := privilegesPage{h.Console.Catalog(), tab, form}, privilegesPath(c)
	view := p.view()
	view.Addressed = true
	if by := caller(c); by.Rights.May(services.ViewGroups, 0) {
		linkPeople(siteOf(by.Organization.Key), h.Console.Catalog(), &view)
	}
	view.Action, view.Preview, view.SaveBar.Discard = here, here+"/preview", here
	view.Hidden = append([]parts.Hidden{form.Revision.field(tab.Holder().Revision)}, p.was()...)
	if form.Revision != "" && tab.Overtaken(form.Revision.number()) {
		view.SaveBar = overtaken(view.SaveBar, p.conflict(h.Console.Now()))
	}
	return view
}

// newPrivilegesTab is the tab of a group or key that is being added. add labels its button.
func (h Pages) newPrivilegesTab(ctx context.Context, by services.Caller, which services.Holder, form privilegesForm, add string) (views.PrivilegesTab, error) {
	tab, err := h.Console.PrivilegesTab(ctx, by, which, form.Draft)
	if err != nil {
		return views.PrivilegesTab{}, err
	}
	view := privilegesPage{h.Console.Catalog(), tab, form}.view()
	view.SaveBar.Save, view.SaveBar.Always, view.SaveBar.Scope = add, true, ""
	return view, nil
}

func privilegesPlace(by services.Caller, tab services.PrivilegesTab) place {
	if tab.Kind == access.APIKey {
		return apiKeyPlace(by, tab.APIKey, privilegesTab)
	}
	return groupPlace(by, tab.Group, privilegesTab)
}

func privilegesPath(c echo.Context) string {
	s, which := siteOf(caller(c).Organization.Key), holder(c)
	if which.Kind == access.APIKey {
		return s.apiKey(which.Key) + "/privileges"
	}
	return s.privileges(which.Key)
}
