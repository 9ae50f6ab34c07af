package models_test

import (
	"errors"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestTheFirstSetupLinkUsedClosesAllOthers(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		ctx, at := t.Context(), store.Now()
		for _, id := range []string{"first", "second"} {
			link := models.SetupLink{ID: id, CreatedAt: at, ExpiresAt: at.Add(time.Hour)}
			if err := store.CreateSetupLink(ctx, &link); err != nil {
				t.Fatal(err)
			}
		}
		if err := store.UseSetupLink(ctx, "unknown", at); !errors.Is(err, models.ErrConflict) {
			t.Errorf("an unknown link: %v", err)
		}
		if err := store.UseSetupLink(ctx, "first", at); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"first", "second"} {
			if err := store.UseSetupLink(ctx, id, at); !errors.Is(err, models.ErrConflict) {
				t.Errorf("the %s link afterwards: %v", id, err)
			}
		}
	})
}
