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

// keyring is a console with the organization of API keys.
type keyring struct {
	*services.Console
	store *models.Store
	clock *modelstest.Clock
}

func onKeyring(t *testing.T, body func(t *testing.T, k keyring)) {
	t.Helper()
	onConsoleWith(t, applied(modelstest.KeepersFile), func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		body(t, keyring{c, store, clock})
	})
}

func (k keyring) as(t *testing.T, name string) services.Caller {
	t.Helper()
	return callerOf(t, k.Console, k.store, name+"@example.com")
}

// add makes a key of the template Custom that may view sources, with what the form says besides.
func (k keyring) add(t *testing.T, form services.APIKeyConfiguration) services.IssuedKey {
	t.Helper()
	if form.Expires == nil {
		form.Expires = onDay("2027-04-01")
	}
	issued, err := k.AddAPIKey(context.Background(), k.as(t, "administrator"), services.NewAPIKey{
		Once: k.NewFormToken(), Template: "custom", APIKeyConfiguration: form, Privileges: services.NewPrivileges{Choices: services.PrivilegeChoices{"content/sources": {Level: access.LevelView}}}})
	must(t, err)
	return issued
}

func (k keyring) rotate(t *testing.T, key string, keep int) services.IssuedKey {
	t.Helper()
	by := k.as(t, "administrator")
	now, err := k.APIKey(context.Background(), by, key)
	must(t, err)
	issued, err := k.RotateAPIKey(context.Background(), by, key, services.Rotation{Once: k.NewFormToken(), Revision: now.Revision, Keep: keep})
	must(t, err)
	return issued
}

// wantAdmitted asks with a secret from an address; nil where the key opens.
func (k keyring) wantAdmitted(t *testing.T, what, secret, address string, want error) {
	t.Helper()
	app, err := k.AuthenticateKey(context.Background(), secret, address)
	if !errors.Is(err, want) || err != nil && app.Key.ID != 0 {
		t.Errorf("%s: %v as %s, want %v", what, err, app.Key.Ref(), want)
	}
}

func TestKeyOpensByItsStatusAndTheClock(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx, by := context.Background(), k.as(t, "administrator")
		issued := k.add(t, services.APIKeyConfiguration{Name: "Connector", Expires: onDay("2027-01-20")})
		k.wantAdmitted(t, "new", issued.Secret, "192.0.2.1", nil)
		_, err := k.SetAPIKeyEnabled(ctx, by, "connector", false)
		must(t, err)
		k.wantAdmitted(t, "disabled", issued.Secret, "192.0.2.1", services.ErrKeyDisabled)
		_, err = k.SetAPIKeyEnabled(ctx, by, "connector", true)
		must(t, err)
		k.clock.Set(time.Date(2027, 1, 19, 23, 59, 59, 0, time.UTC))
		k.wantAdmitted(t, "in its last second", issued.Secret, "192.0.2.1", nil)
		k.clock.Advance(time.Second)
		k.wantAdmitted(t, "at its end", issued.Secret, "192.0.2.1", services.ErrKeyExpired)
		k.clock.Set(modelstest.Start)
		_, err = k.DeleteAPIKey(ctx, by, "connector")
		must(t, err)
		k.wantAdmitted(t, "deleted", issued.Secret, "192.0.2.1", services.ErrKeyUnknown)
	})
}

func TestDeniedAddressesWinOverAllowedOnes(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		for name, test := range map[string]struct {
			allow, deny   string
			open, refused []string
		}{
			"no lists":   {"", "", []string{"192.0.2.1", "2001:db8::1", "not an address"}, nil},
			"allowed":    {"10.0.0.0/8\n2001:db8::/32\n192.0.2.7", "", []string{"10.1.2.3", "::ffff:10.1.2.3", "2001:db8::1", "192.0.2.7"}, []string{"11.0.0.1", "2001:db9::1", "192.0.2.8", "", "nonsense"}},
			"denied":     {"", "10.0.0.0/8\nfe80::1", []string{"192.0.2.1", "fe80::2"}, []string{"10.0.0.1", "::ffff:10.0.0.1", "fe80::1%eth0", "nonsense"}},
			"both":       {"10.0.0.0/8", "10.1.0.0/16", []string{"10.2.0.1"}, []string{"10.1.0.1", "192.0.2.1"}},
			"one in six": {"::ffff:192.0.2.7", "", []string{"192.0.2.7"}, []string{"192.0.2.8"}},
		} {
			issued := k.add(t, services.APIKeyConfiguration{Name: name, Allow: networks(test.allow), Deny: networks(test.deny)})
			for _, address := range test.open {
				k.wantAdmitted(t, name+" from "+address, issued.Secret, address, nil)
			}
			for _, address := range test.refused {
				k.wantAdmitted(t, name+" from "+address, issued.Secret, address, services.ErrKeyAddress)
			}
		}
	})
}

func TestOldSecretOpensAsLongAsWasChosen(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		first := k.add(t, services.APIKeyConfiguration{Name: "Connector"})
		second := k.rotate(t, "connector", 30)
		k.wantAdmitted(t, "the new secret", second.Secret, "192.0.2.1", nil)
		k.clock.Advance(30*24*time.Hour - time.Second)
		k.wantAdmitted(t, "the old secret within 30 days", first.Secret, "192.0.2.1", nil)
		k.clock.Advance(time.Second)
		k.wantAdmitted(t, "the old secret after 30 days", first.Secret, "192.0.2.1", services.ErrKeyUnknown)
		third := k.rotate(t, "connector", 7)
		k.wantAdmitted(t, "the secret just replaced", second.Secret, "192.0.2.1", nil)
		fourth := k.rotate(t, "connector", 0)
		for what, old := range map[string]string{"replaced at once": third.Secret, "kept until another rotation": second.Secret} {
			k.wantAdmitted(t, what, old, "192.0.2.1", services.ErrKeyUnknown)
		}
		k.wantAdmitted(t, "the last secret", fourth.Secret, "192.0.2.1", nil)
	})
}

func TestOldSecretIsKeptThirtyDaysAtMost(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		k.add(t, services.APIKeyConfiguration{Name: "Connector"})
		for _, days := range []int{-1, 31, 1 << 40} {
			_, err := k.RotateAPIKey(context.Background(), k.as(t, "administrator"), "connector", services.Rotation{Once: k.NewFormToken(), Keep: days})
			var wrong services.Invalid
			if !errors.As(err, &wrong) || wrong.Text("Keep") == "" {
				t.Errorf("%d days: %v", days, err)
			}
		}
	})
}

// A key from a file has no secret until it is rotated for the first time.
func TestKeyFromAFileGetsItsSecretByRotation(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		issued := k.rotate(t, "weak", 30)
		k.wantAdmitted(t, "the first secret", issued.Secret, "192.0.2.1", nil)
		if issued.PreviousUntil != nil {
			t.Errorf("a secret that never was opens until %v", issued.PreviousUntil)
		}
	})
}

func TestKeyMayWhatItHoldsItselfAndNeverKeys(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx := context.Background()
		issued := k.add(t, services.APIKeyConfiguration{Name: "Connector"})
		set := access.PrivilegeSet{"content/sources": {Level: access.LevelView}, access.APIKeysDomain: {Level: access.LevelEdit},
			"search/impersonate": {Level: access.LevelAllowed}} // the last two by a catalogue that forbade them later
		scope := k.store.In(issued.OrganizationID)
		must(t, k.store.Change(ctx, scope.ID(), func(tx *models.Scope) error {
			return tx.ReplacePrivileges(ctx, issued.Grantee().ID, access.PrivilegeSet{"content/sources": set["content/sources"]}, set, k.clock.Now())
		}))
		app, err := k.AuthenticateKey(ctx, issued.Secret, "192.0.2.1")
		must(t, err)
		for need, want := range map[access.Need]bool{
			services.ViewIn("content/sources"): true, services.EditIn("content/sources"): false, services.ViewAPIKeys: false,
			{Domain: "search/impersonate", Ability: access.Allowed}: false, services.ViewOrganization: false,
		} {
			if app.Rights.May(need, 0) != want {
				t.Errorf("%v: %v, want %v", need, !want, want)
			}
		}
		if app.Organization.Key != "acme" || app.Key.Ref() != "api-key:connector" {
			t.Errorf("the application is %s in %s", app.Key.Ref(), app.Organization.Key)
		}
	})
}

func TestUsesAreWrittenTogetherAndTakeNoLock(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx, by := context.Background(), k.as(t, "administrator")
		k.clock.Advance(42 * time.Second)
		one, two := k.add(t, services.APIKeyConfiguration{Name: "One"}), k.add(t, services.APIKeyConfiguration{Name: "Two"})
		must(t, k.WriteLastUsed(ctx)) // of the person who added them
		before, err := k.store.OrganizationByKey(ctx, "acme")
		must(t, err)
		counting, counter := k.store.CountStatements(ctx)
		writes := func() int {
			n := counter.Count()
			must(t, k.WriteLastUsed(counting))
			return counter.Count() - n
		}
		for range 50 {
			for _, issued := range []services.IssuedKey{one, two} {
				k.wantAdmitted(t, issued.Key, issued.Secret, "192.0.2.1", nil)
			}
		}
		if n := writes(); n != 1 {
			t.Errorf("100 uses of two keys in one minute took %d statements, want 1", n)
		}
		k.wantAdmitted(t, "again", one.Secret, "192.0.2.1", nil)
		if n := writes(); n != 0 {
			t.Errorf("another use in the same minute took %d statements", n)
		}
		key, err := k.APIKey(ctx, by, "one")
		must(t, err)
		after, err := k.store.OrganizationByKey(ctx, "acme")
		must(t, err)
		if key.LastUsedAt == nil || !key.LastUsedAt.Equal(modelstest.Start) || after.Revision != before.Revision {
			t.Errorf("last used at %v, want the minute %v; revision %d became %d", key.LastUsedAt, modelstest.Start, before.Revision, after.Revision)
		}
		k.clock.Advance(time.Minute)
		k.wantAdmitted(t, "later", one.Secret, "192.0.2.1", nil)
		if n := writes(); n != 1 {
			t.Errorf("a use in the next minute took %d statements, want 1", n)
		}
	})
}

// A use that could not be written, since the database was busy, is written with the next.
func TestUseThatCouldNotBeWrittenWaits(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		issued := k.add(t, services.APIKeyConfiguration{Name: "Connector"})
		k.wantAdmitted(t, "used", issued.Secret, "192.0.2.1", nil)
		gone, cancel := context.WithCancel(context.Background())
		cancel()
		if err := k.WriteLastUsed(gone); err == nil {
			t.Fatal("written although the context had ended")
		}
		must(t, k.WriteLastUsed(context.Background()))
		key, err := k.APIKey(context.Background(), k.as(t, "administrator"), "connector")
		must(t, err)
		if key.LastUsedAt == nil {
			t.Error("the use is lost")
		}
	})
}

func TestFormThatMakesASecretCountsOnce(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx, by := context.Background(), k.as(t, "administrator")
		once := k.NewFormToken()
		form := services.NewAPIKey{Once: once, Template: "usage-analytics", APIKeyConfiguration: services.APIKeyConfiguration{Name: "", Expires: onDay("2027-04-01")}}
		var wrong services.Invalid
		if _, err := k.AddAPIKey(ctx, by, form); !errors.As(err, &wrong) {
			t.Fatalf("without a name: %v", err)
		}
		form.Name = "Tracker"
		_, err := k.AddAPIKey(ctx, by, form) // a form that failed may be sent again
		must(t, err)
		form.Name = "Tracker again"
		if _, err := k.AddAPIKey(ctx, by, form); !errors.Is(err, services.ErrFormSent) {
			t.Errorf("sent twice: %v", err)
		}
		if _, err := k.DuplicateAPIKey(ctx, by, "tracker", services.APIKeyCopy{Once: once, Copy: services.Copy{Confirmed: true}}); !errors.Is(err, services.ErrFormSent) {
			t.Errorf("the token of another form: %v", err)
		}
		for what, token := range map[string]string{"none": "", "forged": "zzzz", "without a time": ".abc"} {
			if _, err := k.DuplicateAPIKey(ctx, by, "tracker", services.APIKeyCopy{Once: token, Copy: services.Copy{Confirmed: true}}); !errors.Is(err, services.ErrFormSent) {
				t.Errorf("%s: %v", what, err)
			}
		}
		old := k.NewFormToken()
		k.clock.Advance(services.SessionLife + time.Second)
		if _, err := k.DuplicateAPIKey(ctx, by, "tracker", services.APIKeyCopy{Once: old, Copy: services.Copy{Confirmed: true}}); !errors.Is(err, services.ErrFormSent) {
			t.Errorf("a form older than any session: %v", err)
		}
		if list, err := k.APIKeys(ctx, by, services.APIKeyQuery{}); err != nil || list.Total != 4 {
			t.Errorf("%d keys, %v; want 4", list.Total, err)
		}
	})
}

// The copy of a key ends as the question about it says, or on the day that was chosen.
func TestTheCopyOfAKeyEndsAsIsSaidBefore(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx, by := context.Background(), k.as(t, "administrator")
		k.add(t, services.APIKeyConfiguration{Name: "Connector", Expires: onDay("2027-02-01")})
		question, err := k.APIKeyDuplication(ctx, by, "connector")
		must(t, err)
		if !question.Ends.Equal(*onDay("2027-02-01")) || !question.AsOriginal {
			t.Errorf("the question says %s, as the original: %t", question.Ends, question.AsOriginal)
		}
		duplicate := func(as services.APIKeyCopy) (services.IssuedKey, error) {
			as.Once, as.Confirmed = k.NewFormToken(), true
			return k.DuplicateAPIKey(ctx, by, "connector", as)
		}
		for chosen, want := range map[string]string{"": "2027-02-01", "2027-02-01": "2027-02-01", "2027-03-01": "2027-03-01"} {
			if copied, err := duplicate(services.APIKeyCopy{Expires: onDayOrNil(chosen)}); err != nil || !copied.ExpiresAt.Equal(*onDay(want)) {
				t.Errorf("%q: it ends at %v, %v", chosen, copied.ExpiresAt, err)
			}
		}
		unread := services.FieldError{Field: "Expires", Text: "Enter the day."}
		for what, as := range map[string]services.APIKeyCopy{
			"a day that is over": {Expires: onDay("2020-01-01")}, "too far ahead": {Expires: onDay("2999-01-01")}, "what is no day": {Unread: []services.FieldError{unread}},
		} {
			_, err := duplicate(as)
			var wrong services.Invalid
			if !errors.As(err, &wrong) || len(wrong.Fields) != 1 || wrong.Fields[0].Field != "Expires" {
				t.Errorf("%s: %v", what, err)
			}
		}
		k.clock.Advance(200 * 24 * time.Hour)
		if question, err = k.APIKeyDuplication(ctx, k.as(t, "administrator"), "connector"); err != nil || question.AsOriginal || !question.Ends.Equal(services.ProposedEnd(k.clock.Now())) {
			t.Errorf("after the original has ended: %s, %t, %v", question.Ends, question.AsOriginal, err)
		}
	})
}

func TestTypedKeyIsRefusedAtItsFields(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		good := services.APIKeyConfiguration{Name: "Good", Expires: onDay("2027-04-01")}
		many := strings.Repeat("192.0.2.1\n", 300) // one address, however often
		for name, test := range map[string]struct {
			change func(*services.APIKeyConfiguration)
			field  string // "" = accepted
		}{
			"as it is":               {func(*services.APIKeyConfiguration) {}, ""},
			"no name":                {func(f *services.APIKeyConfiguration) { f.Name = " " }, "Name"},
			"a long name":            {func(f *services.APIKeyConfiguration) { f.Name = strings.Repeat("é", 126) }, "Name"},
			"a name in other case":   {func(f *services.APIKeyConfiguration) { f.Name = "STRONG" }, "Name"},
			"1,000 characters":       {func(f *services.APIKeyConfiguration) { f.Name, f.Description = "Long", strings.Repeat("é", 1000) }, ""},
			"1,001 characters":       {func(f *services.APIKeyConfiguration) { f.Description = strings.Repeat("é", 1001) }, "Description"},
			"a line break":           {func(f *services.APIKeyConfiguration) { f.Name, f.Description = "Lines", "one\r\ntwo" }, ""},
			"an invisible character": {func(f *services.APIKeyConfiguration) { f.Description = "a\u202eb" }, "Description"},
			"broken text":            {func(f *services.APIKeyConfiguration) { f.Description = "\xff" }, "Description"},
			"no end":                 {func(f *services.APIKeyConfiguration) { f.Expires = nil }, "Expires"},
			"today":                  {func(f *services.APIKeyConfiguration) { f.Expires = onDay("2027-01-04") }, "Expires"},
			"tomorrow":               {func(f *services.APIKeyConfiguration) { f.Name, f.Expires = "Brief", onDay("2027-01-05") }, ""},
			"a year ahead":           {func(f *services.APIKeyConfiguration) { f.Name, f.Expires = "Year", onDay("2028-01-04") }, ""},
			"more than a year":       {func(f *services.APIKeyConfiguration) { f.Expires = onDay("2028-01-05") }, "Expires"},
			"the same often":         {func(f *services.APIKeyConfiguration) { f.Name, f.Allow = "Often", networks(many) }, ""},
			"too many":               {func(f *services.APIKeyConfiguration) { f.Allow = networks(addressesUpTo(201)) }, "Allow"},
		} {
			form := good
			if test.change(&form); test.field == "" && form.Name == "Good" {
				form.Name = name
			}
			_, err := k.AddAPIKey(context.Background(), k.as(t, "administrator"), services.NewAPIKey{Once: k.NewFormToken(), Template: "custom", APIKeyConfiguration: form})
			var wrong services.Invalid
			switch {
			case test.field == "" && err != nil:
				t.Errorf("%s: %v", name, err)
			case test.field != "" && (!errors.As(err, &wrong) || len(wrong.Fields) != 1 || wrong.Text(test.field) == ""):
				t.Errorf("%s: %v, want an error at %s alone", name, err, test.field)
			}
		}
	})
}

func addressesUpTo(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "10.0.%d.%d\n", i/200, i%200)
	}
	return b.String()
}
