package services_test

import (
	"context"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

// What the overview counts is what the lists show that its numbers lead to.
func TestOverviewCountsWhatItsListsShow(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		c := services.New(services.Config{Store: store, Catalog: files.DefaultCatalog(), Now: clock.Now})
		org := modelstest.Organization(t, store, "acme")
		boss, old, fresh := modelstest.Person(t, store, "boss@example.com"), modelstest.Person(t, store, "old@example.com"), modelstest.Person(t, store, "fresh@example.com")
		modelstest.Administrators(t, org, boss)
		readers := modelstest.Group(t, org, "readers", access.PrivilegeSet{"analytics/impersonate": {Level: access.LevelAllowed}}, old)
		modelstest.Group(t, org, "empty", nil)
		clock.Advance(100 * 24 * time.Hour)
		now := store.Now()
		soon, later := now.Add(48*time.Hour), now.Add(30*24*time.Hour)
		must(t, org.AddMembership(ctx, readers.Grantee().ID, fresh, &soon, now))
		other := modelstest.Group(t, org, "others", nil)
		must(t, org.AddMembership(ctx, other.Grantee().ID, old, &later, now))
		must(t, org.StampMembers(ctx, []models.PersonID{boss.ID}, now))
		must(t, store.StampGroups(ctx, []access.GranteeID{readers.Grantee().ID}, now))
		key := modelstest.APIKey(t, org, "push", nil)
		key.ExpiresAt = &soon
		must(t, store.Change(ctx, org.ID(), func(tx *models.Scope) error {
			for i, end := range []time.Time{soon, later} {
				invited := models.Invitation{Email: []string{"a@example.com", "b@example.com"}[i], InviterID: boss.ID, CreatedAt: now, ExpiresAt: end}
				if err := tx.CreateInvitation(ctx, &invited, []access.GranteeID{readers.Grantee().ID}); err != nil {
					return err
				}
			}
			return tx.UpdateAPIKey(ctx, &key, "expires_at")
		}))
		by := callerOf(t, c, store, "boss@example.com")
		o, err := c.Overview(ctx, by, services.EndsShown)
		must(t, err)
		if o.Keys.Count != 1 || o.Memberships.Count != 1 || o.Memberships.Groups != 1 || o.Memberships.Members != 1 || o.Seats.Taken != o.Seats.Members+2 || o.Invitations.Count != 1 || o.Pending != 2 || len(o.Ending) != 3 {
			t.Errorf("ending are %+v", o)
		}
		if o.Members.Never != 2 || o.Members.Since[90] != 1 || o.Members.Both != 1 || o.Members.Since[180] != 0 || o.OfKeys.Never != 1 || o.OfKeys.Since[30] != 0 {
			t.Errorf("not used are %+v and %+v", o.Members, o.OfKeys)
		}
		if o.OfGroups.Never != 3 || o.OfGroups.Since[90] != 2 || o.OfGroups.Both != 2 || o.OfGroups.Since[180] != 0 {
			t.Errorf("not used are the groups %+v", o.OfGroups)
		}
		if o.Groups.Empty != 1 || o.Groups.Sensitive != 2 {
			t.Errorf("groups in need are %+v", o.Groups)
		}
		wantMembers := func(q services.MemberQuery, want ...string) {
			t.Helper()
			list, err := c.Members(ctx, by, q)
			must(t, err)
			var got []string
			for _, m := range list.Rows {
				got = append(got, m.Email)
			}
			if len(got) != len(want) || len(want) > 0 && got[0] != want[0] {
				t.Errorf("%+v shows %q, want %q", q, got, want)
			}
			many, err := c.ManyMembers(ctx, by, services.MembersChosen{All: true, Filter: q})
			must(t, err)
			if len(many.Members) != len(want) {
				t.Errorf("%+v: all that match are %d, want %q", q, len(many.Members), want)
			}
		}
		wantMembers(services.MemberQuery{Ends: services.EndsSoon}, "fresh@example.com")
		wantMembers(services.MemberQuery{Unused: services.UnusedFor{Days: 90}}, "old@example.com")
		wantMembers(services.MemberQuery{Unused: services.UnusedFor{Never: true}, Page: models.Page{Sort: "used"}}, "old@example.com", "fresh@example.com")
		wantMembers(services.MemberQuery{Unused: services.UnusedFor{Days: 180}})
		invitations, err := c.Invitations(ctx, by, services.InvitationQuery{Ends: services.RunOut})
		must(t, err)
		keys, err := c.APIKeys(ctx, by, services.APIKeyQuery{Unused: services.UnusedFor{Never: true}})
		must(t, err)
		if len(invitations.Rows) != 1 || len(keys.Rows) != 1 {
			t.Errorf("%d invitations run out, %d keys were never used", len(invitations.Rows), len(keys.Rows))
		}
		for _, f := range []struct {
			filter models.GroupFilter
			want   int
		}{{models.GroupFilter{Empty: true}, 1}, {models.GroupFilter{Sensitive: services.SensitiveDomains(c.Catalog())}, 2}, {models.GroupFilter{Sensitive: []access.DomainKey{}}, 1},
			{models.GroupFilter{Unused: services.UnusedFor{Never: true}.By(now)}, 3}, {models.GroupFilter{Unused: services.UnusedFor{Days: 90}.By(now)}, 2}} {
			groups, err := c.Groups(ctx, by, f.filter)
			must(t, err)
			if len(groups.Rows) != f.want {
				t.Errorf("%+v shows %d groups, want %d", f.filter, len(groups.Rows), f.want)
			}
		}
	})
}
