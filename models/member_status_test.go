package models_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// Who is suspended is listed by name and by last use, of the organization and of a group, page by page.
func TestMembersAreListedByStatus(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		var people []models.Person
		for i := range 6 {
			people = append(people, modelstest.Person(t, store, fmt.Sprintf("p%d@example.com", i)))
		}
		modelstest.Group(t, org, "everybody", nil, people...)
		group := modelstest.Group(t, org, "leads", nil, people[1:5]...).Grantee().ID
		for i, p := range people {
			ok(t, org.StampMembers(ctx, []models.PersonID{p.ID}, modelstest.Start.Add(time.Duration(-i)*time.Hour)))
		}
		ok(t, org.SuspendMembers(ctx, []models.PersonID{people[0].ID, people[2].ID, people[4].ID}, store.Now()))
		for _, c := range []struct {
			filter models.MemberFilter
			want   []string
		}{
			{models.MemberFilter{Status: models.MemberSuspended}, []string{"p0", "p2", "p4"}},
			{models.MemberFilter{Status: models.MemberActive}, []string{"p1", "p3", "p5"}},
			{models.MemberFilter{Status: models.MemberSuspended, Page: models.Page{Sort: "used"}}, []string{"p4", "p2", "p0"}},
			{models.MemberFilter{Status: models.MemberActive, Page: models.Page{Sort: "-used"}}, []string{"p1", "p3", "p5"}},
			{models.MemberFilter{Status: models.MemberSuspended, Group: group}, []string{"p2", "p4"}},
			{models.MemberFilter{Status: models.MemberActive, Group: group}, []string{"p1", "p3"}},
			{models.MemberFilter{Status: models.MemberSuspended, Group: group, Page: models.Page{Query: "p4"}}, []string{"p4"}},
			{models.MemberFilter{Status: models.MemberActive, Page: models.Page{Query: "p4"}}, nil},
			{models.MemberFilter{Status: models.MemberSuspended, Page: models.Page{Query: "example"}}, []string{"p0", "p2", "p4"}},
		} {
			got := walk(t, func(p models.Page) (models.Listing[models.Member], error) {
				f := c.filter
				f.Page = p
				f.Query = c.filter.Query
				return org.Members(ctx, f, store.Now())
			}, models.Page{Limit: 1, Sort: c.filter.Sort}, func(m models.Member) string { return m.Email[:2] })
			if !slices.Equal(got, c.want) {
				t.Errorf("%+v: got %v, want %v", c.filter, got, c.want)
			}
		}
	})
}

// Attack: somebody takes the name of another with a letter of another alphabet. People who merely share a name are told apart from that.
func TestANameThatOnlyLooksLikeAnotherIsMarkedAsThat(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		people := []models.Person{
			{Email: "a@example.com", Name: "John Smith"}, {Email: "b@example.com", Name: "John Smith"},
			{Email: "c@example.com", Name: "Ann Lee"}, {Email: "d@example.com", Name: "Аnn Lee"}, // a Cyrillic letter
			{Email: "e@example.com", Name: "Only One"},
		}
		ok(t, store.CreatePeople(ctx, people))
		modelstest.Group(t, org, "everybody", nil, people...)
		var ids []models.PersonID
		for _, p := range people {
			ids = append(ids, p.ID)
		}
		marks := get(org.MarksOf(ctx, ids))(t)
		for i, want := range []models.Marks{{Namesakes: 2}, {Namesakes: 2}, {Namesakes: 2, Lookalike: true}, {Namesakes: 2, Lookalike: true}, {}} {
			if got := marks[ids[i]]; got != want {
				t.Errorf("%s: %+v, want %+v", people[i].Email, got, want)
			}
		}
	})
}
