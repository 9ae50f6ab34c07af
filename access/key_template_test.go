package access_test

import (
	"maps"
	"slices"
	"testing"
	"time"

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

// What is stored beyond a template that brings its privileges falls back to what that brings, or to nothing (R11); so does what
// follows after an end.
func TestAKeyHoldsOfWhatIsStoredWhatItsTemplateAllows(t *testing.T) {
	c, end := exampleCatalog(t), time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)
	template := &access.KeyTemplate{Forbidden: []access.DomainKey{"search/execute-queries"}, Privileges: access.PrivilegeSet{sources: level(access.LevelView),
		"analytics/analytics-data": level(access.LevelPush)}}
	for name, test := range map[string]struct{ stored, holds access.PrivilegeSet }{
		"what it brings":   {access.PrivilegeSet{sources: level(access.LevelView)}, access.PrivilegeSet{sources: level(access.LevelView)}},
		"more":             {access.PrivilegeSet{sources: level(access.LevelEdit)}, access.PrivilegeSet{sources: level(access.LevelView)}},
		"a list":           {access.PrivilegeSet{sources: {Level: access.LevelCustom, Editors: []access.ResourceID{7}}}, access.PrivilegeSet{sources: level(access.LevelView)}},
		"another domain":   {access.PrivilegeSet{"analytics/impersonate": level(access.LevelAllowed)}, access.PrivilegeSet{}},
		"a forbidden one":  {access.PrivilegeSet{"search/execute-queries": level(access.LevelAllowed)}, access.PrivilegeSet{}},
		"more for a while": {access.PrivilegeSet{sources: {Level: access.LevelEdit, Until: end, Then: &access.Privilege{Level: access.LevelView}}}, access.PrivilegeSet{sources: level(access.LevelView)}},
		"something else":   {access.PrivilegeSet{"analytics/analytics-data": level(access.LevelView)}, access.PrivilegeSet{}},
		"nothing":          {access.PrivilegeSet{}, access.PrivilegeSet{}},
	} {
		if holds := template.Held(c, test.stored); !holds.Equal(test.holds, c) || len(holds) != len(test.holds) {
			t.Errorf("%s: holds %+v, want %+v", name, holds, test.holds)
		}
	}
	if own := (access.PrivilegeSet{sources: level(access.LevelEdit)}); !c.Template("custom").Held(c, own).Equal(own, c) {
		t.Error("a key whose privileges are chosen holds something else than that")
	}
	if l, create := template.Holds(c.Domain("search/execute-queries"), access.LevelAllowed, false); l != access.LevelNone || create {
		t.Errorf("a forbidden domain is held: %v, %v", l, create)
	}
}
