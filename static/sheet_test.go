package static_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bailiwick/static"
)

// cssRule is a rule of a style sheet as the tests below need it.
type cssRule struct {
	selector     string // with those of the rules around it, from outside to inside
	declarations string // its own, without those of rules within it
	reason       bool   // a comment stands directly before it
}

// readRules reads a style sheet that nobody tries to break: no escapes, and no braces within strings.
func readRules(css string) []cssRule {
	rules, _ := rulesWithin(css, "")
	return rules
}

// rulesWithin reads up to the brace that closes the block, or to the end, and tells what follows.
func rulesWithin(css, around string) (rules []cssRule, rest string) {
	own, declarations, reason := -1, "", false
	if around != "" {
		rules, own = append(rules, cssRule{selector: around}), 0
	}
	for {
		css = strings.TrimLeft(css, " \n")
		if strings.HasPrefix(css, "/*") {
			_, css, _ = strings.Cut(css, "*/")
			reason = true
			continue
		}
		end := strings.IndexAny(css, ";{}")
		if end < 0 {
			return rules, ""
		}
		if css[end] == '}' {
			if own >= 0 {
				rules[own].declarations = declarations + css[:end]
			}
			return rules, css[end+1:]
		}
		head := strings.Join(strings.Fields(css[:end]), " ")
		if css[end] == ';' {
			declarations += head + "; "
			css, reason = css[end+1:], false
			continue
		}
		inner := strings.TrimSpace(around + " " + head)
		if strings.HasPrefix(head, "@") {
			inner = around
		}
		within, after := rulesWithin(css[end+1:], inner)
		if len(within) > 0 && within[0].selector == inner && !strings.HasPrefix(head, "@") {
			within[0].reason = reason
		}
		rules, css, reason = append(rules, within...), after, false
	}
}

// sheet is the style sheet as it was written, file by file.
func sheet(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("css/*.css")
	if err != nil || len(paths) < 10 {
		t.Fatalf("only %d files of the style sheet: %v", len(paths), err)
	}
	files := map[string]string{}
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[path] = string(source)
	}
	return files
}

// withoutReason are the rules that need one and have none: what is important, and what asks twice for what is elsewhere.
func withoutReason(css string) []string {
	var list []string
	for _, rule := range readRules(css) {
		chained := false
		for selector := range strings.SplitSeq(rule.selector, ", ") {
			chained = chained || strings.Count(selector, ":has(") > 1
		}
		if (chained || strings.Contains(rule.declarations, "!important")) && !rule.reason {
			list = append(list, rule.selector)
		}
	}
	return list
}

func TestImportanceAndChainsOfHasGiveTheirReason(t *testing.T) {
	for path, css := range sheet(t) {
		for _, selector := range withoutReason(css) {
			t.Errorf("%s: say in a comment directly before it why this needs !important or several :has(): %s", path, selector)
		}
	}
}

func TestMissingReasonsAreFound(t *testing.T) {
	for css, want := range map[string]int{
		`.a { color: red; } .b { color: red !important; }`:            1,
		`/* A reason. */ .b { color: red !important; }`:               0,
		`/* A reason. */ .a { color: red; } .b { top: 0 !important }`: 1,
		`.a:has(.b):has(.c) { color: red; }`:                          1,
		`.a:has(.b), .d:has(.c) { color: red; }`:                      0,
		`.a:has(.b) { & .c { & .d:has(.e) { color: red; } } }`:        1,
		`.a:has(.b) { /* A reason. */ & .d:has(.e) { color: red; } }`: 0,
		`@media print { .a { color: red !important; } }`:              1,
		`@layer x { /* A reason. */ .a { color: red !important; } }`:  0,
		`.a { & .b { color: red; } color: blue !important; }`:         1,
	} {
		if got := withoutReason(css); len(got) != want {
			t.Errorf("%s: found %q, want %d", css, got, want)
		}
	}
}

// widest is how long a line of the style sheet may be.
const widest = 120

func TestLinesOfTheStyleSheetCanBeRead(t *testing.T) {
	crowded := regexp.MustCompile(`\{[^}]*\}.*\{`)
	for path, css := range sheet(t) {
		for i, line := range strings.Split(css, "\n") {
			if len(line) > widest {
				t.Errorf("%s:%d has %d characters, more than %d", path, i+1, len(line), widest)
			}
			if crowded.MatchString(line) {
				t.Errorf("%s:%d holds several rules", path, i+1)
			}
		}
	}
}

func TestEveryFileOfTheStyleSheetIsServed(t *testing.T) {
	_, served := fetch(t, http.MethodGet, static.Href(static.StyleSheet), http.Header{})
	for path, css := range sheet(t) {
		if path != "css/base.css" && !strings.Contains(string(served), css) {
			t.Errorf("%s is not in the list of static.go", path)
		}
	}
}
