package models_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// checkCounters compares every counter with a recount, over all organizations.
func checkCounters(t testing.TB, store *models.Store) {
	t.Helper()
	for name, query := range map[string]string{
		"members of groups": `SELECT g.id FROM groups g WHERE g.members <> (
			SELECT count(*) FROM memberships m WHERE m.group_id = g.id AND m.ended_at IS NULL)`,
		"privileges of groups": `SELECT g.id FROM groups g WHERE g.privileges <> (
			SELECT count(DISTINCT p.domain) FROM privileges p WHERE p.grantee_id = g.id AND p.ended_at IS NULL)`,
		"groups of members": `SELECT n.id FROM members n WHERE n.groups <> (
			SELECT count(*) FROM memberships m WHERE m.person_id = n.person_id AND m.organization_id = n.organization_id
			AND m.ended_at IS NULL) AND n.ended_at IS NULL`,
		"members of organizations": `SELECT o.id FROM organizations o WHERE o.members <> (
			SELECT count(*) FROM members n WHERE n.organization_id = o.id AND n.ended_at IS NULL)`,
		"members without a group": "SELECT id FROM members WHERE groups = 0 AND ended_at IS NULL",
		"memberships without a member": `SELECT m.id FROM memberships m WHERE m.ended_at IS NULL AND NOT EXISTS (
			SELECT 1 FROM members n WHERE n.organization_id = m.organization_id AND n.person_id = m.person_id
			AND n.ended_at IS NULL)`,
		"invitations of groups": `SELECT g.id FROM groups g WHERE g.invitations <> (
			SELECT count(*) FROM invitation_groups ig WHERE ig.group_id = g.id AND ig.ended_at IS NULL)`,
		"groups of ended invitations": `SELECT ig.id FROM invitation_groups ig JOIN invitations i ON i.id = ig.invitation_id
			WHERE ig.ended_at IS NULL AND i.outcome <> ''`,
		"open invitations into no group": `SELECT i.id FROM invitations i WHERE i.outcome = '' AND NOT EXISTS (
			SELECT 1 FROM invitation_groups ig WHERE ig.invitation_id = i.id AND ig.ended_at IS NULL)`,
		"resources of domains": `SELECT d.resources FROM domain_counts d WHERE d.resources <> (
			SELECT count(*) FROM resources r WHERE r.organization_id = d.organization_id AND r.domain = d.domain
			AND r.ended_at IS NULL)`,
		"domains without a counter": `SELECT r.id FROM resources r WHERE NOT EXISTS (
			SELECT 1 FROM domain_counts d WHERE d.organization_id = r.organization_id AND d.domain = r.domain)`,
		"levels on domains": `SELECT c.grantees FROM level_counts c WHERE c.grantees <> (
			SELECT count(*) FROM privileges p JOIN resources r ON r.id = p.grantee_id
			WHERE p.organization_id = c.organization_id AND p.domain = c.domain AND p.level = c.level
			AND r.domain = c.holders AND p.ended_at IS NULL AND NOT EXISTS (
			SELECT 1 FROM privileges h WHERE h.grantee_id = p.grantee_id AND h.domain = p.domain AND h.ended_at IS NULL
			AND h.expires_at IS NOT NULL AND (p.expires_at IS NULL OR h.expires_at < p.expires_at)))`,
		"levels without a counter": `SELECT p.id FROM privileges p JOIN resources r ON r.id = p.grantee_id
			WHERE p.ended_at IS NULL AND NOT EXISTS (
			SELECT 1 FROM privileges h WHERE h.grantee_id = p.grantee_id AND h.domain = p.domain AND h.ended_at IS NULL
			AND h.expires_at IS NOT NULL AND (p.expires_at IS NULL OR h.expires_at < p.expires_at)) AND NOT EXISTS (SELECT 1 FROM level_counts c
			WHERE c.organization_id = p.organization_id AND c.domain = p.domain AND c.level = p.level AND c.holders = r.domain)`,
		"open rows of ended things": `SELECT e.id FROM editor_entries e JOIN resources r ON r.id = e.resource_id
			OR r.id = e.grantee_id WHERE e.ended_at IS NULL AND r.ended_at IS NOT NULL`,
		"open temporary accesses that have ended": `SELECT t.id FROM temporary_accesses t JOIN resources r ON r.id = t.id
			WHERE (t.outcome = '') <> (r.ended_at IS NULL) OR (t.outcome = '') <> (t.ended_at IS NULL)`,
		"privileges of ended things": `SELECT p.id FROM privileges p JOIN resources r ON r.id = p.grantee_id
			WHERE p.ended_at IS NULL AND r.ended_at IS NOT NULL`,
		"owners who are no members": `SELECT r.id FROM resources r WHERE r.owner_id IS NOT NULL AND r.ended_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM members n WHERE n.person_id = r.owner_id
			AND n.organization_id = r.organization_id AND n.ended_at IS NULL)`,
	} {
		if wrong := read[int64](t, store, query); len(wrong) > 0 {
			t.Errorf("%s: wrong at %v", name, wrong)
		}
	}
}

// world is what the random operations work on.
type world struct {
	store  *models.Store
	org    *models.Scope
	people []models.Person
	things []models.Resource
	made   int
	at     time.Time
}

func (w *world) groups(t *rapid.T) []models.Group {
	groups, err := w.org.AllGroups(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return groups
}

func (w *world) step(t *rapid.T) error {
	w.at = w.at.Add(time.Minute)
	groups := w.groups(t)
	operation := rapid.IntRange(0, 14).Draw(t, "operation")
	if len(groups) == 0 || operation == 0 {
		w.made++
		g := models.Group{}
		g.Key = fmt.Sprintf("g%d", w.made)
		return w.org.CreateGroup(ctx, &g)
	}
	group := rapid.SampledFrom(groups).Draw(t, "group").Grantee().ID
	person := rapid.SampledFrom(w.people).Draw(t, "person")
	thing := rapid.SampledFrom(w.things).Draw(t, "thing")
	switch operation {
	case 1:
		expires := w.at.Add(time.Duration(rapid.IntRange(1, 20).Draw(t, "minutes")) * time.Minute)
		return w.org.AddMembership(ctx, group, person, &expires, w.at)
	case 2:
		return w.org.AddMemberships(ctx, group, rapid.SliceOf(rapid.SampledFrom(w.people)).Draw(t, "people"), w.at)
	case 3:
		return w.org.EndMembership(ctx, group, person.ID, w.at)
	case 4:
		return w.org.EndResource(ctx, access.GroupsDomain, access.ResourceID(group), w.at)
	case 5:
		before, err := w.org.PrivilegesOf(ctx, group)
		if err != nil {
			return err
		}
		after := access.PrivilegeSet{sources: custom(thing.ID)}
		if rapid.Bool().Draw(t, "other") {
			after = access.PrivilegeSet{sources: level(access.LevelView), fields: level(access.LevelEdit)}
		}
		if rapid.Bool().Draw(t, "ends") { // what stands lies beneath
			raised, view := after[sources], level(access.LevelView)
			raised.Until, raised.Then = w.store.Now().Add(time.Hour), &view
			after[sources] = raised
		}
		return w.org.ReplacePrivileges(ctx, group, before, after, w.at)
	case 6:
		l := rapid.SampledFrom([]access.Level{access.LevelNone, access.LevelView, access.LevelCustom}).Draw(t, "level")
		return w.org.SetLevel(ctx, group, fields, level(l), w.at)
	case 7:
		return w.org.EndMembers(ctx, []models.PersonID{person.ID}, w.at)
	case 13:
		later := w.store.Now().Add(2 * time.Hour)
		lapses, err := w.org.Lapses(ctx, later, 10)
		if err != nil || len(lapses) == 0 {
			return err
		}
		return w.org.EndLapse(ctx, lapses[0].GranteeID, lapses[0].Domain, later)
	case 8:
		return w.org.SetMembershipEnd(ctx, group, person.ID, nil, w.at)
	case 9:
		into := []access.GranteeID{group}
		if other := rapid.SampledFrom(groups).Draw(t, "other group").Grantee().ID; other != group {
			into = append(into, other)
		}
		return w.org.CreateInvitation(ctx, &models.Invitation{
			Email: person.Email, InviterID: person.ID, CreatedAt: w.at, ExpiresAt: w.at.Add(time.Hour),
		}, into)
	case 10:
		invited, err := w.org.Invitations(ctx, models.InvitationFilter{}, w.at)
		if err != nil || len(invited.Rows) == 0 {
			return err
		}
		i := rapid.SampledFrom(invited.Rows).Draw(t, "invitation")
		return w.org.EndInvitation(ctx, i.ID, models.InvitationRevoked, "", 0, w.at)
	case 11:
		w.made++
		a := models.TemporaryAccess{PersonID: person.ID, RequestedAt: w.at, ExpiresAt: w.at.Add(time.Hour)}
		a.Key = fmt.Sprintf("t%d", w.made)
		if err := w.org.CreateTemporaryAccess(ctx, &a); err != nil {
			return err
		}
		return w.org.ReplacePrivileges(ctx, a.Grantee().ID, nil, access.PrivilegeSet{sources: level(access.LevelEdit)}, w.at)
	case 12:
		open, err := w.org.OpenAccesses(ctx)
		if err != nil || len(open) == 0 {
			return err
		}
		a := rapid.SampledFrom(open).Draw(t, "access").Grantee().ID
		return w.org.EndTemporaryAccess(ctx, a, models.AccessEnding{Outcome: models.AccessRevoked, At: w.at})
	}
	thing.OwnerID = &person.ID
	if _, err := w.org.MemberByEmail(ctx, person.Email); err != nil {
		return err
	}
	current, err := w.org.Resource(ctx, sources, thing.Key)
	if err != nil {
		return err
	}
	current.OwnerID = &person.ID
	return w.org.UpdateResource(ctx, &current, "owner_id")
}

func TestCountersAlwaysEqualARecount(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		var people []models.Person
		for i := range 4 {
			people = append(people, modelstest.Person(t, store, fmt.Sprintf("person%d@example.com", i)))
		}
		round := 0
		rapid.Check(t, func(r *rapid.T) {
			round++
			org := modelstest.Organization(t, store, fmt.Sprintf("org%d", round))
			w := &world{store: store, org: org, people: people, at: store.Now()}
			w.things = modelstest.Resources(t, org, sources, 3)
			for range rapid.IntRange(1, 15).Draw(r, "steps") {
				err := w.step(r)
				if err != nil && !errors.Is(err, models.ErrNotFound) && !errors.Is(err, models.ErrDuplicate) {
					r.Fatal(err)
				}
			}
			checkCounters(t, store)
		})
	})
}
