package handlers

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// ResourceActions answers the Action bar of a selected resource.
func (h Pages) ResourceActions(c echo.Context) error {
	q := readResourceQuery(c)
	bar, err := h.resourceBar(c, &q)
	return answerBar(c, bar, err)
}

// resourceBar is the Action bar for the selected resources. A selection that does not exist (any more) is none.
func (h Pages) resourceBar(c echo.Context, q *query) (parts.ActionBar, error) {
	by, key := caller(c), domainOf(c)
	domain, err := h.Console.OpenDomain(by, key)
	if err != nil {
		return parts.ActionBar{}, err
	}
	none := parts.ActionBar{State: "none", Hint: q.picks.hint("Select " + words.Things(domain).Many + " to see what you can do.")}
	if q.picks.several() {
		if bar, err := h.manyResourcesBar(c, q); err != nil || bar.Subject != "" {
			return bar, err
		}
	}
	if q.Selected == "" {
		return none, nil
	}
	r, err := h.Console.Resource(c.Request().Context(), by, key, q.Selected)
	if isNotFound(err) {
		return none, nil
	}
	if err != nil {
		return parts.ActionBar{}, err
	}
	s := siteOf(by.Organization.Key)
	sel := selection{Key: r.Key, Name: r.Name, ID: r.ID, Clear: q.here(s.domain(key)), Why: s.why(key, r.Key)}
	return actionBar(r.Rights, domain, sel, q.keepPlace(s.resource(key, r.Key), resourceActions(s, r))), nil
}

// resourceActions is the contents of the Action bar of any domain's page: the domain's own actions between opening and
// deleting.
func resourceActions(s site, r services.ResourceDetail) []action {
	d := r.Domain
	here := s.resource(d.Key, r.Key)
	actions := []action{openAction(r.Rights, d, r.ID, here)}
	for i, name := range d.Actions {
		actions = append(actions, action{Label: name, Icon: runIcon(i), Href: here + "/run", Need: services.EditIn(d.Key), Post: true, Name: views.ResourceAction, Value: name})
	}
	actions = append(actions,
		action{Label: "Duplicate", Icon: "copy", Href: here + "/duplicate", Need: services.CreateIn(d.Key), OfDomain: true},
		action{Label: "Delete", Icon: "trash-2", Href: here + "/delete", Need: services.EditIn(d.Key), Danger: true})
	return append(actions, activityActions(s, r.Rights, d.Key, r.ID)...)
}

// runIcon is the picture of a domain's own actions, of which the second takes more than the first.
func runIcon(place int) string {
	if place > 0 {
		return "rotate-ccw"
	}
	return "refresh-cw"
}

// ResourceRun performs one of the domain's actions on a resource.
func (h Pages) ResourceRun(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	by, key, action := caller(c), domainOf(c), form.Get(views.ResourceAction)
	name, err := h.Console.Run(c.Request().Context(), by, key, c.Param("resource"), action)
	if err != nil {
		return err
	}
	flash(c, "success", action+" started for "+name+".", "")
	return seeOther(c, readResourceQuery(c).around(siteOf(by.Organization.Key).domain(key), c.Param("resource")))
}

// ResourceDuplicateAsk asks what the copy of a resource is to be called, above the list.
func (h Pages) ResourceDuplicateAsk(c echo.Context) error { return h.askResourceCopy(c, nil, nil) }

func (h Pages) askResourceCopy(c echo.Context, typed url.Values, cause error) error {
	by, key := caller(c), domainOf(c)
	copied, err := h.Console.ResourceDuplication(c.Request().Context(), by, key, c.Param("resource"))
	if err != nil {
		return err
	}
	s, q := siteOf(by.Organization.Key), readResourceQuery(c)
	return h.resourceList(c, copyStatus(c, cause), copyQuestion(h.Console.PageDomain(key), copied, typed, cause, parts.Confirm{
		Text:   []string{"It gets the configuration of " + copied.Original.Name + ". " + restOfCopy},
		Action: q.here(s.resource(key, copied.Original.Key) + "/duplicate"), Cancel: q.around(s.domain(key), copied.Original.Key)}))
}

// restOfCopy is what the copy of a resource does not have of the original (R9).
const restOfCopy = "It has no owner, and its access starts like that of a new one."

// ResourceDuplicate copies a resource, and selects the copy in the list.
func (h Pages) ResourceDuplicate(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	by, key := caller(c), domainOf(c)
	made, err := h.Console.DuplicateResource(c.Request().Context(), by, key, c.Param("resource"), readCopy(form))
	if asksAgain(c, err) {
		return h.askResourceCopy(c, form, err)
	}
	if err != nil {
		return err
	}
	flash(c, "success", made.Name+" added.", "It has the configuration of the original. "+restOfCopy)
	return seeOther(c, readResourceQuery(c).copied(siteOf(by.Organization.Key).domain(key), made.Key, made.Name))
}

// ResourceDeleteAsk asks before a resource is deleted, above the list.
func (h Pages) ResourceDeleteAsk(c echo.Context) error {
	by, key := caller(c), domainOf(c)
	r, err := h.Console.ResourceDeletion(c.Request().Context(), by, key, c.Param("resource"))
	if err != nil {
		return err
	}
	s, q := siteOf(by.Organization.Key), readResourceQuery(c)
	return h.resourceList(c, http.StatusOK, &parts.Confirm{
		Title: "Delete " + r.Name + "?", Button: "Delete " + r.Domain.Resource, Danger: true,
		Text: []string{"The " + r.Domain.Resource + " is deleted for everybody."}, Final: words.Final(""),
		Action: q.here(s.resource(key, r.Key) + "/delete"), Cancel: q.around(s.domain(key), r.Key),
	})
}

// ResourceDelete deletes a resource.
func (h Pages) ResourceDelete(c echo.Context) error {
	by, key := caller(c), domainOf(c)
	name, err := h.Console.DeleteResource(c.Request().Context(), by, key, c.Param("resource"))
	if err != nil {
		return err
	}
	flash(c, "success", name+" deleted.", "")
	return seeOther(c, readResourceQuery(c).here(siteOf(by.Organization.Key).domain(key)))
}
