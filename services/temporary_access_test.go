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
)

// operatorFile says who supports it: an agent, who may edit sources with the number of a case, and a specialist, who is an
// agent too and looks at other things.
const operatorFile = `version: 1
vendor: {name: Example Vendor, support_mail: support@vendor.example}
operators: [operator@vendor.example]
categories:
  - key: specialist
    name: Product specialist
    longest: 336h
    may_request:
      analytics/reports: view
      search/query-pipelines: edit
  - key: support-agent
    name: Support agent
    longest: 72h
    justification: {min_length: 20, pattern: "CASE-[0-9]+", hint: "the number of the case, such as CASE-1234", link: https://cases.vendor.example/}
    may_request:
      content/fields: view
      content/sources: edit
      organization/activities: view
      organization/groups: edit
      organization/temporary-access: view
      search/execute-queries: allowed
personnel:
  - {email: agent@vendor.example, name: Support Agent, categories: [support-agent], organizations: [acme]}
  - {email: specialist@vendor.example, name: Product Specialist, categories: [specialist, support-agent]}
`

const because = "CASE-1234: the Jira source does not rebuild"

// visit is an organization, its people and the vendor's.
type visit struct {
	people
}

func onVisit(t *testing.T, body func(t *testing.T, v visit)) {
	t.Helper()
	modelstest.EachOf(t, supported(operatorFile, modelstest.VisitedFile), func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		body(t, newVisit(t, store, clock))
	})
}

// newVisit is a visit on a store that has both files.
func newVisit(t *testing.T, store *models.Store, clock *modelstest.Clock) visit {
	t.Helper()
	return visit{people{mailing(store, clock), t, store, clock}}
}

// session is one of one of the vendor's people, kept in the store.
func (v visit) session(email string) services.Session {
	v.t.Helper()
	person := modelstest.Proven(v.t, v.store, email)
	s := models.Session{ID: email + v.clock.Now().String(), PersonID: person.ID, AccountID: person.AccountID, CreatedAt: v.clock.Now(), LastSeenAt: v.clock.Now(),
		ExpiresAt: v.clock.Now().Add(100 * time.Hour), Provider: "password"}
	if err := v.store.CreateSession(context.Background(), &s); err != nil && !errors.Is(err, models.ErrDuplicate) {
		v.t.Fatal(err)
	}
	return services.Session{ID: s.ID, Person: person, Provider: services.ProviderPassword}
}

func (v visit) agent() services.Session { return v.session("agent@vendor.example") }

// asks is what the agent asks for in most tests.
func (v visit) asks(life time.Duration) services.AccessRequest {
	return services.AccessRequest{
		Privileges:    map[access.DomainKey]access.Level{"content/sources": access.LevelEdit, "organization/activities": access.LevelView},
		Justification: because, Until: v.clock.Now().Add(life), Address: "192.0.2.7",
	}
}

func (v visit) request(life time.Duration) models.TemporaryAccess {
	v.t.Helper()
	a, err := v.RequestAccess(context.Background(), v.agent(), "acme", v.asks(life))
	must(v.t, err)
	return a
}

// enters tells whether the agent may enter the organization, and as whom.
func (v visit) enters(c *services.Console, who services.Session) (services.Caller, bool) {
	v.t.Helper()
	by, err := c.Identify(context.Background(), who, "acme", "192.0.2.7")
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		v.t.Fatal(err)
	}
	return by, err == nil
}

func (v visit) wantShut(c *services.Console, who services.Session, when string) {
	v.t.Helper()
	if by, entered := v.enters(c, who); entered {
		v.t.Errorf("%s, the agent enters with %+v", when, by.Accesses)
	}
}

func (v visit) detail(by, key string) services.TemporaryAccessDetail {
	v.t.Helper()
	d, err := v.TemporaryAccess(context.Background(), v.by(by), key)
	must(v.t, err)
	return d
}

func (v visit) queued() []string {
	v.t.Helper()
	var all []string
	o, err := v.store.OrganizationByKey(context.Background(), "acme")
	must(v.t, err)
	open, err := v.store.In(o.ID).OpenMails(context.Background(), models.MailFilter{})
	must(v.t, err)
	for _, m := range open.Rows {
		all = append(all, m.Kind+" to "+m.Recipient)
	}
	slices.Sort(all)
	return all
}

// The table of seed 000, from the request to the row that stays: without pages, which have their own walk through it.
func TestATemporaryAccessGoesThroughTheEightSteps(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		must(t, v.SubscribeToRequests(ctx, v.by("administrator"))) // step 4 needs it
		v.wantShut(v.Console, v.agent(), "before step 2")
		a := v.request(time.Hour)                        // step 2
		agent, entered := v.enters(v.Console, v.agent()) // step 3: granted at once
		if !entered || !agent.Enters() || !agent.Rights.May(services.EditIn("content/sources"), 0) || agent.Rights.Held() != 3 {
			t.Fatalf("the agent has not what was asked for, with view on the organization: %+v", agent)
		}
		if got := v.queued(); !slices.Equal(got, []string{"access-requested to administrator@example.com"}) { // step 4
			t.Errorf("queued %q", got)
		}
		d := v.detail("administrator", a.Key) // step 5
		if d.Status != models.StatusActive || d.Justification != because || d.CategoryName != "Support agent" || d.Address != "192.0.2.7" ||
			len(d.Privileges) != 3 || !d.Revocable || d.Email != "agent@vendor.example" {
			t.Errorf("details: %+v", d)
		}
		made, err := v.AddResource(ctx, agent, "content/sources", services.NewResource{ResourceConfiguration: services.ResourceConfiguration{Name: "Probe", Visibility: models.VisibilityShared}, Access: services.NewAccess{Confirmed: true}}) // step 6
		must(t, err)
		v.clock.Set(a.ExpiresAt.Add(-time.Microsecond))
		if _, entered := v.enters(v.Console, v.agent()); !entered {
			t.Error("the agent is out before the end")
		}
		v.clock.Set(a.ExpiresAt) // step 7, with nothing running in the background
		v.wantShut(v.Console, v.agent(), "at the expiry instant")
		d = v.detail("administrator", a.Key) // step 8
		if d.Status != models.StatusExpired || d.Outcome != models.AccessExpired || len(d.Privileges) != 3 || d.Revocable {
			t.Errorf("details of what has expired: %+v", d)
		}
		if len(d.Made) != 1 || d.Made[0].Key != made.Key || d.Made[0].Ended || len(d.Done) != 1 || d.Done[0].Operation != "resource.created" {
			t.Errorf("what was made stays and is listed: %+v, %+v", d.Made, d.Done)
		}
		if got := v.queued(); !slices.Equal(got, []string{"access-ended to administrator@example.com", "access-ended to agent@vendor.example",
			"access-requested to administrator@example.com"}) {
			t.Errorf("queued %q", got)
		}
		v.clock.Set(a.ExpiresAt.Add(services.TemporaryAccessKept))
		if list, err := v.TemporaryAccesses(ctx, v.by("auditor"), services.TemporaryAccessQuery{}); err != nil || len(list.Rows) != 1 {
			t.Errorf("after 180 days there are %d rows, %v", len(list.Rows), err)
		}
		v.clock.Advance(time.Second)
		if list, err := v.TemporaryAccesses(ctx, v.by("auditor"), services.TemporaryAccessQuery{}); err != nil || len(list.Rows) != 0 {
			t.Errorf("after more than 180 days there are %d rows, %v", len(list.Rows), err)
		}
		must(t, modelstest.VerifyActivities(ctx, v.scope()))
	})
}

func TestRevokingActsOnTheVeryNextRequestOfAnyInstanceForGood(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		other := mailing(v.store, v.clock)
		who := v.agent()
		a := v.request(time.Hour)
		agent, _ := v.enters(other, who)
		if _, err := v.RevokeTemporaryAccess(ctx, v.by("administrator"), a.Key); err != nil {
			t.Fatal(err)
		}
		v.wantShut(other, who, "after it was revoked")
		_, err := other.Run(ctx, agent, "content/sources", "jira", "Rebuild") // with rights resolved before
		wantForbidden(t, err)
		if _, err := v.store.SessionByID(ctx, who.ID); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the session that entered through it: %v", err)
		}
		d := v.detail("auditor", a.Key)
		if d.Status != models.StatusRevoked || d.EndedBy != "Administrator (administrator@example.com)" || d.Revocable {
			t.Errorf("details: %+v", d)
		}
		if _, err := v.RevokeTemporaryAccess(ctx, v.by("administrator"), a.Key); !errors.Is(err, services.ErrAccessEnded) {
			t.Errorf("revoked again: %v", err)
		}
	})
}

// wantForbidden wants the refusal of somebody who may not do this, or no longer.
func wantForbidden(t *testing.T, err error) {
	t.Helper()
	var forbidden services.Forbidden
	if !errors.As(err, &forbidden) {
		t.Errorf("got %v, want a refusal", err)
	}
}

func TestOfManyWhoRevokeAtOnceOneDoes(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		a := v.request(time.Hour)
		instances := []*services.Console{v.Console, mailing(v.store, v.clock)}
		by := v.by("administrator")
		var group sync.WaitGroup
		done := make(chan error, 20)
		for n := range cap(done) {
			group.Go(func() {
				_, err := instances[n%2].RevokeTemporaryAccess(ctx, by, a.Key)
				done <- err
			})
		}
		group.Wait()
		close(done)
		revoked := 0
		for err := range done {
			switch {
			case err == nil:
				revoked++
			case !errors.Is(err, services.ErrAccessEnded):
				t.Error(err)
			}
		}
		if revoked != 1 || len(v.queued()) != 1 {
			t.Errorf("%d revoked it, queued %q", revoked, v.queued())
		}
	})
}

func TestOfTwoInstancesOneTellsOfAnExpiry(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		must(t, v.SubscribeToRequests(ctx, v.by("administrator")))
		v.request(time.Hour)
		v.clock.Advance(time.Hour)
		var group sync.WaitGroup
		for _, c := range []*services.Console{v.Console, mailing(v.store, v.clock)} {
			for range 5 {
				group.Go(func() {
					if err := c.EndExpiredAccesses(ctx); err != nil {
						t.Error(err)
					}
				})
			}
		}
		group.Wait()
		want := []string{"access-ended to administrator@example.com", "access-ended to agent@vendor.example", "access-requested to administrator@example.com"}
		if got := v.queued(); !slices.Equal(got, want) {
			t.Errorf("queued %q", got)
		}
	})
}

func TestAClockThatGoesBackRevivesNothing(t *testing.T) {
	for name, back := range map[string]time.Duration{"an hour": time.Hour, "ten years": 10 * 365 * 24 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			onVisit(t, func(t *testing.T, v visit) {
				ctx := context.Background()
				who := v.agent()
				expired, running := v.request(30*time.Minute), v.request(5*time.Hour)
				v.clock.Set(expired.ExpiresAt)
				by, entered := v.enters(v.Console, who)
				if !entered || len(by.Accesses) != 1 || by.Accesses[0].Key != running.Key {
					t.Fatalf("before the clock goes back the agent has %+v", by.Accesses)
				}
				v.clock.Advance(-back)
				v.wantShut(v.Console, who, "with the clock back, by what this process knows,")
				must(t, v.WriteLastUsed(ctx))
				restarted := mailing(v.store, v.clock)
				v.wantShut(restarted, who, "with the clock back, by what the database knows,")
				if _, err := restarted.RequestAccess(ctx, who, "acme", v.asks(time.Hour)); !errors.Is(err, services.ErrClockBack) {
					t.Errorf("asked with the clock back: %v", err)
				}
				if organizations, err := restarted.OrganizationsOf(ctx, who.Person); err != nil || len(organizations) != 0 {
					t.Errorf("the picker shows %+v, %v", organizations, err)
				}
				v.clock.Set(expired.ExpiresAt.Add(time.Minute)) // the clock is right again
				if by, entered := v.enters(restarted, who); !entered || len(by.Accesses) != 1 {
					t.Errorf("with the clock right again the agent has %+v", by.Accesses)
				}
			})
		})
	}
}

func TestAClockThatWasAheadByMistakeIsReset(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		v.clock.Advance(10 * 365 * 24 * time.Hour)
		ahead := v.request(time.Hour)
		v.clock.Set(modelstest.Start)
		restarted := mailing(v.store, v.clock)
		if _, err := restarted.RequestAccess(ctx, v.agent(), "acme", v.asks(time.Hour)); !errors.Is(err, services.ErrClockBack) {
			t.Fatalf("asked before the reset: %v", err)
		}
		if ended, err := restarted.ResetClock(ctx); err != nil || ended != 1 {
			t.Fatalf("ended %d, %v", ended, err)
		}
		if a, err := v.scope().TemporaryAccess(ctx, ahead.Key); err != nil || a.Outcome != models.AccessRevoked || a.Reason != services.ReasonClockReset {
			t.Errorf("what ran is %q for %q, %v", a.Outcome, a.Reason, err)
		}
		if _, err := restarted.RequestAccess(ctx, v.agent(), "acme", v.asks(time.Hour)); err != nil {
			t.Error(err)
		}
		if _, entered := v.enters(restarted, v.agent()); !entered {
			t.Error("the agent does not enter")
		}
	})
}

// The command is broken off at each of its looks at the clock.
func TestAResetOfTheClockThatFailsSaysWhatItEnded(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		a := v.request(time.Hour)
		for looks := 1; ; looks++ {
			ctx, cancel := context.WithCancel(context.Background())
			left := looks
			c := services.New(services.Config{Store: v.store, Catalog: v.Catalog(), Now: func() time.Time {
				if left--; left == 0 {
					cancel()
				}
				return v.clock.Now()
			}})
			_, err := c.ResetClock(ctx)
			cancel()
			if err == nil {
				t.Fatal("it never failed behind what it ended")
			}
			now, unread := v.scope().TemporaryAccess(context.Background(), a.Key)
			must(t, unread)
			said := strings.Contains(err.Error(), "1 temporary access has ended, but the clock is not reset: ")
			if said != (now.Outcome != "") {
				t.Errorf("after %d looks the access is %q, and the error says %v", looks, now.Outcome, err)
			}
			if now.Outcome != "" {
				return
			}
		}
	})
}

func TestAnAccessThatNobodyMetAtItsEndIsNotRevivedByTheClock(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		who := v.agent()
		a := v.request(time.Hour)
		v.clock.Set(a.ExpiresAt.Add(time.Minute))
		_, err := v.AddGroup(ctx, v.by("administrator"), services.NewGroup{Name: "Something else"}) // any change knows the time
		must(t, err)
		v.clock.Advance(-2 * time.Minute)
		v.wantShut(mailing(v.store, v.clock), who, "two minutes before its end once more")
		if got := v.detail("administrator", a.Key); got.Outcome != models.AccessExpired {
			t.Errorf("its outcome is %q", got.Outcome)
		}
	})
}
