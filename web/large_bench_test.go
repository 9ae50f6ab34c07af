package web_test

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/web/webtest"
)

// seeds are the two sizes that BenchmarkLargeOrganizations compares.
func seeds() []services.Seed {
	few := services.Seed{Key: "few", Members: 1_000, Groups: 100, Resources: 10_000, Editors: 10_000, Domain: "content/sources"}
	many := services.Seed{Key: "many", Members: 10_000, Groups: 1_000, Resources: 100_000, Editors: 100_000, Domain: "content/sources"}
	if *million {
		many.Members, many.Groups, many.Resources, many.Editors = 100_000, 10_000, 1_000_000, 1_000_000
	}
	return []services.Seed{few, many}
}

var largePages = []struct{ name, path string }{
	{"Groups", "/groups"},
	{"Sources", "/resources/content/sources"},
	{"Sources-filtered", "/resources/content/sources?q=zephyr+willow"},
	{"Sources-to-view", "/resources/content/sources?access=view"},
	{"Members", "/members"},
	{"Privileges", "/groups/team/privileges"},
	{"Access", "/resources/content/sources/source-0000000/access"},
	{"People", "/resources/content/sources/source-0000000/people"},
	{"People-viewing", "/resources/content/sources/source-0000000/people?level=view"},
	{"Overview", ""},
}

// crowds are how many people look at once, and how long each looks at a page before asking for the next.
var crowds = []struct {
	name   string
	people int
	looks  time.Duration
}{{"1", 1, 0}, {"50", 50, time.Second}, {"50-at-once", 50, 0}}

// BenchmarkLargeOrganizations takes pages of seeded organizations for somebody with little privilege: one viewer by
// themselves, then fifty. The two sizes should cost the same. Where fifty ask again at once, anyone who comes waits for 49
// others, and the throughput is what counts.
func BenchmarkLargeOrganizations(b *testing.B) {
	for _, database := range modelstest.Databases(b) {
		b.Run(database, func(b *testing.B) {
			w := inSeeds(b, database)
			for _, page := range largePages {
				for _, s := range seeds() {
					a, path := w.asker(b, "viewer@"+s.Key+".example.com"), "/o/"+s.Key+page.path
					for _, crowd := range crowds {
						b.Run(page.name+"/"+s.Key+"/"+crowd.name, func(b *testing.B) { a.measureLatency(b, path, crowd.people, crowd.looks) })
					}
				}
			}
		})
	}
}

func inSeeds(b *testing.B, database string) world {
	b.Helper()
	clock := modelstest.NewClock()
	url := modelstest.URL(b, modelstest.Options{Database: database})
	store := modelstest.Open(b, url, clock)
	w := world{webtest.New(b, store, clock.Now, webtest.Options{}), clock}
	for _, s := range seeds() {
		if err := w.Console.Seed(context.Background(), s); err != nil {
			b.Fatal(err)
		}
		w.setPassword(b, s.Key, "viewer@"+s.Key+".example.com")
	}
	modelstest.Settle(b, url)
	return w
}

// measureLatency lets so many people ask b.N times altogether. They don't begin all at the same moment.
func (a asker) measureLatency(b *testing.B, path string, people int, looks time.Duration) {
	if answer := a.ask(b.Context(), path, nil); answer.Code != http.StatusOK {
		b.Fatalf("%s: %d", path, answer.Code)
	}
	b.ReportAllocs()
	b.ResetTimer()
	before := cpu(b)
	took := make([]time.Duration, b.N)
	turns := make(chan int, b.N)
	for n := range b.N {
		turns <- n
	}
	close(turns)
	var all sync.WaitGroup
	for person := range people {
		all.Go(func() {
			time.Sleep(looks * time.Duration(person) / time.Duration(people))
			for n := range turns {
				began := time.Now()
				if answer := a.ask(b.Context(), path, nil); answer.Code != http.StatusOK {
					b.Errorf("%s: %d", path, answer.Code)
				}
				took[n] = time.Since(began)
				time.Sleep(looks)
			}
		})
	}
	all.Wait()
	slices.Sort(took)
	b.ReportMetric(float64(cpu(b)-before)/float64(time.Millisecond)/float64(b.N), "cpu-ms/op")
	b.ReportMetric(float64(took[len(took)/2])/float64(time.Millisecond), "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100])/float64(time.Millisecond), "p99-ms")
}
