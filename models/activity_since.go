package models

import "context"

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

// ActivitiesOfChange are those that one change noted, as far as they come after its activity with that number, itself among them;
// so many at most. A change has its activities one after the other; what is refused after it, before the next change, has its
// revision too.
func (s *Scope) ActivitiesOfChange(ctx context.Context, first Activity, most int) ([]Activity, error) {
	found, err := rows[Activity](ctx, s.store, `
		SELECT a.*, `+knownEmail+` AS known_email FROM activities a `+actorOf+`
		WHERE a.organization_id = ? AND a.id >= ? AND a.revision = ? ORDER BY a.id LIMIT ?`, s.id, first.ID, first.Revision, most)
	if err != nil {
		return nil, wrap("read activities of a change", err)
	}
	for i, a := range found {
		if a.Outcome != OutcomeDone {
			return found[:i], nil
		}
	}
	return found, nil
}

// BeforeActivity is the cursor, for Page.After of Activities, of the page that begins with the activity of this number.
func BeforeActivity(id int64) string { return position{"name", id + 1, 0}.cursor() }
