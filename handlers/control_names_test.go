package handlers

import (
	"go/ast"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bailiwick/sourcetest"
)

// A control's name stands once, beside the page struct or in views/parts: what follows is read in the source.

// controlNames are those that pages and their parts declare: controls, filters, and names that are constants.
func controlNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, pattern := range []string{"../views/*.go", "../views/parts/*.go"} {
		for _, file := range sourcetest.Files(t, pattern, 20) {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CompositeLit:
					if made := sourcetest.LastName(n.Type); made == "Control" || made == "Filter" {
						names[nameGiven(n)] = true
					}
				case *ast.ValueSpec:
					if n.Type == nil && len(n.Values) == 1 && !notControl.MatchString(n.Names[0].Name) {
						if text, ok := sourcetest.Literal(n.Values[0]); ok {
							names[text] = true
						}
					}
				}
				return true
			})
		}
	}
	delete(names, "")
	for _, known := range []string{"q", "step", "was", "expires", "undo", "confirm_leave", "support", "theme", "outcome"} {
		if !names[known] {
			t.Fatalf("%q is not among the names of controls, which are %v", known, names)
		}
	}
	return names
}

// nameGiven is the Name of a control that is declared.
func nameGiven(made *ast.CompositeLit) string {
	for _, e := range made.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok && sourcetest.LastName(pair.Key) == "Name" {
			name, _ := sourcetest.Literal(pair.Value)
			return name
		}
	}
	return ""
}

// notControl are constants of pages that are no names of controls: ids, values, and forms.
var notControl = regexp.MustCompile(`ID$|Step$|Joined$|Granted$|Shown$|^TabForm$|^[a-z]`)

// listName is how names begin that end with the key of a row or the name of a list.
var listName = regexp.MustCompile(`^(access|all|at|carry|create|edit|in|level|page|q|revision|rows|until|was)\.`)

// otherMeanings are the places where a text that is a control's name as well means something else.
var otherMeanings = map[string]string{
	// orders of lists
	"api_keys.go": "name expires", "group_members_list.go": "name", "groups.go": "name", "invitations.go": "name expires", "members.go": "name",
	"overview.go": "expires ends", "people.go": "name", "people_page.go": "name",
	"resources.go": "name type",
	// kinds and autocompletion of inputs
	"forgotten_password.go": "email password", "invitation_join_name.go": "name", "invitation_join_page.go": "name", "profile.go": "name", "setup.go": "organization name email",
	// what the record calls it, and places in its sentences
	"activity_changes.go": "allow deny domain member provider status template visibility", "activity_words.go": "action member was",
	// a tab, a part of the path, every domain, a cookie
	"form_tabs.go": "access", "privileges.go": "key", "privileges_page.go": "all", "theme.go": "theme",
}

func TestControlNamesAreSpelledInPagesAlone(t *testing.T) {
	names := controlNames(t)
	for path, file := range sourcetest.Files(t, "*.go", 80) {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.CallExpr:
				if sourcetest.LastName(n.Fun) == "Param" {
					return false // a part of the path
				}
			}
			text, ok := sourcetest.Literal(n)
			if ok && (names[text] || listName.MatchString(text)) && !slices.Contains(strings.Fields(otherMeanings[path]), text) {
				t.Errorf("%s: %q is the name of a control: say it by the name that views or views/parts give it", path, text)
			}
			return true
		})
	}
}
