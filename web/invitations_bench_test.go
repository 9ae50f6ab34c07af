package web_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// BenchmarkInvitations takes the lists of pending invitations of two organizations, with 10 and with 10,000 of them, and
// invites one more; the sizes should cost the same but for the seats that are counted then.
func BenchmarkInvitations(b *testing.B) {
	sizes := []struct {
		modelstest.Large
		pending int
	}{
		{modelstest.Large{Key: "few", Members: 10, Groups: 10, Resources: 10}, 10},
		{modelstest.Large{Key: "many", Members: 10, Groups: 10, Resources: 10}, 10_000},
	}
	for _, database := range modelstest.Databases(b) {
		b.Run(database, func(b *testing.B) {
			clock := modelstest.NewClock()
			store := modelstest.New(b, modelstest.Options{Database: database, Clock: clock})
			w := inLarge(b, store, clock, sizes[0].Large, sizes[1].Large)
			for _, size := range sizes {
				by := w.fillInvitations(b, size.Key, size.pending)
				a := w.asker(b, "viewer@"+size.Key+".example.com")
				for name, path := range map[string]string{
					"List": "", "By-end": "?sort=expires", "Filtered": "?q=999", "Actions": "/-/actions",
				} {
					b.Run(name+"/"+size.Key, func(b *testing.B) { a.measure(b, "/o/"+size.Key+"/members/-/invitations"+path) })
				}
				b.Run("Invite/"+size.Key, func(b *testing.B) { w.inviteOneByOne(b, by) })
			}
		})
	}
}

// fillInvitations makes that many pending invitations into one group, and returns its administrator.
func (w world) fillInvitations(b *testing.B, organization string, pending int) services.Caller {
	b.Helper()
	ctx := context.Background()
	o, err := w.Store.OrganizationByKey(ctx, organization)
	fatal(b, err)
	boss, err := w.Store.PersonByEmail(ctx, "admin@"+organization+".example.com")
	fatal(b, err)
	by, err := w.Console.Identify(ctx, services.Session{Person: boss, Provider: services.ProviderPassword}, organization, "")
	fatal(b, err)
	fatal(b, w.Store.Change(ctx, o.ID, func(tx *models.Scope) error {
		if err := tx.SetOrganization(ctx, o.Name, 1_000_000); err != nil {
			return err
		}
		group, err := tx.Group(ctx, "team")
		if err != nil {
			return err
		}
		for n := range pending {
			i := models.Invitation{Email: fmt.Sprintf("invited%05d@example.com", n), Provider: "any", InviterID: boss.ID,
				InviterName: "Inviter", CreatedAt: w.Store.Now(), ExpiresAt: w.Store.Now().Add(1000 * time.Hour)}
			if err := tx.CreateInvitation(ctx, &i, []access.GranteeID{group.Grantee().ID}); err != nil {
				return err
			}
		}
		return nil
	}))
	return by
}

func (w world) inviteOneByOne(b *testing.B, by services.Caller) {
	n := 0
	for b.Loop() {
		n++
		results, err := w.Console.Invite(context.Background(), by, services.NewInvitations{
			Provider: services.ProviderAny, Emails: []string{fmt.Sprintf("more%d@example.com", n)}, Groups: []string{"team"},
		})
		fatal(b, err)
		if o := results[0].Outcome; o != services.Invited && o != services.OpenAlready {
			b.Fatalf("%+v", results)
		}
	}
}

func fatal(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
