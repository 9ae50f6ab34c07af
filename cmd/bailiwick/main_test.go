package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// binary is the program as it is shipped, built once for all tests of this package.
var binary string

func TestMain(m *testing.M) {
	os.Exit(withBinary(m))
}

func withBinary(m *testing.M) int {
	dir, err := os.MkdirTemp("", "bailiwick-command-line-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "bailiwick")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// testPatience is when a test is given up; it never decides whether one passes.
const testPatience = time.Minute

// result is what a command left behind.
type result struct {
	status      int
	out, errors string
}

// place is a directory with a database of its own, where commands run.
type place struct {
	t   *testing.T
	dir string
}

func newPlace(t *testing.T) place { return place{t, t.TempDir()} }

// write puts a file there.
func (p place) write(name, text string) {
	p.t.Helper()
	must(p.t, os.WriteFile(filepath.Join(p.dir, name), []byte(text), 0o600))
}

// copied puts a file of the repository there.
func (p place) copied(name, from string) {
	p.t.Helper()
	text, err := os.ReadFile(from)
	must(p.t, err)
	p.write(name, string(text))
}

// command is the program there, with none of the settings of the person who runs the tests.
func (p place) command(ctx context.Context, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, binary, args...)
	command.Dir = p.dir
	for _, setting := range os.Environ() {
		if !strings.HasPrefix(setting, "BAILIWICK_") {
			command.Env = append(command.Env, setting)
		}
	}
	return command
}

// run runs a command to its end, and holds that it leaves the database as one file.
func (p place) run(stdin string, args ...string) result {
	p.t.Helper()
	defer p.oneFile()
	return p.beside(stdin, args...)
}

// beside is run while something else has the database open.
func (p place) beside(stdin string, args ...string) result {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), testPatience)
	defer cancel()
	return p.ran(p.command(ctx, args...), stdin)
}

// ran is what a command left behind that nothing was done with yet.
func (p place) ran(command *exec.Cmd, stdin string) result {
	p.t.Helper()
	var out, errs bytes.Buffer
	command.Stdin, command.Stdout, command.Stderr = strings.NewReader(stdin), &out, &errs
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		p.t.Fatalf("%q: %v", command.Args, err)
	}
	return result{command.ProcessState.ExitCode(), out.String(), errs.String()}
}

// oneFile holds that no write-ahead file stands beside the database.
func (p place) oneFile() {
	p.t.Helper()
	for _, pattern := range []string{"*-wal", "*-shm", "*-journal"} {
		if left, err := filepath.Glob(filepath.Join(p.dir, pattern)); err != nil || len(left) > 0 {
			p.t.Errorf("left behind: %v %v", left, err)
		}
	}
}

// expect holds the exit status and parts of what was written on each stream; "" holds that nothing was.
func (p place) expect(r result, status int, out, errs string) {
	p.t.Helper()
	wrong := func(got, want string) bool { return want == "" && got != "" || !strings.Contains(got, want) }
	if r.status != status || wrong(r.out, out) || wrong(r.errors, errs) {
		p.t.Errorf("status %d, output %q, errors %q; want status %d, output with %q, errors with %q",
			r.status, r.out, r.errors, status, out, errs)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// lines are those of a text.
func lines(text string) []string { return strings.Split(strings.TrimSuffix(text, "\n"), "\n") }
