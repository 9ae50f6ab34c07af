package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// giveAccessToNew gives a resource just made its access: Edit for the Custom groups that the creator is in (R10), unless something
// else was chosen while creating, and what was chosen. It returns who was given Edit, for the activity.
func (c *Console) giveAccessToNew(ctx context.Context, tx *Tx, domain *access.Domain, r models.Resource, n NewAccess) (map[string]givenState, error) {
	if !domain.Granular() {
		return nil, nil
	}
	tab := newAccess(tx.view, domain, r.ID)
	if err := c.judgeAccess(ctx, tx.view, &tab, n.draft()); err != nil {
		return nil, err
	}
	if tab.Refused != nil {
		return nil, tab.Refused
	}
	_, given, err := c.writeAccess(ctx, tx, &tab)
	return given, err
}

// giversRights bound for how long the caller can give a grantee Edit on the tab's resource (R7): the caller's own, and of a new
// resource what they made it with. Their own Custom groups whose members may create get a new one for good (R10).
func (c *Console) giversRights(v *view, tab *AccessTab, grantee access.Grantee) (rights access.Rights, bounded bool) {
	if !tab.adding {
		return v.By.Rights, true
	}
	for _, g := range v.By.Rights.Grants(tab.Domain.Key) {
		if g.Via.ID == grantee.ID && g.CanCreate && g.EditsNew(tab.Domain) {
			return access.Rights{}, false
		}
	}
	return c.makersRights(v, tab.Domain), true
}

// makersRights are what counts for giving access to a resource that the caller has just made: Edit on it for as long as the
// caller may create, edit everything, or edit it through one of their own groups.
func (c *Console) makersRights(v *view, domain *access.Domain) access.Rights {
	mine := v.By.Rights.Granting()
	maker := access.Grantee{Kind: access.Group, ID: access.GranteeID(v.By.Organization.ID), Key: "maker"}
	var grants []access.Grant
	for _, need := range []access.Need{CreateIn(domain.Key), EditIn(domain.Key)} {
		if end, held := mine.Until(need, 0); held {
			grants = append(grants, access.Grant{Via: maker, Domain: domain.Key, Level: access.LevelEdit, Until: end})
		}
	}
	for _, g := range mine.Grants(domain.Key) {
		if g.EditsNew(domain) {
			grants = append(grants, access.Grant{Via: maker, Domain: domain.Key, Level: access.LevelEdit, Until: g.Until})
		}
	}
	return access.Resolve(c.catalog, grants, nil, v.At)
}

// onlyThroughAccess refuses to give others what the caller holds through temporary access alone (R7).
func onlyThroughAccess(id access.ResourceID, need access.Need) TooHigh {
	return TooHigh{[]access.Excess{{Domain: need.Domain, Resource: id, Abilities: need.Ability}}}
}
