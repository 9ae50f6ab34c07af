package fault

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is when the harness gives up on something that must happen; it never decides whether a test passes.
const patience = time.Minute

// server is the program serving on a database.
type server struct {
	url     string
	command *exec.Cmd
	said    output
	ended   chan struct{}
	readyIn time.Duration // from the start to the first good answer of /readyz
}

// program is a command of the program with none of the settings of the person who runs the tests.
func (d database) program(ctx context.Context, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, binary, append(args, "--db", d.url)...)
	for _, setting := range os.Environ() {
		if !strings.HasPrefix(setting, "BAILIWICK_") {
			command.Env = append(command.Env, setting)
		}
	}
	if d.temporary != "" {
		command.Env = append(command.Env, "TMPDIR="+d.temporary)
	}
	return command
}

// run runs a command that may be refused (exit status 1) but must not fail, and gives what it printed.
func (d database) run(stdin string, args ...string) (printed string, refused bool, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	command := d.program(ctx, args...)
	command.Stdin = strings.NewReader(stdin)
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	err = command.Run()
	if command.ProcessState != nil && command.ProcessState.ExitCode() == 1 {
		return out.String() + errs.String(), true, nil
	}
	if err != nil {
		err = errors.Join(err, errors.New(errs.String()))
	}
	return out.String(), false, err
}

// mustRun runs a command that must succeed and gives its output.
func (d database) mustRun(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	printed, refused, err := d.run(stdin, args...)
	must(t, err)
	if refused {
		t.Fatalf("bailiwick %s: %s", strings.Join(args, " "), printed)
	}
	return printed
}

// apply makes the organization what the text says.
func (d database) apply(t *testing.T, text string, flags ...string) {
	t.Helper()
	d.mustRun(t, "", append([]string{"apply", written(t, text)}, flags...)...)
}

// written is a file with the text.
func written(t *testing.T, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "organization.yaml")
	must(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// serve starts the program and waits until it is ready. It is killed at the end of the test if it still runs then.
func (d database) serve(t *testing.T, flags ...string) *server {
	t.Helper()
	args := append([]string{"serve", "--addr", "127.0.0.1:0"}, flags...)
	s := &server{command: d.program(context.Background(), args...), ended: make(chan struct{})}
	s.said.address = make(chan string, 1)
	s.command.Stderr = &s.said
	began := time.Now()
	must(t, s.command.Start())
	go func() {
		_ = s.command.Wait() // who cares for the exit status reads it from the process
		close(s.ended)
	}()
	t.Cleanup(func() {
		s.kill()
		if t.Failed() {
			t.Logf("the program’s last words:\n%s", s.said.last(4000))
		}
	})
	s.awaitReady(t)
	s.readyIn = time.Since(began)
	return s
}

// awaitReady waits until the program listens and its database answers.
func (s *server) awaitReady(t *testing.T) {
	t.Helper()
	if s.url == "" {
		select {
		case s.url = <-s.said.address:
		case <-s.ended:
			t.Fatalf("the program ended before it listened: %s", s.said.last(4000))
		case <-time.After(patience):
			t.Fatal("the program does not listen")
		}
	}
	for deadline := time.Now().Add(patience); s.status("/readyz") != http.StatusOK; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the program does not become ready")
		}
	}
}

// status asks for an address as nobody in particular; 0 when there is no answer.
func (s *server) status(path string) int {
	answer, err := newVisitor(s.url).get(path)
	if err != nil {
		return 0
	}
	return answer.status
}

// kill ends the program as a power cut would end it, as far as the program can tell.
func (s *server) kill() {
	_ = s.command.Process.Kill() // it may have ended already
	<-s.ended
}

// terminate asks the program to end.
func (s *server) terminate() {
	_ = s.command.Process.Signal(syscall.SIGTERM) // fails where it has ended already, which wantGoodEnd tells
}

// wantGoodEnd holds that the program, asked to end, ends with status 0.
func (s *server) wantGoodEnd(t *testing.T) {
	t.Helper()
	select {
	case <-s.ended:
	case <-time.After(patience):
		t.Fatal("the program does not end")
	}
	if status := s.command.ProcessState.ExitCode(); status != 0 {
		t.Errorf("the program ended with status %d (%s), want 0", status, s.command.ProcessState)
	}
}

// output keeps what the program says, and sends the address that it names once.
type output struct {
	mu      sync.Mutex
	text    bytes.Buffer
	address chan string
	sent    bool
}

// Write takes what the program says as it comes.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.Write(p)
	if !o.sent {
		_, rest, found := strings.Cut(o.text.String(), "Bailiwick listens on ")
		if address, _, whole := strings.Cut(rest, "\n"); found && whole {
			o.sent = true
			o.address <- address
		}
	}
	return len(p), nil
}

// last is the end of it, up to so many bytes.
func (o *output) last(n int) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	text := o.text.Bytes()
	return string(text[max(0, len(text)-n):])
}
