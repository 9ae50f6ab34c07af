package services_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
)

func (p people) preview(by, member string, choices ...services.MembershipChoice) services.MemberGroupsPreview {
	p.t.Helper()
	tab, err := p.MemberGroupsTab(context.Background(), p.by(by), p.member(member).ID, services.MemberGroupsDraft{Choices: choices})
	must(p.t, err)
	return tab.MemberGroupsPreview
}

// differencesTold is what a preview says is gained and lost, in a short form.
func differencesTold(preview services.MemberGroupsPreview) []string {
	var told []string
	for _, d := range preview.Differences {
		sign, what := "-", d.Before.String()
		if d.Gains {
			sign, what = "+", d.After.String()
		}
		switch {
		case d.Create:
			what = "create"
		case d.Resource != 0:
			what = "edit " + preview.Names[d.Resource]
		}
		told = append(told, fmt.Sprintf("%s%s %s", sign, what, d.Domain))
	}
	return told
}

func TestPreviewTellsTheDifferenceBetweenAllGroupsBeforeAndAfter(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		in := func(key string) services.MembershipChoice { return services.MembershipChoice{Key: key, In: true} }
		out := func(key string) services.MembershipChoice { return services.MembershipChoice{Key: key} }
		for _, c := range []struct {
			name, by string
			choices  []services.MembershipChoice
			changes  int
			want     []string
		}{
			{"nothing", "administrator", []services.MembershipChoice{in("readers"), out("writers")}, 0, nil},
			{"what another group gives already", "administrator", []services.MembershipChoice{in("others")}, 1, nil},
			{"a list", "administrator", []services.MembershipChoice{in("auditors")}, 1, []string{"+custom content/sources", "+edit Jira content/sources"}},
			{"another in its place", "administrator", []services.MembershipChoice{in("writers"), out("readers")}, 2,
				[]string{"+edit content/sources", "+create content/sources", "-view organization/organization", "+allowed search/execute-queries"}},
			{"names that the viewer may not see", "coordinator", []services.MembershipChoice{in("auditors")}, 1, []string{"+custom content/sources", "+edit  content/sources"}},
			{"groups that the viewer may not edit", "leader", []services.MembershipChoice{in("writers"), in("auditors")}, 1, []string{"+custom content/sources", "+edit Jira content/sources"}},
		} {
			preview := p.preview(c.by, "john.smith", c.choices...)
			if got := differencesTold(preview); !slices.Equal(got, c.want) || len(preview.Changes) != c.changes {
				t.Errorf("%s: %d changes %q, want %d and %q", c.name, len(preview.Changes), got, c.changes, c.want)
			}
		}
		everything := p.preview("administrator", "john.smith", in("administrators"))
		if n := len(everything.Differences); n < len(p.Catalog().Domains())-2 {
			t.Errorf("Administrators give %d differences", n)
		}
	})
}

func TestPreviewWarnsBeforeSomebodyIsLockedOut(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		out := func(key string) services.MembershipChoice { return services.MembershipChoice{Key: key} }
		leaves := p.preview("administrator", "john.smith", out("readers"))
		if !leaves.Leaves || leaves.Orphans != 1 || leaves.Orphaned[0].Key != "jira" {
			t.Errorf("the last group: %+v", leaves)
		}
		if unseen := p.preview("coordinator", "john.smith", out("readers")); !unseen.Leaves || unseen.Orphans != 0 {
			t.Errorf("the last group, for who may not view sources: %+v", unseen)
		}
		if closed := p.preview("administrator", "other", out("others")); closed.Enters || closed.Leaves {
			t.Errorf("the minimum privilege: %+v", closed)
		}
		own := p.preview("coordinator", "coordinator", out("coordinators"), services.MembershipChoice{Key: "others", In: true})
		if own.KeepsGroups || !own.Enters || own.Leaves {
			t.Errorf("one’s own groups: %+v", own)
		}
		if other := p.preview("administrator", "coordinator", out("coordinators"), services.MembershipChoice{Key: "others", In: true}); !other.KeepsGroups {
			t.Errorf("somebody else’s groups: %+v", other)
		}
	})
}

func TestGroupsTabLocksWhatTheCallerMayNotGive(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		for by, want := range map[string]map[string]string{
			"administrator": {"administrators": "", "writers": "", "readers": ""},
			"leader":        {"administrators": "uneditable beyond", "writers": "uneditable beyond", "auditors": "", "readers": "", "webmasters": "beyond", "others": "uneditable"},
			"coordinator":   {"administrators": "beyond", "writers": "beyond", "auditors": "beyond", "webmasters": "beyond", "others": "", "viewers": ""},
			"viewer":        {"others": "uneditable", "viewers": "uneditable"},
		} {
			tab, err := p.MemberGroupsTab(context.Background(), p.by(by), p.member("john.smith").ID, services.MemberGroupsDraft{})
			must(t, err)
			locks := map[string]string{}
			for _, g := range tab.Rows {
				locks[g.Key] = lockTold(tab.Locks[g.Grantee().ID])
			}
			for group, lock := range want {
				if locks[group] != lock {
					t.Errorf("%s, %s: locked as %q, want %q", by, group, locks[group], lock)
				}
			}
			if tab.Joined != 1 || tab.Edits != (by != "viewer") {
				t.Errorf("%s: in %d groups, edits some: %t", by, tab.Joined, tab.Edits)
			}
		}
	})
}

func lockTold(lock services.MembershipLock) string {
	told := ""
	if lock.Uneditable {
		told = "uneditable"
	}
	if len(lock.Beyond) > 0 {
		told += " beyond"
	}
	if lock.Last {
		told += " last"
	}
	if told != "" && told[0] == ' ' {
		return told[1:]
	}
	return told
}

func TestGroupsTabOfTheLastAdministratorLocksThatGroup(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		locked := func() bool {
			tab, err := p.MemberGroupsTab(context.Background(), p.by("administrator"), p.member("administrator").ID, services.MemberGroupsDraft{Joined: true})
			must(t, err)
			if len(tab.Rows) != 1 {
				t.Fatalf("in %d groups, want Administrators alone", len(tab.Rows))
			}
			return tab.Locks[tab.Rows[0].Grantee().ID].Last
		}
		if !locked() {
			t.Error("the last administrator could be taken out")
		}
		_, err := p.save("administrator", "john.smith", services.MembershipChoice{Key: "administrators", In: true})
		must(t, err)
		if locked() {
			t.Error("one of two administrators could not be taken out")
		}
	})
}

// R12: time is read at the moment of the question. What tidies up comes later, or with the next change.
func TestMembershipEndsByTheClockAndIsTidiedUpLater(t *testing.T) {
	for _, how := range []string{"by itself", "with the next change"} {
		t.Run(how, func(t *testing.T) {
			onPeople(t, func(t *testing.T, p people) {
				ctx := context.Background()
				_, err := p.save("administrator", "john.smith", services.MembershipChoice{Key: "auditors", In: true, Until: in(time.Hour)},
					services.MembershipChoice{Key: "readers"})
				must(t, err)
				john := p.by("john.smith")
				p.clock.Set(*in(time.Hour))
				if _, err := p.Identify(ctx, services.Session{Person: john.Person, Provider: services.ProviderPassword}, "acme", ""); !errors.Is(err, models.ErrNotFound) {
					t.Errorf("enters after the end: %v", err)
				}
				p.wantGroups("john.smith", "auditors for 1h0m0s") // the row stands until it is tidied up
				if how == "by itself" {
					must(t, p.Tidy(ctx))
				} else {
					must(t, p.UpdateGroup(ctx, p.by("administrator"), "others", services.GroupChange{Revision: 0, Name: "The others"}))
				}
				if _, err := p.scope().MemberByEmail(ctx, "john.smith@example.com"); !errors.Is(err, models.ErrNotFound) {
					t.Errorf("still a member: %v", err)
				}
				if r, err := p.scope().Resource(ctx, "content/sources", "jira"); err != nil || r.OwnerID != nil {
					t.Errorf("still owns a source: %v", err)
				}
				wantExpiryOnRecord(t, activities(t, p.store))
			})
		})
	}
}

func wantExpiryOnRecord(t *testing.T, all []models.Activity) {
	t.Helper()
	for _, a := range all {
		if a.ActorKind == "clock" && a.ResourceKey == "auditors" && a.Outcome == models.OutcomeDone {
			return
		}
	}
	t.Errorf("no activity tells that the membership of auditors has ended: %+v", all[:min(4, len(all))])
}

func TestLastUseIsKeptToTheMinuteInOneWrite(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		p.clock.Set(*in(90 * time.Second))
		for range 3 {
			p.by("john.smith")
			p.by("viewer")
		}
		must(t, p.WriteLastUsed(ctx))
		for _, name := range []string{"john.smith", "viewer"} {
			if got := p.member(name).LastUsed(); !got.Equal(*in(time.Minute)) {
				t.Errorf("%s last used it at %v, want %v", name, got, in(time.Minute))
			}
		}
		if got := p.member("leader").LastUsed(); !got.IsZero() {
			t.Errorf("the leader last used it at %v, want never", got)
		}
		p.by("john.smith")
		counted, counter := p.store.CountStatements(ctx)
		must(t, p.WriteLastUsed(counted))
		if counter.Count() != 0 {
			t.Errorf("%d statements within the same minute, want none", counter.Count())
		}
	})
}

// Anyone who may edit a group can let somebody go, whatever the group holds; joining is what gives (R7, R20).
func TestLocksOfAMembership(t *testing.T) {
	beyond := []access.Excess{{Domain: "content/sources", Abilities: access.Edit}}
	for name, c := range map[string]struct {
		lock         services.MembershipLock
		joined, left bool // locked for who is in the group, and for who is not
	}{
		"nothing":            {services.MembershipLock{}, false, false},
		"not editable":       {services.MembershipLock{Uneditable: true}, true, true},
		"last administrator": {services.MembershipLock{Last: true}, true, true},
		"beyond the caller":  {services.MembershipLock{Beyond: beyond}, false, true},
		"lent":               {services.MembershipLock{Lent: true}, false, true},
		"until a moment":     {services.MembershipLock{Until: in(time.Hour)}, false, false},
	} {
		if joined, left := c.lock.Locked(true), c.lock.Locked(false); joined != c.joined || left != c.left {
			t.Errorf("%s: locked for members %t, for others %t", name, joined, left)
		}
	}
}

// The preview says of an end that is past what saving says of it.
func TestPreviewKnowsTheEndsThatCannotBeSaved(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, past := context.Background(), p.clock.Now().Add(-24*time.Hour)
		for _, key := range []string{"readers", "auditors"} { // John is in the first
			draft := services.MemberGroupsDraft{Choices: []services.MembershipChoice{{Key: key, In: true, Until: &past}}}
			member := p.member("john.smith")
			preview := p.preview("administrator", "john.smith", draft.Choices...)
			draft.Revision = member.Revision
			_, err := p.SaveMemberGroups(ctx, p.by("administrator"), member.ID, draft)
			var wrong services.Invalid
			if !errors.As(err, &wrong) || len(wrong.Fields) != 1 || !slices.Equal(wrong.Fields, preview.Wrong) {
				t.Errorf("%s: saving says %v, the preview %+v", key, err, preview.Wrong)
			}
		}
	})
}
