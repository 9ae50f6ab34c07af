package services_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// Two instances with connections of their own over one database: what one revokes, the other refuses from the very next
// request on, every time, with a session that it has just let in (R13).
func TestRevokingActsOnTheOtherInstanceInEachOfAThousandRounds(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			rounds := 1000
			if database == modelstest.SQLite {
				rounds = 100 // one process at a time is how SQLite is run
			}
			ctx, clock := context.Background(), modelstest.NewClock()
			url := modelstest.URL(t, modelstest.Options{Database: database, Template: supported(operatorFile, modelstest.VisitedFile)})
			v := newVisit(t, modelstest.Open(t, url, clock), clock)
			other := mailing(modelstest.Open(t, url, clock), clock)
			administrator := v.by("administrator")
			for round := range rounds {
				a := v.request(time.Hour)
				who := v.agent()
				if _, entered := v.enters(other, who); !entered {
					t.Fatalf("round %d: the agent does not enter", round)
				}
				if _, err := v.RevokeTemporaryAccess(ctx, administrator, a.Key); err != nil {
					t.Fatal(err)
				}
				if _, entered := v.enters(other, who); entered {
					t.Fatalf("round %d: the agent enters after it was revoked", round)
				}
				if _, err := v.store.SessionByID(ctx, who.ID); !errors.Is(err, models.ErrNotFound) {
					t.Fatalf("round %d: the session goes on: %v", round, err)
				}
			}
		})
	}
}
