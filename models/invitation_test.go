package models_test

import (
	"sync"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// Anyone who ends an invitation has looked at it before, under the organization's lock. The statement holds by itself besides:
// of any number that try one succeeds, whatever they have looked at.
func TestAnInvitationEndsOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		inviter := modelstest.Person(t, store, "inviter@example.com")
		group := modelstest.Group(t, org, "staff", nil)
		i := models.Invitation{Email: "invited@example.com", InviterID: inviter.ID, CreatedAt: store.Now(), ExpiresAt: store.Now().Add(time.Hour)}
		ok(t, org.CreateInvitation(ctx, &i, []access.GranteeID{group.Grantee().ID}))
		outcomes := []string{models.InvitationAccepted, models.InvitationDeclined, models.InvitationRevoked, models.InvitationVoid}
		ended := make([]error, len(outcomes))
		var all sync.WaitGroup
		for n, outcome := range outcomes {
			all.Go(func() { ended[n] = org.EndInvitation(ctx, i.ID, outcome, "", inviter.ID, store.Now()) })
		}
		all.Wait()
		now := get(org.Invitation(ctx, i.ID))(t)
		for n, err := range ended {
			if now.Outcome == outcomes[n] {
				ok(t, err)
			} else {
				wantError(t, err, models.ErrConflict)
			}
		}
		if now.Outcome == "" || now.Revision != 1 {
			t.Errorf("ended as %q with revision %d, want one outcome and one change", now.Outcome, now.Revision)
		}
	})
}
