package handlers

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"bailiwick/addresslist"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// peopleFound is how many members a search shows.
const peopleFound = 20

// peopleSheet draws the form over a page, with what would become of everybody in it. groups are the chosen ones.
func (h Pages) peopleSheet(c echo.Context, form peopleForm, groups []services.InvitableGroup) (*views.AddPeople, error) {
	seen, err := h.Console.PeopleToAdd(c.Request().Context(), caller(c), form.NewPeople)
	if err != nil {
		return nil, err
	}
	added, invited := seen.Count(services.PersonAdded), seen.Count(services.PersonInvited)
	p := &views.AddPeople{Title: "Add members", Lead: "Members of the organization are added immediately. Everybody else gets an invitation.",
		Resolved: resolved(form, seen, len(groups)), Button: addButton(added, invited), Confirm: confirmUnproven(form, seen)}
	if p.People, err = h.peopleField(c, form); err != nil {
		return nil, err
	}
	if len(seen.People) > 0 {
		p.Sum, p.Seats = peopleSum(added+invited, len(groups)), seatsWords(seen.Seats)
		if missing := seen.Seats.TooFew(); missing > 0 {
			p.TooFew = words.Seats.Count(missing) + " too few: " + words.People.Count(added+invited) + ", " + words.Number(seen.Seats.Free) + " free"
		}
	}
	p.Gives = unprovenNotice(seen)
	for _, g := range groups {
		gives, confirm := joiningGives(g)
		p.Gives, p.Confirm = append(p.Gives, gives...), append(p.Confirm, confirm...)
	}
	for i := range p.Confirm {
		p.Confirm[i].Checked = p.Confirm[i].Name == parts.ConfirmAdministrators && form.Confirmed.Administrators ||
			p.Confirm[i].Name == parts.ConfirmUnproven && form.Confirmed.Unproven
	}
	h.howToJoin(p, form, added, invited)
	return p, nil
}

// howToJoin asks how those who are invited sign in, and until when those who are added stay: each only where there are any, or nobody
// yet.
func (h Pages) howToJoin(p *views.AddPeople, form peopleForm, added, invited int) {
	if invited > 0 || added == 0 {
		provider := providerField(form.Provider, h.Console.Mails())
		if invited > 1 {
			provider.Label = "How the " + words.Number(invited) + " invited sign in"
		}
		provider.Help += " An invitation can be accepted for " + words.Duration(h.Console.InvitationTerm()) + "."
		p.Provider = &provider
		if h.Console.Mails() {
			p.Notify = &views.Check{Name: views.PeopleNotify.Name, Label: views.PeopleNotify.Label, Checked: form.Notify,
				Help: "Without it, they see the invitation when they next sign in, or you send them the link."}
		} else {
			p.Gives = append(p.Gives, parts.Notice{Title: "No mail is sent.", Text: noMailServer + " You get a link for each address. Send it yourself."})
		}
	}
	until := views.PeopleUntil.Field()
	until.Type, until.Value, until.Help = "date", form.UntilTyped, words.UntilThatDay("All of them, invited people too, stay in these groups")+noDate
	p.Until = &until
}

// providerField offers the providers to join with. The one of mailed links is offered only where mail can be sent.
func providerField(chosen services.Provider, mails bool) parts.SelectField {
	f := views.PeopleProvider.Select()
	f.Required, f.Help = true, "Any listed lets them choose the first time."
	for _, p := range services.Providers() {
		if p != services.ProviderEmailLink || mails {
			f.Options = append(f.Options, parts.Option{Value: string(p), Label: p.Name()})
		}
	}
	choose(&f, string(chosen))
	return f
}

// addButton says what will happen.
func addButton(added, invited int) string {
	switch {
	case added > 0 && invited > 0:
		return "Add " + words.Number(added) + " and invite " + words.Number(invited)
	case added > 0:
		return "Add " + words.Number(added)
	case invited > 0:
		return "Invite " + words.Number(invited)
	}
	return "Add members"
}

func peopleSum(people, groups int) string {
	if groups == 0 {
		return words.People.Count(people)
	}
	return words.People.Count(people) + " into " + words.Groups.Count(groups)
}

func seatsWords(s services.Seats) string {
	return words.Number(s.Taken) + " of " + words.Seats.Count(s.All)
}

// joiningGives is what to know before somebody comes into a group.
func joiningGives(g services.InvitableGroup) (gives []parts.Notice, confirm []parts.Confirmation) {
	switch {
	case g.Administrators:
		gives = []parts.Notice{{ID: "gives", Tone: "warning", Title: "Administrators may do everything.",
			Text: "They have the highest level on every domain, including new ones, and can add other administrators."}}
		confirm = []parts.Confirmation{{Name: parts.ConfirmAdministrators, Label: "Make all of them administrators", DescribedBy: "gives"}}
	case unreviewed(g.Group):
		gives = []parts.Notice{firstMember(g.Name)}
	}
	if g.Until != nil {
		gives = append(gives, parts.Notice{Title: "Membership of " + g.Name + " ends.",
			Text: "New members stay in this group at most " + givesUntil(*g.Until)})
	}
	return gives, confirm
}

// unreviewed tells whether a group still waits for its first member with what the catalogue gave it.
func unreviewed(g models.Group) bool { return g.BuiltIn != "" && g.Members == 0 }

// firstMember reminds whoever is about to bring the first member into a built-in group.
func firstMember(group string) parts.Notice {
	return parts.Notice{Title: "First member of " + group + ".", Text: "Review the privileges of this built-in group first."}
}

// unprovenNotice tells of members who joined by a copied link (R19).
func unprovenNotice(seen services.PeopleOutcome) []parts.Notice {
	if !seen.Unproven {
		return nil
	}
	var names []string
	for _, p := range seen.People {
		if p.Outcome == services.PersonAdded && p.Of.Unproven {
			names = append(names, p.Email)
		}
	}
	return []parts.Notice{{ID: "unproven", Tone: "warning", Title: "Address not proven.",
		Text: words.List(names, 3) + " joined by a copied link. What you give here goes to the person who used the link. Ask the member whether it was them."}}
}

func confirmUnproven(form peopleForm, seen services.PeopleOutcome) []parts.Confirmation {
	if !seen.Unproven {
		return nil
	}
	return []parts.Confirmation{{Name: parts.ConfirmUnproven, Label: joinedThemselves, DescribedBy: "unproven", Checked: form.Confirmed.Unproven}}
}

// peopleField is the field with the members who match its words.
func (h Pages) peopleField(c echo.Context, form peopleForm) (views.PeopleField, error) {
	f := views.PeopleField{Typed: form.Typed, Autofocus: form.Step != parts.FilterStep, MostLines: "At most " + words.Addresses.Count(addresslist.MostAtOnce) + " at a time."}
	if text := form.List.Carry(); text != "" {
		f.Carried = append(f.Carried, views.PeopleLines.Hidden(text))
	}
	shown := map[string]bool{}
	if form.Query != "" {
		list, err := h.Console.Members(c.Request().Context(), caller(c), services.MemberQuery{Page: models.Page{Query: form.Query, Limit: peopleFound, Fitting: true}})
		if err != nil {
			return f, err
		}
		for i, m := range list.Rows {
			f.Found = append(f.Found, foundPerson(i, m, list.First, slices.Contains(form.Emails, m.Email)))
			shown[m.Email] = true
		}
		switch {
		case list.Next != "":
			f.More = "More members match. Type more to narrow."
		case len(list.Rows) == 0:
			f.More = nobodyFound(form.Query)
		}
	}
	for _, email := range form.Ticked {
		if !shown[email] {
			f.Carried = append(f.Carried, views.PeoplePerson.Hidden(email))
		}
	}
	return f, nil
}

// nobodyFound says what to do where no member has the words, or the address, that was typed.
func nobodyFound(typed string) string {
	if addresslist.Listed(typed) {
		return fmt.Sprintf("“%s” is not a member. To invite this person, press Enter.", typed)
	}
	return fmt.Sprintf("No member matches “%s”. To invite somebody, enter the complete address.", typed)
}

func foundPerson(place int, m models.Member, of map[models.PersonID]models.FirstGroup, chosen bool) views.FoundPerson {
	found := views.FoundPerson{ID: views.PeoplePerson.Name + "-" + strconv.Itoa(place+1), Name: memberName(m), Email: m.Email, Marks: marks(m.Marks),
		Note: words.Groups.Count(m.Groups), Checked: chosen, Unavailable: m.Suspended()}
	if first, in := of[m.PersonID]; in && m.Namesakes > 0 {
		found.Sub, found.Note = toldApart(m, first), "" // which says how many groups
	}
	if m.Suspended() {
		found.Note = "Suspended"
	}
	return found
}

// groupTokens is the choice of groups.
func (h Pages) groupTokens(form peopleForm, choice services.InvitableGroups) views.GroupTokens {
	t := views.GroupTokens{Query: form.GroupQuery, Autofocus: form.Step == parts.FilterStep}
	for _, g := range choice.Chosen {
		t.Chosen = append(t.Chosen, views.GroupToken{Key: g.Key, Name: g.Name})
	}
	for _, g := range choice.Rows {
		found := views.FoundGroup{Key: g.Key, Name: g.Name, Sub: words.Domains.Count(g.Held), Note: words.Members.Count(g.Members)}
		if why := h.whyNotGiven(g); why != "" {
			found.Sub, found.Unavailable = why, true
		}
		t.Found = append(t.Found, found)
	}
	switch {
	case choice.More:
		t.More = "There are more groups. Type a name to find them. Your choices stay."
	case len(choice.Rows) == 0 && form.GroupQuery != "":
		t.More = fmt.Sprintf("No other group that you can edit matches “%s”.", form.GroupQuery)
	}
	if form.Like != nil {
		for _, g := range form.Like.Refused {
			why := h.whyNotGiven(g.InvitableGroup)
			if g.Uneditable {
				why = "You can’t edit this group."
			}
			t.Refused = append(t.Refused, views.FoundGroup{Key: g.Key, Name: g.Name, Sub: why})
		}
	}
	return t
}

// whyNotGiven is why nobody can be brought into a group, "" where they can.
func (h Pages) whyNotGiven(g services.InvitableGroup) string {
	switch {
	case g.Lent:
		return words.Sentence(words.BringsNobodyIn)
	case len(g.Beyond) > 0:
		return words.Sentence(words.Beyond(h.Console.Catalog(), g.Beyond))
	}
	return ""
}

// peopleControls are where the sheet shows the fields of its command.
var peopleControls = controls{"Emails": views.PeopleTyped, "Until": views.PeopleUntil, "Provider": views.PeopleProvider}

// putWrong puts what is wrong into a sheet.
func putWrong(p *views.AddPeople, wrong []services.FieldError) {
	p.Errors = fieldErrors(wrong, func(f services.FieldError) (id, label string) {
		switch f.Field {
		case "Confirmed":
			return parts.ConfirmID(parts.ConfirmAdministrators), views.PeopleSure.Label
		case "Unproven":
			return parts.ConfirmID(parts.ConfirmUnproven), views.PeopleSure.Label
		case "Sure":
			if box := firstUnsure(p.Resolved); box != nil {
				return box.ID, views.PeopleSure.Label
			}
			return views.PeopleTyped.Name, views.PeopleTyped.Label
		case "Groups":
			return views.PeopleGroupsID, views.AddToGroup.Label
		}
		return peopleControls.find(f)
	})
	p.People.Error = take(p.Errors, views.PeopleTyped.Name)
	if box := firstUnsure(p.Resolved); box != nil && p.People.Error == "" {
		p.People.Error = take(p.Errors, box.ID)
		box.Problem = parts.DescribedBy(views.PeopleTyped.Name, "", p.People.Error)
	}
	p.Groups.Error = take(p.Errors, views.PeopleGroupsID)
	if p.Provider != nil {
		p.Provider.Error = take(p.Errors, p.Provider.ID)
	}
	if p.Until != nil {
		mark(p.Errors, p.Until)
	}
}
