package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// GroupMembers is the Members tab of a group.
func (h Pages) GroupMembers(c echo.Context) error {
	return h.groupMembers(c, http.StatusOK, func(*views.GroupMembers, services.GroupMembers) {})
}

// groupMembers draws the tab; open adds a panel or a question to it.
func (h Pages) groupMembers(c echo.Context, status int, open func(*views.GroupMembers, services.GroupMembers)) error {
	by := caller(c)
	s := siteOf(by.Organization.Key)
	p, err := h.groupPeople(c)
	if err != nil {
		return err
	}
	page, err := h.page(c, groupPlace(by, p.Group, membersTab).withCSV(csvLink(p.query, s.membersCSV(p.Group.Key))))
	if err != nil {
		return err
	}
	bar, err := h.groupMembersBar(c, &p)
	if err != nil {
		return err
	}
	bar = p.query.picks.told(bar)
	tab := views.GroupMembers{
		Page: page, Filters: p.filters(), IdentitySets: "None. This organization has no identity provider. Add or invite members below.",
		List: p.listing(bar), Rows: p.rows(),
	}
	if p.Group.Administrators {
		if tab.Remark, err = h.administratorsRemark(c); err != nil {
			return err
		}
	}
	if unreviewed(p.Group.Group) {
		tab.Review = s.privileges(p.Group.Key)
	}
	if !h.Console.Mails() && len(p.Invited.Rows) > 0 {
		tab.Unmailed = noMailServer + " Copy the link of each invitation and send it yourself."
	}
	if err := h.groupInvites(c, p, &tab); err != nil {
		return err
	}
	open(&tab, p.GroupMembers)
	return Render(c, status, tab.Component())
}

// groupInvites links to the sheet that adds people, for viewers who may edit the group and give what it holds (R7). The
// others are told why not.
func (h Pages) groupInvites(c echo.Context, p groupPeople, tab *views.GroupMembers) error {
	if !p.Group.Editable() {
		tab.ReadOnly = words.YouNeed("add or remove members", access.Edit, "this group")
		return nil
	}
	group, err := h.Console.InvitableGroup(c.Request().Context(), p.by, p.Group.Key)
	if err != nil {
		return err
	}
	if group.Lent {
		tab.AddWhy = words.Sentence(words.BringsNobodyIn)
		return nil
	}
	lead := !p.by.Rights.May(services.EditGroup, 0)
	if len(group.Beyond) > 0 {
		if lead {
			tab.Lead = "You can edit this group, so you can remove people from it."
		}
		tab.AddWhy = "You can’t add anybody: " + words.Beyond(h.Console.Catalog(), group.Beyond) + "."
		return nil
	}
	if lead {
		tab.Lead = "You can edit this group, so you manage its people: add them, invite others, change when they leave and remove them."
	}
	s := siteOf(p.by.Organization.Key)
	tab.InviteHref = p.query.here(s.inviteInto(p.Group.Key))
	if tab.List.Empty != nil && !p.query.filtered() {
		tab.List.Empty.Action = &parts.Link{Label: "Add members", Href: tab.InviteHref, Icon: "user-plus"}
	}
	return nil
}

// MemberActions answers the Action bar of a selected member or invitation.
func (h Pages) MemberActions(c echo.Context) error {
	p, err := h.groupPeople(c)
	if err != nil {
		return err
	}
	bar, err := h.groupMembersBar(c, &p)
	return answerBar(c, bar, err)
}

// GroupRemoveAsk asks before a member is taken out of the group.
func (h Pages) GroupRemoveAsk(c echo.Context) error {
	by := caller(c)
	r, err := h.Console.MemberRemoval(c.Request().Context(), by, c.Param("group"), c.QueryParam(views.RemovedMember))
	if err != nil {
		return err
	}
	return h.groupMembers(c, http.StatusOK, func(tab *views.GroupMembers, m services.GroupMembers) {
		tab.Removal = removalDialog(readGroupMembersQuery(c), siteOf(by.Organization.Key), r)
	})
}

// removalDialog says what leaving the group ends (R16).
func removalDialog(q query, s site, r services.Removal) *views.MemberRemoval {
	d := &views.MemberRemoval{Confirm: parts.Confirm{
		Title: "Delete " + memberName(r.Member) + " from " + r.Group.Name + "?", Button: "Delete from group", Danger: true,
		Text:   []string{whoExactly(r.Member), "They immediately lose the privileges that no other group gives them."},
		Action: q.here(s.members(r.Group.Key) + "/-/delete"), Cancel: q.selecting(s.members(r.Group.Key), r.Member.Email),
		Hidden: []parts.Hidden{{Name: views.RemovedMember, Value: r.Member.Email}},
	}}
	if r.Last {
		d.Text = append(d.Text, "This is their last group. They leave the organization.")
		d.Final = leavingIsFinal
	}
	for _, owned := range r.Orphaned {
		d.Resources = append(d.Resources, owned.Name)
	}
	d.More = words.More(r.Orphans - len(r.Orphaned))
	return d
}

// GroupRemoveMember takes a member out of the group.
func (h Pages) GroupRemoveMember(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	by, key := caller(c), c.Param("group")
	removed, err := h.Console.RemoveMember(c.Request().Context(), by, key, form.Get(views.RemovedMember))
	if errors.Is(err, services.ErrLastAdministrator) {
		keepSelected(c, form.Get(views.RemovedMember))
		return h.groupMembers(c, http.StatusConflict, func(tab *views.GroupMembers, _ services.GroupMembers) {
			tab.Flash = keptAdministrator("Not deleted.")
		})
	}
	if err != nil {
		return err
	}
	flash(c, "success", services.Signature(removed.Name, removed.Email)+" deleted from the group.", "")
	if removed.PersonID == by.Person.ID { // who may not view this page from now on
		return seeOther(c, string(siteOf(by.Organization.Key)))
	}
	return seeOther(c, readGroupMembersQuery(c).here(siteOf(by.Organization.Key).members(key)))
}
