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
	Access string // "": all; "edit": those the viewer may edit; "view": those the viewer may only view
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
	if list.Listing, err = v.Resources(ctx, key, filter); err != nil {
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

// newResource is a row with the fields that every new thing has.
func (v *view) newResource(d access.DomainKey, key, name string) models.Resource {
	return models.Resource{Domain: d, Key: key, Name: name, Visibility: models.VisibilityShared,
		CreatedAt: v.At, CreatedBy: v.By.Signature(), ModifiedAt: v.At, ModifiedBy: v.By.Signature()}
}
