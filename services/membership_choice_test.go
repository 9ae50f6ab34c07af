package services_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
)

// What nobody chose stays as somebody else saved it meanwhile, whatever the form was made with.
func TestUntouchedMembershipsAreThoseThatStand(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		out, forGood := &services.MembershipShown{}, &services.MembershipShown{In: true}
		p.saved("administrator", "john.smith", services.MembershipChoice{Key: "writers", In: true})
		p.saved("administrator", "john.smith",
			services.MembershipChoice{Key: "writers", Was: out},
			services.MembershipChoice{Key: "readers", In: true, Was: forGood},
			services.MembershipChoice{Key: "gone", Was: out}, // nobody chose about it, so that it is gone is in nobody's way
			services.MembershipChoice{Key: "others", In: true, Until: in(time.Hour), Was: out})
		p.wantGroups("john.smith", "others for 1h0m0s", "readers", "writers")
		p.saved("administrator", "john.smith", services.MembershipChoice{Key: "others", In: true, Until: in(2 * time.Hour),
			Was: &services.MembershipShown{In: true, Until: in(2 * time.Hour)}})
		p.wantGroups("john.smith", "others for 1h0m0s", "readers", "writers")
	})
}

// Who was overtaken is told what the other one changed: apart from what they chose themselves, and nothing of what stayed.
func TestOvertakenGroupsOfAMemberAreThoseThatSomebodyElseChanged(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		out, m := &services.MembershipShown{}, p.member("john.smith")
		p.saved("coordinator", "john.smith", services.MembershipChoice{Key: "others", In: true})
		p.saved("administrator", "john.smith", services.MembershipChoice{Key: "writers", In: true})
		tab, err := p.SaveMemberGroups(context.Background(), p.by("administrator"), m.ID, services.MemberGroupsDraft{Revision: m.Revision, Choices: []services.MembershipChoice{
			{Key: "others", Was: out},
			{Key: "readers", In: true, Was: &services.MembershipShown{In: true}},
			{Key: "writers", In: true, Until: in(time.Hour), Was: out},
		}})
		if !errors.Is(err, models.ErrConflict) {
			t.Fatalf("overtaken: %v", err)
		}
		if len(tab.Theirs) != 1 || tab.Theirs[0].Key != "others" || len(tab.Changes) != 1 || tab.Changes[0].Key != "writers" {
			t.Errorf("theirs is %+v, and it changes %+v", tab.Theirs, tab.Changes)
		}
	})
}

func TestAMembershipIsOvertakenWhereSomebodyChangedIt(t *testing.T) {
	at, soon, later := in(0), in(time.Hour), in(2*time.Hour)
	group := func(end *time.Time) models.MemberGroup { return models.MemberGroup{Joined: true, ExpiresAt: end} }
	for _, c := range []struct {
		name   string
		was    *services.MembershipShown
		stands models.MemberGroup
		want   bool
	}{
		{"a form that does not say", nil, group(nil), false},
		{"stayed out", &services.MembershipShown{}, models.MemberGroup{}, false},
		{"stayed in", &services.MembershipShown{In: true}, group(nil), false},
		{"kept the end", &services.MembershipShown{In: true, Until: soon}, group(soon), false},
		{"joined", &services.MembershipShown{}, group(soon), true},
		{"left", &services.MembershipShown{In: true}, models.MemberGroup{}, true},
		{"left before the end", &services.MembershipShown{In: true, Until: soon}, models.MemberGroup{}, true},
		{"got another end", &services.MembershipShown{In: true, Until: soon}, group(later), true},
		{"ran out", &services.MembershipShown{In: true, Until: at}, group(at), false},
		{"ran out, and was ended since", &services.MembershipShown{In: true, Until: at}, models.MemberGroup{}, false},
	} {
		if got := (services.MembershipChoice{Was: c.was}).Overtaken(c.stands, *at); got != c.want {
			t.Errorf("%s: overtaken is %t", c.name, got)
		}
	}
}

// saved is save of what is not refused.
func (p people) saved(by, member string, choices ...services.MembershipChoice) {
	p.t.Helper()
	_, err := p.save(by, member, choices...)
	must(p.t, err)
}
