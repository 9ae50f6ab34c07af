package services_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

// choice is what a choice of groups shows: chosen ones, then the others; with what can't be given.
func choice(groups services.InvitableGroups) string {
	var all []string
	for i, g := range append(groups.Chosen, groups.Rows...) {
		text := g.Key
		if i < len(groups.Chosen) {
			text = "[" + text + "]"
		}
		for _, x := range g.Beyond {
			text += " beyond on " + string(x.Domain)
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func TestGroupsToInviteIntoAreThoseThatOneMayEdit(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		for _, test := range []struct {
			by, query string
			chosen    []string
			want      string
		}{
			{"leader", "", nil, "auditors, readers, webmasters beyond on content/sources"},
			{"leader", "MASTER", []string{"readers"}, "[readers], webmasters beyond on content/sources"},
			{"leader", "nothing like it", []string{"writers", "gone"}, ""}, // chosen by a forged form
			{"viewer", "", nil, ""},
			{"administrator", "ers", []string{"administrators"}, "[administrators], analytics-managers, analytics-viewers, content-managers, others, readers, relevance-managers, users, viewers, webmasters, writers"},
		} {
			got, err := p.InvitableGroups(ctx, p.by(test.by), test.query, test.chosen)
			if err != nil || choice(got) != test.want || got.More {
				t.Errorf("%s looks for %q: got %s, %v\nwant %s", test.by, test.query, choice(got), err, test.want)
			}
		}
		var forbidden services.Forbidden
		if _, err := p.InvitableGroups(ctx, p.by("other"), "", nil); !errors.As(err, &forbidden) || forbidden.Need != services.ViewGroups {
			t.Errorf("without view on groups: %v", err)
		}
		if _, err := p.InvitableGroup(ctx, p.by("viewer"), "readers"); !errors.As(err, &forbidden) || forbidden.Need != services.EditGroup {
			t.Errorf("one that may only be viewed: %v", err)
		}
		if _, err := p.InvitableGroup(ctx, p.by("viewer"), "no-such-group"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("one that is none: %v", err)
		}
	})
}

// However many groups there are, a few are shown, and the chosen ones never push others out.
func TestChoiceOfGroupsSaysThatThereAreMore(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		file := "version: 1\norganization: {key: acme, name: Acme}\ngroups:\n"
		for i := range 30 {
			file += fmt.Sprintf("  - {key: team-%02d, name: Team %02d}\n", i, i)
		}
		apply(t, p.Console, file, services.ApplyOptions{})
		got, err := p.InvitableGroups(context.Background(), p.by("administrator"), "team", []string{"team-00", "team-29", "readers"})
		if err != nil || !got.More || len(got.Chosen) != 3 || len(got.Rows) != 20 || got.Rows[0].Key != "team-01" {
			t.Errorf("%d chosen and %d others, more: %t, %v: %s", len(got.Chosen), len(got.Rows), got.More, err, choice(got))
		}
	})
}

func TestWhatIsLeftToDoWithAnInvitationDependsOnWhatOneHolds(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		mighty, _ := p.invited("administrator", "a@example.com", "webmasters")
		modest, _ := p.invited("administrator", "b@example.com", "readers")
		for _, test := range []struct {
			by       string
			id       models.InvitationID
			editable bool
			beyond   int
		}{
			{"administrator", mighty.ID, true, 0}, {"leader", modest.ID, true, 0}, {"leader", mighty.ID, true, 1}, {"viewer", mighty.ID, false, 0},
		} {
			got, err := p.InvitationActions(ctx, p.by(test.by), test.id)
			if err != nil || got.Editable != test.editable || len(got.Beyond) != test.beyond {
				t.Errorf("%s on %d: editable %t, beyond %v, %v", test.by, test.id, got.Editable, got.Beyond, err)
			}
		}
		if n, err := p.CountPendingInvitations(ctx, p.by("viewer")); err != nil || n != 2 {
			t.Errorf("%d are pending, %v", n, err)
		}
		p.clock.Advance(services.InvitationLife)
		if n, err := p.CountPendingInvitations(ctx, p.by("viewer")); err != nil || n != 0 {
			t.Errorf("%d are pending when all have run out, %v", n, err)
		}
		if got, err := p.InvitationActions(ctx, p.by("leader"), mighty.ID); err != nil || got.State != models.InvitationExpired {
			t.Errorf("one that ran out: %+v, %v", got, err)
		}
		var forbidden services.Forbidden
		if _, err := p.CountPendingInvitations(ctx, p.by("other")); !errors.As(err, &forbidden) {
			t.Errorf("counted without view on groups: %v", err)
		}
	})
}

func TestWhoMayEditNoGroupInvitesNobody(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		for by, want := range map[string]bool{"administrator": true, "leader": true, "viewer": false, "other": false} {
			if got, err := p.Invites(context.Background(), p.by(by)); err != nil || got != want {
				t.Errorf("%s: %t, %v", by, got, err)
			}
		}
	})
}

// The group's list says with which provider each member enters the organization, which is not the same for all.
func TestMembersOfAGroupCarryTheirProvider(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		results, err := p.Invite(ctx, p.by("leader"), services.NewInvitations{Provider: services.ProviderAny, Emails: []string{"new@example.com"}, Groups: []string{"readers"}})
		must(t, err)
		_, err = p.AcceptByLink(ctx, p.signedIn("new", services.ProviderEmailLink), strings.TrimPrefix(results[0].Link, "/join/"), "")
		must(t, err)
		tab, err := p.GroupMembers(ctx, p.by("viewer"), "readers", models.Page{})
		must(t, err)
		got := map[string]string{}
		for _, m := range tab.Rows {
			got[m.Email] = tab.Providers[m.PersonID]
		}
		if got["new@example.com"] != "email-link" || got["john.smith@example.com"] != "password" || len(got) != 2 {
			t.Errorf("providers are %v", got)
		}
	})
}
