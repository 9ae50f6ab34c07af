package services

import (
	"context"
	"fmt"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

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
	operation := models.OpGroupPrivilegesChanged
	if g.Kind == access.APIKey {
		operation = models.OpAPIKeyPrivilegesChanged
	}
	what := subject{ID: access.ResourceID(g.ID), Key: g.Key, Name: g.Name}
	tx.record(operation, what, state{Privileges: c.heldStates(access.PrivilegeSet{d: before})}, state{Privileges: c.heldStates(access.PrivilegeSet{d: after})})
}

func kindDomain(kind access.GranteeKind) access.DomainKey {
	if kind == access.APIKey {
		return access.APIKeysDomain
	}
	return access.GroupsDomain
}
