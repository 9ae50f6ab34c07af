package models

import (
	"context"

	"bailiwick/access"
)

// Activity is one line of the record, with all that it keeps.
func (s *Scope) Activity(ctx context.Context, id int64) (Activity, error) {
	a, err := row[Activity](ctx, s.store, `
		SELECT a.*, `+knownEmail+` AS known_email FROM activities a `+actorOf+`
		WHERE a.organization_id = ? AND a.id = ?`, s.id, id)
	return a, wrap("read activity", err)
}

// ActivitiesSince are those of the operations that were done to the same thing by later changes, the oldest first and so many at
// most. What has no number is the same where it has the same key.
func (s *Scope) ActivitiesSince(ctx context.Context, a Activity, most int, operations ...Operation) ([]Activity, error) {
	found, err := rows[Activity](ctx, s.store, `
		SELECT a.*, `+knownEmail+` AS known_email FROM activities a `+actorOf+`
		WHERE a.organization_id = ? AND `+listedUnder+` = ? AND a.resource_id = ? AND a.id > ?
		AND (a.resource_id <> 0 OR a.resource_key = ?) AND a.revision > ? AND a.outcome = 'done' AND a.operation IN (`+namesOf(operations...)+`)
		ORDER BY a.id LIMIT ?`, s.id, a.ListedUnder(), a.ResourceID, a.ID, a.ResourceKey, a.Revision, most)
	return found, wrap("read later activities", err)
}

// ActivitiesSinceAmong are the same of all that one change was about, by operations of one kind: the oldest first, and so many at most.
func (s *Scope) ActivitiesSinceAmong(ctx context.Context, all []Activity, most int, operations ...Operation) ([]Activity, error) {
	first, d := all[0], s.store.dialect
	var ids []access.ResourceID
	var keys []string
	for _, a := range all {
		ids, keys = append(ids, a.ResourceID), append(keys, a.ResourceKey)
	}
	which, among, id := d.ids("a.resource_id"), list(ids), "+a.id" // as an index does not have it: a thing's own activities are few
	if first.ResourceID == 0 {
		which, among, id = "a.resource_id = 0 AND "+d.texts("a.resource_key"), list(keys), "a.id"
	}
	found, err := rows[Activity](ctx, s.store, `
		SELECT a.*, `+knownEmail+` AS known_email FROM activities a `+actorOf+`
		WHERE a.organization_id = ? AND `+listedUnder+` = ? AND `+which+` AND `+id+` > ? AND a.revision > ?
		AND a.outcome = 'done' AND a.operation IN (`+namesOf(operations...)+`)
		ORDER BY `+id+` LIMIT ?`, s.id, first.ListedUnder(), among, first.ID, first.Revision, most)
	return found, wrap("read later activities", err)
}

// ofChange is the condition that activity a was noted by the same change as another, with its moment and revision. A change notes all
// that it does as of one moment; what people do to their own accounts before the next change has its revision too.
const ofChange = "a.at = ? AND a.revision = ? AND a.outcome = 'done'"

// doneIn is the condition that activity a was done in that change by whoever made it: what the change met that had expired is not.
const doneIn = ofChange + " AND a.actor_kind <> '" + ActorClock + "'"

// ActivitiesOfChange are those that were done in the change which noted an activity, in the order in which they were; so many at most.
func (s *Scope) ActivitiesOfChange(ctx context.Context, of Activity, most int) ([]Activity, error) {
	found, err := rows[Activity](ctx, s.store, `
		SELECT a.*, `+knownEmail+` AS known_email FROM activities a `+actorOf+`
		WHERE a.organization_id = ? AND `+doneIn+` ORDER BY a.id LIMIT ?`, s.id, moment(of.At), of.Revision, most)
	return found, wrap("read activities of a change", err)
}

// OperationsOfChange are the operations of the same activities, as they were noted then.
func (s *Scope) OperationsOfChange(ctx context.Context, of Activity, most int) ([]Operation, error) {
	found, err := rows[Operation](ctx, s.store, `SELECT a.operation FROM activities a WHERE a.organization_id = ? AND `+doneIn+` ORDER BY a.id LIMIT ?`,
		s.id, moment(of.At), of.Revision, most)
	return found, wrap("read operations of a change", err)
}

// ChangeSize is how much a change noted.
type ChangeSize struct {
	Of          int64 // the activity that was asked about
	First, Last int64 // numbers of its first and last activity
	Noted       int   // activities: up to FoundCounted, and one more where there are more
}

// SizesOfChanges are how much the changes noted that noted these activities, by their numbers.
func (s *Scope) SizesOfChanges(ctx context.Context, activities []int64) (map[int64]ChangeSize, error) {
	of := func(columns, rest string) string {
		return "SELECT " + columns + ` FROM activities a WHERE a.organization_id = o.organization_id
			AND a.at = o.at AND a.revision = o.revision AND a.outcome = 'done' ` + rest
	}
	found, err := rows[ChangeSize](ctx, s.store, `
		SELECT o.id AS of, (`+of("a.id", "ORDER BY a.id LIMIT 1")+`) AS first, (`+of("a.id", "ORDER BY a.id DESC LIMIT 1")+`) AS last,
			(SELECT count(*) FROM (`+of("1", "LIMIT ?")+`) AS counted) AS noted
		FROM activities o WHERE `+s.store.dialect.unindexed("o.organization_id")+" = ? AND "+s.store.dialect.ids("o.id")+" AND o.outcome = 'done'",
		FoundCounted+1, s.id, list(activities))
	if err != nil {
		return nil, wrap("count activities of changes", err)
	}
	sizes := make(map[int64]ChangeSize, len(found))
	for _, size := range found {
		sizes[size.Of] = size
	}
	return sizes, nil
}

// BeforeActivity is the cursor, for Page.After of Activities, of the page that begins with the activity of this number.
func BeforeActivity(id int64) string { return position{"name", id + 1, 0}.cursor() }

// AtActivity is the cursor of the activity itself: for Page.After of those that happened before it, for Page.Before of those after.
func AtActivity(id int64) string { return position{"name", id, id}.cursor() }
