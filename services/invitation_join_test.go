package services_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
)

// An invitation is worth what its inviter could do at the moment at which it is accepted (R7), and says what is missing.
func TestInvitationIsJudgedByWhatTheInviterMayDoNow(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct {
		name   string
		since  func(p inviting) // happens between inviting and accepting
		reason services.Standing
	}{
		{"the inviter left", func(p inviting) {
			must(p.t, p.leaves("leader"))
		}, services.Standing{Reason: services.ReasonInviterLeft}},
		{"the inviter lost Edit on the group", func(p inviting) {
			p.grant("leads", "organization/groups", "view")
		}, services.Standing{Reason: services.ReasonInviterRights, Group: "Auditors"}},
		{"the group holds more than the inviter by now", func(p inviting) {
			p.grant("readers", "content/sources", "edit")
		}, services.Standing{Reason: services.ReasonInviterRights, Group: "Readers"}},
		{"the inviter may no longer enter", func(p inviting) {
			p.grant("leads", "organization/organization", "none")
		}, services.Standing{Reason: services.ReasonInviterLeft}},
	} {
		t.Run(c.name, func(t *testing.T) {
			onInviting(t, func(t *testing.T, p inviting) {
				i, token := p.invited("leader", "new@example.com", "readers", "auditors")
				c.since(p)
				p.wantRevocableAlone(i.ID, c.reason)
				seen, err := p.Joining(ctx, token)
				if err != nil || seen.Standing != c.reason {
					t.Errorf("the page says %+v, %v; want %+v", seen.Standing, err, c.reason)
				}
				joined, err := p.AcceptByLink(ctx, p.signedIn("new", services.ProviderPassword), token, "")
				if err != nil || joined.State != models.InvitationVoid || joined.Standing != c.reason {
					t.Errorf("accepting: %+v, %v; want %+v", joined, err, c.reason)
				}
				p.wantNoMember("new")
				after, err := p.scope().Invitation(ctx, i.ID)
				if err != nil || after.Outcome != models.InvitationVoid || after.Reason != c.reason.Reason {
					t.Errorf("the invitation is %+v, %v", after, err)
				}
			})
		})
	}
}

// wantRevocableAlone holds that nobody sends, copies or extends an invitation that is void as it stands.
func (p inviting) wantRevocableAlone(id models.InvitationID, why services.Standing) {
	p.t.Helper()
	ctx, admin := context.Background(), p.by("administrator")
	for name, do := range map[string]func() error{
		"resend": func() error { _, err := p.ResendInvitation(ctx, admin, id); return err },
		"copy":   func() error { _, err := p.CopyInvitationLink(ctx, admin, id); return err },
		"extend": func() error { _, err := p.ExtendInvitation(ctx, admin, id); return err },
	} {
		var void services.VoidInvitation
		if err := do(); !errors.As(err, &void) || void.Standing != why {
			p.t.Errorf("%s: %v, want %+v", name, err, why)
		}
	}
}

func (p inviting) leaves(name string) error {
	_, err := p.RemoveFromOrganization(context.Background(), p.by("administrator"), p.member(name).ID)
	return err
}

func (p inviting) wantNoMember(name string) {
	p.t.Helper()
	if m, err := p.scope().MemberByEmail(context.Background(), name+"@example.com"); !errors.Is(err, models.ErrNotFound) {
		p.t.Errorf("%s is a member: %+v, %v", name, m, err)
	}
}

// grant sets one level of a group.
func (p inviting) grant(group, domain, level string) {
	p.t.Helper()
	ctx := context.Background()
	admin := p.by("administrator")
	g, err := p.Group(ctx, admin, group)
	must(p.t, err)
	err = setPrivileges(ctx, p.Console, admin, group, g.Revision, services.PrivilegeChoices{key(domain): {Level: parsed(p.t, level)}})
	must(p.t, err)
}

func TestDeletedGroupTakesItsInvitationsAlong(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		admin := p.by("administrator")
		only, lost := p.invited("leader", "one@example.com", "auditors")
		_, kept := p.invited("leader", "two@example.com", "auditors", "readers")
		_, err := p.DeleteGroup(ctx, admin, "auditors")
		must(t, err)
		again, err := p.AddGroup(ctx, admin, services.NewGroup{Name: "Auditors"})
		must(t, err)
		if again != "auditors" {
			t.Fatalf("the new group’s key is %q", again)
		}
		joined, err := p.AcceptByLink(ctx, p.signedIn("one", services.ProviderPassword), lost, "")
		if err != nil || joined.State != models.InvitationVoid {
			t.Errorf("into the deleted group: %+v, %v", joined, err)
		}
		p.wantNoMember("one")
		if after, err := p.scope().Invitation(ctx, only.ID); err != nil || after.Reason != models.ReasonGroupDeleted {
			t.Errorf("the invitation is %+v, %v", after, err)
		}
		joined, err = p.AcceptByLink(ctx, p.signedIn("two", services.ProviderPassword), kept, "")
		if err != nil || joined.State != models.InvitationAccepted {
			t.Errorf("into the other group: %+v, %v", joined, err)
		}
		p.wantGroups("two", "readers")
	})
}

func TestMemberIsBoundToTheProviderOfTheInvitation(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		_, token := p.invited("leader", "new@example.com", "readers")
		var wrong services.WrongProvider
		_, err := p.AcceptByLink(ctx, p.signedIn("new", services.ProviderEmailLink), token, "")
		if !errors.As(err, &wrong) || wrong.Wanted != services.ProviderPassword {
			t.Errorf("with another provider: %v", err)
		}
		results, err := p.Invite(ctx, p.by("leader"), services.NewInvitations{
			Provider: services.ProviderAny, Emails: []string{"any@example.com"}, Groups: []string{"readers"},
		})
		must(t, err)
		_, err = p.AcceptByLink(ctx, p.signedIn("any", services.ProviderEmailLink), strings.TrimPrefix(results[0].Link, "/join/"), "")
		must(t, err)
		if got := p.member("any").Provider; got != string(services.ProviderEmailLink) {
			t.Errorf("Any listed binds to %q", got)
		}
		_, token = p.invited("leader", "any@example.com", "auditors")
		if _, err = p.AcceptByLink(ctx, p.signedIn("any", services.ProviderPassword), token, ""); !errors.As(err, &wrong) {
			t.Errorf("a member with another provider than theirs: %v", err)
		}
		_, err = p.AcceptByLink(ctx, p.signedIn("any", services.ProviderEmailLink), token, "")
		must(t, err)
		p.wantGroups("any", "auditors", "readers")
	})
}

func TestOnlyTheInvitedPersonAccepts(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		_, token := p.invited("leader", "new@example.com", "readers")
		var wrong services.WrongPerson
		_, err := p.AcceptByLink(context.Background(), p.signedIn("viewer", services.ProviderPassword), token, "")
		if !errors.As(err, &wrong) || wrong.For != "n•••@e•••.com" {
			t.Errorf("somebody else: %v", err)
		}
	})
}

// An invitation that is accepted by somebody who is in the group already adds nothing twice, and ends.
func TestAcceptingTwiceOverAddsNothingTwice(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		_, token := p.invited("leader", "new@example.com", "readers")
		_, other := p.invited("leader", "new@example.com", "auditors")
		_, err := p.AcceptByLink(ctx, p.signedIn("new", services.ProviderPassword), token, "")
		must(t, err)
		soon := p.clock.Now().Add(time.Hour)
		_, err = p.AddMember(ctx, p.by("leader"), "auditors", services.NewMembership{Email: "new@example.com", Until: &soon})
		must(t, err)
		joined, err := p.AcceptByLink(ctx, p.signedIn("new", services.ProviderPassword), other, "")
		if err != nil || joined.State != models.InvitationAccepted || len(joined.Groups) > 0 {
			t.Errorf("joined %+v, %v", joined, err)
		}
		p.wantGroups("new", "auditors for 1h0m0s", "readers")
	})
}

// Attack: have the console flood somebody with mail.
func TestInvitationsByMailAreThrottled(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, c, leader := context.Background(), mailing(p.store, p.clock), p.by("leader")
		form := services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{"victim@example.com"}, Notify: true, Groups: []string{"readers"}}
		var last models.Invitation
		for range 5 {
			results, err := c.Invite(ctx, leader, form)
			must(t, err)
			if results[0].Outcome != services.Invited || results[0].Link != "" {
				t.Fatalf("got %+v", results)
			}
			last = results[0].Invitation
			_, err = c.RevokeInvitations(ctx, leader, last.ID)
			must(t, err)
		}
		if results, err := c.Invite(ctx, leader, form); err != nil || results[0].Outcome != services.TooManyMails {
			t.Errorf("the sixth mail of a day: %+v, %v", results, err)
		}
		form.Notify = false
		if results, err := c.Invite(ctx, leader, form); err != nil || results[0].Outcome != services.Invited {
			t.Errorf("without a mail: %+v, %v", results, err)
		}
	})
}

func TestEachResendWaitsLonger(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, c, leader := context.Background(), mailing(p.store, p.clock), p.by("leader")
		i, _ := p.invited("leader", "new@example.com", "readers")
		if _, err := p.ResendInvitation(ctx, leader, i.ID); !errors.Is(err, services.ErrNoMail) {
			t.Errorf("without a mail server: %v", err)
		}
		var waits []time.Duration
		for range 4 {
			_, err := c.ResendInvitation(ctx, leader, i.ID)
			must(t, err)
			var soon services.Soon
			if _, err := c.ResendInvitation(ctx, leader, i.ID); !errors.As(err, &soon) {
				t.Fatalf("at once: %v", err)
			}
			waits = append(waits, soon.Wait)
			p.clock.Advance(soon.Wait)
		}
		if want := []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute}; !slices.Equal(waits, want) {
			t.Errorf("waits %v, want %v", waits, want)
		}
	})
}

func TestCopyingExtendingAndRevokingActOnPendingInvitations(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, leader := context.Background(), p.by("leader")
		i, token := p.invited("leader", "new@example.com", "readers")
		path, err := p.CopyInvitationLink(ctx, leader, i.ID)
		must(t, err)
		for _, secret := range []string{token, strings.TrimPrefix(path, "/join/")} {
			if seen, err := p.Joining(ctx, secret); err != nil || seen.ID != i.ID {
				t.Errorf("a link leads to %+v, %v", seen.Invitation, err)
			}
		}
		p.clock.Advance(time.Hour)
		extended, err := p.ExtendInvitation(ctx, leader, i.ID)
		if err != nil || !extended.ExpiresAt.Equal(p.clock.Now().Add(services.InvitationLife)) {
			t.Errorf("extended to %s, %v", extended.ExpiresAt, err)
		}
		var high services.TooHigh
		p.grant("readers", "content/sources", "edit")
		if _, err := p.CopyInvitationLink(ctx, leader, i.ID); !errors.As(err, &high) {
			t.Errorf("a link to more than one’s own: %v", err)
		}
		if n, err := p.RevokeInvitations(ctx, leader, i.ID, i.ID); err != nil || n != 1 {
			t.Errorf("revoked %d, %v", n, err)
		}
		if _, err := p.ExtendInvitation(ctx, p.by("administrator"), i.ID); !errors.Is(err, services.ErrInvitationEnded) {
			t.Errorf("extending what was revoked: %v", err)
		}
	})
}

// Attack: numbers and lists of invitations without view on groups (R15).
func TestInvitationsTakeViewOnGroups(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, other := context.Background(), p.by("other")
		i, _ := p.invited("leader", "new@example.com", "readers")
		var forbidden services.Forbidden
		for name, ask := range map[string]func() error{
			"list":           func() error { _, err := p.Invitations(ctx, other, services.InvitationQuery{}); return err },
			"list of group":  func() error { _, err := p.GroupInvitations(ctx, other, "readers", models.Page{}); return err },
			"one":            func() error { _, err := p.Invitation(ctx, other, i.ID); return err },
			"one of nowhere": func() error { _, err := p.Invitation(ctx, other, i.ID+99); return err },
			"copy":           func() error { _, err := p.CopyInvitationLink(ctx, other, i.ID); return err },
			"revoke":         func() error { _, err := p.RevokeInvitations(ctx, other, i.ID+99); return err },
		} {
			if err := ask(); !errors.As(err, &forbidden) || forbidden.Need != services.ViewGroups {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := p.RevokeInvitations(ctx, p.by("viewer"), i.ID); !errors.As(err, &forbidden) || forbidden.Need != services.EditGroup {
			t.Errorf("revoking without Edit: %v", err)
		}
	})
}

// Attack: lines of a mail's head in a name, which the subject of the invitation repeats.
func TestNamesOfJoinersHaveNoLineBreaks(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		_, token := p.invited("leader", "new@example.com", "readers")
		var wrong services.Invalid
		_, _, err := p.JoinWithAccount(context.Background(), token, services.NewAccount{
			Name: "New\r\nBcc: victim@example.com", Password: passphrase,
		})
		if !errors.As(err, &wrong) || wrong.Text("Name") == "" {
			t.Errorf("got %v", err)
		}
	})
}

// Many send the form that makes an account for the same invitation: one account, one session, one membership.
func TestManyWhoMakeAnAccountAtOnceMakeOne(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		_, token := p.invited("leader", "new@example.com", "readers")
		sessions := make(chan string, 20)
		for range cap(sessions) {
			go func() {
				_, session, err := p.JoinWithAccount(context.Background(), token, services.NewAccount{Name: "New", Password: passphrase})
				if err != nil && !errors.Is(err, services.ErrHasAccount) {
					t.Error(err)
				}
				sessions <- session
			}()
		}
		began := 0
		for range cap(sessions) {
			if <-sessions != "" {
				began++
			}
		}
		if began != 1 {
			t.Errorf("%d sessions began, want 1", began)
		}
		p.wantGroups("new", "readers")
	})
}

func key(domain string) access.DomainKey { return access.DomainKey(domain) }

func parsed(t *testing.T, level string) access.Level {
	t.Helper()
	l, err := access.ParseLevel(level)
	must(t, err)
	return l
}
