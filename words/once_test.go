package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bailiwick/words"
)

// What is printed of a number with its noun comes from this package, so that both agree, and a name is written as whoever
// gave it wrote it. Errors that only logs have are free.
func TestNumbersAndNamesAreSaidHereOnly(t *testing.T) {
	pattern := nounsOfNumbers(t)
	for _, dir := range []string{"services", "services/mail", "handlers", "cmd/bailiwick", "views", "views/parts"} {
		for _, path := range sourceFiles(t, "../"+dir+"/*.go") {
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for n, text := range gluedIn(file, pattern) {
				t.Errorf("%s: %q puts a number before a noun: say it with Noun.Count", set.Position(n.Pos()), text)
			}
			for _, n := range changedNames(file) {
				t.Errorf("%s: a name is written as it was given", set.Position(n.Pos()))
			}
		}
	}
}

func TestTemplatesPutNoNumberBeforeANoun(t *testing.T) {
	pattern := nounsOfNumbers(t)
	for _, glob := range []string{"../views/*.templ", "../views/parts/*.templ"} {
		for _, path := range sourceFiles(t, glob) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for n, line := range strings.Split(string(text), "\n") {
				code, _, _ := strings.Cut(line, "//")
				if pattern.placed.MatchString(code) || pattern.written.MatchString(code) {
					t.Errorf("%s:%d: %q puts a number before a noun: the page struct holds both, as Noun.Count says them", path, n+1, strings.TrimSpace(line))
				}
			}
		}
	}
}

func TestGluedNumbersAreFound(t *testing.T) {
	pattern := nounsOfNumbers(t)
	cases := map[string]bool{
		`"%d members"`: true, `"%d of %s differ"`: false, `"%d unsaved"`: false, `"%d matching activities"`: true,
		`"Invite at most 200 people at once."`: true, `"in 15 minutes"`: true, `"1 group"`: true, `"1,000 rows"`: true,
		`"Version 1"`: false, `"SHA-256 of it"`: false,
		`words.Number(n) + " people have this name"`: true, `"At most " + strconv.Itoa(n) + " characters."`: true,
		`words.Number(n) + " of them"`: false, `name + " members"`: false,
	}
	for code, want := range cases {
		file, err := parser.ParseFile(token.NewFileSet(), "", "package p\nvar x = "+code, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(gluedIn(file, pattern)) > 0; got != want {
			t.Errorf("%s is found: %v", code, got)
		}
	}
	if !pattern.placed.MatchString("<p>{ p.Count } members</p>") || pattern.placed.MatchString("{ p.Name } of them") {
		t.Error("templates are read wrongly")
	}
}

// numbers are the ways to put a number before a noun of the console. Of "3 of 7" or "2 unsaved" nothing has to agree.
type numbers struct {
	written *regexp.Regexp // inside a text: "200 people", "%d people"
	behind  *regexp.Regexp // the text that follows a number: " people"
	placed  *regexp.Regexp // in a template: { p.Count } people
}

// nounsOfNumbers are made of every noun that this package has.
func nounsOfNumbers(t *testing.T) numbers {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "nouns.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var forms []string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, is := n.(*ast.BasicLit); is && lit.Kind == token.STRING {
			one := text(lit)
			forms = append(forms, one, words.Regular(one).Many)
		}
		return true
	})
	if len(forms) < 50 || !slices.Contains(forms, "activities") || !slices.Contains(forms, "people") {
		t.Fatalf("the nouns are %v", forms)
	}
	noun := `(?:(?:more|matching|further|new|other) )?(?:` + strings.Join(forms, "|") + `)\b`
	return numbers{regexp.MustCompile(`(?:%d|\b[0-9][0-9,]*) ` + noun), regexp.MustCompile(`^ ` + noun), regexp.MustCompile(`(?:^|[^=])\{[^{}]*\} ` + noun)}
}

// gluedIn are the places of a file where a number stands before a noun, with the text.
func gluedIn(file *ast.File, pattern numbers) map[ast.Node]string {
	found := map[ast.Node]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			return !called(n, "fmt", "Errorf")
		case *ast.Field:
			n.Tag = nil // what a command line says of its flags
		case *ast.BasicLit:
			if said := text(n); pattern.written.MatchString(said) {
				found[n] = said
			}
		case *ast.BinaryExpr:
			if said := text(n.Y); n.Op == token.ADD && pattern.behind.MatchString(said) && isNumber(before(n)) {
				found[n] = said
			}
		}
		return true
	})
	return found
}

// before is what stands directly before the last part of a sum.
func before(sum *ast.BinaryExpr) ast.Expr {
	if left, is := sum.X.(*ast.BinaryExpr); is {
		return left.Y
	}
	return sum.X
}

// isNumber tells whether an expression is a number made text.
func isNumber(e ast.Expr) bool {
	call, is := e.(*ast.CallExpr)
	return is && (called(call, "words", "Number") || called(call, "words", "Roughly") || called(call, "strconv", "Itoa") ||
		called(call, "strconv", "FormatInt") || called(call, "fmt", "Sprint"))
}

// changedNames are the calls that change the letters of a name.
func changedNames(file *ast.File) (found []ast.Node) {
	ast.Inspect(file, func(n ast.Node) bool {
		call, is := n.(*ast.CallExpr)
		if is && len(call.Args) == 1 && (called(call, "words", "Lower") || called(call, "words", "Upper")) {
			if selected, is := call.Args[0].(*ast.SelectorExpr); is && selected.Sel.Name == "Name" {
				found = append(found, n)
			}
		}
		return true
	})
	return found
}

// sourceFiles are those that match, without tests and generated ones.
func sourceFiles(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", pattern, len(files), err)
	}
	return slices.DeleteFunc(files, func(path string) bool {
		return strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go")
	})
}

// text is what a literal says, "" of everything else.
func text(e ast.Node) string {
	lit, is := e.(*ast.BasicLit)
	if !is || lit.Kind != token.STRING {
		return ""
	}
	said, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return said
}

func called(call *ast.CallExpr, pkg, name string) bool {
	selected, is := call.Fun.(*ast.SelectorExpr)
	if !is || selected.Sel.Name != name {
		return false
	}
	of, is := selected.X.(*ast.Ident)
	return is && of.Name == pkg
}
