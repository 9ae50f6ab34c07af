package models_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// expiring makes an enabled or disabled API key that ends so long from Start; 0 is never.
func expiring(t *testing.T, org *models.Scope, key string, enabled bool, in time.Duration) models.APIKey {
	t.Helper()
	k := models.APIKey{Enabled: enabled, PublicID: "public-" + key}
	k.Key, k.Name, k.CreatedAt, k.ModifiedAt = key, "Key "+key, modelstest.Start, modelstest.Start
	if in != 0 {
		end := modelstest.Start.Add(in)
		k.ExpiresAt = &end
	}
	ok(t, org.CreateAPIKey(ctx, &k))
	return k
}

const day = 24 * time.Hour

func keysOf(l models.Listing[models.APIKey]) []string {
	var keys []string
	for _, k := range l.Rows {
		keys = append(keys, k.Key)
	}
	return keys
}

func TestStatusOfAnAPIKeyIsReadAgainstTheClock(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		want := map[string]models.KeyStatus{
			"forever": models.KeyEnabled, "long": models.KeyEnabled, "brief": models.KeyExpiring, "edge": models.KeyExpiring,
			"off": models.KeyDisabled, "over": models.KeyExpired, "now": models.KeyExpired, "over-and-off": models.KeyExpired,
		}
		expiring(t, org, "forever", true, 0)
		expiring(t, org, "long", true, 14*day+time.Second)
		expiring(t, org, "edge", true, 14*day)
		expiring(t, org, "brief", true, time.Second)
		expiring(t, org, "off", false, 90*day)
		expiring(t, org, "now", true, -time.Microsecond/2) // the very instant, as the databases keep it
		expiring(t, org, "over", true, -day)
		expiring(t, org, "over-and-off", false, -day)
		for _, status := range []models.KeyStatus{models.KeyEnabled, models.KeyExpiring, models.KeyDisabled, models.KeyExpired} {
			found, err := org.APIKeys(ctx, models.APIKeyFilter{Status: status, At: modelstest.Start})
			ok(t, err)
			for _, k := range found.Rows {
				if want[k.Key] != status || k.Status(modelstest.Start) != status {
					t.Errorf("%s is listed as %s and reads %s, want %s", k.Key, status, k.Status(modelstest.Start), want[k.Key])
				}
				delete(want, k.Key)
			}
		}
		if len(want) > 0 {
			t.Errorf("in no list: %v", want)
		}
		if n, err := org.ExpiringAPIKeys(ctx, modelstest.Start); err != nil || n != 2 {
			t.Errorf("%d expire soon, %v; want 2", n, err)
		}
	})
}

func TestAPIKeysSortByColumnsThatMayBeEmpty(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		a := expiring(t, org, "a", true, 30*day)
		b := expiring(t, org, "b", true, 0)
		expiring(t, org, "c", true, 10*day)
		ok(t, store.StampAPIKeys(ctx, []access.GranteeID{access.GranteeID(b.ID)}, modelstest.Start))
		ok(t, store.StampAPIKeys(ctx, []access.GranteeID{access.GranteeID(a.ID)}, modelstest.Start.Add(time.Minute)))
		for sort, want := range map[string][]string{
			"expires": {"c", "a", "b"}, "-expires": {"b", "a", "c"}, "used": {"c", "b", "a"}, "-used": {"a", "b", "c"},
			"name": {"a", "b", "c"}, "-name": {"c", "b", "a"}, "created": {"a", "b", "c"},
		} {
			var got []string
			page := models.Page{Sort: sort, Limit: 1}
			for range 4 { // a page a key, so that cursors carry each kind of value
				found, err := org.APIKeys(ctx, models.APIKeyFilter{Page: page, At: modelstest.Start})
				ok(t, err)
				got = append(got, keysOf(found)...)
				if page.After = found.Next; page.After == "" {
					break
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("sorted by %s: %v, want %v", sort, got, want)
			}
		}
	})
}

func TestLaterUseOfAnAPIKeyStays(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		id := []access.GranteeID{expiring(t, org, "a", true, 0).Grantee().ID}
		later := modelstest.Start.Add(time.Hour)
		ok(t, store.StampAPIKeys(ctx, id, later))
		ok(t, store.StampAPIKeys(ctx, id, modelstest.Start)) // from an instance that was slower to write
		k, err := org.APIKey(ctx, "a")
		ok(t, err)
		if k.LastUsedAt == nil || !k.LastUsedAt.Equal(later) || k.Revision != 0 {
			t.Errorf("last used at %v with revision %d, want %v and 0: a use is no change", k.LastUsedAt, k.Revision, later)
		}
	})
}

func TestSecretFindsItsKeyInAnyOrganizationUntilTheKeyEnds(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "globex")
		expiring(t, org, "a", true, 0)
		b := expiring(t, other, "b", true, 0)
		found, err := store.APIKeyByPublicID(ctx, "public-b")
		ok(t, err)
		if found.ID != b.ID || found.OrganizationID != other.ID() {
			t.Errorf("found %d of organization %d, want %d of %d", found.ID, found.OrganizationID, b.ID, other.ID())
		}
		ok(t, other.EndResource(ctx, access.APIKeysDomain, b.ID, modelstest.Start))
		for _, id := range []string{"public-b", "", "none", "public-\x00", "PUBLIC-A", "public-_"} {
			if _, err := store.APIKeyByPublicID(ctx, id); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("%q: %v, want not found", id, err)
			}
		}
	})
}

func TestFormIsSentOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		ok(t, store.SendForm(ctx, "a", modelstest.Start))
		ok(t, store.SendForm(ctx, "b", modelstest.Start.Add(day)))
		if err := store.SendForm(ctx, "a", modelstest.Start); !errors.Is(err, models.ErrConflict) {
			t.Errorf("sent again: %v, want a conflict", err)
		}
		ok(t, store.DeleteSentForms(ctx, modelstest.Start.Add(day)))
		ok(t, store.SendForm(ctx, "a", modelstest.Start))
		if err := store.SendForm(ctx, "b", modelstest.Start); !errors.Is(err, models.ErrConflict) {
			t.Errorf("sent again after tidying up: %v, want a conflict", err)
		}
	})
}
