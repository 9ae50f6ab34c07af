package access_test

import (
	"slices"
	"strings"
	"testing"

	"bailiwick/access"
)

// Every rule of a catalogue, broken once. Paths count services and domains of exampleSpec.
func TestABrokenCatalogueSaysWhereAndWhy(t *testing.T) {
	content := func(s *access.CatalogSpec) *access.ServiceSpec { return &s.Services[1] }
	sourcesOf := func(s *access.CatalogSpec) *access.DomainSpec { return &s.Services[1].Domains[2] }
	fieldsOf := func(s *access.CatalogSpec) *access.DomainSpec { return &s.Services[1].Domains[1] }
	own := func(s *access.CatalogSpec) []access.DomainSpec { return s.Services[2].Domains }
	cases := []struct {
		name  string
		spoil func(*access.CatalogSpec)
		want  string
	}{
		{"no name", func(s *access.CatalogSpec) { s.Name = "" }, "name: a name is missing"},
		{"a service without a key", func(s *access.CatalogSpec) { content(s).Key = "" }, "services[1].key: \"\" is not a key"},
		{"a service without a name", func(s *access.CatalogSpec) { content(s).Name = "" }, "services[1].name: a name is missing"},
		{"a service without domains", func(s *access.CatalogSpec) { s.Services[3].Domains = nil }, "services[3].domains: a service has at least one domain"},
		{"a service twice", func(s *access.CatalogSpec) { s.Services = append(s.Services, *content(s)) }, "services[4].key: the service \"content\" stands twice"},
		{"a domain twice", func(s *access.CatalogSpec) { content(s).Domains = append(content(s).Domains, *fieldsOf(s)) }, "services[1].domains[3].key: the domain \"content/fields\" stands twice"},
		{"a domain key with a slash", func(s *access.CatalogSpec) { fieldsOf(s).Key = "a/b" }, "services[1].domains[1].key: \"a/b\" is not a key"},
		{"an unknown create rule", func(s *access.CatalogSpec) { fieldsOf(s).CanCreate = "sometimes" }, "services[1].domains[1].can_create: \"sometimes\" is not a rule"},
		{"an unknown level", func(s *access.CatalogSpec) { fieldsOf(s).Levels[0] = "look" }, "services[1].domains[1].levels: \"look\": each of"},
		{"none as a level", func(s *access.CatalogSpec) { fieldsOf(s).Levels[0] = "none" }, "services[1].domains[1].levels: \"none\": each of"},
		{"a level twice", func(s *access.CatalogSpec) { fieldsOf(s).Levels = []string{"view", "view", "edit"} }, "services[1].domains[1].levels: \"view\": each of"},
		{"no level", func(s *access.CatalogSpec) { s.Services[0].Domains[0].Levels = nil }, "services[0].domains[0].levels: a domain offers at least one level"},
		{"levels without a highest", func(s *access.CatalogSpec) { fieldsOf(s).Levels = []string{"view", "edit", "push"} }, "services[1].domains[1].levels: push allows what edit does not"},
		{"custom without a resource", func(s *access.CatalogSpec) { sourcesOf(s).Resource = "" }, "services[1].domains[2].levels: custom stands with view, edit and a resource"},
		{"a resource without view", func(s *access.CatalogSpec) { fieldsOf(s).Levels = []string{"edit"} }, "services[1].domains[1].resource: a domain with resources offers view"},
		{"two names of one thing", func(s *access.CatalogSpec) { sourcesOf(s).Singular = "well" }, "services[1].domains[2].singular: singular \"well\" and resource \"source\" name the same"},
		{"a plural of nothing", func(s *access.CatalogSpec) { own(s)[4].Plural = "alarms" }, "services[2].domains[4].plural: a plural stands with a resource"},
		{"actions without a resource", func(s *access.CatalogSpec) { own(s)[4].Actions = []string{"Run"} }, "services[2].domains[4].actions: actions stand with edit and a resource"},
		{"implied creation without edit", func(s *access.CatalogSpec) { s.Services[0].Domains[0].CanCreate = "implied" }, "services[0].domains[0].can_create: implied stands with edit"},
		{"independent creation without view", func(s *access.CatalogSpec) { s.Services[0].Domains[0].CanCreate = "independent" }, "services[0].domains[0].can_create: independent stands with view"},
		{"a level that says nothing", func(s *access.CatalogSpec) { delete(fieldsOf(s).Allows, "edit") }, "services[1].domains[1].allows: what the level edit allows is missing"},
		{"a sentence for another level", func(s *access.CatalogSpec) { fieldsOf(s).Allows["custom"] = "?" }, "services[1].domains[1].allows.custom: \"custom\" is not a level of the domain"},
		{"another minimum", func(s *access.CatalogSpec) { fieldsOf(s).Minimum = true }, "services[1].domains[1].minimum: the minimum privilege is organization/organization"},
		{"no minimum", func(s *access.CatalogSpec) { own(s)[0].Minimum = false }, "services: organization/organization is the minimum privilege"},
		{"an own domain missing", func(s *access.CatalogSpec) { s.Services[2].Domains = own(s)[:6] }, "services: the console’s own domain organization/single-sign-on-identity-provider is missing"},
		{"an own domain without edit", func(s *access.CatalogSpec) { own(s)[3].Levels = []string{"view"} }, "services: the console’s own domain organization/activities needs the levels view and edit"},
		{"groups without custom", func(s *access.CatalogSpec) { own(s)[2].Levels = []string{"view", "edit"} }, "services: the console’s own domain organization/groups needs a resource and the level custom"},
		{"no administrators", func(s *access.CatalogSpec) { s.BuiltIn = s.BuiltIn[1:] }, "built_in_groups: exactly one group is administrators, not 0"},
		{"administrators twice", func(s *access.CatalogSpec) { s.BuiltIn[1].Administrators, s.BuiltIn[1].Max = true, true }, "built_in_groups: exactly one group is administrators, not 2"},
		{"administrators with less", func(s *access.CatalogSpec) { s.BuiltIn[0].Max = false }, "built_in_groups[0].privileges: administrators hold everything"},
		{"a group twice", func(s *access.CatalogSpec) { s.Presets[0].Key = "users" }, "presets[0].key: \"users\" stands twice"},
		{"a group without a name", func(s *access.CatalogSpec) { s.BuiltIn[1].Name = "" }, "built_in_groups[1].name: a name is missing"},
		{"a privilege on no domain", func(s *access.CatalogSpec) { s.BuiltIn[1].Privileges["content/none"] = access.PrivilegeSpec{} }, "built_in_groups[1].privileges.content/none: there is no domain"},
		{"a level that is not offered", func(s *access.CatalogSpec) {
			s.BuiltIn[1].Privileges["content/fields"] = access.PrivilegeSpec{Level: "custom"}
		}, "built_in_groups[1].privileges.content/fields: content/fields does not offer the level \"custom\""},
		{"a box without a decision", func(s *access.CatalogSpec) {
			s.BuiltIn[1].Privileges["content/fields"] = access.PrivilegeSpec{Level: "view", CanCreate: true}
		}, "built_in_groups[1].privileges.content/fields: can_create is no decision"},
		{"an unknown privacy", func(s *access.CatalogSpec) { s.Templates[1].Privacy = "secret" }, "api_key_templates[1].privacy: \"secret\": use public or private"},
		{"a template twice", func(s *access.CatalogSpec) { s.Templates[1].Key = "anonymous-search" }, "api_key_templates[1].key: \"anonymous-search\" stands twice"},
		{"no domain forbidden", func(s *access.CatalogSpec) { s.Templates[1].Forbidden[0] = "content/none" }, "api_key_templates[1].forbidden: there is no domain"},
		{"a template that holds what it forbids", func(s *access.CatalogSpec) { s.Templates[0].Forbidden = []string{"search/execute-queries"} }, "api_key_templates[0].privileges.search/execute-queries: an API key of this template can’t hold"},
		{"a template that holds API keys", func(s *access.CatalogSpec) {
			s.Templates[0].Privileges["organization/api-keys"] = access.PrivilegeSpec{Level: "view"}
		}, "api_key_templates[0].privileges.organization/api-keys: an API key of this template can’t hold"},
	}
	for _, tc := range cases {
		spec := exampleSpec()
		tc.spoil(&spec)
		c, wrong := access.NewCatalog(spec)
		said := slices.ContainsFunc(wrong, func(e access.SpecError) bool { return strings.HasPrefix(e.Error(), tc.want) })
		if c != nil || !said {
			t.Errorf("%s: %v, want %q", tc.name, wrong, tc.want)
		}
	}
}

func TestAnEmptyCatalogueListsAllThatIsMissing(t *testing.T) {
	_, wrong := access.NewCatalog(access.CatalogSpec{})
	if len(wrong) != 9 { // its name, seven own domains, the administrators
		t.Errorf("%d errors: %v", len(wrong), wrong)
	}
}

func TestErrorsOfACatalogueComeInOneOrder(t *testing.T) {
	list := func() []access.SpecError {
		spec := exampleSpec()
		for _, key := range []string{"a/a", "b/b", "c/c", "d/d"} {
			spec.BuiltIn[1].Privileges[key] = access.PrivilegeSpec{Level: "view"}
			spec.Templates[0].Privileges[key] = access.PrivilegeSpec{Level: "view"}
			spec.Services[1].Domains[1].Allows[key] = "?"
		}
		_, wrong := access.NewCatalog(spec)
		return wrong
	}
	first := list()
	for range 20 {
		if got := list(); !slices.Equal(got, first) {
			t.Fatalf("once %v, then %v", first, got)
		}
	}
}

func TestKeysAreLowerCaseAndShort(t *testing.T) {
	for key, want := range map[string]bool{
		"jira": true, "0": true, "a.b_c-d": true, strings.Repeat("k", 64): true,
		"": false, "Jira": false, "-a": false, ".a": false, "a b": false, "a/b": false, "é": false, "a\n": false, strings.Repeat("k", 65): false,
	} {
		if got := access.ValidKey(key); got != want {
			t.Errorf("%q is a key: %v", key, got)
		}
	}
}
