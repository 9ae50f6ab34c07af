package handlers

import (
	"context"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// newGroup is a group being added: one form over three tabs. The tabs send it from one to the other, so nothing is
// stored until it is complete, and nothing typed is lost.
type newGroup struct {
	Typed      groupForm
	Tab        string // configuration, privileges or access: the one to draw
	Privileges privilegesForm
	Access     accessForm
	Wrong      []services.FieldError // about itself
}

func readNewGroup(catalog *access.Catalog, form url.Values) newGroup {
	return newGroup{Typed: readGroup(form), Tab: tabOf(form), Privileges: readPrivileges(catalog, form), Access: readAccess(form)}
}

// GroupNew is the page that adds a group; Configuration opens first.
func (h Pages) GroupNew(c echo.Context) error {
	return h.drawNewGroup(c, readNewGroup(h.Console.Catalog(), nil), http.StatusOK)
}

// GroupCreate adds the group, or draws the tab that a button asked for.
func (h Pages) GroupCreate(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	g := readNewGroup(h.Console.Catalog(), values)
	if redraws(c, values) {
		return h.drawNewGroup(c, g, http.StatusOK)
	}
	if wrong := g.wrongTab(); wrong != "" {
		g.Tab = wrong
		return h.drawNewGroup(c, g, http.StatusUnprocessableEntity)
	}
	by := caller(c)
	key, err := h.Console.AddGroup(c.Request().Context(), by, services.NewGroup{
		Name: g.Typed.Name, Description: g.Typed.Description, Privileges: g.Privileges.given(), Access: g.Access.given()})
	if err != nil {
		return h.newGroupRefused(c, g, err)
	}
	flash(c, "success", "Group added.", "Now add its members.")
	return seeOther(c, siteOf(by.Organization.Key).members(key))
}

// wrongTab is the tab with something that could not be read.
func (g newGroup) wrongTab() string {
	switch {
	case len(g.Privileges.Wrong) > 0:
		return privilegesTab
	case len(g.Access.wrong()) > 0:
		return accessTab
	}
	return ""
}

// newGroupRefused opens the tab where something is to be done.
func (h Pages) newGroupRefused(c echo.Context, g newGroup, cause error) error {
	wrong := wrongIn(cause)
	switch {
	case groupControls.showAny(wrong):
		g.Tab, g.Wrong = configurationTab, wrong
	case refusesAccess(&g.Access, cause):
		g.Tab = accessTab
	case refusesPrivileges(cause):
		g.Tab = privilegesTab
	default:
		return cause
	}
	return h.drawNewGroup(c, g, http.StatusUnprocessableEntity)
}

func (h Pages) drawNewGroup(c echo.Context, g newGroup, status int) error {
	by := caller(c)
	if err := h.Console.GroupCreation(by); err != nil {
		return err
	}
	page, err := h.page(c, g.place())
	if err != nil {
		return err
	}
	switch g.Tab {
	case privilegesTab:
		view, err := h.newGroupPrivileges(c.Request().Context(), by, page, g)
		if err != nil {
			return err
		}
		return Render(c, status, view.Component())
	case accessTab:
		view, err := h.newGroupAccess(c, page, g)
		if err != nil {
			return err
		}
		return Render(c, status, view.Component())
	}
	return Render(c, status, h.newGroupName(by, page, g).Component())
}

func (g newGroup) place() place {
	title := "Add a group"
	tabs := []parts.Tab{
		{Label: "Configuration", Submit: configurationTab, Current: g.Tab != privilegesTab && g.Tab != accessTab},
		{Label: "Members", Disabled: "Add the group first, then its members."},
		{Label: "Privileges", Submit: privilegesTab, Current: g.Tab == privilegesTab},
		{Label: "Access", Submit: accessTab, Current: g.Tab == accessTab},
	}
	return place{Domain: access.GroupsDomain, Title: title, Crumbs: []parts.Link{{Label: title}}, Tabs: tabs,
		Lead: "Give the group a name and privileges, and choose who can edit it."}
}

func (h Pages) newGroupName(by services.Caller, page views.Page, g newGroup) views.GroupConfiguration {
	s := siteOf(by.Organization.Key)
	view := views.GroupConfiguration{Page: page, Action: s.addGroup(), Name: groupNameField(g.Typed.Name), Description: groupDescriptionField(g.Typed.Description), Submit: "Add Group", Cancel: s.groups(),
		Hidden: append(append([]parts.Hidden{onTab(configurationTab)}, g.Privileges.hidden(h.Console.Catalog())...), g.Access.hidden()...)}
	view.Errors = fieldErrors(g.Wrong, groupControls.find)
	mark(view.Errors, &view.Name)
	markAreas(view.Errors, &view.Description)
	return view
}

func (h Pages) newGroupPrivileges(ctx context.Context, by services.Caller, page views.Page, g newGroup) (views.PrivilegesTab, error) {
	view, err := h.newPrivilegesTab(ctx, by, services.Holder{Kind: access.Group}, g.Privileges, "Add Group")
	if err != nil {
		return views.PrivilegesTab{}, err
	}
	s, name := siteOf(by.Organization.Key), groupNameField(g.Typed.Name)
	view.Page, view.Action, view.Preview, view.Name = page, s.addGroup(), s.groups()+"/-/preview", &name
	view.Hidden = append([]parts.Hidden{onTab(privilegesTab), views.GroupDescription.Hidden(g.Typed.Description)}, g.Access.hidden()...)
	return view, nil
}

func (h Pages) newGroupAccess(c echo.Context, page views.Page, g newGroup) (views.AccessTab, error) {
	s := siteOf(caller(c).Organization.Key)
	return h.newAccess(c, page, access.GroupsDomain, g.Access, addition{s.addGroup(), s.groups() + "/-/preview", "Add Group"},
		append(append([]parts.Hidden{onTab(accessTab)}, g.Typed.hidden()...), g.Privileges.hidden(h.Console.Catalog())...))
}

// PreviewNewGroup answers the save bar of the tab that is open while a group is being added.
func (h Pages) PreviewNewGroup(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	by := caller(c)
	if err := h.Console.GroupCreation(by); err != nil {
		return err
	}
	g := readNewGroup(h.Console.Catalog(), values)
	if g.Tab == accessTab {
		view, err := h.newGroupAccess(c, views.Page{}, g)
		if err != nil {
			return err
		}
		return Render(c, http.StatusOK, view.Fragment())
	}
	view, err := h.newGroupPrivileges(c.Request().Context(), by, views.Page{}, g)
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, view.Fragment())
}
