package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// GroupMembers is the Members tab of a group; ?add=1 opens the panel that adds one.
func (h Pages) GroupMembers(c echo.Context) error {
	return h.groupMembers(c, http.StatusOK, func(tab *views.GroupMembers, m services.GroupMembers) {
		if c.QueryParam(views.AddMemberOpen) != "" && tab.Add != "" {
			tab.Panel = h.addPanel(caller(c), m)
		}
	})
}

// groupMembers draws the tab; open adds a panel or a question to it.
func (h Pages) groupMembers(c echo.Context, status int, open func(*views.GroupMembers, services.GroupMembers)) error {
	by := caller(c)
	p, err := h.groupPeople(c)
	if err != nil {
		return err
	}
	page, err := h.page(c, groupPlace(by, p.Group, membersTab))
	if err != nil {
		return err
	}
	bar, err := h.groupMembersBar(c, p)
	if err != nil {
		return err
	}
	tab := views.GroupMembers{
		Page: page, Filters: p.filters(), IdentitySets: "None. This organization has no identity provider: members are added and invited one by one.",
		List: p.listing(bar), Rows: p.rows(),
	}
	if p.Group.Administrators {
		if tab.Remark, err = h.administratorsRemark(c); err != nil {
			return err
		}
	}
	if !h.Console.Mails() && len(p.Invited.Rows) > 0 {
		tab.Unmailed = noMailServer + " Copy the link of each invitation, and send it yourself."
	}
	if err := h.groupInvites(c, p, &tab); err != nil {
		return err
	}
	open(&tab, p.GroupMembers)
	return Render(c, status, tab.Component())
}

// groupInvites links to the panels that add people, for viewers who may edit the group and give what it holds (R7). The
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
	if len(group.Beyond) > 0 {
		tab.AddWhy = "You cannot add anybody: " + words.Beyond(h.Console.Catalog(), group.Beyond) + "."
		return nil
	}
	s := siteOf(p.by.Organization.Key)
	tab.Add, tab.InviteHref = with(s.members(p.Group.Key), views.AddMemberOpen, "1"), s.inviteInto(p.Group.Key)
	if tab.List.Empty != nil && !p.query.filtered() {
		tab.List.Empty.Action = &parts.Link{Label: "Invite member", Href: tab.InviteHref, Icon: "user-plus"}
	}
	return nil
}

// MemberActions answers the Action bar of a selected member or invitation.
func (h Pages) MemberActions(c echo.Context) error {
	p, err := h.groupPeople(c)
	if err != nil {
		return err
	}
	bar, err := h.groupMembersBar(c, p)
	return answerBar(c, bar, err)
}

// addPanel is the sheet that adds an existing member.
func (h Pages) addPanel(by services.Caller, m services.GroupMembers) *views.AddMember {
	s := siteOf(by.Organization.Key)
	panel := &views.AddMember{
		Action: s.members(m.Group.Key), Close: s.members(m.Group.Key),
		Email: views.AddMemberEmail.Field(), Until: views.AddMemberUntil.Field(),
	}
	panel.Email.Required, panel.Email.Autofocus, panel.Email.Help = true, true, "The address of somebody who is a member of this organization."
	panel.Until.Type, panel.Until.Help = "datetime-local", "Leave it empty for no end."
	if m.GivesUntil != nil {
		panel.Until.Help = "Leave it empty for as long as possible: " + givesUntil(*m.GivesUntil)
	}
	for _, candidate := range m.Candidates {
		panel.Suggestions = append(panel.Suggestions, parts.Person{Email: candidate.Email,
			Name: strings.Join(append([]string{memberName(candidate)}, marks(candidate.Marks)...), ", ")})
	}
	switch {
	case m.Group.Administrators:
		panel.Gives = []parts.Notice{{ID: "gives", Tone: "warning", Title: "Administrators may do everything.",
			Text: "They hold the highest level of every domain, also of those that come later, and can add other administrators."}}
		panel.Confirm = []parts.Confirmation{{Name: parts.ConfirmAdministrators, Label: "Make this person an administrator", DescribedBy: "gives"}}
	case m.Group.BuiltIn != "" && m.Group.Members == 0:
		panel.Gives = []parts.Notice{{Title: "First member of a built-in group.", Text: "Review its privileges before, so that they fit how you share responsibilities."}}
	}
	return panel
}

// givesUntil says until when the viewer can give something that they hold until then themselves (R7).
func givesUntil(end time.Time) string {
	return "until " + words.Minute(end) + ", when your own access ends."
}

// GroupAddMember adds an existing member to the group.
func (h Pages) GroupAddMember(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	by, key := caller(c), c.Param("group")
	wanted, err := readMembership(form)
	if err != nil {
		return h.addRefused(c, form, err)
	}
	added, err := h.Console.AddMember(c.Request().Context(), by, key, wanted)
	if err != nil {
		return h.addRefused(c, form, err)
	}
	lasts := "What this group allows is theirs from now on."
	if added.Until != nil {
		lasts = "What this group allows is theirs until " + words.Minute(*added.Until) + "."
	}
	flash(c, "success", services.Signature(added.Name, added.Email)+" added.", lasts)
	return seeOther(c, withAdded(siteOf(by.Organization.Key).members(key), added.Email))
}

// readMembership reads the panel that adds a member.
func readMembership(form url.Values) (services.NewMembership, error) {
	n := services.NewMembership{Email: form.Get(views.AddMemberEmail.Name), Confirmed: form.Get(parts.ConfirmAdministrators) == "yes",
		Unproven: form.Get(parts.ConfirmUnproven) == "yes"}
	typed := strings.TrimSpace(form.Get(views.AddMemberUntil.Name))
	if typed == "" {
		return n, nil
	}
	end, err := readMinute(typed)
	if err != nil {
		return n, services.Invalid{Fields: []services.FieldError{{Field: "Until", Text: noMinute}}}
	}
	n.Until = &end
	return n, nil
}

// addControls are the controls of the panel that adds a member.
var addControls = controls{"Email": views.AddMemberEmail, "Until": views.AddMemberUntil}

// addRefused opens the panel again with what was typed and what to do about it.
func (h Pages) addRefused(c echo.Context, form url.Values, cause error) error {
	wrong := addProblems(h.Console.Catalog(), cause)
	if len(wrong) == 0 {
		return cause
	}
	return h.groupMembers(c, http.StatusUnprocessableEntity, func(tab *views.GroupMembers, m services.GroupMembers) {
		if !m.Group.Editable() {
			return // only the form was read so far: who may add nobody gets no panel
		}
		tab.Panel = h.addPanel(caller(c), m)
		askUnproven(tab.Panel, cause)
		tab.Panel.Email.Value, tab.Panel.Until.Value = form.Get(views.AddMemberEmail.Name), form.Get(views.AddMemberUntil.Name)
		tab.Panel.Errors = fieldErrors(wrong, addControls.find)
		mark(tab.Panel.Errors, &tab.Panel.Email, &tab.Panel.Until)
	})
}

// addProblems are what is wrong with the fields of the panel, none where there is nothing to do about it there.
func addProblems(catalog *access.Catalog, cause error) []services.FieldError {
	var high services.TooHigh
	var confirm services.NeedsConfirmation
	text := ""
	switch {
	case errors.As(cause, &high):
		text = "You cannot add anybody to this group: " + words.Beyond(catalog, high.Excess) + "."
	case errors.As(cause, &confirm) && confirm.Of == services.ConfirmUnproven:
		text = "Nobody has shown that this address is theirs. Confirm below that you have asked them."
	case errors.As(cause, &confirm):
		text = "Confirm below that this person may do everything."
	default:
		return wrongIn(cause)
	}
	return []services.FieldError{{Field: "Email", Text: text}}
}

// joinedThemselves is what somebody confirms who gives more to a member whose address nobody has proven.
const joinedThemselves = "It was this member who joined"

// askUnproven adds to the panel what has to be confirmed about somebody who joined by a copied link.
func askUnproven(panel *views.AddMember, cause error) {
	var confirm services.NeedsConfirmation
	if !errors.As(cause, &confirm) || confirm.Of != services.ConfirmUnproven {
		return
	}
	panel.Gives = append(panel.Gives, parts.Notice{ID: "unproven", Tone: "warning", Title: "Address not proven.",
		Text: "This member joined by a copied link. Whoever used the link gets what you give here. Ask the member whether it was them."})
	panel.Confirm = append(panel.Confirm, parts.Confirmation{Name: parts.ConfirmUnproven, Label: joinedThemselves, DescribedBy: "unproven"})
}

// GroupRemoveAsk asks before a member is taken out of the group.
func (h Pages) GroupRemoveAsk(c echo.Context) error {
	by := caller(c)
	r, err := h.Console.MemberRemoval(c.Request().Context(), by, c.Param("group"), c.QueryParam(views.RemovedMember))
	if err != nil {
		return err
	}
	return h.groupMembers(c, http.StatusOK, func(tab *views.GroupMembers, m services.GroupMembers) {
		tab.Removal = removalDialog(siteOf(by.Organization.Key), r)
	})
}

// removalDialog says what leaving the group ends (R16).
func removalDialog(s site, r services.Removal) *views.MemberRemoval {
	d := &views.MemberRemoval{Confirm: parts.Confirm{
		Title: "Delete " + r.Member.Name + " from " + r.Group.Name + "?", Button: "Delete from group", Danger: true,
		Text:   []string{whoExactly(r.Member), "They lose at once what this group alone gives them."},
		Action: s.members(r.Group.Key) + "/-/delete", Cancel: with(s.members(r.Group.Key), parts.SelectedName, r.Member.Email),
		Hidden: []parts.Hidden{{Name: views.RemovedMember, Value: r.Member.Email}},
	}}
	if r.Last {
		d.Text = append(d.Text, "It is their last group: they will no longer be a member of the organization.")
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
			tab.Flash = notDeleted()
		})
	}
	if err != nil {
		return err
	}
	flash(c, "success", services.Signature(removed.Name, removed.Email)+" deleted from the group.", "")
	if removed.PersonID == by.Person.ID { // who may not view this page from now on
		return seeOther(c, string(siteOf(by.Organization.Key)))
	}
	return seeOther(c, siteOf(by.Organization.Key).members(key))
}
