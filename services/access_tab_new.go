package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// shareNew gives a resource just made its access: Edit for the Custom groups that the creator is in (R10), then what
// was chosen while creating. It returns who was given Edit, for the activity.
func (c *Console) shareNew(ctx context.Context, tx *Tx, domain *access.Domain, r models.Resource, choices []AccessChoice, confirmed bool) (map[string]givenState, error) {
	if !domain.Granular() {
		return nil, nil
	}
	if len(choices) > 0 && !tx.By.Rights.Granting().May(CreateIn(domain.Key), 0) {
		return nil, onlyThroughAccess(domain.Key, 0, access.Create)
	}
	chosen := map[string]bool{}
	for _, choice := range choices {
		chosen[choice.Ref()] = true
	}
	for _, g := range tx.By.Rights.NewEditors(domain) {
		if !chosen[g.Ref()] {
			choices = append(choices, AccessChoice{Kind: g.Kind, Key: g.Key, Edit: true})
		}
	}
	_, given, err := c.share(ctx, tx, domain, r, choices, true)
	if err != nil {
		return nil, err
	}
	if err := c.keepsEdit(ctx, tx.view, domain.Key, r.ID, confirmed); err != nil {
		return nil, err
	}
	return given, nil
}

// giversRights bound for how long the caller can give a grantee Edit on a resource (R7): the caller's own, and of a new
// resource what they made it with. Their own Custom groups whose members may create get a new one for good (R10).
func (c *Console) giversRights(v *view, domain *access.Domain, row models.AccessRow, isNew bool) (rights access.Rights, bounded bool) {
	if !isNew {
		return v.By.Rights, true
	}
	for _, g := range v.By.Rights.Grants(domain.Key) {
		if g.Via.ID == row.Grantee.ID && g.CanCreate && g.EditsNew(domain) {
			return access.Rights{}, false
		}
	}
	return c.makersRights(v, domain), true
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
func onlyThroughAccess(d access.DomainKey, id access.ResourceID, what access.Ability) TooHigh {
	return TooHigh{[]access.Excess{{Domain: d, Resource: id, Abilities: what}}}
}
