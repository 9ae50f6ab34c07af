package services

import (
	"context"
	"errors"
	"maps"

	"bailiwick/access"
	"bailiwick/models"
)

// SavePrivileges makes what stands what the draft says. A draft of an older revision is ErrConflict. What can't be chosen by
// anybody is Invalid, what goes beyond the caller TooHigh (R7), a lock-out that is not confirmed NeedsConfirmation: with these four
// the answer is the tab with the draft applied, as PrivilegesTab has it. Otherwise it says what was changed, and its editor lists
// are not read.
func (c *Console) SavePrivileges(ctx context.Context, by Caller, which Holder, draft PrivilegesDraft) (PrivilegesTab, error) {
	var tab PrivilegesTab
	refused := false
	err := c.change(ctx, by, privilegesChanged(which.Kind), subject{Key: which.Key}, func(tx *Tx) error {
		var err error
		if tab, err = c.privilegesToChange(ctx, tx.view, which); err != nil {
			return err
		}
		if err := c.applyDraft(ctx, tx.view, &tab, draft); err != nil {
			return err
		}
		if cause := tab.refusal(draft.Revision); cause != nil {
			if err := c.judgeDraft(ctx, tx.view, &tab, draft); err != nil {
				return err
			}
			refused = true
			return cause
		}
		return c.savePrivileges(ctx, tx, &tab)
	})
	if err != nil && !refused {
		return PrivilegesTab{}, err
	}
	return tab, err
}

// savePrivileges stores what differs, and records it.
func (c *Console) savePrivileges(ctx context.Context, tx *Tx, tab *PrivilegesTab) error {
	stood, err := tx.give(ctx, tab)
	if err != nil || len(tab.Differences) == 0 {
		return err
	}
	holder := tab.Holder()
	if err := tx.Touch(ctx, kindDomain(tab.Kind), holder.ID, holder.Revision, tx.By.Signature(), tx.At); err != nil {
		return err
	}
	tx.record(privilegesChanged(tab.Kind), about(holder), state{Privileges: c.heldStates(stood)}, state{Privileges: c.heldStates(tab.after)})
	return nil
}

// verdict is what keeps the draft from being saved: Invalid, TooHigh or NeedsConfirmation; nil where nothing does.
func (tab *PrivilegesTab) verdict(draft PrivilegesDraft) error {
	switch {
	case len(tab.Wrong) > 0:
		return Invalid{tab.Wrong}
	case len(tab.Beyond) > 0:
		return TooHigh{tab.Beyond}
	case tab.LocksOut != LocksNothing && !draft.Confirmed:
		return NeedsConfirmation{ConfirmLockOut}
	}
	return nil
}

func privilegesChanged(kind access.GranteeKind) models.Operation {
	if kind == access.APIKey {
		return models.OpAPIKeyPrivilegesChanged
	}
	return models.OpGroupPrivilegesChanged
}

// ErrTemplate says that a key's template decides what it may do.
var ErrTemplate = errors.New("the template decides what this API key may do")

// privilegesToChange finds the group or API key, if the caller may change what it holds.
func (c *Console) privilegesToChange(ctx context.Context, v *view, which Holder) (PrivilegesTab, error) {
	tab, err := c.privilegesToEdit(ctx, v, which)
	switch {
	case err != nil:
		return PrivilegesTab{}, err
	case tab.Group.Administrators:
		return PrivilegesTab{}, ErrAdministrators
	case tab.Fixed == FixedTemplate:
		return PrivilegesTab{}, ErrTemplate
	}
	return tab, nil
}

func (c *Console) privilegesToEdit(ctx context.Context, v *view, which Holder) (PrivilegesTab, error) {
	if which.Kind == access.APIKey {
		key, err := v.openAPIKey(ctx, which.Key)
		if err != nil {
			return PrivilegesTab{}, err
		}
		return privilegesOfKey(APIKeyDetail{key, c.catalog.Template(key.Template), v.By.Rights}), nil
	}
	group, err := v.openGroup(ctx, which.Key)
	if err != nil {
		return PrivilegesTab{}, err
	}
	return privilegesOfGroup(GroupDetail{group, v.By.Rights}), nil
}

// Overtaken tells whether somebody changed the group or key after the revision that a draft was made from.
func (tab *PrivilegesTab) Overtaken(revision int64) bool { return revision != tab.Holder().Revision }

// refusal is the same of a draft that was made from this revision of the group or key: ErrConflict where it was overtaken.
func (tab *PrivilegesTab) refusal(revision int64) error {
	if tab.Overtaken(revision) {
		return models.ErrConflict
	}
	return tab.Refused
}

// giveNew gives a group or API key that was just made what is chosen.
func (c *Console) giveNew(ctx context.Context, tx *Tx, tab *PrivilegesTab, n NewPrivileges) error {
	if err := c.applyDraft(ctx, tx.view, tab, n.draft()); err != nil {
		return err
	}
	if tab.Refused != nil {
		return tab.Refused
	}
	_, err := tx.give(ctx, tab)
	return err
}

// give gives the tab's group or API key what the draft makes of it, which nothing refuses. It returns what stood before: of
// editor lists the rows that the draft names, and the whole lists that go with Custom.
func (tx *Tx) give(ctx context.Context, tab *PrivilegesTab) (access.PrivilegeSet, error) {
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
