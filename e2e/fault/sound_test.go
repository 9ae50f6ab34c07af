package fault

import (
	"context"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
)

// recounts find what no change may leave behind: counters that differ from what they count, and rows that belong to
// nothing any more. Each gives nothing where the database is sound.
var recounts = map[string]string{
	"members of groups": `SELECT g.id FROM groups g WHERE g.members <>
		(SELECT count(*) FROM memberships m WHERE m.group_id = g.id AND m.ended_at IS NULL)`,
	"privileges of groups": `SELECT g.id FROM groups g WHERE g.privileges <>
		(SELECT count(*) FROM privileges p WHERE p.grantee_id = g.id AND p.ended_at IS NULL)`,
	"groups of members": `SELECT n.id FROM members n WHERE n.ended_at IS NULL AND n.groups <>
		(SELECT count(*) FROM memberships m WHERE m.person_id = n.person_id AND m.organization_id = n.organization_id
		AND m.ended_at IS NULL)`,
	"resources of domains": `SELECT d.resources FROM domain_counts d WHERE d.resources <>
		(SELECT count(*) FROM resources r WHERE r.organization_id = d.organization_id AND r.domain = d.domain
		AND r.ended_at IS NULL)`,
	"editor lists of what has ended": `SELECT e.id FROM editor_entries e JOIN resources r ON r.id = e.resource_id
		OR r.id = e.grantee_id WHERE e.ended_at IS NULL AND r.ended_at IS NOT NULL`,
}

// wantSound holds that counters count, that each change of the organization raised its revision and stands in its record,
// once, and that the record's chain is whole. changes is how many there were since the base.
func (d database) wantSound(t *testing.T, base record, changes int) {
	t.Helper()
	for name, query := range recounts {
		if wrong := d.texts(t, query); len(wrong) > 0 {
			t.Errorf("%s: wrong at %v", name, wrong)
		}
	}
	now := d.record(t)
	if now.revision != base.revision+changes || now.activities != base.activities+changes {
		t.Errorf("%d changes raised the revision by %d and left %d activities",
			changes, now.revision-base.revision, now.activities-base.activities)
	}
	d.wantWholeChain(t, now.activities)
}

// record is how often the organization has changed, by two accounts.
type record struct{ revision, activities int }

func (d database) record(t *testing.T) record {
	t.Helper()
	return record{d.number(t, "SELECT revision FROM organizations"),
		d.number(t, "SELECT count(*) FROM activities WHERE organization_id IS NOT NULL")}
}

// awaitQuiet waits for the transactions that a killed program left with PostgreSQL: a commit that it had sent may still
// be under way.
func (d database) awaitQuiet(t *testing.T) {
	t.Helper()
	d.hold(t)()
}

// wantWholeChain holds that each of so many activities carries the hash of the one before it and its own.
func (d database) wantWholeChain(t *testing.T, activities int) {
	t.Helper()
	ctx := context.Background()
	store, err := models.Open(ctx, models.Config{URL: d.url, Clock: time.Now})
	must(t, err)
	defer func() { must(t, store.Close()) }()
	o, err := store.OrganizationByKey(ctx, "acme")
	must(t, err)
	var broken []string
	var after models.Activity // the one that came next
	seen := 0
	for filter := (models.ActivityFilter{Page: models.Page{Limit: 1000}}); ; {
		page, err := store.In(o.ID).Activities(ctx, filter)
		must(t, err)
		for _, a := range page.Rows { // the newest first
			if a.Hash != a.Digest() || seen > 0 && after.PreviousHash != a.Hash {
				broken = append(broken, a.Operation)
			}
			after, seen = a, seen+1
		}
		if filter.After = page.Next; filter.After == "" {
			break
		}
	}
	if seen != activities || len(broken) > 0 {
		t.Errorf("the record has %d of %d activities, and breaks at %s", seen, activities, strings.Join(broken, ", "))
	}
}
