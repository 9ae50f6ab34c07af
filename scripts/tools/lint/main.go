// Command lint runs the analyzers that hold what no compiler does: errors are looked at where they are made, and there is one
// way to change something. It runs at the root of the repository, as scripts/lint.sh does.
package main

import (
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"github.com/firefart/nonamedreturns/analyzer"
	"github.com/gordonklaus/ineffassign/pkg/ineffassign"
	"github.com/kisielk/errcheck/errcheck"
	"github.com/quasilyte/go-ruleguard/ruleguard"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/multichecker"
)

func main() {
	engine, err := houseRules("scripts/tools")
	if err != nil {
		fmt.Fprintln(os.Stderr, "lint:", err)
		os.Exit(2)
	}
	// What is printed, and the end of a connection: nobody could do anything about either.
	if err := errcheck.Analyzer.Flags.Set("exclude", "scripts/tools/lint/unchecked.txt"); err != nil {
		fmt.Fprintln(os.Stderr, "lint:", err)
		os.Exit(2)
	}
	multichecker.Main(atOnce, onlyErrors(analyzer.Analyzer), obeying(engine), errcheck.Analyzer, ineffassign.Analyzer)
}

// onlyErrors is nonamedreturns for results of the type error: names of others say what they are.
func onlyErrors(a *analysis.Analyzer) *analysis.Analyzer {
	return wrapped(a, func(pass *analysis.Pass) (any, error) {
		errors := *pass
		errors.Report = func(d analysis.Diagnostic) {
			if strings.Contains(d.Message, `type "error"`) {
				d.Message = "a named error is for what defer does to it alone: leave the name out, or write _"
				pass.Report(d)
			}
		}
		return a.Run(&errors)
	})
}

func wrapped(a *analysis.Analyzer, run func(*analysis.Pass) (any, error)) *analysis.Analyzer {
	w := *a
	w.Run = run
	return &w
}

// houseRules reads rules/rules.go. Its import is found from the module of the tools.
func houseRules(tools string) (*ruleguard.Engine, error) {
	root, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	if err := os.Chdir(tools); err != nil {
		return nil, err
	}
	path := filepath.Join("lint", "rules", "rules.go")
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	engine := ruleguard.NewEngine()
	engine.InferBuildContext()
	if err := engine.Load(&ruleguard.LoadContext{Fset: token.NewFileSet()}, path, file); err != nil {
		return nil, err
	}
	return engine, os.Chdir(root)
}

// obeying is the analyzer of the house's rules.
func obeying(engine *ruleguard.Engine) *analysis.Analyzer {
	return &analysis.Analyzer{Name: "rules", Doc: "the rules of rules/rules.go", Run: func(pass *analysis.Pass) (any, error) {
		for _, file := range pass.Files {
			err := engine.Run(&ruleguard.RunContext{Pkg: pass.Pkg, Types: pass.TypesInfo, Sizes: pass.TypesSizes, Fset: pass.Fset,
				Report: func(d *ruleguard.ReportData) { pass.Reportf(d.Node.Pos(), "%s", d.Message) }}, file)
			if err != nil {
				return nil, err
			}
		}
		return nil, nil
	}}
}
