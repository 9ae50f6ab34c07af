package services

import (
	"context"

	"bailiwick/access"
)

// What pages ask before a resource is added or deleted. Each refuses what the change itself would refuse.

// ResourceCreation opens the domain that a resource is about to be added to, for who may.
func (c *Console) ResourceCreation(by Caller, key access.DomainKey) (*access.Domain, error) {
	domain, err := c.OpenDomain(by, key)
	if err != nil {
		return nil, err
	}
	return domain, by.must(CreateIn(key))
}

// ResourceDeletion opens a resource that is about to be deleted, for who may edit it.
func (c *Console) ResourceDeletion(ctx context.Context, by Caller, key access.DomainKey, resource string) (ResourceDetail, error) {
	r, err := c.Resource(ctx, by, key, resource)
	if err == nil && !r.Editable() {
		err = Forbidden{EditIn(key)}
	}
	return r, err
}
