package models

import (
	"context"
	"encoding/json"
	"time"

	"bailiwick/access"
)

// The outcomes of a temporary access; "" while it runs, and while nobody has met it since it expired.
const (
	AccessRevoked = "revoked" // by an administrator, by the operator or with the organization's switch
	AccessEnded   = "ended"   // by whom it was given to
	AccessExpired = "expired"
)

// AccessStatus is how a temporary access stands at a moment (R12).
type AccessStatus string

// The statuses. Nothing comes after any but the first.
const (
	StatusActive  AccessStatus = "active"
	StatusExpired AccessStatus = AccessExpired
	StatusRevoked AccessStatus = AccessRevoked
	StatusEnded   AccessStatus = AccessEnded
)

// TemporaryAccess is a grantee for one of the vendor's personnel, until a moment. Its name, that of the person, its key and
// its revision are those of its resource. Its privileges never change.
type TemporaryAccess struct {
	Resource
	PersonID      PersonID
	Email         string   `gorm:"->"`              // of the person
	Categories    []string `gorm:"serializer:json"` // keys of those it was asked for as
	CategoryName  string   // their names, as they were then
	Justification string
	Description   string
	Address       string // that it was asked for from
	RequestedAt   time.Time
	ExpiresAt     time.Time // at that very instant it has expired
	Outcome       string    // AccessRevoked and so on
	EndedBy       string    // name and address of who ended it; "" for what the clock ended
	Reason        string    // why, beyond the outcome; "" = that says all
}

// Grantee is the access as something that holds privileges.
func (a TemporaryAccess) Grantee() access.Grantee {
	return access.Grantee{Kind: access.TemporaryAccess, ID: access.GranteeID(a.ID), Key: a.Key, Name: a.Name}
}

// Status is how the access stands at a moment.
func (a TemporaryAccess) Status(at time.Time) AccessStatus {
	switch {
	case a.Outcome != "":
		return AccessStatus(a.Outcome)
	case !at.Before(a.ExpiresAt):
		return StatusExpired
	}
	return StatusActive
}

// End is when the access ended or will end.
func (a TemporaryAccess) End() time.Time {
	if a.EndedAt != nil {
		return *a.EndedAt
	}
	return a.ExpiresAt
}

const temporaryColumns = `r.*, COALESCE(p.email, '') AS email, t.person_id, t.categories, t.category_name, t.justification,
		t.description, t.address, t.requested_at, t.expires_at, t.outcome, t.ended_by, t.reason`

// temporaryRows are the temporary accesses, those that have ended among them.
const temporaryRows = `
	SELECT ` + temporaryColumns + `
	FROM temporary_accesses t
	JOIN resources r ON r.id = t.id
	JOIN people p ON p.id = t.person_id `

// temporarySelect ends inside its WHERE clause; its parameter is the organization.
const temporarySelect = temporaryRows + "WHERE t.organization_id = ? "

// TemporaryAccess is the one with the key, also when it has ended.
func (s *Scope) TemporaryAccess(ctx context.Context, key string) (TemporaryAccess, error) {
	if !storable(key) {
		return TemporaryAccess{}, wrap("read temporary access", ErrNotFound)
	}
	a, err := row[TemporaryAccess](ctx, s.store, temporarySelect+"AND t.key = ?", s.id, key)
	return a, wrap("read temporary access", err)
}

// TemporaryAccessByID is the one with the number, of any organization, also when it has ended.
func (s *Store) TemporaryAccessByID(ctx context.Context, id access.GranteeID) (TemporaryAccess, error) {
	a, err := row[TemporaryAccess](ctx, s, temporaryRows+"WHERE t.id = ?", id)
	return a, wrap("read temporary access", err)
}

// RunningAccessesOf are those of the person that run at a moment, the one that ends first ahead.
func (s *Scope) RunningAccessesOf(ctx context.Context, person PersonID, at time.Time) ([]TemporaryAccess, error) {
	running, args := s.store.running(at)
	all, err := rows[TemporaryAccess](ctx, s.store, temporaryRows+`JOIN clock c ON c.id = 1
		WHERE t.organization_id = ? AND t.person_id = ? AND `+running+" ORDER BY t.expires_at, t.id",
		append([]any{s.id, person}, args...)...)
	return all, wrap("read running temporary accesses of a person", err)
}

// PersonWithAccess is who of the personnel has, or has had, temporary access to the organization, by canonical e-mail.
func (s *Scope) PersonWithAccess(ctx context.Context, email string) (Person, error) {
	if !storable(email) {
		return Person{}, wrap("read person with temporary access", ErrNotFound)
	}
	p, err := row[Person](ctx, s.store, provenSelect+`WHERE p.email = ?
		AND EXISTS (SELECT 1 FROM temporary_accesses t WHERE t.organization_id = ? AND t.person_id = p.id)`, email, s.id)
	return p, wrap("read person with temporary access", err)
}

// LastEndedAccess is the one of the person that ended last; ErrNotFound where none did.
func (s *Scope) LastEndedAccess(ctx context.Context, person PersonID) (TemporaryAccess, error) {
	a, err := row[TemporaryAccess](ctx, s.store, temporaryRows+`
		WHERE t.person_id = ? AND `+s.store.dialect.unindexed("t.organization_id")+` = ? AND t.outcome <> ''
		ORDER BY r.ended_at DESC, t.id DESC LIMIT 1`, person, s.id)
	return a, wrap("read the last temporary access of a person", err)
}

// OpenAccesses are all of the organization that have no outcome yet, by number, with those that have expired.
func (s *Scope) OpenAccesses(ctx context.Context) ([]TemporaryAccess, error) {
	all, err := rows[TemporaryAccess](ctx, s.store, temporarySelect+"AND t.outcome = '' ORDER BY t.id", s.id)
	return all, wrap("read open temporary accesses", err)
}

// AccessPrivileges is what a temporary access holds, or held until it ended.
func (s *Scope) AccessPrivileges(ctx context.Context, id access.GranteeID) (access.PrivilegeSet, error) {
	found, err := rows[privilegeRow](ctx, s.store, `
		SELECT v.grantee_id, v.domain, v.level, v.can_create
		FROM privileges v JOIN temporary_accesses t ON t.id = v.grantee_id
		WHERE t.organization_id = ? AND t.id = ?`, s.id, id)
	if err != nil {
		return nil, wrap("read privileges of a temporary access", err)
	}
	set := access.PrivilegeSet{}
	for _, p := range found {
		if level, err := access.ParseLevel(p.Level); err == nil {
			set[p.Domain] = access.Privilege{Level: level, CanCreate: p.CanCreate}
		}
	}
	return set, nil
}

// CreateTemporaryAccess adds one without privileges and sets its ID. ErrDuplicate when the key is taken.
func (s *Scope) CreateTemporaryAccess(ctx context.Context, a *TemporaryAccess) error {
	err := s.whole(ctx, func(tx *Scope) error {
		a.Domain, a.RequestedAt, a.ExpiresAt = access.TemporaryAccessDomain, moment(a.RequestedAt), moment(a.ExpiresAt)
		a.CreatedAt = a.RequestedAt
		if err := tx.CreateResource(ctx, &a.Resource); err != nil {
			return err
		}
		_, err := tx.exec(ctx, `
			INSERT INTO temporary_accesses (id, organization_id, key, person_id, categories, category_name, justification,
				description, address, requested_at, expires_at, words)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS text) || (SELECT p.words FROM people p WHERE p.id = ?))`,
			a.ID, tx.id, a.Key, a.PersonID, texts(a.Categories), a.CategoryName, a.Justification, a.Description, a.Address,
			a.RequestedAt, a.ExpiresAt, wordsOfRequests.mark(tx.id, ""), a.PersonID)
		return err
	})
	return wrap("create temporary access", err)
}

func texts(all []string) string {
	text, _ := json.Marshal(all) // texts always can be
	return string(text)
}

// AccessEnding is how a temporary access ends.
type AccessEnding struct {
	Outcome string // AccessRevoked and so on
	By      string // name and address; "" for the clock
	Reason  string
	At      time.Time
	Keep    string // ID of a session that goes on: that from which somebody ends what is their own
}

// EndTemporaryAccess ends it once: of several who try, one succeeds and the others get ErrConflict. Its privileges end with
// it, and so do the sessions that entered through it.
func (s *Scope) EndTemporaryAccess(ctx context.Context, id access.GranteeID, e AccessEnding) error {
	err := s.whole(ctx, func(tx *Scope) error {
		ended, err := tx.exec(ctx, `
			UPDATE temporary_accesses SET outcome = ?, ended_by = ?, reason = ?, ended_at = ?
			WHERE organization_id = ? AND id = ? AND outcome = ''`, e.Outcome, e.By, e.Reason, moment(e.At), tx.id, id)
		if err != nil {
			return err
		}
		if ended == 0 {
			return ErrConflict
		}
		_, err = tx.store.endSessionsWith(ctx, &id, "id <> ? AND id IN (SELECT s.session_id FROM session_accesses s WHERE s.access_id = ?)", e.Keep, id)
		if err != nil {
			return err
		}
		return tx.EndResource(ctx, access.TemporaryAccessDomain, access.ResourceID(id), e.At)
	})
	return wrap("end temporary access", err)
}

// EnterThrough notes that a session entered the organization through the accesses. A session that is gone is left alone.
func (s *Store) EnterThrough(ctx context.Context, session string, accesses []access.GranteeID) error {
	_, err := s.exec(ctx, `
		INSERT INTO session_accesses (session_id, access_id)
		SELECT s.id, t.id FROM sessions s, temporary_accesses t
		WHERE s.id = ? AND `+s.dialect.ids("t.id")+`
		ON CONFLICT DO NOTHING`, session, list(accesses))
	return wrap("note what a session entered through", err)
}
