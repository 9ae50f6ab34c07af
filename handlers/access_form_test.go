package handlers

import (
	"maps"
	"net/url"
	"reflect"
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
)

func TestChoicesOfAnAccessTabAreReadExactly(t *testing.T) {
	for _, c := range []struct {
		name    string
		form    url.Values
		choices map[string]bool
		wrong   []string
	}{
		{"nothing", url.Values{}, nil, nil},
		{"View and Edit", url.Values{"access.group:team": {"edit"}, "access.api-key:bot": {"view"}}, map[string]bool{"group:team": true, "api-key:bot": false}, nil},
		{"no level", url.Values{"access.group:team": {"custom"}}, nil, []string{"group:team"}},
		{"a level in capitals", url.Values{"access.group:team": {"Edit"}}, nil, []string{"group:team"}},
		{"two levels", url.Values{"access.group:team": {"edit", "view"}}, nil, []string{"group:team"}},
		{"no kind", url.Values{"access.team": {"edit"}}, nil, []string{"team"}},
		{"another kind", url.Values{"access.member:team": {"edit"}}, nil, []string{"member:team"}},
		{"no key", url.Values{"access.group:No Key": {"edit"}}, nil, []string{"group:No Key"}},
		{"Keep Edit", url.Values{"access.group:team": {"view"}, "keep": {"group:team"}}, map[string]bool{"group:team": true}, nil},
		{"Keep Edit of nobody", url.Values{"keep": {"team"}}, nil, []string{"team"}},
		{"what is no choice", url.Values{"q": {"edit"}, "privilege.group:team": {"edit"}}, nil, nil},
	} {
		f := readAccess(c.form)
		if wrong := slices.Sorted(maps.Keys(f.Wrong)); !maps.Equal(f.Choices, c.choices) || !slices.Equal(wrong, c.wrong) {
			t.Errorf("%s: chosen %v, wrong %v", c.name, f.Choices, wrong)
		}
	}
}

func TestDraftOfAnAccessTab(t *testing.T) {
	group := func(key string, edit bool, seen int64) services.AccessChoice {
		return services.AccessChoice{Kind: access.Group, Key: key, Edit: edit, Revision: seen}
	}
	for _, c := range []struct {
		name string
		form url.Values
		want services.AccessDraft
	}{
		{"without revisions it was made from nothing", url.Values{"access.group:team": {"edit"}},
			services.AccessDraft{Revision: neverCurrent, Choices: []services.AccessChoice{group("team", true, neverCurrent)}}},
		{"in the order of the grantees", url.Values{"revision": {"7"}, "access.group:z": {"edit"}, "revision.group:z": {"3"}, "access.group:a": {"view"},
			"revision.group:a": {"4"}, "access.api-key:bot": {"edit"}, "revision.api-key:bot": {"5"}},
			services.AccessDraft{Revision: 7, Choices: []services.AccessChoice{
				{Kind: access.APIKey, Key: "bot", Edit: true, Revision: 5}, group("a", false, 4), group("z", true, 3)}}},
		{"with what the form was made with", url.Values{"revision": {"7"}, "access.group:a": {"longer"}, "was.access.group:a": {"edit"}, "revision.group:a": {"4"},
			"access.group:b": {"edit"}, "was.access.group:b": {"view"}, "revision.group:b": {"5"}},
			services.AccessDraft{Revision: 7, Choices: []services.AccessChoice{
				{Kind: access.Group, Key: "a", Edit: true, Longer: true, Was: new(true), Revision: 4}, {Kind: access.Group, Key: "b", Edit: true, Was: new(false), Revision: 5}}}},
		{"confirmed", url.Values{"revision": {"7"}, "confirm_lockout": {"yes"}}, services.AccessDraft{Revision: 7, Confirmed: true}},
		{"confirmed by another word", url.Values{"revision": {"7"}, "confirm_lockout": {"on"}}, services.AccessDraft{Revision: 7}},
		{"where the list stands", url.Values{"revision": {"7"}, "q": {"team"}, "was.q": {"team"}, "at": {"a:c"}},
			services.AccessDraft{Revision: 7, Page: models.Page{Query: "team", After: "c"}}},
	} {
		if got := readAccess(c.form).draft(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// An address shows a part of the list, and chooses nothing: whoever follows a link has not decided anything.
func TestAnAddressOfAnAccessTabChoosesNothing(t *testing.T) {
	f := placeOfAccess(url.Values{"q": {"team"}, "was.q": {"team"}, "page": {"b:c"}, "access.group:team": {"edit"}, "keep": {"group:team"},
		"revision": {"7"}, "revision.group:team": {"3"}, "confirm_lockout": {"yes"}})
	want := services.AccessDraft{Revision: neverCurrent, Page: models.Page{Query: "team", Before: "c"}}
	if got := f.draft(); !reflect.DeepEqual(got, want) || len(f.Wrong) > 0 {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestChoicesAreCarriedThroughOtherTabs(t *testing.T) {
	got := readAccess(url.Values{"access.group:z": {"edit"}, "access.group:a": {"view"}}).hidden()
	want := []parts.Hidden{{Name: "access.group:a", Value: "view"}, {Name: "access.group:z", Value: "edit"}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	shown := readAccess(url.Values{"access.group:z": {"edit"}, "was.access.group:z": {"edit"}}).hidden()
	if len(shown) > 0 {
		t.Errorf("what nobody chose is carried: %v", shown)
	}
}
