package handlers

import (
	"testing"

	"bailiwick/access"
	"bailiwick/services"
)

// What has no Access tab is not promised one.
func TestAnEmptyPageSaysWhatWhoeverMayAddDoesNext(t *testing.T) {
	for domain, want := range map[access.DomainKey]string{
		sources:          "Add the first one, and choose on its Access tab who can edit it.",
		"content/fields": "Add the first one.",
	} {
		by := lead(held(domain, access.LevelEdit))
		if got := resourcesEmpty(by, query{}, services.ResourceList{Domain: catalog.Domain(domain)}, "/"); got.Text != want || got.Action == nil {
			t.Errorf("%s: %q, %+v", domain, got.Text, got.Action)
		}
	}
	reader := lead(held(sources, access.LevelView))
	if got := resourcesEmpty(reader, query{}, services.ResourceList{Domain: catalog.Domain(sources)}, "/"); got.Text != "People who may add sources find the button here." || got.Action != nil {
		t.Errorf("who may add none: %q", got.Text)
	}
}
