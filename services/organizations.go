package services

import (
	"context"
	"fmt"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// DefaultSeats is how many members an organization may have unless it is told otherwise.
const DefaultSeats = 25

// Administrators are the people whom a member can ask for access: up to ten members of the organization's Administrators group. It is
// asked for pages of refusal, so it needs no privilege (R5).
func (c *Console) Administrators(ctx context.Context, by Caller) ([]models.Member, error) {
	v := c.view(by)
	list, err := v.Administrators(ctx, v.At)
	if err != nil {
		return nil, err
	}
	return list[:min(len(list), 10)], nil
}

// organizationByID is the one with the number: for what the clock does.
func (c *Console) organizationByID(ctx context.Context, id models.OrganizationID) (models.Organization, error) {
	return c.store.In(id).Organization(ctx)
}

// Installed are all organizations of the installation, by key: for whoever runs the command line, and nobody else (R15).
func (c *Console) Installed(ctx context.Context) ([]models.Organization, error) {
	return c.store.Organizations(ctx)
}

// createOrganization makes an organization with the catalogue's built-in groups, inside a transaction of the whole store.
// The change that comes back holds the activities of it; the caller appends them with its own.
func (c *Console) createOrganization(ctx context.Context, store *models.Store, by Caller, o models.Organization, at time.Time) (*Tx, error) {
	o.CreatedAt = at
	if o.Seats == 0 {
		o.Seats = DefaultSeats
	}
	if err := store.CreateOrganization(ctx, &o); err != nil {
		return nil, err
	}
	by.Organization = o
	tx := c.newTx(store.In(o.ID), by, at)
	tx.record(models.OpOrganizationCreated, aboutOrganization(o), nil, organizationState{o.Name, o.Seats})
	for _, template := range c.catalog.BuiltIn {
		if err := c.createBuiltIn(ctx, tx, template); err != nil {
			return nil, fmt.Errorf("create built-in group %s: %w", template.Key, err)
		}
	}
	return tx, nil
}

// createBuiltIn copies a built-in group of the catalogue (R17). Administrators stores nothing: it follows the catalogue.
func (c *Console) createBuiltIn(ctx context.Context, tx *Tx, template access.GroupTemplate) error {
	group := models.Group{
		Resource: tx.newResource(access.GroupsDomain, template.Key, template.Name),
		BuiltIn:  template.Key, Administrators: template.Administrators,
	}
	if err := tx.CreateGroup(ctx, &group); err != nil {
		return err
	}
	set := access.PrivilegeSet{}
	if !template.Administrators {
		set = builtInSet(c.catalog, template)
		if err := tx.ReplacePrivileges(ctx, group.Grantee().ID, nil, set, tx.At); err != nil {
			return err
		}
	}
	tx.record(models.OpGroupCreated, about(group.Resource), nil, state{Name: group.Name, Privileges: c.heldStates(set)})
	return nil
}

// builtInSet is what a built-in group holds that nobody has changed.
func builtInSet(catalog *access.Catalog, template access.GroupTemplate) access.PrivilegeSet {
	if template.Max {
		return catalog.Max()
	}
	return template.Privileges.Clean(catalog)
}
