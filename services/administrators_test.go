package services_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/credential"
	"bailiwick/services/files"
)

const another = "Another sentence that is long enough."

// withSecond makes John an administrator for good beside the one who has a password.
func (p people) withSecond() {
	p.t.Helper()
	must(p.t, p.SetPassword(context.Background(), "acme", "administrator@example.com", another))
	_, err := p.save("administrator", "john.smith", services.MembershipChoice{Key: "administrators", In: true})
	must(p.t, err)
}

func TestTheLastAdministratorWhoCanSignInStays(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		p.withSecond()
		doors := map[string]func() error{
			"an end": func() error {
				_, err := p.save("john.smith", "administrator", services.MembershipChoice{Key: "administrators", In: true, Until: in(time.Hour)})
				return err
			},
			"out, on the Groups tab": func() error {
				_, err := p.save("john.smith", "administrator", services.MembershipChoice{Key: "administrators"}, services.MembershipChoice{Key: "readers", In: true})
				return err
			},
			"out, on the group’s tab": func() error {
				_, err := p.RemoveMember(ctx, p.by("john.smith"), "administrators", "administrator@example.com")
				return err
			},
			"out, by themselves": func() error {
				_, err := p.RemoveMember(ctx, p.by("administrator"), "administrators", "administrator@example.com")
				return err
			},
			"out of the organization": func() error {
				_, err := p.RemoveFromOrganization(ctx, p.by("john.smith"), p.member("administrator").ID)
				return err
			},
		}
		for name, door := range doors {
			if err := door(); !errors.Is(err, services.ErrLastAdministrator) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, last := range map[string]bool{"administrator": true, "john.smith": false} {
			actions, err := p.MemberActions(ctx, p.by("john.smith"), p.member(name).ID)
			if err != nil || actions.LastAdministrator != last {
				t.Errorf("%s: %+v, %v", name, actions, err)
			}
		}
		// Who has no password may go, and with a second password the first may.
		must(t, p.SetPassword(ctx, "acme", "john.smith@example.com", another))
		if err := doors["out of the organization"](); err != nil {
			t.Errorf("although another one can sign in: %v", err)
		}
	})
}

func TestPruningKeepsTheAdministratorWhoCanSignIn(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		p.withSecond()
		text := strings.Replace(modelstest.LeadsFile, "  - {email: administrator@example.com, name: Administrator, groups: [administrators]}\n", "", 1)
		text = strings.Replace(text, "name: John Smith, groups: [readers]", "name: John Smith, groups: [administrators]", 1)
		plan := apply(t, p.Console, text, services.ApplyOptions{Prune: true})
		note := "administrator@example.com stays in administrators: the last administrator who can sign in is never removed"
		if !slices.Contains(plan.Notes, note) {
			t.Errorf("the plan notes %q", plan.Notes)
		}
		p.wantGroups("administrator", "administrators")
		must(t, p.SetPassword(context.Background(), "acme", "john.smith@example.com", another))
		apply(t, p.Console, text, services.ApplyOptions{Prune: true})
		if _, err := p.scope().MemberByEmail(context.Background(), "administrator@example.com"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("still a member although another administrator can sign in: %v", err)
		}
	})
}

// The oracle goes through the rows of the people that it knows.
func (p people) entering(names []string, mails bool) (n models.Administration) {
	p.t.Helper()
	ctx := context.Background()
	for _, name := range names {
		m := p.member(name)
		person, err := p.store.PersonByID(ctx, m.PersonID)
		must(p.t, err)
		memberships, err := p.scope().MembershipsOf(ctx, m.PersonID)
		must(p.t, err)
		for _, in := range memberships {
			if in.GroupKey != "administrators" || !in.InForce(p.clock.Now()) {
				continue
			}
			enters := mails || person.PasswordHash != ""
			n.Now++
			n.ForGood += one(in.ExpiresAt == nil)
			n.EnterNow += one(enters)
			n.EnterForGood += one(enters && in.ExpiresAt == nil)
		}
	}
	return n
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// Attack: administrators come and go in every order, by every door, with and without passwords and a mail server.
func TestNoOrderOfDoorsLeavesAnOrganizationWithoutItsAdministrators(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		names := []string{"administrator", "john.smith", "viewer"}
		for _, name := range names {
			_, err := p.save("administrator", name, services.MembershipChoice{Key: "others", In: true})
			must(t, err)
		}
		operator := p.Operator(p.by("administrator").Organization)
		mailing := services.New(services.Config{Store: p.store, Catalog: files.DefaultCatalog(), Now: p.clock.Now, MailFrom: "console@example.com",
			PasswordCost: credential.Cost{Memory: 64, Time: 1}})
		consoles := map[bool]*services.Console{false: p.Console, true: mailing}
		r := rand.New(rand.NewPCG(20260730, 1))
		refused, done := 0, 0
		for step := range 150 {
			mails, name := r.IntN(4) == 0, names[r.IntN(len(names))]
			console := consoles[mails]
			p.clock.Advance(time.Duration(r.IntN(20)) * time.Minute)
			must(t, p.EndExpired(ctx)) // time alone may take an administrator with an end
			before := p.entering(names, mails)
			var err error
			m := p.member(name)
			switch r.IntN(6) {
			case 0:
				must(t, p.SetPassword(ctx, "acme", name+"@example.com", another))
			case 1: // as when a password ends that was good beside a second factor only
				if person, err := p.store.PersonByEmail(ctx, m.Email); err == nil && person.AccountID != 0 {
					must(t, p.store.SetPassword(ctx, person.AccountID, "", false))
				}
				continue
			case 2:
				_, err = console.RemoveMember(ctx, operator, "administrators", name+"@example.com")
			default:
				choice := services.MembershipChoice{Key: "administrators", In: r.IntN(3) > 0}
				if choice.In && r.IntN(2) == 0 {
					until := p.clock.Now().Add(time.Duration(5+r.IntN(60)) * time.Minute).Truncate(time.Minute)
					choice.Until = &until
				}
				_, err = console.SaveMemberGroups(ctx, operator, m.ID, services.MemberGroupsDraft{Revision: m.Revision, Choices: []services.MembershipChoice{choice}, Confirmed: services.Confirmed{Administrators: true}})
			}
			after := p.entering(names, mails)
			for _, pair := range [][2]int{{before.Now, after.Now}, {before.ForGood, after.ForGood}, {before.EnterNow, after.EnterNow}, {before.EnterForGood, after.EnterForGood}} {
				if pair[0] > 0 && pair[1] == 0 {
					t.Fatalf("step %d, mails %v, %s: %+v became %+v", step, mails, name, before, after)
				}
			}
			switch {
			case errors.Is(err, services.ErrLastAdministrator):
				refused++
			case err == nil && before != after:
				done++
			case err != nil && !errors.Is(err, models.ErrNotFound):
				t.Fatalf("step %d: %v", step, err)
			}
		}
		if refused < 5 || done < 20 {
			t.Errorf("%d refused and %d done: too few to tell", refused, done)
		}
	})
}

func TestTakingTheLastWayInAwayIsConfirmedFirst(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		apply(t, p.Console, "version: 1\norganization: {key: other, name: Other}\nmembers:\n  - {email: administrator@example.com, groups: [administrators]}\n", services.ApplyOptions{})
		p.withSecond()
		must(t, p.SetPassword(ctx, "acme", "john.smith@example.com", another))
		id := p.member("administrator").PersonID
		arm := func() {
			person, err := p.store.PersonByID(ctx, id)
			must(t, err)
			must(t, p.store.TurnOnTOTP(ctx, person.AccountID, "SECRET", 1))
			must(t, p.store.SetPassword(ctx, person.AccountID, person.PasswordHash, true))
		}
		arm()
		before, err := p.store.PersonByID(ctx, id)
		must(t, err)
		_, err = p.ResetSecondFactor(ctx, "acme", "administrator@example.com", false)
		var last services.LastWayIn
		if !errors.As(err, &last) || fmt.Sprint(last.Organizations) != "[other]" {
			t.Fatalf("got %v, want the other organization named", err)
		}
		if after, err := p.store.PersonByID(ctx, id); err != nil || after.PasswordHash != before.PasswordHash || after.TOTPSecret != before.TOTPSecret {
			t.Errorf("a refusal changed the person: %+v, %v", after, err)
		}
		if ended, err := p.ResetSecondFactor(ctx, "acme", "administrator@example.com", true); err != nil || !ended {
			t.Errorf("confirmed: %v, %v", ended, err)
		}
		// The last one of the organization itself.
		person, err := p.store.PersonByEmail(ctx, "john.smith@example.com")
		must(t, err)
		id = person.ID
		arm()
		if _, err = p.ResetSecondFactor(ctx, "acme", "john.smith@example.com", false); !errors.As(err, &last) || fmt.Sprint(last.Organizations) != "[acme]" {
			t.Errorf("got %v, want acme named", err)
		}
		if _, err := p.ResetSecondFactor(ctx, "acme", "john.smith@example.com", true); err != nil {
			t.Errorf("confirmed: %v", err)
		}
	})
}

func TestOnlyWhoLooksAfterMembersIsToldHowManyAdministratorsCanSignIn(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		p.withSecond()
		for name, want := range map[string]bool{"administrator": true, "coordinator": true, "leader": false, "viewer": false, "other": false} {
			a, told, err := p.AdministratorsEntering(context.Background(), p.by(name))
			if err != nil || told != want {
				t.Errorf("%s: told %v, %v", name, told, err)
			}
			if shown := (models.Administration{Now: 2, ForGood: 2, EnterNow: 1, EnterForGood: 1}); told && a != shown || !told && a != (models.Administration{}) {
				t.Errorf("%s: %+v", name, a)
			}
		}
	})
}
