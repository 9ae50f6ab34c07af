package services

import (
	"context"
	"errors"

	"bailiwick/access"
	"bailiwick/models"
)

// BroughtInShown is how many memberships that came about through temporary access a page lists.
const BroughtInShown = 50

// BroughtIn is a membership that came about through temporary access, with what the caller can decide about it.
type BroughtIn struct {
	models.BroughtIn
	Keepable bool // the caller may decide that it stays
}

// BroughtInList is what there is to decide about, the newest first. Total counts up to 1,001.
type BroughtInList struct {
	Rows  []BroughtIn
	Total int
}

// BroughtIn lists the memberships that personnel brought about before that was forbidden (R20). Who may not view groups sees
// none, and no number of them (R15).
func (c *Console) BroughtIn(ctx context.Context, by Caller) (BroughtInList, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewTemporaryAccess, 0); err != nil {
		return BroughtInList{}, err
	}
	if !by.Rights.May(ViewGroups, 0) {
		return BroughtInList{}, nil
	}
	found, n, err := v.BroughtIn(ctx, v.At, BroughtInShown)
	if err != nil || n == 0 {
		return BroughtInList{}, err
	}
	could, err := c.keepable(ctx, v, found)
	if err != nil {
		return BroughtInList{}, err
	}
	people := make([]models.PersonID, len(found))
	for i, b := range found {
		people[i] = b.PersonID
	}
	marks, err := v.MarksOf(ctx, people)
	if err != nil {
		return BroughtInList{}, err
	}
	list := BroughtInList{Total: n}
	for _, b := range found {
		b.Marks = marks[b.PersonID]
		list.Rows = append(list.Rows, BroughtIn{b, could(b) && by.Rights.May(EditTemporaryAccess, 0)})
	}
	return list, nil
}

// keepable tells of each of the memberships whether the caller could bring somebody into its group until its end.
func (c *Console) keepable(ctx context.Context, v *view, found []models.BroughtIn) (func(models.BroughtIn) bool, error) {
	var ids []access.ResourceID
	for _, b := range found {
		ids = append(ids, access.ResourceID(b.GroupID))
	}
	groups, err := c.invitable(ctx, v, ids)
	if err != nil {
		return nil, err
	}
	into := map[access.GranteeID]InvitableGroup{}
	for _, g := range groups {
		into[g.Grantee().ID] = g
	}
	return func(b models.BroughtIn) bool {
		g, known := into[b.GroupID]
		return known && !g.Lent && len(g.Beyond) == 0 && !outlasts(b.ExpiresAt, g.Until)
	}, nil
}

// KeepMembership decides that a membership which came about through temporary access stays. It takes Edit on temporary
// access, and counts as bringing the person into the group until its end (R7). A membership that has ended, or is decided about, is ErrDecided.
func (c *Console) KeepMembership(ctx context.Context, by Caller, id int64) (models.BroughtIn, error) {
	var kept models.BroughtIn
	err := c.change(ctx, by, models.OpGroupMemberKept, subject{}, func(tx *Tx) error {
		for _, need := range []access.Need{ViewTemporaryAccess, ViewGroups, EditTemporaryAccess} {
			if err := tx.must(ctx, need, 0); err != nil {
				return err
			}
		}
		var err error
		if kept, err = tx.undecided(ctx, id); err != nil {
			return err
		}
		group, err := tx.GroupByID(ctx, kept.GroupID)
		if err != nil {
			return err
		}
		if err := tx.must(ctx, EditGroup, group.ID); err != nil {
			return err
		}
		if _, err := c.mayProlong(ctx, tx.view, group, kept.ExpiresAt); err != nil {
			return err
		}
		if err := tx.KeepMembership(ctx, id, tx.At); err != nil {
			return err
		}
		stays := membershipState(kept.Email, kept.Name, kept.ExpiresAt)
		tx.record(models.OpGroupMemberKept, about(group.Resource), stays, stays)
		return nil
	})
	if err != nil {
		return models.BroughtIn{}, err
	}
	return kept, nil
}

// ErrDecided says that there is nothing to decide about a membership: it did not come about through temporary access, has
// ended, or somebody has decided that it stays.
var ErrDecided = errors.New("there is nothing to decide about the membership")

// undecided is the membership with the number. ErrNotFound where the organization never had it.
func (v *view) undecided(ctx context.Context, id int64) (models.BroughtIn, error) {
	b, err := v.BroughtInByID(ctx, id, v.At)
	if !errors.Is(err, models.ErrNotFound) {
		return b, err
	}
	had, err := v.HasMembership(ctx, id)
	if err != nil {
		return models.BroughtIn{}, err
	}
	if !had {
		return models.BroughtIn{}, models.ErrNotFound
	}
	return models.BroughtIn{}, ErrDecided
}
