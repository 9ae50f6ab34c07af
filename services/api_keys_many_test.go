package services_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
)

func keyOf(k models.APIKey) string { return k.Key }

var threeKeys = services.APIKeysChosen{Keys: []string{"weak", "sleeping", "strong", "weak"}}

// R7 and R11: each key is judged as by itself, and what a review says is what the command does.
func TestManyAPIKeysAreJudgedOneByOne(t *testing.T) {
	for name, c := range map[string]struct {
		by     string
		action services.APIKeysAction
		chosen services.APIKeysChosen
		ends   string
		want   string
		why    error
	}{
		"what a keeper may give again":     {"keeper", services.ActivateKeys, threeKeys, "", "not sleeping, not strong, not weak", services.ErrBeyond},
		"by who holds all":                 {"administrator", services.ActivateKeys, threeKeys, "", "sleeping, not strong, not weak", services.ErrKeyActive},
		"switching off takes edit alone":   {"keeper", services.DeactivateKeys, threeKeys, "", "not sleeping, strong, weak", services.ErrKeyInactive},
		"longer, by who holds less":        {"keeper", services.ExtendKeys, threeKeys, "2027-04-01", "not sleeping, not strong, weak", services.ErrBeyond},
		"longer, by who holds all":         {"administrator", services.ExtendKeys, threeKeys, "2027-04-01", "sleeping, strong, weak", nil},
		"no longer than they last":         {"administrator", services.ExtendKeys, threeKeys, "2027-03-01", "not sleeping, not strong, not weak", services.ErrKeyLasts},
		"by who may only view":             {"looker", services.DeactivateKeys, threeKeys, "", "not sleeping, not strong, not weak", services.Forbidden{Need: services.EditAPIKey}},
		"one that is gone":                 {"administrator", services.DeactivateKeys, services.APIKeysChosen{Keys: []string{"weak", "no\x00ne"}}, "", "weak, 1 gone", nil},
		"all that a filter finds":          {"administrator", services.DeactivateKeys, services.APIKeysChosen{All: true, Filter: services.APIKeyQuery{Status: models.KeyEnabled}}, "", "strong, weak", nil},
		"all, of which a filter finds few": {"administrator", services.ActivateKeys, services.APIKeysChosen{All: true, Filter: services.APIKeyQuery{Page: models.Page{Query: "sle"}}}, "", "sleeping", nil},
	} {
		t.Run(name, func(t *testing.T) {
			onKeyring(t, func(t *testing.T, k keyring) {
				ctx, by := context.Background(), k.as(t, c.by)
				many, err := k.ReviewAPIKeys(ctx, by, c.action, c.chosen, onDayOrNil(c.ends))
				must(t, err)
				if got := judged(many, keyOf); got != c.want {
					t.Fatalf("the review says %s, want %s", got, c.want)
				}
				if out := many.LeftOut(); c.why != nil && !slices.ContainsFunc(out, func(o services.Outcome[models.APIKey]) bool { return errors.Is(o.Why, c.why) }) {
					t.Errorf("left out are %+v, none for %v", out, c.why)
				}
				var can, all []string
				for _, o := range many.Outcomes {
					if all = append(all, o.Row.Key); o.Why == nil {
						can = append(can, o.Row.Key)
					}
				}
				if err := k.DoWithAPIKeys(ctx, by, c.action, all, onDayOrNil(c.ends)); (err == nil) != (len(can) == len(all)) || err != nil && !is[services.Overtaken](err) {
					t.Fatalf("all of %v: %v", all, err)
				}
				if len(can) > 0 && len(can) < len(all) {
					must(t, k.DoWithAPIKeys(ctx, by, c.action, can, onDayOrNil(c.ends)))
				}
				for _, key := range can {
					now, err := k.APIKey(ctx, k.as(t, "administrator"), key)
					must(t, err)
					if now.Enabled != (c.action != services.DeactivateKeys && (key != "sleeping" || c.action == services.ActivateKeys)) ||
						c.ends != "" && !now.ExpiresAt.Equal(*onDay(c.ends)) || now.ModifiedBy != by.Signature() {
						t.Errorf("%s stands as %+v", key, now.APIKey)
					}
				}
			})
		})
	}
}

func onDayOrNil(day string) *time.Time {
	if day == "" {
		return nil
	}
	return onDay(day)
}

func TestManyAPIKeysChangeInOneChangeThatCanBeUndone(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx, by := services.WithOutcome(context.Background()), k.as(t, "keeper")
		issued := k.add(t, services.APIKeyConfiguration{Name: "Connector"})
		must(t, k.DoWithAPIKeys(ctx, by, services.DeactivateKeys, []string{"weak", "connector"}, nil))
		k.wantAdmitted(t, "deactivated among others", issued.Secret, "192.0.2.1", services.ErrKeyDisabled)
		all := activitiesOfAcme(t, k.store)
		if all[0].Operation != models.OpAPIKeyDeactivated || all[1].Operation != models.OpAPIKeyDeactivated || all[0].Revision != all[1].Revision || all[0].ResourceID == all[1].ResourceID {
			t.Errorf("recorded are %+v", all[:2])
		}
		_, err := k.Undo(context.Background(), by, services.Undoable(ctx))
		must(t, err)
		k.wantAdmitted(t, "undone", issued.Secret, "192.0.2.1", nil)
	})
}

// R14: an attempt without the right is recorded, whatever else is wrong with it; what can be mended is said at its field.
func TestManyAPIKeysAreRefusedWithTheirReason(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx := context.Background()
		for action, operation := range map[services.APIKeysAction]models.Operation{
			services.ActivateKeys: models.OpAPIKeyActivated, services.DeactivateKeys: models.OpAPIKeyDeactivated, services.ExtendKeys: models.OpAPIKeyUpdated,
		} {
			err := k.DoWithAPIKeys(ctx, k.as(t, "looker"), action, []string{"weak", "strong"}, nil)
			if !errors.As(err, &services.Forbidden{}) {
				t.Errorf("%s by who may only view: %v", action, err)
			}
			if a := newest(t, k.store); a.Operation != operation || a.Outcome != models.OutcomeRefused || a.ResourceName != "2 API keys" {
				t.Errorf("%s is recorded as %s, %s of %q", action, a.Operation, a.Outcome, a.ResourceName)
			}
		}
		for day, want := range map[string]string{"": "Choose the last day on which the key works.", "2027-01-01": "Choose today, 4 January 2027, or a later day.", "2029-01-01": "Choose a day within a year: 3 January 2028 at the latest."} {
			_, reviewed := k.ReviewAPIKeys(ctx, k.as(t, "keeper"), services.ExtendKeys, threeKeys, onDayOrNil(day))
			for _, err := range []error{reviewed, k.DoWithAPIKeys(ctx, k.as(t, "keeper"), services.ExtendKeys, []string{"weak"}, onDayOrNil(day))} {
				var wrong services.Invalid
				if !errors.As(err, &wrong) || wrong.Text("Expires") != want {
					t.Errorf("until %q: %v", day, err)
				}
			}
		}
		for name, keys := range map[string][]string{"none": nil, "too many": make([]string, services.MaxMany+1)} {
			for i := range keys {
				keys[i] = string(rune('a'+i/26/26)) + string(rune('a'+i/26%26)) + string(rune('a'+i%26))
			}
			if err := k.DoWithAPIKeys(ctx, k.as(t, "keeper"), services.ActivateKeys, keys, nil); !is[services.Invalid](err) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
