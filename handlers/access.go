package handlers

import (
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// resourceRef is the thing whose Access tab the address names: a group, an API key, or a resource of a domain with pages. Groups and
// API keys have no other address.
func (h Pages) resourceRef(c echo.Context) (services.ResourceRef, error) {
	if group := c.Param("group"); group != "" {
		return services.ResourceRef{Domain: access.GroupsDomain, Key: group}, nil
	}
	if key := c.Param("key"); key != "" {
		return services.ResourceRef{Domain: access.APIKeysDomain, Key: key}, nil
	}
	domain := domainOf(c)
	if h.Console.PageDomain(domain) == nil {
		return services.ResourceRef{}, models.ErrNotFound
	}
	return services.ResourceRef{Domain: domain, Key: c.Param("resource")}, nil
}

// Access is the Access tab of a group, an API key or a resource.
func (h Pages) Access(c echo.Context) error {
	which, err := h.resourceRef(c)
	if err != nil {
		return err
	}
	return h.openAccess(c, which, placeOfAccess(c.QueryParams()), http.StatusOK)
}

// SetAccess saves the tab, or draws it again where a button other than Save was pressed.
func (h Pages) SetAccess(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	which, err := h.resourceRef(c)
	if err != nil {
		return err
	}
	form := readAccess(values)
	if redraws(c, values) {
		return drawnAgain(c, siteOf(caller(c).Organization.Key).accessTo(which), form.address(), form.chosen(), func() error {
			return h.openAccess(c, which, form, http.StatusOK)
		})
	}
	if len(form.wrong()) > 0 {
		return h.openAccess(c, which, form, http.StatusUnprocessableEntity)
	}
	by := caller(c)
	tab, err := h.Console.SaveAccess(c.Request().Context(), by, which, form.draft())
	if err != nil {
		return h.accessRefused(c, accessPage{tab, form}, err)
	}
	flashSaved(c, len(tab.Changes), "", "")
	return seeOther(c, siteOf(by.Organization.Key).accessTo(which))
}

// PreviewAccess answers the save bar, the lockout warning and the counts for the choices as they stand.
func (h Pages) PreviewAccess(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	which, err := h.resourceRef(c)
	if err != nil {
		return err
	}
	p, err := h.accessPage(c, which, readAccess(values))
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, h.storedAccess(c, p, views.Page{}).Fragment())
}

// storedAccess is the tab of something that is there, at its address.
func (h Pages) storedAccess(c echo.Context, p accessPage, page views.Page) views.AccessTab {
	view := p.stored(page, siteOf(caller(c).Organization.Key).accessTo(services.ResourceRef{Domain: p.tab.Domain.Key, Key: p.tab.Resource.Key}))
	if p.form.Revision != "" && stale(p.tab.Refused) {
		view.SaveBar = overtaken(view.SaveBar, p.conflict(h.Console.Now()))
	}
	return view
}

// accessPage is the tab with the form's choices.
func (h Pages) accessPage(c echo.Context, which services.ResourceRef, form accessForm) (accessPage, error) {
	tab, err := h.Console.AccessTab(c.Request().Context(), caller(c), which, form.draft())
	if err != nil {
		return accessPage{}, err
	}
	if form.LockOut != nil { // the caller lost something meanwhile that the request began with
		tab.LockOut = form.LockOut
	}
	return accessPage{tab, form}, nil
}

// addition says where something is added: the form's address, that of its preview, and the label of its button.
type addition struct {
	Action, Preview, Save string
}

// newAccess is the tab of something that is being added; hidden is what the form's other tabs hold.
func (h Pages) newAccess(c echo.Context, page views.Page, d access.DomainKey, form accessForm, at addition, hidden []parts.Hidden) (views.AccessTab, error) {
	p, err := h.accessPage(c, services.ResourceRef{Domain: d}, form)
	if err != nil {
		return views.AccessTab{}, err
	}
	return p.adding(page, at, hidden), nil
}

// refusesAccess tells whether adding something was refused for what its Access tab says, and takes into its form why.
func refusesAccess(form *accessForm, cause error) bool {
	var lockout services.LockOut
	if errors.As(cause, &lockout) {
		form.LockOut = &lockout
		return true
	}
	var at services.AtField
	if errors.As(cause, &at) {
		return at.Field == "Access"
	}
	return slices.ContainsFunc(wrongIn(cause), func(f services.FieldError) bool { return f.Field == "Access" })
}

func (h Pages) openAccess(c echo.Context, which services.ResourceRef, form accessForm, status int) error {
	p, err := h.accessPage(c, which, form)
	if err != nil {
		return err
	}
	return h.drawAccess(c, p, status, nil)
}

// accessRefused draws the tab that the refusal answers with, everything chosen kept.
func (h Pages) accessRefused(c echo.Context, p accessPage, cause error) error {
	switch {
	case errors.As(cause, &services.LockOut{}):
		return h.drawAccess(c, p, http.StatusUnprocessableEntity, nil)
	case stale(cause):
		conflict := p.conflict(h.Console.Now())
		p.form.Revision, p.form.Revisions, p.form.Was = "", nil, nil // the form shown now is made from the newer state
		return h.drawAccess(c, p, http.StatusConflict, conflict)
	}
	return cause
}

func (h Pages) drawAccess(c echo.Context, p accessPage, status int, conflict *parts.Conflict) error {
	by := caller(c)
	page, err := h.page(c, accessPlace(by, p.tab))
	if err != nil {
		return err
	}
	view := h.storedAccess(c, p, page)
	view.Page, view.Conflict = resumedWith(page, view.SaveBar), conflict
	return Render(c, status, view.Component())
}

// accessPlace is the frame: that of the group, API key or resource whose tab it is.
func accessPlace(by services.Caller, tab services.AccessTab) place {
	d, r, s := tab.Domain, tab.Resource, siteOf(by.Organization.Key)
	lead := "Decide which groups and API keys can view or edit this " + d.Resource + "."
	if !tab.SeesKeys {
		lead = "Decide which groups can view or edit this " + d.Resource + "."
	}
	where := place{Domain: d.Key, Thing: r.ID, Title: r.Name, Lead: lead, Crumbs: []parts.Link{{Label: r.Name}},
		Actions: []parts.Link{explainThing(s, d.Key, r.Key)}}
	switch d.Key {
	case access.GroupsDomain:
		where.Tabs = groupTabs(s, r.Key, words.Roughly(tab.Members), accessTab)
	case access.APIKeysDomain:
		where.Tabs = apiKeyTabs(by, r.Key, accessTab)
	default:
		where.Tabs = resourceTabs(by, d, r.Key, accessTab)
	}
	return where
}
