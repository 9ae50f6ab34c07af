package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// memberIDs are the numbers among the keys of rows; what is none names nobody.
func memberIDs(keys []string) []models.MemberID {
	var ids []models.MemberID
	for _, key := range keys {
		if id, err := strconv.ParseInt(key, 10, 64); err == nil {
			ids = append(ids, models.MemberID(id))
		}
	}
	return ids
}

func memberKey(id models.MemberID) string { return strconv.FormatInt(int64(id), 10) }

// membersChosen is the selection of the list.
func membersChosen(q query) services.MembersChosen {
	return services.MembersChosen{Keys: memberIDs(q.picks.keys), All: q.picks.all,
		Filter: memberQuery(q, models.Page{Query: q.Query, Sort: q.Sort})}
}

// manyMembersBar is the Action bar for several selected members. It tells the selection which they are where all are.
func (h Pages) manyMembersBar(c echo.Context, q *query) (parts.ActionBar, error) {
	by := caller(c)
	many, err := h.Console.ManyMembers(c.Request().Context(), by, membersChosen(*q))
	if err != nil {
		return parts.ActionBar{}, err
	}
	if q.among(memberKeys(many.Members)); len(many.Members) == 0 || q.Selected != "" {
		return parts.ActionBar{}, nil
	}
	s := siteOf(by.Organization.Key)
	sel := selected{Rows: len(many.Members), All: q.picks.all, Matching: many.Matching, Of: words.Members, Address: q.here(s.memberList()), File: s.memberListCSV()}
	edits := 0
	if many.EditsGroups {
		edits = sel.Rows
	}
	first := []manyAction{
		{Label: "Add to groups", Icon: "user-plus", Href: s.addToGroups(), Can: edits},
		{Label: "Remove from groups", Icon: "user-minus", Href: s.removeFromGroups(), Can: edits, Yields: parts.YieldsLast},
		{Label: "Set an end", Icon: "hourglass", Href: s.setAnEnd(), Can: edits, Yields: parts.YieldsFirst},
	}
	compare := manyAction{Label: "Compare access", Icon: "list-checks", Href: withKeys(s.compareMembers(), views.CompareMembers.Name, memberKeys(many.Members)), Link: true, Can: sel.Rows, More: true}
	if sel.Rows > services.MaxCompared {
		compare.Can = 0
	}
	remove := manyOf(manyAction{Label: "Remove", Icon: "user-x", Href: s.removeMembers(), Danger: true, Yields: parts.Yields}, many.Removal)
	bar := manyBar(sel, append(append(first, manyMembersActions(s, many)...), remove, compare))
	bar.Why = tooMany(bar.Why, sel.Rows, []mostSelected{{services.MaxCompared, "compare access"}})
	return bar, nil
}

var removingMembers = manyVerb{Done: "removed", Doing: "Removing", Does: "Remove", Of: words.Members}

// MembersRemoveAsk asks before a selection of members is removed from the organization, above the list.
func (h Pages) MembersRemoveAsk(c echo.Context) error {
	return h.membersRemoveAsk(c, http.StatusOK, "")
}

func (h Pages) membersRemoveAsk(c echo.Context, status int, changed string) error {
	by, q := caller(c), readMembersQuery(c)
	many, err := h.Console.ReviewMemberRemoval(c.Request().Context(), by, membersChosen(q))
	if err != nil {
		return err
	}
	review := h.memberRemovalReview(by, q, many)
	review.Changed = changed
	return h.memberList(c, status, func(page *views.Members) { page.Review = review })
}

// memberRemovalReview says who leaves and what each of them loses (R16).
func (h Pages) memberRemovalReview(by services.Caller, q query, many services.Many[services.LeavingMember]) *parts.Review {
	s := siteOf(by.Organization.Key)
	review := &parts.Review{
		Title: "Remove " + words.Members.Count(many.Total()) + " from " + by.Organization.Name + "?",
		Lead:  "They are signed out immediately and can no longer enter.", Final: leavingIsFinal, Danger: true,
		Action: q.picks.onto(q.here(s.removeMembers())), Cancel: q.picks.onto(q.here(s.memberList())),
	}
	reviewed[services.LeavingMember]{
		verb: removingMembers, will: "will be removed, and lose", why: h.whyLeftOut, effect: whatALeaverLoses,
		key:  func(m services.LeavingMember) string { return memberKey(m.ID) },
		name: func(m services.LeavingMember) parts.OutcomeRow { return reviewedMember(m.Member) },
	}.fill(review, many)
	return review
}

// reviewedMember is how a review names a member.
func reviewedMember(m models.Member) parts.OutcomeRow {
	return parts.OutcomeRow{Name: memberName(m), Sub: m.Email, Person: true}
}

var losesOwner = words.Noun{One: "resource loses its owner", Many: "resources lose their owner"}

// whatALeaverLoses is said of somebody who leaves the organization: "Interns and 2 more. 3 resources lose their owner."
func whatALeaverLoses(m services.LeavingMember) string {
	text := "No active group."
	switch {
	case m.First.Total == 1:
		text = "The group " + m.First.Name + "."
	case m.First.Total > 1:
		text = words.Groups.Count(m.First.Total) + ": " + m.First.Name + " " + words.More(m.First.Total-1) + "."
	}
	if m.Owned > 0 {
		text += " " + losesOwner.Count(m.Owned) + "."
	}
	return text
}

// MembersRemove removes those members from the organization that were confirmed: all of them, or nobody.
func (h Pages) MembersRemove(c echo.Context) error {
	rows, err := confirmedRows(c)
	if err != nil {
		return err
	}
	by, q := caller(c), readMembersQuery(c)
	err = h.Console.RemoveMembers(c.Request().Context(), by, memberIDs(rows))
	if changed, again := removingMembers.sinceReviewed(err); again {
		return h.membersRemoveAsk(c, againStatus(err), changed)
	}
	if err != nil {
		return err
	}
	flash(c, "success", words.Members.Count(len(rows))+" removed from the organization.", "They are signed out.")
	return seeOther(c, q.picks.without(rows).onto(q.here(siteOf(by.Organization.Key).memberList())))
}
