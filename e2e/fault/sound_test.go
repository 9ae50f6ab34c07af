package fault

import (
	"context"
	"fmt"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// recounts find what no change may leave behind: counters that differ from what they count, and rows that belong to
// nothing any more. Each gives nothing where the database is sound.
var recounts = map[string]string{
	"members of groups": `SELECT g.id FROM groups g WHERE g.members <>
		(SELECT count(*) FROM memberships m WHERE m.group_id = g.id AND m.ended_at IS NULL)`,
	"privileges of groups": `SELECT g.id FROM groups g WHERE g.privileges <>
		(SELECT count(DISTINCT p.domain) FROM privileges p WHERE p.grantee_id = g.id AND p.ended_at IS NULL)`,
	"groups of members": `SELECT n.id FROM members n WHERE n.ended_at IS NULL AND n.groups <>
		(SELECT count(*) FROM memberships m WHERE m.person_id = n.person_id AND m.organization_id = n.organization_id
		AND m.ended_at IS NULL)`,
	"resources of domains": `SELECT d.resources FROM domain_counts d WHERE d.resources <>
		(SELECT count(*) FROM resources r WHERE r.organization_id = d.organization_id AND r.domain = d.domain
		AND r.ended_at IS NULL)`,
	"editor lists of what has ended": `SELECT e.id FROM editor_entries e JOIN resources r ON r.id = e.resource_id
		OR r.id = e.grantee_id WHERE e.ended_at IS NULL AND r.ended_at IS NOT NULL`,
}

// wantSound holds that counters count, that each change of the organization raised its revision once and stands in its
// record under that revision, and that the record's chain is whole. changes is how many there were since the base.
func (d database) wantSound(t *testing.T, base, changes int) {
	t.Helper()
	for name, query := range recounts {
		if wrong := d.texts(t, query); len(wrong) > 0 {
			t.Errorf("%s: wrong at %v", name, wrong)
		}
	}
	if now := d.revision(t); now != base+changes {
		t.Errorf("%d changes raised the revision by %d", changes, now-base)
	}
	recorded := d.number(t, fmt.Sprintf("SELECT count(DISTINCT revision) FROM activities WHERE organization_id IS NOT NULL AND revision > %d", base))
	if recorded != changes {
		t.Errorf("%d of %d changes are on record", recorded, changes)
	}
	d.wantWholeChain(t)
}

// revision is how often the organization has changed.
func (d database) revision(t *testing.T) int {
	t.Helper()
	return d.number(t, "SELECT revision FROM organizations")
}

// awaitQuiet waits for the transactions that a killed program left with PostgreSQL: a commit that it had sent may still
// be under way.
func (d database) awaitQuiet(t *testing.T) {
	t.Helper()
	d.hold(t)()
}

// wantWholeChain holds that no activity was changed or taken out.
func (d database) wantWholeChain(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	store, err := models.Open(ctx, models.Config{URL: d.url, Clock: time.Now})
	must(t, err)
	defer func() { must(t, store.Close()) }()
	o, err := store.OrganizationByKey(ctx, "acme")
	must(t, err)
	if err := modelstest.VerifyActivities(ctx, store.In(o.ID)); err != nil {
		t.Errorf("the record: %v", err)
	}
}
