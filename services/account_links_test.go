package services_test

import (
	"context"
	"errors"
	"path"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// linkTo sends what is due and gives the secret of the last link that arrived for an address.
func (p post) linkTo(email string) string {
	p.t.Helper()
	must(p.t, p.sendDue(p.worker(p.Console)))
	mails := p.server.MailsTo(email)
	if len(mails) == 0 {
		p.t.Fatalf("no mail arrived for %s", email)
	}
	return path.Base(mails[len(mails)-1].Link())
}

func (p post) signInLink(email string) string {
	p.t.Helper()
	must(p.t, p.SendSignInLink(context.Background(), email, "192.0.2.7", ""))
	return p.linkTo(email)
}

func (p post) passwordLink(email string) string {
	p.t.Helper()
	must(p.t, p.SendPasswordLink(context.Background(), email, "192.0.2.7"))
	return p.linkTo(email)
}

func TestASignInLinkOpensOneSessionWithItsOwnProvider(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		must(t, p.SendSignInLink(ctx, " Administrator@EXAMPLE.com ", "192.0.2.7", "/o/acme/groups"))
		link := p.linkTo(administrator)
		for range 3 { // as mail scanners do
			person, err := p.SignInLink(ctx, link)
			if err != nil || person.Email != administrator {
				t.Fatalf("the link is for %q, %v", person.Email, err)
			}
		}
		token, next, err := p.SignInByLink(ctx, link, "192.0.2.7", "a browser")
		must(t, err)
		session, err := p.Session(ctx, token)
		if err != nil || session.Provider != services.ProviderEmailLink || session.SecondFactor || next != "/o/acme/groups" {
			t.Errorf("session %+v, next %q, %v", session, next, err)
		}
		if _, _, err := p.SignInByLink(ctx, link, "192.0.2.7", ""); !errors.Is(err, services.ErrGone) {
			t.Errorf("used twice: %v", err)
		}
		if _, err := p.SignInLink(ctx, link); !errors.Is(err, services.ErrGone) {
			t.Errorf("shown after use: %v", err)
		}
		var provider services.WrongProvider
		if _, err := p.Identify(ctx, session, "acme", ""); !errors.As(err, &provider) || provider.Wanted != services.ProviderPassword {
			t.Errorf("entering an organization that was joined with a password: %v", err)
		}
	})
}

func TestOfManyWhoUseOneLinkAtOnceOneIsSignedIn(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		link := p.signInLink(administrator)
		outcomes := make([]error, 20)
		var all sync.WaitGroup
		for i := range outcomes {
			all.Go(func() { _, _, outcomes[i] = p.SignInByLink(context.Background(), link, "192.0.2.7", "") })
		}
		all.Wait()
		signedIn := 0
		for _, err := range outcomes {
			if err == nil {
				signedIn++
			} else if !errors.Is(err, services.ErrGone) {
				t.Errorf("ended with %v", err)
			}
		}
		if signedIn != 1 {
			t.Errorf("%d were signed in", signedIn)
		}
	})
}

func TestALinkWorksForFifteenMinutesFromWhenItWasAskedFor(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		must(t, p.SendSignInLink(ctx, administrator, "192.0.2.7", ""))
		p.clock.Advance(10 * time.Minute) // the mail took its time
		link := p.linkTo(administrator)
		p.clock.Advance(5*time.Minute - time.Microsecond)
		if _, err := p.SignInLink(ctx, link); err != nil {
			t.Errorf("within its time: %v", err)
		}
		p.clock.Advance(time.Microsecond)
		if _, _, err := p.SignInByLink(ctx, link, "", ""); !errors.Is(err, services.ErrGone) {
			t.Errorf("when its time was over: %v", err)
		}
		must(t, p.SendPasswordLink(ctx, administrator, "192.0.2.7"))
		p.clock.Advance(services.LinkLife)
		must(t, p.sendDue(p.worker(p.Console)))
		p.wantArrived(1, administrator) // what nobody can use any more is not sent
	})
}

// Attack: find out who has an account from the answer, or from what is left behind.
func TestAskingForALinkIsTheSameForAddressesThatAreNobodys(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		for _, email := range []string{administrator, "nobody@example.com", "no address", "", "a@b\r\nBcc: c@d"} {
			if err := p.SendSignInLink(ctx, email, "192.0.2.7", ""); err != nil {
				t.Errorf("%q: %v", email, err)
			}
			if err := p.SendPasswordLink(ctx, email, "192.0.2.7"); err != nil {
				t.Errorf("%q: %v", email, err)
			}
		}
		if queued := p.claimAll(); len(queued) != 10 {
			t.Errorf("%d mails are queued, want one for each request, whoever is asked for", len(queued))
		}
		p.clock.Advance(6 * time.Minute) // the leases of those claims have run out
		must(t, p.sendDue(p.worker(p.Console)))
		if all := p.server.Mails(); len(all) != 2 {
			t.Errorf("%d mails arrived, want the two to the account that exists", len(all))
		}
	})
}

// Where a proxy hides the visitors, its address would be everybody's.
func TestWhatComesFromNoKnownAddressCountsByAccountAlone(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		var throttled services.Throttled
		for i := range 25 {
			stranger := strings.Repeat("a", i+1) + "@example.com"
			if err := p.SendSignInLink(ctx, stranger, "", ""); err != nil {
				t.Fatalf("link %d: %v", i+1, err)
			}
			if _, _, err := p.SignIn(ctx, services.Credentials{Email: stranger, Password: "wrong"}); !errors.Is(err, services.ErrWrongCredentials) {
				t.Fatalf("sign-in %d: %v", i+1, err)
			}
		}
		for range 5 {
			must(t, p.SendPasswordLink(ctx, administrator, ""))
		}
		if err := p.SendPasswordLink(ctx, administrator, ""); !errors.As(err, &throttled) {
			t.Errorf("the sixth link for one account: %v", err)
		}
		for range 10 {
			_, _, err := p.SignIn(ctx, services.Credentials{Email: administrator, Password: "wrong"})
			if !errors.Is(err, services.ErrWrongCredentials) {
				t.Fatalf("a guess at one account: %v", err)
			}
		}
		if _, _, err := p.SignIn(ctx, services.Credentials{Email: administrator, Password: "wrong"}); !errors.As(err, &throttled) {
			t.Errorf("the eleventh guess at one account: %v", err)
		}
	})
}

func TestAskingForLinksIsThrottledForAnAccountAndFromAnAddress(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		var throttled services.Throttled
		spellings := []string{administrator, "ADMINISTRATOR@example.com", " administrator@EXAMPLE.COM", "Administrator@Example.com", "administrator@example.com "}
		for i, email := range spellings {
			if err := p.SendSignInLink(ctx, email, "192.0.2."+string(rune('1'+i)), ""); err != nil {
				t.Fatalf("request %d: %v", i+1, err)
			}
		}
		if err := p.SendSignInLink(ctx, administrator, "192.0.2.9", ""); !errors.As(err, &throttled) {
			t.Errorf("the sixth request for one account: %v", err)
		}
		if _, _, err := p.SignIn(ctx, services.Credentials{Email: administrator, Password: passphrase, Address: "192.0.2.9"}); err != nil {
			t.Errorf("links that others asked for keep the person from signing in: %v", err)
		}
		refused := 0
		for i := range 25 {
			if errors.As(p.SendSignInLink(ctx, strings.Repeat("a", i+1)+"@example.com", "198.51.100.1", ""), &throttled) {
				refused++
			}
		}
		if refused != 5 {
			t.Errorf("%d of 25 requests from one address were refused, want 5", refused)
		}
	})
}

// Attack: ask for links of one kind in somebody's name, so that they get none of the other, which may be their only way in.
func TestLinksOfOneKindKeepNobodyFromThoseOfTheOther(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		kinds := []func(ctx context.Context, email, address string) error{p.SendPasswordLink,
			func(ctx context.Context, email, address string) error {
				return p.SendSignInLink(ctx, email, address, "")
			}}
		for i, flooded := range kinds {
			var throttled services.Throttled
			for n := 0; !errors.As(flooded(ctx, administrator, "198.51.100.1"), &throttled); n++ {
				if n > 20 {
					t.Fatal("nothing is refused")
				}
			}
			for _, address := range []string{"198.51.100.1", "192.0.2.9"} {
				if err := kinds[1-i](ctx, administrator, address); err != nil {
					t.Errorf("kind %d from %s: %v", 1-i, address, err)
				}
			}
			p.clock.Advance(time.Hour)
		}
	})
}

func TestAForgottenPasswordIsReplacedOnceAndEndsAllSessions(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		session, _, err := p.SignIn(ctx, services.Credentials{Email: administrator, Password: passphrase, Address: "192.0.2.1"})
		must(t, err)
		older, link := p.passwordLink(administrator), p.passwordLink(administrator)
		signIn := p.signInLink(administrator)
		var invalid services.Invalid
		for name, n := range map[string]services.NewPassword{
			"Password": {Password: "short", Again: "short"}, "Again": {Password: passphrase + " too", Again: passphrase},
		} {
			if err := p.ResetPassword(ctx, link, n, "192.0.2.7"); !errors.As(err, &invalid) || invalid.Text(name) == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		must(t, p.ResetPassword(ctx, link, services.NewPassword{Password: passphrase + " too", Again: passphrase + " too"}, "192.0.2.7"))
		if _, err := p.Session(ctx, session); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the session lives on: %v", err)
		}
		for _, old := range []string{link, older} {
			if _, err := p.PasswordLink(ctx, old); !errors.Is(err, services.ErrGone) {
				t.Errorf("another link to set a password lives on: %v", err)
			}
		}
		if _, err := p.SignInLink(ctx, signIn); !errors.Is(err, services.ErrGone) {
			t.Errorf("a link to sign in lives on: %v", err)
		}
		if _, _, err := p.SignIn(ctx, services.Credentials{Email: administrator, Password: passphrase}); !errors.Is(err, services.ErrWrongCredentials) {
			t.Errorf("the old password: %v", err)
		}
		if _, _, err := p.SignIn(ctx, services.Credentials{Email: administrator, Password: passphrase + " too"}); err != nil {
			t.Errorf("the new password: %v", err)
		}
		if a := activities(t, p.store)[0]; a.Operation != "member.password-reset" || a.ActorName != "Administrator" || a.Address != "192.0.2.7" {
			t.Errorf("recorded as %+v", a)
		}
	})
}

func TestALinkOfOneKindDoesNotOpenTheOther(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		if _, _, err := p.SignInByLink(ctx, p.passwordLink(administrator), "", ""); !errors.Is(err, services.ErrGone) {
			t.Errorf("signed in with a link to set a password: %v", err)
		}
		if _, err := p.PasswordLink(ctx, p.signInLink(administrator)); !errors.Is(err, services.ErrGone) {
			t.Errorf("a link to sign in sets a password: %v", err)
		}
	})
}

// Attack: make an account with somebody's address by an invitation that was handed on, and wait for the owner to use it.
func TestWhoProvesAnAddressEndsWhatSomebodyElseMadeWithIt(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		person := modelstest.Unproven(t, p.store, "victim@example.com", "of the attacker’s")
		must(t, p.store.CreateSession(ctx, &models.Session{ID: "attacker", PersonID: person.ID, AccountID: person.AccountID, CreatedAt: p.clock.Now(),
			LastSeenAt: p.clock.Now(), ExpiresAt: p.clock.Now().Add(time.Hour)}))
		token, _, err := p.SignInByLink(ctx, p.signInLink(person.Email), "192.0.2.7", "")
		must(t, err)
		session, err := p.Session(ctx, token)
		if err != nil || session.Person.Unproven || session.Person.PasswordHash != "" {
			t.Errorf("the owner is %+v, %v", session.Person, err)
		}
		if _, err := p.store.SessionByID(ctx, "attacker"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the session that was there before lives on: %v", err)
		}
	})
}

// Attack: the same, and a second factor of the attacker's besides, which would ask the owner for codes they don't have.
func TestWhoProvesAnAddressEndsTheSecondFactorThatSomebodyElseSetUp(t *testing.T) {
	ways := map[string]func(p post, email string) (owner string, err error){
		"by a link to sign in": func(p post, email string) (string, error) {
			token, _, err := p.SignInByLink(context.Background(), p.signInLink(email), "192.0.2.7", "")
			return token, err
		},
		"by a link to set a password": func(p post, email string) (string, error) {
			n := services.NewPassword{Password: passphrase, Again: passphrase}
			if err := p.ResetPassword(context.Background(), p.passwordLink(email), n, "192.0.2.7"); err != nil {
				return "", err
			}
			token, _, err := p.SignIn(context.Background(), services.Credentials{Email: email, Password: passphrase, Address: "192.0.2.7"})
			return token, err
		},
	}
	for name, prove := range ways {
		t.Run(name, func(t *testing.T) {
			onPost(t, func(t *testing.T, p post) {
				ctx, email := context.Background(), "victim@example.com"
				attacker := p.joinedByCopiedLink(email)
				key, err := p.NewSecondFactor(attacker.Person, "")
				must(t, err)
				code, err := totp.GenerateCode(key.Secret, p.clock.Now())
				must(t, err)
				armed, err := p.TurnOnSecondFactor(ctx, attacker, services.FirstCode{Secret: key.Secret, Code: code, Password: passphrase, Address: "192.0.2.66"})
				must(t, err)

				token, err := prove(p, email)
				must(t, err)
				owner, err := p.Session(ctx, token)
				if err != nil || owner.Person.TOTPSecret != "" || owner.Person.Unproven {
					t.Errorf("the owner is %+v, %v", owner.Person, err)
				}
				if left, err := p.store.RecoveryCodesLeft(ctx, owner.Person.AccountID); err != nil || left != 0 {
					t.Errorf("%d recovery codes of the attacker’s are left, %v", left, err)
				}
				if _, err := p.Session(ctx, armed.Session); !errors.Is(err, models.ErrNotFound) {
					t.Errorf("the attacker is still signed in: %v", err)
				}
			})
		})
	}
}

// Attack: be in the middle of changing the account while its owner proves the address.
func TestASessionThatHasEndedRenewsNothing(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx, email := context.Background(), "victim@example.com"
		attacker := p.joinedByCopiedLink(email)
		must(t, p.EndAllSessions(ctx, attacker))
		key, err := p.NewSecondFactor(attacker.Person, "")
		must(t, err)
		code, err := totp.GenerateCode(key.Secret, p.clock.Now())
		must(t, err)
		_, err = p.TurnOnSecondFactor(ctx, attacker, services.FirstCode{Secret: key.Secret, Code: code, Password: passphrase, Address: "192.0.2.66"})
		if !errors.Is(err, services.ErrSignedOut) {
			t.Errorf("turned the second factor on: %v", err)
		}
		_, err = p.ChangePassword(ctx, attacker, services.PasswordChange{
			Present: passphrase, NewPassword: services.NewPassword{Password: passphrase + "!", Again: passphrase + "!"}, Address: "192.0.2.66"})
		if !errors.Is(err, services.ErrSignedOut) {
			t.Errorf("changed the password: %v", err)
		}
		person, err := p.store.PersonByAccount(ctx, attacker.Person.AccountID)
		if err != nil || person.TOTPSecret != "" || person.PasswordHash != attacker.Person.PasswordHash {
			t.Errorf("the account changed to %+v, %v", person, err)
		}
	})
}

// joinedByCopiedLink is the session of the person who makes the account of an address with a link that was handed on.
func (p post) joinedByCopiedLink(email string) services.Session {
	p.t.Helper()
	ctx := context.Background()
	p.invite(email)
	list, err := p.Invitations(ctx, p.admin, services.InvitationQuery{})
	must(p.t, err)
	copied, err := p.CopyInvitationLink(ctx, p.admin, list.Rows[0].ID)
	must(p.t, err)
	_, token, err := p.JoinWithAccount(ctx, path.Base(copied), services.NewAccount{Name: "Newcomer", Password: passphrase})
	must(p.t, err)
	session, err := p.Session(ctx, token)
	must(p.t, err)
	return session
}

func TestNothingStoredOpensALink(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		must(t, p.SendSignInLink(ctx, administrator, "192.0.2.7", "/o/acme"))
		for _, m := range p.claimAll() {
			if m.Data != `{"next":"/o/acme"}` || m.Recipient != administrator {
				t.Errorf("the row of the mail holds %+v", m)
			}
		}
		p.clock.Advance(6 * time.Minute)
		link := p.linkTo(administrator)
		if _, err := p.store.OneTimeLink(ctx, models.LinkSignIn, link); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the secret itself is what the row is found by: %v", err)
		}
	})
}

// claimAll takes the mails that are due, as a process does that ends before it sends them.
func (p post) claimAll() (claimed []models.Mail) {
	p.t.Helper()
	for {
		m, err := p.store.ClaimMail(context.Background(), p.clock.Now(), p.clock.Now().Add(5*time.Minute))
		if errors.Is(err, models.ErrNotFound) {
			return claimed
		}
		must(p.t, err)
		claimed = append(claimed, m)
	}
}
