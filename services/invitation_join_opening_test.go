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
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// beside is a session of an account that somebody made for an address by a copied link of another organization: it proves
// nothing.
func (p inviting) beside(email string) services.Session {
	p.t.Helper()
	ctx := context.Background()
	person, err := p.store.PersonByEmail(ctx, email)
	must(p.t, err)
	made := models.Account{PersonID: person.ID, Name: "Attacker", CreatedAt: p.clock.Now()}
	must(p.t, p.store.CreateAccount(ctx, &made))
	account, err := p.store.PersonByAccount(ctx, made.ID)
	must(p.t, err)
	return services.Session{Person: account, Provider: services.ProviderPassword}
}

// Attack: open a member's membership with an account that proves nothing, by a link to an invitation. The person who made the link
// gives all that the member has, and so does who invited: both must be able to, for as long as the member has it (R7, R19).
func TestALinkOpensAMembershipOnlyWhereBothWhoGaveItCould(t *testing.T) {
	const chief = "administrator@example.com"
	for name, test := range map[string]struct {
		link  func(p inviting) string
		opens bool
	}{
		"of an administrator": {func(p inviting) string {
			_, link := p.invited("administrator", chief, "readers")
			return link
		}, true},
		"that another one copied who could": {func(p inviting) string {
			i, _ := p.invited("administrator", chief, "readers")
			p.withSecond()
			return p.copied("john.smith", i)
		}, true},
		"that a weaker one copied": {func(p inviting) string {
			i, _ := p.invited("administrator", chief, "readers")
			return p.copied("leader", i)
		}, false},
		"of a weaker one, that an administrator copied": {func(p inviting) string {
			i, _ := p.invited("leader", chief, "readers")
			return p.copied("administrator", i)
		}, false},
		"of an administrator until some day": {func(p inviting) string {
			end := p.clock.Now().Add(time.Hour)
			_, err := p.AddMember(context.Background(), p.by("administrator"), "administrators",
				services.NewMembership{Email: "john.smith@example.com", Until: &end, Confirmed: true})
			must(p.t, err)
			_, link := p.invited("john.smith", chief, "readers")
			return link
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			onInviting(t, func(t *testing.T, p inviting) {
				link, who := test.link(p), p.beside(chief)
				joined, err := p.AcceptByLink(context.Background(), who, link, "192.0.2.66")
				if test.opens != (joined.State == models.InvitationAccepted) || !test.opens && !errors.Is(err, services.ErrUnproven) {
					t.Errorf("accepted as %q, %v", joined.State, err) // else the member would have accepted, by the record
				}
				if !test.opens {
					if i, err := p.Joining(context.Background(), link); err != nil || i.State != "" {
						t.Errorf("the invitation does not stay: %q, %v", i.State, err)
					}
				}
				_, err = p.Identify(context.Background(), who, "acme", "")
				if (err == nil) != test.opens || !test.opens && !errors.Is(err, models.ErrNotFound) {
					t.Errorf("entering: %v", err)
				}
				if m := p.member("administrator"); m.Name == "Attacker" {
					t.Error("the link renamed the member")
				}
			})
		})
	}
}

func (p inviting) copied(by string, i models.Invitation) string {
	p.t.Helper()
	path, err := p.CopyInvitationLink(context.Background(), p.by(by), i.ID)
	must(p.t, err)
	return path[len("/join/"):]
}

// Attack: accept with an account that has ended since, for its owner has proven the address.
func TestAnAccountThatHasEndedOpensNothing(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		_, link := p.invited("leader", "new@example.com", "readers")
		modelstest.Person(t, p.store, "new@example.com")
		who := p.beside("new@example.com")
		person, err := p.store.PersonByEmail(context.Background(), "new@example.com")
		must(t, err)
		_, err = p.store.ProveEmail(context.Background(), person.ID)
		must(t, err)
		if _, err := p.AcceptByLink(context.Background(), who, link, ""); !errors.Is(err, services.ErrSignedOut) {
			t.Errorf("accepted: %v", err)
		}
		p.wantNoMember("new")
	})
}

// A name that somebody typed who proved nothing goes with their account, though the owner never gave any.
func TestProofTakesBackTheNameThatAStrangerTyped(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, email := context.Background(), "new@example.com"
		person := models.Person{Email: email, CreatedAt: p.clock.Now()} // as who asks for a link by mail makes it
		must(t, p.store.CreatePerson(ctx, &person))
		_, link := p.invited("leader", email, "readers")
		_, _, err := p.JoinWithAccount(ctx, link, services.NewAccount{Name: "Mallory", Password: passphrase, Address: "192.0.2.66"})
		must(t, err)
		if m := p.member("new"); m.Name != "Mallory" {
			t.Fatalf("joined as %q", m.Name)
		}
		_, err = p.store.ProveEmail(ctx, person.ID)
		must(t, err)
		if m := p.member("new"); m.Name != "" {
			t.Errorf("after the proof the member is called %q", m.Name)
		}
	})
}

// Attack: join by a copied link in the name of personnel whose temporary access runs, and do what it lends.
func TestAnAccountThatProvesNothingHasNoTemporaryAccess(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		v.withEmptyGroup()
		agent, _ := v.lent(time.Hour)
		results, err := v.Invite(ctx, v.by("administrator"), services.NewInvitations{
			Provider: services.ProviderPassword, Emails: []string{agent.Person.Email}, Groups: []string{"empty"}, Confirmed: true})
		must(t, err)
		_, token, err := v.JoinWithAccount(ctx, results[0].Link[len("/join/"):], services.NewAccount{Name: "Attacker", Password: passphrase, Address: "192.0.2.66"})
		must(t, err)
		who, err := v.Session(ctx, token)
		must(t, err)
		by, err := v.Identify(ctx, who, "acme", "192.0.2.66")
		must(t, err)
		need := access.Need{Domain: access.GroupsDomain, Ability: access.Edit}
		if !who.Person.Unproven || len(by.Accesses) != 0 || by.Rights.May(need, 0) {
			t.Errorf("the account of a copied link holds %+v", by.Accesses)
		}
		if _, err := v.AddGroup(ctx, by, services.NewGroup{Name: "Mine"}); !errors.As(err, &services.Forbidden{}) {
			t.Errorf("added a group: %v", err)
		}
		if own, _ := v.enters(v.Console, v.agent()); !own.Rights.May(need, 0) {
			t.Error("the agent has lost the access")
		}
	})
}

// Attack: somebody who has temporary access and is in a group besides takes something away that only the access lets them: it is
// the access's, and told as that.
func TestWhatAMemberDoesThroughTemporaryAccessAloneIsRecordedAsThat(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		v.withEmptyGroup()
		agent, a := v.lent(time.Hour)
		v.join(agent.Person.Email, "readers")
		by, _ := v.enters(v.Console, v.agent())
		if by.Supports() || len(by.Accesses) != 1 {
			t.Fatalf("the agent is %+v", by)
		}
		_, err := v.RemoveMember(ctx, by, "readers", "reader@example.com")
		must(t, err)
		if got := newest(t, v.store); got.ActorKind != models.ActorSupport || got.ActorEmail != agent.Person.Email {
			t.Errorf("recorded as %+v", got)
		}
		d := v.detail("administrator", a.Key)
		if len(d.Taken.Rows) == 0 || len(d.Done) == 0 {
			t.Errorf("the details tell of %+v, taken away %+v", d.Done, d.Taken)
		}
		v.join(agent.Person.Email, "administrators")
		own, _ := v.enters(v.Console, v.agent())
		_, err = v.AddGroup(ctx, own, services.NewGroup{Name: "As a member"})
		must(t, err)
		if got := newest(t, v.store); got.ActorKind == models.ActorSupport {
			t.Errorf("what a member may do is recorded as %+v", got)
		}
	})
}

// Attack: an administrator until some day decides that a membership stays for good which personnel brought about (R7).
func TestWhoIsHereUntilSomeDayKeepsNoMembershipForLonger(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		group := v.withEmptyGroup()
		agent, a := v.lent(time.Hour)
		v.brings(agent, a, group)
		err := setPrivileges(ctx, v.Console, v.by("administrator"), "empty", mustGroup(v, "empty").Revision, services.PrivilegeChoices{"content/sources": {Level: access.LevelView}})
		must(t, err)
		end := v.clock.Now().Add(time.Hour)
		_, err = v.AddMember(ctx, v.by("administrator"), "administrators", services.NewMembership{Email: "auditor@example.com", Until: &end, Confirmed: true})
		must(t, err)
		list, err := v.BroughtIn(ctx, v.by("auditor"))
		must(t, err)
		if len(list.Rows) == 0 || list.Rows[0].Keepable {
			t.Fatalf("to decide about: %+v", list.Rows)
		}
		if _, err := v.KeepMembership(ctx, v.by("auditor"), list.Rows[0].ID); !errors.As(err, &services.TooHigh{}) {
			t.Errorf("kept: %v", err)
		}
		if list, err = v.BroughtIn(ctx, v.by("administrator")); err != nil || !list.Rows[0].Keepable {
			t.Errorf("an administrator for good: %+v, %v", list.Rows, err)
		}
	})
}

// Attack: be let into a weak group in somebody's name, and wait for their own, proven account to be given more.
func TestWhatIsGivenToAProvenAccountIsNotGivenToOneBesideIt(t *testing.T) {
	for name, gain := range map[string]func(p inviting, owner services.Session) error{
		"by accepting an invitation": func(p inviting, owner services.Session) error {
			results, err := p.Invite(context.Background(), p.by("administrator"), services.NewInvitations{
				Provider: services.ProviderPassword, Emails: []string{"victim@example.com"}, Groups: []string{"administrators"}, Confirmed: true})
			must(p.t, err)
			_, err = p.AcceptByLink(context.Background(), owner, results[0].Link[len("/join/"):], "")
			return err
		},
		"by an administrator": func(p inviting, _ services.Session) error {
			_, err := p.AddMember(context.Background(), p.by("administrator"), "administrators",
				services.NewMembership{Email: "victim@example.com", Confirmed: true, Unproven: true})
			return err
		},
		"by a file": func(p inviting, _ services.Session) error {
			apply(p.t, p.Console, "version: 1\norganization: {key: acme, name: Acme}\nmembers: [{email: victim@example.com, groups: [administrators, readers]}]\n",
				services.ApplyOptions{})
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			onInviting(t, func(t *testing.T, p inviting) {
				ctx := context.Background()
				owner := p.signedIn("victim", services.ProviderPassword)
				_, link := p.invited("leader", "victim@example.com", "readers")
				_, token, err := p.JoinWithAccount(ctx, link, services.NewAccount{Name: "Attacker", Password: passphrase, Address: "192.0.2.66"})
				must(t, err)
				attacker, err := p.Session(ctx, token)
				must(t, err)
				_, err = p.Identify(ctx, attacker, "acme", "")
				must(t, err)
				must(t, gain(p, owner))
				if _, err := p.Identify(ctx, attacker, "acme", ""); !errors.Is(err, models.ErrNotFound) {
					t.Errorf("the account of the weak link is let in to more: %v", err)
				}
				if by, err := p.Identify(ctx, owner, "acme", ""); err != nil || !administers(by) {
					t.Errorf("the owner enters with %+v, %v", by.Groups, err)
				}
			})
		})
	}
}

// Attack: copy a link while one may, and use it after one was removed.
func TestALinkGoesWithWhatItsMakerCouldGive(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		p.withSecond()
		i, own := p.invited("administrator", "new@example.com", "readers")
		copied := p.copied("john.smith", i)
		_, err := p.save("administrator", "john.smith", services.MembershipChoice{Key: "administrators", In: false})
		must(t, err)
		n := services.NewAccount{Name: "Attacker", Password: passphrase, Address: "192.0.2.66"}
		if _, err := p.Joining(ctx, copied); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the link of who was removed opens: %v", err)
		}
		if _, _, err := p.JoinWithAccount(ctx, copied, n); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("joined: %v", err)
		}
		if _, err := p.AcceptByLink(ctx, p.signedIn("new", services.ProviderPassword), copied, ""); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("accepted: %v", err)
		}
		p.wantNoMember("new")
		_, err = p.AcceptByLink(ctx, p.signedIn("new", services.ProviderPassword), own, "")
		must(t, err)
	})
}

// Attack: learn by the answer to a wrong password whether an address has an account elsewhere.
func TestWhoIsKnownByACopiedLinkLearnsOfNoOtherAccount(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		must(t, p.store.SetPassword(ctx, modelstest.Person(t, p.store, "here@example.com").AccountID, "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false))
		for _, email := range []string{"here@example.com", "nowhere@example.com"} {
			_, link := p.invited("leader", email, "readers")
			_, token, err := p.JoinWithAccount(ctx, link, services.NewAccount{Name: "Attacker", Password: passphrase, Address: "192.0.2.66"})
			must(t, err)
			cookie, err := p.RememberBrowser(ctx, token)
			must(t, err)
			b := &browser{Console: p.Console, t: t, from: "198.51.100.7", cookie: cookie}
			b.wantIn(email+" in the browser that is known", email, passphrase)
			shut(t, p.Console, email)
			b.wantRefused(email+", a wrong password", email, "not the passphrase at all")
			b.wantIn(email+" after a wrong password", email, passphrase)
		}
	})
}

// Anyone who joined by a copied link is added to a group only when somebody has confirmed that it was them (R19).
func TestAddingWhoHasProvenNothingHasToBeConfirmed(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		_, link := p.invited("leader", "new@example.com", "readers")
		_, _, err := p.JoinWithAccount(ctx, link, services.NewAccount{Name: "New", Password: passphrase, Address: "192.0.2.66"})
		must(t, err)
		add := services.NewMembership{Email: "new@example.com"}
		var confirm services.NeedsConfirmation
		if _, err := p.AddMember(ctx, p.by("administrator"), "writers", add); !errors.As(err, &confirm) || confirm.Of != services.ConfirmUnproven {
			t.Errorf("added: %v", err)
		}
		p.wantGroups("new", "readers")
		add.Unproven = true
		_, err = p.AddMember(ctx, p.by("administrator"), "writers", add)
		must(t, err)
		p.wantGroups("new", "readers", "writers")
	})
}

// Attack: join by a copied link in somebody's name, and be given more by the door that asks nothing: the member's own Groups tab.
func TestAMembersGroupsTabAsksBeforeItGivesMoreToWhoHasProvenNothing(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		_, link := p.invited("leader", "new@example.com", "readers")
		_, _, err := p.JoinWithAccount(ctx, link, services.NewAccount{Name: "New", Password: passphrase, Address: "192.0.2.66"})
		must(t, err)
		var confirm services.NeedsConfirmation
		refused := func(what string, choice services.MembershipChoice) {
			t.Helper()
			tab, err := p.save("administrator", "new", choice)
			if !errors.As(err, &confirm) || confirm.Of != services.ConfirmUnproven || !slices.Contains(tab.Confirm, services.ConfirmUnproven) || !tab.AddsUnproven {
				t.Errorf("%s: %v, to be confirmed is %v", what, err, tab.Confirm)
			}
		}
		refused("another group", services.MembershipChoice{Key: "writers", In: true})
		p.wantGroups("new", "readers")
		_, err = p.save("administrator", "new", services.MembershipChoice{Key: "readers", In: true, Until: in(time.Hour)})
		must(t, err) // less than before asks nothing
		refused("more time", services.MembershipChoice{Key: "readers", In: true})
		m := p.member("new")
		_, err = p.SaveMemberGroups(ctx, p.by("administrator"), m.ID, services.MemberGroupsDraft{Revision: m.Revision,
			Choices: []services.MembershipChoice{{Key: "writers", In: true}}, Confirmed: services.Confirmed{Unproven: true}})
		must(t, err)
		p.wantGroups("new", "readers for 1h0m0s", "writers")
	})
}

// A backup brings back accounts without proof that were ended since: anyone who checks it is told of whom they let in.
func TestWhomAccountsWithoutProofLetInIsNamedAfterARestore(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		notes := func() string {
			found, err := p.CheckRestored(ctx, services.Newer{})
			must(t, err)
			return strings.Join(found.Organizations[0].Notes, "\n")
		}
		if got := notes(); strings.Contains(got, "proven") {
			t.Errorf("noted %s", got)
		}
		_, link := p.invited("leader", "new@example.com", "readers")
		_, _, err := p.JoinWithAccount(ctx, link, services.NewAccount{Name: "New", Password: passphrase, Address: "192.0.2.66"})
		must(t, err)
		if got := notes(); !strings.Contains(got, "accounts that nobody has proven let in these members") || !strings.Contains(got, "new@example.com") {
			t.Errorf("noted %s", got)
		}
	})
}
