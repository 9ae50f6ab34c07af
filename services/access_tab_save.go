package services

import (
	"context"
	"fmt"

	"bailiwick/access"
	"bailiwick/models"
)

// SaveAccess makes what stands what the draft says: Changes of the tab that it answers with are what it changed. Saving needs edit
// on the resource, not on the groups (R10). A draft made from what somebody changed since is ErrConflict; when the caller could no
// longer edit the resource and did not confirm that, it is LockOut. With these two the tab is a page of what stands, with the
// draft applied, as AccessTab has it.
func (c *Console) SaveAccess(ctx context.Context, by Caller, which ResourceRef, draft AccessDraft) (AccessTab, error) {
	if which.Key == "" {
		return AccessTab{}, models.ErrNotFound
	}
	var tab AccessTab
	err := c.change(ctx, by, models.OpResourceAccessChanged, subject{Domain: which.Domain, Key: which.Key}, func(tx *Tx) error {
		var err error
		if tab, err = c.judgedAccess(ctx, tx.view, which, draft); err != nil {
			return err
		}
		if tab.Refused == nil {
			return c.saveAccess(ctx, tx, &tab)
		}
		if tab.Decides { // read here, the page is that of the judgement
			if err := tab.readPage(ctx, tx.view, draft); err != nil {
				return err
			}
		}
		return tab.Refused
	})
	return tab, err
}

func (c *Console) saveAccess(ctx context.Context, tx *Tx, tab *AccessTab) error {
	if len(tab.gives) == 0 {
		return nil
	}
	before, after, err := c.writeAccess(ctx, tx, tab)
	if err != nil {
		return err
	}
	r := tab.Resource
	if err := tx.Touch(ctx, r.Domain, r.ID, r.Revision, tx.By.Signature(), tx.At); err != nil {
		return err
	}
	tx.record(models.OpResourceAccessChanged, about(r), state{Access: before}, state{Access: after})
	return nil
}

// writeAccess gives and takes what the judgement says, and says by grantee what was and what is.
func (c *Console) writeAccess(ctx context.Context, tx *Tx, tab *AccessTab) (map[string]givenState, map[string]givenState, error) {
	before, after := map[string]givenState{}, map[string]givenState{}
	for _, change := range tab.gives {
		if err := c.setAccess(ctx, tx, tab, change); err != nil {
			return nil, nil, err
		}
		ref := change.Grantee.Ref()
		before[ref] = accessState(change.Grantee, change.Stands.Level).until(change.before[tab.Domain.Key].Ends, tab.number)
		after[ref] = accessState(change.Grantee, editOrView(change.Edit)).until(change.after[tab.Domain.Key].Ends, tab.number)
	}
	return before, after, nil
}

func editOrView(edit bool) access.Level {
	if edit {
		return access.LevelEdit
	}
	return access.LevelView
}

// setAccess changes one grantee: View on all becomes Custom with this one resource (R10). The grantee's revision is
// raised, so that a Privileges tab opened before is refused.
func (c *Console) setAccess(ctx context.Context, tx *Tx, tab *AccessTab, change AccessChange) error {
	grantee := change.Grantee
	if err := tx.ReplacePrivileges(ctx, grantee.ID, change.before, change.after, tx.At); err != nil {
		return fmt.Errorf("editor list of %s: %w", grantee.Ref(), err)
	}
	c.recordGiven(tx, change)
	if access.ResourceID(grantee.ID) == tab.Resource.ID && tab.Domain.Key == access.GroupsDomain {
		return nil // a group in its own editor list: its row is raised as the resource
	}
	return tx.Touch(ctx, kindDomain(grantee.Kind), access.ResourceID(grantee.ID), change.Revision, tx.By.Signature(), tx.At)
}

// recordGiven notes what an Access tab changed about a grantee, besides what it changed about the resource: level and
// editor list are the grantee's.
func (c *Console) recordGiven(tx *Tx, change AccessChange) {
	g := change.Grantee
	tx.record(privilegesChanged(g.Kind), subject{ID: access.ResourceID(g.ID), Key: g.Key, Name: g.Name},
		state{Privileges: c.heldStates(change.before)}, state{Privileges: c.heldStates(change.after)})
}

// kindDomain is the domain of the groups, or of the API keys.
func kindDomain(kind access.GranteeKind) access.DomainKey {
	if kind == access.APIKey {
		return access.APIKeysDomain
	}
	return access.GroupsDomain
}
