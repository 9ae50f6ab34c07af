package handlers

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// GroupActions answers the Action bar of a selected group.
func (h Pages) GroupActions(c echo.Context) error {
	q := readGroupQuery(c)
	bar, err := h.groupBar(c, &q)
	return answerBar(c, bar, err)
}

// groupBar is the Action bar for the selected group. A selection that does not exist (any more) is none.
func (h Pages) groupBar(c echo.Context, q *query) (parts.ActionBar, error) {
	by := caller(c)
	domain := h.Console.Catalog().Domain(access.GroupsDomain)
	none := parts.ActionBar{State: "none", Hint: q.picks.hint("Select groups to see what you can do.")}
	if q.picks.several() {
		if bar, err := h.manyGroupsBar(c, q); err != nil || bar.Subject != "" {
			return bar, err
		}
	}
	g, err := h.Console.GroupActions(c.Request().Context(), by, q.Selected)
	if isNotFound(err) {
		return none, nil
	}
	if err != nil {
		return parts.ActionBar{}, err
	}
	s := siteOf(by.Organization.Key)
	sel := selection{Key: g.Key, Name: g.Name, ID: g.ID, Clear: q.here(s.groups()), Why: s.why(access.GroupsDomain, g.Key)}
	return actionBar(g.Rights, domain, sel, q.keepPlace(s.group(g.Key), groupActions(h.Console.Catalog(), s, g.GroupDetail, g.Refusal))), nil
}

// groupActions is the contents of the Groups page's Action bar.
func groupActions(catalog *access.Catalog, s site, g services.GroupDetail, refusal access.Refusal) []action {
	remove := action{Label: "Delete", Icon: "trash-2", Href: s.group(g.Key) + "/delete", Need: services.EditGroup, Danger: true}
	if g.Administrators {
		remove.Missing = "This group can’t be deleted."
	}
	actions := []action{
		openAction(g.Rights, catalog.Domain(access.GroupsDomain), g.ID, s.group(g.Key)),
		{Label: "Duplicate", Icon: "copy", Href: s.group(g.Key) + "/duplicate", Need: services.CreateGroup, OfDomain: true,
			Missing: refusalWords(catalog, refusal)},
		remove,
	}
	actions = append(actions, activityActions(s, g.Rights, access.GroupsDomain, g.ID)...)
	if g.Editable() { // else the bar holds View alone, and the page that it opens leads there
		actions = append(actions, explainAction(s, g.Grantee().Ref(), services.ViewGroups))
	}
	return actions
}

// refusalWords says why a group may not be duplicated, naming the privileges in the way (R9).
func refusalWords(catalog *access.Catalog, refusal access.Refusal) string {
	switch {
	case len(refusal.Beyond) > 0:
		return "You can’t duplicate it: " + words.Beyond(catalog, refusal.Beyond) + "."
	case refusal.Equal:
		return "You can’t duplicate it: it holds as many privileges as you do."
	}
	return ""
}

// GroupDuplicateAsk asks what the copy of a group is to be called, above the list.
func (h Pages) GroupDuplicateAsk(c echo.Context) error { return h.askGroupCopy(c, nil, nil) }

func (h Pages) askGroupCopy(c echo.Context, typed url.Values, cause error) error {
	by := caller(c)
	copied, err := h.Console.GroupDuplication(c.Request().Context(), by, c.Param("group"))
	if err != nil {
		return err
	}
	list, domain := siteOf(by.Organization.Key).groups(), h.Console.Catalog().Domain(access.GroupsDomain)
	q, here := readGroupQuery(c), siteOf(by.Organization.Key).group(copied.Original.Key)
	return h.askOfGroup(c, copyStatus(c, cause), copyQuestion(domain, copied, typed, cause, parts.Confirm{
		Text:   []string{"It gets the privileges of " + copied.Original.Name + ", and no members yet."},
		Action: q.here(here + "/duplicate"), Cancel: q.around(list, copied.Original.Key)}))
}

// GroupDuplicate copies a group, and selects the copy in the list.
func (h Pages) GroupDuplicate(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	by := caller(c)
	copied, err := h.Console.DuplicateGroup(c.Request().Context(), by, c.Param("group"), readCopy(form))
	if asksAgain(c, err) {
		return h.askGroupCopy(c, form, err)
	}
	if err != nil {
		return err
	}
	flash(c, "success", copied.Name+" added.", "It has the privileges of the original and no members yet.")
	return seeOther(c, readGroupQuery(c).copied(siteOf(by.Organization.Key).groups(), copied.Key, copied.Name))
}

// GroupDeleteAsk asks before a group is deleted, above the list.
func (h Pages) GroupDeleteAsk(c echo.Context) error {
	by := caller(c)
	deletion, err := h.Console.GroupDeletion(c.Request().Context(), by, c.Param("group"))
	if err != nil {
		return err
	}
	s, q := siteOf(by.Organization.Key), readGroupQuery(c)
	return h.askOfGroup(c, http.StatusOK, &parts.Confirm{
		Title: "Delete " + deletion.Group.Name + "?", Text: deletionWords(deletion), Final: words.Final(""), Button: "Delete group", Danger: true,
		Action: q.here(s.group(deletion.Group.Key) + "/delete"), Cancel: q.around(s.groups(), deletion.Group.Key),
	})
}

// deletionWords says who loses what with a group (R16).
func deletionWords(d services.Deletion) []string {
	text := []string{"This group has no members."}
	if d.Group.Members > 0 {
		text[0] = words.Noun{One: "member loses", Many: "members lose"}.Roughly(d.Group.Members) + " the privileges of this group."
	}
	if d.Group.BuiltIn != "" {
		text = append(text, "This group is built in. "+builtInIsGone)
	}
	if d.Leavers > 0 {
		text = append(text, "This is the last group of "+peopleWords(d.Leaving, d.Leavers)+". They leave the organization.")
	}
	if d.Orphans > 0 {
		text = append(text, ownerlessWords(d.Orphaned, d.Orphans)+" will have no owner.")
	}
	return text
}

func peopleWords(people []models.Member, total int) string {
	names := make([]string, len(people))
	for i, m := range people {
		names[i] = services.Signature(m.Name, m.Email)
	}
	return words.ListOf(names, total, 3)
}

func ownerlessWords(resources []models.Resource, total int) string {
	names := make([]string, len(resources))
	for i, r := range resources {
		names[i] = r.Name
	}
	return words.ListOf(names, total, 3)
}

// GroupDelete deletes a group.
func (h Pages) GroupDelete(c echo.Context) error {
	by := caller(c)
	name, err := h.Console.DeleteGroup(c.Request().Context(), by, c.Param("group"))
	if err != nil {
		return err
	}
	flash(c, "success", name+" deleted.", "Its members lost its privileges.")
	return seeOther(c, readGroupQuery(c).here(siteOf(by.Organization.Key).groups()))
}
