package web_test

import (
	"net/http"
	"syscall"
	"testing"
	"time"

	"bailiwick/models/modelstest"
)

// BenchmarkPages takes pages through the whole console, from the session to the packed answer, for somebody who holds
// Custom through three groups and nothing higher. Compare the sizes within one run: cpu-ms/op is what the console's own
// process spends, which on SQLite is everything and on PostgreSQL leaves the database's work out.
func BenchmarkPages(b *testing.B) {
	few := modelstest.Large{Key: "few", Members: 10, Groups: 10, Resources: 100}
	many := modelstest.Large{Key: "many", Members: 10_000, Groups: 1_000, Resources: 20_000}
	for _, database := range modelstest.Databases(b) {
		b.Run(database, func(b *testing.B) {
			clock := modelstest.NewClock()
			store := modelstest.New(b, modelstest.Options{Database: database, Clock: clock})
			w := inLarge(b, store, clock, few, many)
			for _, page := range []struct{ name, path string }{
				{"Groups", "/groups"},
				{"Sources", "/resources/content/sources"},
				{"Sources-to-edit", "/resources/content/sources?access=edit"},
				{"Privileges", "/groups/team/privileges"},
				{"Access", "/resources/content/sources/source-00007/access"},
				{"Action-bar", "/resources/content/sources/-/actions?selected=source-00007"},
			} {
				for _, size := range []modelstest.Large{few, many} {
					a := w.asker(b, "viewer@"+size.Key+".example.com")
					b.Run(page.name+"/"+size.Key, func(b *testing.B) { a.measure(b, "/o/"+size.Key+page.path) })
				}
			}
		})
	}
}

func (a asker) measure(b *testing.B, path string) {
	b.ReportAllocs()
	bytes, before := 0, cpu(b)
	for b.Loop() {
		answer := a.ask(b.Context(), path, nil)
		if answer.Code != http.StatusOK {
			b.Fatalf("%s: %d", path, answer.Code)
		}
		bytes = answer.Body.Len()
	}
	spent := cpu(b) - before
	b.ReportMetric(float64(spent)/float64(time.Millisecond)/float64(b.N), "cpu-ms/op")
	b.ReportMetric(float64(bytes), "bytes/page")
}

// cpu is what this process has spent so far.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
