package services_test

import (
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// Most tests begin with a file that was applied, or with the first administrator. They begin with copies.

// applied is a database in which organization files were applied, one after the other.
func applied(texts ...string) modelstest.Template {
	return modelstest.Template{Name: "applied\n" + strings.Join(texts, "\n"),
		Fill: func(t testing.TB, store *models.Store, clock *modelstest.Clock) {
			c := mailing(store, clock)
			for _, text := range texts {
				apply(t, c, text, services.ApplyOptions{})
			}
		}}
}

// supported is applied, with an operator's file at the end.
func supported(operator string, texts ...string) modelstest.Template {
	return modelstest.Template{Name: "supported\n" + strings.Join(texts, "\n") + operator,
		Fill: func(t testing.TB, store *models.Store, clock *modelstest.Clock) {
			applied(texts...).Fill(t, store, clock)
			applyOperator(t, mailing(store, clock), operator)
		}}
}

// founded is a database in which setUp was carried out.
var founded = modelstest.Template{Name: "founded", Fill: func(t testing.TB, store *models.Store, clock *modelstest.Clock) {
	setUp(t, mailing(store, clock))
}}

// onConsoleWith is onConsole with what a template has.
func onConsoleWith(
	t *testing.T, from modelstest.Template, body func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock),
) {
	t.Helper()
	modelstest.EachOf(t, from, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		body(t, mailless(store, clock), store, clock)
	})
}
