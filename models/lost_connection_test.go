package models_test

import (
	"slices"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// A connection breaks in the middle of a change. The person who asked is told that nothing was changed only where that is sure.
func TestChangeOverABrokenConnectionIsUndoneOrInDoubt(t *testing.T) {
	if !slices.Contains(modelstest.Databases(t), modelstest.Postgres) {
		t.Skip("left out: PostgreSQL, the only database with a connection that can break")
	}
	for _, c := range []struct {
		name string
		word string
		cut  modelstest.Cut
		want error
		left string // the name of the organization afterwards
	}{
		{"before it", "UPDATE organizations SET revision", modelstest.CutUnheard, models.ErrDown, "acme"},
		{"before its commit is heard", "commit", modelstest.CutUnheard, models.ErrInDoubt, "acme"},
		{"before its commit is answered", "commit", modelstest.CutUnanswered, models.ErrInDoubt, "Changed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			address := modelstest.URL(t, modelstest.Options{Database: modelstest.Postgres})
			sure := modelstest.Open(t, address, nil)
			org := modelstest.Organization(t, sure, "acme")
			line := modelstest.Line{Word: c.word, Cut: func() modelstest.Cut { return c.cut }}
			store := modelstest.Open(t, line.Through(t, address), nil)
			err := store.Change(ctx, org.ID(), func(tx *models.Scope) error { return tx.SetOrganization(ctx, "Changed", 30) })
			wantError(t, err, c.want)
			if got := get(org.Organization(ctx))(t).Name; got != c.left {
				t.Errorf("the organization is named %s, want %s", got, c.left)
			}
		})
	}
}
