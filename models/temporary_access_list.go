package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// TemporaryAccessFilter is which temporary accesses are asked for; the newest come first. Page.Sort is ignored, and
// Page.Query looks in the names of the people.
type TemporaryAccessFilter struct {
	Page
	Status AccessStatus // at the moment At; "" = all
	At     time.Time
	Since  time.Time // those that were asked for before are left out
	Ended  time.Time // those that ended before are left out
}

var temporaryKeys = keyset[TemporaryAccess]{
	columns: map[string]column[TemporaryAccess]{
		"name": {"t.requested_at", func(a TemporaryAccess) any { return a.RequestedAt }},
	},
	id:   "t.id",
	idOf: func(a TemporaryAccess) int64 { return int64(a.ID) },
}

// TemporaryAccesses is one page of those that there are and were.
func (s *Scope) TemporaryAccesses(ctx context.Context, f TemporaryAccessFilter) (Listing[TemporaryAccess], error) {
	f.Sort = "-name"
	l, err := temporaryKeys.search(ctx, s, f.Page, wordsOfRequests, nil, func(among string, args ...any) *query {
		q := newQuery(temporarySelect, s.id)
		f.add(q)
		if among == "" {
			walk := newQuery("SELECT t.id FROM temporary_accesses t WHERE t.organization_id = ?", s.id)
			f.add(walk)
			q.walks(walk.sql.String(), walk.args...)
		}
		q.add(among, args...)
		return q
	})
	return l, wrap("list temporary accesses", err)
}

func (f TemporaryAccessFilter) add(q *query) {
	q.add("AND t.requested_at >= ? AND COALESCE(t.ended_at, t.expires_at) >= ?", moment(f.Since), moment(f.Ended))
	switch f.Status {
	case StatusActive: // COALESCE, which changes no value, keeps SQLite from sorting all that is not over
		q.add("AND t.outcome = '' AND COALESCE(t.expires_at, t.requested_at) > ?", moment(f.At))
	case StatusExpired: // written out, so that the planner sees that the index temporary_accesses_by_end holds them
		q.add("AND t.outcome IN ('', 'expired') AND COALESCE(t.expires_at, t.requested_at) <= ?", moment(f.At))
	case StatusRevoked, StatusEnded:
		q.add("AND t.outcome = ?", string(f.Status))
	}
}

// OwnAccess is a temporary access with its organization, for whom it was given to.
type OwnAccess struct {
	TemporaryAccess
	OrganizationKey, OrganizationName string
}

var ownAccessKeys = keyset[OwnAccess]{
	columns: map[string]column[OwnAccess]{
		"name": {"t.requested_at", func(a OwnAccess) any { return a.RequestedAt }},
	},
	id:   "t.id",
	idOf: func(a OwnAccess) int64 { return int64(a.ID) },
}

// AccessesOf is one page of what the person asked for, in all organizations, the newest first. Page.Query looks in the
// names of organizations.
func (s *Store) AccessesOf(ctx context.Context, person PersonID, page Page) (Listing[OwnAccess], error) {
	q := newQuery(`
		SELECT `+temporaryColumns+`, o.key AS organization_key, o.name AS organization_name
		FROM temporary_accesses t
		JOIN resources r ON r.id = t.id
		JOIN people p ON p.id = t.person_id
		JOIN organizations o ON o.id = t.organization_id
		WHERE t.person_id = ?`, person)
	q.contains("o.name", page.Query)
	page.Sort = "-name"
	l, err := ownAccessKeys.list(ctx, s, q, page)
	return l, wrap("list temporary accesses of a person", err)
}

// ExpiredAccesses are those that have expired but that nobody has ended yet, the earliest first, at most limit. The moment
// is the later of the one given and the latest that is known of.
func (s *Scope) ExpiredAccesses(ctx context.Context, at time.Time, limit int) ([]TemporaryAccess, error) {
	seen, err := s.store.SeenAt(ctx)
	if err != nil {
		return nil, err
	}
	all, err := rows[TemporaryAccess](ctx, s.store,
		temporarySelect+"AND t.outcome = '' AND t.expires_at <= ? ORDER BY t.expires_at, t.id LIMIT ?",
		s.id, later(at, seen), limit)
	return all, wrap("read expired temporary accesses", err)
}

// OrganizationsWithExpiredAccesses are those that have ExpiredAccesses, or the first of them where there are very many.
func (s *Store) OrganizationsWithExpiredAccesses(ctx context.Context, at time.Time) ([]Organization, error) {
	seen, err := s.SeenAt(ctx)
	if err != nil {
		return nil, err
	}
	ids, err := rows[OrganizationID](ctx, s, `
		SELECT t.organization_id FROM temporary_accesses t WHERE t.outcome = '' AND t.expires_at <= ?
		ORDER BY t.expires_at LIMIT ?`, later(at, seen), batch)
	if err != nil || len(ids) == 0 { // asked every second
		return nil, wrap("look for expired temporary accesses", err)
	}
	all, err := rows[Organization](ctx, s, "SELECT * FROM organizations WHERE "+s.dialect.ids("id")+" ORDER BY id", list(ids))
	return all, wrap("read organizations", err)
}

// OrganizationsWithOpenAccesses are those that have temporary accesses without an outcome.
func (s *Store) OrganizationsWithOpenAccesses(ctx context.Context) ([]Organization, error) {
	all, err := rows[Organization](ctx, s, `
		SELECT * FROM organizations WHERE id IN (SELECT t.organization_id FROM temporary_accesses t WHERE t.outcome = '')
		ORDER BY id`)
	return all, wrap("look for open temporary accesses", err)
}

// HasExpiredAccess tells whether the person has ExpiredAccesses in the organization.
func (s *Scope) HasExpiredAccess(ctx context.Context, person PersonID, at time.Time) (bool, error) {
	found, err := rows[int](ctx, s.store, `
		SELECT 1 FROM temporary_accesses t, clock c
		WHERE t.person_id = ? AND t.organization_id = ? AND t.outcome = '' AND (t.expires_at <= ? OR t.expires_at <= c.seen_at)
		LIMIT 1`, person, s.id, moment(at))
	return len(found) > 0, wrap("look for expired temporary accesses of a person", err)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return moment(b)
	}
	return moment(a)
}

// DoneFilter is what somebody did who is no member, in a span of time.
type DoneFilter struct {
	Person      PersonID
	From, Until time.Time
	Limit       int
}

// Kinds of actors that are asked for.
const (
	ActorSupport = "support" // who has nothing but temporary access
	ActorClock   = "clock"   // time: what expired
)

// doneUnder is the condition on activity a; its parameters are the organization, the person, and from when until when.
func (d dialect) doneUnder() string {
	at := d.unindexed("a.at") // what a person did is less than what happened in the organization
	return "a.organization_id = ? AND a.actor_kind IN ('member', 'support') AND a.actor_kind = 'support' AND a.actor_id = ? AND " +
		at + " >= ? AND " + at + " <= ?"
}

// DoneUnder is what the person did through temporary access, the newest first, without states.
func (s *Scope) DoneUnder(ctx context.Context, f DoneFilter) ([]Activity, error) {
	const long = "(length(a.before) > ? OR length(a.after) > ?)"
	all, err := rows[Activity](ctx, s.store, `
		SELECT a.id, a.at, a.actor_kind, a.actor_id, a.actor_name, `+knownEmail+` AS known_email, a.address, a.operation, a.outcome, a.subject_kind, a.domain,
			a.resource_id, a.resource_key, a.resource_name, a.revision,
			CASE WHEN `+long+` THEN '' ELSE a.before END AS before,
			CASE WHEN `+long+` THEN '' ELSE a.after END AS after, `+long+` AS cut
		FROM activities a `+actorOf+`
		WHERE `+s.store.dialect.doneUnder()+`
		AND a.operation NOT LIKE 'temporary-access.%'
		ORDER BY a.id DESC LIMIT ?`,
		listedState, listedState, listedState, listedState, listedState, listedState, s.id, f.Person, moment(f.From), moment(f.Until), f.Limit)
	return all, wrap("read what was done through temporary access", err)
}

// makings are the operations by which something new comes about.
var makings = []Operation{
	OpAPIKeyCreated, OpAPIKeyDuplicated, OpGroupCreated, OpGroupDuplicated, OpResourceCreated, OpResourceDuplicated,
}

// MadeUnder is what the person made through temporary access, by name; what has ended among it.
func (s *Scope) MadeUnder(ctx context.Context, f DoneFilter, domains []access.DomainKey) ([]Named, error) {
	d := s.store.dialect
	all, err := rows[Named](ctx, s.store, `
		SELECT r.id, r.domain, r.key, r.name, r.ended_at IS NOT NULL AS ended FROM resources r
		WHERE `+d.unindexed("r.organization_id")+" = ? AND "+d.texts("r.domain")+` AND r.id IN (
			SELECT a.resource_id FROM activities a
			WHERE `+d.doneUnder()+`
			AND a.outcome = 'done' AND a.operation IN (`+namesOf(makings...)+`))
		ORDER BY r.sort_key, r.id LIMIT ?`,
		s.id, list(domains), s.id, f.Person, moment(f.From), moment(f.Until), f.Limit)
	return all, wrap("read what was made through temporary access", err)
}
