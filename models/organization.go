package models

import (
	"context"
	"time"

	"gorm.io/gorm/clause"
)

// OrganizationID is the number of an organization; 0 is none.
type OrganizationID int64

// Organization is the tenant. Everything except people belongs to exactly one.
type Organization struct {
	ID        OrganizationID
	Key       string
	Name      string
	Seats     int
	Members   int   // who are in at least one group
	Revision  int64 // raised by every Change
	CreatedAt time.Time
	// RequireSecondFactor closes the organization to sessions without a second factor.
	RequireSecondFactor bool
	// SupportAccess lets the vendor's personnel ask for temporary access. It is on in a new organization.
	SupportAccess bool
	// GroupUsesSince is from when it is noted that groups are used.
	GroupUsesSince time.Time
}

// Empty tells whether there is no organization at all.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	found, err := rows[OrganizationID](ctx, s, "SELECT id FROM organizations LIMIT 1")
	return len(found) == 0, wrap("look for an organization", err)
}

// Organizations are all of the installation, by key.
func (s *Store) Organizations(ctx context.Context) ([]Organization, error) {
	all, err := rows[Organization](ctx, s, "SELECT * FROM organizations ORDER BY key")
	return all, wrap("read organizations", err)
}

// OrganizationByKey is the one with the key.
func (s *Store) OrganizationByKey(ctx context.Context, key string) (Organization, error) {
	if !storable(key) {
		return Organization{}, wrap("read organization", ErrNotFound)
	}
	o, err := row[Organization](ctx, s, "SELECT * FROM organizations WHERE key = ?", key)
	return o, wrap("read organization", err)
}

// OrganizationsOf are those that the person is a member of at a moment, or has temporary access to, by name.
func (s *Store) OrganizationsOf(ctx context.Context, person PersonID, at time.Time) ([]Organization, error) {
	running, args := s.running(at)
	all, err := rows[Organization](ctx, s, `
		SELECT o.* FROM organizations o
		WHERE o.id IN (
			SELECT m.organization_id FROM memberships m
			WHERE m.person_id = ? AND m.ended_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > ?)
			UNION ALL
			SELECT t.organization_id FROM temporary_accesses t, clock c WHERE t.person_id = ? AND `+running+`)
		ORDER BY o.name, o.id`, append([]any{person, moment(at), person}, args...)...)
	return all, wrap("read organizations of a person", err)
}

// CreateOrganization adds one and sets its ID. ErrDuplicate when the key is taken.
func (s *Store) CreateOrganization(ctx context.Context, o *Organization) error {
	o.CreatedAt, o.SupportAccess, o.GroupUsesSince = moment(o.CreatedAt), true, moment(o.CreatedAt)
	return wrap("create organization", s.insert(ctx, o))
}

// insert adds one row and sets its number. A duplicate is left out by the database instead of failing, since a failed
// statement would end the whole transaction on PostgreSQL.
func (s *Store) insert(ctx context.Context, row any) error {
	result := s.write.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(row)
	if result.Error == nil && result.RowsAffected == 0 {
		return ErrDuplicate
	}
	return result.Error
}

// Organization is the scope's own row.
func (s *Scope) Organization(ctx context.Context) (Organization, error) {
	o, err := row[Organization](ctx, s.store, "SELECT * FROM organizations WHERE id = ?", s.id)
	return o, wrap("read organization", err)
}

// SetOrganization changes the name and the number of seats.
func (s *Scope) SetOrganization(ctx context.Context, name string, seats int) error {
	changed, err := s.exec(ctx, "UPDATE organizations SET name = ?, seats = ? WHERE id = ?", name, seats, s.id)
	if err == nil && changed == 0 {
		err = ErrNotFound
	}
	return wrap("change organization", err)
}
