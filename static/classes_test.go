package static_test

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

	templ "github.com/a-h/templ/parser/v2"
	"github.com/a-h/templ/parser/v2/visitor"
)

// composed are the beginnings of classes that are put together at run time, with what comes behind them.
var composed = map[string]*regexp.Regexp{
	"r": regexp.MustCompile(`^r[0-3]$`), // a path of the reach strip for each strength
}

// classes collects what can be the value of a class attribute.
type classes struct {
	whole, begun map[string]string // to where it was found
}

func (c classes) note(where, text string) {
	for class := range strings.FieldsSeq(text) {
		c.whole[class] = where
	}
}

// can tells whether a page can have the class.
func (c classes) can(class string) bool {
	for begin := range c.begun {
		if rest, known := composed[begin]; known && rest.MatchString(class) {
			return true
		}
	}
	_, found := c.whole[class]
	return found
}

// literals notes every text within an expression that is a class; the texts that others are added to are only begun.
func (c classes) literals(where string, expression ast.Node) {
	ast.Inspect(expression, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			begin, ok := n.X.(*ast.BasicLit)
			if text := unquoted(begin); ok && n.Op == token.ADD && strings.TrimSpace(text) != "" {
				c.begun[text] = where
				c.literals(where, n.Y)
				return false
			}
		case *ast.BasicLit:
			c.note(where, unquoted(n))
		}
		return true
	})
}

// unquoted is the text of a literal, "" of one that is no text.
func unquoted(literal *ast.BasicLit) string {
	if literal == nil || literal.Kind != token.STRING {
		return ""
	}
	text, _ := strconv.Unquote(literal.Value)
	return text
}

// template notes the class attributes of a template.
func (c classes) template(t *testing.T, path string) {
	t.Helper()
	file, err := templ.Parse(path)
	if err != nil {
		t.Fatal(err)
	}
	v := visitor.New()
	v.ConstantAttribute = func(a *templ.ConstantAttribute) error {
		if a.Key.String() == "class" {
			c.note(path, a.Value)
		}
		return nil
	}
	v.ExpressionAttribute = func(a *templ.ExpressionAttribute) error {
		if a.Key.String() != "class" {
			return nil
		}
		expression, err := parser.ParseExpr("f(" + a.Expression.Value + ")")
		if err == nil {
			c.literals(path, expression)
		}
		return err
	}
	if err := file.Visit(v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// isClass tells by its name that something is a class or a part of one. Handlers have functions of such names that say
// what a level looks like.
func isClass(name string) bool {
	return name == "class" || strings.HasSuffix(name, "Class") || name == "ButtonKind" || name == "ButtonSize" || name == "ButtonPlace"
}

// code notes what Go files say of classes: in functions and constants that are one, in fields and arguments that hold one.
func (c classes) code(t *testing.T, paths []string) {
	t.Helper()
	set, files := token.NewFileSet(), map[string]*ast.File{}
	place := map[string]int{} // of the argument called class, by the name of the function
	for _, path := range paths {
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files[path] = file
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				if at := classArgument(f.Type); at >= 0 {
					place[f.Name.Name] = at
				}
			}
		}
	}
	for path, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if isClass(n.Name.Name) && strings.HasPrefix(path, "../views/") {
					c.literals(path, n.Body)
				}
			case *ast.ValueSpec:
				if kind, ok := n.Type.(*ast.Ident); ok && isClass(kind.Name) {
					for _, value := range n.Values {
						c.literals(path, value)
					}
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && isClass(key.Name) {
					c.literals(path, n.Value)
				}
			case *ast.CallExpr:
				if at, ok := place[called(n)]; ok && at < len(n.Args) {
					c.literals(path, n.Args[at])
				}
			}
			return true
		})
	}
}

func classArgument(f *ast.FuncType) int {
	at := 0
	for _, field := range f.Params.List {
		for _, name := range field.Names {
			if name.Name == "class" {
				return at
			}
			at++
		}
	}
	return -1
}

func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// produced are the classes that pages can have.
func produced(t *testing.T) classes {
	t.Helper()
	c := classes{whole: map[string]string{}, begun: map[string]string{}}
	for _, pattern := range []string{"../views/*.templ", "../views/parts/*.templ"} {
		for _, path := range glob(t, pattern) {
			c.template(t, path)
		}
	}
	var code []string
	for _, pattern := range []string{"../views/*.go", "../views/parts/*.go", "../handlers/*.go"} {
		code = append(code, slices.DeleteFunc(glob(t, pattern), func(path string) bool { return strings.HasSuffix(path, "_test.go") })...)
	}
	c.code(t, code)
	return c
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no file is called %s: %v", pattern, err)
	}
	return paths
}

var inSelector = regexp.MustCompile(`\.([A-Za-z_][\w-]*)`)

// styled are the classes that the style sheet has rules for.
func styled(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for path, css := range sheet(t) {
		for _, rule := range readRules(css) {
			for _, class := range inSelector.FindAllStringSubmatch(rule.selector, -1) {
				found[class[1]] = path
			}
		}
	}
	return found
}

func TestEveryClassOfTheStyleSheetIsOnSomePage(t *testing.T) {
	pages := produced(t)
	for class, path := range styled(t) {
		if !pages.can(class) {
			t.Errorf("%s has a rule for .%s, which no template and no Go file can produce: remove it", path, class)
		}
	}
	for begin, where := range pages.begun {
		if composed[begin] == nil {
			t.Errorf("%s puts together a class that begins with %q: say in composed how it goes on", where, begin)
		}
	}
}

func TestEveryClassOfAPageHasARuleOrAScript(t *testing.T) {
	rules := styled(t)
	script, err := os.ReadFile("console.js")
	if err != nil {
		t.Fatal(err)
	}
	for class, where := range produced(t).whole {
		if rules[class] == "" && !regexp.MustCompile(`\.`+class+`\b`).Match(script) {
			t.Errorf("%s has the class %s, for which there is neither a rule nor a script: remove it", where, class)
		}
	}
}
