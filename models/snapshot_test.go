package models_test

import (
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestASnapshotDoesNotSeeWhatOthersChangeMeanwhile(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		team := modelstest.Group(t, org, "team", access.PrivilegeSet{sources: level(access.LevelView)})
		grantees := []access.GranteeID{team.Grantee().ID}
		raise := func() {
			ok(t, store.Change(ctx, org.ID(), func(tx *models.Scope) error {
				return tx.SetLevel(ctx, grantees[0], sources, level(access.LevelEdit), store.Now())
			}))
		}
		ok(t, org.Snapshot(ctx, func(at *models.Scope) error {
			before := get(at.Organization(ctx))(t).Revision
			raise()
			if now := get(at.Organization(ctx))(t).Revision; now != before {
				t.Errorf("revision %d became %d within the snapshot", before, now)
			}
			if got := get(at.LevelsOf(ctx, grantees))(t)[grantees[0]][sources].Level; got != access.LevelView {
				t.Errorf("the snapshot holds %v, want the view of before", got)
			}
			return nil
		}))
		if got := get(org.LevelsOf(ctx, grantees))(t)[grantees[0]][sources].Level; got != access.LevelEdit {
			t.Errorf("afterwards it holds %v, want edit", got)
		}
	})
}

func TestASnapshotOnlyReads(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		err := org.Snapshot(ctx, func(at *models.Scope) error { return at.SetOrganization(ctx, "Other", 1) })
		if err == nil {
			t.Error("a snapshot was written to")
		}
		err = org.Snapshot(ctx, func(at *models.Scope) error {
			return at.Snapshot(ctx, func(*models.Scope) error { return nil })
		})
		if err == nil {
			t.Error("a snapshot was taken within another")
		}
		if name := get(org.Organization(ctx))(t).Name; name != "acme" {
			t.Errorf("the organization is called %q", name)
		}
	})
}
