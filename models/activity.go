package models

import (
	"context"
	"strings"
	"time"

	"bailiwick/access"
)

// The outcomes of an activity.
const (
	OutcomeDone    = "done"
	OutcomeRefused = "refused"
)

// Activity is one line of the record of what happened (R14). Each carries the hash of the one before, so that a line
// that is changed or taken out later shows.
type Activity struct {
	ID             int64
	OrganizationID *OrganizationID // nil: outside of every organization
	At             time.Time
	ActorKind      string
	ActorID        int64
	ActorName      string // at the time
	ActorEmail     string // canonical; "" of what no person did, and in rows of digest version 1
	Address        string
	Operation      Operation
	Outcome        string
	SubjectKind    SubjectKind       // written by this package; "" in rows of digest versions 1 and 2
	Domain         access.DomainKey  // that a resource is in; "" of other kinds of subjects, but not in rows of digest versions 1 and 2
	ResourceID     access.ResourceID // of the group, API key, request or other resource that it is about; 0 = it is about none
	ResourceKey    string            // of that, or what else the subject is known by, such as a member's address
	ResourceName   string            // at the time
	Before, After  string            // JSON; "" = nothing
	Revision       int64             // of the organization
	PreviousHash   string
	Hash           string
	DigestVersion  int    // how Hash is made
	Words          string // what it is found by: made by this package of what the others say, and no part of the hash

	KnownEmail string `gorm:"->"` // in a list: ActorEmail or, in older rows, the person's address of today: those do not know the one at the time (R26)
	Cut        bool   `gorm:"->"` // in a list: the state before or after is too long for one, so both are left out
}

// listedState is how long a state may be, in bytes, to be part of a list: an editor list of about a thousand rows.
const listedState = 64 << 10

// ActivityFilter is which activities are asked for; the newest come first. Page.Sort is ignored, and Page.Query looks in
// operations, in the names and addresses of actors and of whom it is about, and in the names of resources.
type ActivityFilter struct {
	Page
	Said     map[string]Said   // by word of the query
	Domain   access.DomainKey  // on whose page they are listed; "" = all
	Resource access.ResourceID // 0 = all
	Actor    *PersonID         // nil = anybody
	Named    string            // what the actor's name or address contains, in any case; "" = anything
	Refused  bool              // only what was refused
	Change   *Activity         // only what the change noted that noted this one; nil = everything

	From, Until time.Time // when it happened: from one moment until before another; zero = any time
}

var activityKeys = keyset[Activity]{
	columns: map[string]column[Activity]{
		"name": {"a.id", func(a Activity) any { return a.ID }}, // the order in which they happened
	},
	id:   "a.id",
	idOf: func(a Activity) int64 { return a.ID },
}

// activityRows ends before its WHERE clause; its parameters are listedState six times.
const activityRows = `
		SELECT a.id, a.organization_id, a.at, a.actor_kind, a.actor_id, a.actor_name, a.actor_email, a.address, a.operation,
			a.outcome, a.subject_kind, a.domain, a.resource_id, a.resource_key, a.resource_name, a.revision, a.previous_hash, a.hash,
			a.digest_version, ` + knownEmail + ` AS known_email,
			CASE WHEN ` + longState + ` THEN '' ELSE a.before END AS before,
			CASE WHEN ` + longState + ` THEN '' ELSE a.after END AS after, ` + longState + ` AS cut
		FROM activities a ` + actorOf

const longState = "(length(a.before) > ? OR length(a.after) > ?)"

// Activities is one page of the record.
func (s *Scope) Activities(ctx context.Context, f ActivityFilter) (Listing[Activity], error) {
	f.Sort = "-name"
	in, p := wordsOfActivities, f.Page
	in.said = f.Said
	p.Query = strings.TrimSpace(f.Query + " " + f.Named) // who did it is among the words
	t, err := s.timesOf(ctx, f)
	if err != nil {
		return Listing[Activity]{}, wrap("find activities by time", err)
	}
	l, err := activityKeys.search(ctx, s, p, in, nil, func(among string, args ...any) *query {
		q := newQuery(activityRows, listedState, listedState, listedState, listedState, listedState, listedState)
		q.add("WHERE a.organization_id = ?", s.id)
		f.add(q)
		t.addTo(q, s.store.dialect, f)
		if among == "" {
			walk := newQuery("SELECT a.id FROM activities a WHERE a.organization_id = ?", s.id)
			f.add(walk)
			t.addTo(walk, s.store.dialect, f)
			q.walks(walk.sql.String(), walk.args...)
		}
		q.contains("a.actor_name || ' ' || "+knownEmail, f.Named)
		q.add(among, args...)
		return q
	})
	return l, wrap("list activities", err)
}

// CountActivities is how many have all words of the query: up to FoundCounted, and one more where there are more.
func (s *Scope) CountActivities(ctx context.Context, typed string, said map[string]Said) (int, error) {
	in := wordsOfActivities
	in.said = said
	want, err := s.wants(ctx, in, typed)
	if err != nil || want.nothing {
		return 0, wrap("count activities", err)
	}
	q := s.countFound(in, nil, want)
	if !want.keyed || !want.indexed || len(want.words) == 0 {
		q = newQuery("SELECT count(*) FROM (SELECT 1 FROM activities a WHERE a.organization_id = ?", s.id)
		in.has(q, in.column(want.keyed), want.words)
		q.add("LIMIT ?) AS listed", FoundCounted+1)
	}
	n, err := row[int](ctx, s.store.searching(), q.sql.String(), q.args...)
	return n, wrap("count activities", err)
}

// add is what an index knows of the filter.
func (f ActivityFilter) add(q *query) {
	if f.Domain != "" {
		if !storable(string(f.Domain)) {
			q.add("AND 1 = 0")
			return
		}
		q.add("AND "+listedUnder+" = ?", f.Domain)
	}
	if f.Resource != 0 {
		q.add("AND a.resource_id = ?", f.Resource)
	}
	if f.Actor != nil {
		q.add("AND a.actor_kind IN ('member', 'support') AND a.actor_id = ?", *f.Actor)
	}
	if f.Change != nil {
		q.add("AND "+ofChange, moment(f.Change.At), f.Change.Revision)
	}
	if f.Refused {
		q.add("AND a.outcome = 'refused'") // written out, so that the planner sees that the index activities_refused holds them
	}
}

// actorOf joins the person behind an activity that does not have their address by itself.
const actorOf = `
		LEFT JOIN people p ON p.id = a.actor_id AND a.actor_email = '' AND a.actor_kind IN ('member', 'support')`

// knownEmail is the address of who did something, with actorOf. Where the activity has none it is that of today, which the person may
// not have had then (R26).
const knownEmail = "COALESCE(p.email, a.actor_email)"

// Named is what a resource is called, or was when it ended: rows stay, and keys never change.
type Named struct {
	ID        access.ResourceID
	Domain    access.DomainKey
	Key, Name string
	Ended     bool
}

// NamesOf are the names of resources by number, those that have ended among them; what the organization never had is
// left out.
func (s *Scope) NamesOf(ctx context.Context, ids []access.ResourceID) (map[access.ResourceID]Named, error) {
	names := make(map[access.ResourceID]Named, len(ids))
	d := s.store.dialect
	found, err := rows[Named](ctx, s.store, `
		SELECT r.id, r.domain, r.key, r.name, r.ended_at IS NOT NULL AS ended FROM resources r
		WHERE `+d.unindexed("r.organization_id")+" = ? AND "+d.ids("r.id"), s.id, list(ids))
	if err != nil {
		return nil, wrap("read names", err)
	}
	for _, n := range found {
		names[n.ID] = n
	}
	return names, nil
}
