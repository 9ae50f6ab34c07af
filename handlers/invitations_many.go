package handlers

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

func invitationKey(id models.InvitationID) string { return strconv.FormatInt(int64(id), 10) }

// invitationIDs are the numbers among the keys of rows; what is none names no invitation.
func invitationIDs(keys []string) []models.InvitationID {
	var ids []models.InvitationID
	for _, key := range keys {
		if id := invitationID(key); id != 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// invitationsChosen is the selection of the list. All are all that are pending: of those that have ended nothing can be done.
func invitationsChosen(q query) services.InvitationsChosen {
	return services.InvitationsChosen{Keys: invitationIDs(q.picks.keys), All: q.picks.all, Filter: services.InvitationQuery{
		Page: models.Page{Query: q.Query}, Outcome: q.values[views.InvitationState.Name], Ends: endsWithin(q)}}
}

// invitationsVerb is how an action on many invitations is offered, reviewed and told.
type invitationsVerb struct {
	manyVerb
	Action     services.InvitationsAction
	Icon       string
	Lead, Part string
	Told, Rest string // after the number
	Danger     bool
}

var invitationsVerbs = []invitationsVerb{
	{manyVerb{"sent again", "Sending", "Resend", words.Invitations}, services.ResendMany, "mail", "Earlier links still work.", "will be sent again",
		"sent again.", "The mails are on their way. Earlier links still work.", false},
	{manyVerb{"extended", "Extending", "Extend", words.Invitations}, services.ExtendMany, "hourglass", "Each gets the full time again, from now.", "will be extended",
		"extended.", "", false},
	{manyVerb{"revoked", "Revoking", "Revoke", words.Invitations}, services.RevokeMany, "ban", "Their links stop working immediately.",
		"will be revoked", "revoked.", "Their links no longer work.", true},
	{manyVerb{"given a link", "Making", "Make links for", words.Invitations}, services.LinksMany, "link", "The next page shows a new link for each, once. Earlier links still work.",
		"will be given a link", "", "", false},
}

func invitationsVerbOf(action services.InvitationsAction) invitationsVerb {
	for _, v := range invitationsVerbs {
		if v.Action == action {
			return v
		}
	}
	return invitationsVerb{}
}

func (s site) manyInvitations(action services.InvitationsAction) string {
	return s.invitations() + "/-/many/" + string(action)
}

// manyInvitationsBar is the Action bar for several selected invitations. It tells the selection which they are where all are.
func (h Pages) manyInvitationsBar(c echo.Context, q *query) (parts.ActionBar, error) {
	by := caller(c)
	many, err := h.Console.ManyInvitations(c.Request().Context(), by, invitationsChosen(*q))
	if err != nil {
		return parts.ActionBar{}, err
	}
	if q.among(invitationKeysOf(many.Invitations)); len(many.Invitations) == 0 || q.Selected != "" {
		return parts.ActionBar{}, nil
	}
	s := siteOf(by.Organization.Key)
	var actions []manyAction
	for _, v := range invitationsVerbs {
		if v.Action != services.LinksMany {
			actions = append(actions, manyOf(manyAction{Label: v.Does, Icon: v.Icon, Href: s.manyInvitations(v.Action), Danger: v.Danger}, many.Actions[v.Action]))
		}
	}
	links := manyAction{Label: "Copy all links", Icon: "copy", Href: s.manyInvitations(services.LinksMany)}
	file := manyAction{Label: "Download links as CSV", Icon: "download", Href: links.Href, More: true}
	actions = append(actions, manyOf(links, many.Actions[services.LinksMany]), manyOf(file, many.Actions[services.LinksMany]))
	sel := selected{Rows: len(many.Invitations), All: q.picks.all, Matching: many.Matching, Of: words.Invitations, Address: q.here(s.invitations()), File: s.invitationsCSV()}
	if q.values[views.InvitationState.Name] != "" {
		sel.Matching = 0 // of those that have ended nothing can be done
	}
	bar := manyBar(sel, actions)
	if why := whyNoneIsMailed(many.Actions[services.ResendMany]); why != "" && len(bar.Actions) > 0 {
		bar.Why = strings.TrimSpace(bar.Why + " " + why)
	}
	return bar, nil
}

// whyNoneIsMailed says why Resend is not among the actions, where that is no matter of rights: "" where it is there.
func whyNoneIsMailed(judged services.Many[services.ChosenInvitation]) string {
	var wait time.Duration
	for _, o := range judged.Outcomes {
		var soon services.Soon
		switch {
		case o.Why == nil:
			return ""
		case errors.Is(o.Why, services.ErrNoMail):
			return "None can be sent again. " + noMailServer
		case errors.As(o.Why, &soon) && (wait == 0 || soon.Wait < wait):
			wait = soon.Wait
		}
	}
	if wait == 0 {
		return ""
	}
	return "You can send them again in " + words.Remaining(wait) + ": a mail was sent a short time ago."
}

// InvitationsAsk asks before an action is done to a selection of invitations, above the list.
func (h Pages) InvitationsAsk(action services.InvitationsAction) echo.HandlerFunc {
	return func(c echo.Context) error { return h.invitationsAsk(c, invitationsVerbOf(action), http.StatusOK, "") }
}

func (h Pages) invitationsAsk(c echo.Context, v invitationsVerb, status int, changed string) error {
	by, q := caller(c), readInvitationsQuery(c)
	many, err := h.Console.ReviewInvitations(c.Request().Context(), by, v.Action, invitationsChosen(q))
	if err != nil {
		return err
	}
	s := siteOf(by.Organization.Key)
	review := &parts.Review{
		Title: v.Does + " " + words.Invitations.Count(many.Total()) + "?", Lead: v.Lead, Danger: v.Danger, Changed: changed,
		Action: q.picks.onto(q.here(s.manyInvitations(v.Action))), Cancel: q.picks.onto(q.here(s.invitations())),
	}
	if v.Action == services.RevokeMany {
		review.Final = revokingIsFinal
	}
	if v.Action == services.LinksMany {
		review.Hidden = []parts.Hidden{h.once()}
	}
	reviewed[services.ChosenInvitation]{
		verb: v.manyVerb, will: v.Part, why: h.whyInvitationLeftOut, effect: becomesOfInvitation,
		key:  func(i services.ChosenInvitation) string { return invitationKey(i.ID) },
		name: func(i services.ChosenInvitation) parts.OutcomeRow { return parts.OutcomeRow{Name: i.Email} },
	}.fill(review, many)
	return h.invitationList(c, status, func(page *views.Invitations) { page.Review = review })
}

// becomesOfInvitation is said of an invitation to which an action is done: until when it runs then, and what it leads into.
func becomesOfInvitation(i services.ChosenInvitation) string {
	if i.Runs.IsZero() {
		return intoWhichGroups(i)
	}
	return "Expires on " + words.Minute(i.Runs) + ". " + intoWhichGroups(i)
}

func intoWhichGroups(i services.ChosenInvitation) string {
	var groups []string
	for _, g := range openGroups(i.Groups) {
		groups = append(groups, g.Name)
	}
	return "Into " + words.List(groups, fewGiven) + "."
}

// whyInvitationLeftOut is why an action can't be done to an invitation.
func (h Pages) whyInvitationLeftOut(why error) string {
	var soon services.Soon
	var void services.VoidInvitation
	switch {
	case errors.As(why, &soon):
		return "A mail was sent a short time ago. You can send the next one in " + words.Remaining(soon.Wait) + "."
	case errors.As(why, &void):
		return voidNow(void.Invitation, void.Standing)
	case errors.Is(why, services.ErrNoMail):
		return noMailServer
	case errors.Is(why, services.ErrNothingToDo):
		return "It already lasts for as long as it can."
	}
	return whyLeftOut(h.Console.Catalog(), why)
}

// InvitationsDo does an action to those invitations that were confirmed: all of them, or none.
func (h Pages) InvitationsDo(action services.InvitationsAction) echo.HandlerFunc {
	v := invitationsVerbOf(action)
	return func(c echo.Context) error {
		rows, err := confirmedRows(c)
		if err != nil {
			return err
		}
		by, q := caller(c), readInvitationsQuery(c)
		err = h.Console.DoWithInvitations(c.Request().Context(), by, v.Action, invitationIDs(rows))
		if changed, again := v.sinceReviewed(err); again {
			return h.invitationsAsk(c, v, againStatus(err), changed)
		}
		if err != nil {
			return err
		}
		flash(c, "success", words.Invitations.Count(len(rows))+" "+v.Told, v.Rest)
		back := q.picks
		if v.Action == services.RevokeMany {
			back = back.without(rows)
		}
		return seeOther(c, back.onto(q.here(siteOf(by.Organization.Key).invitations())))
	}
}
