package handlers

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/words"
)

// InvitePanel is the Members page with the sheet that adds people, to the groups of the address where it names some.
func (h Pages) InvitePanel(c echo.Context) error {
	form := newPeople()
	form.Groups = distinctTexts(c.QueryParams()[views.AddToGroup.Name]) // of a selection of groups
	return h.overMembers(c, http.StatusOK, form, nil)
}

// Invite adds members to groups and invites everybody else, and says what became of each.
func (h Pages) Invite(c echo.Context) error {
	form, err := h.sentPeople(c)
	if err != nil {
		return err
	}
	if form.redraws() || resuming(c) {
		return h.overMembers(c, http.StatusOK, form, form.unread())
	}
	outcome, wrong, err := h.addPeople(c, form)
	switch {
	case err != nil:
		return err
	case len(wrong) > 0:
		return h.overMembers(c, http.StatusUnprocessableEntity, form, wrong)
	}
	s := siteOf(caller(c).Organization.Key)
	if outcome.Count(services.PersonInvited) == 0 && len(form.List.Unusable) == 0 {
		list := peopleOver(c)
		if !s.listsGroups(list) {
			list = s.memberList()
		}
		return h.onlyAdded(c, outcome, list)
	}
	sheet := h.peopleResults(c, form, outcome)
	sheet.Close, sheet.Again = s.invitations(), addOthers(s.invite(), form, outcome)
	return showOnce(c, s.invite()+peopleDone, sheet, h.InviteDone)
}

// GroupInvitePanel is the Members tab of a group with the sheet that adds people to it.
func (h Pages) GroupInvitePanel(c echo.Context) error {
	return h.overGroup(c, http.StatusOK, newPeople(), nil)
}

// GroupInvite adds people to a group, and says what became of each.
func (h Pages) GroupInvite(c echo.Context) error {
	form, err := h.sentPeople(c)
	if err != nil {
		return err
	}
	key := c.Param("group")
	form.Groups = []string{key}
	if form.redraws() || resuming(c) {
		return h.overGroup(c, http.StatusOK, form, form.unread())
	}
	outcome, wrong, err := h.addPeople(c, form)
	switch {
	case err != nil:
		return err
	case len(wrong) > 0:
		return h.overGroup(c, http.StatusUnprocessableEntity, form, wrong)
	}
	s := siteOf(caller(c).Organization.Key)
	if outcome.Count(services.PersonInvited) == 0 && len(form.List.Unusable) == 0 {
		return h.onlyAdded(c, outcome, s.members(key))
	}
	sheet := h.peopleResults(c, form, outcome)
	sheet.Close, sheet.Again = s.members(key), addOthers(s.inviteInto(key), form, outcome)
	return showOnce(c, s.inviteInto(key)+peopleDone, sheet, h.GroupInviteDone)
}

// overMembers draws the sheet over the Members page.
func (h Pages) overMembers(c echo.Context, status int, form peopleForm, wrong []services.FieldError) error {
	by := caller(c)
	if form.Groups == nil {
		if err := h.likeColleague(c, &form); err != nil {
			return err
		}
	}
	choice, err := h.Console.InvitationChoice(c.Request().Context(), by, form.GroupQuery, form.Groups)
	if err != nil {
		return err
	}
	s := siteOf(by.Organization.Key)
	sheet, err := h.peopleSheet(c, form, choice.Chosen)
	if err != nil {
		return err
	}
	if form.Like != nil {
		sheet.Title = "Add another like " + memberName(form.Like.Member)
		sheet.Lead = "They get the groups of " + form.Like.Member.Email + ", as far as you can give them. " + sheet.Lead
	}
	sheet.Groups = h.groupTokens(form, choice)
	sheet.Close = peopleOver(c)
	sheet.Action = s.inviteOver(sheet.Close)
	putWrong(sheet, wrong)
	if form.Live {
		return Render(c, status, sheet.Sheet())
	}
	return h.beneathPeople(c, status, sheet)
}

// peopleOver is the list over which the sheet lies: that of the members, unless the address names another.
func peopleOver(c echo.Context) string {
	s := siteOf(caller(c).Organization.Key)
	if list := c.QueryParam(views.ChooserReturn); list != "" {
		return within(s, list)
	}
	return s.memberList()
}

// beneathPeople draws the sheet over the list that it leads back to.
func (h Pages) beneathPeople(c echo.Context, status int, sheet *views.AddPeople) error {
	list, err := url.Parse(sheet.Close)
	if err != nil {
		return err
	}
	shown := c.QueryParams()
	clear(shown)
	maps.Copy(shown, list.Query())
	switch s := siteOf(caller(c).Organization.Key); list.Path {
	case s.invitations():
		return h.invitationList(c, status, func(page *views.Invitations) { page.Panel = sheet })
	case s.groups():
		return h.groupList(c, status, readGroupQuery(c), func(page *views.Groups) { page.Panel = sheet })
	}
	return h.memberList(c, status, func(page *views.Members) { page.Panel = sheet })
}

// overGroup draws the sheet over the Members tab of a group.
func (h Pages) overGroup(c echo.Context, status int, form peopleForm, wrong []services.FieldError) error {
	by, key := caller(c), c.Param("group")
	group, err := h.Console.InvitationInto(c.Request().Context(), by, key)
	if err != nil {
		return err
	}
	form.Groups = []string{key}
	sheet, err := h.peopleSheet(c, form, []services.InvitableGroup{group})
	if err != nil {
		return err
	}
	s := siteOf(by.Organization.Key)
	sheet.Groups = views.GroupTokens{Fixed: true, Chosen: []views.GroupToken{{Key: key, Name: group.Name}}}
	q := readGroupMembersQuery(c)
	sheet.Action, sheet.Close = q.here(s.inviteInto(key)), q.here(s.members(key))
	putWrong(sheet, wrong)
	if form.Live {
		return Render(c, status, sheet.Sheet())
	}
	return h.groupMembers(c, status, func(tab *views.GroupMembers, _ services.GroupMembers) { tab.Invite = sheet })
}

// likeColleague begins the form with the groups of the member whom the address names, and those that the viewer can't give.
func (h Pages) likeColleague(c echo.Context, form *peopleForm) error {
	id, err := strconv.ParseInt(c.QueryParam(views.PeopleLike.Name), 10, 64)
	if err != nil {
		return nil // nobody's groups
	}
	like, err := h.Console.GroupsLike(c.Request().Context(), caller(c), models.MemberID(id))
	if err != nil {
		return err
	}
	form.Like = &like
	for _, g := range like.Given {
		form.Groups = append(form.Groups, g.Key)
	}
	return nil
}

// addPeople does it, or says what is wrong with the form. What was just read of the field and can't be used is shown first.
func (h Pages) addPeople(c echo.Context, form peopleForm) (services.PeopleOutcome, []services.FieldError, error) {
	ctx, by := c.Request().Context(), caller(c)
	if len(form.wrong) > 0 {
		return services.PeopleOutcome{}, form.wrong, nil
	}
	if form.Fresh {
		// What the question refuses, the command refuses as well, and records.
		seen, err := h.Console.PeopleToAdd(ctx, by, form.NewPeople)
		if err == nil {
			if wrong := unusableProblem(form, seen); len(wrong) > 0 {
				return services.PeopleOutcome{}, wrong, nil
			}
		}
	}
	outcome, err := h.Console.AddPeople(ctx, by, form.NewPeople)
	if err != nil {
		wrong := h.peopleProblems(form, err)
		if len(wrong) > 0 {
			err = nil
		}
		return services.PeopleOutcome{}, wrong, err
	}
	return outcome, nil, nil
}

// unusableProblem asks to look at lines that can't be used, which nobody has seen yet.
func unusableProblem(form peopleForm, seen services.PeopleOutcome) []services.FieldError {
	doubtful := seen.Doubtful()
	n := len(form.List.Unusable) + len(doubtful) + seen.Count(services.PersonMailed, services.PersonInactive)
	switch n {
	case 0:
		return nil
	case len(doubtful):
		return []services.FieldError{{Field: "Sure", Text: unsureWords(doubtful)}}
	}
	return []services.FieldError{{Field: "Emails", Text: words.Upper(words.Lines.Count(n)) + " can’t be used. Correct or leave out the lines below. The others are kept."}}
}

// peopleProblems are what the reader can do something about in the form: all that waits for their word at once.
func (h Pages) peopleProblems(form peopleForm, cause error) []services.FieldError {
	var high services.TooHigh
	var confirm services.NeedsConfirmation
	var unsure services.UnsureAddresses
	var at services.AtField
	problem := services.FieldError{Field: "Groups"}
	switch {
	case cause == nil:
		return nil
	case errors.As(cause, &high):
		problem.Text = "You can’t add anybody to these groups: " + words.Beyond(h.Console.Catalog(), high.Excess) + "."
	case errors.As(cause, &confirm) && confirm.Of == services.ConfirmUnproven:
		problem = services.FieldError{Field: "Unproven", Text: "These addresses are not proven. Confirm below that you have asked these people."}
	case errors.As(cause, &confirm):
		problem = services.FieldError{Field: "Confirmed", Text: "Confirm below that they become administrators."}
	case errors.As(cause, &unsure):
		problem = services.FieldError{Field: "Sure", Text: unsureWords(unsure.Addresses)}
	case errors.As(cause, &at) && errors.Is(cause, models.ErrNotFound):
		problem.Text = "One of these groups was deleted."
	case form.Query != "" && len(form.Emails) == 0 && textOf(wrongIn(cause), "Emails") != "":
		problem = services.FieldError{Field: "Emails", Text: "Not a complete address: " + form.Query + ". Choose a member from the list, or enter an address such as name@example.com"}
	default:
		return wrongIn(cause)
	}
	return []services.FieldError{problem}
}

// sentPeople is the form as it was sent, with a file if there is one.
func (h Pages) sentPeople(c echo.Context) (peopleForm, error) {
	values, file, err := postFormWithFile(c, views.PeopleFile.Name)
	if err != nil {
		return peopleForm{}, err
	}
	form := readPeople(values, file)
	if file != nil && len(form.unread()) == 0 {
		drawnAs(c, form.asRead(values))
	}
	form.Live = c.Request().Header.Get("Hx-Request") == "true"
	return form, nil
}

// onlyAdded goes back to the list where nobody was invited. One of members has the new one selected.
func (h Pages) onlyAdded(c echo.Context, outcome services.PeopleOutcome, list string) error {
	title, text, one := addedWords(outcome)
	flash(c, "success", title, text)
	if one != "" && !siteOf(caller(c).Organization.Key).listsGroups(list) {
		list = withAdded(list, one)
	}
	return seeOther(c, list)
}

// postFormWithFile is the form of a request that may carry a file, and the file; nil = none was chosen.
func postFormWithFile(c echo.Context, name string) (url.Values, []byte, error) {
	if err := c.Request().ParseMultipartForm(mostFile); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return nil, nil, unreadable(err)
	}
	values, err := postForm(c)
	if err != nil || c.Request().MultipartForm == nil || len(c.Request().MultipartForm.File[name]) == 0 {
		return values, nil, err
	}
	data, err := readFile(c.Request().MultipartForm.File[name][0])
	return values, data, err
}
