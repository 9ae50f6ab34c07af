package services_test

import (
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

func TestWhereCasesCanBeLookedUp(t *testing.T) {
	for want, categories := range map[string][]models.Category{
		"":                                nil,
		"https://cases.example.com/list":  {{Link: "cases"}, {Link: "https://cases.example.com/list"}, {Link: "https://other.example.com/"}},
		"https://cases.example.com/":      {{Pattern: "CASE-[0-9]+", Link: "https://cases.example.com/show/{match}?tab=1"}},
		"https://cases.example.com:8443/": {{Pattern: "CASE-[0-9]+", Link: "https://cases.example.com:8443/{match}"}},
	} {
		if got := services.CasePlace(categories); got.Link != want || got.Text != "" {
			t.Errorf("%+v: %+v, not %q", categories, got, want)
		}
	}
}

// The details link what the justification names, by the categories of the request as the operator's file has them today.
func TestDetailsLinkTheCaseOfAJustification(t *testing.T) {
	const rule = `pattern: "CASE-[0-9]+", hint: "the number of the case, such as CASE-1234", link: https://cases.vendor.example/`
	for as, want := range map[string]services.Case{
		rule: {Text: "CASE-1234", Link: "https://cases.vendor.example/"},
		`pattern: "CASE-[0-9]+", hint: "the case", link: "https://cases.vendor.example/{match}"`: {Text: "CASE-1234", Link: "https://cases.vendor.example/CASE-1234"},
		`pattern: "Jira.*not", hint: "what", link: "https://cases.vendor.example/?q={match}"`:    {Text: "Jira source does not", Link: "https://cases.vendor.example/?q=Jira%20source%20does%20not"},
		`pattern: "CASE-[0-9]+", hint: "the case"`:                                               {},
	} {
		operator := strings.Replace(operatorFile, rule, as, 1)
		modelstest.EachOf(t, supported(operator, modelstest.VisitedFile), func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
			v := newVisit(t, store, clock)
			if got := v.detail("auditor", v.request(time.Hour).Key).Case; got != want {
				t.Errorf("%s: the case is %+v, not %+v", as, got, want)
			}
		})
	}
}
