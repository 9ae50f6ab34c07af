package fault

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// floodFrom is how many addresses sign in at the same time, as long as the flood lasts.
const floodFrom = 120

// floodMemory is how much more memory the program may use than when it is idle: that of two hashes and one more.
const floodMemory = 192_000_000

// door is the form to sign in, as somebody uses it from an address, perhaps in a browser that is known.
type door struct {
	*visitor
	from string
}

// knock signs in, and keeps what makes the browser known.
func (d *door) knock(email, password string) (answer, error) {
	request, err := http.NewRequest(http.MethodPost, d.url+"/sign-in",
		strings.NewReader(url.Values{"email": {email}, "password": {password}}.Encode()))
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("X-Forwarded-For", d.from)
	got, err := d.send(request)
	for _, line := range got.header.Values("Set-Cookie") {
		if cookie, _, _ := strings.Cut(line, ";"); strings.HasPrefix(cookie, "__Host-known=") {
			d.cookie = cookie
		}
	}
	return got, err
}

// Attack: sign in from more addresses than the program has time for. Anyone who signed in before in their browser hardly
// notices; others are served, or told when to come back; memory stays bounded.
func TestAFloodOfSignInsStarvesNobody(t *testing.T) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		leaveOut(t, "how much memory a program uses can’t be read here")
	}
	onEachInTurn(t, func(t *testing.T, fresh func() database) {
		db := fresh()
		db.apply(t, writersFile())
		db.mustRun(t, password, "member", "set-password", "acme", administrator(0))
		s := db.serve(t, "--trusted-proxies", "127.0.0.1")
		owner := &door{newVisitor(s.url), "192.0.2.1"}
		idle := owner.signsIn(t, administrator(0), rounds(2, 30))
		before := s.memory(t)
		most := s.whileFlooded(t, func() {
			flooded := owner.signsIn(t, administrator(0), rounds(3, 60))
			t.Logf("a known browser’s p95 is %v, idle %v", flooded, idle)
			if *full && flooded > 3*idle {
				t.Errorf("a known browser’s p95 is %v, want at most three times %v", flooded, idle)
			}
			for n := range rounds(3, 30) {
				honest := &door{newVisitor(s.url), fmt.Sprintf("198.51.100.%d", n+1)}
				honest.wantHeard(t, administrator(0))
			}
		})
		t.Logf("memory: %d MB idle, %d MB at most", before/1_000_000, most/1_000_000)
		if *full && most > before+floodMemory {
			t.Errorf("the program used %d MB, and %d MB before the flood", most/1_000_000, before/1_000_000)
		}
	})
}

// signsIn signs in so often, each of which must succeed, and gives how long all but a twentieth took at most.
func (d *door) signsIn(t *testing.T, email string, times int) time.Duration {
	t.Helper()
	var took []time.Duration
	for range times {
		got, err := d.knock(email, password)
		if must(t, err); !got.saved() {
			t.Fatalf("somebody known: %s", got)
		}
		took = append(took, got.took)
	}
	slices.Sort(took)
	return took[int(math.Ceil(float64(len(took))*0.95))-1]
}

// wantHeard signs in as somebody who was never here: they get in, or are told when to come back, soon.
func (d *door) wantHeard(t *testing.T, email string) {
	t.Helper()
	got, err := d.knock(email, password)
	must(t, err)
	if !got.saved() && !toldToWait(got) {
		t.Errorf("somebody honest: %s", got)
	}
	if *full && got.took > 3*time.Second {
		t.Errorf("somebody honest waited for %v", got.took)
	}
}

// toldToWait tells whether the answer says when to come back.
func toldToWait(got answer) bool {
	seconds, err := strconv.Atoi(got.header.Get("Retry-After"))
	return got.status == http.StatusTooManyRequests && err == nil && seconds > 0 && strings.Contains(got.text(), "then try again")
}

// whileFlooded signs in wrongly from many addresses at once as long as the work goes on, and gives the most memory that
// the program used meanwhile.
func (s *server) whileFlooded(t *testing.T, work func()) (most int64) {
	t.Helper()
	var f flood
	defer f.all.Wait()
	defer f.over.Store(true)
	f.all.Go(func() {
		for !f.over.Load() {
			most = max(most, s.memory(t))
			time.Sleep(5 * time.Millisecond)
		}
	})
	for n := range floodFrom {
		flooder := &door{newVisitor(s.url), fmt.Sprintf("203.0.113.%d", n+1)}
		f.all.Go(func() { f.guess(t, flooder, n) })
	}
	for deadline := time.Now().Add(patience); f.checked.Load() == 0 || f.refused.Load() == 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d guesses were checked and %d refused: this is no flood", f.checked.Load(), f.refused.Load())
		}
	}
	work()
	f.over.Store(true)
	f.all.Wait()
	t.Logf("%d guesses were checked, %d refused, %d met a busy database", f.checked.Load(), f.refused.Load(), f.busy.Load())
	return most
}

// flood is many who guess at once.
type flood struct {
	over                   atomic.Bool
	checked, refused, busy atomic.Int64
	all                    sync.WaitGroup
}

// guess goes on at accounts that are nobody's until the flood is over.
func (f *flood) guess(t *testing.T, d *door, n int) {
	for i := 0; !f.over.Load(); i++ {
		got, err := d.knock(fmt.Sprintf("guess%d-%d@example.com", n, i), "a wrong passphrase")
		switch {
		case err != nil:
			t.Errorf("a guess: %v", err)
			return
		case got.status == http.StatusUnprocessableEntity:
			f.checked.Add(1)
		case toldToWait(got):
			f.refused.Add(1)
			time.Sleep(time.Second / 2) // which is sooner than they were told
		case !*full && got.status == http.StatusServiceUnavailable: // the machine is busy with other tests
			f.busy.Add(1)
		default:
			t.Errorf("a guess: %s", got)
			return
		}
	}
}

// memory is how many bytes of memory the program uses now.
func (s *server) memory(t *testing.T) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.command.Process.Pid))
	if err != nil {
		t.Errorf("read how much memory the program uses: %v", err)
	}
	for line := range strings.SplitSeq(string(status), "\n") {
		if text, found := strings.CutPrefix(line, "VmRSS:"); found {
			kilobytes, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(text, "kB")), 10, 64)
			if err == nil {
				return kilobytes * 1024
			}
		}
	}
	t.Error("the program has ended")
	return 0
}
