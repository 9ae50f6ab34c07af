package services_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
)

// Loosening a restriction of a key gives all that the key holds (R7, R11): anyone who may edit the key but holds less is refused
// at the field. Tightening is free, and what is the same set of addresses is no change.
func TestOnlyWhoHoldsAllOfAKeyLoosensItsRestrictions(t *testing.T) {
	for _, c := range []struct {
		name                string
		allow, deny         string // as it stands
		newAllow, newDeny   string
		field               string // refused; "": saved
		expires, newExpires string
	}{
		{name: "all addresses", allow: "10.0.0.0/8", field: "Allow"},
		{name: "a wider network", allow: "10.1.0.0/16", newAllow: "10.0.0.0/8", field: "Allow"},
		{name: "another network", allow: "10.1.0.0/16", newAllow: "10.2.0.0/16", field: "Allow"},
		{name: "one more address", allow: "10.1.0.0/16", newAllow: "10.1.0.0/16\n192.0.2.1", field: "Allow"},
		{name: "a network of the other family", allow: "10.0.0.0/8", newAllow: "10.0.0.0/8\n2001:db8::/32", field: "Allow"},
		{name: "a narrower network", allow: "10.0.0.0/8", newAllow: "10.1.0.0/16"},
		{name: "the same as two halves", allow: "10.0.0.0/8", newAllow: "10.0.0.0/9\n10.128.0.0/9"},
		{name: "two halves as one", allow: "10.0.0.0/9\n10.128.0.0/9", newAllow: "10.0.0.0/8"},
		{name: "an address of the network", allow: "10.0.0.0/8", newAllow: "10.1.2.3"},
		{name: "one half and a bit of the other", allow: "10.0.0.0/9\n10.128.0.0/10", newAllow: "10.0.0.0/8", field: "Allow"},
		{name: "a first list of allowed addresses", newAllow: "10.0.0.0/8"},
		{name: "nobody denied", deny: "192.0.2.0/24", field: "Deny"},
		{name: "fewer denied", deny: "192.0.2.0/24", newDeny: "192.0.2.0/25", field: "Deny"},
		{name: "others denied", deny: "192.0.2.0/24", newDeny: "198.51.100.0/24", field: "Deny"},
		{name: "more denied", deny: "192.0.2.0/24", newDeny: "192.0.0.0/16"},
		{name: "a first list of denied addresses", newDeny: "192.0.2.0/24"},
		{name: "a later end", expires: "2027-02-01", newExpires: "2027-02-02", field: "Expires"},
		{name: "an earlier end", expires: "2027-02-02", newExpires: "2027-02-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			onKeyring(t, func(t *testing.T, k keyring) {
				ctx := context.Background()
				if c.expires == "" {
					c.expires, c.newExpires = "2027-02-01", "2027-02-01"
				}
				save := func(by, expires, allow, deny string) error {
					d, err := k.APIKey(ctx, k.as(t, by), "strong")
					must(t, err)
					return k.UpdateAPIKey(ctx, k.as(t, by), "strong", services.APIKeyChange{Revision: d.Revision, APIKeyConfiguration: services.APIKeyConfiguration{
						Name: d.Name, Expires: onDay(expires), Allow: networks(allow), Deny: networks(deny)}})
				}
				must(t, save("administrator", c.expires, c.allow, c.deny))
				err := save("keeper", c.newExpires, c.newAllow, c.newDeny)
				var at services.AtField
				var high services.TooHigh
				switch {
				case c.field == "" && err != nil:
					t.Errorf("refused: %v", err)
				case c.field != "" && (!errors.As(err, &at) || at.Field != c.field || !errors.As(err, &high)):
					t.Errorf("got %v, want a refusal at %s", err, c.field)
				}
				if c.field != "" {
					must(t, save("administrator", c.newExpires, c.newAllow, c.newDeny)) // who holds all of it may
				}
			})
		})
	}
}

// What an import or an earlier version stored can be no network. It lets nobody in and keeps nobody out, and the page shows it;
// saving the list without it takes it away.
func TestANetworkThatCannotBeReadCanBeTakenAway(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx := context.Background()
		stored, err := k.store.In(1).APIKey(ctx, "strong")
		must(t, err)
		stored.Allow, stored.Deny = []string{"10.0.0.0/8", "intranet"}, []string{"192.0.2.300"}
		must(t, k.store.In(1).UpdateAPIKey(ctx, &stored, "allow", "deny"))
		d, err := k.APIKey(ctx, k.as(t, "administrator"), "strong")
		must(t, err)
		must(t, k.UpdateAPIKey(ctx, k.as(t, "administrator"), "strong", services.APIKeyChange{Revision: d.Revision, APIKeyConfiguration: services.APIKeyConfiguration{
			Name: d.Name, Expires: d.ExpiresAt, Allow: networks("10.0.0.0/8")}}))
		d, err = k.APIKey(ctx, k.as(t, "administrator"), "strong")
		must(t, err)
		if !slices.Equal(d.Allow, []string{"10.0.0.0/8"}) || len(d.Deny) > 0 {
			t.Errorf("allowed are %q, denied %q", d.Allow, d.Deny)
		}
	})
}

// A file gives an end to the minute, of which forms show the day. Saving that day leaves the moment as it is.
func TestAnEndOfAFileStaysWhereItsDayIsSaved(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx := context.Background()
		stored, err := k.store.In(1).APIKey(ctx, "strong")
		must(t, err)
		end := time.Date(2027, 3, 1, 15, 0, 0, 0, time.UTC)
		stored.ExpiresAt = &end
		must(t, k.store.In(1).UpdateAPIKey(ctx, &stored, "expires_at"))
		for _, saved := range []struct{ last, want time.Time }{
			{end, end},
			{end.AddDate(0, 0, -1), time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)}, // until the end of the day before
		} {
			d, err := k.APIKey(ctx, k.as(t, "administrator"), "strong")
			must(t, err)
			whole := services.EndOfDay(saved.last)
			must(t, k.UpdateAPIKey(ctx, k.as(t, "administrator"), "strong", services.APIKeyChange{Revision: d.Revision, APIKeyConfiguration: services.APIKeyConfiguration{
				Name: d.Name, Expires: &whole, Allow: networks(strings.Join(d.Allow, "\n")), Deny: networks(strings.Join(d.Deny, "\n"))}}))
			if d, err = k.APIKey(ctx, k.as(t, "administrator"), "strong"); err != nil || !d.ExpiresAt.Equal(saved.want) {
				t.Errorf("saved until the end of %v it ends at %v, %v", saved.last, d.ExpiresAt, err)
			}
		}
	})
}

// R14: whatever can't be read of a form, who may not save it is told that and no more, and the attempt is recorded. Who may is told
// all that is wrong at once.
func TestWhoMayNotSaveAKeyIsRefusedBeforeWhatCannotBeRead(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx := context.Background()
		d, err := k.APIKey(ctx, k.as(t, "administrator"), "strong")
		must(t, err)
		typed := services.APIKeyConfiguration{Name: " ", Description: "a\u202eb", Unread: []services.FieldError{{Field: "Expires", Text: "Write the day."}}}
		for operation, save := range map[string]func(by services.Caller) error{
			"api-key.updated": func(by services.Caller) error {
				return k.UpdateAPIKey(ctx, by, "strong", services.APIKeyChange{Revision: d.Revision, APIKeyConfiguration: typed})
			},
			"api-key.created": func(by services.Caller) error {
				_, err := k.AddAPIKey(ctx, by, services.NewAPIKey{Once: k.NewFormToken(), Template: "custom", APIKeyConfiguration: typed})
				return err
			},
		} {
			if err := save(k.as(t, "looker")); !errors.As(err, &services.Forbidden{}) {
				t.Errorf("%s: who may not is told %v", operation, err)
			}
			if a := newest(t, k.store); string(a.Operation) != operation || a.Outcome != models.OutcomeRefused {
				t.Errorf("%s: recorded is %s, %s", operation, a.Operation, a.Outcome)
			}
			var wrong services.Invalid
			err := save(k.as(t, "administrator"))
			if !errors.As(err, &wrong) || len(wrong.Fields) != 3 || wrong.Text("Name") == "" || wrong.Text("Description") == "" || wrong.Text("Expires") != "Write the day." {
				t.Errorf("%s: who may is told %v", operation, err)
			}
		}
	})
}
