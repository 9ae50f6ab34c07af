// Package e2e walks through the console as people do: the real program, on a real database, in a real Chromium.
//
// The program is reached by its command line and its pages only, so nothing here imports the packages behind them.
// Elements are found by role, label and text, as people and assistive technology find them.
// Run it by scripts/test.sh ./e2e, which prepares what it needs.
package e2e

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What all tests share; set once by TestMain.
var (
	binary    string // the program under test
	axeSource string // the accessibility checker, to be evaluated in pages
)

// browserVariables are what scripts/browser.sh prints. The driver reads the last two by itself.
var browserVariables = []string{"CHROMIUM", "AXE_JS", "PLAYWRIGHT_DRIVER_PATH", "PLAYWRIGHT_NODEJS_PATH", "HTML_VALIDATE"}

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

// run prepares what the tests share, runs them, and answers with the exit status.
func run(m *testing.M) int {
	if missing := missingVariables(); len(missing) > 0 {
		fmt.Fprintf(os.Stderr, "browser tests left out, since these are not set: %s. scripts/test.sh ./e2e sets them.\n",
			strings.Join(missing, ", "))
		if inCI() {
			return 1
		}
		return 0
	}
	removeBinary, err := prepareBinary()
	if err != nil {
		return failed(err)
	}
	defer removeBinary()
	source, err := os.ReadFile(os.Getenv("AXE_JS"))
	if err != nil {
		return failed(fmt.Errorf("read the accessibility checker: %w", err))
	}
	axeSource = string(source)
	flag.Parse()
	if err := setSideBySide(); err != nil {
		return failed(err)
	}
	stopBrowsers, err := startBrowsers()
	if err != nil {
		return failed(err)
	}
	defer stopBrowsers()
	status := m.Run()
	for _, end := range append(atTheEnd, checkKeptPages) {
		if err := end(); err != nil {
			return failed(err)
		}
	}
	return status
}

func failed(err error) int {
	fmt.Fprintln(os.Stderr, "around the browser tests:", err)
	return 1
}

func inCI() bool { return os.Getenv("CI") == "true" }

// missingVariables names what must be set for the tests to run. PostgreSQL is a must in CI only.
func missingVariables() []string {
	wanted := browserVariables
	if inCI() {
		wanted = append(wanted, postgresVariable)
	}
	var missing []string
	for _, name := range wanted {
		if os.Getenv(name) == "" {
			missing = append(missing, name)
		}
	}
	return missing
}

// prepareBinary sets binary: the one that BAILIWICK_BIN names, or one built from the code beside this package.
func prepareBinary() (remove func(), err error) {
	if named := os.Getenv("BAILIWICK_BIN"); named != "" {
		binary, err = filepath.Abs(named)
		return func() {}, err
	}
	dir, err := os.MkdirTemp("", "bailiwick-e2e-")
	if err != nil {
		return nil, err
	}
	binary = filepath.Join(dir, "bailiwick")
	build := exec.Command("go", "build", "-o", binary, "bailiwick/cmd/bailiwick")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		os.RemoveAll(dir)
		return nil, fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return func() { os.RemoveAll(dir) }, nil
}
