package fault

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Attack: a thousand connections whose headers come letter by letter and never end.
func TestConnectionsThatNeverFinishTheirHeadersAreClosed(t *testing.T) {
	t.Parallel()
	db := newSQLite(t, t.TempDir())
	db.apply(t, writersFile())
	s := db.serve(t)
	v := db.enter(t, s, administrator(0))
	whileReading(t, v, func() {
		open := make([]net.Conn, 1000)
		for n := range open {
			connection, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
			if err != nil {
				t.Errorf("connection %d: %v", n, err)
				return
			}
			defer connection.Close()
			open[n] = connection
		}
		if left := dribble(open); left > 0 {
			t.Errorf("%d of %d connections are still open", left, len(open))
		}
	})
	v.open(t, "/o/acme/groups")
}

// dribble sends one more letter of each request again and again, and gives how many connections the program has not
// closed when the patience is over.
func dribble(open []net.Conn) (left int) {
	for _, connection := range open {
		_, _ = io.WriteString(connection, "GET / HTTP/1.1\r\nHost: console.example.com\r\nX-Slow: ") // closed already is fine
	}
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		left = 0
		for _, connection := range open {
			if stillOpen(connection) {
				left++
			}
		}
		if left == 0 {
			return 0
		}
		time.Sleep(200 * time.Millisecond)
	}
	return left
}

// stillOpen sends a letter and looks whether the other side has hung up.
func stillOpen(connection net.Conn) bool {
	if _, err := connection.Write([]byte("a")); err != nil {
		return false
	}
	if err := connection.SetReadDeadline(time.Now().Add(time.Microsecond)); err != nil {
		return false
	}
	_, err := connection.Read(make([]byte, 1024)) // a last answer, the end, or nothing yet
	return err == nil || errors.Is(err, os.ErrDeadlineExceeded)
}

// Attack: forms that are far too large, from members and from strangers, many at once: in bytes and in fields.
func TestGreedyFormsAreRefusedAndStoreNothing(t *testing.T) {
	t.Parallel()
	db := newSQLite(t, t.TempDir())
	db.apply(t, writersFile())
	s := db.serve(t)
	v := db.enter(t, s, administrator(0))
	before := db.mustRun(t, "", "export", "acme")
	const megabytes, fields = 10 << 20, 100_000
	forms := map[string]func() io.Reader{
		"10 MB in one field":         func() io.Reader { return io.MultiReader(strings.NewReader("name="), letters(megabytes)) },
		"10 MB in many fields":       func() io.Reader { return strings.NewReader(strings.Repeat("level.content/fields=edit&", megabytes/26)) },
		"100,000 fields of a letter": func() io.Reader { return strings.NewReader(strings.Repeat("a&", fields)) },
		"100,000 fields":             func() io.Reader { return strings.NewReader(manyFields(fields)) },
	}
	var jobs []func()
	for name, form := range forms {
		for _, path := range []string{"/sign-in", "/o/acme/groups/team-00", "/o/acme/groups/team-00/privileges",
			"/o/acme/groups/team-00/privileges/preview", "/o/acme/resources/content/sources/source-00/access",
			"/o/acme/resources/content/sources/-/add"} {
			jobs = append(jobs, func() { v.wantRefused(t, name, path, form) })
		}
	}
	whileReading(t, v, func() { atOnce(jobs...) })
	if after := db.mustRun(t, "", "export", "acme"); after != before {
		t.Errorf("the organization has changed:\n%s", after)
	}
}

// wantRefused sends a form, its length unsaid, and holds that it is refused as too large or not to be read. The program
// answers before it has read all, and hangs up soon after: who still sends by then may see only that, and asks again.
func (v *visitor) wantRefused(t *testing.T, name, path string, form func() io.Reader) {
	answer, err := v.ask(http.MethodPost, path, io.MultiReader(form()))
	for deadline := time.Now().Add(patience); hungUp(err) && time.Now().Before(deadline); {
		answer, err = v.ask(http.MethodPost, path, io.MultiReader(form()))
	}
	switch {
	case err != nil:
		t.Errorf("%s to %s: %v", name, path, err)
	case answer.status != http.StatusRequestEntityTooLarge && answer.status != http.StatusBadRequest || answer.text() == "":
		t.Errorf("%s to %s: %s", name, path, answer)
	}
}

// hungUp tells whether a request ended because the other side read no more of it.
func hungUp(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// letters are so many of one.
func letters(n int64) io.Reader { return io.LimitReader(endless{}, n) }

type endless struct{}

// Read never ends.
func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func manyFields(n int) string {
	form := url.Values{}
	for i := range n {
		form.Set(fmt.Sprintf("access.group:team-%d", i), "edit")
	}
	return form.Encode()
}
