package services_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

// atTheDoor is how many people sign in at the same time, for each processor.
const atTheDoor = 50

// BenchmarkSignIn is signing in by password at production's cost: one person again and again, and many at the same time,
// each from an address of their own. Two hashes are computed at once, so that the memory they take has a bound; sign-ins/s
// is what one instance can do.
func BenchmarkSignIn(b *testing.B) {
	for _, database := range modelstest.Databases(b) {
		console := withPeople(b, database)
		var failed atomic.Int64
		signIn := func(n int) {
			who := services.Credentials{Email: fmt.Sprintf("p%02d@example.com", n), Password: passphrase, Address: fmt.Sprintf("192.0.2.%d", n)}
			_, _, err := console.SignIn(context.Background(), who)
			for throttled := (services.Throttled{}); errors.As(err, &throttled) && throttled.Busy; {
				time.Sleep(throttled.Wait) // as they are told
				_, _, err = console.SignIn(context.Background(), who)
			}
			if err != nil {
				failed.Add(1)
			}
		}
		b.Run(database+"/alone", func(b *testing.B) {
			for b.Loop() {
				signIn(0)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sign-ins/s")
		})
		b.Run(fmt.Sprintf("%s/%d-at-once", database, atTheDoor), func(b *testing.B) {
			var people atomic.Int64
			b.SetParallelism(atTheDoor)
			b.RunParallel(func(pb *testing.PB) {
				for me := int(people.Add(1)); pb.Next(); {
					signIn(me)
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sign-ins/s")
		})
		if failed.Load() > 0 {
			b.Errorf("%d sign-ins failed", failed.Load())
		}
	}
}

// withPeople is a console with a hundred and more people who all have the same password.
func withPeople(b *testing.B, database string) *services.Console {
	b.Helper()
	ctx, clock := context.Background(), modelstest.NewClock()
	store := modelstest.New(b, modelstest.Options{Database: database, Clock: clock})
	console := services.New(services.Config{Store: store, Catalog: files.DefaultCatalog(), Now: clock.Now})
	path, err := console.NewSetupLink(ctx)
	if err != nil {
		b.Fatal(err)
	}
	if _, _, err := console.SetUp(ctx, strings.TrimPrefix(path, "/setup/"), firstSetup()); err != nil {
		b.Fatal(err)
	}
	first, err := store.PersonByEmail(ctx, administrator)
	if err != nil {
		b.Fatal(err)
	}
	for n := range 250 { // more than goroutines of any machine that this runs on
		if err := store.SetPassword(ctx, modelstest.Person(b, store, fmt.Sprintf("p%02d@example.com", n)).AccountID, first.PasswordHash, false); err != nil {
			b.Fatal(err)
		}
	}
	return console
}
