package fault

import (
	"fmt"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"testing"
	"time"
)

// The program is asked to end while sixteen clients save. Whatever has begun is finished and answered, so that a save
// without an answer is one that never began.
func TestAskedToEndWhileSavingItAnswersWhatHasBegun(t *testing.T) {
	onEach(t, func(t *testing.T, db database) {
		db.apply(t, writersFile())
		s := db.serve(t)
		all := newWriters(t, db, s)
		base := db.revision(t)
		for range rounds(2, 20) {
			writeUntil(s, all, 20, s.terminate)
			s.wantGoodEnd(t)
			for _, w := range all {
				w.underWay = facts
			}
			settleAll(t, db, all)
			db.wantSound(t, base, applied(all))
			s = db.serve(t)
		}
	})
}

// A save waits for its turn when the program is asked to end. It still gets it.
func TestAskedToEndItWaitsForASaveThatWaits(t *testing.T) {
	onEach(t, func(t *testing.T, db database) {
		db.apply(t, writersFile())
		s := db.serve(t)
		v := db.enter(t, s, administrator(0))
		release := db.hold(t)
		begun, saved := make(chan struct{}), make(chan error, 1)
		go func() {
			saved <- v.postSlowly("/o/acme/groups/team-00/members/-/invite", url.Values{"ticked": {"member-00@example.com"}, "provider": {"password"}}, begun)
		}()
		select {
		case <-begun:
		case err := <-saved:
			release()
			t.Fatalf("answered before the form was asked for: %v", err)
		}
		s.terminate()
		s.awaitClosed(t)
		release()
		must(t, <-saved)
		s.wantGoodEnd(t)
		if printed := db.mustRun(t, "", "export", "acme"); !strings.Contains(printed, "name: Member 0, groups: [staff, team-00]") {
			t.Errorf("the save was answered and is not there:\n%s", printed)
		}
	})
}

// postSlowly sends a form that the program must ask for before it comes, tells when it has asked, and holds that the form
// is saved.
func (v *visitor) postSlowly(path string, form url.Values, begun chan<- struct{}) error {
	v.client.Transport.(*http.Transport).ExpectContinueTimeout = patience
	request, err := http.NewRequest(http.MethodPost, v.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	for name, value := range map[string]string{"Expect": "100-continue", "Cookie": v.cookie, "Sec-Fetch-Site": "same-origin",
		"Content-Type": "application/x-www-form-urlencoded"} {
		request.Header.Set(name, value)
	}
	trace := &httptrace.ClientTrace{Got100Continue: func() { close(begun) }}
	response, err := v.client.Do(request.WithContext(httptrace.WithClientTrace(request.Context(), trace)))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusSeeOther {
		return fmt.Errorf("%s: status %d, want the form saved", path, response.StatusCode)
	}
	return nil
}

// awaitClosed waits until nobody listens any more.
func (s *server) awaitClosed(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(patience); s.status("/healthz") != 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the program listens on although it was asked to end")
		}
	}
}
