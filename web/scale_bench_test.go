package web_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/web/webtest"
)

var (
	million = flag.Bool("million", false, "benchmark at full size: a million resources, where it would be a hundred thousand or nothing")
	keep    = flag.String("keep", "", "folder in which BenchmarkScale keeps its SQLite databases; those on PostgreSQL stay on the server")
)

// The bounds of BenchmarkScale: how many times as much something may cost at full size as at a hundredth, and how much processor time a
// search may take. What is above them fails `make bench`, and no test.
const (
	mostTimes = 1.5
	fewWithin = 50 * time.Millisecond  // of words that at most 10,000 rows have
	anyWithin = 300 * time.Millisecond // of others
)

// scaleKey is the key of the organization, which is the same in both databases.
const scaleKey = "acme"

// scaled is an organization of one size, alone in its database.
type scaled struct {
	world
	url   string
	org   *models.Scope
	admin asker
	by    services.Caller
	ids   []models.MemberID // of 500 members
	spent func() time.Duration

	made int // resources, so far
}

// BenchmarkScale compares an organization with a million resources and 100,000 members with one of a hundredth of that, in processor time
// of the console and of the database together, and fails where a bound is passed. The sizes take turns, since others may work on the
// machine. It takes -million, and minutes to fill the databases; -keep has the next run find them.
func BenchmarkScale(b *testing.B) {
	if !*million {
		b.Skip("takes -million")
	}
	for _, database := range modelstest.Databases(b) {
		b.Run(database, func(b *testing.B) {
			small := newScaled(b, database, "small", services.Seed{Members: 1_000, Groups: 100, Resources: 10_000, Editors: 10_000})
			full := newScaled(b, database, "full", services.Seed{Members: 100_000, Groups: 10_000, Resources: 1_000_000, Editors: 1_000_000})
			for _, row := range scaleRows {
				b.Run(row.name, func(b *testing.B) { compareSizes(b, row, small, full) })
			}
		})
	}
}

func newScaled(b *testing.B, database, size string, seed services.Seed) *scaled {
	b.Helper()
	ctx := context.Background()
	clock := modelstest.NewClock()
	var url string
	fresh := true
	if *keep != "" {
		url, fresh = modelstest.Kept(b, database, *keep, size)
	} else {
		url = modelstest.URL(b, modelstest.Options{Database: database})
	}
	modelstest.InOneProcess(b, url)
	store := modelstest.Open(b, url, clock)
	s := &scaled{world: world{webtest.New(b, store, clock.Now, webtest.Options{}), clock}, url: url}
	if fresh {
		s.fill(b, seed)
	}
	check(b, s.Console.KeyNames(ctx)) // as a server does in the background, or no index of words would be asked about activities
	s.setPassword(b, scaleKey, "admin@"+scaleKey+".example.com")
	o, err := store.OrganizationByKey(ctx, scaleKey)
	check(b, err)
	s.org = store.In(o.ID)
	s.admin = s.asker(b, "admin@"+scaleKey+".example.com")
	person := modelstest.Proven(b, store, "admin@"+scaleKey+".example.com")
	s.by, err = s.Console.Identify(ctx, services.Session{Person: person, Provider: services.ProviderPassword}, scaleKey, "192.0.2.1")
	check(b, err)
	members, err := s.org.Members(ctx, models.MemberFilter{Page: models.Page{Query: "member", Limit: 500}}, store.Now())
	check(b, err)
	for _, m := range members.Rows {
		s.ids = append(s.ids, m.ID)
	}
	var missing string
	if s.spent, missing = modelstest.Spending(b, url); missing != "" {
		fmt.Fprintf(os.Stderr, "not counted: %s\n", missing)
	}
	return s
}

// fewFound are the sources whose names have the word fewName, at each size.
const (
	fewFound = 20
	fewName  = "thimble"
)

// fill makes the organization, with an API key for each ten groups and a few sources that are the same at each size.
func (s *scaled) fill(b *testing.B, seed services.Seed) {
	b.Helper()
	ctx := context.Background()
	seed.Key, seed.Domain = scaleKey, "content/sources"
	last := time.Now()
	seed.Progress = func(what string, done, all int) {
		if time.Since(last) > 15*time.Second {
			last = time.Now()
			fmt.Fprintf(os.Stderr, "filling %s: %s, %d of %d\n", b.Name(), what, done, all)
		}
	}
	check(b, s.Console.Seed(ctx, seed))
	o, err := s.Store.OrganizationByKey(ctx, scaleKey)
	check(b, err)
	some := make([]models.Resource, fewFound)
	for i := range some {
		some[i] = models.Resource{Domain: "content/sources", Key: fmt.Sprintf("few-%d", i), Name: fmt.Sprintf("Zephyr %s %d", fewName, i), CreatedAt: s.Store.Now(), ModifiedAt: s.Store.Now()}
	}
	check(b, s.Store.In(o.ID).CreateResources(ctx, some))
	for k := range seed.Groups / 10 {
		modelstest.APIKey(b, modelstest.In(s.Store, o.ID), fmt.Sprintf("key-%05d", k), access.PrivilegeSet{"content/sources": {Level: access.LevelView}})
	}
	modelstest.Settle(b, s.url)
}

// turns is how often each size is measured, and turnTime about how much processor time a turn has at least.
const (
	turns    = 5
	turnTime = 60 * time.Millisecond
)

// compareSizes reports the median of each size, the two sizes taking turns.
func compareSizes(b *testing.B, row scaleRow, small, full *scaled) {
	var times int
	costs := map[*scaled][]float64{}
	for turn := range turns + 1 { // the first warms up, and shows how often a turn has to do it
		for _, s := range []*scaled{small, full} {
			if turn == 0 {
				check(b, s.once(row))
				begun := s.spent()
				check(b, s.once(row))
				once := max(s.spent()-begun, 100*time.Microsecond)
				times = max(times, min(int(turnTime/once), 60), 1)
				continue
			}
			begun := s.spent()
			for range times {
				check(b, s.once(row))
			}
			costs[s] = append(costs[s], float64(s.spent()-begun)/float64(times)/float64(time.Millisecond))
		}
	}
	few, many := median(costs[small]), median(costs[full])
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(few, "small-ms")
	b.ReportMetric(many, "full-ms")
	b.ReportMetric(many/few, "times")
	if many/few > mostTimes && !row.grows {
		b.Errorf("%s costs %.2f times as much at full size: %.1f ms of processor time beside %.1f. At most %.1f times", b.Name(), many/few, many, few, mostTimes)
	}
	if most := float64(row.within) / float64(time.Millisecond); most > 0 && many > most {
		b.Errorf("%s costs %.1f ms of processor time at full size, at most %.0f", b.Name(), many, most)
	}
}

// once does it a little later than what was done before: no two changes have the same moment on a server either.
func (s *scaled) once(row scaleRow) error {
	s.clock.Advance(time.Millisecond)
	return row.do(s)
}

func median(all []float64) float64 {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}

func check(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
