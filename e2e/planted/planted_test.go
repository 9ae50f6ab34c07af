// Package planted shows that the tests can fail: it takes one guard at a time out of the code and wants the tests that hold
// it to notice. The code itself is left alone; the compiler is given another text for the one file (go test -overlay).
//
// `make fault` plants every fault; without -full, as in `make test`, each is only held against the code, and one is planted.
package planted

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var full = flag.Bool("full", false, "plant every fault, which takes many minutes")

// root is where the module is, seen from this package.
const root = "../.."

// plant is a guard that is taken out.
type plant struct {
	name  string
	file  string // of the guard
	guard string // stands once in the file
	gap   string // what stands there without it
	tests string // those that notice: the packages' path and a pattern, "./services -run=Joining"
	hangs bool   // without it the tests wait for what never comes: that they time out is noticing
}

// fewest is how many guards are taken out at least.
const fewest = 25

func TestEveryPlantFitsTheCode(t *testing.T) {
	if len(plants) < fewest {
		t.Errorf("%d plants, want at least %d", len(plants), fewest)
	}
	seen := map[string]bool{}
	for _, p := range plants {
		if seen[p.name] {
			t.Errorf("two plants are called %q", p.name)
		}
		seen[p.name] = true
		if _, err := p.planted(); err != nil {
			t.Error(err)
		}
	}
}

// planted is the text of the file without the guard.
func (p plant) planted() (string, error) {
	text, err := os.ReadFile(filepath.Join(root, p.file))
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(text), p.guard); n != 1 {
		return "", fmt.Errorf("%s: the guard stands %d times in %s, want once: it has moved, and the plant has to follow", p.name, n, p.file)
	}
	return strings.Replace(string(text), p.guard, p.gap, 1), nil
}

func TestARemovedGuardIsNoticed(t *testing.T) {
	wanted := plants
	if !*full {
		wanted = plants[:1]
	}
	sound := map[string]bool{}
	for _, p := range wanted {
		t.Run(p.name, func(t *testing.T) {
			if !sound[p.tests] {
				if output, err := goTest(p.tests); err != nil || !strings.Contains(output, "--- PASS") {
					t.Fatalf("with the guard in place, %s must pass: %v\n%s", p.tests, err, last(output))
				}
				sound[p.tests] = true
			}
			output, err := goTest(p.tests, "GOFLAGS="+os.Getenv("GOFLAGS")+" -overlay="+p.overlay(t))
			switch {
			case err == nil:
				t.Errorf("the guard is gone from %s and %s did not notice", p.file, p.tests)
			case !strings.Contains(output, "--- FAIL") && !(p.hangs && strings.Contains(output, "panic: test timed out")):
				t.Errorf("the plant broke the build or the run, which proves nothing: %v\n%s", err, last(output))
			}
		})
	}
}

// overlay is a file that tells the compiler of the planted text.
func (p plant) overlay(t *testing.T) (path string) {
	t.Helper()
	text, err := p.planted()
	must(t, err)
	dir := t.TempDir()
	file, err := filepath.Abs(filepath.Join(root, p.file))
	must(t, err)
	without := filepath.Join(dir, "planted.go")
	must(t, os.WriteFile(without, []byte(text), 0o600))
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{file: without}})
	must(t, err)
	path = filepath.Join(dir, "overlay.json")
	must(t, os.WriteFile(path, replace, 0o600))
	return path
}

// goTest runs tests anew and gives what they print. What stands in the environment counts for programs that they build, too.
func goTest(tests string, environment ...string) (string, error) {
	command := exec.Command("go", append([]string{"test", "-count=1", "-vet=off", "-v", "-timeout=5m"}, strings.Fields(tests)...)...)
	command.Dir, command.Env = root, append(os.Environ(), environment...)
	output, err := command.CombinedOutput()
	return string(output), err
}

// last is the end of an output, which tells why.
func last(output string) string {
	const most = 3000
	return output[max(0, len(output)-most):]
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
