package services_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// changeReverted is what reverting all of a change would do, as "who or what: why it stays, or today>afterwards" for each activity.
func changeReverted(r services.ChangeReversal) string {
	var all []string
	for _, o := range r.Outcomes {
		what := strings.TrimSuffix(strings.SplitN(orName(o.Row), " (", 2)[0], "@example.com") + " " + o.Row.ResourceKey + ": "
		if o.Why != nil {
			all = append(all, what+whyIn(o.Why))
		} else {
			all = append(all, what+o.Row.Line.Before+">"+o.Row.Line.After)
		}
	}
	return strings.Join(all, "; ")
}

func orName(a services.RevertedActivity) string {
	if a.Line.Name != "" {
		return a.Line.Name
	}
	return a.Is.Member
}

// whyIn is a reason in a word.
func whyIn(why error) string {
	var confirm services.NeedsConfirmation
	switch {
	case errors.As(why, &services.ChangedSince{}):
		return "changed"
	case errors.As(why, &services.HasLeft{}):
		return "left"
	case errors.As(why, &services.HasMoved{}):
		return "moved"
	case errors.As(why, &services.Gone{}):
		return "gone"
	case errors.As(why, &services.TooHigh{}):
		return "beyond"
	case errors.As(why, &services.Forbidden{}):
		return "forbidden"
	case errors.As(why, &services.BringsNobodyIn{}):
		return "brings nobody in"
	case errors.As(why, &confirm):
		return map[services.Confirmation]string{services.ConfirmLeave: "last group", services.ConfirmUnproven: "unproven"}[confirm.Of]
	}
	for err, word := range map[error]string{services.ErrNothingToDo: "already", services.ErrOneself: "oneself", services.ErrReactivateFirst: "suspended",
		services.ErrLastAdministrator: "last administrator", services.ErrNotRevertible: "not revertible", services.ErrOneByOne: "one by one"} {
		if errors.Is(why, err) {
			return word
		}
	}
	return why.Error()
}

func (p people) changeReversal(by services.Caller, id int64) services.ChangeReversal {
	p.t.Helper()
	r, err := p.ReviewRevertOfChange(context.Background(), by, id)
	must(p.t, err)
	return r
}

// wantReverted finds what reverting all of a change would do, and does it.
func (p people) wantReverted(by services.Caller, id int64, want string) {
	p.t.Helper()
	r := p.changeReversal(by, id)
	if got := changeReverted(r); got != want {
		p.t.Errorf("shown\n%s\nwant\n%s", got, want)
	}
	_, err := p.RevertChange(context.Background(), by, id, r.Shown)
	if len(r.Can()) == 0 {
		if !errors.Is(err, services.ErrNothingReverts) && !errors.As(err, &services.TooHigh{}) && !errors.As(err, &services.Forbidden{}) && !errors.As(err, &services.BringsNobodyIn{}) {
			p.t.Errorf("nothing can be reverted: %v", err)
		}
		return
	}
	must(p.t, err)
}

// An administrator finds what was done to many a week ago, and reverts all of it that nobody has changed since.
func TestAChangeOfManyIsRevertedTogether(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, by := context.Background(), p.by("administrator")
		id := made(t, func(ctx context.Context) error {
			return p.AddToGroups(ctx, by, p.ids("coordinator", "viewer", "leader"), services.ManyMemberships{Groups: []string{"writers", "auditors"}})
		})
		p.clock.Advance(7 * 24 * time.Hour)
		p.saved("administrator", "viewer", services.MembershipChoice{Key: "writers", In: true, Until: in(30 * 24 * time.Hour)})
		p.saved("administrator", "leader", services.MembershipChoice{Key: "auditors"})
		p.wantReverted(by, id+3, // any activity of the change stands for it
			"Coordinator auditors: member>; Coordinator writers: member>; Leader auditors: already; Leader writers: member>; Viewer auditors: member>; Viewer writers: changed")
		p.wantGroups("coordinator", "coordinators")
		p.wantGroups("leader", "leads")
		last := p.lastActivity(models.OpGroupMemberRemoved)
		p.wantReverted(by, last.ID, "Coordinator auditors: >member; Coordinator writers: >member; Leader writers: >member; Viewer auditors: >member")
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}

func TestRevertingAChangeDoesWhatWasShownOrNothing(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		by := p.by("administrator")
		id := made(t, func(ctx context.Context) error {
			return p.AddToGroups(ctx, by, p.ids("coordinator", "viewer"), services.ManyMemberships{Groups: []string{"writers"}})
		})
		shown := p.changeReversal(by, id).Shown
		p.saved("administrator", "viewer", services.MembershipChoice{Key: "writers"})
		if _, err := p.RevertChange(context.Background(), by, id, shown); !errors.Is(err, services.ErrShownOtherwise) {
			t.Errorf("reverted what nobody was shown: %v", err)
		}
		if in, _ := p.isIn("coordinator", "writers"); !in {
			t.Error("something was reverted")
		}
		if _, err := p.ReviewRevertOfChange(context.Background(), p.by("viewer"), id); !errors.As(err, &services.Forbidden{}) {
			t.Errorf("without view on Activities: %v", err)
		}
		if _, err := p.RevertChange(context.Background(), p.by("viewer"), 99999, ""); !errors.As(err, &services.Forbidden{}) {
			t.Errorf("without view on Activities, what never was: %v", err)
		}
		if _, err := p.ReviewRevertOfChange(context.Background(), by, 99999); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("what never was: %v", err)
		}
	})
}

// What of a change can't be reverted stays, and says why.
func TestWhatOfAChangeStaysAndWhy(t *testing.T) {
	for _, test := range []struct {
		name  string
		since func(t *testing.T, p inviting, by services.Caller)
		want  string
	}{
		{"somebody has left", func(t *testing.T, p inviting, by services.Caller) {
			_, err := p.RemoveFromOrganization(context.Background(), by, p.member("viewer").ID)
			must(t, err)
		}, "Coordinator writers: >member; Viewer writers: left"},
		{"the group is gone", func(t *testing.T, p inviting, by services.Caller) {
			_, err := p.DeleteGroup(context.Background(), by, "writers")
			must(t, err)
		}, "Coordinator writers: gone; Viewer writers: gone"},
		{"somebody is suspended", func(t *testing.T, p inviting, by services.Caller) {
			_, err := p.SuspendMember(context.Background(), by, p.member("viewer").ID)
			must(t, err)
		}, "Coordinator writers: >member; Viewer writers: suspended"},
	} {
		t.Run(test.name, func(t *testing.T) {
			onInviting(t, func(t *testing.T, p inviting) {
				by := p.by("administrator")
				writers := services.ManyMemberships{Groups: []string{"writers"}}
				must(t, p.AddToGroups(context.Background(), by, p.ids("coordinator", "viewer"), writers))
				id := made(t, func(ctx context.Context) error {
					return p.RemoveFromGroups(ctx, by, p.ids("coordinator", "viewer"), writers)
				})
				test.since(t, p, by)
				p.wantReverted(by, id, test.want)
			})
		})
	}
}

// Attack: somebody reverts all of a change that others made, and gives by it what they do not hold (R7), hold for a shorter time, or
// may not touch.
func TestRevertingAChangeGivesNoMoreThanItsCallerHolds(t *testing.T) {
	onLasting(t, func(t *testing.T, p lasting) {
		ctx, by := context.Background(), p.by("administrator")
		wanted := services.ManyMemberships{Groups: []string{"writers"}}
		p.saved("administrator", "coordinator", services.MembershipChoice{Key: "writers", In: true, Until: in(accessFor + time.Hour)})
		p.saved("administrator", "viewer", services.MembershipChoice{Key: "writers", In: true})
		id := made(t, func(ctx context.Context) error {
			return p.RemoveFromGroups(ctx, by, p.ids("coordinator", "viewer"), wanted)
		})
		r := p.changeReversal(p.temp(), id)
		if got := changeReverted(r); !strings.HasPrefix(got, "Coordinator writers: beyond; Viewer writers: >2027-01-07T") || r.Until == nil || !r.Until.Equal(p.end) {
			t.Errorf("shown %q, given until %v", got, r.Until)
		}
		_, err := p.RevertChange(ctx, p.temp(), id, r.Shown)
		must(t, err)
		p.wantGroups("coordinator", "coordinators")
		p.wantGroups("viewer", "viewers", "writers for 72h0m0s")
	})
}

// Attack: a change that took a group from an account that proves nothing is reverted, which asks nobody (R19). Nobody leaves either.
func TestRevertingAChangeAsksNothing(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		_, link := p.invited("leader", "new@example.com", "readers")
		_, _, err := p.JoinWithAccount(context.Background(), link, services.NewAccount{Name: "New", Password: passphrase, Address: "192.0.2.66"})
		must(t, err)
		by, writers := p.by("administrator"), services.ManyMemberships{Groups: []string{"writers"}, Confirmed: services.Confirmed{Unproven: true}}
		added := made(t, func(ctx context.Context) error { return p.AddToGroups(ctx, by, p.ids("new", "viewer"), writers) })
		id := made(t, func(ctx context.Context) error { return p.RemoveFromGroups(ctx, by, p.ids("new", "viewer"), writers) })
		p.wantReverted(by, id, "New writers: unproven; Viewer writers: >member")
		p.saved("administrator", "viewer", services.MembershipChoice{Key: "viewers"})
		p.wantReverted(by, added, "New writers: already; Viewer writers: changed")
		id = made(t, func(ctx context.Context) error {
			return p.AddToGroups(ctx, by, p.ids("viewer", "coordinator"), services.ManyMemberships{Groups: []string{"auditors"}})
		})
		p.saved("administrator", "viewer", services.MembershipChoice{Key: "writers"})
		p.wantReverted(by, id, "Coordinator auditors: member>; Viewer auditors: last group")
	})
}

// Nobody takes anything from themselves among others (R6), nor the last administrator (R8).
func TestRevertingAChangeTakesNothingFromOneself(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		by := p.by("administrator")
		id := made(t, func(ctx context.Context) error {
			return p.AddToGroups(ctx, by, p.ids("administrator", "viewer"), services.ManyMemberships{Groups: []string{"writers"}})
		})
		p.wantReverted(by, id, "Administrator writers: oneself; Viewer writers: member>")
	})
}

// Of those who were made administrators together one stays (R8), and it may be one whose last group it is: then the next can be taken out.
func TestRevertingAChangeLeavesAnAdministrator(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		id := made(t, func(ctx context.Context) error {
			return p.AddToGroups(ctx, p.by("administrator"), p.ids("coordinator", "viewer"), services.ManyMemberships{Groups: []string{"administrators"}, Confirmed: services.Confirmed{Administrators: true}})
		})
		p.saved("viewer", "administrator", services.MembershipChoice{Key: "administrators", In: true, Until: in(time.Hour)})
		by := p.by("administrator")
		if got, want := changeReverted(p.changeReversal(by, id)), "Coordinator administrators: member>; Viewer administrators: last administrator"; got != want {
			t.Errorf("shown\n%s\nwant\n%s", got, want)
		}
		p.saved("viewer", "coordinator", services.MembershipChoice{Key: "coordinators"})
		p.wantReverted(by, id, "Coordinator administrators: last group; Viewer administrators: member>")
	})
}

// Attack: who is here through temporary access brings people in again by reverting what somebody else did (R20).
func TestTemporaryAccessBringsNobodyInByRevertingAChange(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		v.withEmptyGroup()
		by, wanted := v.by("administrator"), services.ManyMemberships{Groups: []string{"empty"}}
		must(t, v.AddToGroups(ctx, by, v.ids("reader", "auditor"), wanted))
		id := made(t, func(ctx context.Context) error {
			return v.RemoveFromGroups(ctx, by, v.ids("reader", "auditor"), wanted)
		})
		agent, _ := v.lent(time.Hour)
		r := v.changeReversal(agent, id)
		if len(r.Outcomes) != 2 {
			t.Fatalf("%d activities are judged", len(r.Outcomes))
		}
		for _, o := range r.Outcomes {
			if !errors.As(o.Why, &services.BringsNobodyIn{}) {
				t.Errorf("%s: %v", o.Row.Line.Name, o.Why)
			}
		}
		if _, err := v.RevertChange(ctx, agent, id, r.Shown); !errors.As(err, &services.BringsNobodyIn{}) && !errors.Is(err, services.ErrNothingReverts) {
			t.Errorf("reverted: %v", err)
		}
		for _, who := range []string{"reader", "auditor"} {
			if in, _ := v.isIn(who, "empty"); in {
				t.Errorf("%s is in", who)
			}
		}
	})
}

// Kinds that are judged one by one are reverted with the others; what can't be reverted stays.
func TestAChangeOfSeveralKindsIsReverted(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx, by := context.Background(), p.by("administrator")
		apply(t, p.Console, `version: 1
organization: {key: acme, name: Acme}
groups:
  - {key: fresh, name: Fresh}
  - {key: deputies, name: Vicars, privileges: {organization/groups: edit, organization/organization: view, content/fields: view}}
members:
  - {email: alone@example.com, name: Alone, groups: [keepers, deputies]}
`, services.ApplyOptions{})
		r := p.changeReversal(by, p.lastActivity(models.OpGroupRenamed).ID)
		whys := map[string]string{}
		for _, o := range r.Outcomes {
			why := "reverted"
			if o.Why != nil {
				why = whyIn(o.Why)
			}
			whys[string(o.Row.Operation)] = why
		}
		want := map[string]string{string(models.OpGroupCreated): "not revertible", string(models.OpGroupRenamed): "reverted",
			string(models.OpGroupPrivilegesChanged): "reverted", string(models.OpGroupMemberAdded): "reverted"}
		for operation, why := range want {
			if whys[operation] != why {
				t.Errorf("%s: %q, want %q", operation, whys[operation], why)
			}
		}
		_, err := p.RevertChange(ctx, by, p.lastActivity(models.OpGroupRenamed).ID, r.Shown)
		must(t, err)
		if g, err := p.Group(ctx, by, "deputies"); err != nil || g.Name != "Deputies" || p.held("deputies", "content/fields").Level != access.LevelNone {
			t.Errorf("afterwards %+v, %v", g, err)
		}
		if in, _ := p.isIn("alone", "deputies"); in {
			t.Error("the membership stays")
		}
	})
}

// The largest change that is reverted at once takes as few statements as making it.
func TestAThousandMembershipsAreRevertedTogether(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		c, org, ids := crowded(t, store, clock, services.MaxMany)
		modelstest.Group(t, org, "one", nil)
		by := callerOf(t, c, store, "boss@example.com")
		id := made(t, func(ctx context.Context) error {
			return c.AddToGroups(ctx, by, ids, services.ManyMemberships{Groups: []string{"one"}})
		})
		r, err := c.ReviewRevertOfChange(ctx, by, id)
		must(t, err)
		counted, statements := store.CountStatements(ctx)
		r, err = c.RevertChange(counted, by, id, r.Shown)
		must(t, err)
		if g, err := org.Group(ctx, "one"); err != nil || g.Members != 0 || len(r.Can()) != services.MaxMany {
			t.Errorf("%d members are left of %d, %v", g.Members, len(r.Can()), err)
		}
		if n := statements.Count(); n > 100 {
			t.Errorf("%d statements", n)
		}
		modelstest.Group(t, org, "two", nil)
		must(t, c.AddToGroups(ctx, by, ids, services.ManyMemberships{Groups: []string{"one", "two"}}))
		last, err := org.Activities(ctx, models.ActivityFilter{Page: models.Page{Limit: 1}})
		must(t, err)
		if _, err := c.ReviewRevertOfChange(ctx, by, last.Rows[0].ID); !errors.Is(err, services.ErrTooLongAgo) {
			t.Errorf("more than a thousand: %v", err)
		}
	})
}

// The record shows a change that noted much as one line, and its pages go on behind it.
func TestAChangeOfManyIsOneLineOfTheRecord(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		c, org, ids := crowded(t, store, clock, 60)
		by := callerOf(t, c, store, "boss@example.com")
		for _, key := range []string{"one", "two", "three"} {
			modelstest.Group(t, org, key, nil)
			must(t, c.AddToGroups(ctx, by, ids, services.ManyMemberships{Groups: []string{key}}))
			must(t, c.RemoveFromGroups(ctx, by, ids[:2], services.ManyMemberships{Groups: []string{key}}))
		}
		list := func(q services.ActivityQuery) (services.ActivityList, string) {
			q.Lines = true
			found, err := c.Activities(ctx, by, q)
			must(t, err)
			var lines []string
			for _, e := range found.Rows {
				lines = append(lines, fmt.Sprintf("%s %s %d %t", e.Operation.Now(), e.ResourceKey, e.Noted, e.Folded))
			}
			return found, strings.Join(lines, "; ")
		}
		removed, added := string(models.OpGroupMemberRemoved), string(models.OpGroupMemberAdded)
		pair := func(key string) string {
			two := removed + " " + key + " 2 false; "
			return two + two + added + " " + key + " 60 true"
		}
		first, got := list(services.ActivityQuery{Page: models.Page{Limit: 4}})
		if want := pair("three") + "; " + removed + " two 2 false"; got != want {
			t.Fatalf("first page\n%s\nwant\n%s", got, want)
		}
		second, got := list(services.ActivityQuery{Page: models.Page{Limit: 4, After: first.Next}})
		if want := removed + " two 2 false; " + added + " two 60 true; " + strings.TrimSuffix(pair("one"), "; "+added+" one 60 true"); got != want {
			t.Fatalf("second page\n%s\nwant\n%s", got, want)
		}
		third, got := list(services.ActivityQuery{Page: models.Page{Limit: 4, After: second.Next}})
		if got != added+" one 60 true" || third.Next != "" {
			t.Fatalf("third page\n%s, then %q", got, third.Next)
		}
		if back, got := list(services.ActivityQuery{Page: models.Page{Limit: 4, Before: second.Previous}}); !strings.HasSuffix(got, removed+" two 2 false") || len(back.Rows) == 0 {
			t.Errorf("back\n%s", got)
		}
		folded := third.Rows[0]
		if _, got := list(services.ActivityQuery{Change: folded.ID}); strings.Count(got, "; ") != 49 || strings.Contains(got, "true") || strings.Contains(got, removed) {
			t.Errorf("the change alone\n%s", got)
		}
		opened, err := c.Activities(ctx, by, services.ActivityQuery{Lines: true, Open: folded.ID - 30})
		must(t, err)
		if at := slices.IndexFunc(opened.Rows, func(e services.Event) bool { return e.ID == folded.ID-30 }); at < 0 || !opened.Rows[at].Folded {
			t.Errorf("what is opened is not among %d lines", len(opened.Rows))
		}
		if _, got := list(services.ActivityQuery{Page: models.Page{Query: "person"}}); strings.Contains(got, "true") {
			t.Errorf("what is searched for is folded\n%s", got)
		}
	})
}
