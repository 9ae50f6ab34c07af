package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// leastForKey is the advice above the Privileges tab of a key.
const leastForKey = "Grant the least that the application needs. Whoever has the secret of the key can do all of this."

// APIKeyPrivileges is the Privileges tab of a key.
func (h Pages) APIKeyPrivileges(c echo.Context) error {
	form := readPrivileges(h.Console.Catalog(), url.Values{"q": {c.QueryParam("q")}, "show": {c.QueryParam("show")}})
	return h.drawAPIKeyPrivileges(c, form, http.StatusOK, false)
}

// drawAPIKeyPrivileges draws the tab for the form as it stands; conflict sets it beside what somebody else saved meanwhile.
func (h Pages) drawAPIKeyPrivileges(c echo.Context, form privilegesForm, status int, conflict bool) error {
	tab, p, err := h.apiKeyPrivileges(c, form)
	if err != nil {
		return err
	}
	if conflict {
		tab.Conflict = privilegesConflict(p, h.Console.Now())
	}
	return Render(c, status, tab.Component())
}

func (h Pages) apiKeyPrivileges(c echo.Context, form privilegesForm) (views.PrivilegesTab, privilegesPage, error) {
	by, key := caller(c), c.Param("key")
	p, err := h.apiKeyPrivilegesPage(c.Request().Context(), by, key, "", form)
	if err != nil {
		return views.PrivilegesTab{}, p, err
	}
	page, err := h.page(c, apiKeyPlace(by, p.detail.APIKey, "privileges"))
	if err != nil {
		return views.PrivilegesTab{}, p, err
	}
	here := siteOf(by.Organization.Key).apiKey(key) + "/privileges"
	tab := views.PrivilegesTab{
		Page: page, Action: here, Preview: here + "/preview", Advice: leastForKey, ReadOnly: keyPrivilegesReadOnly(p.detail.APIKey),
		Hidden: []parts.Hidden{form.Revision.field(p.detail.APIKey.Revision)}, SaveBar: p.saveBar(here), Errors: privilegeErrors(h.Console.Catalog(), p.form.Wrong),
	}
	p.fill(&tab)
	return tab, p, nil
}

// apiKeyPrivilegesPage reads what a key's tab shows; key "" is one in the making from a template.
func (h Pages) apiKeyPrivilegesPage(ctx context.Context, by services.Caller, key, template string, form privilegesForm) (privilegesPage, error) {
	detail, err := h.Console.APIKeyPrivileges(ctx, by, key, template, form.Pages)
	if err != nil {
		return privilegesPage{}, err
	}
	return h.privilegesPage(ctx, by, detail, form, key != "" && keyPrivilegesReadOnly(detail.APIKey) != "")
}

// keyPrivilegesReadOnly says why the tab can't be changed, "" where it can.
func keyPrivilegesReadOnly(k services.APIKeyDetail) string {
	switch {
	case !k.Editable():
		return "To change what this API key may do, you need Edit on it."
	case !k.Template.Chosen():
		return "The template " + k.Template.Name + " decided what this API key may do. For other privileges, add a key of the template that leaves them open."
	}
	return ""
}

// SetAPIKeyPrivileges saves the tab, or draws it again where a button other than Save was pressed.
func (h Pages) SetAPIKeyPrivileges(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	form := readPrivileges(h.Console.Catalog(), values)
	if redraws(values) {
		return h.drawAPIKeyPrivileges(c, form, http.StatusOK, false)
	}
	if len(form.Wrong) > 0 {
		return h.drawAPIKeyPrivileges(c, form, http.StatusUnprocessableEntity, false)
	}
	by, key := caller(c), c.Param("key")
	draft, err := h.Console.SetAPIKeyPrivileges(c.Request().Context(), by, key, form.Revision.number(), form.wanted())
	if err != nil {
		return h.keyPrivilegesRefused(c, form, err)
	}
	changes := words.Changes.Count(len(differences(h.Console.Catalog(), draft)))
	flash(c, "success", "Privileges saved.", changes+" in effect from now on.")
	return seeOther(c, siteOf(by.Organization.Key).apiKey(key)+"/privileges")
}

// keyPrivilegesRefused shows the tab again with what was wrong, everything chosen kept.
func (h Pages) keyPrivilegesRefused(c echo.Context, form privilegesForm, cause error) error {
	var wrong services.Invalid
	var high services.TooHigh
	switch {
	case errors.As(cause, &wrong) && wrong.Text("Template") == "":
		form.Wrong = wrong.Fields
	case errors.As(cause, &high):
		form.Wrong = tooHighFields(h.Console.Catalog(), caller(c).Rights, nil, high)
	case stale(cause):
		form.Revision = "" // the form shown now is made from the newer state
		return h.drawAPIKeyPrivileges(c, form, http.StatusConflict, true)
	default:
		return cause
	}
	return h.drawAPIKeyPrivileges(c, form, http.StatusUnprocessableEntity, false)
}

// PreviewAPIKeyPrivileges answers the save bar and the counts for the choices as they stand.
func (h Pages) PreviewAPIKeyPrivileges(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	tab, _, err := h.apiKeyPrivileges(c, readPrivileges(h.Console.Catalog(), values))
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, tab.Fragment())
}
