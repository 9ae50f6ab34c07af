package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// PageDomain is the domain of a page of resources: one that names a resource and is not a page of the console's own.
// nil for all others.
func (c *Console) PageDomain(key access.DomainKey) *access.Domain {
	d := c.catalog.Domain(key)
	if d == nil || d.Resource == "" || d.Key == access.GroupsDomain || d.Key == access.APIKeysDomain {
		return nil
	}
	return d
}

// ResourceQuery asks for one page of a domain's resources.
type ResourceQuery struct {
	models.Page
	Access string   // "": all; "edit": those the viewer may edit; "view": those the viewer may only view
	Only   []string // these keys alone, in one page, whatever else is asked; nil: all
}

// ResourceList is a page of resources with all that its rows and their actions need.
type ResourceList struct {
	Domain *access.Domain
	models.Listing[models.Resource]
	Rights   access.Rights // knows the editor lists about these rows
	Total    int           // in the domain
	Editable int           // of them, those the viewer may edit

	Owners map[models.PersonID]string // names of the owners of these rows; "" where nobody gave them one
}

// Resources lists a domain's resources: five statements, however many there are.
func (c *Console) Resources(ctx context.Context, by Caller, key access.DomainKey, query ResourceQuery) (ResourceList, error) {
	domain, err := c.OpenDomain(by, key)
	if err != nil {
		return ResourceList{}, err
	}
	v, list := c.view(by), ResourceList{Domain: domain, Rights: by.Rights}
	if list.Total, err = total(ctx, v.Scope, key); err != nil {
		return list, err
	}
	custom := customGrantees(by.Rights, key)
	if list.Editable, err = v.editable(ctx, key, custom, list.Total); err != nil {
		return list, err
	}
	filter, any := accessFilter(query, by, key, custom)
	if !any {
		return list, nil
	}
	if query.Only != nil {
		list.Listing, err = v.chosenResources(key).alone(ctx, query.Only)
	} else {
		list.Listing, err = v.Resources(ctx, key, filter)
	}
	if err != nil {
		return list, err
	}
	if list.Owners, err = v.MemberNames(ctx, ownersOf(list.Rows)); err != nil {
		return list, err
	}
	if err := v.learn(ctx, key, resourceIDs(list.Rows)...); err != nil {
		return list, err
	}
	list.Rights = v.By.Rights
	return list, nil
}

// ownersOf are the people who own the resources, each once.
func ownersOf(rows []models.Resource) []models.PersonID {
	var people []models.PersonID
	for _, r := range rows {
		if r.OwnerID != nil {
			people = append(people, *r.OwnerID)
		}
	}
	return distinct(people)
}

// OpenDomain is the domain of a page; it refuses a domain without a page, and one that the caller may not view.
func (c *Console) OpenDomain(by Caller, key access.DomainKey) (*access.Domain, error) {
	domain := c.PageDomain(key)
	if domain == nil {
		return nil, models.ErrNotFound
	}
	if err := by.must(ViewIn(key)); err != nil {
		return nil, err
	}
	return domain, nil
}

func customGrantees(r access.Rights, key access.DomainKey) []access.GranteeID {
	var ids []access.GranteeID
	for _, g := range r.Grants(key) {
		if g.Level == access.LevelCustom {
			ids = append(ids, g.Via.ID)
		}
	}
	return ids
}

func (v *view) editable(ctx context.Context, key access.DomainKey, custom []access.GranteeID, total int) (int, error) {
	switch {
	case v.By.Rights.May(EditIn(key), 0):
		return total, nil
	case len(custom) == 0:
		return 0, nil
	}
	return v.CountListed(ctx, custom, key)
}

// accessFilter narrows a list to what the viewer may or may not edit, driven from the viewer's editor lists. The second
// result is false where nothing can match.
func accessFilter(query ResourceQuery, by Caller, key access.DomainKey, custom []access.GranteeID) (models.ResourceFilter, bool) {
	filter := models.ResourceFilter{Page: query.Page}
	all := by.Rights.May(EditIn(key), 0)
	switch query.Access {
	case "edit":
		if !all {
			filter.OnlyIDsOf = custom
		}
		return filter, all || len(custom) > 0
	case "view":
		filter.NotIDsOf = custom
		return filter, !all
	}
	return filter, true
}

func resourceIDs(rows []models.Resource) []access.ResourceID {
	ids := make([]access.ResourceID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}

// ResourceDetail is one resource with the caller's rights on it.
type ResourceDetail struct {
	Domain *access.Domain
	models.Resource
	Rights access.Rights
}

// Editable tells whether the caller may edit the resource.
func (r ResourceDetail) Editable() bool { return r.Rights.May(EditIn(r.Domain.Key), r.ID) }

// Resource opens one resource. Without view on the domain the key is not even looked up (R15).
func (c *Console) Resource(ctx context.Context, by Caller, key access.DomainKey, resource string) (ResourceDetail, error) {
	domain, err := c.OpenDomain(by, key)
	if err != nil {
		return ResourceDetail{}, err
	}
	v := c.view(by)
	r, err := v.Resource(ctx, key, resource)
	if err != nil {
		return ResourceDetail{}, err
	}
	if err := v.learn(ctx, key, r.ID); err != nil {
		return ResourceDetail{}, err
	}
	return ResourceDetail{domain, r, v.By.Rights}, nil
}

// openResource finds a resource that the caller may edit, in the order of R15.
func (v *view) openResource(ctx context.Context, d access.DomainKey, key string) (models.Resource, error) {
	if err := v.must(ctx, ViewIn(d), 0); err != nil {
		return models.Resource{}, err
	}
	r, err := v.Resource(ctx, d, key)
	if err != nil {
		return models.Resource{}, err
	}
	if err := v.must(ctx, EditIn(d), r.ID); err != nil {
		return models.Resource{}, err
	}
	return r, nil
}

// viewed are the domains whose things the caller may view: no others are named or counted (R15).
func (c *Console) viewed(by Caller) []access.DomainKey {
	var keys []access.DomainKey
	for _, d := range c.catalog.Domains() {
		if d.Resource != "" && by.Rights.May(ViewIn(d.Key), 0) {
			keys = append(keys, d.Key)
		}
	}
	return keys
}

// OwnerSuggestions are some members of the organization to choose an owner from. Names and addresses of members are
// open to anyone who enters the console (R6).
func (c *Console) OwnerSuggestions(ctx context.Context, by Caller) ([]models.Member, error) {
	v := c.view(by)
	if err := by.mustEnter(); err != nil {
		return nil, err
	}
	listing, err := v.Members(ctx, models.MemberFilter{}, v.At)
	if err != nil {
		return nil, err
	}
	return listing.Rows, nil
}
