package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
)

// GroupToGive is a group to which Edit or View on resources of a domain can be given, or which leaves nothing to choose about them.
type GroupToGive struct {
	access.Grantee
	Level access.Level // on the domain
	Fixed bool         // Edit on all of them, or nothing: only its Privileges tab changes that
}

// GroupsToGive are the first groups that the caller sees on an Access tab of the domain, by name, the chosen one before them; more tells
// that there are others.
func (c *Console) GroupsToGive(ctx context.Context, by Caller, key access.DomainKey, find, chosen string) (groups []GroupToGive, more bool, _ error) {
	domain, err := c.granularPage(by, key)
	if err != nil {
		return nil, false, err
	}
	v := c.view(by)
	filter := models.AccessFilter{Page: models.Page{Query: find, Limit: groupsOffered, Fitting: true}, Kind: access.Group}
	if !by.Rights.May(ViewGroups, 0) {
		filter.OnlyGrantees = append([]access.GranteeID{}, by.Grantees()...)
	}
	found, err := v.AccessRows(ctx, key, 0, filter)
	if err != nil {
		return nil, false, err
	}
	var before []models.AccessRow
	tab := AccessTab{Domain: domain, SeesGroups: by.Rights.May(ViewGroups, 0)}
	if chosen != "" && tab.maySee(by, map[access.GranteeKind][]string{access.Group: {chosen}}) == nil {
		if before, err = v.AccessRowsByKeys(ctx, key, 0, access.Group, []string{chosen}); err != nil {
			return nil, false, err
		}
	}
	for _, row := range append(before, found.Rows...) {
		if len(groups) == 0 || groups[0].ID != row.Grantee.ID || len(before) == 0 {
			groups = append(groups, groupToGive(domain, row))
		}
	}
	return groups, found.Next != "", nil
}

// groupsOffered is how many groups are offered to choose from at once.
const groupsOffered = 20

func groupToGive(d *access.Domain, row models.AccessRow) GroupToGive {
	level := levelOf(d, row)
	return GroupToGive{Grantee: row.Grantee, Level: level, Fixed: d.AccessChoice(level, false).Fixed}
}

// granularPage is the domain of a page of resources with Access tabs that the caller may view.
func (c *Console) granularPage(by Caller, key access.DomainKey) (*access.Domain, error) {
	domain, err := c.OpenDomain(by, key)
	if err == nil && !domain.Granular() {
		err = models.ErrNotFound
	}
	return domain, err
}

// weighGroup judges giving a group Edit or View on each of the resources as the Access tab of each does (R7, R10). What would take Edit
// from the caller is left out: that is confirmed on the resource's own tab.
func (v *view) weighGroup(ctx context.Context, r *ResourcesReview, change ResourcesChange) error {
	if err := v.findGroup(ctx, r, change); err != nil {
		return err
	}
	d, id := r.Domain, r.group.Grantee.ID
	entries, err := v.EntriesAmong(ctx, []access.GranteeID{id}, d.Key, r.ids())
	if err != nil {
		return err
	}
	levels, err := v.LevelsOf(ctx, []access.GranteeID{id})
	if err != nil {
		return err
	}
	before, listed := levels[id][d.Key], map[access.ResourceID]bool{}
	for _, e := range entries {
		listed[e.Resource], before.Editors = true, append(before.Editors, e.Resource)
		if !e.Until.IsZero() {
			if before.Ends == nil {
				before.Ends = map[access.ResourceID]time.Time{}
			}
			before.Ends[e.Resource] = e.Until
		}
	}
	r.leaveOut(func(row ChosenResource) error {
		switch {
		case !v.gives(d.Key, row.ID):
			return onlyThroughAccess(row.ID, EditIn(d.Key))
		case listed[row.ID] == change.Edit:
			return ErrNothingToDo
		case v.By.Rights.LosesEdit(d, row.ID, map[access.GranteeID]bool{id: change.Edit}):
			return ErrLocksOut
		}
		return nil
	})
	after := before
	for _, row := range r.Can() {
		after = after.WithAccess(d, row.ID, change.Edit)
	}
	r.before, r.after = access.PrivilegeSet{d.Key: before}, access.PrivilegeSet{d.Key: after}
	if change.Edit {
		r.after = v.By.Rights.Bounded(v.console.catalog, r.after, r.before)
	}
	for i, o := range r.Outcomes {
		if end, ends := r.after[d.Key].Ends[o.Row.ID]; o.Why == nil && ends {
			r.Outcomes[i].Row.EndsAt = &end
		}
	}
	return nil
}

// findGroup finds the group that was chosen, among those that the caller sees on an Access tab.
func (v *view) findGroup(ctx context.Context, r *ResourcesReview, change ResourcesChange) error {
	d := r.Domain
	if !d.Granular() {
		return models.ErrNotFound
	}
	if change.Group == "" {
		return invalid("Group", "Choose a group.")
	}
	tab := AccessTab{Domain: d, SeesGroups: v.By.Rights.May(ViewGroups, 0)}
	if err := tab.maySee(v.By, map[access.GranteeKind][]string{access.Group: {change.Group}}); err != nil {
		return err
	}
	rows, err := v.AccessRowsByKeys(ctx, d.Key, 0, access.Group, []string{change.Group})
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return invalid("Group", "This group does not exist any more. Choose another one.")
	}
	r.group, r.Group = rows[0], rows[0].Grantee
	if groupToGive(d, r.group).Fixed {
		return invalid("Group", r.Group.Name+" has "+d.Label(levelOf(d, r.group))+" on "+words.Domain(d)+", so Edit and View on one of them change nothing.")
	}
	return nil
}

// giveGroup writes what was judged, and notes it of each resource and of the group, as saving their Access tabs does.
func (tx *Tx) giveGroup(ctx context.Context, r ResourcesReview) error {
	d, g := r.Domain.Key, r.Group
	if err := tx.ReplacePrivileges(ctx, g.ID, r.before, r.after, tx.At); err != nil {
		return err
	}
	tx.record(privilegesChanged(g.Kind), subject{ID: access.ResourceID(g.ID), Key: g.Key, Name: g.Name},
		state{Privileges: tx.console.heldStates(r.before)}, state{Privileges: tx.console.heldStates(r.after)})
	if err := tx.Touch(ctx, access.GroupsDomain, access.ResourceID(g.ID), r.group.Revision, tx.By.Signature(), tx.At); err != nil {
		return err
	}
	for _, row := range r.Can() {
		before := accessState(g, editOrView(!r.Change.Edit)).until(r.before[d].Ends, row.ID)
		after := accessState(g, editOrView(r.Change.Edit)).until(r.after[d].Ends, row.ID)
		tx.record(models.OpResourceAccessChanged, about(row.Resource),
			state{Access: map[string]givenState{g.Ref(): before}}, state{Access: map[string]givenState{g.Ref(): after}})
	}
	return tx.TouchAll(ctx, d, r.ids(), tx.By.Signature(), tx.At)
}
