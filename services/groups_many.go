package services

import (
	"context"
	"errors"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
)

// GroupsChosen is a selection in the list of groups.
type GroupsChosen = Chosen[string, models.GroupFilter]

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
	groups, matching, err := v.chosenGroups().counted(ctx, chosen)
	if err != nil {
		return ManyGroups{}, err
	}
	many := ManyGroups{Groups: groups, Matching: matching}
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
	return judgeEach(groups, func(g *models.Group) error {
		i := slices.IndexFunc(invitable, func(i InvitableGroup) bool { return i.ID == g.ID })
		if i < 0 {
			return Forbidden{EditGroup}
		}
		return invitable[i].admits(nil)
	}), nil
}

// chosenGroups are where a selection of groups is read from.
func (v *view) chosenGroups() chosenIn[string, models.GroupFilter, models.Group] {
	return chosenIn[string, models.GroupFilter, models.Group]{v.groupsMatching, v.groupsByKeys, func(g models.Group) string { return g.Key }}
}

// groupsMatching are the groups that a filter finds, one more than MaxMany at most.
func (v *view) groupsMatching(ctx context.Context, filter models.GroupFilter) (matching[models.Group], error) {
	filter.Page = models.Page{Query: filter.Query, Sort: filter.Sort, Limit: MaxMany + 1}
	return firstMatching(func(after string) (models.Listing[models.Group], error) {
		filter.After = after
		return v.Groups(ctx, filter)
	})
}

func (v *view) groupsByKeys(ctx context.Context, keys []string) ([]models.Group, error) {
	found, err := v.ResourcesByKeys(ctx, access.GroupsDomain, keys)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	ids := make([]access.GranteeID, len(found))
	for i, r := range found {
		ids[i] = access.GranteeID(r.ID)
	}
	return v.GroupsByIDs(ctx, ids)
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
	return judgeEach(groups, func(g *models.Group) error {
		switch {
		case !may[g.ID]:
			return Forbidden{EditGroup}
		case g.Administrators:
			return ErrAdministrators
		case own[g.ID]:
			return ErrInIt
		}
		return nil
	}), nil
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
	judged, err := judgeSelection(ctx, v.chosenGroups(), chosen, func(ctx context.Context, groups []models.Group) (Many[models.Group], error) {
		if len(groups) > MaxGroupsToDelete {
			return Many[models.Group]{}, invalid("Groups", words.TooMany(words.Groups, MaxGroupsToDelete, len(groups)))
		}
		return v.judgeGroupDeletion(ctx, groups)
	})
	if err != nil {
		return GroupsDeletion{}, err
	}
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
	return changeMany(ctx, c, by, keys, changeOfMany[string, models.Group]{
		operation: models.OpGroupDeleted, field: "Groups", of: words.Groups, most: MaxGroupsToDelete,
		may: func(tx *Tx) error { return tx.must(ctx, ViewGroups, 0) },
		judge: func(tx *Tx, keys []string) (Many[models.Group], error) {
			return judgeSelection(ctx, tx.chosenGroups(), GroupsChosen{Keys: keys}, tx.judgeGroupDeletion)
		},
		do: func(tx *Tx, groups []models.Group) error {
			for _, g := range groups {
				if err := c.endGroup(ctx, tx, g); err != nil {
					return err
				}
			}
			return nil
		},
	})
}
