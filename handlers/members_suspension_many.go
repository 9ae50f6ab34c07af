package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// membersVerb is how an action on many members is offered, reviewed and told.
type membersVerb struct {
	manyVerb
	Action      services.MembersAction
	Label, Icon string
	More        bool   // in the menu at the end
	Question    string // after the number: "Suspend 3 members"
	Lead        string
	Part        string // after their number
	Effect      func(services.ChosenMember) string
	Told        string // after it is done, after their number
	Rest        string
	Danger      bool
	Some        string // the label before a number, where it is another
}

// groupsInForce are a member's groups as a review names them.
func groupsInForce(m services.ChosenMember) string {
	switch m.First.Total {
	case 0:
		return "No active group."
	case 1:
		return "The group " + m.First.Name + "."
	}
	return words.Groups.Count(m.First.Total) + ": " + m.First.Name + " " + words.More(m.First.Total-1) + "."
}

var sessionsOf = words.Noun{One: "session in use", Many: "sessions in use"}

// membersVerbs are the actions of R23 in the order of the bar.
var membersVerbs = []membersVerb{
	{manyVerb{"suspended", "Suspending", "Suspend", words.Members}, services.SuspendMany, "Suspend", "circle-pause", false, "Suspend",
		"They are signed out of this organization immediately. They stay members, keep their seat and what they own, and get all of it back when somebody reactivates them.",
		"will be suspended. Until reactivated, they lose", groupsInForce, "suspended.", "They can do nothing here until somebody reactivates them.", true, ""},
	{manyVerb{"reactivated", "Reactivating", "Reactivate", words.Members}, services.ReactivateMany, "Reactivate", "circle-play", true, "Reactivate",
		"They can sign in here again.", "will be reactivated, and get back", groupsInForce, "reactivated.", "They have the privileges of their groups again.", false, ""},
	{manyVerb{"signed out", "Signing out", "Sign out", words.Members}, services.EndSessionsMany, "End sessions", "log-out", true, "End all sessions of",
		"", "will be signed out", func(m services.ChosenMember) string { return words.Upper(sessionsOf.Count(m.Sessions)) + "." },
		"signed out of this organization.", "They can sign in again.", true, "End sessions of"},
}

func membersVerbOf(action services.MembersAction) membersVerb {
	for _, v := range membersVerbs {
		if v.Action == action {
			return v
		}
	}
	return membersVerb{}
}

// manyMembersActions are those that the bar offers for a selection.
func manyMembersActions(s site, many services.ManyMembers) []manyAction {
	var actions []manyAction
	for _, v := range membersVerbs {
		actions = append(actions, manyOf(manyAction{Label: v.Label, Some: v.Some, Icon: v.Icon, More: v.More, Href: s.manyMembers(v.Action)}, many.Actions[v.Action]))
	}
	return actions
}

// MembersAsk asks before an action is done to a selection of members, above the list.
func (h Pages) MembersAsk(action services.MembersAction) echo.HandlerFunc {
	return func(c echo.Context) error { return h.membersAsk(c, membersVerbOf(action), http.StatusOK, "") }
}

func (h Pages) membersAsk(c echo.Context, v membersVerb, status int, changed string) error {
	by, q := caller(c), readMembersQuery(c)
	many, err := h.Console.ReviewMembers(c.Request().Context(), by, v.Action, membersChosen(q))
	if err != nil {
		return err
	}
	review := h.membersReview(by, q, v, many)
	review.Changed = changed
	return h.memberList(c, status, func(page *views.Members) { page.Review = review })
}

func (h Pages) membersReview(by services.Caller, q query, v membersVerb, many services.Many[services.ChosenMember]) *parts.Review {
	s := siteOf(by.Organization.Key)
	review := &parts.Review{
		Title: v.Question + " " + words.Members.Count(many.Total()) + "?", Lead: v.Lead, Danger: v.Danger,
		Action: q.picks.onto(q.here(s.manyMembers(v.Action))), Cancel: q.picks.onto(q.here(s.memberList())),
	}
	if v.Action == services.EndSessionsMany {
		review.Final = words.Final("They can sign in again.")
	}
	reviewed[services.ChosenMember]{
		verb: v.manyVerb, will: v.Part, why: h.whyLeftOut, effect: v.Effect,
		key:  func(m services.ChosenMember) string { return memberKey(m.ID) },
		name: func(m services.ChosenMember) parts.OutcomeRow { return reviewedMember(m.Member) },
	}.fill(review, many)
	return review
}

// MembersDo does an action to those members that were confirmed: all of them, or nobody.
func (h Pages) MembersDo(action services.MembersAction) echo.HandlerFunc {
	v := membersVerbOf(action)
	return func(c echo.Context) error {
		rows, err := confirmedRows(c)
		if err != nil {
			return err
		}
		by, q := caller(c), readMembersQuery(c)
		err = h.Console.DoWithMembers(c.Request().Context(), by, v.Action, memberIDs(rows))
		if changed, again := v.sinceReviewed(err); again {
			return h.membersAsk(c, v, againStatus(err), changed)
		}
		if err != nil {
			return err
		}
		flash(c, "success", words.Members.Count(len(rows))+" "+v.Told, v.Rest)
		return seeOther(c, q.picks.onto(q.here(siteOf(by.Organization.Key).memberList())))
	}
}
