package e2e

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/playwright-community/playwright-go"
)

// patience is how long the harness waits for something that must happen. It is generous, for busy machines: it decides
// when a test is given up, never whether it passes.
const patience = time.Minute

// password is what everybody in these tests signs in with.
const password = "a quiet harbour at low tide"

// A console is the program serving one organization on a database of its own.
type console struct {
	t   *testing.T
	url string // where it listens, without a slash at the end
	org string // the key of its organization
	db  string // what --db takes

	settings []string                               // further ones of the server
	sessions map[string][]playwright.OptionalCookie // of members whose password is password; none for one who has not signed in

	log    serverLog
	stop   func()
	exited chan struct{}
}

// newConsole serves testdata/orgFile on SQLite until the test ends.
func newConsole(t *testing.T, orgFile string) *console {
	t.Helper()
	return newConsoleOn(t, sqliteDatabase, orgFile)
}

// newConsoleOn serves testdata/orgFile on a database of the given kind until the test ends.
func newConsoleOn(t *testing.T, kind database, orgFile string) *console {
	t.Helper()
	return serveFile(t, kind, filepath.Join("testdata", orgFile))
}

// newConsoleWith is newConsole with further settings of the server.
func newConsoleWith(t *testing.T, orgFile string, settings ...string) *console {
	t.Helper()
	return serveFile(t, sqliteDatabase, filepath.Join("testdata", orgFile), settings...)
}

// serveFile serves the organization of any file.
func serveFile(t *testing.T, kind database, file string, settings ...string) *console {
	t.Helper()
	return serveOrganization(t, kind, fromFile(t, file), settings...)
}

// serveOrganization serves a copy of a prepared database.
func serveOrganization(t *testing.T, kind database, org organization, settings ...string) *console {
	t.Helper()
	known := prepare(t, kind, org)
	c := &console{t: t, db: known.copied(t), org: known.org, settings: settings, sessions: maps.Clone(known.sessions),
		exited: make(chan struct{})}
	must(t, os.WriteFile(c.keyFile(), known.key, 0o600))
	c.serve()
	return c
}

// keyFile is where the key of second factors lies, beside the database as the program itself would keep it, or where the
// setting says that it adds.
func (c *console) keyFile() string {
	if path, beside := strings.CutPrefix(c.db, "sqlite:"); beside {
		return path + ".key"
	}
	key := filepath.Join(c.t.TempDir(), "secret.key")
	c.settings = append(c.settings, "--secret-key-file", key)
	return key
}

// enter opens a tab in which a member is signed in: with the session that was prepared, or one begun now.
func (c *console) enter(email string, options tabOptions) *tab {
	c.t.Helper()
	c.givePassword(email)
	entered := newTab(c, options)
	if len(c.sessions[email]) == 0 {
		entered.signIn(email)
		return entered
	}
	must(c.t, entered.Context().AddCookies(c.sessions[email]))
	entered.open("/")
	return entered
}

// path is the address of a console page of the organization; at is what follows /o/ORG.
func (c *console) path(at string) string { return "/o/" + c.org + at }

// givePassword lets a member sign in with password.
func (c *console) givePassword(email string) {
	c.t.Helper()
	if _, given := c.sessions[email]; given {
		return
	}
	c.run(password+"\n", "member", "set-password", c.org, email)
}

// run runs one command on the console's database; the test ends if it fails.
func (c *console) run(stdin string, args ...string) {
	c.t.Helper()
	command := c.command(context.Background(), args...)
	command.Stdin = strings.NewReader(stdin)
	if out, err := command.CombinedOutput(); err != nil {
		c.t.Fatalf("bailiwick %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// command is the program with these arguments and none of the settings of the person who runs the tests.
func (c *console) command(ctx context.Context, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, binary, append(args, "--db", c.db)...)
	for _, setting := range os.Environ() {
		if !strings.HasPrefix(setting, "BAILIWICK_") {
			command.Env = append(command.Env, setting)
		}
	}
	return command
}

// serve starts the program, waits until it answers, and ends it with the test.
func (c *console) serve() {
	c.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	server := c.command(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, c.settings...)...)
	server.Cancel = func() error { return server.Process.Signal(syscall.SIGTERM) }
	server.WaitDelay = patience
	c.log.address = make(chan string, 1)
	server.Stderr = &c.log
	must(c.t, server.Start())
	go func() {
		server.Wait() // what matters of it is the exit status, read below
		close(c.exited)
	}()
	c.stop = sync.OnceFunc(func() {
		stop()
		<-c.exited
		if status := server.ProcessState.ExitCode(); status != 0 {
			c.t.Errorf("the program ended with status %d instead of 0", status)
		}
		if c.t.Failed() {
			c.t.Logf("the program said:\n%s", c.log.String())
		}
	})
	c.t.Cleanup(c.stop)
	c.awaitReady()
}

// awaitReady waits for the line that says where the program listens, then for /readyz.
func (c *console) awaitReady() {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	select {
	case c.url = <-c.log.address:
	case <-c.exited:
		c.t.Fatal("the program ended before it listened")
	case <-ctx.Done():
		c.t.Fatal("the program did not say where it listens")
	}
	for {
		err := ready(ctx, c.url)
		if err == nil {
			return
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			c.t.Fatalf("the program did not become ready: %v", err)
		}
	}
}

// ready asks whether the program and its database answer.
func ready(ctx context.Context, url string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/readyz", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("/readyz answers %s", response.Status)
	}
	return nil
}

// serverLog keeps what the program says and sends the address in it once.
type serverLog struct {
	mu      sync.Mutex
	text    bytes.Buffer
	address chan string
	sent    bool
}

var listens = regexp.MustCompile(`(?m)^Bailiwick listens on (http://\S+)\n`)

// Write takes the program's standard error as it comes.
func (l *serverLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Write(p)
	if found := listens.FindSubmatch(l.text.Bytes()); found != nil && !l.sent {
		l.sent = true
		l.address <- string(found[1])
	}
	return len(p), nil
}

func (l *serverLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
