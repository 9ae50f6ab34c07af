package services_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
)

// What pages ask before something is done is refused as the change itself would be (R7, R9, R15).
func TestQuestionsAboutAnAPIKeyRefuseWhatItsChangesRefuse(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx := context.Background()
		tooHigh := func(err error) bool { return errors.As(err, new(services.TooHigh)) }
		notDuplicable := func(err error) bool { return errors.As(err, new(services.NotDuplicable)) }
		for _, c := range []struct {
			by, key, ask string
			want         func(error) bool // nil: let in
		}{
			{"administrator", "strong", "deletion", nil}, {"administrator", "strong", "rotation", nil}, {"administrator", "strong", "duplication", nil},
			{"keeper", "strong", "deletion", nil}, {"keeper", "strong", "rotation", tooHigh}, {"keeper", "strong", "duplication", notDuplicable},
			{"looker", "strong", "deletion", needs(services.EditAPIKey)}, {"looker", "strong", "rotation", needs(services.EditAPIKey)},
			{"looker", "strong", "duplication", needs(services.CreateAPIKey)}, {"looker", "strong", "actions", nil}, {"looker", "", "templates", needs(services.CreateAPIKey)},
			{"administrator", "", "templates", nil},
			{"administrator", "no-such-key", "deletion", func(err error) bool { return errors.Is(err, models.ErrNotFound) }},
			{"administrator", "", "actions", func(err error) bool { return errors.Is(err, models.ErrNotFound) }},
		} {
			by := k.as(t, c.by)
			err := map[string]func() error{
				"deletion":    func() error { return second(k.APIKeyDeletion(ctx, by, c.key)) },
				"rotation":    func() error { return second(k.APIKeyRotation(ctx, by, c.key)) },
				"duplication": func() error { return second(k.APIKeyDuplication(ctx, by, c.key)) },
				"actions":     func() error { return second(k.APIKeyActions(ctx, by, c.key)) },
				"templates":   func() error { return second(k.KeyTemplates(by)) },
			}[c.ask]()
			if c.want == nil && err != nil || c.want != nil && !c.want(err) {
				t.Errorf("%s asks about the %s of %q: %v", c.by, c.ask, c.key, err)
			}
		}
	})
}

func TestRevokingAnAccessIsAskedByWhoMayRevokeIt(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx, a := context.Background(), v.request(time.Hour)
		if _, err := v.TemporaryAccessRevocation(ctx, v.by("administrator"), a.Key); err != nil {
			t.Errorf("an administrator: %v", err)
		}
		by, _ := v.enters(v.Console, v.agent())
		if _, err := v.TemporaryAccessRevocation(ctx, by, a.Key); !errors.As(err, new(services.Forbidden)) {
			t.Errorf("somebody in the organization through the access itself: %v", err)
		}
		v.clock.Advance(time.Hour)
		if _, err := v.TemporaryAccessRevocation(ctx, v.by("administrator"), a.Key); !errors.Is(err, services.ErrAccessEnded) {
			t.Errorf("one that has ended: %v", err)
		}
	})
}
