package services

import (
	"context"
	"errors"

	"bailiwick/access"
	"bailiwick/models"
)

// SaveAccess makes what stands what the draft says: only what it names and what differs is changed, and Changed says how many
// grantees that were. Saving needs edit on the resource, not on the groups (R10). Revision is that of the form; an older one, and a
// grantee that somebody changed since, is ErrConflict. When the caller could no longer edit the resource and did not confirm that,
// it is LockOut. With these two the answer is the tab with the draft applied, as AccessTab has it.
func (c *Console) SaveAccess(ctx context.Context, by Caller, which Shared, revision int64, draft AccessDraft) (AccessTab, error) {
	domain, err := c.granular(which.Domain)
	if err != nil {
		return AccessTab{}, err
	}
	var tab AccessTab
	err = c.change(ctx, by, models.OpResourceAccessChanged, subject{Domain: domain.Key, Key: which.Key}, func(tx *Tx) error {
		var err error
		tab.Changed, err = c.saveAccess(ctx, tx, domain, which.Key, revision, draft)
		return err
	})
	if err == nil {
		return tab, nil
	}
	if !errors.As(err, &LockOut{}) && !errors.Is(err, models.ErrConflict) {
		return AccessTab{}, err
	}
	shown, unread := c.AccessTab(ctx, by, which, draft)
	if unread != nil {
		return AccessTab{}, unread
	}
	shown.Newer = shown.newer(revision)
	return shown, err
}

func (c *Console) saveAccess(ctx context.Context, tx *Tx, domain *access.Domain, key string, revision int64, draft AccessDraft) (int, error) {
	r, err := tx.openResource(ctx, domain.Key, key)
	if err != nil {
		return 0, err
	}
	if !tx.By.Rights.Granting().May(EditIn(domain.Key), r.ID) {
		return 0, onlyThroughAccess(domain.Key, r.ID, access.Edit)
	}
	if revision != r.Revision {
		return 0, models.ErrConflict
	}
	before, after, err := c.share(ctx, tx, domain, r, draft.Choices, false)
	if err != nil || len(after) == 0 {
		return 0, err
	}
	if err := tx.Touch(ctx, domain.Key, r.ID, revision, tx.By.Signature(), tx.At); err != nil {
		return 0, err
	}
	tx.record(models.OpResourceAccessChanged, about(r), state{Access: before}, state{Access: after})
	if err := c.keepsEdit(ctx, tx.view, domain.Key, r.ID, draft.Confirmed); err != nil {
		return 0, err
	}
	return len(after), nil
}

// onlyThroughAccess refuses to give others what the caller holds through temporary access alone (R7).
func onlyThroughAccess(d access.DomainKey, id access.ResourceID, what access.Ability) TooHigh {
	return TooHigh{[]access.Excess{{Domain: d, Resource: id, Abilities: what}}}
}

// keepsEdit asks for confirmation when the caller, after this change, could not edit the resource any more (R10).
func (c *Console) keepsEdit(ctx context.Context, v *view, d access.DomainKey, id access.ResourceID, confirmed bool) error {
	if confirmed {
		return nil
	}
	by := v.By
	if err := c.resolve(ctx, v.Scope, &by); err != nil {
		return err
	}
	rights, err := withRows(ctx, v.Scope, by, d, []access.ResourceID{id})
	if err != nil {
		return err
	}
	if !rights.May(EditIn(d), id) {
		return LockOut{}
	}
	return nil
}
