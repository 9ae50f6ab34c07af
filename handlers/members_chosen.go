package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// chosenFrom is a list of members with a selection: the organization's, or that of a group.
type chosenFrom struct {
	query query
	list  string // address of the list
	group *services.GroupDetail
	count func() (int, error) // of the members who are selected
	draw  func(status int, question *views.ManyQuestion, review *parts.Review) error
}

// back is the list as it was left.
func (l chosenFrom) back() string { return l.query.picks.onto(l.query.here(l.list)) }

// name is what the group is called whose list it is; "" of the organization's.
func (l chosenFrom) name() string {
	if l.group == nil {
		return ""
	}
	return l.group.Name
}

func (l chosenFrom) members() services.MembersChosen {
	if l.group == nil {
		return membersChosen(l.query)
	}
	return groupMembersChosen(l.query, l.group.Key)
}

// chosenFrom is the list that the address is about.
func (h Pages) chosenFrom(c echo.Context) (chosenFrom, error) {
	ctx, by, key := c.Request().Context(), caller(c), c.Param("group")
	s := siteOf(by.Organization.Key)
	if key == "" {
		l := chosenFrom{query: readMembersQuery(c), list: s.memberList()}
		l.count = func() (int, error) {
			many, err := h.Console.ManyMembers(ctx, by, l.members())
			return len(many.Members), err
		}
		l.draw = func(status int, question *views.ManyQuestion, review *parts.Review) error {
			return h.memberList(c, status, func(page *views.Members) { page.Question, page.Review = question, review })
		}
		return l, nil
	}
	group, err := h.Console.Group(ctx, by, key)
	if err != nil {
		return chosenFrom{}, err
	}
	l := chosenFrom{query: readGroupMembersQuery(c), list: s.members(key), group: &group}
	l.count = func() (int, error) {
		many, err := h.Console.ManyOfGroup(ctx, by, key, l.members())
		return len(many.Members), err
	}
	l.draw = func(status int, question *views.ManyQuestion, review *parts.Review) error {
		return h.groupMembers(c, status, func(tab *views.GroupMembers, _ services.GroupMembers) {
			tab.Question, tab.ManyReview = question, review
		})
	}
	return l, nil
}

// groupMembersChosen is the selection of a group's list. Who is invited is no member: what can be done to many of the list is done to
// members alone.
func groupMembersChosen(q query, group string) services.MembersChosen {
	chosen := services.MembersChosen{Keys: memberIDs(q.picks.keys), All: q.picks.all}
	if q.values[views.GroupMembersShow.Name] == onlyInvited {
		return services.MembersChosen{}
	}
	chosen.Filter = services.MemberQuery{Page: models.Page{Query: q.Query}, Group: group}
	return chosen
}

// What can be done to many members of a group on its own tab. Which group it is, is not asked then.
var (
	deletingFromGroup = manyGroupsAct{
		path: func(s site, group string) string { return s.members(group) + "/-/many/delete" }, lead: "They immediately lose the privileges that no other group gives them.",
		will: "will be deleted, and lose", effect: Pages.whatTheyLose, nothing: "No longer in this group.", danger: true, leaves: true,
		verb:   manyVerb{Done: "deleted", Doing: "Deleting", Does: "Delete", Of: words.Members},
		title:  func(members string, f manyGroupsForm) string { return "Delete " + members + " from " + f.In + "?" },
		done:   func(members string, _ manyGroupsForm) string { return members + " deleted from the group." },
		review: removingFromGroups.review, do: removingFromGroups.do,
	}
	settingAnEndInGroup = func() manyGroupsAct {
		act := settingAnEnd
		act.path = func(s site, group string) string { return s.members(group) + "/-/many/end" }
		act.lead = "Their memberships of this group will have no end date."
		return act
	}()
)

// GroupMembersDeleteAsk asks before a selection of members is taken out of the group.
func (h Pages) GroupMembersDeleteAsk(c echo.Context) error {
	return h.reviewManyGroups(c, deletingFromGroup, deletingFromGroup.read(c.QueryParams()), http.StatusOK, "")
}

// GroupMembersDelete takes those members out of the group that were confirmed.
func (h Pages) GroupMembersDelete(c echo.Context) error { return h.doManyGroups(c, deletingFromGroup) }

// GroupMembersEndAsk asks when a selection of members leaves the group, and reviews it.
func (h Pages) GroupMembersEndAsk(c echo.Context) error {
	return h.askManyGroups(c, settingAnEndInGroup)
}

// GroupMembersEnd sets that end for the members that were confirmed.
func (h Pages) GroupMembersEnd(c echo.Context) error { return h.doManyGroups(c, settingAnEndInGroup) }
