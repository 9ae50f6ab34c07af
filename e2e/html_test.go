package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Pages are kept as the server sent them, and all are checked at once when the tests have run: starting the checker takes
// longer than checking a page.
var (
	keptPages struct {
		sync.Once
		dir string
		err error
	}
	keptCount atomic.Int64
)

// htmlConfig asks for the content model of HTML, and for nothing that is a matter of taste.
const htmlConfig = `{"root": true, "extends": ["html-validate:standard"]}`

// keepPage keeps the HTML of a page that somebody looked at.
func keepPage(t *testing.T, address, html string) {
	t.Helper()
	keptPages.Do(func() {
		if keptPages.dir, keptPages.err = os.MkdirTemp("", "bailiwick-pages-"); keptPages.err == nil {
			keptPages.err = os.WriteFile(filepath.Join(keptPages.dir, ".htmlvalidate.json"), []byte(htmlConfig), 0o600)
		}
	})
	must(t, keptPages.err)
	name := fmt.Sprintf("%03d%s.html", keptCount.Add(1), strings.NewReplacer("/", "_", "?", "-", "&", "-", ":", "-").Replace(address))
	must(t, os.WriteFile(filepath.Join(keptPages.dir, name[:min(len(name), 200)]), []byte(html), 0o600))
}

// checkHTML tells what is wrong with the HTML of the pages in a directory.
func checkHTML(dir string) error {
	// It goes with each fault through the whole page, and ends before a pipe has taken more than 64 KiB of that.
	list := filepath.Join(dir, "faults.json")
	validate := exec.Command(os.Getenv("PLAYWRIGHT_NODEJS_PATH"), os.Getenv("HTML_VALIDATE"), "--formatter", "json="+list, "--ext", "html", dir)
	validate.Dir = dir
	said, err := validate.CombinedOutput()
	out, reading := os.ReadFile(list)
	if reading != nil { // it did not get as far as looking
		return errors.Join(err, errors.New(string(said)), reading)
	}
	var found []struct {
		FilePath string
		Messages []struct {
			RuleID, Message string
			Line            int
		}
	}
	if err := json.Unmarshal(out, &found); err != nil {
		return err
	}
	var problems []error
	for _, page := range found {
		for _, m := range page.Messages {
			problems = append(problems, fmt.Errorf("%s, line %d: %s (%s)", filepath.Base(page.FilePath), m.Line, m.Message, m.RuleID))
		}
	}
	if len(problems) == 0 && err != nil {
		return errors.Join(err, errors.New(string(said)))
	}
	return errors.Join(problems...)
}

// checkKeptPages is for when all tests have run.
func checkKeptPages() error {
	if keptCount.Load() == 0 {
		return nil
	}
	defer os.RemoveAll(keptPages.dir)
	if err := checkHTML(keptPages.dir); err != nil {
		return fmt.Errorf("of %d pages some are no valid HTML:\n%w", keptCount.Load(), err)
	}
	return nil
}

func TestTheCheckerOfHTMLFindsPlantedFaults(t *testing.T) {
	t.Parallel()
	const page = `<!doctype html><html lang="en"><head><title>Planted</title></head><body>%s</body></html>`
	for name, test := range map[string]struct{ markup, rule string }{
		"a list within a line":   {`<span><ul><li>One</li></ul></span>`, "element-permitted-content"},
		"two things of one id":   {`<p id="one"></p><p id="one"></p>`, "no-dup-id"},
		"an attribute by itself": {`<input type="chekbox" aria-label="A">`, "attribute-allowed-values"},
		"a fault on a long page": {`<p id="one"></p><p id="one">` + strings.Repeat("long ", 100_000) + `</p>`, "no-dup-id"},
		"a sound page":           {`<ul><li>One</li></ul>`, ""},
	} {
		dir := t.TempDir()
		must(t, os.WriteFile(filepath.Join(dir, ".htmlvalidate.json"), []byte(htmlConfig), 0o600))
		must(t, os.WriteFile(filepath.Join(dir, "page.html"), []byte(strings.Replace(page, "%s", test.markup, 1)), 0o600))
		err := checkHTML(dir)
		if (err != nil) != (test.rule != "") || err != nil && !strings.Contains(err.Error(), "("+test.rule+")") {
			t.Errorf("%s: %v, want %q", name, err, test.rule)
		}
	}
}
