package services_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

func (p people) suspend(by, member string) error {
	_, err := p.SuspendMember(context.Background(), p.by(by), p.member(member).ID)
	return err
}

func (p people) reactivate(by, member string) error {
	_, err := p.ReactivateMember(context.Background(), p.by(by), p.member(member).ID)
	return err
}

// identify is what the member's session, which a password began, finds in the organization.
func (p people) identify(member string) (services.Caller, error) {
	person := modelstest.Proven(p.t, p.store, member+"@example.com")
	return p.Identify(context.Background(), services.Session{Person: person, Provider: services.ProviderPassword}, "acme", "192.0.2.1")
}

// may is what `check` says.
func (p people) may(member, ability, domain string) bool {
	p.t.Helper()
	k, err := p.Checker(context.Background(), "acme")
	must(p.t, err)
	answer, err := k.Answers(context.Background(), []services.Question{{Subject: "member:" + member + "@example.com", Ability: ability, Domain: domain}})
	must(p.t, err)
	if answer[0].Unknown != "" {
		p.t.Fatal(answer[0].Unknown)
	}
	return answer[0].Allowed
}

func TestWhoIsSuspendedHoldsNothingAndStaysAMember(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, john := context.Background(), p.member("john.smith")
		if _, err := p.identify("john.smith"); err != nil || !p.may("john.smith", "view", "content/sources") {
			t.Fatalf("before: %v", err)
		}
		p.session("s", "john.smith")
		seats, err := p.scope().MemberCount(ctx)
		must(t, err)
		must(t, p.suspend("coordinator", "john.smith"))

		var suspended services.Suspended
		if _, err := p.identify("john.smith"); !errors.As(err, &suspended) || suspended.Organization.Key != "acme" {
			t.Errorf("entering: %v", err)
		}
		if p.may("john.smith", "view", "content/sources") {
			t.Error("their groups still count")
		}
		if _, err := p.store.SessionByID(ctx, "s"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the session: %v", err)
		}
		p.wantGroups("john.smith", "readers")
		if r, err := p.scope().Resource(ctx, "content/sources", "jira"); err != nil || r.OwnerID == nil || *r.OwnerID != john.PersonID {
			t.Errorf("their source is owned by %v, %v", r.OwnerID, err)
		}
		if after, err := p.scope().MemberCount(ctx); err != nil || after != seats {
			t.Errorf("%d members, were %d", after, seats)
		}
		if open, err := p.OrganizationsOf(ctx, modelstest.Proven(t, p.store, "john.smith@example.com")); err != nil || len(open) != 1 {
			t.Errorf("they find %v, %v", open, err)
		}
		a, err := p.MemberAccess(ctx, p.by("administrator"), john.ID)
		must(t, err)
		if !a.Member.Suspended() || len(a.Groups) != 1 || a.Rights.Held() != 0 {
			t.Errorf("the page of their access has %d groups and %d levels", len(a.Groups), a.Rights.Held())
		}

		must(t, p.reactivate("administrator", "john.smith"))
		if _, err := p.identify("john.smith"); err != nil || !p.may("john.smith", "view", "content/sources") {
			t.Errorf("afterwards: %v", err)
		}
		if after := p.member("john.smith"); after.ID != john.ID {
			t.Error("they became another member")
		}
		var recorded []string
		for _, a := range activities(t, p.store)[:2] {
			recorded = append(recorded, string(a.Operation)+" "+a.ResourceKey+" "+a.Before+a.After)
		}
		want := []string{
			`member.reactivated john.smith@example.com {"status":"suspended"}{"status":"active"}`,
			`member.suspended john.smith@example.com {"status":"active"}{"status":"suspended"}`,
		}
		if !slices.Equal(recorded, want) {
			t.Errorf("recorded %q, want %q", recorded, want)
		}
	})
}

// session begins one for somebody, as signing in would.
func (p people) session(id, member string) {
	p.t.Helper()
	person := modelstest.Proven(p.t, p.store, member+"@example.com")
	at := p.clock.Now()
	must(p.t, p.store.CreateSession(context.Background(), &models.Session{ID: id, PersonID: person.ID, AccountID: person.AccountID,
		CreatedAt: at, LastSeenAt: at, ExpiresAt: at.Add(time.Hour)}))
}

func TestSuspendingTakesWhatRemovingDoesAndReactivatingIsGiving(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, john := context.Background(), p.member("john.smith")
		for _, by := range []string{"leader", "viewer"} { // who edits some groups, or views them
			if _, err := p.MemberSuspension(ctx, p.by(by), john.ID); !is[services.Forbidden](err) {
				t.Errorf("%s asks: %v", by, err)
			}
			if err := p.suspend(by, "john.smith"); !is[services.Forbidden](err) {
				t.Errorf("%s suspends: %v", by, err)
			}
			if err := p.reactivate(by, "john.smith"); !is[services.Forbidden](err) {
				t.Errorf("%s reactivates: %v", by, err)
			}
		}
		if err := p.reactivate("coordinator", "john.smith"); !errors.Is(err, services.ErrNotSuspended) {
			t.Errorf("reactivating somebody active: %v", err)
		}
		must(t, p.suspend("coordinator", "john.smith"))
		if err := p.suspend("coordinator", "john.smith"); !errors.Is(err, services.ErrSuspended) {
			t.Errorf("a second time: %v", err)
		}
		if err := p.suspend("coordinator", "coordinator"); !errors.Is(err, services.ErrOneself) {
			t.Errorf("oneself: %v", err)
		}
		// The coordinator holds less than the readers do, and could not put anybody among them (R7).
		if err := p.reactivate("coordinator", "john.smith"); !is[services.TooHigh](err) {
			t.Errorf("beyond the coordinator: %v", err)
		}
		actions, err := p.MemberActions(ctx, p.by("coordinator"), john.ID)
		if err != nil || actions.Suspends || actions.Reactivates {
			t.Errorf("the coordinator is offered %+v, %v", actions, err)
		}
		if actions, err = p.MemberActions(ctx, p.by("administrator"), john.ID); err != nil || !actions.Reactivates {
			t.Errorf("the administrator is offered %+v, %v", actions, err)
		}
		s, err := p.MemberSuspension(ctx, p.by("administrator"), john.ID)
		if err != nil || s.Why != nil || len(s.Groups) != 1 || s.Held != 2 {
			t.Errorf("the question says %+v, %v", s, err)
		}
		must(t, p.reactivate("administrator", "john.smith"))
	})
}

// Attack: have the rights back for longer than who gives them back has them.
func TestReactivatingLastsNoLongerThanTheGiversOwnAccess(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		p.save("administrator", "coordinator", services.MembershipChoice{Key: "administrators", In: true, Until: in(time.Hour)})
		must(t, p.suspend("coordinator", "john.smith"))
		if err := p.reactivate("coordinator", "john.smith"); !is[services.TooHigh](err) {
			t.Errorf("for good, by who holds it for an hour: %v", err)
		}
		_, err := p.save("administrator", "john.smith", services.MembershipChoice{Key: "readers", In: true, Until: in(30 * time.Minute)})
		must(t, err)
		must(t, p.reactivate("coordinator", "john.smith"))
	})
}

func TestTheLastAdministratorIsNotSuspendedAndASuspendedOneCountsForNothing(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		_, err := p.save("administrator", "john.smith", services.MembershipChoice{Key: "administrators", In: true})
		must(t, err)
		must(t, p.suspend("administrator", "john.smith"))
		_, err = p.save("administrator", "coordinator", services.MembershipChoice{Key: "administrators", In: true})
		must(t, err)
		must(t, p.suspend("coordinator", "administrator"))
		_, err = p.RemoveFromOrganization(context.Background(), p.by("coordinator"), p.member("coordinator").ID)
		if !errors.Is(err, services.ErrLastAdministrator) {
			t.Errorf("the last one who counts leaves: %v", err)
		}
		administrators, err := p.Administrators(context.Background(), p.by("coordinator"))
		if err != nil || len(administrators) != 1 || administrators[0].Email != "coordinator@example.com" {
			t.Errorf("people are told to ask %v, %v", administrators, err)
		}
	})
}

func TestOfTwoAdministratorsWhoSuspendEachOtherOneStays(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		_, err := p.save("administrator", "john.smith", services.MembershipChoice{Key: "administrators", In: true})
		must(t, err)
		pairs := [2][2]string{{"administrator", "john.smith"}, {"john.smith", "administrator"}}
		var callers [2]services.Caller
		var ids [2]models.MemberID
		for i, pair := range pairs {
			callers[i], ids[i] = p.by(pair[0]), p.member(pair[1]).ID
		}
		var done [2]error
		var both sync.WaitGroup
		for i := range pairs {
			both.Go(func() { _, done[i] = p.SuspendMember(context.Background(), callers[i], ids[i]) })
		}
		both.Wait()
		if (done[0] == nil) == (done[1] == nil) {
			t.Errorf("got %v and %v, want one suspension", done[0], done[1])
		}
	})
}

func TestExplainSaysThatSomebodyIsSuspended(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		must(t, p.suspend("administrator", "john.smith"))
		e, err := p.Explain(context.Background(), p.by("administrator"),
			services.Question{Subject: "member:john.smith@example.com", Ability: "view", Domain: "content/sources"})
		must(t, err)
		told := e.Sentences()
		if e.Allowed || len(e.Considered) != 1 || e.Considered[0].Why != access.Suspended {
			t.Errorf("considered %+v", e.Considered)
		}
		if !strings.Contains(told.Summary, "is suspended") || !strings.Contains(told.Considered[0].Text, "the member is suspended") {
			t.Errorf("it says %+v", told)
		}
		if want := []string{"Reactivating " + e.Subject.Name + "."}; !slices.Equal(told.Changes, want) {
			t.Errorf("what would change it: %q, want %q", told.Changes, want)
		}
	})
}

func TestFilesSuspendAndReactivateOnlyWhereTheySaySo(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		const file = "version: 1\norganization: {key: acme, name: Acme}\nmembers:\n  - {email: john.smith@example.com, groups: [readers]%s}\n"
		with := func(more string) services.Plan {
			return apply(t, p.Console, strings.Replace(file, "%s", more, 1), services.ApplyOptions{})
		}
		plan := with(", status: suspended")
		if len(plan.Steps) != 1 || !slices.Equal(plan.Steps[0].Details, []string{"status: active → suspended"}) {
			t.Errorf("the plan is %+v", plan.Steps)
		}
		if !p.member("john.smith").Suspended() || !strings.Contains(p.export(), "status: suspended") {
			t.Error("the file did not suspend, or the export does not say so")
		}
		if plan := with(""); !plan.Empty() || !p.member("john.smith").Suspended() {
			t.Errorf("a file that does not say it: %+v", plan.Steps)
		}
		if again := apply(t, p.Console, p.export(), services.ApplyOptions{}); !again.Empty() {
			t.Errorf("applying the export again: %+v", again.Steps)
		}
		with(", status: active")
		if p.member("john.smith").Suspended() || strings.Contains(p.export(), "status:") {
			t.Error("the file did not reactivate")
		}
	})
}

func TestARestoredBackupTellsWhoIsSuspendedSince(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		must(t, p.suspend("administrator", "john.smith"))
		newer, err := files.ReadOrganization("newer", []byte(p.export()), p.Catalog())
		must(t, err)
		must(t, p.reactivate("administrator", "john.smith"))
		found, err := p.CheckRestored(context.Background(), services.Newer{Organizations: map[string]*files.Organization{"acme": newer}})
		must(t, err)
		if back := strings.Join(found.Organizations[0].Back, "\n"); !strings.Contains(back, "member john.smith@example.com") || !strings.Contains(back, "suspended in the newer file") {
			t.Errorf("told %q", back)
		}
	})
}
