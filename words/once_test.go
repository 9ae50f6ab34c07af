package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// glued is a count in a pattern with a noun of the console behind it. Of "3 of 7", "2 unsaved" nothing has to agree.
var glued = regexp.MustCompile(`%d (actions?|address(es)?|API keys?|changes?|characters?|days?|domains?|groups?|hours?|invitations?|lines?|links?|mails?|members?|memberships?|minutes?|organizations?|pages?|people|person|privileges?|requests?|resources?|rows?|seats?|seconds?|secrets?|sessions?|activit(y|ies))\b`)

// What is printed of a number with its noun comes from this package, so that both agree, and a name is written as whoever
// gave it wrote it. Errors that only logs have are free.
func TestNumbersAndNamesAreSaidHereOnly(t *testing.T) {
	for _, pattern := range []string{"../services/*.go", "../handlers/*.go", "../cmd/bailiwick/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				call, is := n.(*ast.CallExpr)
				if is && called(call, "fmt", "Errorf") {
					return false
				}
				if literal, is := n.(*ast.BasicLit); is && literal.Kind == token.STRING {
					if text, err := strconv.Unquote(literal.Value); err == nil && glued.MatchString(text) {
						t.Errorf("%s: %q puts a number before a noun: say it with Noun.Count", set.Position(n.Pos()), text)
					}
				}
				if is && len(call.Args) == 1 && (called(call, "words", "Lower") || called(call, "words", "Upper")) {
					if selected, is := call.Args[0].(*ast.SelectorExpr); is && selected.Sel.Name == "Name" {
						t.Errorf("%s: a name is written as it was given", set.Position(n.Pos()))
					}
				}
				return true
			})
		}
	}
}

func called(call *ast.CallExpr, pkg, name string) bool {
	selected, is := call.Fun.(*ast.SelectorExpr)
	if !is || selected.Sel.Name != name {
		return false
	}
	of, is := selected.X.(*ast.Ident)
	return is && of.Name == pkg
}
