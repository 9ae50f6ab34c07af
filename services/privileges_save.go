package services

import (
	"context"
	"errors"
	"maps"

	"bailiwick/access"
	"bailiwick/models"
)

// SavePrivileges makes what stands what the draft says. Revision is that of the form; an older one is ErrConflict. What can't
// be chosen by anybody is Invalid, what goes beyond the caller TooHigh (R7): with these three the answer is the tab with the
// draft applied, as PrivilegesTab has it. Otherwise it says what was changed, and its editor lists are not read.
func (c *Console) SavePrivileges(ctx context.Context, by Caller, which Holder, revision int64, draft PrivilegesDraft) (PrivilegesTab, error) {
	var tab PrivilegesTab
	domain, operation := kindDomain(which.Kind), privilegesChanged(which.Kind)
	err := c.change(ctx, by, operation, subject{Key: which.Key}, func(tx *Tx) error {
		var err error
		if tab, err = c.privilegesToChange(ctx, tx, which, revision); err != nil {
			return err
		}
		stood, err := c.give(ctx, tx, &tab, draft)
		if err != nil || len(tab.Differences) == 0 {
			return err
		}
		holder := tab.Holder()
		if err := tx.Touch(ctx, domain, holder.ID, revision, tx.By.Signature(), tx.At); err != nil {
			return err
		}
		tx.record(operation, about(holder), state{Privileges: c.heldStates(stood)}, state{Privileges: c.heldStates(tab.after)})
		return nil
	})
	if err == nil {
		return tab, nil
	}
	if !redrawn(err) {
		return PrivilegesTab{}, err
	}
	shown, unread := c.PrivilegesTab(ctx, by, which, draft)
	if unread != nil {
		return PrivilegesTab{}, unread
	}
	return shown, err
}

// redrawn tells whether a save was refused for what stands on the tab.
func redrawn(err error) bool {
	var wrong Invalid
	var high TooHigh
	return errors.As(err, &wrong) || errors.As(err, &high) || errors.Is(err, models.ErrConflict)
}

func privilegesChanged(kind access.GranteeKind) models.Operation {
	if kind == access.APIKey {
		return models.OpAPIKeyPrivilegesChanged
	}
	return models.OpGroupPrivilegesChanged
}

// ErrTemplate says that a key's template decides what it may do.
var ErrTemplate = errors.New("the template decides what this API key may do")

// privilegesToChange finds the group or API key, as it was when the form was made, if the caller may change what it holds.
func (c *Console) privilegesToChange(ctx context.Context, tx *Tx, which Holder, revision int64) (PrivilegesTab, error) {
	tab, err := c.privilegesToEdit(ctx, tx, which)
	switch {
	case err != nil:
		return PrivilegesTab{}, err
	case tab.Group.Administrators:
		return PrivilegesTab{}, ErrAdministrators
	case tab.Fixed == FixedTemplate:
		return PrivilegesTab{}, ErrTemplate
	case revision != tab.Holder().Revision:
		return PrivilegesTab{}, models.ErrConflict
	}
	return tab, nil
}

func (c *Console) privilegesToEdit(ctx context.Context, tx *Tx, which Holder) (PrivilegesTab, error) {
	if which.Kind == access.APIKey {
		key, err := tx.openAPIKey(ctx, which.Key)
		if err != nil {
			return PrivilegesTab{}, err
		}
		return privilegesOfKey(APIKeyDetail{key, c.catalog.Template(key.Template), tx.By.Rights}), nil
	}
	group, err := tx.openGroup(ctx, which.Key)
	if err != nil {
		return PrivilegesTab{}, err
	}
	return privilegesOfGroup(GroupDetail{group, tx.By.Rights}), nil
}

// give gives the tab's group or API key what is chosen, as far as and for as long as the caller may (R7). It returns what stood
// before: of editor lists the rows that the draft names, and the whole lists that go with Custom.
func (c *Console) give(ctx context.Context, tx *Tx, tab *PrivilegesTab, draft PrivilegesDraft) (access.PrivilegeSet, error) {
	if err := c.readLevels(ctx, tx.view, tab); err != nil {
		return nil, err
	}
	if err := c.applyDraft(ctx, tx.view, tab, draft); err != nil {
		return nil, err
	}
	if len(tab.Wrong) > 0 {
		return nil, Invalid{tab.Wrong}
	}
	if len(tab.beyond) > 0 {
		return nil, TooHigh{tab.beyond}
	}
	ended, err := tx.listsEnding(ctx, tab.grantee(), tab.before, tab.after)
	if err != nil {
		return nil, err
	}
	if err := tx.ReplacePrivileges(ctx, tab.grantee(), tab.before, tab.after, tx.At); err != nil {
		return nil, err
	}
	stood := maps.Clone(tab.before)
	maps.Copy(stood, ended)
	return stood, nil
}

// listsEnding are the privileges with Custom that the change ends, with their whole editor lists.
func (v *view) listsEnding(ctx context.Context, grantee access.GranteeID, before, after access.PrivilegeSet) (access.PrivilegeSet, error) {
	ending := access.PrivilegeSet{}
	for key, p := range before {
		if p.Lists() && !after[key].Lists() {
			ending[key] = p
		}
	}
	if len(ending) == 0 {
		return nil, nil
	}
	stored, err := v.PrivilegesOf(ctx, grantee)
	if err != nil {
		return nil, err
	}
	for key := range ending {
		ending[key] = stored[key]
	}
	return ending, nil
}
