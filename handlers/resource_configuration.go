package handlers

import (
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// visibilities are the labels of a resource. They grant and hide nothing (R16).
var visibilities = []views.VisibilityOption{
	{Value: models.VisibilityPrivate, Label: "Private", Text: "For its owner."},
	{Value: models.VisibilityShared, Label: "Shared", Text: "For everybody in the organization."},
	{Value: models.VisibilitySecured, Label: "Secured", Text: "Keeps the permissions of the system it comes from."},
}

func readResource(form url.Values) services.ResourceConfiguration {
	return services.ResourceConfiguration{Name: form.Get(views.ResourceName.Name), Type: form.Get(views.ResourceType.Name),
		Visibility: form.Get(views.ResourceVisibility.Name), Owner: readMember(form, views.ResourceOwner, views.ResourceOwnerFound).email()}
}

func resourceForm(r models.Resource) services.ResourceConfiguration {
	return services.ResourceConfiguration{Name: r.Name, Type: r.Type, Visibility: r.Visibility, Owner: r.OwnerEmail}
}

// hiddenResource carries what was typed through a tab that does not show it.
func hiddenResource(f services.ResourceConfiguration) []parts.Hidden {
	return []parts.Hidden{views.ResourceName.Hidden(f.Name), views.ResourceType.Hidden(f.Type), views.ResourceVisibility.Hidden(f.Visibility), views.ResourceOwner.Hidden(f.Owner)}
}

// resourceControls are where the tab shows the fields of a resource.
var resourceControls = controls{"Name": views.ResourceName, "Type": views.ResourceType, "Visibility": views.ResourceVisibility, "Owner": views.ResourceOwner}

// resourceFields puts typed values and what is wrong with them into the Configuration tab.
func resourceFields(view *views.ResourceConfiguration, d *access.Domain, f services.ResourceConfiguration, wrong []services.FieldError) {
	view.Name, view.Type = views.ResourceName.Field(), views.ResourceType.Field()
	view.Owner.Field, view.Owner.Chosen = views.ResourceOwner.Field(), views.ResourceOwnerFound
	view.Name.Value, view.Name.Required, view.Name.Autocomplete = f.Name, true, "off"
	view.Name.Help = "At most " + words.Characters.Count(services.MaxName) + "."
	view.Type.Value, view.Type.Autocomplete = f.Type, "off"
	view.Type.Help = "What kind of " + d.Resource + " it is, such as a product’s name. You can leave it empty."
	view.Owner.Value = f.Owner
	view.Owner.Help = "Who answers questions about it: the address of a member, or a name to find them by. The owner of " + words.A(d.Resource) + " gets no access through that."
	for _, option := range visibilities {
		option.Checked = option.Value == f.Visibility
		view.Visibility.Options = append(view.Visibility.Options, option)
	}
	view.Errors = fieldErrors(wrong, resourceControls.find)
	mark(view.Errors, &view.Name, &view.Type, &view.Owner.Field)
	view.Visibility.Error = take(view.Errors, views.ResourceVisibility.Name)
}

// ResourceEdit is the Configuration tab of a resource.
func (h Pages) ResourceEdit(c echo.Context) error {
	r, err := h.Console.Resource(c.Request().Context(), caller(c), domainOf(c), c.Param("resource"))
	if err != nil {
		return err
	}
	return h.drawResource(c, r, resourceForm(r.Resource), "", http.StatusOK, nil, nil)
}

func (h Pages) drawResource(c echo.Context, r services.ResourceDetail, form services.ResourceConfiguration, seen revision, status int, wrong []services.FieldError, conflict *parts.Conflict) error {
	view, err := h.resourceView(c, r, form, seen, wrong, conflict)
	if err != nil {
		return err
	}
	return Render(c, status, view.Component())
}

// resourceView is the tab with what was typed and what is wrong with it.
func (h Pages) resourceView(c echo.Context, r services.ResourceDetail, form services.ResourceConfiguration, seen revision, wrong []services.FieldError, conflict *parts.Conflict) (views.ResourceConfiguration, error) {
	by := caller(c)
	s := siteOf(by.Organization.Key)
	here := s.resource(r.Domain.Key, r.Key)
	where := place{Domain: r.Domain.Key, Thing: r.ID, Title: r.Name, Crumbs: []parts.Link{{Label: r.Name}}, Lead: resourceLead(r),
		Actions: []parts.Link{explainThing(s, r.Domain.Key, r.Key)}, Tabs: resourceTabs(by, r.Domain, r.Key, configurationTab)}
	page, err := h.page(c, where)
	if err != nil {
		return views.ResourceConfiguration{}, err
	}
	view := views.ResourceConfiguration{Page: page, Action: here, Submit: "Save", Cancel: s.domain(r.Domain.Key), Facts: h.resourceFacts(r.Resource), Conflict: conflict,
		Hidden: []parts.Hidden{seen.field(r.Revision)}}
	if !r.Editable() {
		view.ReadOnly = words.YouNeed("change this "+r.Domain.Resource, access.Edit, "it")
		view.Activity = activityLink(by, r.Rights, r.Domain.Key, r.ID)
	}
	resourceFields(&view, r.Domain, form, wrong)
	return view, nil
}

// resourceTabs are the tabs of a resource, one of them open; nothing where there would be one alone.
func resourceTabs(by services.Caller, d *access.Domain, key, tab string) []parts.Tab {
	here := siteOf(by.Organization.Key).resource(d.Key, key)
	tabs := []parts.Tab{{Label: "Configuration", Href: here, Current: tab == configurationTab}}
	if d.Granular() {
		tabs = append(tabs, parts.Tab{Label: "Access", Href: here + "/access", Current: tab == accessTab})
	}
	if tabs = withPeople(by, tabs, here+"/people", tab); len(tabs) == 1 {
		return nil
	}
	return tabs
}

func resourceLead(r services.ResourceDetail) string {
	if r.Editable() {
		return "You can edit this " + r.Domain.Resource + "."
	}
	return "You can view this " + r.Domain.Resource + ", not edit it."
}

func (h Pages) resourceFacts(r models.Resource) []parts.Fact {
	now := h.Console.Now()
	modified := when(r.ModifiedAt, now)
	facts := []parts.Fact{{Term: "Key", Value: r.Key}}
	if done := operationWords(r, now); done != "" {
		facts = append(facts, parts.Fact{Term: "Last operation", Value: done, DateTime: when(*r.LastOperationAt, now).ISO})
	}
	return append(facts, parts.Fact{Term: "Last modified", Value: modified.Text + byWords(r.ModifiedBy), DateTime: modified.ISO})
}

// suggestions are some members to choose an owner from.
func (h Pages) suggestions(c echo.Context) ([]parts.Person, error) {
	members, err := h.Console.OwnerSuggestions(c.Request().Context(), caller(c))
	if err != nil {
		return nil, err
	}
	var people []parts.Person
	for _, m := range members {
		people = append(people, suggested(m))
	}
	return people, nil
}

// ResourceUpdate saves the Configuration tab.
func (h Pages) ResourceUpdate(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	by, key := caller(c), domainOf(c)
	form, seen := readResource(values), revision(values.Get(parts.RevisionName))
	if values.Get(parts.StepName) == parts.FilterStep && (!resuming(c) || redrawn(c)) {
		return h.findOwner(c, values, form, seen)
	}
	err = h.Console.UpdateResource(c.Request().Context(), by, key, c.Param("resource"), services.ResourceChange{Revision: seen.number(), ResourceConfiguration: form})
	if err != nil {
		return h.updateRefused(c, form, seen, err)
	}
	flash(c, "success", "Saved.", "")
	return seeOther(c, siteOf(by.Organization.Key).resource(key, c.Param("resource")))
}

// findOwner shows the tab with the members that were looked for.
func (h Pages) findOwner(c echo.Context, values url.Values, form services.ResourceConfiguration, seen revision) error {
	r, err := h.Console.Resource(c.Request().Context(), caller(c), domainOf(c), c.Param("resource"))
	if err != nil {
		return err
	}
	view, err := h.resourceView(c, r, form, seen, nil, nil)
	if err != nil {
		return err
	}
	view.Typed = true
	if err := h.findMembers(c, &view.Owner, readMember(values, views.ResourceOwner, views.ResourceOwnerFound)); err != nil {
		return err
	}
	return Render(c, http.StatusOK, view.Component())
}

// updateRefused shows the tab again with what was typed.
func (h Pages) updateRefused(c echo.Context, form services.ResourceConfiguration, seen revision, cause error) error {
	wrong := wrongIn(cause)
	if len(wrong) == 0 && !stale(cause) && !resuming(c) {
		return cause
	}
	r, err := h.Console.Resource(c.Request().Context(), caller(c), domainOf(c), c.Param("resource"))
	if err != nil {
		return err
	}
	if !stale(cause) {
		return h.drawResource(c, r, form, seen, drawnStatus(c, http.StatusUnprocessableEntity), wrong, nil)
	}
	return h.drawResource(c, r, form, "", http.StatusConflict, wrong, resourceConflict(r.Resource, form, h.Console.Now()))
}

func resourceConflict(r models.Resource, form services.ResourceConfiguration, now time.Time) *parts.Conflict {
	theirs := resourceForm(r)
	return conflictWith(r.ModifiedBy, r.ModifiedAt, now,
		parts.ConflictRow{Label: views.ResourceName.Label, Yours: form.Name, Theirs: theirs.Name},
		parts.ConflictRow{Label: views.ResourceType.Label, Yours: form.Type, Theirs: theirs.Type},
		parts.ConflictRow{Label: views.ResourceVisibility.Label, Yours: form.Visibility, Theirs: theirs.Visibility},
		parts.ConflictRow{Label: views.ResourceOwner.Label, Yours: form.Owner, Theirs: theirs.Owner})
}
