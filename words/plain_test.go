package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/services/files"
)

// mostWords is how many a printed sentence has at most: somebody whose second language this is finds the verb.
const mostWords = 28

// instead says which word is printed in place of others, as ARCHITECTURE.md lists them under Words.
var instead = map[*regexp.Regexp]string{
	regexp.MustCompile(`(?i)\bwho(ever)? runs (this|the) (console|installation)|\bwhoever runs Bailiwick`):   "your operator",
	regexp.MustCompile(`(?i)\b(has|have|had) run out\b|\bran out\b`):                                         "expired",
	regexp.MustCompile(`(?i)reads along|for good and all|empty for good|would let them|goes for all of`):     "a plain verb",
	regexp.MustCompile(`(?i)\bvery next click|\bhand it on\b|\bstands behind\b|\bbrings? (any|no)body in\b`): "a plain verb",
	regexp.MustCompile(`\be-mails?\b|\bE-mails?\b`):                                                          "email, or mail",
	regexp.MustCompile(`(?i)\b(via|e\.g\.|i\.e\.|etc\.)`):                                                    "English",
}

var (
	sentenceEnd = regexp.MustCompile(`[.!?:;]["”’)]*(\s|$)|\n`)
	printed     = regexp.MustCompile(`\pL\pL+ \pL`) // two words at least
)

func TestSentencesArePlain(t *testing.T) {
	for _, dir := range []string{"services", "services/mail", "handlers", "cmd/bailiwick", "views", "views/parts", "words"} {
		for _, path := range sourceFiles(t, "../"+dir+"/*.go") {
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if e, is := n.(ast.Expr); is {
					wantPlain(t, set.Position(n.Pos()).String(), text(e))
				}
				return true
			})
		}
	}
	for _, glob := range []string{"../views/*.templ", "../views/parts/*.templ"} {
		for _, path := range sourceFiles(t, glob) {
			lines, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(string(lines), "\n") {
				code, _, _ := strings.Cut(line, "//")
				wantPlain(t, path, tag.ReplaceAllString(code, " "))
			}
		}
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

// statement tells a text for a database from one for people.
var statement = regexp.MustCompile(`\b(SELECT|INSERT|UPDATE|DELETE FROM|CREATE INDEX|WITH RECURSIVE)\b`)

func wantPlain(t *testing.T, at, text string) {
	t.Helper()
	if !printed.MatchString(text) || statement.MatchString(text) {
		return
	}
	for old, better := range instead {
		if found := old.FindString(text); found != "" {
			t.Errorf("%s: %q: say %s", at, found, better)
		}
	}
	for _, sentence := range sentenceEnd.Split(text, -1) {
		if n := len(strings.Fields(sentence)); n > mostWords {
			t.Errorf("%s: a sentence of %d words: %q", at, n, sentence)
		}
	}
}

func TestLongAndOldSentencesAreFound(t *testing.T) {
	for text, plain := range map[string]bool{
		"Ask your operator to set a password.":                     true,
		"Ask whoever runs this console to set a password.":         false,
		"The invitation ran out.":                                  false,
		strings.Repeat("word ", mostWords) + ".":                   true,
		strings.Repeat("word ", mostWords+1) + ".":                 false,
		strings.Repeat("word ", mostWords) + ". " + "Another one.": true,
	} {
		inner := &testing.T{}
		wantPlain(inner, "here", text)
		if inner.Failed() == plain {
			t.Errorf("%q is plain: %t", text, !inner.Failed())
		}
	}
}

// What somebody reads before they delete usage data (the sentence of the level allows it on the confirmation, too).
func TestDeletingUsageDataSaysWhatItChanges(t *testing.T) {
	allows := files.DefaultCatalog().Domain("analytics/delete-user-data").Allows[access.LevelAllowed]
	if !strings.HasSuffix(allows, ", which can change dashboards and reports") {
		t.Errorf("it says %q", allows)
	}
}
