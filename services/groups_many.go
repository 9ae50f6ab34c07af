package services

import (
	"context"
	"errors"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
)

// GroupsChosen is a selection in the list of groups: some by key, or with All the first that the list's filter finds, MaxMany at most.
type GroupsChosen struct {
	Keys   []string
	All    bool
	Filter models.GroupFilter
}

// ManyGroups is a selection of groups, and what the caller may do with them.
type ManyGroups struct {
	Groups   []models.Group     // by name, or with All in the order of the list
	Matching int                // groups that the list's filter finds; above MaxMany nobody counts further
	Deletion Many[models.Group] // nothing is judged for more than MaxGroupsToDelete
	Joins    Many[models.Group] // putting people into them; nothing is judged for more than one sheet of people takes
}

// ManyGroups tells what the caller may do with a selection.
func (c *Console) ManyGroups(ctx context.Context, by Caller, chosen GroupsChosen) (ManyGroups, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return ManyGroups{}, err
	}
	matching, err := v.groupsMatching(ctx, chosen.Filter)
	if err != nil {
		return ManyGroups{}, err
	}
	many := ManyGroups{Matching: len(matching)}
	if many.Groups, _, err = v.chosenGroups(ctx, chosen); err != nil {
		return ManyGroups{}, err
	}
	if len(many.Groups) <= MaxGroupsToDelete {
		if many.Deletion, err = v.judgeGroupDeletion(ctx, many.Groups); err != nil {
			return ManyGroups{}, err
		}
	}
	if len(many.Groups) <= MaxGroupsToJoin {
		many.Joins, err = c.judgeJoins(ctx, v, many.Groups)
	}
	return many, err
}

// MaxGroupsToDelete is how many groups are deleted at once: each takes statements of its own, with its members, invitations and lists,
// while the organization's other changes wait.
const MaxGroupsToDelete = 100

// MaxGroupsToJoin is how many groups people are put into at once from a list of groups.
const MaxGroupsToJoin = maxManyGroups

// judgeJoins tells into which of the groups the caller could put somebody (R7, R20).
func (c *Console) judgeJoins(ctx context.Context, v *view, groups []models.Group) (Many[models.Group], error) {
	_, resources := numbers(groups)
	invitable, err := c.invitable(ctx, v, resources)
	if err != nil {
		return Many[models.Group]{}, err
	}
	var many Many[models.Group]
	for _, g := range groups {
		o := Outcome[models.Group]{Row: g, Why: Forbidden{EditGroup}}
		if i := slices.IndexFunc(invitable, func(i InvitableGroup) bool { return i.ID == g.ID }); i >= 0 {
			switch o.Why = nil; {
			case invitable[i].Lent:
				o.Why = BringsNobodyIn{}
			case len(invitable[i].Beyond) > 0:
				o.Why = TooHigh{invitable[i].Beyond}
			}
		}
		many.Outcomes = append(many.Outcomes, o)
	}
	return many, nil
}

// groupsMatching are the groups that a filter finds, one more than MaxMany at most.
func (v *view) groupsMatching(ctx context.Context, filter models.GroupFilter) ([]models.Group, error) {
	filter.Page = models.Page{Query: filter.Query, Sort: filter.Sort, Limit: MaxMany + 1}
	return firstMatching(func(after string) (models.Listing[models.Group], error) {
		filter.After = after
		return v.Groups(ctx, filter)
	})
}

// chosenGroups are those of a selection that are there, and how many of them are not.
func (v *view) chosenGroups(ctx context.Context, chosen GroupsChosen) (groups []models.Group, gone int, _ error) {
	if chosen.All {
		matching, err := v.groupsMatching(ctx, chosen.Filter)
		return matching[:min(len(matching), MaxMany)], 0, err
	}
	keys := distinct(chosen.Keys)
	found, err := v.ResourcesByKeys(ctx, access.GroupsDomain, keys)
	if err != nil || len(found) == 0 {
		return nil, len(keys), err
	}
	ids := make([]access.GranteeID, len(found))
	for i, r := range found {
		ids[i] = access.GranteeID(r.ID)
	}
	groups, err = v.GroupsByIDs(ctx, ids)
	return groups, len(keys) - len(groups), err
}

// judgeGroupDeletion tells which of the groups the caller can delete, as DeleteGroup judges one.
func (v *view) judgeGroupDeletion(ctx context.Context, groups []models.Group) (Many[models.Group], error) {
	_, resources := numbers(groups)
	may, err := v.mayAmong(ctx, EditGroup, resources)
	if err != nil {
		return Many[models.Group]{}, err
	}
	own, err := v.groupsOfCaller(ctx, groups)
	if err != nil {
		return Many[models.Group]{}, err
	}
	var many Many[models.Group]
	for _, g := range groups {
		o := Outcome[models.Group]{Row: g}
		switch {
		case !may[g.ID]:
			o.Why = Forbidden{EditGroup}
		case g.Administrators:
			o.Why = ErrAdministrators
		case own[g.ID]:
			o.Why = ErrInIt
		}
		many.Outcomes = append(many.Outcomes, o)
	}
	return many, nil
}

// ErrInIt says that the caller is in a group: nobody takes anything from themselves among others (R6).
var ErrInIt = errors.New("you are in it")

// groupsOfCaller are those of the groups that the caller is in.
func (v *view) groupsOfCaller(ctx context.Context, groups []models.Group) (map[access.ResourceID]bool, error) {
	keys := make([]string, len(groups))
	for i, g := range groups {
		keys[i] = g.Key
	}
	theirs, err := v.GroupsOfMemberByKeys(ctx, v.By.Person.ID, keys)
	if err != nil {
		return nil, err
	}
	own := map[access.ResourceID]bool{}
	for _, g := range theirs {
		own[g.ID] = g.In(v.At)
	}
	return own, nil
}

// GroupsDeletion says what goes with several groups.
type GroupsDeletion struct {
	Many[models.Group]
	Sets     map[access.GranteeID]access.PrivilegeSet // what each gives
	Sees     func(access.DomainKey) bool              // the caller may view the domain's things
	Leaving  []models.Member                          // who are in no other group: they leave the organization (R16)
	Leavers  int                                      // how many there are; Leaving names the first of them
	Orphaned []models.Resource
	Orphans  int // resources that the caller may view and that lose their owner; Orphaned names the first of them
}

// ReviewGroupsDeletion says what deleting a selection of groups would end. Field of errors: Groups.
func (c *Console) ReviewGroupsDeletion(ctx context.Context, by Caller, chosen GroupsChosen) (GroupsDeletion, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return GroupsDeletion{}, err
	}
	groups, gone, err := v.chosenGroups(ctx, chosen)
	if err != nil {
		return GroupsDeletion{}, err
	}
	if len(groups) > MaxGroupsToDelete {
		return GroupsDeletion{}, invalid("Groups", words.TooMany(words.Groups, MaxGroupsToDelete, len(groups)))
	}
	judged, err := v.judgeGroupDeletion(ctx, groups)
	if err != nil {
		return GroupsDeletion{}, err
	}
	judged.Gone = gone
	viewed := c.viewed(by)
	d := GroupsDeletion{Many: judged, Sees: func(d access.DomainKey) bool { return slices.Contains(viewed, d) }}
	ids, _ := numbers(judged.Can())
	if len(ids) == 0 {
		return d, nil
	}
	if d.Sets, err = v.SetsOf(ctx, ids); err != nil {
		return GroupsDeletion{}, err
	}
	if d.Leaving, d.Leavers, err = v.LeaversOfAll(ctx, ids, v.At, leavingNamed); err != nil {
		return GroupsDeletion{}, err
	}
	d.Orphaned, d.Orphans, err = v.OwnedByLeaversOfAll(ctx, ids, v.At, viewed, leavingNamed)
	return d, err
}

// leavingNamed is how many of those who leave with several groups, and of what loses its owner, a review names.
const leavingNamed = 100

// DeleteGroups deletes groups as DeleteGroup does one, all of them or none. Overtaken where that can't be done to all any more. Field of
// errors: Groups.
func (c *Console) DeleteGroups(ctx context.Context, by Caller, keys []string) error {
	keys = distinct(keys)
	return c.change(ctx, by, models.OpGroupDeleted, subject{Name: words.Groups.Count(len(keys))}, func(tx *Tx) error {
		if err := tx.must(ctx, ViewGroups, 0); err != nil {
			return err
		}
		if err := atMost("Groups", len(keys), MaxGroupsToDelete, words.Groups); err != nil {
			return err
		}
		groups, gone, err := tx.chosenGroups(ctx, GroupsChosen{Keys: keys})
		if err != nil {
			return err
		}
		judged, err := tx.judgeGroupDeletion(ctx, groups)
		if err != nil {
			return err
		}
		judged.Gone = gone
		if err := judged.confirmed(); err != nil {
			return err
		}
		for _, g := range groups {
			if err := c.endGroup(ctx, tx, g); err != nil {
				return err
			}
		}
		return nil
	})
}
