package access_test

import (
	"maps"
	"slices"
	"testing"

	"bailiwick/access"
)

func TestKeyTemplateBarsWhatItForbidsAndWhatNoKeyHolds(t *testing.T) {
	c := exampleCatalog(t)
	for name, test := range map[string]struct {
		template *access.KeyTemplate
		chosen   bool
		kept     []access.DomainKey
	}{
		"none":             {nil, true, []access.DomainKey{"analytics/impersonate", "search/execute-queries"}},
		"custom":           {c.Template("custom"), true, []access.DomainKey{"search/execute-queries"}},
		"anonymous-search": {c.Template("anonymous-search"), false, []access.DomainKey{"analytics/impersonate", "search/execute-queries"}},
	} {
		set := access.PrivilegeSet{"search/execute-queries": level(access.LevelAllowed), "analytics/impersonate": level(access.LevelAllowed),
			access.APIKeysDomain: level(access.LevelView), "content/gone": level(access.LevelView)}
		if kept := slices.Sorted(maps.Keys(test.template.Within(c, set))); !slices.Equal(kept, test.kept) {
			t.Errorf("%s: keeps %v, want %v", name, kept, test.kept)
		}
		if test.template.Chosen() != test.chosen || !test.template.Forbids(c.Domain(access.APIKeysDomain)) {
			t.Errorf("%s: chosen %v, want %v; no template lets a key hold API keys", name, test.template.Chosen(), test.chosen)
		}
	}
}
