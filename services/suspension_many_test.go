package services_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

func chosenMember(m services.ChosenMember) string { return m.Email }

func (p people) review(by string, action services.MembersAction, names ...string) string {
	p.t.Helper()
	review, err := p.ReviewMembers(context.Background(), p.by(by), action, services.MembersChosen{Keys: p.ids(names...)})
	must(p.t, err)
	return judged(review, chosenMember)
}

func (p people) suspended(names ...string) []string {
	p.t.Helper()
	var all []string
	for _, name := range names {
		if p.member(name).Suspended() {
			all = append(all, name)
		}
	}
	return all
}

func TestManyMembersAreSuspendedAndReactivatedTogetherOrNotAtAll(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, names := context.Background(), []string{"john.smith", "other", "viewer"}
		do := func(by string, action services.MembersAction, names ...string) error {
			return p.DoWithMembers(ctx, p.by(by), action, p.ids(names...))
		}
		must(t, do("administrator", services.SuspendMany, "john.smith"))
		if got, want := p.review("administrator", services.SuspendMany, "administrator", "john.smith", "other", "viewer"), "not administrator, not john.smith, other, viewer"; got != want {
			t.Errorf("reviewed %q, want %q", got, want)
		}
		var overtaken services.Overtaken
		if err := do("administrator", services.SuspendMany, names...); !errors.As(err, &overtaken) || overtaken.Rows != 1 {
			t.Errorf("with one who is suspended already: %v", err)
		}
		if got := p.suspended(names...); !slices.Equal(got, []string{"john.smith"}) {
			t.Errorf("suspended are %q", got)
		}
		must(t, do("coordinator", services.SuspendMany, "other", "viewer"))

		// The coordinator holds what the viewers do, and less than the others.
		if got, want := p.review("coordinator", services.ReactivateMany, append(names, "leader")...), "not john.smith, not leader, not other, viewer"; got != want {
			t.Errorf("reviewed %q, want %q", got, want)
		}
		if err := do("coordinator", services.ReactivateMany, names...); !errors.As(err, &overtaken) || overtaken.Rows != 2 {
			t.Errorf("beyond the coordinator: %v", err)
		}
		if got := p.suspended(names...); len(got) != 3 {
			t.Errorf("suspended are %q", got)
		}
		must(t, do("administrator", services.ReactivateMany, names...))
		if got := p.suspended(names...); len(got) != 0 {
			t.Errorf("suspended are %q", got)
		}
		for _, action := range []services.MembersAction{services.SuspendMany, services.ReactivateMany, services.EndSessionsMany} {
			if err := do("leader", action, names...); !is[services.Forbidden](err) {
				t.Errorf("%s by who edits some groups: %v", action, err)
			}
			if err := do("administrator", action); !is[services.Invalid](err) {
				t.Errorf("%s with nobody: %v", action, err)
			}
		}
	})
}

func TestOfManyAdministratorsWhoAreSuspendedOneStays(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		for _, name := range []string{"john.smith", "viewer"} {
			_, err := p.save("administrator", name, services.MembershipChoice{Key: "administrators", In: true})
			must(t, err)
		}
		must(t, p.suspend("administrator", "viewer"))
		if got, want := p.review("coordinator", services.SuspendMany, "administrator", "john.smith", "viewer"), "administrator, not john.smith, not viewer"; got != want {
			t.Errorf("reviewed %q, want %q", got, want)
		}
		err := p.DoWithMembers(context.Background(), p.by("coordinator"), services.SuspendMany, p.ids("administrator", "john.smith"))
		if !is[services.Overtaken](err) {
			t.Errorf("both: %v", err)
		}
	})
}

func TestSessionsOfManyMembersEnd(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		for _, name := range []string{"administrator", "john.smith", "viewer"} {
			p.session(name, name)
			must(t, p.enters(name, name, "acme"))
		}
		review, err := p.ReviewMembers(context.Background(), p.by("administrator"), services.EndSessionsMany, services.MembersChosen{All: true})
		must(t, err)
		in, why := map[string]int{}, map[string]error{}
		for _, o := range review.Outcomes {
			in[o.Row.Email], why[o.Row.Email] = o.Row.Sessions, o.Why
		}
		if in["john.smith@example.com"] != 1 || in["other@example.com"] != 0 || len(review.Can()) != 2 ||
			!errors.Is(why["administrator@example.com"], services.ErrOneself) || !errors.Is(why["other@example.com"], services.ErrNotSignedIn) {
			t.Errorf("the review says %+v", review)
		}
		if err := p.DoWithMembers(context.Background(), p.by("administrator"), services.EndSessionsMany, p.ids("john.smith", "other")); !is[services.Overtaken](err) {
			t.Errorf("with somebody who has no session: %v", err)
		}
		must(t, p.DoWithMembers(context.Background(), p.by("administrator"), services.EndSessionsMany, p.ids("john.smith", "viewer")))
		for name, want := range map[string]error{"administrator": nil, "john.smith": models.ErrNotFound, "viewer": models.ErrNotFound} {
			if _, err := p.store.SessionByID(context.Background(), name); !errors.Is(err, want) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
