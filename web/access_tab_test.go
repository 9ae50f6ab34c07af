package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/web/webtest"
)

const readAccess = "/o/acme/resources/content/sources/web/access"

// onManyGroups has a reader who may view sources and groups, and edit none of them, and the groups g00 to g79.
func onManyGroups(t *testing.T, body func(t *testing.T, w world)) {
	t.Helper()
	var file strings.Builder
	file.WriteString(`
version: 1
organization: {key: acme, name: Acme}
resources: {content/sources: [{key: web, name: Web}]}
members:
  - {email: administrator@example.com, name: Administrator, groups: [administrators]}
  - {email: reader@example.com, name: Reader, groups: [z-readers]}
groups:
  - {key: z-readers, name: Z readers, privileges: {organization/organization: view, organization/groups: view, content/sources: view}}
`)
	for i := range 80 {
		fmt.Fprintf(&file, "  - {key: g%02d, name: G%02d, privileges: {content/sources: view}}\n", i, i)
	}
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
		w.apply(t, file.String())
		w.setPassword(t, "acme", "reader@example.com")
		body(t, w)
	})
}

// Whoever may view something but not edit it pages and filters its Access tab like everybody else.
func TestAnAccessTabIsPagedAndFilteredByWhoMayOnlyView(t *testing.T) {
	onManyGroups(t, func(t *testing.T, w world) {
		first := w.as(t, "reader@example.com").Get(readAccess)
		if first.Status != http.StatusOK || first.Find("tbody select").Length() != 0 || !strings.Contains(first.Text("main"), "View only.") {
			t.Fatalf("%d: %s", first.Status, first.Text("main"))
		}
		has := func(page *webtest.Page, name string, want bool) {
			t.Helper()
			if got := strings.Contains(page.Text("table.access"), name); got != want {
				t.Errorf("%s has %s: %t, want %t: %s", page.Address, name, got, want, page.Text("table.access"))
			}
		}
		has(first, "G00", true)
		has(first, "Z readers", false)
		second := first.Submit("Next groups", nil)
		has(second, "G00", false)
		has(second, "Z readers", true)
		has(second.Submit("Previous groups", nil), "G00", true)

		seven := second.Submit("Filter", url.Values{"q": {"g7"}}) // another search begins at its first page
		has(seven, "G70", true)
		has(seven, "Z readers", false)
		many := seven.Submit("Filter", url.Values{"q": {"g"}}).Submit("Next groups", nil)
		has(many, "G79", true)
		has(many, "Z readers", false)
		if none := many.Submit("Filter", url.Values{"q": {"nobody"}}); none.Text(".empty h2") != "No group matches “nobody”. Clear the filter to see all." {
			t.Errorf("without a match: %s", none.Text("main"))
		}
	})
}

// A filter finds one among very many grantees at once, wherever it stands.
func TestAFilterOfALongAccessTabFindsWhatStandsFarBehind(t *testing.T) {
	onManyGroups(t, func(t *testing.T, w world) {
		organization, err := w.Store.OrganizationByKey(t.Context(), "acme")
		if err != nil {
			t.Fatal(err)
		}
		groups := make([]models.Resource, 10_000)
		for i := range groups {
			groups[i] = models.Resource{Domain: "organization/groups", Key: fmt.Sprintf("h%05d", i), Name: fmt.Sprintf("h%05d", i)}
		}
		if err := w.Store.In(organization.ID).CreateResources(t.Context(), groups); err != nil {
			t.Fatal(err)
		}
		reader := w.as(t, "reader@example.com")
		for query, want := range map[string]string{"z+readers": "Z readers", "eaders+z": "Z readers", "h09999": "h09999"} {
			page := reader.Get(readAccess + "?q=" + query)
			if page.Find("table.access tbody tr").Length() == 0 || !strings.Contains(page.Text("table.access"), want) {
				t.Errorf("%s: %d, %s", query, page.Status, page.Text("main"))
			}
		}
	})
}
