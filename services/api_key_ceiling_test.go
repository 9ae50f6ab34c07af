package services_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
)

// doors are the ways in which somebody who edits API keys but holds little could get at more through a key (R7).
var doors = map[string]func(context.Context, keyring, services.Caller, services.APIKeyDetail) error{
	"a stronger template": func(ctx context.Context, k keyring, by services.Caller, _ services.APIKeyDetail) error {
		_, err := k.AddAPIKey(ctx, by, services.NewAPIKey{Once: k.NewFormToken(), Template: "authenticated-search", APIKeyConfiguration: services.APIKeyConfiguration{Name: "New", Expires: onDay("2027-04-01")}})
		return err
	},
	"a custom key with more": func(ctx context.Context, k keyring, by services.Caller, _ services.APIKeyDetail) error {
		_, err := k.AddAPIKey(ctx, by, services.NewAPIKey{Once: k.NewFormToken(), Template: "custom", APIKeyConfiguration: services.APIKeyConfiguration{Name: "New", Expires: onDay("2027-04-01")},
			Privileges: services.NewPrivileges{Choices: services.PrivilegeChoices{"content/sources": {Level: access.LevelCustom, Rows: map[string]bool{"web": true}}}}})
		return err
	},
	"widening a key": func(ctx context.Context, k keyring, by services.Caller, d services.APIKeyDetail) error {
		err := setKeyPrivileges(ctx, k.Console, by, d.Key, d.Revision, services.PrivilegeChoices{"content/fields": {Level: access.LevelView}})
		return err
	},
	"the secret of a stronger key": func(ctx context.Context, k keyring, by services.Caller, d services.APIKeyDetail) error {
		_, err := k.RotateAPIKey(ctx, by, d.Key, services.Rotation{Once: k.NewFormToken(), Revision: d.Revision})
		return err
	},
	"a copy of a stronger key": func(ctx context.Context, k keyring, by services.Caller, d services.APIKeyDetail) error {
		_, err := k.DuplicateAPIKey(ctx, by, d.Key, services.APIKeyCopy{Once: k.NewFormToken(), Copy: services.Copy{Confirmed: true}})
		return err
	},
	"switching a stronger key on": func(ctx context.Context, k keyring, by services.Caller, _ services.APIKeyDetail) error {
		_, err := k.SetAPIKeyEnabled(ctx, by, "sleeping", true)
		return err
	},
	"a longer life for a stronger key": func(ctx context.Context, k keyring, by services.Caller, d services.APIKeyDetail) error {
		form := services.ConfigurationOf(d.APIKey)
		form.Expires = onDay("2027-03-02")
		return k.UpdateAPIKey(ctx, by, d.Key, services.APIKeyChange{Revision: d.Revision, APIKeyConfiguration: form})
	},
}

func TestKeyIsNoWayBeyondOneself(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx, keeper, looker := context.Background(), k.as(t, "keeper"), k.as(t, "looker")
		strong, err := k.APIKey(ctx, keeper, "strong")
		must(t, err)
		before := exported(t, k.Console, "acme")
		for name, try := range doors {
			var high services.TooHigh
			var copying services.NotDuplicable
			if err := try(ctx, k, keeper, strong); !errors.As(err, &high) && !errors.As(err, &copying) {
				t.Errorf("%s: %v", name, err)
			}
			if a := newest(t, k.store); a.Outcome != models.OutcomeRefused || a.ActorName != "Keeper" || a.SubjectKind != models.SubjectAPIKey {
				t.Errorf("%s: the newest activity is %s of %s, %s", name, a.Operation, a.ActorName, a.Outcome)
			}
			var forbidden services.Forbidden
			if err := try(ctx, k, looker, strong); !errors.As(err, &forbidden) {
				t.Errorf("%s, as somebody who may only look: %v", name, err)
			}
		}
		if after := exported(t, k.Console, "acme"); after != before {
			t.Errorf("something changed:\n%s", after)
		}
		if stored, err := k.APIKey(ctx, keeper, "strong"); err != nil || stored.SecretHash != "" || stored.Revision != strong.Revision {
			t.Errorf("the key has revision %d, %v", stored.Revision, err)
		}
	})
}

// What stands may be kept or lowered (R7), and anyone who edits a key may always end it.
func TestStrongerKeyMayBeLoweredAndEnded(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx, keeper := context.Background(), k.as(t, "keeper")
		steps := []struct {
			name string
			do   func(services.APIKeyDetail) error
		}{
			{"name, addresses and an earlier end", func(d services.APIKeyDetail) error {
				return k.UpdateAPIKey(ctx, keeper, "strong", services.APIKeyChange{Revision: d.Revision, APIKeyConfiguration: services.APIKeyConfiguration{Name: "Strong one", Expires: onDay("2027-02-01"), Allow: networks("10.0.0.0/8")}})
			}},
			{"what stands", func(d services.APIKeyDetail) error {
				err := setKeyPrivileges(ctx, k.Console, keeper, "strong", d.Revision, services.PrivilegeChoices{"content/sources": {Level: access.LevelCustom, Rows: map[string]bool{"web": true}}})
				return err
			}},
			{"less", func(d services.APIKeyDetail) error {
				err := setKeyPrivileges(ctx, k.Console, keeper, "strong", d.Revision, services.PrivilegeChoices{"content/sources": {Level: access.LevelView}})
				return err
			}},
			{"off", func(services.APIKeyDetail) error {
				_, err := k.SetAPIKeyEnabled(ctx, keeper, "strong", false)
				return err
			}},
			{"on, no longer stronger", func(services.APIKeyDetail) error {
				_, err := k.SetAPIKeyEnabled(ctx, keeper, "strong", true)
				return err
			}},
			{"a new secret, no longer stronger", func(d services.APIKeyDetail) error {
				_, err := k.RotateAPIKey(ctx, keeper, "strong", services.Rotation{Once: k.NewFormToken(), Revision: d.Revision})
				return err
			}},
			{"the end", func(services.APIKeyDetail) error { _, err := k.DeleteAPIKey(ctx, keeper, "strong"); return err }},
		}
		for _, step := range steps {
			now, err := k.APIKey(ctx, keeper, "strong")
			must(t, err)
			if err := step.do(now); err != nil {
				t.Errorf("%s: %v", step.name, err)
			}
		}
	})
}

func TestTemplateIsOfferedToWhoHoldsWhatItGrants(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		var open []string
		offers, err := k.KeyTemplates(k.as(t, "keeper"))
		must(t, err)
		for _, offer := range offers {
			if len(offer.Beyond) == 0 {
				open = append(open, offer.Key)
			}
		}
		if want := []string{"anonymous-search", "custom"}; !slices.Equal(open, want) {
			t.Errorf("offered are %v, want %v", open, want)
		}
		issued, err := k.AddAPIKey(context.Background(), k.as(t, "keeper"), services.NewAPIKey{
			Once: k.NewFormToken(), Template: "anonymous-search", APIKeyConfiguration: services.APIKeyConfiguration{Name: "Search", Expires: onDay("2027-04-01")},
			Privileges: services.NewPrivileges{Choices: services.PrivilegeChoices{"content/sources": {Level: access.LevelEdit}}}}) // the template decides, whatever a form says
		must(t, err)
		app, err := k.AuthenticateKey(context.Background(), issued.Secret, "192.0.2.1")
		must(t, err)
		if app.Rights.Held() != 2 || app.Rights.Level("analytics/analytics-data") != access.LevelPush || app.Rights.Level("search/execute-queries") != access.LevelAllowed {
			t.Errorf("the key holds %d privileges", app.Rights.Held())
		}
		if err := setKeyPrivileges(context.Background(), k.Console, k.as(t, "administrator"), "search", issued.Revision, services.PrivilegeChoices{"content/sources": {Level: access.LevelView}}); !errors.Is(err, services.ErrTemplate) {
			t.Errorf("other privileges than the template’s: %v", err)
		}
	})
}

// R11 holds for administrators too.
func TestKeyHoldsNothingThatItsTemplateForbids(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx, by := context.Background(), k.as(t, "administrator")
		key := k.add(t, services.APIKeyConfiguration{Name: "Connector"})
		for _, wanted := range []services.PrivilegeChoices{
			{access.APIKeysDomain: {Level: access.LevelView}}, {"search/impersonate": {Level: access.LevelAllowed}},
		} {
			for domain := range wanted {
				var wrong services.Invalid
				if err := setKeyPrivileges(ctx, k.Console, by, "connector", key.Revision, wanted); !errors.As(err, &wrong) || wrong.Fields[0].Domain != domain {
					t.Errorf("%s: %v", domain, err)
				}
				tab, err := k.PrivilegesTab(ctx, by, ofKey("connector"), services.PrivilegesDraft{})
				must(t, err)
				if onDomain(tab, domain).Barred == "" || onDomain(tab, "content/sources").Barred != "" {
					t.Errorf("the tab does not bar %s, or bars all", domain)
				}
			}
		}
	})
}

// A copy holds what the original holds and ends when it does. What ends never, or too late, ends as a new key does.
func TestCopyOfAKeyHasASecretAndAnEndOfItsOwn(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		apply(t, k.Console, `version: 1
organization: {key: acme, name: Acme}
api_keys:
  - {key: eternal, name: Eternal, description: For ever, status: disabled, deny: [10.0.0.0/8], privileges: {content/sources: {level: custom, edit: [web]}}}
`, services.ApplyOptions{})
		ctx, by := context.Background(), k.as(t, "administrator")
		for key, want := range map[string]string{"eternal": "2027-04-04", "strong": "2027-03-01"} {
			issued, err := k.DuplicateAPIKey(ctx, by, key, services.APIKeyCopy{Once: k.NewFormToken(), Copy: services.Copy{Confirmed: true}})
			must(t, err)
			original, err := k.APIKey(ctx, by, key)
			must(t, err)
			if issued.Key != key+"-copy" || issued.Name != original.Name+"_copy" || !issued.Enabled || issued.Description != original.Description ||
				services.ConfigurationOf(issued.APIKey).Expires.Format(time.DateOnly) != want || fmt.Sprint(issued.Deny) != fmt.Sprint(original.Deny) {
				t.Errorf("the copy of %s is %+v", key, services.ConfigurationOf(issued.APIKey))
			}
			rights, err := k.AuthenticateKey(ctx, issued.Secret, "192.0.2.1")
			must(t, err)
			if rights.Rights.Level("content/sources") != access.LevelCustom {
				t.Errorf("the copy of %s holds %v", key, rights.Rights.Level("content/sources"))
			}
		}
	})
}

func TestKeyOfAnotherOrganizationIsNotFound(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx, by := context.Background(), k.as(t, "administrator")
		apply(t, k.Console, `version: 1
organization: {key: globex, name: Globex}
api_keys: [{key: theirs, name: Theirs}]
`, services.ApplyOptions{})
		for _, key := range []string{"theirs", "none", "a/b", "\x00"} {
			for what, err := range map[string]error{
				"open":   second(k.APIKey(ctx, by, key)),
				"tab":    second(k.PrivilegesTab(ctx, by, ofKey(key), services.PrivilegesDraft{})),
				"rotate": second(k.RotateAPIKey(ctx, by, key, services.Rotation{Once: k.NewFormToken()})),
				"copy":   second(k.DuplicateAPIKey(ctx, by, key, services.APIKeyCopy{Once: k.NewFormToken(), Copy: services.Copy{Confirmed: true}})),
				"enable": second(k.SetAPIKeyEnabled(ctx, by, key, true)),
				"delete": second(k.DeleteAPIKey(ctx, by, key)),
				"update": k.UpdateAPIKey(ctx, by, key, services.APIKeyChange{}),
				"set":    setKeyPrivileges(ctx, k.Console, by, key, 0, nil),
			} {
				if !errors.Is(err, models.ErrNotFound) {
					t.Errorf("%s %q: %v", what, key, err)
				}
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestOldFormOfAKeyIsRefused(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx, by := context.Background(), k.as(t, "administrator")
		key := k.add(t, services.APIKeyConfiguration{Name: "Connector"})
		form := services.ConfigurationOf(key.APIKey)
		form.Description = "Pushes"
		must(t, k.UpdateAPIKey(ctx, by, "connector", services.APIKeyChange{Revision: key.Revision, APIKeyConfiguration: form}))
		form.Description = "Pulls"
		for what, err := range map[string]error{
			"configuration": k.UpdateAPIKey(ctx, by, "connector", services.APIKeyChange{Revision: key.Revision, APIKeyConfiguration: form}),
			"privileges":    setKeyPrivileges(ctx, k.Console, by, "connector", key.Revision, services.PrivilegeChoices{"content/sources": {Level: access.LevelEdit}}),
			"rotation":      second(k.RotateAPIKey(ctx, by, "connector", services.Rotation{Once: k.NewFormToken(), Revision: key.Revision})),
		} {
			if !errors.Is(err, models.ErrConflict) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if now, err := k.APIKey(ctx, by, "connector"); err != nil || now.Description != "Pushes" || now.SecretHash != key.SecretHash {
			t.Errorf("%q, %v", now.Description, err)
		}
	})
}
