package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// Copy is what a duplicate is made with.
type Copy struct {
	Name      string // "" for the one that Duplication proposes
	Confirmed bool   // that the caller will not be able to edit it
}

// APIKeyCopy is what is asked before an API key is copied.
type APIKeyCopy struct {
	Once string // the form's token, from NewFormToken
	Copy
	Expires *time.Time   // the copy ends then, at the end of a day (UTC); nil for the end that APIKeyDuplication proposes
	Unread  []FieldError // what of it could not be read
}

// Duplication is a group, a resource or an API key that is about to be copied.
type Duplication struct {
	Original models.Resource
	Name     string   // that the copy gets unless another one is typed
	LockOut  *LockOut // the caller would not be able to edit the copy; nil where they would
}

// APIKeyDuplication is an API key that is about to be copied.
type APIKeyDuplication struct {
	Duplication
	Ends       time.Time // when the copy ends unless another day is chosen
	AsOriginal bool      // the original ends then
}

// GroupDuplication opens a group that is about to be copied. See DuplicateGroup.
func (c *Console) GroupDuplication(ctx context.Context, by Caller, key string) (Duplication, error) {
	v := c.view(by)
	original, _, err := c.groupToCopy(ctx, v, key)
	if err != nil {
		return Duplication{}, err
	}
	return c.duplication(ctx, v, c.catalog.Domain(access.GroupsDomain), original.Resource)
}

// ResourceDuplication opens a resource that is about to be copied. See DuplicateResource.
func (c *Console) ResourceDuplication(ctx context.Context, by Caller, key access.DomainKey, resource string) (Duplication, error) {
	domain := c.PageDomain(key)
	if domain == nil {
		return Duplication{}, models.ErrNotFound
	}
	v := c.view(by)
	original, err := v.resourceToCopy(ctx, key, resource)
	if err != nil {
		return Duplication{}, err
	}
	return c.duplication(ctx, v, domain, original)
}

// duplication proposes a name, and warns as adding does.
func (c *Console) duplication(ctx context.Context, v *view, domain *access.Domain, original models.Resource) (Duplication, error) {
	name, err := v.copyName(ctx, domain, original.Name)
	if err != nil || !domain.Granular() {
		return Duplication{Original: original, Name: name}, err
	}
	tab := newAccess(v, domain, 0)
	if err := c.judgeAccess(ctx, v, &tab, AccessDraft{}); err != nil {
		return Duplication{}, err
	}
	return Duplication{original, name, tab.LockOut}, nil
}

// groupToCopy finds a group that the caller may copy, and all that it holds (R9).
func (c *Console) groupToCopy(ctx context.Context, v *view, key string) (models.Group, access.PrivilegeSet, error) {
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return models.Group{}, nil, err
	}
	if err := v.must(ctx, CreateGroup, 0); err != nil {
		return models.Group{}, nil, err
	}
	original, err := v.Group(ctx, key)
	if err != nil {
		return models.Group{}, nil, err
	}
	set, err := c.setOf(ctx, v, original)
	if err != nil {
		return models.Group{}, nil, err
	}
	if refused := v.By.Rights.Duplicating(c.catalog, set); !refused.Allowed() {
		return models.Group{}, nil, NotDuplicable{refused}
	}
	return original, set, nil
}

// resourceToCopy finds a resource that the caller may copy.
func (v *view) resourceToCopy(ctx context.Context, key access.DomainKey, resource string) (models.Resource, error) {
	if err := v.must(ctx, ViewIn(key), 0); err != nil {
		return models.Resource{}, err
	}
	if err := v.must(ctx, CreateIn(key), 0); err != nil {
		return models.Resource{}, err
	}
	return v.Resource(ctx, key, resource)
}

// nameOfCopy is the name that was typed for a copy, if it can be used, or else the one that is proposed.
func (v *view) nameOfCopy(ctx context.Context, d *access.Domain, original, typed string) (string, error) {
	if typed == "" {
		return v.copyName(ctx, d, original)
	}
	name, err := v.freeNameFor(ctx, d, typed, 0)
	if err != nil || d.Key != access.GroupsDomain {
		return name, err
	}
	return name, v.freeLook(ctx, name, 0)
}
