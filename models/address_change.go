package models

import (
	"context"
	"time"

	"bailiwick/names"
)

// AddressChangeID is the number of a change of somebody's mail address; 0 is none.
type AddressChangeID int64

// How a change of an address ended. "" is one that is under way.
const (
	AddressChanged   = "done"
	AddressObjected  = "objected"  // by who reads the address before
	AddressWithdrawn = "withdrawn" // by the person, or by an administrator
	AddressExpired   = "expired"   // nobody opened the link to the new address in time
	AddressVoid      = "void"      // could not be done any more when it was due
)

// AddressChange is the mail address of a person on its way to another.
type AddressChange struct {
	ID             AddressChangeID
	PersonID       PersonID
	OrganizationID *OrganizationID // where an administrator proposed it; nil: the person asked for it
	ProposerID     PersonID        // the person's own where they asked for it, or where a file changed it
	ProposerName   string          // with the address, as at the time; of a file the operator's
	EmailBefore    string
	Email          string
	CreatedAt      time.Time
	DueAt          time.Time // nothing changes before
	ExpiresAt      time.Time // at that very instant the link to the new address no longer opens
	ProvenAt       *time.Time
	EndedAt        *time.Time
	Outcome        string
}

// Proposed tells whether an administrator proposed the change.
func (a AddressChange) Proposed() bool { return a.OrganizationID != nil }

// Open tells whether the change can still come about at a moment.
func (a AddressChange) Open(at time.Time) bool {
	return a.Outcome == "" && (a.ProvenAt != nil || at.Before(a.ExpiresAt))
}

// CreateAddressChange adds one and sets its ID. ErrDuplicate while another of the person is under way.
func (s *Store) CreateAddressChange(ctx context.Context, a *AddressChange) error {
	a.CreatedAt, a.DueAt, a.ExpiresAt = moment(a.CreatedAt), moment(a.DueAt), moment(a.ExpiresAt)
	return wrap("create a change of an address", s.insert(ctx, a))
}

// AddressChange is the one with the number, whatever became of it.
func (s *Store) AddressChange(ctx context.Context, id AddressChangeID) (AddressChange, error) {
	a, err := row[AddressChange](ctx, s, "SELECT * FROM address_changes WHERE id = ?", id)
	return a, wrap("read a change of an address", err)
}

// AddressChangeOf is the one of the person that is under way, or has run out and nobody has tidied up.
func (s *Store) AddressChangeOf(ctx context.Context, person PersonID) (AddressChange, error) {
	a, err := row[AddressChange](ctx, s, "SELECT * FROM address_changes WHERE person_id = ? AND outcome = ''", person)
	return a, wrap("read a change of an address", err)
}

// AddressChangeByLink is the change behind a link of a kind: one that objects, or proves the new address.
func (s *Store) AddressChangeByLink(ctx context.Context, link string, objects bool) (AddressChange, error) {
	a, err := row[AddressChange](ctx, s, `
		SELECT a.* FROM address_change_links l JOIN address_changes a ON a.id = l.change_id
		WHERE l.id = ? AND l.objects = ?`, link, objects)
	return a, wrap("read a link of a change of an address", err)
}

// CreateAddressChangeLink adds a link to a change, by the SHA-256 of its secret.
func (s *Store) CreateAddressChangeLink(ctx context.Context, link string, id AddressChangeID, objects bool) error {
	_, err := s.exec(ctx, "INSERT INTO address_change_links (id, change_id, objects) VALUES (?, ?, ?)", link, id, objects)
	return wrap("create a link of a change of an address", err)
}

// ProveAddressChange notes that the new address has opened its link, once. ErrConflict when that was noted, or the change has ended or
// run out.
func (s *Store) ProveAddressChange(ctx context.Context, id AddressChangeID, at time.Time) error {
	proven, err := s.exec(ctx, `UPDATE address_changes SET proven_at = ?
		WHERE id = ? AND outcome = '' AND proven_at IS NULL AND expires_at > ?`, moment(at), id, moment(at))
	if err == nil && proven == 0 {
		err = ErrConflict
	}
	return wrap("prove a change of an address", err)
}

// EndAddressChange gives a change its outcome, once: to all others who try it is ErrConflict.
func (s *Store) EndAddressChange(ctx context.Context, id AddressChangeID, outcome string, at time.Time) error {
	ended, err := s.exec(ctx, "UPDATE address_changes SET outcome = ?, ended_at = ? WHERE id = ? AND outcome = ''", outcome, moment(at), id)
	if err == nil && ended == 0 {
		err = ErrConflict
	}
	return wrap("end a change of an address", err)
}

// AddressChangesUnderWay are those whose new address is proven and that are due at a moment, and those that have run out by then.
func (s *Store) AddressChangesUnderWay(ctx context.Context, at time.Time) ([]AddressChange, error) {
	all, err := rows[AddressChange](ctx, s, `
		SELECT * FROM address_changes WHERE outcome = ''
		AND (proven_at IS NOT NULL AND due_at <= ? OR proven_at IS NULL AND expires_at <= ?) ORDER BY id`, moment(at), moment(at))
	return all, wrap("read changes of addresses", err)
}

// SetPersonEmail gives the person another mail address, in each organization, and ends what was mailed to the one before. ErrDuplicate
// when somebody has it.
func (s *Store) SetPersonEmail(ctx context.Context, id PersonID, email string) error {
	err := s.whole(ctx, func(tx *Store) error {
		p, err := tx.PersonByID(ctx, id)
		if err != nil {
			return err
		}
		key := sortKeyOf(p.Name, email)
		changed, err := tx.exec(ctx, `
			UPDATE people SET email = ?, sort_key = ?, words = ?, skeleton = ?, revision = revision + 1
			WHERE id = ? AND NOT EXISTS (SELECT 1 FROM people x WHERE x.email = ?)`,
			email, key, names.Text(p.Name, email), skeletonOf(p.Name, email), id, email)
		if err != nil {
			return err
		}
		if changed == 0 {
			return ErrDuplicate
		}
		for _, st := range []statement{
			do("UPDATE memberships SET sort_key = ? WHERE person_id = ? AND ended_at IS NULL", key, id),
			do("UPDATE members SET email = ? WHERE person_id = ? AND ended_at IS NULL", email, id),
		} {
			if _, err := tx.exec(ctx, st.sql, st.args...); err != nil {
				return err
			}
		}
		if err := tx.endLinksOf(ctx, id); err != nil {
			return err
		}
		return tx.renameMembers(ctx, id, p.Name, email)
	})
	return wrap("change the address of a person", err)
}

// AddressLeftSince tells whether somebody left an address after a moment. What was done before to whom had that address was not done to
// whom has it today.
func (s *Store) AddressLeftSince(ctx context.Context, email string, at time.Time) (bool, error) {
	left, err := row[bool](ctx, s, "SELECT EXISTS (SELECT 1 FROM address_changes WHERE email_before = ? AND outcome = 'done' AND ended_at > ?)", email, at)
	return left, wrap("look who left an address", err)
}

// LeftAddress is an address that a person had until a moment.
type LeftAddress struct {
	PersonID    PersonID
	EmailBefore string
	EndedAt     time.Time
}

// LeftAddresses are those that whoever had an address at a moment has left since, in order: that one first. None where nobody has left
// it, so that who has it today had it then.
func (s *Store) LeftAddresses(ctx context.Context, email string, at time.Time) ([]LeftAddress, error) {
	left, err := rows[LeftAddress](ctx, s, `
		SELECT a.person_id, a.email_before, a.ended_at FROM address_changes a
		WHERE a.outcome = 'done' AND a.ended_at > ? AND a.person_id = (
			SELECT f.person_id FROM address_changes f
			WHERE f.outcome = 'done' AND f.email_before = ? AND f.ended_at > ? ORDER BY f.ended_at, f.id LIMIT 1)
		ORDER BY a.ended_at, a.id`, moment(at), email, moment(at))
	return left, wrap("look who left an address", err)
}

// AddressesLeftSince are those of the addresses that somebody left after a moment.
func (s *Store) AddressesLeftSince(ctx context.Context, emails []string, at time.Time) ([]string, error) {
	left, err := rows[string](ctx, s, "SELECT email_before FROM address_changes WHERE "+s.dialect.texts("email_before")+" AND outcome = 'done' AND ended_at > ?",
		list(emails), moment(at))
	return left, wrap("look who left their addresses", err)
}

// InOperatorsFile tells whether the operator's file names the person.
func (s *Store) InOperatorsFile(ctx context.Context, person PersonID) (bool, error) {
	found, err := rows[PersonID](ctx, s, `
		SELECT person_id FROM operators WHERE person_id = ? UNION SELECT person_id FROM personnel WHERE person_id = ?`, person, person)
	return len(found) > 0, wrap("look into the operator's file", err)
}

// FiledOf are those of the people whom the operator's file names.
func (s *Store) FiledOf(ctx context.Context, people []PersonID) ([]PersonID, error) {
	found, err := rows[PersonID](ctx, s, "SELECT o.person_id FROM operators o WHERE "+s.dialect.ids("o.person_id")+
		" UNION SELECT p.person_id FROM personnel p WHERE "+s.dialect.ids("p.person_id"), list(people), list(people))
	return found, wrap("look into the operator's file", err)
}

// ElsewhereOf are those of the people who are members, or have temporary access, in another organization at a moment.
func (s *Scope) ElsewhereOf(ctx context.Context, people []PersonID, at time.Time) ([]PersonID, error) {
	running, args := s.store.running(at)
	found, err := rows[PersonID](ctx, s.store, `
		SELECT m.person_id FROM memberships m
		WHERE `+s.store.dialect.ids("m.person_id")+` AND m.organization_id <> ? AND m.ended_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > ?)
		UNION SELECT t.person_id FROM temporary_accesses t, clock c
		WHERE `+s.store.dialect.ids("t.person_id")+" AND t.organization_id <> ? AND "+running,
		append([]any{list(people), s.id, moment(at), list(people), s.id}, args...)...)
	return found, wrap("look for people in other organizations", err)
}

// InOtherOrganizations tells whether the person is a member, or has temporary access, elsewhere at a moment.
func (s *Scope) InOtherOrganizations(ctx context.Context, person PersonID, at time.Time) (bool, error) {
	all, err := s.store.OrganizationsOf(ctx, person, at)
	if err != nil {
		return false, err
	}
	for _, o := range all {
		if o.ID != s.id {
			return true, nil
		}
	}
	return false, nil
}
