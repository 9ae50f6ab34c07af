package services_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// inviting is an organization with five free seats, whose leader may invite into three groups.
type inviting struct{ people }

func onInviting(t *testing.T, body func(t *testing.T, p inviting)) {
	t.Helper()
	seated := strings.Replace(modelstest.LeadsFile, "name: Acme}", "name: Acme, seats: 11}", 1)
	onConsoleWith(t, applied(seated), func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		body(t, inviting{people{c, t, store, clock}})
	})
}

// invite invites into groups and says what became of each address. They stand in one text, apart by commas and the like.
func (p inviting) invite(by, emails string, groups ...string) ([]services.InviteResult, error) {
	p.t.Helper()
	return p.Invite(context.Background(), p.by(by), services.NewInvitations{
		Provider: services.ProviderPassword, Emails: strings.FieldsFunc(emails, func(r rune) bool { return strings.ContainsRune(",;\n", r) }), Notify: true, Groups: groups,
	})
}

// invited is the one invitation that must come of it, with the secret of its link.
func (p inviting) invited(by, email string, groups ...string) (models.Invitation, string) {
	p.t.Helper()
	results, err := p.invite(by, email, groups...)
	must(p.t, err)
	if len(results) != 1 || results[0].Outcome != services.Invited || results[0].Link == "" {
		p.t.Fatalf("not invited: %+v", results)
	}
	return results[0].Invitation, strings.TrimPrefix(results[0].Link, "/join/")
}

// signedIn is a session of somebody, perhaps new.
func (p inviting) signedIn(name string, with services.Provider) services.Session {
	p.t.Helper()
	email := name + "@example.com"
	if _, err := p.store.PersonByEmail(context.Background(), email); errors.Is(err, models.ErrNotFound) {
		modelstest.Person(p.t, p.store, email)
	}
	person := modelstest.Proven(p.t, p.store, email)
	return services.Session{Person: person, Provider: with}
}

func outcomes(results []services.InviteResult) string {
	var all []string
	for _, r := range results {
		all = append(all, fmt.Sprintf("%s: %s", r.Typed, r.Outcome))
	}
	return strings.Join(all, "; ")
}

func TestEachAddressIsJudgedByItself(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		p.invited("leader", "open@example.com", "readers")
		got, err := p.invite("leader",
			"New@Example.com, new@example.com;john.smith@example.com\r\nopen@example.com\nnot an address\n\n<x@example.com>", "readers")
		must(t, err)
		want := "New@Example.com: invited; john.smith@example.com: member-already; open@example.com: open-already; " +
			"not an address: no-address; <x@example.com>: no-address"
		if outcomes(got) != want {
			t.Errorf("got %s\nwant %s", outcomes(got), want)
		}
		if len(got) > 2 && got[2].Invitation.Email != "open@example.com" {
			t.Errorf("the open invitation is %+v", got[2].Invitation)
		}
	})
}

func TestInvitationTakesASeat(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		got, err := p.invite("leader", "a@example.com,b@example.com,c@example.com,d@example.com,e@example.com,f@example.com,leader@example.com", "readers")
		must(t, err)
		if want := "f@example.com: no-seat; leader@example.com: invited"; !strings.HasSuffix(outcomes(got), want) {
			t.Errorf("got %s, want at the end %s", outcomes(got), want)
		}
		got, err = p.invite("leader", "a@example.com; g@example.com", "auditors")
		must(t, err)
		if want := "a@example.com: invited; g@example.com: no-seat"; outcomes(got) != want {
			t.Errorf("of somebody who has a seat already: got %s, want %s", outcomes(got), want)
		}
		_, err = p.RevokeInvitations(context.Background(), p.by("leader"), 1)
		must(t, err)
		if got, err = p.invite("leader", "g@example.com", "readers"); err != nil || outcomes(got) != "g@example.com: no-seat" {
			t.Errorf("while another invitation holds the seat: %s, %v", outcomes(got), err)
		}
		p.clock.Advance(services.InvitationLife)
		if got, err = p.invite("leader", "g@example.com", "readers"); err != nil || outcomes(got) != "g@example.com: invited" {
			t.Errorf("after all ran out: %s, %v", outcomes(got), err)
		}
	})
}

func TestNobodyInvitesBeyondTheirOwn(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		var high services.TooHigh
		if _, err := p.invite("leader", "a@example.com", "readers", "webmasters"); !errors.As(err, &high) {
			t.Errorf("into a group that holds more: %v", err)
		}
		var forbidden services.Forbidden
		if _, err := p.invite("viewer", "a@example.com", "readers"); !errors.As(err, &forbidden) || forbidden.Need != services.EditGroup {
			t.Errorf("into a group that may only be viewed: %v", err)
		}
		if _, err := p.invite("other", "a@example.com", "no-such-group"); !errors.As(err, &forbidden) || forbidden.Need != services.ViewGroups {
			t.Errorf("without view on groups: %v", err)
		}
		if _, err := p.invite("leader", "a@example.com", "no-such-group"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("into a group that is none: %v", err)
		}
		var confirm services.NeedsConfirmation
		if _, err := p.invite("administrator", "a@example.com", "administrators"); !errors.As(err, &confirm) {
			t.Errorf("administrators without confirmation: %v", err)
		}
		if _, err := p.Invite(context.Background(), p.Operator(p.by("administrator").Organization),
			services.NewInvitations{Provider: services.ProviderAny, Emails: []string{"a@example.com"}, Groups: []string{"readers"}}); !errors.As(err, &forbidden) {
			t.Errorf("by the operator, whom nobody can judge later: %v", err)
		}
	})
}

func TestProviderOfAnInvitationMustBeOneThatWorks(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		for _, provider := range []services.Provider{"", "carrier-pigeon", services.ProviderEmailLink} {
			var wrong services.Invalid
			_, err := p.Invite(context.Background(), p.by("leader"), services.NewInvitations{
				Provider: provider, Emails: []string{"new@example.com"}, Groups: []string{"readers"},
			})
			if !errors.As(err, &wrong) || wrong.Text("Provider") == "" {
				t.Errorf("%q without a mail server: %v", provider, err)
			}
		}
	})
}

func TestAcceptingMakesAMember(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		_, token := p.invited("leader", "new@example.com", "readers", "auditors")
		joined, err := p.AcceptByLink(ctx, p.signedIn("new", services.ProviderPassword), token, "")
		must(t, err)
		if joined.State != models.InvitationAccepted || len(joined.Groups) != 2 {
			t.Errorf("joined %+v", joined)
		}
		p.wantGroups("new", "auditors", "readers")
		if again, err := p.AcceptByLink(ctx, p.signedIn("new", services.ProviderPassword), token, ""); err != nil || again.State != models.InvitationAccepted || len(again.Groups) > 0 {
			t.Errorf("again: %+v, %v", again, err)
		}
	})
}

func TestFiftyWhoAcceptAtOnceMakeOneMembershipAndOneActivity(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		_, token := p.invited("leader", "new@example.com", "readers")
		who := p.signedIn("new", services.ProviderPassword)
		var all sync.WaitGroup
		entered := make(chan int, 50)
		for range cap(entered) {
			all.Go(func() {
				joined, err := p.AcceptByLink(ctx, who, token, "")
				if err != nil || joined.State != models.InvitationAccepted {
					t.Errorf("joined %+v, %v", joined, err)
				}
				entered <- len(joined.Groups)
			})
		}
		all.Wait()
		close(entered)
		groups := 0
		for n := range entered {
			groups += n
		}
		if groups != 1 {
			t.Errorf("%d of them entered a group, want 1", groups)
		}
		p.wantGroups("new", "readers")
		if n := p.recorded("invitation.accepted"); n != 1 {
			t.Errorf("%d activities, want 1", n)
		}
	})
}

// What became of an invitation stays what became of it: that its inviter leaves afterwards makes it neither void nor an error.
func TestInvitationThatHasEndedIsNotJudgedAgain(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		_, accepted := p.invited("leader", "new@example.com", "readers")
		who := p.signedIn("new", services.ProviderPassword)
		if joined, err := p.AcceptByLink(ctx, who, accepted, ""); err != nil || joined.State != models.InvitationAccepted {
			t.Fatalf("joined %+v, %v", joined, err)
		}
		_, late := p.invited("leader", "late@example.com", "readers")
		must(t, p.leaves("leader"))
		if joined, err := p.AcceptByLink(ctx, who, accepted, ""); err != nil || joined.State != models.InvitationAccepted {
			t.Errorf("accepted again: %+v, %v", joined, err)
		}
		p.clock.Advance(services.InvitationLife)
		if joined, err := p.AcceptByLink(ctx, p.signedIn("late", services.ProviderPassword), late, ""); err != nil || joined.State != models.InvitationExpired {
			t.Errorf("accepted at its end: %+v, %v", joined, err)
		}
		if n := p.recorded("invitation.voided"); n != 0 {
			t.Errorf("%d activities of a void invitation, want none", n)
		}
	})
}

// recorded is how often an operation is in the record.
func (p inviting) recorded(operation models.Operation) int {
	p.t.Helper()
	all, err := p.scope().Activities(context.Background(), models.ActivityFilter{Page: models.Page{Limit: 500}})
	must(p.t, err)
	return len(slices.DeleteFunc(all.Rows, func(a models.Activity) bool { return a.Operation != operation }))
}

func TestInvitationRunsOutByTheClock(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		i, token := p.invited("leader", "new@example.com", "readers")
		p.clock.Advance(services.InvitationLife - time.Second)
		list, err := p.Invitations(ctx, p.by("viewer"), services.InvitationQuery{})
		must(t, err)
		if len(list.Rows) != 1 || list.Editable(i.ID) {
			t.Errorf("a second before its end the list is %+v", list.Rows)
		}
		p.clock.Advance(time.Second)
		if list, err = p.Invitations(ctx, p.by("viewer"), services.InvitationQuery{}); err != nil || len(list.Rows) > 0 {
			t.Errorf("at its end the list is %+v, %v", list.Rows, err)
		}
		list, err = p.Invitations(ctx, p.by("viewer"), services.InvitationQuery{Outcome: models.InvitationExpired})
		if err != nil || len(list.Rows) != 1 {
			t.Errorf("the list of those that ran out is %+v, %v", list.Rows, err)
		}
		joined, err := p.AcceptByLink(ctx, p.signedIn("new", services.ProviderPassword), token, "")
		if err != nil || joined.State != models.InvitationExpired {
			t.Errorf("accepted at its end: %+v, %v", joined, err)
		}
		must(t, p.EndExpired(ctx))
		if n := p.recorded("invitation.expired"); n != 1 {
			t.Errorf("%d activities of its end, want 1", n)
		}
	})
}
