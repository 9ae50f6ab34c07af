package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

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
func (c *Console) accessChange(ctx context.Context, v *view, domain *access.Domain, r models.Resource, row models.AccessRow, edit, isNew bool) (before, after onDomain, err error) {
	id := row.Grantee.ID
	levels, err := v.LevelsOf(ctx, []access.GranteeID{id})
	if err != nil {
		return before, after, err
	}
	p := levels[id][domain.Key]
	if row.Listed {
		p.Editors = []access.ResourceID{r.ID}
		if row.ListedTo != nil {
			p.Ends = map[access.ResourceID]time.Time{r.ID: *row.ListedTo}
		}
	}
	before, after = onDomain{p, domain}, onDomain{p.WithAccess(domain, r.ID, edit), domain}
	if rights, bounded := c.giversRights(v, domain, row, isNew); edit && bounded {
		after.Privilege = rights.Bounded(c.catalog, after.set(), before.set())[domain.Key]
	}
	return before, after, nil
}

// giversRights bound for how long the caller can give a grantee Edit on a resource (R7): the caller's own, and of a new
// resource what they made it with. Their own Custom groups whose members may create get a new one for good (R10).
func (c *Console) giversRights(v *view, domain *access.Domain, row models.AccessRow, isNew bool) (rights access.Rights, bounded bool) {
	if !isNew {
		return v.By.Rights, true
	}
	for _, g := range v.By.Rights.Grants(domain.Key) {
		if g.Via.ID == row.Grantee.ID && g.CanCreate && domain.AccessDefault(g.Level, g.Via.Kind == access.Group).Level == access.LevelEdit {
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
		if domain.AccessDefault(g.Level, g.Via.Kind == access.Group).Level == access.LevelEdit {
			grants = append(grants, access.Grant{Via: maker, Domain: domain.Key, Level: access.LevelEdit, Until: g.Until})
		}
	}
	return access.Resolve(c.catalog, grants, nil, v.At)
}
