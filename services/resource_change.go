package services

import (
	"context"
	"errors"
	"reflect"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/files"
)

// ResourceConfiguration is what is decided about a resource beside who may edit it.
type ResourceConfiguration struct {
	Name       string
	Type       string // what kind of thing it is; may be empty
	Visibility string // models.VisibilityPrivate and so on
	Owner      string // e-mail of a member, "" for none
}

// NewResource adds a resource.
type NewResource struct {
	ResourceConfiguration
	Access NewAccess
}

// ResourceChange replaces the configuration of a resource.
type ResourceChange struct {
	Revision int64 // of the resource as it was read; an older one is ErrConflict
	ResourceConfiguration
}

// AddResource creates a resource and returns it. Fields of errors are those of its configuration.
func (c *Console) AddResource(ctx context.Context, by Caller, key access.DomainKey, n NewResource) (models.Resource, error) {
	domain := c.PageDomain(key)
	if domain == nil {
		return models.Resource{}, models.ErrNotFound
	}
	var made models.Resource
	err := c.change(ctx, by, models.OpResourceCreated, subject{Domain: key, Name: n.Name}, func(tx *Tx) error {
		if err := tx.must(ctx, CreateIn(key), 0); err != nil {
			return err
		}
		made = tx.newResource(key, "", "")
		if err := tx.fill(ctx, domain, &made, n.ResourceConfiguration); err != nil {
			return err
		}
		return c.make(ctx, tx, domain, &made, origin{Operation: models.OpResourceCreated}, n.Access)
	})
	if err != nil {
		return models.Resource{}, err
	}
	return made, nil
}

// OwnerOfNew is whom a new resource belongs to unless somebody else is chosen: its maker, as an address. Who is here through
// temporary access owns nothing that stays: "".
func OwnerOfNew(by Caller) string {
	if by.Supports() {
		return ""
	}
	return by.Person.Email
}

// origin is how a new thing came about: the operation, and what it was made from, nil for nothing.
type origin struct {
	Operation models.Operation
	From      any
}

// make stores a new resource under a free key, with its access.
func (c *Console) make(ctx context.Context, tx *Tx, domain *access.Domain, r *models.Resource, by origin, n NewAccess) error {
	key, err := tx.freeKey(ctx, domain, r.Name)
	if err != nil {
		return err
	}
	r.Key = key
	if err := tx.CreateResource(ctx, r); err != nil {
		return err
	}
	after := resourceState(*r)
	if after.Access, err = c.giveAccessToNew(ctx, tx, domain, *r, n); err != nil {
		return err
	}
	tx.record(by.Operation, about(*r), by.From, after)
	return nil
}

func resourceState(r models.Resource) state {
	return state{Name: r.Name, Type: r.Type, Visibility: r.Visibility, Owner: r.OwnerEmail}
}

// visibilities are the labels that a resource can have; they grant and hide nothing (R16).
var visibilities = []string{models.VisibilityPrivate, models.VisibilityShared, models.VisibilitySecured}

// fill puts the typed values into the row. All that is wrong is listed at once.
func (v *view) fill(ctx context.Context, domain *access.Domain, r *models.Resource, c ResourceConfiguration) error {
	wrong := Invalid{}
	name, err := v.freeNameFor(ctx, domain, c.Name, r.ID)
	if err := wrong.add(err); err != nil {
		return err
	}
	kind := ""
	if c.Type != "" {
		kind, err = cleanName("Type", c.Type)
		if err := wrong.add(err); err != nil {
			return err
		}
	}
	if !slices.Contains(visibilities, c.Visibility) {
		wrong.say("Visibility", "Choose private, shared or secured.")
	}
	owner, email, err := v.owner(ctx, c.Owner)
	if err := wrong.add(err); err != nil {
		return err
	}
	if len(wrong.Fields) > 0 {
		return wrong
	}
	r.Name, r.Type, r.Visibility, r.OwnerID, r.OwnerEmail = name, kind, c.Visibility, owner, email
	return nil
}

func (v *view) owner(ctx context.Context, typed string) (*models.PersonID, string, error) {
	if typed == "" {
		return nil, "", nil
	}
	email, err := files.CanonicalEmail(typed)
	if err != nil {
		return nil, "", invalid("Owner", "Enter a complete address, such as name@example.com, or leave it empty.")
	}
	member, err := v.MemberByEmail(ctx, email)
	if errors.Is(err, models.ErrNotFound) {
		return nil, "", invalid("Owner", "Nobody in this organization has this address.")
	}
	if err != nil {
		return nil, "", err
	}
	return &member.PersonID, email, nil
}

// UpdateResource saves the configuration of a resource.
func (c *Console) UpdateResource(ctx context.Context, by Caller, key access.DomainKey, resource string, change ResourceChange) error {
	domain := c.PageDomain(key)
	if domain == nil {
		return models.ErrNotFound
	}
	return c.change(ctx, by, models.OpResourceUpdated, subject{Domain: key, Key: resource}, func(tx *Tx) error {
		r, err := tx.openResource(ctx, key, resource)
		if err != nil {
			return err
		}
		before := resourceState(r)
		if err := tx.fill(ctx, domain, &r, change.ResourceConfiguration); err != nil {
			return err
		}
		after := resourceState(r)
		if change.Revision == r.Revision && reflect.DeepEqual(before, after) {
			return nil
		}
		r.Revision = change.Revision
		return tx.saveResource(ctx, r, before)
	})
}

// saveResource stores the configuration of a resource, and records it.
func (tx *Tx) saveResource(ctx context.Context, r models.Resource, before state) error {
	if err := tx.save(ctx, &r, "name", "type", "visibility", "owner_id"); err != nil {
		return err
	}
	tx.record(models.OpResourceUpdated, about(r), before, resourceState(r))
	return nil
}

// DuplicateResource makes a copy with the same configuration, named NAME_copy unless another name was typed. It belongs to nobody yet,
// and its access is that of a new one (R9). LockOut where the caller could not edit it and did not confirm that.
func (c *Console) DuplicateResource(ctx context.Context, by Caller, key access.DomainKey, resource string, as Copy) (models.Resource, error) {
	domain := c.PageDomain(key)
	if domain == nil {
		return models.Resource{}, models.ErrNotFound
	}
	var made models.Resource
	err := c.change(ctx, by, models.OpResourceDuplicated, subject{Domain: key, Key: resource}, func(tx *Tx) error {
		original, err := tx.resourceToCopy(ctx, key, resource)
		if err != nil {
			return err
		}
		made = tx.newResource(key, "", "")
		made.Type, made.Visibility = original.Type, original.Visibility
		if made.Name, err = tx.nameOfCopy(ctx, domain, original.Name, as.Name); err != nil {
			return err
		}
		return c.make(ctx, tx, domain, &made, origin{models.OpResourceDuplicated, state{Name: original.Name}}, NewAccess{Confirmed: as.Confirmed})
	})
	if err != nil {
		return models.Resource{}, err
	}
	return made, nil
}

// DeleteResource ends a resource and its rows in all editor lists. Its name is returned.
func (c *Console) DeleteResource(ctx context.Context, by Caller, key access.DomainKey, resource string) (string, error) {
	if c.PageDomain(key) == nil {
		return "", models.ErrNotFound
	}
	var name string
	err := c.change(ctx, by, models.OpResourceDeleted, subject{Domain: key, Key: resource}, func(tx *Tx) error {
		r, err := tx.openResource(ctx, key, resource)
		if err != nil {
			return err
		}
		name = r.Name
		return tx.endResource(ctx, r)
	})
	if err != nil {
		return "", err
	}
	return name, nil
}

// endResource ends a resource of any domain but Groups and API keys. Its activity keeps who had it in an editor list.
func (tx *Tx) endResource(ctx context.Context, r models.Resource) error {
	before := resourceState(r)
	var err error
	if before.Access, err = tx.listedState(ctx, r); err != nil {
		return err
	}
	if err := tx.EndResource(ctx, r.Domain, r.ID, tx.At); err != nil {
		return err
	}
	tx.record(models.OpResourceDeleted, about(r), before, nil)
	return nil
}

// Run performs one of the domain's own actions on a resource (sources: Update, Rebuild): it is recorded, and is the
// resource's last operation. The resource's name is returned.
func (c *Console) Run(ctx context.Context, by Caller, key access.DomainKey, resource, action string) (string, error) {
	domain := c.PageDomain(key)
	if domain == nil {
		return "", models.ErrNotFound
	}
	var name string
	err := c.change(ctx, by, models.OpResourceActionRun, subject{Domain: key, Key: resource}, func(tx *Tx) error {
		r, err := tx.openResource(ctx, key, resource)
		if err != nil {
			return err
		}
		if !slices.Contains(domain.Actions, action) {
			return models.ErrNotFound
		}
		name = r.Name
		if err := tx.RecordOperation(ctx, key, r.ID, action, tx.At); err != nil {
			return err
		}
		tx.record(models.OpResourceActionRun, about(r), state{Operation: r.LastOperation}, state{Operation: action})
		return nil
	})
	if err != nil {
		return "", err
	}
	return name, nil
}

// newResource is a row with the fields that every new thing has.
func (v *view) newResource(d access.DomainKey, key, name string) models.Resource {
	return models.Resource{Domain: d, Key: key, Name: name, Visibility: models.VisibilityShared,
		CreatedAt: v.At, CreatedBy: v.By.Signature(), ModifiedAt: v.At, ModifiedBy: v.By.Signature()}
}
