package services_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

// made is the number by which what a command did can be undone.
func made(t *testing.T, command func(ctx context.Context) error) int64 {
	t.Helper()
	ctx := services.WithOutcome(context.Background())
	must(t, command(ctx))
	return services.Undoable(ctx)
}

// Several groups of a member are changed in one form, and undone at once; so is what an Access tab gave several groups.
func TestAChangeIsUndoneAsAWhole(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx, administrator := context.Background(), p.by("administrator")
		m := p.member("reader")
		id := made(t, func(ctx context.Context) error {
			_, err := p.SaveMemberGroups(ctx, administrator, m.ID, services.MemberGroupsDraft{Revision: m.Revision, Choices: []services.MembershipChoice{
				{Key: "outdoors", In: true}, {Key: "deputies", In: true}, {Key: "readers"}}})
			return err
		})
		undone, err := p.Undo(ctx, administrator, id)
		must(t, err)
		if undone.ID != id {
			t.Errorf("undone is %d, want %d", undone.ID, id)
		}
		for group, want := range map[string]bool{"outdoors": false, "deputies": false, "readers": true} {
			if in, _ := p.isIn("reader", group); in != want {
				t.Errorf("in %s: %t", group, in)
			}
		}
		which := services.ResourceRef{Domain: "content/sources", Key: "wiki"}
		tab, err := p.AccessTab(ctx, administrator, which, services.AccessDraft{})
		must(t, err)
		draft := services.AccessDraft{Revision: tab.Resource.Revision}
		for _, row := range tab.Rows {
			if !row.Stands.Fixed {
				draft.Choices = append(draft.Choices, services.AccessChoice{Kind: row.Grantee.Kind, Key: row.Grantee.Key, Edit: true, Revision: row.Revision})
			}
		}
		id = made(t, func(ctx context.Context) error {
			_, err := p.SaveAccess(ctx, administrator, which, draft)
			return err
		})
		if got := p.holds("readers"); got != "edit, custom web wiki" {
			t.Fatalf("before: %q", got)
		}
		_, err = p.Undo(ctx, administrator, id)
		must(t, err)
		if got := p.holds("readers"); got != "edit, custom web" {
			t.Errorf("undone: %q", got)
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}

func TestOnlyWhatCanBeUndoneIsOffered(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		administrator := p.by("administrator")
		if id := made(t, func(ctx context.Context) error {
			_, err := p.AddGroup(ctx, administrator, services.NewGroup{Name: "New"})
			return err
		}); id != 0 {
			t.Error("adding a group can be undone")
		}
		if id := made(t, func(ctx context.Context) error {
			_, err := p.RemoveMember(ctx, administrator, "readers", "reader@example.com") // the last group
			return err
		}); id != 0 {
			t.Error("what made somebody leave can be undone")
		}
	})
}

// Attack: somebody undoes what others did, or what they did long ago, without any view on Activities.
func TestOnesOwnChangesAreUndoneForAWhile(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx := context.Background()
		save := func(level access.Level) int64 {
			return made(t, func(ctx context.Context) error {
				return setPrivileges(ctx, p.Console, p.by("alone"), "readers", p.tab("alone", ofGroup("readers"), services.PrivilegesDraft{}).Holder().Revision,
					services.PrivilegeChoices{"content/fields": {Level: level}})
			})
		}
		first := save(access.LevelView)
		if _, err := p.Undo(ctx, p.by("administrator"), first); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("somebody else’s: %v", err)
		}
		if _, err := p.Undo(ctx, p.by("alone"), first); !errors.As(err, &services.TooHigh{}) {
			t.Errorf("what is beyond the caller by now: %v", err)
		}
		gone := save(access.LevelNone)
		if _, err := p.Undo(ctx, p.by("alone"), first); !errors.Is(err, services.ErrNothingReverts) {
			t.Errorf("what was changed again: %v", err)
		}
		p.clock.Advance(services.UndoLife + models.Precision)
		if _, err := p.Undo(ctx, p.by("alone"), gone); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("too old: %v", err)
		}
		if got := p.holds("readers"); got != "none, custom web" {
			t.Errorf("afterwards %q", got)
		}
	})
}

// crowded is an organization with so many members, all of them in one group, besides an administrator.
func crowded(t *testing.T, store *models.Store, clock *modelstest.Clock, size int) (*services.Console, *models.Scope, []models.MemberID) {
	t.Helper()
	ctx := context.Background()
	c := services.New(services.Config{Store: store, Catalog: files.DefaultCatalog(), Now: clock.Now})
	org := modelstest.Organization(t, store, "acme")
	modelstest.Administrators(t, org, modelstest.Person(t, store, "boss@example.com"))
	people := make([]models.Person, size)
	for i := range people {
		people[i] = models.Person{Email: fmt.Sprintf("p%04d@example.com", i), Name: fmt.Sprintf("Person %04d", i), CreatedAt: store.Now()}
	}
	must(t, store.CreatePeople(ctx, people))
	must(t, store.Analyze(ctx)) // as PostgreSQL does by itself after so much
	modelstest.Group(t, org, "everybody", nil, people...)
	must(t, store.Analyze(ctx))
	many, err := c.ManyMembers(ctx, callerOf(t, c, store, "boss@example.com"), services.MembersChosen{All: true, Filter: services.MemberQuery{Page: models.Page{Query: "person"}}})
	must(t, err)
	var ids []models.MemberID
	for _, m := range many.Members {
		ids = append(ids, m.ID)
	}
	return c, org, ids
}

// The largest change of members that is done at once is undone at once.
func TestAThousandMembersInTwoGroupsAreUndoneAtOnce(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		c, org, ids := crowded(t, store, clock, services.MaxMany)
		for _, key := range []string{"one", "two"} {
			modelstest.Group(t, org, key, nil)
		}
		by := callerOf(t, c, store, "boss@example.com")
		counts := func(key string) int {
			g, err := org.Group(ctx, key)
			must(t, err)
			return g.Members
		}
		id := made(t, func(ctx context.Context) error {
			return c.AddToGroups(ctx, by, ids, services.ManyMemberships{Groups: []string{"one", "two"}})
		})
		if id == 0 || counts("one") != services.MaxMany || counts("two") != services.MaxMany {
			t.Fatalf("%d: %d and %d members", id, counts("one"), counts("two"))
		}
		counted, statements := store.CountStatements(ctx)
		_, err := c.Undo(counted, by, id)
		must(t, err)
		if counts("one") != 0 || counts("two") != 0 || counts("everybody") != services.MaxMany {
			t.Errorf("undone: %d, %d and %d members", counts("one"), counts("two"), counts("everybody"))
		}
		if n := statements.Count(); n > 100 {
			t.Errorf("%d statements undo it: as many as there are members would take longer than a request may", n)
		}
		activities, err := org.Activities(ctx, models.ActivityFilter{Page: models.Page{Limit: 1}})
		must(t, err)
		if a := activities.Rows[0]; a.Operation != models.OpGroupMemberRemoved || a.ID-id != 4*services.MaxMany-1 {
			t.Errorf("the last activity is %+v", a)
		}
		must(t, modelstest.VerifyActivities(ctx, org))
	})
}
