package handlers

import (
	"net/url"
	"strings"
	"testing"

	"bailiwick/services"
)

// What a member edits by Custom leads to the editor list that shows just that.
func TestCustomLeadsToWhatCanBeEdited(t *testing.T) {
	address := editsOf(catalog.Domain(sources))
	query, anchor, _ := strings.Cut(strings.TrimPrefix(address, "?"), "#")
	values, err := url.ParseQuery(query)
	if err != nil || anchor != "d-content-sources" {
		t.Fatalf("%s: %v", address, err)
	}
	if list := placeOfPrivileges(catalog, values).Draft.Lists[sources]; list != (services.ListQuery{Show: services.ListEdits}) {
		t.Errorf("%s opens %+v", address, list)
	}
}
