package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// leastPrivilege is the advice above every Privileges tab.
const leastPrivilege = "Grant the least that suffices: View rather than Edit, Custom rather than Edit all."

// GroupPrivileges is the Privileges tab of a group.
func (h Pages) GroupPrivileges(c echo.Context) error {
	form := readPrivileges(h.Console.Catalog(), url.Values{"q": {c.QueryParam("q")}, "show": {c.QueryParam("show")}})
	tab, err := h.groupPrivileges(c, form, presetOutcome{})
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, tab.Component())
}

// presetOutcome is what a preset could not give.
type presetOutcome struct {
	skipped []access.DomainKey
}

// groupPrivileges draws the tab for the form as it stands.
func (h Pages) groupPrivileges(c echo.Context, form privilegesForm, preset presetOutcome) (views.PrivilegesTab, error) {
	by, key := caller(c), c.Param("group")
	p, err := h.groupPrivilegesPage(c.Request().Context(), by, key, form)
	if err != nil {
		return views.PrivilegesTab{}, err
	}
	page, err := h.page(c, groupPlace(by, p.detail.Group, "privileges"))
	if err != nil {
		return views.PrivilegesTab{}, err
	}
	s := siteOf(by.Organization.Key)
	tab := views.PrivilegesTab{
		Page: page, Action: s.privileges(key), Preview: s.privileges(key) + "/preview", Advice: leastPrivilege,
		Hidden:  []parts.Hidden{form.Revision.field(p.detail.Group.Revision)},
		Skipped: skippedWords(h.Console.Catalog(), preset.skipped), ReadOnly: privilegesReadOnly(p.detail.Group),
		SaveBar: p.saveBar(s.privileges(key)), Errors: privilegeErrors(h.Console.Catalog(), form.Wrong),
	}
	p.fill(&tab)
	return tab, nil
}

// groupPrivilegesPage reads what a group's tab shows; key "" is one in the making.
func (h Pages) groupPrivilegesPage(ctx context.Context, by services.Caller, key string, form privilegesForm) (privilegesPage, error) {
	detail, err := h.Console.GroupPrivileges(ctx, by, key, form.Pages)
	if err != nil {
		return privilegesPage{}, err
	}
	return h.privilegesPage(ctx, by, detail, form, key != "" && privilegesReadOnly(detail.Group) != "")
}

// privilegesPage sets what is stored and what the form would change side by side.
func (h Pages) privilegesPage(ctx context.Context, by services.Caller, detail services.PrivilegesTab, form privilegesForm, readOnly bool) (privilegesPage, error) {
	draft, err := h.Console.PreviewPrivileges(ctx, by, detail, form.wanted())
	var wrong services.Invalid
	if errors.As(err, &wrong) {
		form.Wrong = append(form.Wrong, wrong.Fields...)
	} else if err != nil {
		return privilegesPage{}, err
	}
	return newPrivilegesPage(h.Console.Catalog(), by, detail, form, draft, readOnly), nil
}

// privilegesReadOnly says why the tab can't be changed, "" where it can.
func privilegesReadOnly(g services.GroupDetail) string {
	switch {
	case g.Administrators:
		return "Administrators always holds the highest level of every domain, so there is nothing to change."
	case !g.Editable():
		return "To change what this group may do, you need Edit on it."
	}
	return ""
}

func skippedWords(catalog *access.Catalog, skipped []access.DomainKey) string {
	var names []string
	for _, key := range skipped {
		names = append(names, catalog.Domain(key).Name)
	}
	if len(names) == 0 {
		return ""
	}
	return "You cannot give more than you hold yourself, so the preset was lowered on " + words.List(names, 6) + "."
}

func privilegeErrors(catalog *access.Catalog, wrong []services.FieldError) []parts.FieldError {
	var all []parts.FieldError
	for _, w := range wrong {
		for _, d := range catalog.Domains() {
			if w.Field == services.LevelField(d.Key) || rowOf(w.Field, d.Key) {
				all = append(all, parts.FieldError{ID: "d-" + idOf(d.Key), Label: words.Domain(d), Text: w.Text})
			}
		}
	}
	return all
}

func rowOf(field string, d access.DomainKey) bool {
	prefix := services.RowField(d, "")
	return len(field) > len(prefix) && field[:len(prefix)] == prefix
}

// SetGroupPrivileges saves the tab, or draws it again where a button other than Save was pressed.
func (h Pages) SetGroupPrivileges(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	form := readPrivileges(h.Console.Catalog(), values)
	if redraws(values) {
		return h.redrawPrivileges(c, form, values.Get("preset"))
	}
	if len(form.Wrong) > 0 {
		return h.refusePrivileges(c, form, http.StatusUnprocessableEntity, nil)
	}
	by := caller(c)
	draft, err := h.Console.SetPrivileges(c.Request().Context(), by, c.Param("group"), form.Revision.number(), form.wanted())
	if err != nil {
		return h.privilegesRefused(c, form, draft.Names, err)
	}
	changes := words.Changes.Count(len(differences(h.Console.Catalog(), draft)))
	flash(c, "success", "Privileges saved.", changes+" in effect from now on.")
	return seeOther(c, siteOf(by.Organization.Key).privileges(c.Param("group")))
}

// redrawPrivileges answers the buttons that change choices without saving them.
func (h Pages) redrawPrivileges(c echo.Context, form privilegesForm, preset string) error {
	outcome, err := h.applyPreset(c.Request().Context(), caller(c), c.Param("group"), &form, preset)
	if err != nil {
		return err
	}
	tab, err := h.groupPrivileges(c, form, outcome)
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, tab.Component())
}

// applyPreset replaces the levels of the form by a preset's, as far as the caller may give them (R7).
func (h Pages) applyPreset(ctx context.Context, by services.Caller, group string, form *privilegesForm, preset string) (presetOutcome, error) {
	for _, entry := range h.Console.Catalog().Menu() {
		if entry.Key != preset {
			continue
		}
		detail, err := h.Console.GroupPrivileges(ctx, by, group, nil)
		if err != nil {
			return presetOutcome{}, err
		}
		within, skipped := by.Rights.Clip(h.Console.Catalog(), entry.Privileges, detail.Stored)
		form.apply(h.Console.Catalog(), within)
		return presetOutcome{skipped: skipped}, nil
	}
	return presetOutcome{}, nil
}

// privilegesRefused shows the tab again with what was wrong, everything typed kept.
func (h Pages) privilegesRefused(c echo.Context, form privilegesForm, names map[access.ResourceID]string, err error) error {
	var wrong services.Invalid
	var high services.TooHigh
	switch {
	case errors.As(err, &wrong):
		form.Wrong = wrong.Fields
		return h.refusePrivileges(c, form, http.StatusUnprocessableEntity, nil)
	case errors.As(err, &high):
		form.Wrong = tooHighFields(h.Console.Catalog(), caller(c).Rights, names, high)
		return h.refusePrivileges(c, form, http.StatusUnprocessableEntity, nil)
	case stale(err):
		form.Revision = "" // the form shown now is made from the newer state
		p, readErr := h.groupPrivilegesPage(c.Request().Context(), caller(c), c.Param("group"), form)
		if readErr != nil {
			return readErr
		}
		return h.refusePrivileges(c, form, http.StatusConflict, privilegesConflict(p, h.Console.Now()))
	}
	return err
}

func (h Pages) refusePrivileges(c echo.Context, form privilegesForm, status int, conflict *parts.Conflict) error {
	tab, err := h.groupPrivileges(c, form, presetOutcome{})
	if err != nil {
		return err
	}
	tab.Conflict = conflict
	return Render(c, status, tab.Component())
}

// PreviewGroupPrivileges answers the save bar and the counts for the choices as they stand.
func (h Pages) PreviewGroupPrivileges(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	tab, err := h.groupPrivileges(c, readPrivileges(h.Console.Catalog(), values), presetOutcome{})
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, tab.Fragment())
}
