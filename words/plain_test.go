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

// instead says which word is printed in place of others: those that ARCHITECTURE.md lists under Words, as far as they have no other
// meaning.
var instead = map[*regexp.Regexp]string{
	regexp.MustCompile(`(?i)\bcannot\b`):                                                                        "can’t",
	regexp.MustCompile(`\pL'\pL`):                                                                               "it with the apostrophe ’",
	regexp.MustCompile(`\bitems?\b`):                                                                            "resource, or the domain’s noun",
	regexp.MustCompile(`\bsupport (staff|people|team|agents?)\b`):                                               "personnel",
	regexp.MustCompile(`\bmessages?\b`):                                                                         "mail",
	regexp.MustCompile(`(?i)\b(own|same|your|their) (access )?rights\b`):                                        "privileges",
	regexp.MustCompile(`(?i)\bexpir(y|ation)\b`):                                                                "end date, or expires",
	regexp.MustCompile(`(?i)\b(runs?|running) (out|until)\b`):                                                   "expires",
	regexp.MustCompile(`\b(en|dis)able[sd]?\b`):                                                                 "activate, deactivate",
	regexp.MustCompile(`\bcancel(s|led|ling)? (it|this|the|an?|them)\b`):                                        "revoke",
	regexp.MustCompile(`(?i)\b(so far|at once)\b`):                                                              "now, immediately, or at a time",
	regexp.MustCompile(`(?i)\bfor good\b|\bstands? (so|already)\b|\bha(s|ve) effect\b|\bcounts? for nothing\b`): "what is so now",
	regexp.MustCompile(`(?i)\bwho(ever)? runs (this|the) (console|installation)|\bwhoever runs Bailiwick`):      "your operator",
	regexp.MustCompile(`(?i)\b(has|have|had|to|will|invitations?) runs? out\b|\bran out\b`):                     "expired",
	regexp.MustCompile(`(?i)reads along|for good and all|empty for good|would let them|goes for all of`):        "a plain verb",
	regexp.MustCompile(`(?i)\bvery next click|\bhand it on\b|\bstands behind\b|\bbrings? (any|no)body in\b`):    "a plain verb",
	regexp.MustCompile(`\be-mails?\b|\bE-mails?\b`):                                                             "email, or mail",
	regexp.MustCompile(`(?i)\b(via|e\.g\.|i\.e\.|etc\.)`):                                                       "English",
}

// users are those of a machine or a mail server: on pages and in what services say there are members, people and personnel.
var users = regexp.MustCompile(`\b(a|the|each|every|no|these) users?\b|\busers (can|may|have)\b`)

var (
	sentenceEnd = regexp.MustCompile(`[.!?:;]["”’)]*(\s|$)|\n`)
	printed     = regexp.MustCompile(`\pL\pL+ \pL`) // two words at least
)

func TestSentencesArePlain(t *testing.T) {
	for _, dir := range []string{"access", "services", "services/files", "services/mail", "handlers", "cmd/bailiwick", "views", "views/parts", "web", "words"} {
		for _, path := range sourceFiles(t, "../"+dir+"/*.go") {
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if e, is := n.(ast.Expr); is {
					at := set.Position(n.Pos()).String()
					wantPlain(t, at, text(e))
					if found := users.FindString(text(e)); found != "" && dir != "cmd/bailiwick" && dir != "services/mail" {
						t.Errorf("%s: %q: say members, or people", at, found)
					}
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
		"It runs out on Friday.":                                   false,
		"There are no single items in it.":                         false,
		"The key is disabled.":                                     false,
		"You cannot do this.":                                      false,
		"You can't do this.":                                       false,
		"You can’t do this, nor what is others’.":                  true,
		"They are added at once.":                                  false,
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
