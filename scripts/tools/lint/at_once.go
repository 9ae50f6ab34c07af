package main

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// atOnce reports an error that a call gave and that the next statement does not look at. What stands between would go on with
// results that are not there. A declaration may stand between, such as that of what errors.As fills; anyone who gathers errors
// in one, as errors.Join does, looks at all of them at the end. A call that is the last statement of its block is not followed, and
// that a statement reads the error anywhere in it is enough.
var atOnce = &analysis.Analyzer{Name: "atonce", Doc: "errors are looked at right where they are made", Run: func(pass *analysis.Pass) (any, error) {
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			checkAtOnce(pass, statements(n))
			return true
		})
	}
	return nil, nil
}}

// statements are those that follow one another in a node.
func statements(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n.List
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		return n.Body
	}
	return nil
}

func checkAtOnce(pass *analysis.Pass, list []ast.Stmt) {
	for i, s := range list {
		made := madeBy(pass, s)
		next := i + 1
		for next < len(list) && declares(list[next]) {
			next++
		}
		if made == nil || next == len(list) || readIn(pass, list[next], made) {
			continue
		}
		pass.Reportf(list[next].Pos(), "look at %s first: the call in line %d may have failed", made.Name(), pass.Fset.Position(s.Pos()).Line)
	}
}

func declares(s ast.Stmt) bool {
	_, is := s.(*ast.DeclStmt)
	return is
}

// madeBy is the variable that holds the error of a call once the statement is done; nil: there is none.
func madeBy(pass *analysis.Pass, s ast.Stmt) types.Object {
	assign, is := s.(*ast.AssignStmt)
	if !is || len(assign.Rhs) != 1 || assign.Tok != token.ASSIGN && assign.Tok != token.DEFINE {
		return nil
	}
	call, is := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
	if !is || composes(pass, call) {
		return nil
	}
	for _, left := range assign.Lhs {
		name, is := left.(*ast.Ident)
		if !is || name.Name == "_" {
			continue
		}
		variable := pass.TypesInfo.ObjectOf(name)
		if variable != nil && types.Identical(variable.Type(), types.Universe.Lookup("error").Type()) && !readIn(pass, assign.Rhs[0], variable) {
			return variable
		}
	}
	return nil
}

// composes tells whether a call makes an error of words, and not by failing.
func composes(pass *analysis.Pass, call *ast.CallExpr) bool {
	f := typeutil.Callee(pass.TypesInfo, call)
	return f != nil && f.Pkg() != nil && (f.Pkg().Path() == "errors" || f.Pkg().Path() == "fmt" && f.Name() == "Errorf")
}

// readIn tells whether a node reads the variable, other than by writing to it.
func readIn(pass *analysis.Pass, n ast.Node, variable types.Object) bool {
	written := map[*ast.Ident]bool{}
	read := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				if name, is := left.(*ast.Ident); is && n.Tok == token.ASSIGN {
					written[name] = true
				}
			}
		case *ast.Ident:
			read = read || !written[n] && pass.TypesInfo.Uses[n] == variable
		}
		return !read
	})
	return read
}
