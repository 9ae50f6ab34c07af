package words_test

import (
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/services/files"
	"bailiwick/words"
)

// policies is a domain of somebody else's catalogue: its names have capitals of their own.
var policies = &access.Domain{Key: "security/policies", Name: "Firewall Policies", Service: "IT Security",
	Levels: []access.Level{access.LevelView, access.LevelCustom, access.LevelEdit}, Create: access.CreateIndependent, Resource: "Firewall Policy"}

func TestNamesOfACatalogueAreWrittenAsTheyAreThere(t *testing.T) {
	if got := words.Domain(policies); got != "IT Security / Firewall Policies" {
		t.Errorf("the domain reads %q", got)
	}
	if got := words.Things(policies); got.One != "Firewall Policy" || got.Many != "Firewall Policies" {
		t.Errorf("its things are %q", got)
	}
	analyses := &access.Domain{Name: "Lab", Resource: "analysis", Plural: "analyses"}
	if got := words.Things(analyses); got.Count(1) != "1 analysis" || got.Count(2) != "2 analyses" {
		t.Errorf("the catalogue’s own plural reads %q", got)
	}
	catalog := files.DefaultCatalog()
	for key, want := range map[access.DomainKey]string{"search/query-pipelines": "2 query pipelines", access.APIKeysDomain: "2 API keys",
		"content/sources": "2 sources", access.GroupsDomain: "2 groups"} {
		if got := words.Things(catalog.Domain(key)).Count(2); got != want {
			t.Errorf("the things of %s read %q, want %q", key, got, want)
		}
	}
}

func TestPrivilegesReadAsTheirLabels(t *testing.T) {
	cases := []struct {
		p        access.Privilege
		read, on string
	}{
		{access.Privilege{}, "None", "no level on IT Security / Firewall Policies"},
		{access.Privilege{Level: access.LevelView}, "View all", "View all on IT Security / Firewall Policies"},
		{access.Privilege{Level: access.LevelCustom, CanCreate: true}, "Custom, with Can create", "Custom on IT Security / Firewall Policies, with Can create"},
		{access.Privilege{Level: access.LevelEdit, CanCreate: true}, "Edit all", "Edit all on IT Security / Firewall Policies"}, // no box beside it
	}
	for _, tc := range cases {
		if got := words.Privilege(policies, tc.p); got != tc.read {
			t.Errorf("%+v reads %q, want %q", tc.p, got, tc.read)
		}
		if got := words.PrivilegeOn(policies, tc.p); got != tc.on {
			t.Errorf("%+v with its domain reads %q, want %q", tc.p, got, tc.on)
		}
	}
}

func TestAbilitiesHaveOneLabel(t *testing.T) {
	for a, want := range map[access.Ability]string{access.View: "View", access.Edit: "Edit", access.Create: "Can create",
		access.Allowed: "Allowed", access.Push: "Push", 0: "", access.View | access.Edit: ""} {
		if got := words.Ability(a); got != want {
			t.Errorf("%v is labelled %q, want %q", a, got, want)
		}
	}
	for a, want := range map[access.Ability]string{0: "nothing", access.Push: "push", access.View | access.Edit: "view and edit",
		access.View | access.Edit | access.Create: "view, edit and create"} {
		if got := words.Abilities(a); got != want {
			t.Errorf("%v reads %q, want %q", a, got, want)
		}
	}
}

func TestWhatIsNeededIsSaidInOneWay(t *testing.T) {
	catalog := files.DefaultCatalog()
	editGroups := access.Need{Domain: access.GroupsDomain, Ability: access.Edit}
	for want, got := range map[string]string{
		"Edit on Organization / Groups":                                        words.Need(catalog, editGroups),
		"View on content/streams":                                              words.Need(catalog, access.Need{Domain: "content/streams", Ability: access.View}),
		"To rename this group, you need Edit on it.":                           words.YouNeed("rename this group", access.Edit, "it"),
		"You hold nothing here, so you can’t give it.":                         words.NoMoreThan(policies, access.LevelNone),
		"You hold View all here, so you can’t give more.":                      words.NoMoreThan(policies, access.LevelView),
		"You can’t create Firewall Policies yourself, so you can’t give that.": words.NotYourself(access.Create, words.Things(policies).Many),
		"Use at most 1,000 characters; this has 1,284.":                        words.TooMany(words.Characters, 1000, 1284),
		"Use 1 character or more; this has 0.":                                 words.TooFew(words.Characters, 1, 0),
		"To revoke it, you need Edit on Organization / Groups.":                words.YouNeedOn(catalog, "revoke it", editGroups),
	} {
		if got != want {
			t.Errorf("it reads %q, want %q", got, want)
		}
	}
}

func TestWhatGoesBeyondIsNamedByItsDomains(t *testing.T) {
	catalog := files.DefaultCatalog()
	excess := func(key access.DomainKey, until time.Time) access.Excess {
		return access.Excess{Domain: key, Abilities: access.Edit, Until: until}
	}
	never := time.Time{}
	cases := []struct {
		excess []access.Excess
		want   string
	}{
		{[]access.Excess{excess("content/fields", never)}, "it goes beyond your own privileges on Content / Fields"},
		{[]access.Excess{excess("content/fields", never), excess("content/fields", never), excess("content/sources", never)},
			"it goes beyond your own privileges on Content / Fields and Content / Sources"},
		{[]access.Excess{excess("a/a", never), excess("a/b", never), excess("a/c", never), excess("a/d", never)},
			"it goes beyond your own privileges on a/a, a/b, a/c and 1 more"},
		{[]access.Excess{excess("content/fields", noon), excess("content/sources", noon.Add(-time.Hour))},
			"your own privileges on Content / Fields and Content / Sources end on 21 November 2026, 11:00 UTC"},
		{[]access.Excess{excess("content/fields", noon), excess("content/sources", never)},
			"it goes beyond your own privileges on Content / Sources"},
	}
	for _, tc := range cases {
		if got := words.Beyond(catalog, tc.excess); got != tc.want {
			t.Errorf("it reads %q, want %q", got, tc.want)
		}
	}
}
