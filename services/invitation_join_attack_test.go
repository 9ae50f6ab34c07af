package services_test

import (
	"context"
	"errors"
	"testing"

	"github.com/pquerna/otp/totp"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// arm gives somebody without a password a second factor.
func (p post) arm(person models.Person) {
	p.t.Helper()
	key, err := p.NewSecondFactor(person, "")
	must(p.t, err)
	code, err := totp.GenerateCode(key.Secret, p.clock.Now())
	must(p.t, err)
	token, _, err := p.SignInByLink(context.Background(), p.signInLink(person.Email), "192.0.2.1", "")
	must(p.t, err)
	session, err := p.Session(context.Background(), token)
	must(p.t, err)
	_, err = p.TurnOnSecondFactor(context.Background(), session, services.FirstCode{Secret: key.Secret, Code: code, Address: "192.0.2.1"})
	must(p.t, err)
}

// Attack: read the mail of somebody who signs in with links and a second factor, have them invited anywhere, and set a
// first password with the invitation's link, which would begin a session without a code.
func TestAnInvitationDoesNotGoPastTheSecondFactor(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		victim := modelstest.Person(t, p.store, "victim@example.com")
		p.arm(victim)
		p.invite(victim.Email)
		token := p.linkTo(victim.Email)
		joining, err := p.Joining(ctx, token)
		if err != nil || joining.Account != services.AccountClosed {
			t.Errorf("the page offers %q, %v", joining.Account, err)
		}
		_, session, err := p.JoinWithAccount(ctx, token, services.NewAccount{Name: "Attacker", Password: passphrase, Address: "192.0.2.66"})
		if !errors.Is(err, services.ErrHasAccount) || session != "" {
			t.Errorf("joined past the second factor: %q, %v", session, err)
		}
		after, err := p.store.PersonByEmail(ctx, victim.Email)
		if err != nil || after.PasswordHash != "" || after.Name != victim.Name {
			t.Errorf("the victim is %+v, %v", after, err)
		}
	})
}

// Attack: send the form at the very moment at which the invitation runs out, while somebody extends it.
func TestAnInvitationThatIsExtendedMeanwhileMakesNoAccountWithoutAPassword(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		i, link := p.invited("leader", "new@example.com", "readers")
		c, by := interrupted(p.store, p.clock)
		p.clock.Advance(services.InvitationLife)
		*by = func() { // the invitation was read, is judged as of now, when it has run out, and the change is yet to begin
			must(t, p.store.Change(ctx, i.OrganizationID, func(tx *models.Scope) error {
				return tx.ExtendInvitation(ctx, i.ID, i.Revision, p.clock.Now().Add(services.InvitationLife))
			}))
		}
		_, session, err := c.JoinWithAccount(ctx, link, services.NewAccount{Name: "Newcomer", Password: "short", Address: "192.0.2.66"})
		if !errors.Is(err, services.ErrInvitationEnded) || session != "" {
			t.Errorf("joined with a password that nobody looked at: %q, %v", session, err)
		}
		p.wantNoMember("new")
	})
}
