package models

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/names"
)

// The visibilities of a resource. They are a label: neither grants or hides anything (R16).
const (
	VisibilityPrivate = "private"
	VisibilityShared  = "shared"
	VisibilitySecured = "secured"
)

// Resource is one thing in a domain. Groups and API keys are resources too, in domains of their own.
type Resource struct {
	ID              access.ResourceID
	OrganizationID  OrganizationID
	Domain          access.DomainKey
	Key             string // unique among the resources of the domain that have not ended
	Name            string
	SortKey         string // what lists sort by; written by this package
	Words           string // what lists find it by; written by this package
	Type            string
	Visibility      string
	OwnerID         *PersonID
	OwnerEmail      string `gorm:"->"` // read from people
	LastOperation   string // "" = none was run
	LastOperationAt *time.Time
	CreatedAt       time.Time
	CreatedBy       string // name and address at the time; the name alone in rows from before
	ModifiedAt      time.Time
	ModifiedBy      string     // the same
	SavedAt         *time.Time // of a group: when it was last saved, where who is in it has changed since
	SavedBy         *string
	Revision        int64
	EndedAt         *time.Time
}

// Saved is who last saved it, and when: who raised its revision. Who is in a group changes without that.
func (r Resource) Saved() (by string, at time.Time) {
	return saved(r.ModifiedBy, r.ModifiedAt, r.SavedBy, r.SavedAt)
}

func saved(by string, at time.Time, before *string, then *time.Time) (string, time.Time) {
	if before == nil || then == nil {
		return by, at
	}
	return *before, *then
}

// resourceRows ends before its WHERE clause.
const resourceRows = `
	SELECT r.*, COALESCE(o.email, '') AS owner_email
	FROM resources r
	LEFT JOIN people o ON o.id = r.owner_id `

// resourceSelect ends inside its WHERE clause; its parameter is the organization.
const resourceSelect = resourceRows + "WHERE r.organization_id = ? AND r.ended_at IS NULL "

// resourcesByNumber is resourceSelect for those with the numbers of a list; its parameters are the organization and the list.
func (d dialect) resourcesByNumber() string {
	return resourceRows + "WHERE " + d.unindexed("r.organization_id") + " = ? AND r.ended_at IS NULL AND " + d.ids("r.id")
}

// Resource is the one of a domain with the key.
func (s *Scope) Resource(ctx context.Context, domain access.DomainKey, key string) (Resource, error) {
	if !storable(key) || !storable(string(domain)) {
		return Resource{}, wrap("read resource", ErrNotFound)
	}
	r, err := row[Resource](ctx, s.store, resourceSelect+"AND r.domain = ? AND r.key = ?", s.id, domain, key)
	return r, wrap("read resource", err)
}

// ResourcesByKeys are those of a domain with the keys, by key; keys that there are not are left out.
func (s *Scope) ResourcesByKeys(ctx context.Context, domain access.DomainKey, keys []string) ([]Resource, error) {
	all, err := rows[Resource](ctx, s.store,
		resourceSelect+"AND r.domain = ? AND "+s.store.dialect.texts("r.key")+" ORDER BY r.key", s.id, domain, list(keys))
	return all, wrap("read resources by key", err)
}

// ResourcesByIDs are those with the numbers, by domain and name; what the organization does not have is left out.
func (s *Scope) ResourcesByIDs(ctx context.Context, ids []access.ResourceID) ([]Resource, error) {
	all, err := rows[Resource](ctx, s.store,
		s.store.dialect.resourcesByNumber()+" ORDER BY r.domain, r.sort_key, r.id", s.id, list(ids))
	return all, wrap("read resources by number", err)
}

// AllResources are all of a domain, by key.
func (s *Scope) AllResources(ctx context.Context, domain access.DomainKey) ([]Resource, error) {
	all, err := rows[Resource](ctx, s.store, resourceSelect+"AND r.domain = ? ORDER BY r.key", s.id, domain)
	return all, wrap("read all resources", err)
}

// CreateResource adds one and sets its ID. ErrDuplicate when the key is taken in its domain.
func (s *Scope) CreateResource(ctx context.Context, r *Resource) error {
	return wrap("create resource", s.createResource(ctx, r))
}

// createResource is CreateResource for what is found by more than its name.
func (s *Scope) createResource(ctx context.Context, r *Resource, more ...string) error {
	return s.whole(ctx, func(tx *Scope) error {
		r.prepare(tx.id, more...)
		if err := tx.store.insert(ctx, r); err != nil {
			return err
		}
		return tx.countResources(ctx, r.Domain, 1)
	})
}

// CreateResources adds all of them and sets their IDs, or none: ErrDuplicate when one of the keys is taken. Not for
// groups and API keys, which have rows of their own besides.
func (s *Scope) CreateResources(ctx context.Context, resources []Resource) error {
	if len(resources) == 0 {
		return nil
	}
	err := s.whole(ctx, func(tx *Scope) error {
		added := map[access.DomainKey]int{}
		for i := range resources {
			resources[i].prepare(tx.id)
			added[resources[i].Domain]++
		}
		if err := tx.store.write.WithContext(ctx).CreateInBatches(resources, batch).Error; err != nil {
			return err
		}
		for domain, n := range added {
			if err := tx.countResources(ctx, domain, n); err != nil {
				return err
			}
		}
		return nil
	})
	return wrap("create resources", err)
}

func (r *Resource) prepare(organization OrganizationID, more ...string) {
	r.OrganizationID = organization
	r.key(more...)
	r.CreatedAt, r.ModifiedAt = moment(r.CreatedAt), moment(r.ModifiedAt)
	r.LastOperationAt = momentOrNil(r.LastOperationAt)
	r.EndedAt = nil
}

// key writes what the resource is sorted by, its name, and found by: its name and what more there is, such as the description of
// a group.
func (r *Resource) key(more ...string) {
	r.SortKey = names.SortKey(r.Name)
	r.Words = wordsOfResources.text(r.OrganizationID, r.Domain, append([]string{r.Name}, more...)...)
}

// resourceColumns are those that UpdateResource may write, with what it writes.
var resourceColumns = map[string]func(*Resource) any{
	"name":       func(r *Resource) any { return r.Name },
	"type":       func(r *Resource) any { return r.Type },
	"visibility": func(r *Resource) any { return r.Visibility },
	"owner_id":   func(r *Resource) any { return r.OwnerID },
}

// UpdateResource writes the named columns (name, type, visibility, owner_id) besides ModifiedAt and ModifiedBy, where
// the row still has r's revision: else ErrConflict. It raises the revision, also of r.
func (s *Scope) UpdateResource(ctx context.Context, r *Resource, columns ...string) error {
	r.OrganizationID, r.ModifiedAt = s.id, moment(r.ModifiedAt)
	r.key()
	var sets []string
	var args []any
	for _, name := range columns {
		value, known := resourceColumns[name]
		if !known {
			return fmt.Errorf("update resource: %q can't be written", name)
		}
		sets, args = append(sets, name+" = ?"), append(args, value(r))
		if name == "name" {
			sets, args = append(sets, "sort_key = ?", "words = ?"), append(args, r.SortKey, r.Words)
		}
	}
	err := s.whole(ctx, func(tx *Scope) error {
		if err := tx.revise(ctx, strings.Join(append(sets, ""), ", "), args, *r); err != nil {
			return err
		}
		return tx.renamed(ctx, *r, columns)
	})
	if err == nil {
		r.Revision++
	}
	return wrap("update resource", err)
}

// renamed keeps what the name of a group looks like, and that it is found by its description too.
func (s *Scope) renamed(ctx context.Context, r Resource, columns []string) error {
	if r.Domain != access.GroupsDomain || !slices.Contains(columns, "name") {
		return nil
	}
	_, err := s.exec(ctx, "UPDATE groups SET skeleton = ? WHERE organization_id = ? AND id = ?", skeletonOfGroup(r), s.id, r.ID)
	if err != nil {
		return err
	}
	return s.writeWordsOfGroup(ctx, access.GranteeID(r.ID))
}

// Touch raises a row's revision and says who changed it when, where it still has that revision: else ErrConflict.
func (s *Scope) Touch(
	ctx context.Context, domain access.DomainKey, id access.ResourceID, revision int64, by string, at time.Time,
) error {
	return wrap("touch resource", s.revise(ctx, "", nil,
		Resource{ID: id, Domain: domain, Revision: revision, ModifiedBy: by, ModifiedAt: moment(at)}))
}

// saves says in a statement's SET who saved a row and when, and that this was its last change; its parameters are the moment and who.
const saves = "modified_at = ?, modified_by = ?, saved_at = NULL, saved_by = NULL, revision = revision + 1"

// revise is the one conditional update behind optimistic locking. sets ends in a comma or is empty.
func (s *Scope) revise(ctx context.Context, sets string, args []any, r Resource) error {
	changed, err := s.exec(ctx, `
		UPDATE resources SET `+sets+saves+`
		WHERE organization_id = ? AND domain = ? AND id = ? AND revision = ? AND ended_at IS NULL`,
		append(args, r.ModifiedAt, r.ModifiedBy, s.id, r.Domain, r.ID, r.Revision)...)
	if err != nil || changed == 1 {
		return err
	}
	_, err = row[access.ResourceID](ctx, s.store,
		"SELECT id FROM resources WHERE organization_id = ? AND domain = ? AND id = ? AND ended_at IS NULL",
		s.id, r.Domain, r.ID)
	if err != nil {
		return err // ErrNotFound: it has ended, or never was
	}
	return ErrConflict
}

// RecordOperation notes the last action that was run on a resource. It is no change of the resource: its revision stays.
func (s *Scope) RecordOperation(
	ctx context.Context, domain access.DomainKey, id access.ResourceID, operation string, at time.Time,
) error {
	changed, err := s.exec(ctx, `
		UPDATE resources SET last_operation = ?, last_operation_at = ?
		WHERE organization_id = ? AND domain = ? AND id = ? AND ended_at IS NULL`, operation, moment(at), s.id, domain, id)
	if err == nil && changed == 0 {
		err = ErrNotFound
	}
	return wrap("record operation", err)
}

// EndResource deletes a resource: its row ends, and with it every editor entry about it. A group or API key loses its
// privileges and lists too, a group its members; who was in no other group is no longer a member (R16).
func (s *Scope) EndResource(
	ctx context.Context, domain access.DomainKey, id access.ResourceID, at time.Time,
) error {
	err := s.whole(ctx, func(tx *Scope) error {
		ended, err := tx.exec(ctx, `
			UPDATE resources SET ended_at = ?, revision = revision + 1
			WHERE organization_id = ? AND domain = ? AND id = ? AND ended_at IS NULL`, moment(at), tx.id, domain, id)
		if err != nil {
			return err
		}
		if ended == 0 {
			return ErrNotFound
		}
		if err := tx.countResources(ctx, domain, -1); err != nil {
			return err
		}
		return tx.endDependents(ctx, domain, id, at)
	})
	return wrap("end resource", err)
}

func (s *Scope) endDependents(
	ctx context.Context, domain access.DomainKey, id access.ResourceID, at time.Time,
) error {
	const end = "UPDATE %s SET ended_at = ? WHERE organization_id = ? AND %s = ? AND ended_at IS NULL"
	columns := [][2]string{{"editor_entries", "resource_id"}}
	if holdsPrivileges(domain) {
		if err := s.execAll(ctx, []statement{s.uncountLevels(access.GranteeID(id), "")}); err != nil {
			return err
		}
		columns = append(columns, [2]string{"editor_entries", "grantee_id"}, [2]string{"privileges", "grantee_id"})
	}
	for _, c := range columns {
		if _, err := s.exec(ctx, fmt.Sprintf(end, c[0], c[1]), moment(at), s.id, id); err != nil {
			return err
		}
	}
	if domain != access.GroupsDomain {
		return nil
	}
	if err := s.countPrivileges(ctx, access.GranteeID(id)); err != nil {
		return err
	}
	if err := s.endInvitedInto(ctx, access.GranteeID(id), at); err != nil {
		return err
	}
	return s.endMemberships(ctx, access.GranteeID(id), nil, at)
}
