package main

import (
	"testing"

	"github.com/firefart/nonamedreturns/analyzer"
	"golang.org/x/tools/go/analysis/analysistest"
)

func TestErrorsAreLookedAtWhereTheyAreMade(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), atOnce, "a")
}

func TestErrorsHaveNoNamesBesideDefer(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), onlyErrors(analyzer.Analyzer), "named")
}

func TestRulesOfTheHouse(t *testing.T) {
	engine, err := houseRules("..")
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Run(t, analysistest.TestData(), obeying(engine), "bailiwick/services", "bailiwick/models")
}
