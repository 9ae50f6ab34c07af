package services_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// crowdedSize is more than are undone one by one.
const crowdedSize = 150

// Whatever is done to many at once is undone, and reverted later, in a number of statements that does not grow with them.
func TestWhatIsDoneToManyIsTakenBackInFewStatements(t *testing.T) {
	for name, many := range manyDeeds {
		t.Run(name, func(t *testing.T) {
			modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
				ctx := context.Background()
				c, org, ids := crowded(t, store, clock, crowdedSize)
				by := callerOf(t, c, store, "boss@example.com")
				do, count := many(t, c, org, by, ids)
				for what, takeBack := range map[string]func(ctx context.Context, id int64) error{
					"undone": func(ctx context.Context, id int64) error { _, err := c.Undo(ctx, by, id); return err },
					"reverted": func(ctx context.Context, id int64) error {
						r, err := c.ReviewRevertOfChange(ctx, by, id)
						must(t, err)
						if len(r.Can()) != crowdedSize {
							t.Errorf("%d of %d can be reverted: %v", len(r.Can()), r.Total(), r.LeftOut()[:1])
						}
						_, err = c.RevertChange(ctx, by, id, r.Shown)
						return err
					},
				} {
					clock.Advance(time.Hour)
					before := count()
					id := made(t, do)
					if id == 0 || count() == before {
						t.Fatalf("%d, %d as before", id, before)
					}
					counted, statements := store.CountStatements(ctx)
					must(t, takeBack(counted, id))
					if got := count(); got != before {
						t.Errorf("%s: %d, before %d", what, got, before)
					}
					if n := statements.Count(); n > 120 {
						t.Errorf("%s in %d statements", what, n)
					}
				}
				must(t, modelstest.VerifyActivities(ctx, org))
			})
		})
	}
}

// manyDeeds are what can be done to many: each gives what does it, and what counts of how many it is so.
var manyDeeds = map[string]func(t *testing.T, c *services.Console, org *models.Scope, by services.Caller, ids []models.MemberID) (do func(context.Context) error, count func() int){
	"members suspended": func(t *testing.T, c *services.Console, _ *models.Scope, by services.Caller, ids []models.MemberID) (func(context.Context) error, func() int) {
		return func(ctx context.Context) error { return c.DoWithMembers(ctx, by, services.SuspendMany, ids) }, func() int {
			many, err := c.ReviewMembers(context.Background(), by, services.ReactivateMany, services.MembersChosen{Keys: ids})
			must(t, err)
			return len(many.Can())
		}
	},
	"owners changed": func(t *testing.T, c *services.Console, org *models.Scope, by services.Caller, _ []models.MemberID) (func(context.Context) error, func() int) {
		keys := sourcesIn(t, org)
		return func(ctx context.Context) error {
				return c.DoWithResources(ctx, by, sourcesDomain, services.ChangeOwners, keys, services.ResourcesChange{Owner: "p0001@example.com"})
			}, func() int {
				n := 0
				for _, key := range keys {
					r, err := org.Resource(context.Background(), sourcesDomain, key)
					must(t, err)
					if r.OwnerEmail != "" {
						n++
					}
				}
				return n
			}
	},
	"resources given": func(t *testing.T, c *services.Console, org *models.Scope, by services.Caller, _ []models.MemberID) (func(context.Context) error, func() int) {
		keys := sourcesIn(t, org)
		g := modelstest.Group(t, org, "readers", access.PrivilegeSet{sourcesDomain: {Level: access.LevelView}})
		return func(ctx context.Context) error {
				return c.DoWithResources(ctx, by, sourcesDomain, services.GiveResources, keys, services.ResourcesChange{Group: "readers", Edit: true})
			}, func() int {
				sets, err := org.SetsOf(context.Background(), []access.GranteeID{g.Grantee().ID})
				must(t, err)
				return len(sets[g.Grantee().ID][sourcesDomain].Editors)
			}
	},
	"keys deactivated": func(t *testing.T, c *services.Console, org *models.Scope, by services.Caller, _ []models.MemberID) (func(context.Context) error, func() int) {
		keys := keysIn(t, org)
		return func(ctx context.Context) error { return c.DoWithAPIKeys(ctx, by, services.DeactivateKeys, keys, nil) }, func() int {
			many, err := c.ReviewAPIKeys(context.Background(), by, services.ActivateKeys, services.APIKeysChosen{Keys: keys}, nil)
			must(t, err)
			return len(many.Can())
		}
	},
	"invitations extended": func(t *testing.T, c *services.Console, org *models.Scope, by services.Caller, _ []models.MemberID) (func(context.Context) error, func() int) {
		ctx := context.Background()
		into := modelstest.Group(t, org, "staff", nil)
		start := c.Now()
		var ids []models.InvitationID
		for n := range crowdedSize {
			i := models.Invitation{Email: fmt.Sprintf("new%04d@example.com", n), InviterID: by.Person.ID, CreatedAt: start, ExpiresAt: start.Add(240 * time.Hour)}
			must(t, org.CreateInvitation(ctx, &i, []access.GranteeID{into.Grantee().ID}))
			ids = append(ids, i.ID)
		}
		return func(ctx context.Context) error { return c.DoWithInvitations(ctx, by, services.ExtendMany, ids) }, func() int {
			found, err := org.InvitationsByIDs(ctx, ids)
			must(t, err)
			n := 0
			for _, i := range found {
				if i.ExpiresAt.After(start.Add(240 * time.Hour)) {
					n++
				}
			}
			return n
		}
	},
}

func sourcesIn(t *testing.T, org *models.Scope) []string {
	t.Helper()
	var keys []string
	for _, r := range modelstest.Resources(t, org, sourcesDomain, crowdedSize) {
		keys = append(keys, r.Key)
	}
	return keys
}

func keysIn(t *testing.T, org *models.Scope) []string {
	t.Helper()
	var keys []string
	for n := range crowdedSize {
		keys = append(keys, modelstest.APIKey(t, org, fmt.Sprintf("key%04d", n), nil).Key)
	}
	return keys
}

// Attack: who holds less than those who did it takes back what was done to many (R7), or what has changed since. The rest is reverted.
func TestWhatIsDoneToManyIsRevertedAsDoingItIsJudged(t *testing.T) {
	t.Run("API keys", func(t *testing.T) {
		onKeyring(t, func(t *testing.T, k keyring) {
			p := people{k.Console, t, k.store, nil}
			by := k.as(t, "administrator")
			inviting{p}.grant("keepers", "organization/activities", "view")
			id := made(t, func(ctx context.Context) error {
				return k.DoWithAPIKeys(ctx, by, services.DeactivateKeys, []string{"strong", "weak"}, nil)
			})
			keeper := p.changeReversal(k.as(t, "keeper"), id)
			if got := changeReverted(keeper); !strings.Contains(got, "strong: beyond") {
				t.Errorf("a keeper is shown %q", got)
			}
			must(t, k.DoWithAPIKeys(context.Background(), by, services.ActivateKeys, []string{"strong"}, nil))
			must(t, k.DoWithAPIKeys(context.Background(), by, services.DeactivateKeys, []string{"strong"}, nil))
			p.wantReverted(by, id, " strong: changed;  weak: disabled>enabled")
		})
	})
	t.Run("members", func(t *testing.T) {
		onPeople(t, func(t *testing.T, p people) {
			ctx, by := context.Background(), p.by("administrator")
			id := made(t, func(ctx context.Context) error {
				return p.DoWithMembers(ctx, by, services.SuspendMany, p.ids("john.smith", "other", "viewer"))
			})
			_, err := p.RemoveFromOrganization(ctx, by, p.member("other").ID)
			must(t, err)
			_, err = p.ReactivateMember(ctx, by, p.member("viewer").ID)
			must(t, err)
			r := p.changeReversal(by, id)
			if got := changeReverted(r); !strings.Contains(got, "other@example.com: left") || !strings.Contains(got, "viewer@example.com: already") || len(r.Can()) != 1 {
				t.Errorf("shown %q", got)
			}
			_, err = p.RevertChange(ctx, by, id, r.Shown)
			must(t, err)
			if p.member("john.smith").Suspended() {
				t.Error("still suspended")
			}
		})
	})
	t.Run("invitations", func(t *testing.T) {
		onInviting(t, func(t *testing.T, p inviting) {
			ctx, by := context.Background(), p.by("administrator")
			one, _ := p.invited("administrator", "one@example.com", "readers", "leads")
			two, _ := p.invited("administrator", "two@example.com", "readers")
			p.clock.Advance(time.Hour)
			id := made(t, func(ctx context.Context) error {
				return p.DoWithInvitations(ctx, by, services.ExtendMany, []models.InvitationID{one.ID, two.ID})
			})
			_, err := p.RevokeInvitations(ctx, by, two.ID)
			must(t, err)
			p.clock.Advance(24 * time.Hour)
			r := p.changeReversal(by, id)
			if len(r.Can()) != 2 || r.Total() != 3 || !errors.Is(r.LeftOut()[0].Why, services.ErrInvitationEnded) {
				t.Errorf("shown %q", changeReverted(r))
			}
			_, err = p.RevertChange(ctx, by, id, r.Shown)
			must(t, err)
			if got := p.expires(one); !got.Equal(one.ExpiresAt) {
				t.Errorf("it ends %s, want %s", got, one.ExpiresAt)
			}
			p.grant("readers", "content/sources", "edit")
			if r, err := p.ReviewRevertOfChange(ctx, p.by("leader"), p.lastActivity(models.OpInvitationExtended).ID); err == nil && len(r.Can()) > 0 {
				t.Errorf("who holds less is shown %q", changeReverted(r))
			}
		})
	})
	t.Run("resources", func(t *testing.T) {
		onSources(t, threeSources, func(t *testing.T, k keyring) {
			p := people{k.Console, t, k.store, nil}
			ctx, by, both := context.Background(), k.as(t, "administrator"), []string{"jira", "wiki"}
			id := made(t, func(ctx context.Context) error {
				return k.DoWithResources(ctx, by, sourcesDomain, services.GiveResources, both, services.ResourcesChange{Group: "leads", Edit: true})
			})
			must(t, k.DoWithResources(ctx, by, sourcesDomain, services.GiveResources, []string{"jira"}, services.ResourcesChange{Group: "leads"}))
			must(t, k.DoWithResources(ctx, by, sourcesDomain, services.GiveResources, []string{"jira"}, services.ResourcesChange{Group: "leads", Edit: true}))
			p.wantReverted(by, id, "Leads jira: changed; Leads wiki: edit>view")
			id = made(t, func(ctx context.Context) error {
				return k.DoWithResources(ctx, by, sourcesDomain, services.ChangeOwners, both, services.ResourcesChange{Owner: "lead@example.com"})
			})
			must(t, k.DoWithResources(ctx, by, sourcesDomain, services.DeleteMany, []string{"jira"}, services.ResourcesChange{}))
			p.wantReverted(by, id, " jira: gone;  wiki: lead@example.com>")
			if r := k.source(t, "wiki"); r.OwnerEmail != "" {
				t.Errorf("wiki is %s's", r.OwnerEmail)
			}
		})
	})
}
