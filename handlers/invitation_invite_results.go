package handlers

import (
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

// inviteResults is the direct answer to the form that invited: links in it are shown this once, and go to no address, no
// session and no log.
func (h Pages) inviteResults(c echo.Context, form inviteForm, results []services.InviteResult) *views.InviteResults {
	invited := 0
	sheet := &views.InviteResults{}
	for i, r := range attentionFirst(results) {
		line := h.inviteResult(caller(c), r, form)
		line.ID = "link-" + strconv.Itoa(i+1)
		sheet.Results = append(sheet.Results, line)
		if r.Outcome == services.Invited {
			invited++
			sheet.Facts = h.invitationFacts(r.Invitation)
		}
	}
	sheet.Lead = words.Number(invited) + " of " + words.Addresses.Count(len(results)) + " invited."
	if twice := form.List.Size() - len(results); twice > 0 {
		sheet.Lead += " " + words.Noun{One: "repeated address counts", Many: "repeated addresses count"}.Count(twice) + " once."
	}
	switch {
	case invited == 0:
		sheet.Title = "Nobody was invited"
		return sheet
	case invited == 1:
		sheet.Title = "Invitation created"
	default:
		sheet.Title = words.Invitations.Count(invited) + " created"
	}
	sheet.Notice = providerNotice(form.Provider)
	return sheet
}

// attentionFirst puts what somebody has to mend before what changed nothing, and that before those who are invited.
func attentionFirst(results []services.InviteResult) []services.InviteResult {
	rank := func(r services.InviteResult) int {
		switch {
		case again(r):
			return 0
		case r.Outcome != services.Invited:
			return 1
		}
		return 2
	}
	return slices.SortedStableFunc(slices.Values(results), func(a, b services.InviteResult) int { return rank(a) - rank(b) })
}

// again tells whether an address has to be given once more: corrected, or when there is room.
func again(r services.InviteResult) bool {
	return r.Outcome == services.NoAddress || r.Outcome == services.NoSeat || r.Outcome == services.TooManyMails
}

// inviteAnother leads back to the panel, which begins with the addresses that have to be given once more. They are sent,
// since an address is personal and stands in no link.
func inviteAnother(action string, form inviteForm, results []services.InviteResult) views.InviteAgain {
	next := views.InviteAgain{Label: "Invite another", Action: action}
	var typed []string
	for _, r := range results {
		if again(r) {
			typed = append(typed, r.Typed)
		}
	}
	if len(typed) == 0 {
		return next
	}
	next.Hidden = []parts.Hidden{views.InviteEmails.Hidden(strings.Join(typed, "\n")), views.InviteProvider.Hidden(string(form.Provider))}
	if form.Notify {
		next.Hidden = append(next.Hidden, views.InviteNotify.Hidden("yes"))
	}
	for _, group := range form.Groups {
		next.Hidden = append(next.Hidden, views.InviteGroup.Hidden(group))
	}
	return next
}

// providerNotice is what to tell the people who are invited (seed 002).
func providerNotice(p services.Provider) *parts.Notice {
	notice := &parts.Notice{Tone: "success", Title: "They choose how to sign in.", Text: "The page of the invitation asks them, and they stay with it."}
	switch p {
	case services.ProviderPassword:
		notice.Title, notice.Text = "They join with a password.", "The page of the invitation asks for a name and a password, or for the password that they have."
	case services.ProviderEmailLink:
		notice.Title, notice.Text = "They join with a mailed link.", "The page of the invitation mails it to them. They need no password."
	}
	return notice
}

func (h Pages) invitationFacts(i models.Invitation) []parts.Fact {
	ends := left(i.ExpiresAt, h.Console.Now())
	return []parts.Fact{
		{Term: "Provider", Value: services.Provider(i.Provider).Name()},
		{Term: "Expires", Value: words.Minute(i.ExpiresAt) + ", " + ends.Text, DateTime: ends.ISO},
		{Term: "Invited by", Value: i.InviterName},
	}
}

// inviteResult is what became of one address, in words.
func (h Pages) inviteResult(by services.Caller, r services.InviteResult, form inviteForm) views.InviteResult {
	line := views.InviteResult{Email: orElse(r.Email, r.Typed)}
	say := func(tone, word, text string) { line.Status, line.Text = parts.Status{Tone: tone, Word: word}, text }
	switch r.Outcome {
	case services.Invited:
		say("success", "Invited", "An email with the link is on its way.")
		if r.Link != "" {
			line.Link, line.Text = h.BaseURL+r.Link, handOn
		}
		if len(r.Groups) < len(form.Groups) {
			line.Text = "Into " + words.List(namesOfGroups(r.Groups), 3) + " only: the rest they have already. " + line.Text
		} else if r.Member {
			line.Text = "They are a member already: the invitation adds the groups. " + line.Text
		}
	case services.MemberAlready:
		say("off", "Member already", "They are in this already. Nothing was changed.")
	case services.OpenAlready:
		say("off", "Invited already", "An invitation is open, "+left(r.Invitation.ExpiresAt, h.Console.Now()).Text+". Select it to send it again or to copy a link.")
	case services.NoSeat:
		say("danger", "No free seat", "Members and pending invitations take all "+words.Seats.Count(by.Organization.Seats)+
			". Revoke an invitation or delete a member first, or ask whoever runs this console for more seats.")
	case services.TooManyMails:
		say("danger", "Too many mails", "Enough invitations have gone out by mail for now. Invite them without an email notification and hand the link on, or wait.")
	default:
		say("danger", "Not an address", form.whyUnusable(r.Typed))
	}
	return line
}

// handOn is what to do with a link.
const handOn = "Works once, and only for this address. It is shown only now: Bailiwick keeps a hash of it."

func namesOfGroups(groups []models.Group) []string {
	var names []string
	for _, g := range groups {
		names = append(names, g.Name)
	}
	return names
}
