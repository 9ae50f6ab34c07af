package handlers

import (
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

// newResource is a resource being added: one form over two tabs, the second where the domain has Custom.
type newResource struct {
	Form   services.ResourceConfiguration
	Access accessForm
	Tab    string        // configuration or access: the one to draw
	Find   *memberChoice // the owner is looked for; nil: not
	Wrong  []services.FieldError
}

func readNewResource(form url.Values) newResource {
	return newResource{Form: readResource(form), Access: readAccess(form), Tab: tabOf(form)}
}

// ResourceNew is the page that adds a resource; Configuration opens first.
func (h Pages) ResourceNew(c echo.Context) error {
	return h.drawNewResource(c, newResource{Form: services.ResourceConfiguration{Visibility: models.VisibilityShared, Owner: services.OwnerOfNew(caller(c))}}, http.StatusOK)
}

// ResourceCreate adds the resource, or draws the tab that a button asked for.
func (h Pages) ResourceCreate(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	n := readNewResource(values)
	if redraws(c, values) {
		if owner := readMember(values, views.ResourceOwner, views.ResourceOwnerFound); n.Tab == configurationTab && values.Get(parts.StepName) == parts.FilterStep {
			n.Find = &owner
		}
		return h.drawNewResource(c, n, http.StatusOK)
	}
	if len(n.Access.wrong()) > 0 {
		n.Tab = accessTab
		return h.drawNewResource(c, n, http.StatusUnprocessableEntity)
	}
	by, key := caller(c), domainOf(c)
	made, err := h.Console.AddResource(c.Request().Context(), by, key, services.NewResource{ResourceConfiguration: n.Form, Access: n.Access.given()})
	if err != nil {
		return h.newResourceRefused(c, n, err)
	}
	flash(c, "success", made.Name+" added.", "")
	return seeOther(c, withAdded(siteOf(by.Organization.Key).domain(key), made.Key))
}

// newResourceRefused opens the tab where something is to be done.
func (h Pages) newResourceRefused(c echo.Context, n newResource, cause error) error {
	wrong := wrongIn(cause)
	switch {
	case refusesAccess(&n.Access, cause):
		n.Tab = accessTab
	case len(wrong) > 0:
		n.Tab, n.Wrong = configurationTab, wrong
	default:
		return cause
	}
	return h.drawNewResource(c, n, http.StatusUnprocessableEntity)
}

func (h Pages) drawNewResource(c echo.Context, n newResource, status int) error {
	by, key := caller(c), domainOf(c)
	domain, err := h.Console.ResourceCreation(by, key)
	if err != nil {
		return err
	}
	page, err := h.page(c, n.place(domain))
	if err != nil {
		return err
	}
	s := siteOf(by.Organization.Key)
	if n.Tab == accessTab && domain.Granular() {
		view, err := h.newResourceAccess(c, page, domain, n)
		if err != nil {
			return err
		}
		return Render(c, status, view.Component())
	}
	view := views.ResourceConfiguration{Page: page, Action: s.addResource(key), Submit: "Add " + domain.Resource, Cancel: s.domain(key),
		Hidden: append([]parts.Hidden{onTab(configurationTab)}, n.Access.hidden()...)}
	resourceFields(&view, domain, n.Form, n.Wrong)
	if n.Find != nil {
		view.Typed = true
		if err := h.findMembers(c, &view.Owner, *n.Find); err != nil {
			return err
		}
	}
	return Render(c, status, view.Component())
}

func (h Pages) newResourceAccess(c echo.Context, page views.Page, domain *access.Domain, n newResource) (views.AccessTab, error) {
	s := siteOf(caller(c).Organization.Key)
	at := addition{s.addResource(domain.Key), s.domain(domain.Key) + "/-/preview", "Add " + domain.Resource}
	return h.newAccess(c, page, domain.Key, n.Access, at, append([]parts.Hidden{onTab(accessTab)}, hiddenResource(n.Form)...))
}

// PreviewNewResource answers the save bar of the Access tab while a resource is being added.
func (h Pages) PreviewNewResource(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	domain, err := h.Console.ResourceCreation(caller(c), domainOf(c))
	if err != nil {
		return err
	}
	view, err := h.newResourceAccess(c, views.Page{}, domain, readNewResource(values))
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, view.Fragment())
}

func (n newResource) place(d *access.Domain) place {
	title := "Add " + words.A(d.Resource)
	where := place{Domain: d.Key, Title: title, Crumbs: []parts.Link{{Label: title}}}
	if d.Granular() {
		where.Lead = "Describe it, and choose on the Access tab who can edit it."
		where.Tabs = []parts.Tab{{Label: "Configuration", Submit: configurationTab, Current: n.Tab != accessTab}, {Label: "Access", Submit: accessTab, Current: n.Tab == accessTab}}
	}
	return where
}
