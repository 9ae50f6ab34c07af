package models_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestGrantsOfMembersAreThoseOfEachAlone(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		ctx, at := t.Context(), store.Now()
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "other")
		reader, editor := modelstest.Person(t, store, "reader@example.com"), modelstest.Person(t, store, "editor@example.com")
		expired, stranger := modelstest.Person(t, store, "expired@example.com"), modelstest.Person(t, store, "stranger@example.com")
		sources := access.PrivilegeSet{"content/sources": {Level: access.LevelView}, "content/fields": {Level: access.LevelEdit}}
		modelstest.Group(t, org, "readers", sources, reader, editor)
		modelstest.Administrators(t, org, editor)
		left := modelstest.Group(t, org, "left", sources)
		modelstest.Group(t, other, "readers", sources, reader, stranger)
		end := at.Add(time.Hour)
		if err := org.AddMembership(ctx, left.Grantee().ID, expired, &end, at); err != nil {
			t.Fatal(err)
		}
		held, err := org.GrantsOfMembers(ctx, []string{reader.Email, editor.Email, expired.Email, stranger.Email, "\x00"}, end)
		if err != nil || len(held) != 3 {
			t.Fatalf("%d have an entry (%v), want the three members", len(held), err)
		}
		for _, p := range []models.Person{reader, editor, expired} {
			alone, err := org.GrantsOf(ctx, p.ID, end)
			if err != nil {
				t.Fatal(err)
			}
			if together := held[p.Email]; !slices.Equal(together, alone) {
				t.Errorf("%s holds %+v, alone %+v", p.Email, together, alone)
			}
		}
	})
}

func TestLevelsInUseNameTheOrganizationAndCountTheGrantees(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		set := access.PrivilegeSet{"content/sources": {Level: access.LevelView}}
		for _, key := range []string{"acme", "other"} {
			org := modelstest.Organization(t, store, key)
			modelstest.Group(t, org, "readers", set)
			modelstest.APIKey(t, org, "reader", set)
			modelstest.Group(t, org, "empty", nil)
		}
		got, err := store.LevelsInUse(t.Context())
		want := []models.LevelInUse{
			{Organization: "acme", Domain: "content/sources", Level: "view", Grantees: 2},
			{Organization: "other", Domain: "content/sources", Level: "view", Grantees: 2},
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("in use are %+v (%v), want %+v", got, err, want)
		}
	})
}

func TestAnalyzeWorksInsideAChange(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		err := store.Change(t.Context(), org.ID(), func(tx *models.Scope) error { return tx.Store().Analyze(t.Context()) })
		if err != nil {
			t.Error(err)
		}
	})
}
