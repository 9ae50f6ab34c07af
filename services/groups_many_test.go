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
	"bailiwick/services"
)

func groupName(g models.Group) string { return g.Key }

func TestDeletionOfManyGroupsIsJudgedOneByOne(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		for name, c := range map[string]struct {
			by     string
			chosen services.GroupsChosen
			want   string
		}{
			"some, one twice":       {"administrator", services.GroupsChosen{Keys: []string{"writers", "auditors", "writers"}}, "auditors, writers"},
			"Administrators":        {"administrator", services.GroupsChosen{Keys: []string{"administrators", "readers"}}, "not administrators, readers"},
			"one that is gone":      {"administrator", services.GroupsChosen{Keys: []string{"readers", "none"}}, "readers, 1 gone"},
			"only gone ones":        {"administrator", services.GroupsChosen{Keys: []string{"none"}}, "1 gone"},
			"those one may edit":    {"leader", services.GroupsChosen{Keys: []string{"readers", "writers"}}, "readers, not writers"},
			"one that one is in":    {"leader", services.GroupsChosen{Keys: []string{"readers", "leads"}}, "not leads, readers"},
			"view is not enough":    {"viewer", services.GroupsChosen{Keys: []string{"readers"}}, "not readers"},
			"all that match":        {"administrator", services.GroupsChosen{All: true, Filter: models.GroupFilter{Page: models.Page{Query: "writ"}}}, "writers"},
			"all without members":   {"administrator", services.GroupsChosen{All: true, Filter: models.GroupFilter{Empty: true, Kind: models.GroupsCustom}}, "auditors, webmasters"},
			"all that nothing find": {"administrator", services.GroupsChosen{All: true, Filter: models.GroupFilter{Page: models.Page{Query: "zzz"}}}, ""},
		} {
			review, err := p.ReviewGroupsDeletion(ctx, p.by(c.by), c.chosen)
			must(t, err)
			if got := judged(review.Many, groupName); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
		if _, err := p.ReviewGroupsDeletion(ctx, p.by("other"), services.GroupsChosen{Keys: []string{"others"}}); !is[services.Forbidden](err) {
			t.Errorf("who may not view groups reviews their deletion: %v", err)
		}
	})
}

// R16: somebody in two of the groups, and in no other, leaves with both, not with one.
func TestWithManyGroupsThoseLeaveWhoAreInNoOther(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, by := context.Background(), p.by("administrator")
		leaving := func(keys ...string) string {
			t.Helper()
			review, err := p.ReviewGroupsDeletion(ctx, by, services.GroupsChosen{Keys: keys})
			must(t, err)
			var names []string
			for _, m := range review.Leaving {
				names = append(names, m.Name)
			}
			if review.Leavers != len(names) {
				t.Errorf("%q: %d leave, %q are named", keys, review.Leavers, names)
			}
			for _, r := range review.Orphaned {
				names = append(names, "without owner "+r.Name)
			}
			return strings.Join(names, ", ")
		}
		for want, keys := range map[string][]string{
			"": {"writers", "auditors"}, "Other": {"others", "writers"}, "John Smith, Other, without owner Jira": {"others", "readers", "writers"},
		} {
			if got := leaving(keys...); got != want {
				t.Errorf("with %q: %s, want %s", keys, got, want)
			}
		}
		wanted := into("auditors")
		wanted.Until = in(time.Hour)
		must(t, p.AddToGroups(ctx, by, p.ids("john.smith"), wanted))
		if got := leaving("readers"); got != "" {
			t.Errorf("held by a group that has an end: %s", got)
		}
		p.clock.Advance(2 * time.Hour)
		if got := leaving("readers"); got != "John Smith, without owner Jira" {
			t.Errorf("held by what has expired: %s", got)
		}
	})
}

// tooManyGroups are keys of one group more than are deleted at once.
func tooManyGroups() []string {
	keys := make([]string, services.MaxGroupsToDelete+1)
	for i := range keys {
		keys[i] = fmt.Sprintf("group-%d", i)
	}
	return keys
}

// Of more groups than are deleted at once none is offered to be deleted, and no review is made.
func TestNoMoreGroupsAreDeletedAtOnceThanOneChangeTakes(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, by, keys := context.Background(), p.by("administrator"), tooManyGroups()
		for _, key := range keys {
			g := models.Group{}
			g.Domain, g.Key, g.Name, g.CreatedAt, g.ModifiedAt = access.GroupsDomain, key, key, p.clock.Now(), p.clock.Now()
			must(t, p.scope().CreateGroup(ctx, &g))
		}
		for n, want := range map[int]int{len(keys): 0, len(keys) - 1: len(keys) - 1} {
			chosen := services.GroupsChosen{Keys: keys[:n]}
			many, err := p.ManyGroups(ctx, by, chosen)
			must(t, err)
			if got := len(many.Deletion.Can()); got != want || len(many.Groups) != n {
				t.Errorf("of %d groups, %d could be deleted", len(many.Groups), got)
			}
			if _, err := p.ReviewGroupsDeletion(ctx, by, chosen); (want == 0) != is[services.Invalid](err) {
				t.Errorf("the review of %d: %v", n, err)
			}
		}
	})
}

func TestManyGroupsAreDeletedInOneChange(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, by := context.Background(), p.by("administrator")
		for name, c := range map[string]struct {
			by   string
			keys []string
			want func(error) bool
		}{
			"none":               {"administrator", nil, is[services.Invalid]},
			"too many":           {"administrator", tooManyGroups(), is[services.Invalid]},
			"with one gone":      {"administrator", []string{"writers", "none"}, is[services.Overtaken]},
			"Administrators too": {"administrator", []string{"writers", "administrators"}, is[services.Overtaken]},
			"one of another’s":   {"leader", []string{"readers", "writers"}, is[services.Overtaken]},
			"by viewing":         {"viewer", []string{"writers"}, is[services.Overtaken]},
			"without view":       {"other", []string{"writers"}, is[services.Forbidden]},
		} {
			if err := p.DeleteGroups(ctx, p.by(c.by), c.keys); !c.want(err) {
				t.Errorf("%s: %v", name, err)
			}
			if a := newest(t, p.store); c.by != "administrator" && (a.Operation != models.OpGroupDeleted || a.Outcome != models.OutcomeRefused) {
				t.Errorf("%s: recorded as %s, %s", name, a.Operation, a.Outcome)
			}
		}
		if _, err := p.Group(ctx, by, "writers"); err != nil {
			t.Fatalf("a refused change deleted a group: %v", err)
		}
		before := newest(t, p.store)
		must(t, p.DeleteGroups(ctx, by, []string{"writers", "others"}))
		var done []string
		for _, a := range activitiesOfAcme(t, p.store) {
			if a.ID > before.ID {
				done = append(done, string(a.Operation)+" "+a.ResourceName)
			}
		}
		slices.Sort(done)
		if want := []string{"group.deleted Others", "group.deleted Writers", "group.member-removed Writers", "member.left Other"}; !slices.Equal(done, want) {
			t.Errorf("recorded are %q", done)
		}
		if _, err := p.scope().MemberByEmail(ctx, "other@example.com"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("who was in no other group is there still: %v", err)
		}
	})
}

func TestAnActionBarOffersWhatCanBeDoneToManyGroups(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		many, err := p.ManyGroups(ctx, p.by("leader"), services.GroupsChosen{Keys: []string{"auditors", "webmasters", "writers"}})
		must(t, err)
		if got, joins := judged(many.Deletion, groupName), judged(many.Joins, groupName); got != "auditors, webmasters, not writers" || joins != "auditors, not webmasters, not writers" {
			t.Errorf("can delete %s, can add to %s", got, joins)
		}
		if _, err := p.ManyGroups(ctx, p.by("other"), services.GroupsChosen{All: true}); !is[services.Forbidden](err) {
			t.Errorf("who may not view groups selects them: %v", err)
		}
	})
}
