package handlers

import (
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// organizationControls are where the page shows the fields of its command.
var organizationControls = controls{"Name": views.OrganizationName}

// nameForm is the form for the name, made from the one that stands.
func nameForm(s site, typed, was string) views.OrganizationNameForm {
	field := views.OrganizationName.Field()
	field.Value, field.Required, field.Autocomplete, field.MaxLength = typed, true, "off", services.MaxName
	field.Help = "Members and invited people see this name. The key does not change. At most " + words.Characters.Count(services.MaxName) + "."
	return views.OrganizationNameForm{Action: s.settingsName(), Hidden: []parts.Hidden{views.OrganizationWas.Hidden(was)}, Field: field}
}

// OrganizationRename gives the organization another name.
func (h Pages) OrganizationRename(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	by := caller(c)
	rename := services.OrganizationRename{Was: form.Get(views.OrganizationWas.Name), Name: form.Get(views.OrganizationName.Name)}
	if err := h.Console.RenameOrganization(c.Request().Context(), by, rename); err != nil {
		return h.organizationRefused(c, form, err)
	}
	flash(c, "success", "Name saved.", "")
	return seeOther(c, siteOf(by.Organization.Key).settings())
}

// organizationRefused shows the page again with what was typed.
func (h Pages) organizationRefused(c echo.Context, form url.Values, cause error) error {
	wrong := wrongIn(cause)
	if len(wrong) == 0 && !stale(cause) && !resuming(c) {
		return cause
	}
	settings, page, err := h.organizationView(c)
	if err != nil {
		return err
	}
	typed, was := form.Get(views.OrganizationName.Name), form.Get(views.OrganizationWas.Name)
	if stale(cause) {
		was = settings.Name
	}
	page.Name = nameForm(siteOf(settings.Key), typed, was)
	if stale(cause) {
		page.Name.Conflict = conflictWith("", time.Time{}, h.Console.Now(),
			parts.ConflictRow{Label: views.OrganizationName.Label, Yours: typed, Theirs: settings.Name})
		return Render(c, http.StatusConflict, page.Component())
	}
	page.Name.Errors = fieldErrors(wrong, organizationControls.find)
	mark(page.Name.Errors, &page.Name.Field)
	return Render(c, drawnStatus(c, http.StatusUnprocessableEntity), page.Component())
}
