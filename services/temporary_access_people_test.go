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
	"bailiwick/services/mail/mailtest"
)

// lent is the agent with Edit on groups and View on all that readers hold, through temporary access: nothing but R20
// keeps the agent from bringing somebody into the empty group.
func (v visit) lent(life time.Duration) (services.Caller, models.TemporaryAccess) {
	v.t.Helper()
	ask := v.asks(life)
	ask.Privileges["organization/groups"] = access.LevelEdit
	a, err := v.RequestAccess(context.Background(), v.agent(), "acme", ask)
	must(v.t, err)
	by, _ := v.enters(v.Console, v.agent())
	return by, a
}

// withEmptyGroup adds a group that holds nothing, and with which nothing is given.
func (v visit) withEmptyGroup() models.Group {
	v.t.Helper()
	_, err := v.AddGroup(context.Background(), v.by("administrator"), services.NewGroup{Name: "Empty"})
	must(v.t, err)
	group, err := v.scope().Group(context.Background(), "empty")
	must(v.t, err)
	return group
}

// invitedInto is a pending invitation of an address into a group, by anybody: also by who may not invite.
func (v visit) invitedInto(group models.Group, inviter models.Person, email string) models.Invitation {
	v.t.Helper()
	i := models.Invitation{Email: email, Provider: string(services.ProviderPassword), InviterID: inviter.ID, InviterName: inviter.Name,
		CreatedAt: v.clock.Now(), ExpiresAt: v.clock.Now().Add(services.InvitationLife)}
	must(v.t, v.scope().CreateInvitation(context.Background(), &i, []access.GranteeID{group.Grantee().ID}))
	return i
}

// bringingIn are the doors by which a member can be added, kept or invited into the empty group.
var bringingIn = map[string]func(ctx context.Context, v visit, by services.Caller, i models.InvitationID) error{
	"adding a member": func(ctx context.Context, v visit, by services.Caller, _ models.InvitationID) error {
		_, err := v.AddMember(ctx, by, "empty", services.NewMembership{Email: "reader@example.com"})
		return err
	},
	"the Groups tab of a member": func(ctx context.Context, v visit, by services.Caller, _ models.InvitationID) error {
		m := v.member("reader")
		_, err := v.SaveMemberGroups(ctx, by, m.ID, services.MemberGroupsDraft{Revision: m.Revision, Choices: []services.MembershipChoice{{Key: "empty", In: true}}})
		return err
	},
	"adding many": func(ctx context.Context, v visit, by services.Caller, _ models.InvitationID) error {
		reader, err := v.scope().MemberByEmail(ctx, "reader@example.com")
		if err != nil {
			return err
		}
		return v.AddToGroups(ctx, by, []models.MemberID{reader.ID}, services.ManyMemberships{Groups: []string{"empty"}})
	},
	"inviting": func(ctx context.Context, v visit, by services.Caller, _ models.InvitationID) error {
		_, err := v.Invite(ctx, by, services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{"stranger@example.com"}, Groups: []string{"empty"}})
		return err
	},
	"sending an invitation again": func(ctx context.Context, v visit, by services.Caller, i models.InvitationID) error {
		_, err := v.ResendInvitation(ctx, by, i)
		return err
	},
	"copying a link": func(ctx context.Context, v visit, by services.Caller, i models.InvitationID) error {
		_, err := v.CopyInvitationLink(ctx, by, i)
		return err
	},
	"extending an invitation": func(ctx context.Context, v visit, by services.Caller, i models.InvitationID) error {
		_, err := v.ExtendInvitation(ctx, by, i)
		return err
	},
}

func TestTemporaryAccessBringsNobodyIntoAnEmptyGroup(t *testing.T) {
	for door, open := range bringingIn {
		t.Run(door, func(t *testing.T) {
			onVisit(t, func(t *testing.T, v visit) {
				ctx := context.Background()
				group := v.withEmptyGroup()
				i := v.invitedInto(group, v.by("administrator").Person, "invited@example.com")
				agent, _ := v.lent(time.Hour)
				if err := open(ctx, v, agent, i.ID); !errors.As(err, &services.BringsNobodyIn{}) {
					t.Errorf("with temporary access: %v", err)
				}
				if a := newest(t, v.store); a.Outcome != models.OutcomeRefused || a.ActorKind != models.ActorSupport || !strings.Contains(a.After, `"lent":true`) {
					t.Errorf("the refusal is recorded as %+v", a)
				}
				must(t, open(ctx, v, v.by("administrator"), i.ID)) // who may edit the group of their own may
			})
		})
	}
}

// What counts is whether the group can be edited without what is lent: a member with a running access is judged by the
// member's own rights.
func TestMemberWithARunningAccessBringsInByTheirOwnRightsAlone(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		v.withEmptyGroup()
		_, err := v.AddGroup(ctx, v.by("administrator"), services.NewGroup{Name: "Other"})
		must(t, err)
		v.lent(time.Hour)
		apply(t, v.Console, strings.Replace(modelstest.VisitedFile, "members:\n", "members:\n  - {email: agent@vendor.example, name: Support Agent, groups: [readers]}\n", 1),
			services.ApplyOptions{})
		both := func() services.Caller {
			by, _ := v.enters(v.Console, v.agent())
			if len(by.Groups) == 0 || len(by.Accesses) == 0 || by.Supports() {
				t.Fatalf("the agent is no member with a running access: %+v", by)
			}
			return by
		}
		add := func(group string) error {
			_, err := v.AddMember(ctx, both(), group, services.NewMembership{Email: "reader@example.com"})
			return err
		}
		if invites, err := v.Invites(ctx, both()); err != nil || invites || !errors.As(add("empty"), &services.BringsNobodyIn{}) {
			t.Errorf("with Edit on groups through the access alone, the member invites: %t, %v", invites, err)
		}
		readers, err := v.Group(ctx, v.by("administrator"), "readers")
		must(t, err)
		err = setPrivileges(ctx, v.Console, v.by("administrator"), "readers", readers.Revision, services.PrivilegeChoices{
			"organization/groups": {Level: access.LevelCustom, Rows: map[string]bool{"empty": true}}})
		must(t, err)
		if invites, err := v.Invites(ctx, both()); err != nil || !invites {
			t.Errorf("with Edit on a group of their own, the member invites: %t, %v", invites, err)
		}
		if err := add("other"); !errors.As(err, &services.BringsNobodyIn{}) {
			t.Errorf("into a group that only the access edits: %v", err)
		}
		must(t, add("empty"))
		if got := newest(t, v.store); got.ActorKind == models.ActorSupport {
			t.Errorf("what they may do by their own list is recorded as %+v", got)
		}
	})
}

// Invitations that were made through temporary access before that was forbidden are void, also for another address of the
// one who made them.
func TestInvitationMadeThroughTemporaryAccessIsVoid(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		group := v.withEmptyGroup()
		agent, _ := v.lent(time.Hour)
		for _, who := range []services.Session{v.agent(), v.session("specialist@vendor.example")} {
			i := v.invitedInto(group, agent.Person, who.Person.Email)
			joined, err := v.AcceptOwn(ctx, who, i.ID, "")
			want := services.Standing{Reason: services.ReasonInviterLent, Group: "Empty"}
			if err != nil || joined.State != models.InvitationVoid || joined.Standing != want {
				t.Errorf("%s accepts: %+v, %v", who.Person.Email, joined, err)
			}
			if after, err := v.scope().Invitation(ctx, i.ID); err != nil || after.Outcome != models.InvitationVoid || after.Reason != services.ReasonInviterLent {
				t.Errorf("the invitation is %+v, %v", after, err)
			}
			if _, err := v.scope().MemberByEmail(ctx, who.Person.Email); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("%s is a member: %v", who.Person.Email, err)
			}
		}
		own := v.invitedInto(group, v.by("administrator").Person, "agent@vendor.example")
		if joined, err := v.AcceptOwn(ctx, v.agent(), own.ID, ""); err != nil || joined.State != models.InvitationAccepted {
			t.Errorf("an administrator’s invitation: %+v, %v", joined, err)
		}
	})
}

// Ending stays possible; staying for longer is bringing in.
func TestTemporaryAccessEndsMembershipsAndProlongsNone(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		v.withEmptyGroup()
		end := v.clock.Now().Add(48 * time.Hour)
		_, err := v.AddMember(ctx, v.by("administrator"), "empty", services.NewMembership{Email: "reader@example.com", Until: &end})
		must(t, err)
		agent, _ := v.lent(time.Hour)
		set := func(choice services.MembershipChoice) error {
			m := v.member("reader")
			_, err := v.SaveMemberGroups(ctx, agent, m.ID, services.MemberGroupsDraft{Revision: m.Revision, Choices: []services.MembershipChoice{choice}})
			return err
		}
		later, sooner := end.Add(time.Hour), end.Add(-time.Hour)
		for name, until := range map[string]*time.Time{"an hour longer": &later, "for good": nil} {
			if err := set(services.MembershipChoice{Key: "empty", In: true, Until: until}); !errors.As(err, &services.BringsNobodyIn{}) {
				t.Errorf("%s: %v", name, err)
			}
		}
		must(t, set(services.MembershipChoice{Key: "empty", In: true, Until: &sooner}))
		must(t, set(services.MembershipChoice{Key: "empty"}))
		v.wantGroups("reader", "readers")
	})
}

// brings has somebody of the personnel bring people in, as the program let them before: the rows and the record of it.
func (v visit) brings(agent services.Caller, a models.TemporaryAccess, group models.Group) {
	v.t.Helper()
	ctx := context.Background()
	add := func(email string, operation models.Operation, state string) {
		must(v.t, v.scope().Append(ctx, []models.Activity{{At: v.clock.Now(), ActorKind: models.ActorSupport, ActorID: int64(agent.Person.ID),
			ActorName: agent.Person.Name, Operation: operation, Outcome: models.OutcomeDone, Domain: access.GroupsDomain, ResourceID: group.ID,
			ResourceKey: group.Key, ResourceName: group.Name, After: state}}))
	}
	reader, err := v.store.PersonByEmail(ctx, "reader@example.com")
	must(v.t, err)
	must(v.t, v.scope().AddMembership(ctx, group.Grantee().ID, reader, nil, v.clock.Now()))
	add("reader@example.com", "group.add-member", `{"member":"reader@example.com","person":"Reader"}`)
	v.clock.Advance(time.Minute)
	stranger := v.session("specialist@vendor.example").Person
	i := v.invitedInto(group, agent.Person, stranger.Email)
	add(stranger.Email, "invitation.create", `{"invited":"specialist@vendor.example"}`)
	v.clock.Advance(time.Minute)
	must(v.t, v.scope().EndInvitation(ctx, i.ID, models.InvitationAccepted, "", stranger.ID, v.clock.Now()))
	must(v.t, v.scope().AddMembership(ctx, group.Grantee().ID, stranger, nil, v.clock.Now()))
}

func TestMembershipsThroughTemporaryAccessAreListedUntilSomebodyDecides(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		group := v.withEmptyGroup()
		agent, a := v.lent(time.Hour)
		v.brings(agent, a, group)
		_, err := v.AddMember(ctx, v.by("administrator"), "empty", services.NewMembership{Email: "auditor@example.com"}) // by a member
		must(t, err)
		list, err := v.BroughtIn(ctx, v.by("administrator"))
		must(t, err)
		if len(list.Rows) != 2 || list.Total != 2 || list.Rows[0].Email != "specialist@vendor.example" || !list.Rows[0].Invited ||
			list.Rows[1].Email != "reader@example.com" || list.Rows[1].Invited || list.Rows[1].GroupKey != "empty" ||
			list.Rows[1].By != "Support Agent" || list.Rows[1].ByEmail != "agent@vendor.example" || !list.Rows[1].Keepable {
			t.Fatalf("to decide about: %+v", list)
		}
		if seen, err := v.BroughtIn(ctx, v.by("auditor")); err != nil || seen.Total != 0 || len(seen.Rows) != 0 { // may not view groups (R15)
			t.Errorf("without view on groups: %+v, %v", seen, err)
		}
		if _, err := v.BroughtIn(ctx, v.by("reader")); !errors.As(err, &services.Forbidden{}) {
			t.Errorf("without view on temporary access: %v", err)
		}
		for _, by := range []services.Caller{agent, v.by("auditor"), v.by("reader")} {
			if _, err := v.KeepMembership(ctx, by, list.Rows[0].ID); !errors.As(err, &services.Forbidden{}) {
				t.Errorf("%s keeps it: %v", by.Person.Name, err)
			}
		}
		kept, err := v.KeepMembership(ctx, v.by("administrator"), list.Rows[0].ID)
		must(t, err)
		if a := newest(t, v.store); a.Operation != "group.member-kept" || a.Outcome != models.OutcomeDone || kept.Email != "specialist@vendor.example" {
			t.Errorf("kept %+v, recorded as %+v", kept, a)
		}
		if _, err := v.KeepMembership(ctx, v.by("administrator"), list.Rows[0].ID); !errors.Is(err, services.ErrDecided) {
			t.Errorf("kept again: %v", err)
		}
		if _, err := v.KeepMembership(ctx, v.by("administrator"), 1<<40); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("one that there is not: %v", err)
		}
		if list, err = v.BroughtIn(ctx, v.by("administrator")); err != nil || len(list.Rows) != 1 || list.Rows[0].Email != "reader@example.com" {
			t.Errorf("one decided: %+v, %v", list, err)
		}
		_, err = v.RemoveMember(ctx, v.by("administrator"), "empty", "reader@example.com")
		must(t, err)
		_, err = v.AddMember(ctx, v.by("administrator"), "empty", services.NewMembership{Email: "reader@example.com"})
		must(t, err)
		if list, err = v.BroughtIn(ctx, v.by("administrator")); err != nil || list.Total != 0 {
			t.Errorf("all decided: %+v, %v", list, err)
		}
	})
}

// What people lost under an access stands in its details and in the mail at its end, also where it was given back.
func TestWhatWasTakenAwayStandsInDetailsAndInTheMailAtTheEnd(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		v.withEmptyGroup()
		admin := v.by("administrator")
		_, err := v.AddMember(ctx, admin, "empty", services.NewMembership{Email: "reader@example.com"})
		must(t, err)
		_, err = v.AddMember(ctx, admin, "empty", services.NewMembership{Email: "auditor@example.com"})
		must(t, err)
		i := v.invitedInto(mustGroup(v, "readers"), admin.Person, "invited@example.com")
		must(t, v.SubscribeToRequests(ctx, admin))
		agent, a := v.lent(time.Hour)
		end := v.clock.Now().Add(time.Hour)
		m := v.member("auditor")
		_, err = v.SaveMemberGroups(ctx, agent, m.ID, services.MemberGroupsDraft{Revision: m.Revision, Choices: []services.MembershipChoice{{Key: "empty", In: true, Until: &end}}})
		must(t, err)
		_, err = v.RevokeInvitations(ctx, agent, i.ID)
		must(t, err)
		_, err = v.RemoveMember(ctx, agent, "readers", "reader@example.com")
		must(t, err)
		readers, err := v.Group(ctx, agent, "readers")
		must(t, err)
		err = setPrivileges(ctx, v.Console, agent, "readers", readers.Revision, services.PrivilegeChoices{"content/sources": {Level: access.LevelNone}})
		must(t, err)
		_, err = v.DeleteGroup(ctx, agent, "empty")
		must(t, err)
		want := []string{
			"Reader (reader@example.com) lost their last group, and is no longer a member.",
			"The group Empty was deleted. 2 people lost it: Auditor (auditor@example.com) and Reader (reader@example.com).",
			"The group Readers lost privileges on Content / Sources.",
			"Reader (reader@example.com) was removed from the group Readers.",
			"The invitation of invited@example.com into the group Readers was revoked.",
			"The membership of Auditor (auditor@example.com) in the group Empty ends on 4 January 2027, 10:00 UTC, sooner than before.",
		}
		var said []string
		for _, taken := range v.detail("administrator", a.Key).Taken.Rows {
			said = append(said, taken.Text)
		}
		if strings.Join(said, "\n") != strings.Join(want, "\n") {
			t.Errorf("taken away:\n%s\nwant\n%s", strings.Join(said, "\n"), strings.Join(want, "\n"))
		}
		_, err = v.EndOwnRequest(ctx, v.agent(), "acme", a.Key, "")
		must(t, err)
		if queued := strings.Join(v.queued(), ", "); !strings.Contains(queued, services.MailAccessEnded+" to administrator@example.com") {
			t.Errorf("given back, these are told: %s", queued)
		}
		server := mailtest.Start(t, mailtest.Options{})
		v.deliver(server)
		text := strings.ReplaceAll(fmt.Sprintf("%+v", server.MailsTo("administrator@example.com")), "=\r\n", "")
		for _, says := range append(want, "was given back", "(6)") {
			if !strings.Contains(strings.Join(strings.Fields(text), " "), says) {
				t.Errorf("the mail lacks %q: %s", says, text)
			}
		}
	})
}

func mustGroup(v visit, key string) models.Group {
	v.t.Helper()
	g, err := v.scope().Group(context.Background(), key)
	must(v.t, err)
	return g
}
