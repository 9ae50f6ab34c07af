package services_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/credential"
	"bailiwick/services/files"
)

// browser is one in which somebody may have signed in before.
type browser struct {
	*services.Console
	t      *testing.T
	cookie string
	from   string // address
}

func (b *browser) ctx() context.Context { return services.WithBrowser(context.Background(), b.cookie) }

func (b *browser) try(email, password string) error {
	token, _, err := b.SignIn(b.ctx(), services.Credentials{Email: email, Password: password, Address: b.from})
	if err == nil {
		b.cookie, err = b.RememberBrowser(b.ctx(), token)
	}
	return err
}

// fails types wrong passwords; every one of them is checked.
func (b *browser) fails(times int, email string) {
	b.t.Helper()
	for i := range times {
		if err := b.try(email, "wrong"); !errors.Is(err, services.ErrWrongCredentials) {
			b.t.Fatalf("wrong password %d of %s: %v", i+1, email, err)
		}
	}
}

func (b *browser) wantRefused(what, email, password string) {
	b.t.Helper()
	var throttled services.Throttled
	if err := b.try(email, password); !errors.As(err, &throttled) || throttled.Busy {
		b.t.Errorf("%s: %v, want to be told to wait", what, err)
	}
}

func (b *browser) wantIn(what, email, password string) {
	b.t.Helper()
	if err := b.try(email, password); err != nil {
		b.t.Errorf("%s: %v", what, err)
	}
}

// browsers are in acme, each with an address of its own.
func browsers(t *testing.T, c *services.Console, n int) []*browser {
	var all []*browser
	for i := range n {
		all = append(all, &browser{Console: c, t: t, from: fmt.Sprintf("192.0.2.%d", i+1)})
	}
	return all
}

// shut lets strangers use up what an account has for browsers that are not known.
func shut(t *testing.T, c *services.Console, email string) {
	t.Helper()
	for i := range 10 {
		(&browser{Console: c, t: t, from: fmt.Sprintf("203.0.113.%d", i+1)}).fails(1, email)
	}
}

// Attack: keep an owner out by guessing wrong.
func TestWrongGuessesElsewhereDoNotCloseAKnownBrowser(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, _ *models.Store, clock *modelstest.Clock) {
		all := browsers(t, c, 3)
		owner, stranger, shared := all[0], all[1], all[2]
		owner.wantIn("the first sign-in", administrator, passphrase)
		for range 5 {
			shut(t, c, administrator)
			stranger.wantRefused("a browser that is not known", administrator, passphrase)
			owner.wantIn("the owner’s browser", administrator, passphrase)
			clock.Advance(15 * time.Minute)
		}
		shared.cookie = owner.cookie
		shared.fails(10, administrator)
		shared.wantRefused("the eleventh in one browser", administrator, passphrase)
		stranger.wantIn("another browser", administrator, passphrase)
	})
}

func TestKnownBrowsersHaveCountersOfTheirOwnAndOneTogether(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, _ *models.Store, clock *modelstest.Clock) {
		all := browsers(t, c, 4)
		for _, b := range all {
			b.wantIn("the first sign-in", administrator, passphrase)
		}
		for _, b := range all[:3] {
			b.fails(9, administrator)
			b.wantIn("after nine failures", administrator, passphrase)
			b.fails(1, administrator)
		}
		all[3].wantRefused("after thirty failures in known browsers", administrator, passphrase)
		(&browser{Console: c, t: t, from: "198.51.100.1"}).wantIn("a browser that is not known", administrator, passphrase)
		clock.Advance(15*time.Minute + time.Second)
		all[3].wantIn("a quarter of an hour later", administrator, passphrase)
		all[0].fails(10, administrator)
		all[0].wantRefused("ten failures in this browser", administrator, passphrase)
		clock.Advance(30 * time.Second)
		all[0].wantIn("after a pause", administrator, passphrase)
	})
}

// Attack: be known by a cookie that is not, or no longer, the person's.
func TestOtherCookiesAreThoseOfUnknownBrowsers(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		another := modelstest.Person(t, store, "another@example.com")
		first, err := store.PersonByEmail(context.Background(), administrator)
		must(t, err)
		must(t, store.SetPassword(context.Background(), another.AccountID, first.PasswordHash, false))
		all := browsers(t, c, 3)
		owner, other, old := all[0], all[1], all[2]
		old.wantIn("before the new password", administrator, passphrase)
		must(t, c.SetPassword(context.Background(), "acme", administrator, passphrase+" too"))
		owner.wantIn("with the new password", administrator, passphrase+" too")
		other.wantIn("somebody else", "another@example.com", passphrase)
		if strings.Contains(owner.cookie, "argon2") || owner.cookie == old.cookie {
			t.Errorf("the cookie is %q", owner.cookie)
		}
		middle := len(owner.cookie) / 2
		flipped := "A"
		if owner.cookie[middle] == 'A' {
			flipped = "B"
		}
		shut(t, c, administrator)
		for what, cookie := range map[string]string{
			"of an older password": old.cookie, "somebody else’s": other.cookie, "none": "", "cut": owner.cookie[1:],
			"changed": owner.cookie[:middle] + flipped + owner.cookie[middle+1:], "made up": strings.Repeat("A", len(owner.cookie)),
			"of many parts": strings.Repeat("AAAA.", 1000),
		} {
			(&browser{Console: c, t: t, from: "198.51.100.1", cookie: cookie}).wantRefused(what, administrator, passphrase+" too")
		}
		owner.wantIn("the owner’s", administrator, passphrase+" too")
		clock.Advance(services.KnownBrowserLife - time.Second)
		shut(t, c, administrator)
		owner.wantIn("almost a year later", administrator, passphrase+" too")
		clock.Advance(services.KnownBrowserLife)
		shut(t, c, administrator)
		owner.wantRefused("a year without signing in", administrator, passphrase+" too")
	})
}

// Attack: find out by a cookie of one's own whether somebody else has an account.
func TestAnAccountThatDoesNotExistIsAnsweredLikeOneThatDoesInEveryBrowser(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		modelstest.Person(t, store, "another@example.com")
		mine := browsers(t, c, 1)[0]
		mine.wantIn("one’s own account", administrator, passphrase)
		for _, email := range []string{"another@example.com", "nobody@example.com"} {
			for i := range 10 {
				b := &browser{Console: c, t: t, from: fmt.Sprintf("203.0.113.%d", i+1), cookie: mine.cookie}
				b.fails(1, email)
			}
			mine.from = "198.51.100.7"
			mine.wantRefused(email, email, passphrase)
			var throttled services.Throttled
			if err := mine.try(email, passphrase); !errors.As(err, &throttled) || throttled.Wait != 15*time.Minute {
				t.Errorf("%s has to wait as %v says", email, err)
			}
		}
	})
}

func TestABrowserKnowsTheEightWhoSignedInLast(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		first, err := store.PersonByEmail(context.Background(), administrator)
		must(t, err)
		shared := browsers(t, c, 1)[0]
		email := func(n int) string { return fmt.Sprintf("p%d@example.com", n) }
		for n := range 9 {
			must(t, store.SetPassword(context.Background(), modelstest.Person(t, store, email(n)).AccountID, first.PasswordHash, false))
			for range 2 {
				shared.wantIn("signing in", email(n), passphrase)
			}
		}
		cookie := shared.cookie
		if len(cookie) > 1000 {
			t.Errorf("the cookie has %d characters", len(cookie))
		}
		for n := range 9 {
			clock.Advance(16 * time.Minute) // the addresses of before are below their limit again
			shut(t, c, email(n))
			shared.cookie = cookie
			if n == 0 {
				shared.wantRefused("who signed in first", email(n), passphrase)
			} else {
				shared.wantIn("one of the last eight", email(n), passphrase)
			}
		}
	})
}

func TestInstancesShareTheKeyOfKnownBrowsers(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		var both []*services.Console
		for range 2 {
			both = append(both, services.New(services.Config{Store: store, Catalog: files.DefaultCatalog(), Now: clock.Now,
				PasswordCost: credential.Cost{Memory: 64, Time: 1}}))
		}
		setUp(t, both[0])
		here := browsers(t, both[0], 1)[0]
		here.wantIn("at one instance", administrator, passphrase)
		shut(t, both[0], administrator)
		there := &browser{Console: both[1], t: t, from: "198.51.100.1", cookie: here.cookie}
		there.wantIn("at the other", administrator, passphrase)
	})
}

func TestAnAddressOverItsLimitLetsKnownBrowsersThroughAndThreeOthersAMinute(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, _ *models.Store, clock *modelstest.Clock) {
		all := browsers(t, c, 3)
		owner, office, elsewhere := all[0], all[1], all[2]
		owner.wantIn("the first sign-in", administrator, passphrase)
		owner.from = office.from
		for _, b := range []*browser{office, elsewhere} {
			for n := range 7 {
				b.fails(1, fmt.Sprintf("guess%d@example.com", n))
			}
		}
		for range 3 {
			office.fails(1, "nobody@example.com")
			elsewhere.fails(1, "nobody@example.com")
			office.wantIn("the third of a minute", administrator, passphrase)
			office.cookie = ""
			office.wantRefused("the fourth of a minute", administrator, passphrase)
			elsewhere.wantRefused("the fourth of a minute, from another address over its limit", administrator, passphrase)
			owner.wantIn("a known browser at the address", administrator, passphrase)
			clock.Advance(time.Minute)
		}
	})
}

func TestWithoutAnAddressOnlyTheAccountCounts(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		hidden := &browser{Console: c, t: t}
		for n := range 30 {
			hidden.fails(1, fmt.Sprintf("guess%d@example.com", n))
		}
		hidden.fails(10, "guess@example.com")
		hidden.wantRefused("an account after ten", "guess@example.com", passphrase)
		hidden.wantIn("another account", administrator, passphrase)
	})
}

// Attack: guess, so that the owner can neither change the password nor give a code meanwhile.
func TestSigningInChangingThePasswordAndCodesAreCountedApart(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		ctx := context.Background()
		var throttled services.Throttled
		step, guessed := a.step(), a.step()
		for range 10 {
			if err := a.give(guessed, "000000"); !errors.Is(err, services.ErrWrongCode) {
				t.Fatal(err)
			}
		}
		if err := a.give(step, a.code()); !errors.As(err, &throttled) {
			t.Errorf("the eleventh code: %v", err)
		}
		shut(t, a.Console, administrator)
		if _, err := a.RenewRecoveryCodes(ctx, a.session, a.code(), "192.0.2.1"); err != nil {
			t.Errorf("a code by who is signed in, after ten wrong ones at the door: %v", err)
		}
		change := services.PasswordChange{Present: passphrase, NewPassword: services.NewPassword{Password: passphrase + " too", Again: passphrase + " too"}, Address: "203.0.113.1"}
		if _, err := a.ChangePassword(ctx, a.session, change); err != nil {
			t.Errorf("a new password, after ten wrong ones at the door: %v", err)
		}
	})
}

// Attack: know the password, and give wrong codes so that the owner's are not heard.
func TestWrongCodesElsewhereDoNotCloseAKnownBrowser(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		token, err := a.GiveSecondFactor(context.Background(), a.step(), a.code(), "192.0.2.1", "")
		must(t, err)
		cookie, err := a.RememberBrowser(context.Background(), token)
		must(t, err)
		a.clock.Advance(time.Minute)
		guessed, step := a.step(), a.step()
		for range 10 {
			if err := a.give(guessed, "000000"); !errors.Is(err, services.ErrWrongCode) {
				t.Fatal(err)
			}
		}
		code, err := totp.GenerateCode(a.secret, a.clock.Now())
		must(t, err)
		if _, err := a.GiveSecondFactor(services.WithBrowser(context.Background(), cookie), step, code, "192.0.2.1", ""); err != nil {
			t.Errorf("the owner’s code in a known browser: %v", err)
		}
	})
}

// Attack: ask for links in somebody's name until no further one is mailed.
func TestAskingAgainNeverVoidsALinkAndWhoIsRefusedHasOne(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		var throttled services.Throttled
		for range 40 { // for an hour and more, as often as is heard
			if err := p.SendSignInLink(ctx, administrator, "203.0.113.1", ""); errors.As(err, &throttled) {
				must(t, p.sendDue(p.worker(p.Console)))
				mails := p.server.MailsTo(administrator)
				newest := mails[len(mails)-1].Link()
				if _, err := p.SignInLink(ctx, newest[strings.LastIndex(newest, "/")+1:]); err != nil {
					t.Fatalf("refused although no link opens: %v", err)
				}
			} else {
				must(t, err)
			}
			p.clock.Advance(97 * time.Second)
		}
		p.clock.Advance(16 * time.Minute)
		first := p.signInLink(administrator)
		for range 3 {
			p.signInLink(administrator)
			p.clock.Advance(4*time.Minute + 30*time.Second)
		}
		if _, _, err := p.SignInByLink(ctx, first, "192.0.2.7", ""); err != nil {
			t.Errorf("the first of several links: %v", err)
		}
	})
}

func TestAKnownBrowserGetsLinksWhenOthersHaveAskedTooOften(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		owner := browsers(t, p.Console, 1)[0]
		owner.wantIn("the first sign-in", administrator, passphrase)
		var throttled services.Throttled
		for range 6 {
			if err := p.SendSignInLink(context.Background(), administrator, "203.0.113.1", ""); err != nil && !errors.As(err, &throttled) {
				t.Fatal(err)
			}
		}
		if throttled == (services.Throttled{}) {
			t.Error("a stranger may ask as often as they like")
		}
		for i := range 6 {
			if err := p.SendSignInLink(owner.ctx(), administrator, "203.0.113.1", ""); errors.As(err, &throttled) != (i == 5) {
				t.Errorf("link %d: %v", i+1, err)
			}
		}
	})
}

// A browser that was shut out by a new password stays so when its owner takes the old one again.
func TestWhoTakesAnEarlierPasswordAgainIsNotKnownWhereTheyWere(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		ctx, old := context.Background(), browsers(t, c, 1)[0]
		old.wantIn("before", administrator, passphrase)
		session, present := signedIn(t, c, passphrase), passphrase
		for _, next := range []string{passphrase + " too", passphrase} {
			renewed, err := c.ChangePassword(ctx, session, services.PasswordChange{Present: present, NewPassword: services.NewPassword{Password: next, Again: next}})
			must(t, err)
			session, err = c.Session(ctx, renewed.Session)
			must(t, err)
			present = next
		}
		shut(t, c, administrator)
		old.wantRefused("with the same password as before", administrator, passphrase)
	})
}
