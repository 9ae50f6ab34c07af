package models_test

import (
	"fmt"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// BenchmarkTemporaryAccesses takes pages of the list of two organizations, with 1,000 past requests and with 100,000, one
// after the other in 160 days. The sizes should cost the same.
func BenchmarkTemporaryAccesses(b *testing.B) {
	for _, database := range modelstest.Databases(b) {
		b.Run(database, func(b *testing.B) {
			url := modelstest.URL(b, modelstest.Options{Database: database})
			store := modelstest.Open(b, url, nil)
			visitor := modelstest.Person(b, store, "visitor@example.com")
			sizes := []int{1_000, 100_000}
			organizations := map[int]*models.Scope{}
			for _, size := range sizes {
				organizations[size] = modelstest.Organization(b, store, fmt.Sprintf("past-%d", size))
				fillPast(b, organizations[size], visitor, size)
			}
			ok(b, store.Analyze(ctx))
			modelstest.Settle(b, url)
			for _, status := range []models.AccessStatus{"", models.StatusActive, models.StatusExpired, models.StatusRevoked} {
				for _, size := range sizes {
					name := string(status)
					if name == "" {
						name = "all"
					}
					b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
						f := models.TemporaryAccessFilter{Status: status, At: store.Now(), Since: store.Now().AddDate(0, 0, -194), Ended: store.Now().AddDate(0, 0, -180)}
						for b.Loop() {
							if l, err := organizations[size].TemporaryAccesses(ctx, f); err != nil || len(l.Rows) == 0 {
								b.Fatal(l.Rows, err)
							}
						}
					})
				}
			}
		})
	}
}

// fillPast makes that many requests of somebody: a third revoked, the others expired, and the latest running still.
func fillPast(b *testing.B, org *models.Scope, visitor models.Person, size int) {
	b.Helper()
	now := org.Store().Now()
	step := 160 * 24 * time.Hour / time.Duration(size)
	past := make([]models.Resource, size)
	for n := range past {
		at := now.Add(-step * time.Duration(size-n))
		past[n] = models.Resource{Domain: access.TemporaryAccessDomain, Key: fmt.Sprintf("visit%06d", n), Name: "Visitor", CreatedAt: at, ModifiedAt: at}
	}
	ok(b, org.CreateResources(ctx, past))
	ok(b, models.Exec(ctx, org.Store(), `
		INSERT INTO temporary_accesses (id, organization_id, key, person_id, categories, category_name, justification,
			requested_at, expires_at, ended_at, outcome)
		SELECT r.id, r.organization_id, r.key, CAST(? AS bigint), '[]', 'Agent', 'why', r.created_at, r.created_at, r.created_at,
			CASE WHEN r.id % 3 = 0 THEN 'revoked' ELSE 'expired' END
		FROM resources r WHERE r.organization_id = ? AND r.key < ?`, visitor.ID, org.ID(), fmt.Sprintf("visit%06d", size-5)))
	ok(b, models.Exec(ctx, org.Store(), `
		INSERT INTO temporary_accesses (id, organization_id, key, person_id, categories, category_name, justification,
			requested_at, expires_at)
		SELECT r.id, r.organization_id, r.key, CAST(? AS bigint), '[]', 'Agent', 'why', r.created_at, ?
		FROM resources r WHERE r.organization_id = ? AND r.key >= ?`, visitor.ID, now.Add(time.Hour), org.ID(), fmt.Sprintf("visit%06d", size-5)))
}
