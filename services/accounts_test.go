package services_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// Attack: read from a copied link's page, or from its answer, whether the address has an account elsewhere.
func TestACopiedLinkSaysTheSameWhateverAccountsThereAre(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		known := modelstest.Person(t, p.store, "known@example.com")
		must(t, p.store.SetPassword(ctx, known.AccountID, "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false))
		for _, email := range []string{"known@example.com", "unknown@example.com"} {
			_, link := p.invited("leader", email, "readers")
			joining, err := p.Joining(ctx, link)
			if err != nil || joining.Account != services.AccountBeside {
				t.Errorf("%s: the page offers %q, %v", email, joining.Account, err)
			}
			_, token, err := p.JoinWithAccount(ctx, link, services.NewAccount{Name: "Typed", Password: passphrase, Address: "192.0.2.66"})
			must(t, err)
			who, err := p.Session(ctx, token)
			must(t, err)
			if !who.Person.Unproven || who.Person.Name != "Typed" {
				t.Errorf("%s: signed in as %+v", email, who.Person)
			}
			if by, err := p.Identify(ctx, who, "acme", ""); err != nil || by.Name() != "Typed" {
				t.Errorf("%s enters as %q, %v", email, by.Name(), err)
			}
			if member, err := p.scope().MemberByEmail(ctx, email); err != nil || member.Name != "Typed" {
				t.Errorf("%s is listed as %+v, %v", email, member, err)
			}
		}
		if owner, err := p.store.PersonByEmail(ctx, known.Email); err != nil || owner.AccountID != known.AccountID || owner.Name != "known" || owner.PasswordHash == "" {
			t.Errorf("the owner’s account is %+v, %v", owner, err)
		}
	})
}

// Attack: somebody who may invite into a small group has an administrator of their own organization invited, and comes in with
// the link as that administrator.
func TestACopiedLinkOpensNoMembershipThatItsInviterCouldNotGive(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		email := "administrator@example.com"
		_, link := p.invited("leader", email, "readers")
		joining, err := p.Joining(ctx, link)
		if err != nil || joining.Account != services.AccountMember {
			t.Errorf("the page offers %q, %v", joining.Account, err)
		}
		_, session, err := p.JoinWithAccount(ctx, link, services.NewAccount{Name: "Attacker", Password: passphrase, Address: "192.0.2.66"})
		if !errors.Is(err, services.ErrHasAccount) || session != "" {
			t.Errorf("made an account beside a member’s: %q, %v", session, err)
		}
		person, err := p.store.PersonByEmail(ctx, email)
		must(t, err)
		made := models.Account{PersonID: person.ID, Name: "Attacker", PasswordHash: "a hash", CreatedAt: p.clock.Now()} // by a link of elsewhere
		must(t, p.store.CreateAccount(ctx, &made))
		attacker, err := p.store.PersonByAccount(ctx, made.ID)
		must(t, err)
		who := services.Session{Person: attacker, Provider: services.ProviderPassword}
		if _, err := p.AcceptByLink(ctx, who, link, "192.0.2.66"); !errors.Is(err, services.ErrUnproven) {
			t.Errorf("accepted in the member’s name: %v", err)
		}
		if _, err := p.Identify(ctx, who, "acme", ""); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("came in as the administrator: %v", err)
		}
	})
}

func TestRenamingAnAccountThatProvesNothingRenamesNobodyElsewhere(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, email := context.Background(), "chief@example.com"
		apply(t, p.Console, `
version: 1
organization: {key: other, name: Other}
members: [{email: chief@example.com, name: Chief, groups: [administrators]}]
`, services.ApplyOptions{})
		_, link := p.invited("leader", email, "readers")
		_, token, err := p.JoinWithAccount(ctx, link, services.NewAccount{Name: "Typed", Password: passphrase, Address: "192.0.2.66"})
		must(t, err)
		who, err := p.Session(ctx, token)
		must(t, err)
		must(t, p.RenameSelf(ctx, who, "Renamed", "192.0.2.66"))
		for key, want := range map[string]string{"acme": "Renamed", "other": "Chief"} {
			if m, err := scopeOf(t, p.store, key).MemberByEmail(ctx, email); err != nil || m.Name != want {
				t.Errorf("in %s the member is %+v, %v; want %q", key, m, err, want)
			}
		}
		if person, err := p.store.PersonByEmail(ctx, email); err != nil || person.Name != "Chief" {
			t.Errorf("the person is %+v, %v", person, err)
		}
	})
}

// Attack: fill an address with accounts, so that each sign-in costs more or its owner finds no room.
func TestAnAddressHasSoManyAccountsWithoutProofAndNoMore(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, email := context.Background(), "chief@example.com"
		_, link := p.invited("leader", email, "readers")
		person := models.Person{Email: email, CreatedAt: p.clock.Now()}
		must(t, p.store.CreatePerson(ctx, &person))
		fill := func(opens bool) {
			for i := range 8 {
				a := models.Account{PersonID: person.ID, Name: fmt.Sprint(i), CreatedAt: p.clock.Now()}
				must(t, p.store.CreateAccount(ctx, &a))
				if !opens {
					continue
				}
				org := modelstest.Organization(t, p.store, fmt.Sprintf("org-%d", i))
				modelstest.Group(t, org, "team", nil, person)
				must(t, org.LetIn(ctx, models.Person{ID: person.ID, AccountID: a.ID, Email: email}, p.clock.Now()))
			}
		}
		fill(true)
		n := services.NewAccount{Name: "Chief", Password: passphrase, Address: "192.0.2.66"}
		if _, _, err := p.JoinWithAccount(ctx, link, n); !errors.Is(err, services.ErrTooManyAccounts) {
			t.Errorf("a ninth account: %v", err)
		}
		_, err := p.store.ProveEmail(ctx, person.ID)
		must(t, err)
		fill(false)
		if _, _, err := p.JoinWithAccount(ctx, link, n); err != nil {
			t.Errorf("accounts that open nothing are in the way: %v", err)
		}
	})
}

// Posting to a void invitation ends it as void, whatever else is wrong with the request: the inviter gets back what they
// lacked, and it must not be acceptable again.
func TestPostingToAVoidInvitationEndsIt(t *testing.T) {
	for name, try := range map[string]func(p inviting, link string, id models.InvitationID) error{
		"a weak password": func(p inviting, link string, _ models.InvitationID) error {
			_, _, err := p.JoinWithAccount(context.Background(), link, services.NewAccount{Name: "", Password: "short"})
			return err
		},
		"the wrong person": func(p inviting, link string, _ models.InvitationID) error {
			_, err := p.AcceptByLink(context.Background(), p.signedIn("viewer", services.ProviderPassword), link, "")
			return err
		},
		"nobody": func(p inviting, link string, _ models.InvitationID) error {
			_, err := p.AcceptByLink(context.Background(), services.Session{}, link, "")
			return err
		},
		"the wrong provider": func(p inviting, link string, _ models.InvitationID) error {
			_, err := p.AcceptByLink(context.Background(), p.signedIn("new", services.ProviderEmailLink), link, "")
			return err
		},
		"their own, with an account that proves nothing": func(p inviting, _ string, id models.InvitationID) error {
			person := modelstest.Unproven(p.t, p.store, "new@example.com", "a hash")
			_, err := p.AcceptOwn(context.Background(), services.Session{Person: person, Provider: services.ProviderPassword}, id, "")
			return err
		},
		"a form while signed in": func(p inviting, link string, _ models.InvitationID) error {
			return p.SettleInvitation(context.Background(), link, "")
		},
		"a link by mail": func(p inviting, link string, _ models.InvitationID) error {
			if err := p.SendJoinLink(context.Background(), link, ""); !errors.Is(err, services.ErrInvitationEnded) {
				return fmt.Errorf("sent: %w", err)
			}
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			onInviting(t, func(t *testing.T, p inviting) {
				ctx := context.Background()
				i, link := p.invited("leader", "new@example.com", "auditors")
				p.grant("leads", "organization/groups", "view")
				for range 2 { // opening it ends nothing
					seen, err := p.Joining(ctx, link)
					if err != nil || seen.State != "" || seen.Standing.Reason != services.ReasonInviterRights {
						t.Fatalf("the page says %+v, %v", seen.Standing, err)
					}
				}
				must(t, try(p, link, i.ID))
				p.grant("leads", "organization/groups", "edit")
				after, err := p.scope().Invitation(ctx, i.ID)
				if err != nil || after.Outcome != models.InvitationVoid || after.Reason != services.ReasonInviterRights {
					t.Errorf("the invitation is %+v, %v", after, err)
				}
				recorded := false
				for _, a := range activities(t, p.store) {
					recorded = recorded || a.Operation == "invitation.voided"
				}
				if !recorded {
					t.Error("nothing is recorded")
				}
			})
		})
	}
}
