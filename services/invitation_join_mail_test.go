package services_test

import (
	"context"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

// mailed is the secret of the last link in a mail to the address, after its path.
func (p post) mailed(to, path string) string {
	p.t.Helper()
	must(p.t, p.sendDue(p.worker(p.Console)))
	mails := p.server.MailsTo(to)
	if len(mails) == 0 {
		p.t.Fatalf("no mail arrived for %s", to)
	}
	_, secret, found := strings.Cut(mails[len(mails)-1].Link(), console+path)
	if !found {
		p.t.Fatalf("the mail links to %q", mails[len(mails)-1].Link())
	}
	return secret
}

// A link that went to an address and nowhere else proves that it is its reader's: the account has no doubts left, and a
// member without a password gets a first one.
func TestMailedLinkProvesTheAddress(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		apply(t, p.Console, `
version: 1
organization: {key: acme, name: Acme}
members: [{email: silent@example.com, name: Silent, groups: [users]}]
`, services.ApplyOptions{})
		for _, email := range []string{"new@example.com", "silent@example.com"} {
			p.invite(email)
			_, session, err := p.JoinWithAccount(ctx, p.mailed(email, "/join/"), services.NewAccount{Name: "Newcomer", Password: passphrase})
			if err != nil || session == "" {
				t.Fatalf("join as %s: %q, %v", email, session, err)
			}
			who, err := p.Session(ctx, session)
			if err != nil || who.Person.Unproven || who.Provider != services.ProviderPassword {
				t.Errorf("signed in as %+v, %v", who, err)
			}
		}
	})
}

func TestCopiedLinkProvesNothing(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		p.invite("new@example.com")
		list, err := p.Invitations(ctx, p.admin, services.InvitationQuery{})
		must(t, err)
		path, err := p.CopyInvitationLink(ctx, p.admin, list.Rows[0].ID)
		must(t, err)
		_, session, err := p.JoinWithAccount(ctx, strings.TrimPrefix(path, "/join/"), services.NewAccount{Name: "Newcomer", Password: passphrase})
		must(t, err)
		if who, err := p.Session(ctx, session); err != nil || !who.Person.Unproven {
			t.Errorf("signed in as %+v, %v", who, err)
		}
	})
}

// Somebody new joins with links by mail alone: the invitation names that provider, and they never have a password.
func TestSomebodyNewJoinsWithLinksByMail(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		_, err := p.Invite(ctx, p.admin, services.NewInvitations{
			Provider: services.ProviderEmailLink, Emails: []string{"new@example.com"}, Notify: true, Groups: []string{"users"},
		})
		must(t, err)
		invitation := p.mailed("new@example.com", "/join/")
		must(t, p.SendJoinLink(ctx, invitation, "192.0.2.1"))
		session, next, err := p.SignInByLink(ctx, p.mailed("new@example.com", services.SignInLinkPath), "192.0.2.1", "a browser")
		if err != nil || next != "/join" {
			t.Fatalf("sign in by the link: on to %q, %v", next, err)
		}
		who, err := p.Session(ctx, session)
		must(t, err)
		joined, err := p.AcceptByLink(ctx, who, invitation, "192.0.2.1")
		if err != nil || joined.State != models.InvitationAccepted {
			t.Errorf("joined %+v, %v", joined, err)
		}
		member, err := p.store.In(p.admin.Organization.ID).MemberByEmail(ctx, "new@example.com")
		if err != nil || member.Provider != string(services.ProviderEmailLink) {
			t.Errorf("the member is %+v, %v", member, err)
		}
	})
}

func TestInvitationThatWasRevokedIsNotMailed(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		p.invite("one@example.com")
		list, err := p.Invitations(ctx, p.admin, services.InvitationQuery{})
		must(t, err)
		_, err = p.RevokeInvitations(ctx, p.admin, list.Rows[0].ID)
		must(t, err)
		must(t, p.sendDue(p.worker(p.Console)))
		p.wantArrived(0, "one@example.com")
		p.wantOpen()
	})
}
