package fault

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"
)

// readable are pages that people read while nothing can be written.
var readable = []string{"/o/acme/groups", "/o/acme/groups/team-03/privileges", "/o/acme/resources/content/sources",
	"/o/acme/resources/content/sources/source-03/access", "/readyz"}

// whileReading makes the trouble while somebody else reads pages, each of which must be answered. It goes on until each
// page was read, and gives how many were read while the trouble was made.
func whileReading(t *testing.T, v *visitor, trouble func()) (meanwhile int) {
	t.Helper()
	var over atomic.Bool
	atOnce(func() {
		var slowest time.Duration
		n := 0
		for ; n < len(readable) || !over.Load(); n++ {
			page, err := v.get(readable[n%len(readable)])
			if err != nil || page.status != http.StatusOK {
				t.Errorf("%s: %s %v", readable[n%len(readable)], page, err)
				return
			}
			if !over.Load() {
				meanwhile++
			}
			slowest = max(slowest, page.took)
			time.Sleep(50 * time.Millisecond)
		}
		t.Logf("%d pages were read, %d of them while the trouble was made, the slowest in %v", n, meanwhile, slowest)
	}, func() {
		defer over.Store(true)
		trouble()
	})
	return meanwhile
}
