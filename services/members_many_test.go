package services_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

// ids are the numbers of members.
func (p people) ids(names ...string) []models.MemberID {
	p.t.Helper()
	var all []models.MemberID
	for _, name := range names {
		all = append(all, p.member(name).ID)
	}
	return all
}

// judged is a review in words: who of whom, and why not.
func judged[T any](many services.Many[T], email func(T) string) string {
	var all []string
	for _, o := range many.Outcomes {
		name, _, _ := strings.Cut(email(o.Row), "@")
		if o.Why != nil {
			name = "not " + name
		}
		all = append(all, name)
	}
	if many.Gone > 0 {
		all = append(all, fmt.Sprint(many.Gone, " gone"))
	}
	return strings.Join(all, ", ")
}

func leaver(m services.LeavingMember) string { return m.Email }

func TestRemovalOfManyIsReviewedOneByOne(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		_, err := p.save("administrator", "coordinator", services.MembershipChoice{Key: "administrators", In: true})
		must(t, err)
		for name, c := range map[string]struct {
			by     string
			chosen services.MembersChosen
			want   string
		}{
			"by number":             {"administrator", services.MembersChosen{Keys: p.ids("viewer", "john.smith", "viewer")}, "john.smith, viewer"},
			"oneself":               {"administrator", services.MembersChosen{Keys: p.ids("viewer", "administrator")}, "not administrator, viewer"},
			"both administrators":   {"coordinator", services.MembersChosen{Keys: p.ids("administrator", "coordinator", "other")}, "administrator, not coordinator, other"},
			"somebody who is gone":  {"administrator", services.MembersChosen{Keys: append(p.ids("viewer"), 1<<40)}, "viewer, 1 gone"},
			"all that a filter has": {"administrator", services.MembersChosen{All: true, Filter: services.MemberQuery{Page: models.Page{Query: "view"}}}, "viewer"},
			"all of a group":        {"administrator", services.MembersChosen{All: true, Filter: services.MemberQuery{Group: "writers"}}, "other"},
			"a group that is none":  {"administrator", services.MembersChosen{All: true, Filter: services.MemberQuery{Group: "none"}}, ""},
		} {
			review, err := p.ReviewMemberRemoval(ctx, p.by(c.by), c.chosen)
			must(t, err)
			if got := judged(review, leaver); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
		review, err := p.ReviewMemberRemoval(ctx, p.by("administrator"), services.MembersChosen{Keys: p.ids("john.smith", "other")})
		must(t, err)
		if john, other := review.Outcomes[0].Row, review.Outcomes[1].Row; john.Owned != 1 || john.First.Name != "Readers" || other.First.Total != 2 || other.Owned != 0 {
			t.Errorf("they lose %+v and %+v", john, other)
		}
	})
}

// R8 over the whole selection: each of two administrators may go by themselves, not both.
func TestOfTwoAdministratorsInASelectionOneStays(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		for _, name := range []string{"coordinator", "leader"} {
			_, err := p.save("administrator", name, services.MembershipChoice{Key: "administrators", In: true})
			must(t, err)
		}
		by := p.by("leader")
		_, err := p.RemoveFromOrganization(ctx, p.by("administrator"), p.member("leader").ID)
		must(t, err)
		// whoever asks is no administrator any more: the change reads that anew
		if err := p.RemoveMembers(ctx, by, p.ids("viewer")); err == nil {
			t.Error("somebody who was removed removes others")
		}
		many, err := p.ManyMembers(ctx, p.by("coordinator"), services.MembersChosen{Keys: p.ids("administrator", "coordinator", "viewer")})
		must(t, err)
		if n := len(many.Removal.Can()); n != 2 || many.Matching != 5 || !many.EditsGroups {
			t.Errorf("the bar offers to remove %d of %d: %+v", n, many.Matching, many.Removal)
		}
	})
}

func TestManyMembersLeaveInOneChange(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		before := newest(t, p.store)
		must(t, p.RemoveMembers(ctx, p.by("administrator"), p.ids("john.smith", "other", "viewer")))
		var done []string
		for _, a := range activitiesOfAcme(t, p.store) {
			if a.ID <= before.ID {
				break
			}
			if a.Revision != newest(t, p.store).Revision {
				t.Errorf("%s is of revision %d", a.Operation, a.Revision)
			}
			done = append(done, fmt.Sprint(a.Operation, " ", a.ResourceName))
		}
		slices.Sort(done)
		want := []string{"group.member-removed Others", "group.member-removed Readers", "group.member-removed Viewers", "group.member-removed Writers",
			"member.left John Smith", "member.left Other", "member.left Viewer"}
		if !slices.Equal(done, want) {
			t.Errorf("recorded are %q", done)
		}
		if n, err := p.scope().MemberCount(ctx); err != nil || n != 3 {
			t.Errorf("%d members are left: %v", n, err)
		}
		jira, err := p.Resource(ctx, p.by("administrator"), "content/sources", "jira")
		if err != nil || jira.OwnerID != nil {
			t.Errorf("Jira still has an owner: %v, %v", jira.OwnerID, err)
		}
	})
}

// All or nobody: when one of them can't be removed any more, nobody is, and nothing is recorded as refused.
func TestARemovalThatWasOvertakenRemovesNobody(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, by := context.Background(), p.by("administrator")
		confirmed := p.ids("john.smith", "other", "viewer")
		_, err := p.RemoveFromOrganization(ctx, by, confirmed[1])
		must(t, err)
		last := newest(t, p.store)
		var overtaken services.Overtaken
		if err := p.RemoveMembers(ctx, by, confirmed); !errors.As(err, &overtaken) || overtaken.Rows != 1 {
			t.Errorf("got %v", err)
		}
		if newest(t, p.store).ID != last.ID {
			t.Errorf("recorded is %s", newest(t, p.store).Operation)
		}
		p.wantGroups("viewer", "viewers")
		p.wantGroups("john.smith", "readers")
		if err := p.RemoveMembers(ctx, by, p.ids("administrator", "viewer")); !errors.As(err, &overtaken) {
			t.Errorf("oneself among others: %v", err)
		}
		p.wantGroups("viewer", "viewers")
	})
}

// Two people who remove the same members at once: one does it, the other is told.
func TestTwoRemovalsOfTheSameMembersDoNotMix(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		_, err := p.save("administrator", "leader", services.MembershipChoice{Key: "administrators", In: true})
		must(t, err)
		callers, both := []services.Caller{p.by("administrator"), p.by("leader")}, p.ids("john.smith", "viewer")
		done := make([]error, 2)
		var wait sync.WaitGroup
		for i, by := range callers {
			wait.Go(func() { done[i] = p.RemoveMembers(ctx, by, both) })
		}
		wait.Wait()
		if (done[0] == nil) == (done[1] == nil) || !is[services.Overtaken](errors.Join(done...)) {
			t.Errorf("got %v and %v", done[0], done[1])
		}
		if n, err := p.scope().MemberCount(ctx); err != nil || n != 4 {
			t.Errorf("%d members are left: %v", n, err)
		}
	})
}

// R6, R15: who may not edit all groups removes nobody, and learns of nobody.
func TestRemovalOfManyNeedsEditOnAllGroups(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		for _, name := range []string{"leader", "viewer", "other"} {
			ids := append(p.ids("john.smith"), 1<<40)
			_, reviewed := p.ReviewMemberRemoval(ctx, p.by(name), services.MembersChosen{Keys: ids})
			removed := p.RemoveMembers(ctx, p.by(name), ids)
			if !is[services.Forbidden](reviewed) || !is[services.Forbidden](removed) {
				t.Errorf("%s: %v, %v", name, reviewed, removed)
			}
			if a := newest(t, p.store); a.Outcome != models.OutcomeRefused || a.ResourceName != "2 members" {
				t.Errorf("%s: recorded as %s of %s", name, a.Outcome, a.ResourceName)
			}
		}
		if _, err := p.ManyMembers(ctx, p.by("other"), services.MembersChosen{All: true}); !is[services.Forbidden](err) {
			t.Errorf("all, without view on groups: %v", err)
		}
		if many, err := p.ManyMembers(ctx, p.by("leader"), services.MembersChosen{All: true}); err != nil || len(many.Removal.Outcomes) != 0 || len(many.Members) != 6 {
			t.Errorf("the leader is offered %+v, %v", many.Removal, err)
		}
		for name, ids := range map[string][]models.MemberID{"nobody": nil, "too many": make([]models.MemberID, services.MaxMany+1)} {
			for i := range ids {
				ids[i] = models.MemberID(i + 1)
			}
			var wrong services.Invalid
			if err := p.RemoveMembers(ctx, p.by("administrator"), ids); !errors.As(err, &wrong) || wrong.Text("Members") == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
