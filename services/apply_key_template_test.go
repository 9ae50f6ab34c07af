package services_test

import (
	"context"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// Attack: let a file give the key of a search page, which stands in public, what its template does not bring.
func TestAFileGivesAKeyOfAFixedTemplateNothingElse(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		file := func(keys string) string {
			return "version: 1\norganization: {key: acme, name: Acme}\nmembers: [{email: chief@example.com, groups: [administrators]}]\n" +
				"api_keys:\n" + keys
		}
		refused := func(what, keys, want string) {
			t.Helper()
			if plan, err := tryApply(t, c, file(keys), services.ApplyOptions{}); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, %v", what, plan, err)
			}
		}
		apply(t, c, file("  - {key: page, name: Page, template: anonymous-search}\n  - {key: own, name: Own, template: custom, privileges: {content/fields: edit}}\n"), services.ApplyOptions{})
		if got := exported(t, c, "acme"); !strings.Contains(got, "search/execute-queries: allowed") || !strings.Contains(got, "analytics/analytics-data: push") {
			t.Errorf("a new key lacks what its template brings:\n%s", got)
		}
		const beyond = "an API key of the template anonymous-search can’t be given edit on content/fields: leave it out"
		refused("a new key", "  - {key: new, name: New, template: anonymous-search, privileges: {content/fields: edit}}\n", "5: "+beyond)
		refused("more of what it brings", "  - {key: new, name: New, template: anonymous-search, privileges: {analytics/analytics-data: push_and_view}}\n",
			"can’t be given push_and_view on analytics/analytics-data")
		refused("a key that is there, its template unsaid", "  - {key: page, name: Page, privileges: {content/fields: edit}}\n", beyond)
		refused("another template, what it holds said", "  - {key: own, name: Own, template: anonymous-search, privileges: {content/fields: edit}}\n", beyond)
		apply(t, c, file("  - {key: own, name: Own, template: anonymous-search}\n"), services.ApplyOptions{})
		if got := exported(t, c, "acme"); strings.Contains(got, "content/fields: edit") && !strings.Contains(got, "groups:") || strings.Count(got, "search/execute-queries: allowed") < 2 {
			t.Errorf("what the key holds does not follow its template:\n%s", got)
		}
		apply(t, c, file("  - {key: page, name: Page, privileges: {search/execute-queries: allowed}}\n"), services.ApplyOptions{}) // less is no more
	})
}

// What was given before it was refused stays, so that exports can be applied; the plan says how it goes.
func TestAKeyThatHoldsMoreThanItsTemplateBringsIsNamed(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		apply(t, c, "version: 1\norganization: {key: acme, name: Acme}\nmembers: [{email: chief@example.com, groups: [administrators]}]\n"+
			"api_keys: [{key: page, name: Page, template: anonymous-search}]\n", services.ApplyOptions{})
		o, err := store.OrganizationByKey(ctx, "acme")
		must(t, err)
		key, err := store.In(o.ID).Resource(ctx, access.APIKeysDomain, "page")
		must(t, err)
		before := access.PrivilegeSet{"search/execute-queries": {Level: access.LevelAllowed}, "analytics/analytics-data": {Level: access.LevelPush}}
		must(t, store.In(o.ID).ReplacePrivileges(ctx, access.GranteeID(key.ID), before, access.PrivilegeSet{"content/fields": {Level: access.LevelEdit}}, clock.Now()))
		export := exported(t, c, "acme")
		plan, err := tryApply(t, c, export, services.ApplyOptions{})
		must(t, err)
		if !plan.Empty() {
			t.Errorf("applying an export changes %s", plan)
		}
		expectLine(t, plan, "note: these API keys have more privileges than their template, from before this was refused; to remove a privilege, take it out of the file: page")
		if _, err := tryApply(t, c, strings.ReplaceAll(export, "key: acme", "key: other"), services.ApplyOptions{}); err == nil || !strings.Contains(err.Error(), "can’t be given edit on content/fields") {
			t.Errorf("elsewhere it is given anew: %v", err)
		}
		inLine := "version: 1\norganization: {key: acme, name: Acme}\napi_keys: [{key: page, name: Page, privileges: {search/execute-queries: allowed}}]\n"
		apply(t, c, inLine, services.ApplyOptions{})
		if plan, err := tryApply(t, c, exported(t, c, "acme"), services.ApplyOptions{}); err != nil || strings.Contains(plan.String(), "hold more") {
			t.Errorf("brought in line: %s, %v", plan, err)
		}
	})
}
