package services_test

import (
	"context"
	"strings"
	"time"

	"bailiwick/services"
)

// invitations are every way that an invitation goes, for the last time with a group that is deleted.
func (l *life) invitations(ctx context.Context) {
	resent := l.invite(ctx, "resent@example.com")
	_, err := mailing(l.store, l.clock).ResendInvitation(ctx, l.admin, resent.Invitation.ID)
	must(l, err)
	copied, err := l.c.CopyInvitationLink(ctx, l.admin, resent.Invitation.ID)
	must(l, err)
	l.secrets = append(l.secrets, strings.TrimPrefix(copied, "/join/"))
	_, err = l.c.ExtendInvitation(ctx, l.admin, resent.Invitation.ID)
	must(l, err)
	_, err = l.c.RevokeInvitations(ctx, l.admin, resent.Invitation.ID)
	must(l, err)
	_, err = l.c.DeclineByLink(ctx, l.secretOf(l.invite(ctx, "declines@example.com")), "192.0.2.9")
	must(l, err)
	_, session, err := l.c.JoinWithAccount(ctx, l.secretOf(l.invite(ctx, "joins@example.com")),
		services.NewAccount{Name: "Joiner", Password: passphrase, Address: "192.0.2.9"})
	must(l, err)
	l.secrets = append(l.secrets, session)
	joiner, err := l.store.In(l.admin.Organization.ID).MemberByEmail(ctx, "joins@example.com")
	must(l, err)
	_, err = l.c.SuspendMember(ctx, l.admin, joiner.ID) // and stays suspended
	must(l, err)
	l.invite(ctx, "late@example.com")
	ran := l.invite(ctx, "renewed@example.com")
	l.clock.Advance(services.InvitationLife)
	must(l, l.c.EndExpired(ctx))
	renewed, err := l.c.RenewInvitation(ctx, l.admin, ran.Invitation.ID, false)
	must(l, err)
	l.secretOf(renewed)
	_, err = l.c.AddGroup(ctx, l.admin, services.NewGroup{Name: "Passing"})
	must(l, err)
	l.invite(ctx, "nowhere@example.com", "passing")
	_, err = l.c.DeleteGroup(ctx, l.admin, "passing")
	must(l, err)
	l.clock.Advance(time.Minute)
}

func (l *life) invite(ctx context.Context, email string, groups ...string) services.InviteResult {
	l.Helper()
	if groups == nil {
		groups = []string{"editors-copy"}
	}
	results, err := l.c.Invite(ctx, l.admin, services.NewInvitations{
		Provider: services.ProviderAny, Emails: []string{email}, Groups: groups,
	})
	must(l, err)
	if len(results) != 1 || results[0].Outcome != services.Invited {
		l.Fatalf("not invited: %+v", results)
	}
	l.secretOf(results[0])
	return results[0]
}

// secretOf is the secret of the link of an invitation, which must not stand in the record.
func (l *life) secretOf(r services.InviteResult) string {
	secret := strings.TrimPrefix(r.Link, "/join/")
	l.secrets = append(l.secrets, secret)
	return secret
}
