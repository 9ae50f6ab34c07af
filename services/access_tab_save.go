package services

import (
	"context"
	"errors"
	"fmt"
	"time"

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

// share applies the choices that differ from what stands, and says by grantee what was and what is. Unless the resource
// is new, a grantee that is to change must be as the form saw it.
func (c *Console) share(ctx context.Context, tx *Tx, domain *access.Domain, r models.Resource, choices []AccessChoice, isNew bool) (map[string]givenState, map[string]givenState, error) {
	before, after := map[string]givenState{}, map[string]givenState{}
	rows, err := c.accessRows(ctx, tx.view, domain, r.ID, choices)
	if err != nil {
		return nil, nil, err
	}
	for _, choice := range choices {
		row, ok := rows[choice.Ref()]
		if !ok {
			return nil, nil, models.ErrConflict // the group or key is gone since the form was made
		}
		now := domain.AccessChoice(levelOf(domain, row), row.Listed)
		same := !now.Fixed && (now.Level == access.LevelEdit) == choice.Edit
		if same && row.ListedTo == nil {
			continue
		}
		was, is, err := c.accessChange(ctx, tx.view, domain, r, row, choice.Edit, isNew)
		if err != nil {
			return nil, nil, err
		}
		if same && was.sameAs(is, c.catalog) { // else it stood until some moment, and is given for longer
			continue
		}
		if now.Fixed || !isNew && choice.Revision != row.Revision {
			return nil, nil, models.ErrConflict
		}
		if err := c.setAccess(ctx, tx, domain, r, row, was, is); err != nil {
			return nil, nil, err
		}
		name := row.Grantee.Ref()
		before[name] = accessState(row.Grantee, now.Level).until(was.Ends, r.ID)
		after[name] = accessState(row.Grantee, editOrView(choice.Edit)).until(is.Ends, r.ID)
	}
	return before, after, nil
}

func editOrView(edit bool) access.Level {
	if edit {
		return access.LevelEdit
	}
	return access.LevelView
}

// onDomain is a privilege with its domain, of whose editor list only the resource in question is known.
type onDomain struct {
	access.Privilege
	domain *access.Domain
}

func (p onDomain) set() access.PrivilegeSet { return access.PrivilegeSet{p.domain.Key: p.Privilege} }

func (p onDomain) sameAs(other onDomain, c *access.Catalog) bool {
	return p.set().Equal(other.set(), c)
}

// accessChange is what a grantee has on the domain before and after a choice of the Access tab. Edit lasts as long as the
// caller can give it (R7).
func (c *Console) accessChange(ctx context.Context, v *view, domain *access.Domain, r models.Resource, row models.AccessRow, edit, isNew bool) (onDomain, onDomain, error) {
	id := row.Grantee.ID
	levels, err := v.LevelsOf(ctx, []access.GranteeID{id})
	if err != nil {
		return onDomain{}, onDomain{}, err
	}
	p := levels[id][domain.Key]
	if row.Listed {
		p.Editors = []access.ResourceID{r.ID}
		if row.ListedTo != nil {
			p.Ends = map[access.ResourceID]time.Time{r.ID: *row.ListedTo}
		}
	}
	before, after := onDomain{p, domain}, onDomain{p.WithAccess(domain, r.ID, edit), domain}
	if rights, bounded := c.giversRights(v, domain, row, isNew); edit && bounded {
		after.Privilege = rights.Bounded(c.catalog, after.set(), before.set())[domain.Key]
	}
	return before, after, nil
}

// setAccess changes one grantee: View on all becomes Custom with this one resource (R10). The grantee's revision is
// raised, so that a Privileges tab opened before is refused.
func (c *Console) setAccess(ctx context.Context, tx *Tx, domain *access.Domain, r models.Resource, row models.AccessRow, before, after onDomain) error {
	id := row.Grantee.ID
	if err := tx.ReplacePrivileges(ctx, id, before.set(), after.set(), tx.At); err != nil {
		return fmt.Errorf("editor list of %s: %w", row.Grantee.Ref(), err)
	}
	c.recordGiven(tx, domain.Key, row.Grantee, before.Privilege, after.Privilege)
	if access.ResourceID(id) == r.ID && domain.Key == access.GroupsDomain {
		return nil // a group in its own editor list: its row is raised as the resource
	}
	return tx.Touch(ctx, kindDomain(row.Grantee.Kind), access.ResourceID(id), row.Revision, tx.By.Signature(), tx.At)
}

// recordGiven notes what an Access tab changed about a grantee, besides what it changed about the resource: level and
// editor list are the grantee's.
func (c *Console) recordGiven(tx *Tx, d access.DomainKey, g access.Grantee, before, after access.Privilege) {
	what := subject{ID: access.ResourceID(g.ID), Key: g.Key, Name: g.Name}
	tx.record(privilegesChanged(g.Kind), what, state{Privileges: c.heldStates(access.PrivilegeSet{d: before})}, state{Privileges: c.heldStates(access.PrivilegeSet{d: after})})
}

// kindDomain is the domain of the groups, or of the API keys.
func kindDomain(kind access.GranteeKind) access.DomainKey {
	if kind == access.APIKey {
		return access.APIKeysDomain
	}
	return access.GroupsDomain
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
