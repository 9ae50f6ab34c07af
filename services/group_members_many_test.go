package services_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
)

// Deleting many from a group on its tab: each is judged as one is, and nobody is touched in another group.
func TestManyLeaveOneGroupOnly(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, by := context.Background(), p.by("administrator")
		must(t, p.AddToGroups(ctx, by, p.ids("john.smith", "other", "viewer"), into("auditors")))
		for name, c := range map[string]struct {
			by     string
			chosen services.MembersChosen
			want   string
			match  int
		}{
			"some":                      {"administrator", services.MembersChosen{Keys: p.ids("john.smith", "viewer")}, "john.smith, viewer", 3},
			"all of the group":          {"administrator", services.MembersChosen{All: true}, "john.smith, other, viewer", 3},
			"all that match":            {"administrator", services.MembersChosen{All: true, Filter: services.MemberQuery{Page: models.Page{Query: "view"}}}, "viewer", 1},
			"a filter of another group": {"administrator", services.MembersChosen{All: true, Filter: services.MemberQuery{Group: "writers"}}, "john.smith, other, viewer", 3},
			"who is not in it":          {"administrator", services.MembersChosen{Keys: p.ids("viewer", "leader")}, "viewer", 3}, // the list has no such row to select
			"nobody":                    {"administrator", services.MembersChosen{}, "", 3},
		} {
			many, err := p.ManyOfGroup(ctx, p.by(c.by), "auditors", c.chosen)
			must(t, err)
			if got := judged(many.Leaving, changed); got != c.want || many.Matching != c.match {
				t.Errorf("%s: %s of %d, want %s of %d", name, got, many.Matching, c.want, c.match)
			}
		}
		must(t, p.RemoveFromGroups(ctx, p.by("leader"), p.ids("john.smith", "viewer"), into("auditors")))
		p.wantGroups("john.smith", "readers")
		p.wantGroups("viewer", "viewers")
		p.wantGroups("other", "auditors", "others", "writers")
	})
}

func TestOfAGroupNothingIsOfferedToWhoMayOnlyView(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		many, err := p.ManyOfGroup(ctx, p.by("viewer"), "viewers", services.MembersChosen{All: true})
		must(t, err)
		if len(many.Members) != 1 || len(many.Leaving.Outcomes) != 0 {
			t.Errorf("%d selected, %d judged", len(many.Members), len(many.Leaving.Outcomes))
		}
		if _, err := p.ManyOfGroup(ctx, p.by("other"), "viewers", services.MembersChosen{All: true}); !is[services.Forbidden](err) {
			t.Errorf("who may not view groups selects members of one: %v", err)
		}
		if _, err := p.ManyOfGroup(ctx, p.by("viewer"), "none", services.MembersChosen{}); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a group that is none: %v", err)
		}
	})
}

// On the tab of a group the end is that of this group's memberships; the others keep theirs.
func TestAnEndIsSetForMembershipsOfOneGroup(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, by := context.Background(), p.by("administrator")
		both := p.ids("john.smith", "viewer")
		must(t, p.AddToGroups(ctx, by, both, into("auditors")))
		wanted := into("auditors")
		wanted.Until = in(time.Hour)
		review, err := p.ReviewMembershipEnds(ctx, by, services.MembersChosen{Keys: append(both, p.ids("other")...)}, wanted)
		must(t, err)
		if got := judged(review.Many, changed); got != "john.smith, not other, viewer" {
			t.Errorf("the review says %s", got)
		}
		must(t, p.SetMembershipEnds(ctx, by, both, wanted))
		p.wantGroups("john.smith", "auditors for 1h0m0s", "readers")
		p.wantGroups("viewer", "auditors for 1h0m0s", "viewers")
		if err := p.SetMembershipEnds(ctx, p.by("leader"), both, services.ManyMemberships{Groups: []string{"readers"}, Until: in(time.Hour)}); !is[services.Forbidden](err) && !is[services.Overtaken](err) {
			t.Errorf("who may not edit the group sets ends in it: %v", err)
		}
	})
}
