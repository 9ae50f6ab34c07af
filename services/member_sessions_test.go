package services_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// globexFile is a second organization that John Smith is a member of.
const globexFile = `version: 1
organization: {key: globex, name: Globex}
members:
  - {email: boss@example.com, name: Boss, groups: [administrators]}
  - {email: john.smith@example.com, groups: [administrators]}
`

// enters says what a session finds in an organization, and writes down that it was used there.
func (p people) enters(id, member, organization string) error {
	p.t.Helper()
	person := modelstest.Proven(p.t, p.store, member+"@example.com")
	_, err := p.Identify(context.Background(), services.Session{ID: id, Person: person, Provider: services.ProviderPassword}, organization, "192.0.2.1")
	must(p.t, p.WriteLastUsed(context.Background()))
	return err
}

func (p people) sessions(member string) []models.MemberSession {
	p.t.Helper()
	found, err := p.MemberSessions(context.Background(), p.by("administrator"), p.member(member).ID)
	must(p.t, err)
	return found.Rows
}

func TestAMembersSessionsAreThoseThatUseTheOrganization(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		apply(t, p.Console, globexFile, services.ApplyOptions{})
		p.session("here", "john.smith")
		p.session("there", "john.smith")
		must(t, p.enters("here", "john.smith", "acme"))
		must(t, p.enters("here", "john.smith", "globex"))
		must(t, p.enters("there", "john.smith", "globex"))
		rows := p.sessions("john.smith")
		if len(rows) != 1 || rows[0].SessionID != "here" || !rows[0].LastUsedAt.Equal(p.clock.Now().Truncate(time.Minute)) {
			t.Fatalf("listed %+v", rows)
		}
		p.clock.Advance(5 * time.Minute)
		must(t, p.enters("here", "john.smith", "acme"))
		if again := p.sessions("john.smith"); len(again) != 1 || again[0].LastUsedAt.Sub(rows[0].LastUsedAt) != 5*time.Minute {
			t.Errorf("used again: %+v", again)
		}
		// What it does elsewhere later is not told.
		p.clock.Advance(services.SessionIdle + time.Minute)
		must(t, p.enters("here", "john.smith", "globex"))
		if later := p.sessions("john.smith"); len(later) != 0 {
			t.Errorf("used elsewhere alone: %+v", later)
		}
		for _, by := range []string{"leader", "viewer"} {
			if _, err := p.MemberSessions(context.Background(), p.by(by), p.member("john.smith").ID); !is[services.Forbidden](err) {
				t.Errorf("%s looks: %v", by, err)
			}
			if _, err := p.EndMemberSessions(context.Background(), p.by(by), p.member("john.smith").ID); !is[services.Forbidden](err) {
				t.Errorf("%s ends: %v", by, err)
			}
		}
	})
}

// Attack: sign somebody out of another organization, or end a session of a member of another one.
func TestEndingSessionsOfAMemberKeepsThemInOtherOrganizations(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		apply(t, p.Console, globexFile, services.ApplyOptions{})
		p.session("one", "john.smith")
		p.session("two", "john.smith")
		p.session("new", "john.smith") // has opened nothing yet
		for _, id := range []string{"one", "two"} {
			must(t, p.enters(id, "john.smith", "acme"))
			must(t, p.enters(id, "john.smith", "globex"))
		}
		admin, john := p.by("administrator"), p.member("john.smith")
		first := p.sessions("john.smith")[0]
		if _, err := p.EndMemberSession(ctx, admin, p.member("viewer").ID, first.ID); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("as a session of somebody else: %v", err)
		}
		if _, err := p.EndMemberSession(ctx, callerIn(t, p, "globex", "boss"), p.memberIn("globex", "john.smith").ID, first.ID); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("by its number from another organization: %v", err)
		}
		_, err := p.EndMemberSession(ctx, admin, john.ID, first.ID)
		must(t, err)
		var ended services.SessionEnded
		if err := p.enters(first.SessionID, "john.smith", "acme"); !errors.As(err, &ended) {
			t.Errorf("the ended one enters: %v", err)
		}
		must(t, p.enters(first.SessionID, "john.smith", "globex"))
		if left := p.sessions("john.smith"); len(left) != 1 || left[0].ID == first.ID {
			t.Errorf("left are %+v", left)
		}
		_, err = p.EndMemberSessions(ctx, admin, john.ID)
		must(t, err)
		for _, id := range []string{"one", "two", "new"} {
			if err := p.enters(id, "john.smith", "acme"); !errors.As(err, &ended) {
				t.Errorf("%s enters: %v", id, err)
			}
			must(t, p.enters(id, "john.smith", "globex"))
		}
		p.session("later", "john.smith")
		must(t, p.enters("later", "john.smith", "acme"))
		if a := activities(t, p.store)[0]; a.Operation != models.OpMemberSessionsEnded || a.ResourceKey != john.Email || a.Before+a.After != `{"sessions":1}{"sessions":0}` {
			t.Errorf("recorded %+v", a)
		}
	})
}

// A session of an account that opens nothing else ends as a whole, as it does when the member is removed.
func TestASessionThatOpensNothingElseEnds(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		p.session("one", "john.smith")
		p.session("two", "john.smith")
		must(t, p.enters("one", "john.smith", "acme"))
		_, err := p.EndMemberSession(ctx, p.by("administrator"), p.member("john.smith").ID, p.sessions("john.smith")[0].ID)
		must(t, err)
		if _, err := p.store.SessionByID(ctx, "one"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the ended one: %v", err)
		}
		_, err = p.store.SessionByID(ctx, "two")
		must(t, err)
		_, err = p.EndMemberSessions(ctx, p.by("administrator"), p.member("john.smith").ID)
		must(t, err)
		if _, err := p.store.SessionByID(ctx, "two"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the other one: %v", err)
		}
	})
}

// Attack: go on in a session from before one was suspended, once one is reactivated.
func TestASessionFromBeforeASuspensionOpensNothingAfterIt(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		apply(t, p.Console, globexFile, services.ApplyOptions{})
		p.session("before", "john.smith")
		must(t, p.enters("before", "john.smith", "acme"))
		must(t, p.suspend("administrator", "john.smith"))
		if err := p.enters("before", "john.smith", "acme"); !is[services.Suspended](err) {
			t.Errorf("meanwhile: %v", err)
		}
		must(t, p.enters("before", "john.smith", "globex"))
		must(t, p.reactivate("administrator", "john.smith"))
		if err := p.enters("before", "john.smith", "acme"); !is[services.SessionEnded](err) {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// callerIn is somebody as a caller of an organization.
func callerIn(t *testing.T, p people, organization, name string) services.Caller {
	t.Helper()
	person := modelstest.Proven(t, p.store, name+"@example.com")
	by, err := p.Identify(context.Background(), services.Session{Person: person, Provider: services.ProviderPassword}, organization, "192.0.2.1")
	must(t, err)
	return by
}

func (p people) memberIn(organization, name string) models.Member {
	p.t.Helper()
	o, err := p.store.OrganizationByKey(context.Background(), organization)
	must(p.t, err)
	m, err := p.store.In(o.ID).MemberByEmail(context.Background(), name+"@example.com")
	must(p.t, err)
	return m
}

// What writes down uses and what ends sessions touch the same rows; neither fails because of the other.
func TestSessionsAreEndedWhileTheyAreUsed(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		apply(t, p.Console, globexFile, services.ApplyOptions{})
		admin, john, ids := p.by("administrator"), p.member("john.smith"), []string{"a", "b", "c", "d"}
		for _, id := range ids {
			p.session(id, "john.smith")
		}
		var all sync.WaitGroup
		var stamped, ended error
		all.Go(func() {
			for n := range 20 {
				stamped = errors.Join(stamped, p.scope().StampSessions(ctx, ids, p.clock.Now().Add(time.Duration(n)*time.Minute)))
			}
		})
		all.Go(func() {
			for range 20 {
				_, err := p.EndMemberSessions(ctx, admin, john.ID)
				ended = errors.Join(ended, err)
			}
		})
		all.Wait()
		if stamped != nil || ended != nil {
			t.Errorf("stamping: %v, ending: %v", stamped, ended)
		}
		if left := p.sessions("john.smith"); len(left) != 0 {
			t.Errorf("left are %+v", left)
		}
	})
}
