package views

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// spelledName is a name that a template spells, in place of the name of a control.
var spelledName = regexp.MustCompile(`\bname="([^"]*)"|\bName: "([^"]*)"`)

// Templates send what they ask for under the names of controls. What no handler reads is free: the names of menus that close
// each other, what tells a password manager whose password it is, and what browsers read.
func TestTemplatesSpellNoNameOfAControl(t *testing.T) {
	free := []string{"menu", "username", "viewport", "color-scheme", "htmx-config"}
	for _, pattern := range []string{"*.templ", "parts/*.templ"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) < 20 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, path := range files {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			declared := regexp.MustCompile(`parts\.(Control|Filter)\{Name: `).ReplaceAll(text, nil)
			for _, m := range spelledName.FindAllSubmatch(declared, -1) {
				if name := string(m[1]) + string(m[2]); !slices.Contains(free, name) {
					t.Errorf("%s spells the name %q of a control", path, name)
				}
			}
		}
	}
}
