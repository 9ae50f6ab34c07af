package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// peopleDone ends the address at which the result of adding people is shown, once.
const peopleDone = "/done"

// InviteDone shows over the Members page what became of everybody who was added or invited.
func (h Pages) InviteDone(c echo.Context) error {
	s := siteOf(caller(c).Organization.Key)
	sheet, err := shownOnce[views.InviteResults](c)
	if err != nil {
		return err
	}
	if _, err := h.Console.InvitationChoice(c.Request().Context(), caller(c), "", nil); err != nil {
		return err
	}
	if sheet == nil {
		sheet = resultsShown(s.invitations(), s.invite())
	}
	return h.memberList(c, http.StatusOK, func(page *views.Members) { page.Results = sheet })
}

// GroupInviteDone shows the same over the Members tab of a group.
func (h Pages) GroupInviteDone(c echo.Context) error {
	s, key := siteOf(caller(c).Organization.Key), c.Param("group")
	sheet, err := shownOnce[views.InviteResults](c)
	if err != nil {
		return err
	}
	if _, err := h.Console.InvitationInto(c.Request().Context(), caller(c), key); err != nil {
		return err
	}
	if sheet == nil {
		sheet = resultsShown(s.members(key), s.inviteInto(key))
	}
	return h.groupMembers(c, http.StatusOK, func(tab *views.GroupMembers, _ services.GroupMembers) { tab.Results = sheet })
}

// resultsShown is what stands in the place of a result that was shown already.
func resultsShown(back, invite string) *views.InviteResults {
	return &views.InviteResults{Title: "This result was shown once", Close: back, Again: views.InviteAgain{Label: "Add others", Action: invite},
		Lead: "Links in it are not shown again. If nobody has one, select the invitation in the list and make a new link."}
}

// peopleResults says what became of everybody. Links in it are shown once.
func (h Pages) peopleResults(c echo.Context, form peopleForm, outcome services.PeopleOutcome) *views.InviteResults {
	added, invited := outcome.Count(services.PersonAdded), outcome.Count(services.PersonInvited)
	sheet := &views.InviteResults{Lead: resultsLead(form, outcome)}
	for _, u := range form.List.Unusable {
		sheet.Results = append(sheet.Results, views.InviteResult{Email: u.Text, Status: parts.Status{Tone: "danger", Word: "Not used"}, Text: "Line " + strconv.Itoa(u.Line) + ": " + words.Lower(u.Why) + "."})
	}
	once := handOn
	if links := linksMade(outcome.People); len(links) > 1 {
		all := h.linkLines(siteOf(caller(c).Organization.Key), links)
		sheet.All, sheet.Lead, once = &all, sheet.Lead+" "+linksShownOnce, ""
	}
	for _, p := range attentionFirst(outcome.People) {
		sheet.Results = append(sheet.Results, h.personResult(p, len(form.Groups), once))
		if p.Outcome == services.PersonInvited {
			sheet.Facts = h.invitationFacts(p.Invitation)
		}
	}
	for i := range sheet.Results {
		sheet.Results[i].ID = "link-" + strconv.Itoa(i+1)
	}
	switch {
	case invited == 0 && added == 0:
		sheet.Title = "Nobody was added"
		return sheet
	case invited == 0:
		sheet.Title = words.Members.Count(added) + " added"
		return sheet
	case added > 0:
		sheet.Title = words.Members.Count(added) + " added, " + words.Number(invited) + " invited"
	case invited == 1:
		sheet.Title = "Invitation created"
	default:
		sheet.Title = words.Invitations.Count(invited) + " created"
	}
	sheet.Notice = providerNotice(form.Provider, h.Console.Mails())
	return sheet
}

// linksMade are the links of those who were invited without a mail.
func linksMade(people []services.PersonToAdd) []services.InvitationLink {
	var links []services.InvitationLink
	for _, p := range people {
		if p.Link != "" {
			links = append(links, services.InvitationLink{Invitation: p.Invitation, Path: p.Link})
		}
	}
	return links
}

// resultsLead counts what became of everybody.
func resultsLead(form peopleForm, outcome services.PeopleOutcome) string {
	var all []string
	count := func(n int, text string) {
		if n > 0 {
			all = append(all, words.Number(n)+" "+text)
		}
	}
	count(outcome.Count(services.PersonInvited), "invited")
	count(outcome.Count(services.PersonAdded), words.Lower("Added"))
	count(outcome.Count(services.PersonIn), "already a member")
	count(outcome.Count(services.PersonOpen), "already invited")
	count(len(form.List.Repeats), "listed twice")
	count(len(form.List.Unusable)+outcome.Count(services.PersonDoubtful, services.PersonMailed, services.PersonInactive, services.PersonNobody), "not used")
	return words.Upper(strings.Join(all, ", ")) + "."
}

// attentionFirst puts what somebody has to mend before what changed nothing, and that before those who are added or invited.
func attentionFirst(people []services.PersonToAdd) []services.PersonToAdd {
	rank := func(p services.PersonToAdd) int {
		switch p.Outcome {
		case services.PersonDoubtful, services.PersonMailed, services.PersonInactive, services.PersonNobody:
			return 0
		case services.PersonIn, services.PersonOpen:
			return 1
		}
		return 2
	}
	return slices.SortedStableFunc(slices.Values(people), func(a, b services.PersonToAdd) int { return rank(a) - rank(b) })
}

// addOthers leads back to the sheet, which begins with what has to be given once more. It is sent, since an address is personal and
// stands in no link.
func addOthers(action string, form peopleForm, outcome services.PeopleOutcome) views.InviteAgain {
	next := views.InviteAgain{Label: "Add others", Action: action}
	var typed []string
	for _, u := range form.List.Unusable {
		typed = append(typed, u.Text)
	}
	for _, p := range outcome.People {
		switch p.Outcome {
		case services.PersonDoubtful, services.PersonMailed:
			typed = append(typed, p.Email)
		}
	}
	if len(typed) == 0 {
		return next
	}
	next.Label = "Correct " + words.Lines.Count(len(typed))
	next.Hidden = []parts.Hidden{views.PeopleTyped.Hidden(strings.Join(typed, "\n")), views.PeopleProvider.Hidden(string(form.Provider))}
	if form.Notify {
		next.Hidden = append(next.Hidden, views.PeopleNotify.Hidden("yes"))
	}
	for _, group := range form.Groups {
		next.Hidden = append(next.Hidden, views.AddToGroup.Hidden(group))
	}
	return next
}

// addedWords tell that members were added, and who it was where it was one.
func addedWords(outcome services.PeopleOutcome) (title, text, one string) {
	text = "They have the privileges of these groups now."
	if outcome.Bounded != nil {
		text = "They have the privileges of these groups " + words.UntilEnd(*outcome.Bounded) + "."
	}
	var added []services.PersonToAdd
	for _, p := range outcome.People {
		if p.Outcome == services.PersonAdded {
			added = append(added, p)
		}
	}
	switch len(added) {
	case 0:
		return "Nobody was added.", "They are already members or invited.", ""
	case 1:
		return services.Signature(added[0].Of.Name, added[0].Email) + " added.", text, added[0].Email
	}
	return words.Members.Count(len(added)) + " added.", text, ""
}

// joinWays are the ways in that the page of an invitation offers to whoever comes with its link.
type joinWays struct{ Password, Link bool }

// waysOf are those of a provider, in a console that can send mail or not. The page of the invitation offers them, and who invites is told
// of them, so that both say the same.
func waysOf(p services.Provider, mails bool) joinWays {
	return joinWays{Password: p.Admits(services.ProviderPassword), Link: mails && p.Admits(services.ProviderEmailLink)}
}

// providerNotice is what to tell the people who are invited (seed 002): what they will find on the page of the invitation.
func providerNotice(p services.Provider, mails bool) *parts.Notice {
	switch waysOf(p, mails) {
	case joinWays{Password: true, Link: true}:
		return &parts.Notice{Tone: "success", Title: "They choose how to sign in.", Text: "They choose on the page of the invitation. Later they sign in the same way."}
	case joinWays{Password: true}:
		return &parts.Notice{Tone: "success", Title: "They join with a password.", Text: "The page of the invitation asks for a name and a password. People with an account use their password."}
	case joinWays{Link: true}:
		return &parts.Notice{Tone: "success", Title: "They join with a mailed link.", Text: "The page of the invitation sends it to them. They need no password."}
	}
	return &parts.Notice{Tone: "warning", Title: "They can’t join at the moment.", Text: "The invitation is for " + p.Name() + ", and this console can send no mail at the moment. Invite them with a password."}
}

func (h Pages) invitationFacts(i models.Invitation) []parts.Fact {
	ends := left(i.ExpiresAt, h.Console.Now())
	facts := []parts.Fact{
		{Term: "Provider", Value: services.Provider(i.Provider).Name()},
		{Term: "Expires", Value: words.Minute(i.ExpiresAt) + ", " + ends.Text, DateTime: ends.ISO},
		{Term: "Invited by", Value: i.InviterName},
	}
	if i.MembershipUntil != nil {
		facts = append(facts, parts.Fact{Term: "Membership ends", Value: words.Upper(words.EndMinute(*i.MembershipUntil))})
	}
	return facts
}

// personResult is what became of one, in words. Asked is how many groups they were to come into, and once
// what is said of a link; "" where it is said of all.
func (h Pages) personResult(p services.PersonToAdd, asked int, once string) views.InviteResult {
	line := views.InviteResult{Email: orElse(p.Email, p.Typed)}
	say := func(tone, word, text string) { line.Status, line.Text = parts.Status{Tone: tone, Word: word}, text }
	switch p.Outcome {
	case services.PersonInvited:
		say("success", "Invited", "An email with the link is on its way.")
		if p.Link != "" {
			line.Link, line.Text = h.BaseURL+p.Link, once
		}
	case services.PersonAdded:
		say("success", "Added", services.Signature(p.Of.Name, p.Email)+" is now in the groups.")
	case services.PersonIn:
		say("off", "Already a member", "Nothing was changed.")
	case services.PersonOpen:
		say("off", "Already invited", "An invitation is open, "+left(p.Invitation.ExpiresAt, h.Console.Now()).Text+". Select it to send it again or to copy a link.")
	case services.PersonInactive:
		say("danger", "Not added", "They are suspended. Reactivate them first.")
	case services.PersonMailed:
		say("danger", "Too many mails", "The limit for mails is reached. Wait, or invite them without an email notification and send the link yourself.")
	case services.PersonDoubtful:
		say("danger", "Not used", words.Upper(p.Doubt.Why)+".")
	default:
		say("danger", "Not used", "This is not a complete address. Example: name@example.com")
	}
	if len(p.Groups) > 0 && len(p.Groups) < asked {
		line.Text = strings.TrimSpace("Into " + words.List(namesOfGroups(p.Groups), 3) + " only: they are already in the others. " + line.Text)
	}
	return line
}

// handOn is what to do with a link.
const handOn = "It works once, and only for this address. Copy it now: it is not shown again."

func namesOfGroups(groups []models.Group) []string {
	var names []string
	for _, g := range groups {
		names = append(names, g.Name)
	}
	return names
}
