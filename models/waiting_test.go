package models_test

import (
	"sync"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// More changes wait for the organization's lock than a pool has connections; none of them is in a reader's way.
func TestChangesThatWaitKeepNobodyFromReading(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		release := hold(t, store, org.ID())
		const many = 50
		var waiting, done sync.WaitGroup
		waiting.Add(many)
		for range many {
			done.Go(func() {
				waiting.Done()
				if err := store.Change(ctx, org.ID(), func(*models.Scope) error { return nil }); err != nil {
					t.Error(err)
				}
			})
		}
		waiting.Wait()
		for range 200 {
			if got := get(org.Organization(ctx))(t); got.Revision != 0 {
				t.Fatalf("a reader sees revision %d while no change has been made", got.Revision)
			}
			ok(t, store.Ping(ctx))
		}
		release()
		done.Wait()
		if got := get(org.Organization(ctx))(t); got.Revision != many+1 {
			t.Errorf("the revision is %d after %d changes", got.Revision, many+1)
		}
	})
}
