package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// groupPlace is the frame of a group's tabs.
func groupPlace(by services.Caller, g services.GroupDetail, tab string) place {
	s := siteOf(by.Organization.Key)
	return place{Domain: access.GroupsDomain, Thing: g.ID, Title: g.Name, Lead: groupLead(g), Crumbs: []parts.Link{{Label: g.Name}},
		Actions: []parts.Link{explainLink(s, g.Grantee().Ref())}, Tabs: groupTabs(s, g.Key, words.Roughly(g.Members), tab)}
}

// groupTabs are the tabs of the group with the key, one of them open.
func groupTabs(s site, key, members, tab string) []parts.Tab {
	return []parts.Tab{
		{Label: "Configuration", Href: s.group(key), Current: tab == configurationTab},
		{Label: "Members", Href: s.members(key), Count: members, Current: tab == membersTab},
		{Label: "Privileges", Href: s.privileges(key), Current: tab == privilegesTab},
		{Label: "Access", Href: s.group(key) + "/access", Current: tab == accessTab},
		{Label: peopleName, Href: s.group(key) + "/people", Current: tab == peopleTab},
	}
}

func groupLead(g services.GroupDetail) string {
	kind := "Custom group"
	if g.BuiltIn != "" {
		kind = "Built-in group"
	}
	text := kind + " with " + words.Members.Roughly(g.Members) + "."
	if g.Description != "" {
		text = words.Sentence(strings.TrimSuffix(g.Description, ".")) + " " + text
	}
	return text
}

// GroupEdit is the Configuration tab of a group.
func (h Pages) GroupEdit(c echo.Context) error {
	g, err := h.Console.Group(c.Request().Context(), caller(c), c.Param("group"))
	if err != nil {
		return err
	}
	page, err := h.groupConfiguration(c, g, groupForm{g.Name, g.Description}, "")
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, page.Component())
}

// groupForm is what is typed about a group itself.
type groupForm struct{ Name, Description string }

func readGroup(form url.Values) groupForm {
	return groupForm{form.Get(views.GroupName.Name), form.Get(views.GroupDescription.Name)}
}

// hidden carries it over the other tabs of a group that is being added.
func (f groupForm) hidden() []parts.Hidden {
	return []parts.Hidden{views.GroupName.Hidden(f.Name), views.GroupDescription.Hidden(f.Description)}
}

func (h Pages) groupConfiguration(c echo.Context, g services.GroupDetail, typed groupForm, seen revision) (views.GroupConfiguration, error) {
	by := caller(c)
	page, err := h.page(c, groupPlace(by, g, configurationTab))
	if err != nil {
		return views.GroupConfiguration{}, err
	}
	s := siteOf(by.Organization.Key)
	return views.GroupConfiguration{
		Page: page, Action: s.group(g.Key), ReadOnly: configurationReadOnly(g), Name: groupNameField(typed.Name), Description: groupDescriptionField(typed.Description), Submit: "Save", Cancel: s.groups(),
		Hidden: []parts.Hidden{seen.field(g.Revision)},
		Facts:  groupFacts(by.Organization, g, h), Activity: activityLink(by, g.Rights, access.GroupsDomain, g.ID),
	}, nil
}

func configurationReadOnly(g services.GroupDetail) string {
	switch {
	case g.Administrators:
		return "The Administrators group can’t be renamed or described."
	case !g.Editable():
		return words.YouNeed("rename or describe this group", access.Edit, "it")
	}
	return ""
}

// groupControls are where the tab shows the fields of a group.
var groupControls = controls{"Name": views.GroupName, "Description": views.GroupDescription}

func groupNameField(value string) parts.Field {
	f := views.GroupName.Field()
	f.Value, f.Required, f.Autocomplete = value, true, "off"
	f.Help = "Name the role, such as Search content managers or Relevance analysts. At most " + words.Characters.Count(services.MaxName) + "."
	return f
}

func groupDescriptionField(value string) parts.TextArea {
	area := views.GroupDescription.Area()
	area.Value, area.Lines = value, 2
	area.Help = "What is the group for, and who answers questions about it? At most " + words.Characters.Count(services.MaxDescription) + "."
	return area
}

func groupFacts(o models.Organization, g services.GroupDetail, h Pages) []parts.Fact {
	changed, used := when(g.ModifiedAt, h.Console.Now()), groupUse(g.Group, o, h.Console.Now())
	return []parts.Fact{
		{Term: "Key", Value: g.Key},
		{Term: "Created", Value: when(g.CreatedAt, h.Console.Now()).Text + byWords(g.CreatedBy), DateTime: when(g.CreatedAt, h.Console.Now()).ISO},
		{Term: "Last change", Value: changed.Text + byWords(g.ModifiedBy), DateTime: changed.ISO},
		{Term: "Last used", Value: used.Text, DateTime: used.ISO},
	}
}

func byWords(name string) string {
	if name == "" {
		return ""
	}
	return " by " + name
}

// GroupUpdate saves the Configuration tab.
func (h Pages) GroupUpdate(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	by, key, typed := caller(c), c.Param("group"), readGroup(form)
	err = h.Console.UpdateGroup(c.Request().Context(), by, key, services.GroupChange{
		Revision: revision(form.Get(parts.RevisionName)).number(), Name: typed.Name, Description: typed.Description})
	if err != nil {
		return h.groupRefused(c, form, err)
	}
	flash(c, "success", "Group saved.", "")
	return seeOther(c, siteOf(by.Organization.Key).group(key))
}

// groupRefused shows the tab again with what was typed.
func (h Pages) groupRefused(c echo.Context, form url.Values, cause error) error {
	wrong := wrongIn(cause)
	if len(wrong) == 0 && !stale(cause) && !resuming(c) {
		return cause
	}
	g, err := h.Console.Group(c.Request().Context(), caller(c), c.Param("group"))
	if err != nil {
		return err
	}
	seen := revision(form.Get(parts.RevisionName))
	if stale(cause) {
		seen = ""
	}
	typed := readGroup(form)
	page, err := h.groupConfiguration(c, g, typed, seen)
	if err != nil {
		return err
	}
	if !stale(cause) {
		page.Errors = fieldErrors(wrong, groupControls.find)
		mark(page.Errors, &page.Name)
		markAreas(page.Errors, &page.Description)
		return Render(c, drawnStatus(c, http.StatusUnprocessableEntity), page.Component())
	}
	by, at := g.Saved()
	page.Conflict = conflictWith(by, at, h.Console.Now(),
		parts.ConflictRow{Label: views.GroupName.Label, Yours: typed.Name, Theirs: g.Name},
		parts.ConflictRow{Label: views.GroupDescription.Label, Yours: typed.Description, Theirs: g.Description})
	return Render(c, http.StatusConflict, page.Component())
}
