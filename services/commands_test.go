package services_test

import (
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"

	"bailiwick/sourcetest"
)

// Services take domain values, not forms: what follows is read in their source.

// control is a name that pages give a control, or how the names of a row's controls begin.
type control struct {
	name  string
	begin bool // followed by the key of the row
}

// is tells whether a text is the name.
func (c control) is(text string) bool {
	return text == c.name || c.begin && strings.HasPrefix(text, c.name)
}

// controlNames are what pages and their parts declare: as a Control, as a constant, and as the text with which a function begins
// that names the control of a row.
func controlNames(t *testing.T) []control {
	t.Helper()
	all := map[control]bool{}
	for _, from := range []struct {
		dir     string
		atLeast int
	}{{"../views", 50}, {"../views/parts", 20}} {
		for _, file := range sourcetest.Files(t, from.dir+"/*.go", from.atLeast) {
			for _, c := range declared(file) {
				all[c] = true
			}
		}
	}
	for _, c := range []control{{"expires", false}, {"confirm_leave", false}, {"keep", false}, {"rows", false}, {"access.", true}, {"revision.", true}, {"level.", true}} {
		if !all[c] {
			t.Fatalf("%v is not among the names of controls, %v", c, all)
		}
	}
	return slices.Collect(maps.Keys(all))
}

// declared are the controls of one file.
func declared(file *ast.File) []control {
	var all []control
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			for _, e := range n.Elts {
				if pair, ok := e.(*ast.KeyValueExpr); ok && sourcetest.LastName(n.Type) == "Control" && sourcetest.LastName(pair.Key) == "Name" {
					if name, is := sourcetest.Literal(pair.Value); is { // else it takes the name of another, which stands there
						all = append(all, control{name: name})
					}
				}
			}
		case *ast.GenDecl:
			all = append(all, constants(n)...)
		case *ast.FuncDecl:
			if begin, ok := rowControl(n); ok {
				all = append(all, control{name: begin, begin: true})
			}
		}
		return true
	})
	return all
}

// constants are the texts that stand for a control; those of a type of their own say how something looks.
func constants(decl *ast.GenDecl) []control {
	var all []control
	for _, spec := range decl.Specs {
		of, ok := spec.(*ast.ValueSpec)
		if !ok || decl.Tok != token.CONST || of.Type != nil {
			continue
		}
		for i, value := range of.Values {
			if text, ok := sourcetest.Literal(value); ok && !strings.HasSuffix(of.Names[i].Name, "ID") {
				all = append(all, control{name: text})
			}
		}
	}
	return all
}

// rowControl is how the names begin that the function makes of a row's key.
func rowControl(of *ast.FuncDecl) (string, bool) {
	if !strings.HasSuffix(of.Name.Name, "Control") || len(of.Body.List) != 1 {
		return "", false
	}
	returned, ok := of.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(returned.Results) != 1 {
		return "", false
	}
	sum := returned.Results[0]
	for {
		joined, ok := sum.(*ast.BinaryExpr)
		if !ok {
			return sourcetest.Literal(sum)
		}
		sum = joined.X
	}
}

// otherMeaning are the calls and lists in which a text means something else, though a control has that name as well.
var otherMeaning = map[string]string{
	"wanted": "a field as the record has it", // of what a revert gives back
	"save":   "columns", "saveAPIKey": "columns", "UpdateAPIKey": "columns",
	"field":      "what organization files call it", // of a difference between a file and what stands
	"fields":     "what the record calls it",
	"fieldOrder": "what the record calls it",
	"is":         "what the record calls it",
	"was":        "what the record calls it",
	"keyFor":     "what a key is where a name has no letters",
	"name":       "a kind of made-up names",
	"unused":     "a kind of made-up names",
	"again":      "a kind of made-up names",
	"One":        "a noun",
}

// otherWords are single texts of the kind: the file, and what each is there.
var otherWords = map[string]string{
	"sign_in_attempt.go code":    "a kind of attempts",
	"providers.go password":      "a provider",
	"explain_subject.go group":   "a kind of subjects",
	"explain_subject.go member":  "a kind of subjects",
	"explain_sentences.go can":   "a word of a sentence",
	"apply_plan.go group":        "a word of a sentence",
	"apply_plan.go member":       "a word of a sentence",
	"restored_notes.go on":       "a word of a sentence",
	"invitation_join.go member":  "a state of accounts",
	"activity_changes.go until":  "what the record calls it",
	"activity_changes.go member": "what the record calls it",
	"record.go member":           "what the record calls it",
	"revert_many.go expires":     "what the record calls it",
	"revert_many.go owner":       "what the record calls it",
}

// elsewhere are the texts of a file that stand where they mean something else.
func elsewhere(file *ast.File) map[ast.Node]bool {
	all := map[ast.Node]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		name, parts := "", []ast.Expr(nil)
		switch n := n.(type) {
		case *ast.CallExpr:
			name, parts = sourcetest.LastName(n.Fun), n.Args
		case *ast.IndexExpr:
			name, parts = sourcetest.LastName(n.X), []ast.Expr{n.Index}
		case *ast.KeyValueExpr:
			name, parts = sourcetest.LastName(n.Key), []ast.Expr{n.Value}
		case *ast.ValueSpec:
			if list, ok := first(n.Values).(*ast.CompositeLit); ok {
				name, parts = n.Names[0].Name, list.Elts
			}
		}
		if otherMeaning[name] != "" {
			for _, part := range parts {
				all[part] = true
			}
		}
		return true
	})
	return all
}

// first of some expressions, nil where there is none.
func first(all []ast.Expr) ast.Expr {
	if len(all) == 0 {
		return nil
	}
	return all[0]
}

func TestServicesKnowNoControl(t *testing.T) {
	names := controlNames(t)
	for path, file := range sourcetest.Files(t, "./*.go", 100) {
		other := elsewhere(file)
		ast.Inspect(file, func(n ast.Node) bool {
			if field, ok := n.(*ast.Field); ok && field.Tag != nil {
				field.Tag = nil // says how a state is stored
			}
			text, ok := sourcetest.Literal(n)
			if ok && !other[n] && otherWords[path+" "+text] == "" && slices.ContainsFunc(names, func(c control) bool { return c.is(text) }) {
				t.Errorf("%s: %q is the name of a control", path, text)
			}
			return true
		})
	}
}

// takingApart are the files that take a text apart, and what it is: none is what somebody typed into a control.
var takingApart = map[string]string{
	"api_key_configuration.go": "Fields",     // blanks of a description become one each
	"activity_state.go":        "SplitSeq",   // a list in the record
	"known_browser.go":         "SplitSeq",   // a sealed cookie
	"revert_configuration.go":  "FieldsFunc", // a list in the record
	"seed_names.go":            "Fields",     // words to make up names from
}

func TestServicesReadNoForm(t *testing.T) {
	apart := []string{"Split", "SplitN", "SplitAfter", "SplitSeq", "Fields", "FieldsSeq", "FieldsFunc", "FieldsFuncSeq", "Lines"}
	layouts := []string{"Layout", "DateOnly", "DateTime", "TimeOnly", "Kitchen", "ANSIC", "RFC822", "RFC850", "RFC1123"}
	for path, file := range sourcetest.Files(t, "./*.go", 100) {
		for _, spec := range file.Imports {
			if of, _ := sourcetest.Literal(spec.Path); of == "net/http" || of == "net/url" {
				t.Errorf("%s imports %s", path, of)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if text, ok := sourcetest.Literal(n); ok && strings.Contains(text, "2006") {
				t.Errorf("%s: %q is how forms or sentences write a moment: handlers and words do that", path, text)
			}
			call, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			switch of := sourcetest.LastName(call.X); {
			case of == "strings" && slices.Contains(apart, call.Sel.Name) && takingApart[path] != call.Sel.Name:
				t.Errorf("%s takes a text apart by strings.%s", path, call.Sel.Name)
			case of == "time" && slices.Contains(layouts, call.Sel.Name):
				t.Errorf("%s uses time.%s: handlers and words do that", path, call.Sel.Name)
			}
			return true
		})
	}
}

// Errors name fields of commands: each text is looked at that is handed to a parameter called field, or stands for the
// Field of an error.

// commandFields are the fields of the types that use cases take, and of those within them; what a use case takes by itself is
// named like its parameter.
func commandFields(files map[string]*ast.File) map[string]bool {
	types, fields := map[string]*ast.StructType{}, map[string]bool{}
	lists := map[string]ast.Expr{} // named lists and maps
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			if made, ok := n.(*ast.TypeSpec); ok {
				if of, ok := made.Type.(*ast.StructType); ok {
					types[made.Name.Name] = of
				} else {
					lists[made.Name.Name] = made.Type
				}
			}
			return true
		})
	}
	seen := map[string]bool{}
	var follow func(e ast.Expr)
	follow = func(e ast.Expr) {
		ast.Inspect(e, func(n ast.Node) bool {
			name, ok := n.(*ast.Ident)
			if !ok || seen[name.Name] {
				return true
			}
			seen[name.Name] = true
			if list := lists[name.Name]; list != nil {
				follow(list)
			}
			if of := types[name.Name]; of != nil && name.Name != "Caller" {
				for _, f := range of.Fields.List {
					for _, field := range f.Names {
						fields[field.Name] = field.IsExported()
					}
					if len(f.Names) == 0 || f.Names[0].IsExported() {
						follow(f.Type)
					}
				}
			}
			return true
		})
	}
	for _, file := range files {
		for _, d := range file.Decls {
			of, ok := d.(*ast.FuncDecl)
			if !ok || of.Recv == nil || !of.Name.IsExported() || sourcetest.LastName(pointed(of.Recv.List[0].Type)) != "Console" {
				continue
			}
			for _, p := range of.Type.Params.List {
				for _, name := range p.Names {
					fields[strings.ToUpper(name.Name[:1])+name.Name[1:]] = true
				}
				follow(p.Type)
			}
		}
	}
	return fields
}

// pointed is what a pointer is to.
func pointed(e ast.Expr) ast.Expr {
	if star, ok := e.(*ast.StarExpr); ok {
		return star.X
	}
	return e
}

// fieldParameter is which parameter, or result, is the name of a field; -1 for none.
func fieldParameter(list *ast.FieldList) int {
	at := 0
	if list != nil {
		for _, p := range list.List {
			for _, name := range p.Names {
				if name.Name == "field" {
					return at
				}
				at++
			}
		}
	}
	return -1
}

// takingFields are the functions that take the name of a field, and as which argument: those of the package, and those that
// stand within a function of the file.
func takingFields(files map[string]*ast.File) (everywhere map[string]int, within map[string]map[string]int) {
	everywhere, within = map[string]int{}, map[string]map[string]int{}
	for path, file := range files {
		within[path] = map[string]int{}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if at := fieldParameter(n.Type.Params); at >= 0 {
					everywhere[n.Name.Name] = at
				}
			case *ast.AssignStmt:
				if of, ok := n.Rhs[0].(*ast.FuncLit); ok && fieldParameter(of.Type.Params) >= 0 {
					within[path][sourcetest.LastName(n.Lhs[0])] = fieldParameter(of.Type.Params)
				}
			}
			return true
		})
	}
	return everywhere, within
}

func TestErrorsNameFieldsOfCommands(t *testing.T) {
	files := sourcetest.Files(t, "./*.go", 100)
	fields := commandFields(files)
	everywhere, within := takingFields(files)
	for _, name := range []string{"invalid", "say", "cleanName", "atField", "storedNetworks"} {
		if at, ok := everywhere[name]; !ok || at != 0 {
			t.Fatalf("%s is not known to take a field: %v", name, everywhere)
		}
	}
	named := 0
	check := func(path string, e ast.Expr) {
		if text, ok := sourcetest.Literal(e); ok && text != "" {
			if named++; !fields[text] {
				t.Errorf("%s: %q is no field of a command", path, text)
			}
		}
	}
	for path, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				at, ok := within[path][sourcetest.LastName(n.Fun)]
				if !ok {
					at, ok = everywhere[sourcetest.LastName(n.Fun)]
				}
				if ok && len(n.Args) > at {
					check(path, n.Args[at])
				}
			case *ast.FuncDecl:
				if at := fieldParameter(n.Type.Results); at >= 0 {
					ast.Inspect(n.Body, func(n ast.Node) bool {
						if back, ok := n.(*ast.ReturnStmt); ok && len(back.Results) > at {
							check(path, back.Results[at])
						}
						return true
					})
				}
			case *ast.CompositeLit:
				if of := sourcetest.LastName(n.Type); (of == "AtField" || of == "FieldError") && len(n.Elts) > 0 {
					check(path, n.Elts[0])
				}
			case *ast.KeyValueExpr:
				if sourcetest.LastName(n.Key) == "Field" {
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
