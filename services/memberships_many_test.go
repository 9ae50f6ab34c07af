package services_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
)

func changed(m services.MemberChange) string { return m.Email }

func into(groups ...string) services.ManyMemberships { return services.ManyMemberships{Groups: groups} }

func TestAddingManyIsReviewedOneByOne(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		_, err := p.SuspendMember(ctx, p.by("administrator"), p.member("viewer").ID)
		must(t, err)
		for name, c := range map[string]struct {
			groups []string
			want   string
		}{
			"one group":    {[]string{"auditors"}, "john.smith, other, not viewer"},
			"in it by now": {[]string{"readers"}, "not john.smith, other, not viewer"},
			"in one of it": {[]string{"readers", "auditors"}, "john.smith, other, not viewer"},
		} {
			review, err := p.ReviewAddToGroups(ctx, p.by("administrator"), services.MembersChosen{Keys: p.ids("john.smith", "other", "viewer")}, into(c.groups...))
			must(t, err)
			if got := judged(review.Many, changed); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
		review, err := p.ReviewAddToGroups(ctx, p.by("administrator"), services.MembersChosen{Keys: p.ids("john.smith", "other")}, into("auditors"))
		must(t, err)
		if john, other := review.Outcomes[0].Row, review.Outcomes[1].Row; len(john.Differences) == 0 || len(other.Differences) != 0 {
			t.Errorf("John gains %v, and other, who edits all sources, %v", john.Differences, other.Differences)
		}
	})
}

// R7 is the same for many as for one, by every way in.
func TestManyAreGivenNoMoreThanTheCallerHolds(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		chosen := p.ids("john.smith", "viewer")
		for _, c := range []struct {
			by, group string
			want      func(error) bool
		}{
			{"leader", "webmasters", is[services.TooHigh]},
			{"leader", "writers", is[services.Forbidden]},
			{"coordinator", "writers", is[services.TooHigh]},
			{"coordinator", "administrators", is[services.TooHigh]},
			{"viewer", "readers", is[services.Forbidden]},
			{"other", "readers", is[services.Forbidden]},
		} {
			_, reviewed := p.ReviewAddToGroups(ctx, p.by(c.by), services.MembersChosen{Keys: chosen}, into("auditors", c.group))
			done := p.AddToGroups(ctx, p.by(c.by), chosen, into("auditors", c.group))
			if !c.want(reviewed) && !is[services.TooHigh](reviewed) && !is[services.Forbidden](reviewed) || !is[services.TooHigh](done) && !is[services.Forbidden](done) {
				t.Errorf("%s puts them into %s: %v, %v", c.by, c.group, reviewed, done)
			}
			if a := newest(t, p.store); a.Operation != models.OpMemberGroupsChanged || a.Outcome != models.OutcomeRefused || a.ResourceName != "2 members" {
				t.Errorf("%s, %s: recorded as %s, %s of %s", c.by, c.group, a.Operation, a.Outcome, a.ResourceName)
			}
		}
		p.wantGroups("john.smith", "readers")
		must(t, p.AddToGroups(ctx, p.by("leader"), chosen, into("auditors")))
		p.wantGroups("john.smith", "auditors", "readers")
		p.wantGroups("viewer", "auditors", "viewers")
	})
}

func TestManyJoinUntilADayAndLeaveTogether(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, by := context.Background(), p.by("administrator")
		both := p.ids("john.smith", "viewer")
		wanted := into("auditors", "others")
		wanted.Until = in(time.Hour)
		must(t, p.AddToGroups(ctx, by, both, wanted))
		p.wantGroups("viewer", "auditors for 1h0m0s", "others for 1h0m0s", "viewers")
		must(t, p.SetMembershipEnds(ctx, by, both, services.ManyMemberships{Until: in(2 * time.Hour)}))
		p.wantGroups("john.smith", "auditors for 2h0m0s", "others for 2h0m0s", "readers for 2h0m0s")
		must(t, p.RemoveFromGroups(ctx, by, both, into("others", "readers")))
		p.wantGroups("john.smith", "auditors for 2h0m0s")
		must(t, p.SetMembershipEnds(ctx, by, both, services.ManyMemberships{}))
		p.wantGroups("viewer", "auditors", "viewers")
		group, err := p.Group(ctx, by, "auditors")
		if err != nil || group.Members != 2 {
			t.Errorf("auditors count %d members: %v", group.Members, err)
		}
		for name, wanted := range map[string]services.ManyMemberships{
			"no group": {}, "gone": into("gone"), "an end that has passed": {Groups: []string{"others"}, Until: in(-time.Hour)},
		} {
			if err := p.AddToGroups(ctx, by, both, wanted); !is[services.Invalid](err) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Who extends what ends soon gives no end to what has none.
func TestAnEndForManyIsForThoseThatAreMeant(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, by := context.Background(), p.by("administrator")
		both := p.ids("john.smith", "viewer")
		soon, late := into("auditors"), into("others")
		soon.Until, late.Until = in(time.Hour), in(48*time.Hour)
		must(t, p.AddToGroups(ctx, by, both, soon))
		must(t, p.AddToGroups(ctx, by, both, late))
		wanted := services.ManyMemberships{Until: in(72 * time.Hour), Ending: true, EndBy: in(24 * time.Hour)}
		review, err := p.ReviewMembershipEnds(ctx, by, services.MembersChosen{Keys: both}, wanted)
		if err != nil || len(review.Can()) != 2 || len(review.Can()[0].Changes) != 1 {
			t.Errorf("the review: %+v, %v", review.Can(), err)
		}
		must(t, p.SetMembershipEnds(ctx, by, both, wanted))
		p.wantGroups("viewer", "auditors for 72h0m0s", "others for 48h0m0s", "viewers")
		wanted.EndBy, wanted.Until = nil, in(96*time.Hour)
		must(t, p.SetMembershipEnds(ctx, by, both, wanted))
		p.wantGroups("viewer", "auditors for 96h0m0s", "others for 96h0m0s", "viewers")
	})
}

// R7: ending sooner takes Edit on the group alone, later counts as giving. Nobody is changed where one can't be.
func TestEndsOfManyAreProlongedWithinWhatTheCallerHolds(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, coordinator := context.Background(), p.by("coordinator")
		both := p.ids("other", "viewer")
		must(t, p.SetMembershipEnds(ctx, coordinator, both, services.ManyMemberships{Until: in(2 * time.Hour)}))
		later := services.ManyMemberships{Until: in(3 * time.Hour)}
		review, err := p.ReviewMembershipEnds(ctx, coordinator, services.MembersChosen{Keys: both}, later)
		must(t, err)
		if got := judged(review.Many, changed); got != "not other, viewer" || !is[services.TooHigh](review.Outcomes[0].Why) {
			t.Errorf("the review says %s: %v", got, review.Outcomes[0].Why)
		}
		if err := p.SetMembershipEnds(ctx, coordinator, both, later); !is[services.Overtaken](err) {
			t.Errorf("both: %v", err)
		}
		p.wantGroups("viewer", "viewers for 2h0m0s")
		if err := p.SetMembershipEnds(ctx, coordinator, p.ids("coordinator", "viewer"), services.ManyMemberships{Until: in(time.Hour)}); !is[services.Overtaken](err) {
			t.Errorf("an end for oneself among others: %v", err)
		}
	})
}

// R8 over the whole selection, and R16: who loses the last group leaves.
func TestLeavingManyGroupsKeepsAnAdministrator(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, by := context.Background(), p.by("administrator")
		for _, name := range []string{"coordinator", "leader"} {
			_, err := p.save("administrator", name, services.MembershipChoice{Key: "administrators", In: true})
			must(t, err)
		}
		_, err := p.RemoveFromOrganization(ctx, p.by("leader"), p.member("administrator").ID)
		must(t, err)
		by = p.by("leader")
		for name, c := range map[string]struct {
			review func() (services.MembershipsReview, error)
			want   string
		}{
			"out of the group": {func() (services.MembershipsReview, error) {
				return p.ReviewRemoveFromGroups(ctx, p.by("coordinator"), services.MembersChosen{Keys: p.ids("coordinator", "leader", "viewer")}, into("administrators", "viewers"))
			}, "not coordinator, leader, viewer"},
			"an end": {func() (services.MembershipsReview, error) {
				return p.ReviewMembershipEnds(ctx, by, services.MembersChosen{Keys: p.ids("coordinator", "leader", "viewer")}, services.ManyMemberships{Until: in(time.Hour)})
			}, "coordinator, not leader, viewer"},
		} {
			review, err := c.review()
			must(t, err)
			if got := judged(review.Many, changed); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
		must(t, p.RemoveFromGroups(ctx, by, p.ids("john.smith", "viewer"), into("readers", "viewers")))
		if n, err := p.scope().MemberCount(ctx); err != nil || n != 3 {
			t.Errorf("%d members are left: %v", n, err)
		}
	})
}

func TestWhoBecomesAnAdministratorAmongManyIsConfirmed(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, by := context.Background(), p.by("administrator")
		wanted := into("administrators")
		var confirm services.NeedsConfirmation
		if err := p.AddToGroups(ctx, by, p.ids("viewer", "leader"), wanted); !errors.As(err, &confirm) || confirm.Of != services.ConfirmAdministrators {
			t.Errorf("unconfirmed: %v", err)
		}
		wanted.Confirmed.Administrators = true
		must(t, p.AddToGroups(ctx, by, p.ids("viewer", "leader"), wanted))
		p.wantGroups("viewer", "administrators", "viewers")
	})
}

// Somebody is removed while others are about to be added: all or nobody.
func TestAddingManyAndRemovingOneDoNotMix(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, by := context.Background(), p.by("administrator")
		both := p.ids("john.smith", "viewer")
		var added, removed error
		var wait sync.WaitGroup
		wait.Go(func() { added = p.AddToGroups(ctx, by, both, into("auditors")) })
		wait.Go(func() { _, removed = p.RemoveFromOrganization(ctx, by, both[1]) })
		wait.Wait()
		must(t, removed)
		want := []string{"auditors", "readers"}
		if added != nil {
			want = []string{"readers"}
			if !is[services.Overtaken](added) {
				t.Errorf("got %v", added)
			}
		}
		p.wantGroups("john.smith", want...)
	})
}
