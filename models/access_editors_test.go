package models_test

import (
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// Who can give Edit back edits the resource afterwards, enters the console and sees the groups that lost it; a group without such a
// member is not named, whatever it holds.
func TestEditorsWhoGiveBackHaveAMemberWhoCan(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		web := modelstest.Resource(t, org, sources, "web")
		enters := level(access.LevelView)
		whole := func(p access.Privilege) access.PrivilegeSet {
			return access.PrivilegeSet{sources: p, access.OrganizationDomain: enters, access.GroupsDomain: level(access.LevelView)}
		}
		soon := store.Now().Add(time.Hour)
		join := func(person models.Person, until *time.Time, groups ...models.Group) {
			for _, g := range groups {
				ok(t, org.AddMembership(ctx, g.Grantee().ID, person, until, store.Now()))
			}
		}
		mine := modelstest.Group(t, org, "mine", access.PrivilegeSet{sources: custom(web.ID), access.OrganizationDomain: enters})
		modelstest.Administrators(t, org)
		modelstest.Group(t, org, "nobody", whole(level(access.LevelEdit)))
		join(modelstest.Person(t, store, "a@example.com"), nil, modelstest.Group(t, org, "all", whole(level(access.LevelEdit))))
		join(modelstest.Person(t, store, "b@example.com"), &soon, modelstest.Group(t, org, "listed", whole(custom(web.ID))))
		join(modelstest.Person(t, store, "c@example.com"), nil, modelstest.Group(t, org, "views", whole(level(access.LevelView))))
		given := modelstest.Group(t, org, "given", whole(level(access.LevelView)))
		join(modelstest.Person(t, store, "d@example.com"), nil, given)
		taken := modelstest.Group(t, org, "taken", whole(custom(web.ID)))
		join(modelstest.Person(t, store, "e@example.com"), nil, taken)
		join(modelstest.Person(t, store, "f@example.com"), nil, modelstest.Group(t, org, "outside", access.PrivilegeSet{
			sources: level(access.LevelEdit), access.GroupsDomain: level(access.LevelView)}))
		blind := access.PrivilegeSet{sources: level(access.LevelEdit), access.OrganizationDomain: enters}
		join(modelstest.Person(t, store, "g@example.com"), nil, modelstest.Group(t, org, "blind", blind))
		join(modelstest.Person(t, store, "h@example.com"), nil, modelstest.Group(t, org, "beside", blind), mine)
		join(modelstest.Person(t, store, "i@example.com"), nil, modelstest.Group(t, org, "together", access.PrivilegeSet{sources: level(access.LevelEdit)}),
			modelstest.Group(t, org, "entry", access.PrivilegeSet{access.OrganizationDomain: enters, access.GroupsDomain: enters}))
		change := models.EditorChange{Given: []access.GranteeID{given.Grantee().ID}, Taken: []access.GranteeID{taken.Grantee().ID, mine.Grantee().ID},
			Back: []access.GranteeID{mine.Grantee().ID}}
		got, err := org.EditorsWhoGiveBack(ctx, sources, web.ID, change)
		if want := []string{"all", "beside", "given", "listed", "together"}; err != nil || !slices.Equal(got, want) {
			t.Errorf("%v can give it back, %v; want %v", got, err, want)
		}
		join(modelstest.Person(t, store, "j@example.com"), nil, get(org.Group(ctx, "administrators"))(t))
		if got, err = org.EditorsWhoGiveBack(ctx, sources, 0, models.EditorChange{}); err != nil || !slices.Equal(got, []string{"Administrators", "all", "together"}) {
			t.Errorf("%v edit all sources and could, %v", got, err)
		}
	})
}
