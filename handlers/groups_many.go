package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

func (s site) deleteGroups() string { return s.groups() + "/-/many/delete" }

func (h Pages) groupsChosen(q query) services.GroupsChosen {
	return services.GroupsChosen{Keys: q.picks.keys, All: q.picks.all, Filter: groupFilter(h.Console, q, models.Page{Query: q.Query, Sort: q.Sort})}
}

// manyGroupsBar is the Action bar for several selected groups. It tells the selection which they are where all are.
func (h Pages) manyGroupsBar(c echo.Context, q *query) (parts.ActionBar, error) {
	by := caller(c)
	many, err := h.Console.ManyGroups(c.Request().Context(), by, h.groupsChosen(*q))
	if err != nil {
		return parts.ActionBar{}, err
	}
	if q.among(groupKeys(many.Groups)); len(many.Groups) == 0 || q.Selected != "" {
		return parts.ActionBar{}, nil
	}
	s := siteOf(by.Organization.Key)
	sel := selected{Rows: len(many.Groups), All: q.picks.all, Matching: many.Matching, Of: words.Groups, Address: q.here(s.groups()), File: s.groupsCSV()}
	actions := []manyAction{
		manyOf(manyAction{Label: "Add members", Icon: "user-plus", Href: s.inviteIntoGroups(groupKeys(many.Joins.Can()), q.picks.onto(sel.Address)), Link: true}, many.Joins),
		{Label: "Compare", Icon: "list-checks", Href: withKeys(s.compare(), views.CompareGroups.Name, groupKeys(many.Groups)), Link: true, Can: sel.Rows},
		manyOf(manyAction{Label: "Delete", Icon: "trash-2", Href: s.deleteGroups(), Danger: true, Yields: parts.Yields}, many.Deletion),
	}
	if sel.Rows > services.MaxCompared {
		actions[1].Can = 0
	}
	bar := manyBar(sel, actions)
	bar.Why = tooManyGroups(bar.Why, sel.Rows)
	return bar, nil
}

// tooManyGroups adds to why something is left out that more groups are selected than some actions take.
func tooManyGroups(why string, groups int) string {
	return tooMany(why, groups, []mostSelected{{services.MaxCompared, "compare groups"}, {services.MaxGroupsToJoin, "add members"}, {services.MaxGroupsToDelete, "delete groups"}})
}

// mostSelected is how many rows an action takes.
type mostSelected struct {
	most int
	to   string
}

// tooMany adds to why something is left out that more rows are selected than actions take.
func tooMany(why string, rows int, limits []mostSelected) string {
	for _, l := range limits {
		if rows > l.most {
			why = joinTexts(why, "To "+l.to+", select at most "+words.Number(l.most)+".")
		}
	}
	return why
}

// joinTexts puts a sentence after others.
func joinTexts(text, more string) string { return strings.TrimSpace(text + " " + more) }

func groupKeys(groups []models.Group) []string {
	var keys []string
	for _, g := range groups {
		keys = append(keys, g.Key)
	}
	return keys
}

// withKeys is an address with one name for several keys.
func withKeys(address, name string, keys []string) string {
	return withValues(address, url.Values{name: keys})
}

var areBuiltIn = words.Noun{One: "of them is built in", Many: "of them are built in"}

// builtInIsGone is what deleting a built-in group means: it is no other than any group, but came with the organization (R17).
const builtInIsGone = "Every new organization begins with such a group. Once deleted, it does not come back by itself. Its preset stays: a new group can begin with it."

// kindAndMembers is what tells a group that is deleted apart.
func kindAndMembers(g models.Group) string {
	if g.BuiltIn != "" {
		return "Built in, " + words.Members.Roughly(g.Members)
	}
	return words.Members.Roughly(g.Members)
}

var leavesOrganization = words.Noun{One: "member leaves the organization", Many: "members leave the organization"}

var deletingGroups = manyVerb{Done: "deleted", Doing: "Deleting", Does: "Delete", Of: words.Groups}

// GroupsDeleteAsk asks before a selection of groups is deleted, above the list.
func (h Pages) GroupsDeleteAsk(c echo.Context) error { return h.groupsDeleteAsk(c, http.StatusOK, "") }

func (h Pages) groupsDeleteAsk(c echo.Context, status int, changed string) error {
	by, q := caller(c), readGroupQuery(c)
	found, err := h.Console.ReviewGroupsDeletion(c.Request().Context(), by, h.groupsChosen(q))
	if err != nil {
		return err
	}
	s := siteOf(by.Organization.Key)
	review := groupsDeletionReview(h.Console.Catalog(), found)
	review.Changed = changed
	review.Action, review.Cancel = q.picks.onto(q.here(s.deleteGroups())), q.picks.onto(q.here(s.groups()))
	return h.groupList(c, status, readGroupQuery(c), func(page *views.Groups) { page.Review = review })
}

// groupsDeletionReview says which groups go, what each gave, and who leaves with them (R16).
func groupsDeletionReview(catalog *access.Catalog, found services.GroupsDeletion) *parts.Review {
	var leaving, orphaned []parts.OutcomeRow
	for _, m := range found.Leaving {
		leaving = append(leaving, parts.OutcomeRow{Name: memberName(m), Sub: m.Email, Person: true, Effect: "In no other group."})
	}
	for _, r := range found.Orphaned {
		orphaned = append(orphaned, parts.OutcomeRow{Name: r.Name, Sub: domainName(catalog, r.Domain), Effect: "Owner now: " + r.OwnerEmail + "."})
	}
	review := &parts.Review{
		Title: "Delete " + words.Groups.Count(found.Total()) + "?", Danger: true, Final: words.Final(""),
		Lead: "Their members immediately lose what no other group gives them.",
	}
	reviewed[models.Group]{
		verb: deletingGroups, will: "will be deleted, together with their privileges",
		key: func(g models.Group) string { return g.Key },
		name: func(g models.Group) parts.OutcomeRow {
			return parts.OutcomeRow{Name: g.Name, Sub: kindAndMembers(g)}
		},
		why:    func(why error) string { return whyLeftOut(catalog, why) },
		effect: func(g models.Group) string { return holdsInShort(catalog, found.Sets[g.Grantee().ID], found.Sees) },
	}.fill(review, found.Many)
	builtIn := 0
	for _, g := range found.Can() {
		if g.BuiltIn != "" {
			builtIn++
		}
	}
	if builtIn > 0 {
		review.Notices = []parts.Notice{{Tone: "warning", Title: areBuiltIn.Count(builtIn) + ".", Text: builtInIsGone}}
	}
	review.Parts = append(review.Parts, someOf(leavesOrganization.Count(found.Leavers), leaving, found.Leavers),
		someOf(losesOwner.Count(found.Orphans), orphaned, found.Orphans))
	return review
}

// someOf is a list of a review that names only the first of all that there are.
func someOf(title string, rows []parts.OutcomeRow, total int) parts.Outcome {
	o := outcome(title, rows)
	if left := total - len(rows); left > 0 && len(o.Others) > 0 {
		o.Others = append(o.Others, parts.OutcomeRow{Name: words.More(left)})
	}
	return o
}

func domainName(catalog *access.Catalog, key access.DomainKey) string {
	if d := catalog.Domain(key); d != nil {
		return words.Domain(d)
	}
	return ""
}

// GroupsDelete deletes those groups that were confirmed: all of them, or none.
func (h Pages) GroupsDelete(c echo.Context) error {
	rows, err := confirmedRows(c)
	if err != nil {
		return err
	}
	err = h.Console.DeleteGroups(c.Request().Context(), caller(c), rows)
	if changed, again := deletingGroups.sinceReviewed(err); again {
		return h.groupsDeleteAsk(c, againStatus(err), changed)
	}
	if err != nil {
		return err
	}
	flash(c, "success", words.Groups.Count(len(rows))+" deleted.", "Their members no longer have what these groups gave them.")
	q := readGroupQuery(c)
	return seeOther(c, q.picks.without(rows).onto(q.here(siteOf(caller(c).Organization.Key).groups())))
}
