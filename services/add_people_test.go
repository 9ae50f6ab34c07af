package services_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
)

// adding is a command with what most have.
func adding(emails []string, groups ...string) services.NewPeople {
	return services.NewPeople{Emails: emails, Groups: groups, Provider: services.ProviderPassword}
}

// becomes is what becomes of people, in a short form.
func becomes(o services.PeopleOutcome) string {
	var all []string
	for _, p := range o.People {
		name, _, _ := strings.Cut(p.Email, "@")
		told := string(p.Outcome) + " " + name
		for _, g := range p.Groups {
			told += " " + g.Key
		}
		all = append(all, told)
	}
	return strings.Join(all, ", ")
}

func TestMembersAreAddedAndEverybodyElseIsInvitedInOneChange(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		_, err := p.Invite(ctx, p.by("administrator"), services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{"open@example.com"}, Groups: []string{"viewers"}})
		must(t, err)
		n := adding([]string{"John.Smith@example.com", "viewer@example.com", "new@example.com", "open@example.com", "john.smith@example.com", "none", "аdmin@example.com"}, "viewers")
		const want = "joins john.smith viewers, member-already viewer, invited new viewers, open-already open, nobody , doubtful аdmin"
		before, err := p.PeopleToAdd(ctx, p.by("administrator"), n)
		must(t, err)
		if got := becomes(before); got != want {
			t.Errorf("before: %s", got)
		}
		if got := p.groups("john.smith"); slices.Contains(got, "viewers") {
			t.Errorf("the question changed something: %q", got)
		}
		nowhere, err := p.PeopleToAdd(ctx, p.by("administrator"), adding(n.Emails))
		must(t, err)
		if got := becomes(nowhere); got != "joins john.smith, joins viewer, invited new, open-already open, nobody , doubtful аdmin" || nowhere.Seats.Taken != before.Seats.Taken {
			t.Errorf("before a group is chosen, with %d and %d seats: %s", nowhere.Seats.Taken, before.Seats.Taken, got)
		}
		last := newest(t, p.store)
		done, err := p.AddPeople(ctx, p.by("administrator"), n)
		must(t, err)
		if got := becomes(done); got != want {
			t.Errorf("done: %s", got)
		}
		if link := done.People[2].Link; link == "" {
			t.Error("who is invited without a mail has no link")
		}
		if got := p.groups("john.smith"); !slices.Contains(got, "viewers") {
			t.Errorf("added to %q", got)
		}
		var recorded []string
		for _, a := range activitiesOfAcme(t, p.store) {
			if a.ID <= last.ID {
				break
			}
			recorded = append(recorded, fmt.Sprint(a.Operation, " ", a.ResourceKey, " ", a.Revision == newest(t, p.store).Revision))
		}
		slices.Sort(recorded)
		if want := []string{"group.member-added viewers true", "invitation.created viewers true"}; !slices.Equal(recorded, want) {
			t.Errorf("recorded are %q", recorded)
		}
		sure := adding([]string{"аdmin@example.com"}, "viewers")
		if _, err := p.AddPeople(ctx, p.by("administrator"), sure); !is[services.UnsureAddresses](err) {
			t.Errorf("an address that looks like another: %v", err)
		}
		sure.Sure = sure.Emails
		if done, err := p.AddPeople(ctx, p.by("administrator"), sure); err != nil || done.Count(services.PersonInvited) != 1 {
			t.Errorf("confirmed: %v, %s", err, becomes(done))
		}
	})
}

func TestWhoIsSuspendedIsAddedToNothing(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		_, err := p.SuspendMember(ctx, p.by("administrator"), p.member("viewer").ID)
		must(t, err)
		done, err := p.AddPeople(ctx, p.by("administrator"), adding([]string{"viewer@example.com", "john.smith@example.com"}, "others"))
		if err != nil || becomes(done) != "suspended viewer, joins john.smith others" {
			t.Errorf("%v, %s", err, becomes(done))
		}
	})
}

func TestWhoIsInSomeOfTheGroupsComesIntoTheOthers(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		n := adding([]string{"viewer@example.com", "other@example.com"}, "viewers", "others")
		n.Until = in(time.Hour)
		done, err := p.AddPeople(context.Background(), p.by("administrator"), n)
		must(t, err)
		if got := becomes(done); got != "joins viewer others, joins other viewers" {
			t.Errorf("done: %s", got)
		}
		if got := p.groups("viewer"); !slices.Contains(got, "others for 1h0m0s") || !slices.Contains(got, "viewers") {
			t.Errorf("viewer is in %q", got)
		}
	})
}

func TestPeopleAreAllAddedOrNobody(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		many := make([]string, 1001)
		for i := range many {
			many[i] = fmt.Sprintf("p%04d@example.com", i)
		}
		past := adding([]string{"viewer@example.com"}, "readers")
		past.Until = in(-time.Hour)
		strange := adding([]string{"new@example.com"}, "readers")
		strange.Provider = "carrier pigeon"
		for name, c := range map[string]struct {
			by   string
			n    services.NewPeople
			want func(error) bool
		}{
			"nobody":           {"administrator", adding(nil, "readers"), wrongField("Emails")},
			"no address":       {"administrator", adding([]string{"none"}, "readers"), wrongField("Emails")},
			"too many":         {"administrator", adding(many, "readers"), wrongField("Emails")},
			"too many invited": {"administrator", adding(many[:201], "readers"), wrongField("Emails")},
			"no group":         {"administrator", adding([]string{"new@example.com"}), wrongField("Groups")},
			"a group that is none": {"administrator", adding([]string{"new@example.com"}, "readers", "none"),
				func(err error) bool { return is[services.AtField](err) && errors.Is(err, models.ErrNotFound) }},
			"an end that is over":      {"administrator", past, wrongField("Until")},
			"no way to sign in":        {"administrator", strange, wrongField("Provider")},
			"administrators":           {"administrator", adding([]string{"viewer@example.com"}, "administrators"), is[services.NeedsConfirmation]},
			"R7":                       {"coordinator", adding([]string{"viewer@example.com"}, "others", "writers"), is[services.TooHigh]},
			"a group not to be edited": {"leader", adding([]string{"viewer@example.com"}, "others"), is[services.Forbidden]},
			"who may not view groups":  {"other", adding([]string{"viewer@example.com"}, "others"), is[services.Forbidden]},
			"who edits no group":       {"viewer", adding([]string{"viewer@example.com"}, "others"), is[services.Forbidden]},
		} {
			before := fmt.Sprint(p.groups("viewer"))
			if _, err := p.AddPeople(ctx, p.by(c.by), c.n); !c.want(err) {
				t.Errorf("%s: %v", name, err)
			}
			if after := fmt.Sprint(p.groups("viewer")); after != before {
				t.Errorf("%s: viewer is in %s", name, after)
			}
		}
		if _, err := p.PeopleToAdd(ctx, p.by("other"), adding([]string{"viewer@example.com"}, "others")); !is[services.Forbidden](err) {
			t.Errorf("the question of who may not view groups: %v", err)
		}
	})
}

// wrongField tells whether an error is about a field.
func wrongField(field string) func(error) bool {
	return func(err error) bool {
		var wrong services.Invalid
		return errors.As(err, &wrong) && wrong.Text(field) != ""
	}
}

func TestSeatsHaveToDoForAllWhoAreInvited(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		organization, err := p.scope().Organization(ctx)
		must(t, err)
		free := organization.Seats - organization.Members
		emails := []string{"viewer@example.com"}
		for i := range free + 2 {
			emails = append(emails, fmt.Sprintf("p%02d@example.com", i))
		}
		seen, err := p.PeopleToAdd(ctx, p.by("administrator"), adding(emails, "readers"))
		must(t, err)
		if seen.Seats.TooFew() != 2 || seen.Seats.Free != free {
			t.Errorf("the seats are %+v", seen.Seats)
		}
		_, err = p.AddPeople(ctx, p.by("administrator"), adding(emails, "readers"))
		var wrong services.Invalid
		if !errors.As(err, &wrong) || !strings.HasPrefix(wrong.Text("Emails"), "2 seats too few: ") {
			t.Errorf("two too many: %v", err)
		}
		if slices.Contains(p.groups("viewer"), "readers") {
			t.Error("some were added")
		}
		if done, err := p.AddPeople(ctx, p.by("administrator"), adding(emails[:free+1], "readers")); err != nil || done.Count(services.PersonInvited) != free {
			t.Errorf("as many as there are seats: %v", err)
		}
	})
}

func TestGroupsOfAColleagueAreThoseThatTheCallerCanGive(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		if _, err := p.GroupsLike(ctx, p.by("other"), p.member("viewer").ID); !is[services.Forbidden](err) {
			t.Errorf("who may not view groups: %v", err)
		}
		_, err := p.save("administrator", "other", services.MembershipChoice{Key: "readers", In: true}, services.MembershipChoice{Key: "viewers", In: true, Until: in(time.Hour)})
		must(t, err)
		told := func(by string) string {
			like, err := p.GroupsLike(ctx, p.by(by), p.member("other").ID)
			must(t, err)
			var all []string
			for _, g := range like.Given {
				all = append(all, g.Key)
			}
			for _, g := range like.Refused {
				all = append(all, fmt.Sprintf("not %s %t %d", g.Key, g.Uneditable, len(g.Beyond)))
			}
			return strings.Join(all, ", ")
		}
		if got := told("administrator"); got != "others, readers, viewers, writers" {
			t.Errorf("an administrator gives %s", got)
		}
		if got := told("coordinator"); !strings.Contains(got, "not writers false") || !strings.Contains(got, "others") {
			t.Errorf("a coordinator gives %s", got)
		}
		if got := told("leader"); !strings.Contains(got, "not others true 0") {
			t.Errorf("a leader gives %s", got)
		}
		p.clock.Set(*in(2 * time.Hour))
		if got := told("administrator"); got != "others, readers, writers" {
			t.Errorf("after one has ended: %s", got)
		}
	})
}
