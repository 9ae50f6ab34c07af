package models_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"bailiwick/models"
)

var (
	operationName = regexp.MustCompile(`^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$`)
	// likeOne is what a literal looks like that means an operation.
	likeOne = regexp.MustCompile(`^(api-key|group|invitation|mail|member|operator|organization|resource|subscription|temporary-access)\.[a-z-]+$`)
)

func TestEveryOperationHasASubjectASeverityAndANameOfItsOwn(t *testing.T) {
	seen := map[models.Operation]bool{}
	for _, o := range models.Operations() {
		if !operationName.MatchString(string(o)) || o.Subject() == "" || o.Severity() == "" || o.Now() != o || seen[o] {
			t.Errorf("%s is about %q, %q, and now %s", o, o.Subject(), o.Severity(), o.Now())
		}
		seen[o] = true
	}
	if o := models.Operation("group.danced"); o.Now() != o || o.Subject() != "" || o.Severity() != "" {
		t.Errorf("one that nobody knows is %s, about %q", o.Now(), o.Subject())
	}
}

func TestOperationsOfEarlierVersionsAreReadByTheirNamesOfToday(t *testing.T) {
	for before, now := range map[models.Operation]models.Operation{
		"group.add-member": models.OpGroupMemberAdded, "resource.run": models.OpResourceActionRun, "group.member-expired": models.OpGroupMemberExpired,
	} {
		if before.Now() != now || before.Subject() != now.Subject() || before.Severity() != now.Severity() {
			t.Errorf("%s is read as %s, about %s", before, before.Now(), before.Subject())
		}
	}
}

// The names stand in operation.go alone.
func TestNoOperationIsWrittenOut(t *testing.T) {
	read := 0
	for _, dir := range []string{"../models", "../services", "../handlers", "../web", "../cmd/bailiwick"} {
		paths, err := filepath.Glob(dir + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "operation.go") {
				continue
			}
			read++
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					if text, _ := strconv.Unquote(literal.Value); likeOne.MatchString(text) && !strings.HasSuffix(text, ".yaml") {
						t.Errorf("%s writes %s out", path, literal.Value)
					}
				}
				return true
			})
		}
	}
	if read < 200 {
		t.Errorf("only %d files were read", read)
	}
}
