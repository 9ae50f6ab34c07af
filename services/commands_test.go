package services_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Services take domain values, not forms: what follows is read in their source.

// sources are the files of a directory without their tests, by path.
func sources(t *testing.T, dir string, atLeast int) map[string]*ast.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	must(t, err)
	all := map[string]*ast.File{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		must(t, err)
		all[path] = file
	}
	if len(all) < atLeast {
		t.Fatalf("only %d files were read in %s", len(all), dir)
	}
	return all
}

// literal is the text of a string literal; false for everything else.
func literal(e ast.Node) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// controlNames are those that pages declare, and those of the boxes that confirm something.
func controlNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, file := range sources(t, "../views", 50) {
		ast.Inspect(file, func(n ast.Node) bool {
			made, ok := n.(*ast.CompositeLit)
			if !ok || nameOf(made.Type) != "Control" {
				return true
			}
			for _, e := range made.Elts {
				if pair, ok := e.(*ast.KeyValueExpr); ok && nameOf(pair.Key) == "Name" {
					name, _ := literal(pair.Value)
					names[name] = true
				}
			}
			return true
		})
	}
	for _, file := range sources(t, "../views/parts", 20) {
		ast.Inspect(file, func(n ast.Node) bool {
			if text, ok := literal(n); ok && strings.HasPrefix(text, "confirm_") {
				names[text] = true
			}
			return true
		})
	}
	if len(names) < 30 || !names["expires"] || !names["confirm_leave"] {
		t.Fatalf("the names of controls are %v", names)
	}
	return names
}

// nameOf is the last part of an identifier or selector.
func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// otherWords are the places where a text that is a control's name as well means something else.
var otherWords = map[string]string{
	// columns of the database
	"resources.go": "name type visibility", "groups.go": "name", "api_key_update.go": "name description allow deny",
	"apply_steps.go": "name template description allow deny type visibility",
	// what the record calls it
	"activity_changes.go": "name type visibility owner description template expires allow deny until", "activity_state.go": "name email",
	"temporary_access_taken.go": "until",
	// what organization files call it
	"apply_plan_words.go": "name type visibility owner description template expires allow deny", "restored_compare.go": "expires allow deny",
	// kinds, words of sentences, and a key for who gives none
	"sign_in_attempt.go": "code", "providers.go": "password", "seed_groups.go": "group", "explain_subject.go": "group",
	"explain_sentences.go": "can", "apply_plan.go": "group", "setup.go": "organization",
}

// prefix is how names of controls begin that end with the key of a row.
var prefix = regexp.MustCompile(`^(all|carry|create|edit|in|level|rows|until)\.$`)

func TestServicesKnowNoControl(t *testing.T) {
	names := controlNames(t)
	for path, file := range sources(t, ".", 100) {
		ast.Inspect(file, func(n ast.Node) bool {
			if field, ok := n.(*ast.Field); ok && field.Tag != nil {
				field.Tag = nil // says how a state is stored
			}
			text, ok := literal(n)
			if !ok || !names[text] && !prefix.MatchString(text) {
				return true
			}
			if !slices.Contains(strings.Fields(otherWords[path]), text) {
				t.Errorf("%s: %q is the name of a control", path, text)
			}
			return true
		})
	}
}

// takingApart are the files that take a text apart, and what it is: none is what somebody typed into a control.
var takingApart = map[string]string{
	"api_key_configuration.go": "Fields",   // blanks of a description become one each
	"activity_state.go":        "SplitSeq", // a list in the record
	"known_browser.go":         "SplitSeq", // a sealed cookie
	"seed_people.go":           "Fields",   // names to make up people from
}

func TestServicesReadNoForm(t *testing.T) {
	apart := []string{"Split", "SplitN", "SplitAfter", "SplitSeq", "Fields", "FieldsSeq", "FieldsFunc", "FieldsFuncSeq", "Lines"}
	layouts := []string{"Layout", "DateOnly", "DateTime", "TimeOnly", "Kitchen", "ANSIC", "RFC822", "RFC850", "RFC1123"}
	for path, file := range sources(t, ".", 100) {
		for _, spec := range file.Imports {
			if of, _ := literal(spec.Path); of == "net/http" || of == "net/url" {
				t.Errorf("%s imports %s", path, of)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if text, ok := literal(n); ok && strings.Contains(text, "2006") {
				t.Errorf("%s: %q is how forms or sentences write a moment: handlers and words do that", path, text)
			}
			call, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			switch of := nameOf(call.X); {
			case of == "strings" && slices.Contains(apart, call.Sel.Name) && takingApart[path] != call.Sel.Name:
				t.Errorf("%s takes a text apart by strings.%s", path, call.Sel.Name)
			case of == "time" && slices.Contains(layouts, call.Sel.Name):
				t.Errorf("%s uses time.%s: handlers and words do that", path, call.Sel.Name)
			}
			return true
		})
	}
}

// fieldArgument is which argument of a function names the field of a command.
var fieldArgument = map[string]int{"invalid": 0, "cleanName": 0, "storedNetworks": 0, "atField": 0, "note": 0}

func TestErrorsNameFieldsOfCommands(t *testing.T) {
	files := sources(t, ".", 100)
	fields := map[string]bool{}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			made, ok := n.(*ast.TypeSpec)
			if !ok || !made.Name.IsExported() {
				return true
			}
			if of, ok := made.Type.(*ast.StructType); ok {
				for _, f := range of.Fields.List {
					for _, name := range f.Names {
						fields[name.Name] = name.IsExported()
					}
				}
			}
			return true
		})
	}
	named := 0
	check := func(path string, e ast.Expr) {
		if text, ok := literal(e); ok {
			if named++; !fields[text] {
				t.Errorf("%s: %q is no field of a command", path, text)
			}
		}
	}
	for path, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if at, ok := fieldArgument[nameOf(n.Fun)]; ok && len(n.Args) > at {
					check(path, n.Args[at])
				}
			case *ast.KeyValueExpr:
				if nameOf(n.Key) == "Field" {
					check(path, n.Value)
				}
			}
			return true
		})
	}
	if named < 50 {
		t.Errorf("only %d errors were read", named)
	}
}
