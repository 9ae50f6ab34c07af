package services_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bailiwick/services"
)

// ends is when a key ends, set to a moment where one is given: files give any, of which forms show the day.
func (p people) ends(key string, set ...time.Time) string {
	p.t.Helper()
	ctx := context.Background()
	k, err := p.scope().APIKey(ctx, key)
	must(p.t, err)
	for _, end := range set {
		k.ExpiresAt = &end
		must(p.t, p.scope().UpdateAPIKey(ctx, &k, "expires_at"))
	}
	return k.ExpiresAt.UTC().Format(time.RFC3339)
}

// endsOn saves a day on the page of a key, and gives the activity.
func (p people) endsOn(by services.Caller, key, day string) int64 {
	p.t.Helper()
	d, err := p.APIKey(context.Background(), by, key)
	must(p.t, err)
	configuration := services.ConfigurationOf(d.APIKey)
	configuration.Expires = onDay(day)
	return made(p.t, func(ctx context.Context) error {
		return p.UpdateAPIKey(ctx, by, key, services.APIKeyChange{Revision: d.Revision, APIKeyConfiguration: configuration})
	})
}

// takesBack is each way to take back an activity.
func (p people) takesBack() map[string]func(by services.Caller, id int64) error {
	ctx := context.Background()
	return map[string]func(by services.Caller, id int64) error{
		"reverted": func(by services.Caller, id int64) error {
			r, err := p.Reversal(ctx, by, id)
			must(p.t, err)
			_, err = p.Revert(ctx, by, id, r.Shown)
			return err
		},
		"reverted with its change": func(by services.Caller, id int64) error {
			_, err := p.RevertChange(ctx, by, id, p.changeReversal(by, id).Shown)
			return err
		},
		"undone": func(by services.Caller, id int64) error {
			_, err := p.Undo(ctx, by, id)
			return err
		},
	}
}

// Attack: the end that a key had within a day lets it last longer by less than a day, without anybody who holds what it gives (R7,
// R11). What is judged is the moment that is written, and that is the one that was recorded.
func TestTheEndOfAKeyIsTakenBackToItsMoment(t *testing.T) {
	afternoon, wanted := time.Date(2027, 3, 1, 15, 0, 0, 0, time.UTC), "2027-03-01T15:00:00Z"
	onKeyring(t, func(t *testing.T, k keyring) {
		p := people{k.Console, t, k.store, nil}
		inviting{p}.grant("keepers", "organization/activities", "view")
		keeper, administrator := k.as(t, "keeper"), k.as(t, "administrator")
		for what, takeBack := range p.takesBack() {
			p.ends("strong", afternoon)
			id := p.endsOn(keeper, "strong", "2027-03-01") // ending sooner takes Edit on the key alone
			if err := takeBack(keeper, id); !errors.As(err, &services.TooHigh{}) {
				t.Errorf("%s by who holds less: %v", what, err)
			}
			if got := p.ends("strong"); got != "2027-03-01T00:00:00Z" {
				t.Errorf("%s by who holds less, it ends %s", what, got)
			}
			p.ends("strong", afternoon)
			must(t, takeBack(administrator, p.endsOn(administrator, "strong", "2027-03-01")))
			if got := p.ends("strong"); got != wanted {
				t.Errorf("%s it ends %s", what, got)
			}
		}
		both := []string{"strong", "weak"}
		p.ends("strong", afternoon)
		p.ends("weak", afternoon)
		longer := made(t, func(ctx context.Context) error {
			return k.DoWithAPIKeys(ctx, administrator, services.ExtendKeys, both, onDay("2027-03-02"))
		})
		shorter := made(t, func(ctx context.Context) error {
			_, err := k.RevertChange(ctx, keeper, longer, p.changeReversal(keeper, longer).Shown)
			return err
		})
		if got := p.ends("weak"); got != wanted {
			t.Errorf("of many, it ends %s", got)
		}
		if _, err := k.Undo(context.Background(), keeper, shorter); !errors.As(err, &services.TooHigh{}) {
			t.Errorf("many are undone by who holds less: %v", err)
		}
		if got := p.ends("strong"); got != wanted {
			t.Errorf("many are undone by who holds less, it ends %s", got)
		}
	})
}

// Attack: who holds something until a moment gives it until later on the same day.
func TestAnEndIsTakenBackForAsLongAsItsCallerHolds(t *testing.T) {
	onLasting(t, func(t *testing.T, p lasting) {
		for what, takeBack := range p.takesBack() {
			p.ends("mighty", p.end.Add(time.Hour))
			id := p.endsOn(p.temp(), "mighty", "2027-01-06")
			if err := takeBack(p.temp(), id); !errors.As(err, &services.TooHigh{}) {
				t.Errorf("%s for longer: %v", what, err)
			}
			if got := p.ends("mighty"); got != "2027-01-06T00:00:00Z" {
				t.Errorf("%s for longer, it ends %s", what, got)
			}
			until := p.end.Add(-time.Hour)
			p.ends("mighty", until)
			must(t, takeBack(p.temp(), p.endsOn(p.temp(), "mighty", "2027-01-06")))
			if got := p.ends("mighty"); got != until.UTC().Format(time.RFC3339) {
				t.Errorf("%s it ends %s", what, got)
			}
		}
	})
}
