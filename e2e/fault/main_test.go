// Package fault makes trouble for the built program, as operations do sooner or later: killed in the middle of saves, ended
// while requests run, a database that is locked, full or gone, clients that are greedy, and people who change the same
// thing at once. Whatever happens, what was acknowledged is kept, nothing is half done, and nobody has to mend anything.
//
// The program is reached by its command line, its pages and signals; the database is read to recount what it keeps.
// `make fault` runs everything; without -full, as in `make test`, each trouble comes a few times only.
package fault

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

var full = flag.Bool("full", false, "make all rounds of trouble, which takes minutes")

// rounds is how often to make a trouble.
func rounds(short, all int) int {
	if *full {
		return all
	}
	return short
}

// binary is the program as it is shipped.
var binary string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(withBinary(m))
}

// withBinary runs the tests on the program that BAILIWICK_BIN names, or on one built from the code beside them.
func withBinary(m *testing.M) int {
	if binary = os.Getenv("BAILIWICK_BIN"); binary != "" {
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "bailiwick-fault-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "bailiwick")
	build := exec.Command("go", "build", "-o", binary, "bailiwick/cmd/bailiwick")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the program: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// leaveOut skips a test whose trouble this machine can't make. In CI, where everything can be had, it fails instead.
func leaveOut(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("nothing may be left out when CI=true: %s", reason)
	}
	t.Skip("left out: " + reason)
}
