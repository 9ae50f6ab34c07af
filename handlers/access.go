package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// accessTarget is the thing whose Access tab the address names: a group, an API key, or a resource of any domain.
func accessTarget(c echo.Context) (access.DomainKey, string) {
	if group := c.Param("group"); group != "" {
		return access.GroupsDomain, group
	}
	if key := c.Param("key"); key != "" {
		return access.APIKeysDomain, key
	}
	return domainOf(c), c.Param("resource")
}

// reachable tells whether the address is the one place of this thing: groups and API keys have pages of their own.
func (h Pages) reachable(c echo.Context) bool {
	return c.Param("group") != "" || c.Param("key") != "" || h.Console.PageDomain(domainOf(c)) != nil
}

// Access is the Access tab of a group or a resource.
func (h Pages) Access(c echo.Context) error {
	view, err := h.accessTab(c, readAccess(url.Values{"q": {c.QueryParam("q")}}))
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, view.Component())
}

// whyReadOnly is why the viewer decides nothing here.
func (p accessPage) whyReadOnly() string {
	if p.tab.Resource.ID == 0 || p.tab.Rights.May(services.EditIn(p.tab.Domain.Key), p.tab.Resource.ID) {
		return "What you hold through temporary access you cannot pass on."
	}
	return "To decide who can edit this " + p.tab.Domain.Resource + ", you need Edit on it."
}

// accessTab draws the tab for the form as it stands.
func (h Pages) accessTab(c echo.Context, form accessForm) (views.AccessTab, error) {
	if !h.reachable(c) {
		return views.AccessTab{}, models.ErrNotFound
	}
	by := caller(c)
	domain, key := accessTarget(c)
	p, err := h.accessPage(c.Request().Context(), by, domain, key, form)
	if err != nil {
		return views.AccessTab{}, err
	}
	page, err := h.page(c, h.accessPlace(by, p))
	if err != nil {
		return views.AccessTab{}, err
	}
	here := siteOf(by.Organization.Key).thing(domain, key) + "/access"
	view := views.AccessTab{
		Page: page, Action: here, Preview: here + "/preview",
		Hidden:  []parts.Hidden{form.Revision.field(p.tab.Resource.Revision)},
		SaveBar: parts.SaveBar{Discard: here, Changes: p.changeLines()},
	}
	if n := len(view.SaveBar.Changes); n > 0 {
		view.SaveBar.Title = words.Changes.Count(n)
	}
	if p.readOnly {
		view.ReadOnly = p.whyReadOnly()
	}
	p.fill(&view)
	return view, nil
}

func (h Pages) accessPage(ctx context.Context, by services.Caller, domain access.DomainKey, key string, form accessForm) (accessPage, error) {
	tab, err := h.Console.AccessOf(ctx, by, domain, key, services.AccessQuery{Page: form.Place.Page})
	if err != nil {
		return accessPage{}, err
	}
	preview, err := h.Console.PreviewAccess(ctx, by, tab, form.choices())
	if err != nil {
		return accessPage{}, err
	}
	return accessPage{by: by, tab: tab, form: form, preview: preview, readOnly: !tab.Sharable()}, nil
}

// accessPlace is the frame: that of the group or resource whose tab it is.
func (h Pages) accessPlace(by services.Caller, p accessPage) place {
	d, r := p.tab.Domain, p.tab.Resource
	s := siteOf(by.Organization.Key)
	lead := "Decide which groups and API keys can view or edit this " + d.Resource + "."
	if !p.tab.SeesKeys {
		lead = "Decide which groups can view or edit this " + d.Resource + "."
	}
	where := place{Domain: d.Key, Thing: r.ID, Title: r.Name, Lead: lead, Crumbs: []parts.Link{{Label: r.Name}}}
	if d.Key == access.GroupsDomain {
		where.Tabs = groupPlace(by, services.GroupDetail{Group: models.Group{Resource: r}}, "access").Tabs
		where.Tabs[1].Count = ""
		return where
	}
	if d.Key == access.APIKeysDomain {
		where.Tabs = apiKeyPlace(by, services.APIKeyDetail{APIKey: models.APIKey{Resource: r}}, "access").Tabs
		return where
	}
	where.Tabs = []parts.Tab{
		{Label: "Configuration", Href: s.resource(d.Key, r.Key)},
		{Label: "Access", Href: s.resource(d.Key, r.Key) + "/access", Current: true},
	}
	return where
}

// SetAccess saves the tab, or draws it again where a button other than Save was pressed.
func (h Pages) SetAccess(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	if !h.reachable(c) {
		return models.ErrNotFound
	}
	form := readAccess(values)
	if redraws(values) {
		return h.drawAccess(c, form, http.StatusOK, nil)
	}
	if len(form.Wrong) > 0 {
		return h.drawAccess(c, form, http.StatusUnprocessableEntity, nil)
	}
	by := caller(c)
	domain, key := accessTarget(c)
	changed, err := h.Console.SetAccess(c.Request().Context(), by, domain, key, form.Revision.number(), form.choices(), form.Confirmed)
	if err != nil {
		return h.accessRefused(c, form, err)
	}
	flash(c, "success", "Access saved.", words.Changes.Count(changed)+" in effect from now on.")
	return seeOther(c, siteOf(by.Organization.Key).thing(domain, key)+"/access")
}

func (h Pages) drawAccess(c echo.Context, form accessForm, status int, conflict *parts.Conflict) error {
	view, err := h.accessTab(c, form)
	if err != nil {
		return err
	}
	view.Conflict = conflict
	for _, w := range form.Wrong {
		view.Errors = append(view.Errors, parts.FieldError{ID: "content", Label: "Access level", Text: w.Text})
	}
	return Render(c, status, view.Component())
}

// accessRefused shows the tab again, everything chosen kept.
func (h Pages) accessRefused(c echo.Context, form accessForm, cause error) error {
	var lockout services.LockOut
	switch {
	case errors.As(cause, &lockout):
		return h.drawAccess(c, form, http.StatusUnprocessableEntity, nil)
	case stale(cause):
		conflict, err := h.accessConflict(c, form)
		if err != nil {
			return err
		}
		form.Revision, form.Revisions = "", nil // the form shown now is made from the newer state
		return h.drawAccess(c, form, http.StatusConflict, conflict)
	}
	return cause
}

// accessConflict shows what is stored now beside what the form asks for.
func (h Pages) accessConflict(c echo.Context, form accessForm) (*parts.Conflict, error) {
	domain, key := accessTarget(c)
	p, err := h.accessPage(c.Request().Context(), caller(c), domain, key, form)
	if err != nil {
		return nil, err
	}
	now := h.Console.Now()
	who, at := p.newer(now)
	var rows []parts.ConflictRow
	for _, change := range p.preview.Changes {
		rows = append(rows, parts.ConflictRow{Label: change.Row.Grantee.Name,
			Yours: words.Upper(editWord(change.Edit)), Theirs: words.Upper(editWord(!change.Edit))})
	}
	return conflictWith(who, at, now, rows...), nil
}

// PreviewAccess answers the save bar, the lockout warning and the counts for the choices as they stand.
func (h Pages) PreviewAccess(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	view, err := h.accessTab(c, readAccess(values))
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, view.Fragment())
}
