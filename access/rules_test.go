package access_test

import (
	"testing"
	"time"

	"bailiwick/access"
)

const sources = access.DomainKey("content/sources")

// The table of doc.go: what each level allows on a domain, and on a resource that is listed or not.
func TestLevelsAreAbilitySets(t *testing.T) {
	c := exampleCatalog(t)
	const listed, other = 7, 8
	cases := []struct {
		domain                       access.DomainKey
		privilege                    access.Privilege
		onDomain, onListed, unlisted access.Ability
	}{
		{sources, level(access.LevelNone), 0, 0, 0},
		{sources, withBox(level(access.LevelNone)), 0, 0, 0},
		{sources, level(access.LevelView), access.View, access.View, access.View},
		{sources, withBox(level(access.LevelView)), access.View | access.Create, access.View, access.View},
		{sources, custom(listed), access.View, access.View | access.Edit, access.View},
		{sources, withBox(custom(listed)), access.View | access.Create, access.View | access.Edit, access.View},
		{sources, level(access.LevelEdit), access.View | access.Edit | access.Create, access.View | access.Edit, access.View | access.Edit},
		{"content/fields", level(access.LevelView), access.View, access.View, access.View},
		{"content/fields", withBox(level(access.LevelView)), access.View, access.View, access.View},
		{"content/fields", level(access.LevelEdit), access.View | access.Edit | access.Create, access.View | access.Edit, access.View | access.Edit},
		{"organization/activities", level(access.LevelEdit), access.View | access.Edit, 0, 0},
		{"analytics/administrate", level(access.LevelAllowed), access.Allowed, 0, 0},
		{"analytics/analytics-data", level(access.LevelPush), access.Push, 0, 0},
		{"analytics/analytics-data", level(access.LevelPushAndView), access.Push | access.View, 0, 0},
	}
	for _, tc := range cases {
		r := rightsOf(c, holder{group(2, "g"), access.PrivilegeSet{tc.domain: tc.privilege}})
		for resource, want := range map[access.ResourceID]access.Ability{0: tc.onDomain, listed: tc.onListed, other: tc.unlisted} {
			if got := abilities(r, tc.domain, resource); got != want {
				t.Errorf("%s %v on resource %d: %v, want %v", tc.domain, tc.privilege, resource, got, want)
			}
		}
	}
}

// abilities are all that are answered with yes.
func abilities(r access.Rights, domain access.DomainKey, resource access.ResourceID) access.Ability {
	var all access.Ability
	for _, a := range everyAbility {
		if r.May(access.Need{Domain: domain, Ability: a}, resource) {
			all |= a
		}
	}
	return all
}

var everyAbility = []access.Ability{access.View, access.Edit, access.Create, access.Allowed, access.Push}

// The second table of doc.go: what two groups give together (R2, R3, R4).
func TestTheHighestOfTwoGroupsWins(t *testing.T) {
	c := exampleCatalog(t)
	const data = access.DomainKey("analytics/analytics-data")
	cases := []struct {
		name     string
		domain   access.DomainKey
		one, two access.Privilege
		level    access.Level
		editable []access.ResourceID
		create   bool
	}{
		{"custom and view", sources, custom(1), level(access.LevelView), access.LevelCustom, []access.ResourceID{1}, false},
		{"custom and custom", sources, custom(1), custom(2), access.LevelCustom, []access.ResourceID{1, 2}, false},
		{"an empty custom and view", sources, custom(), level(access.LevelView), access.LevelCustom, nil, false},
		{"custom and edit", sources, custom(1), level(access.LevelEdit), access.LevelEdit, []access.ResourceID{1, 2, 3}, true},
		{"view and edit", sources, level(access.LevelView), level(access.LevelEdit), access.LevelEdit, []access.ResourceID{1, 2, 3}, true},
		{"none and view", sources, level(access.LevelNone), level(access.LevelView), access.LevelView, nil, false},
		{"view and can create", sources, level(access.LevelView), withBox(level(access.LevelView)), access.LevelView, nil, true},
		{"custom and can create", sources, custom(3), withBox(level(access.LevelView)), access.LevelCustom, []access.ResourceID{3}, true},
		{"view and push", data, level(access.LevelView), level(access.LevelPush), access.LevelPushAndView, nil, false},
		{"push and none", data, level(access.LevelPush), level(access.LevelNone), access.LevelPush, nil, false},
		{"push and push and view", data, level(access.LevelPush), level(access.LevelPushAndView), access.LevelPushAndView, nil, false},
		{"allowed and none", "analytics/administrate", level(access.LevelAllowed), level(access.LevelNone), access.LevelAllowed, nil, false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			for _, order := range [][2]access.Privilege{{tc.one, tc.two}, {tc.two, tc.one}} {
				r := rightsOf(c,
					holder{group(2, "one"), access.PrivilegeSet{tc.domain: order[0]}},
					holder{group(3, "two"), access.PrivilegeSet{tc.domain: order[1]}})
				if got := r.Level(tc.domain); got != tc.level {
					t.Errorf("the level is %v, want %v", got, tc.level)
				}
				if got := r.CanCreate(tc.domain); got != tc.create {
					t.Errorf("can create is %v, want %v", got, tc.create)
				}
				checkEditable(t, r, tc.domain, tc.editable)
			}
		})
	}
}

// checkEditable asks for edit on the resources 1 to 3.
func checkEditable(t *testing.T, r access.Rights, domain access.DomainKey, want []access.ResourceID) {
	t.Helper()
	editable := map[access.ResourceID]bool{}
	for _, id := range want {
		editable[id] = true
	}
	for id := access.ResourceID(1); id <= 3; id++ {
		if got := r.May(access.Need{Domain: domain, Ability: access.Edit}, id); got != editable[id] {
			t.Errorf("edit on resource %d is %v, want %v", id, got, editable[id])
		}
	}
}

// R5a.
func TestQuestionsThatMakeNoSenseAreDeniedToAdministratorsToo(t *testing.T) {
	r := administrator(exampleCatalog(t))
	cases := []struct {
		name     string
		need     access.Need
		resource access.ResourceID
	}{
		{"an unknown domain", access.Need{Domain: "content/none", Ability: access.View}, 0},
		{"no domain", access.Need{Ability: access.View}, 0},
		{"no ability", access.Need{Domain: sources}, 0},
		{"two abilities at once", access.Need{Domain: sources, Ability: access.View | access.Edit}, 0},
		{"an unknown ability", access.Need{Domain: sources, Ability: 1 << 5}, 0},
		{"an ability the domain does not have", access.Need{Domain: sources, Ability: access.Allowed}, 0},
		{"creation of one resource", access.Need{Domain: sources, Ability: access.Create}, 7},
		{"creation where nothing is created", access.Need{Domain: "organization/activities", Ability: access.Create}, 0},
		{"a resource where there are none", access.Need{Domain: "organization/activities", Ability: access.View}, 7},
	}
	for _, tc := range cases {
		d := r.Decide(tc.need, tc.resource)
		if d.Allowed || len(d.Via) > 0 || r.May(tc.need, tc.resource) {
			t.Errorf("%s is allowed: %+v", tc.name, d)
		}
	}
}

// R5a: without a resource, Custom does not answer for edit.
func TestEditOfTheWholeDomainNeedsEditAll(t *testing.T) {
	c := exampleCatalog(t)
	need := access.Need{Domain: sources, Ability: access.Edit}
	if rightsOf(c, holder{group(2, "g"), access.PrivilegeSet{sources: custom(1, 2, 3)}}).May(need, 0) {
		t.Error("Custom answers for edit on the domain")
	}
	if !rightsOf(c, holder{group(2, "g"), access.PrivilegeSet{sources: level(access.LevelEdit)}}).May(need, 0) {
		t.Error("Edit all does not answer for edit on the domain")
	}
}

// R8.
func TestAdministratorsHoldTheHighestOfEverythingAndMayCreate(t *testing.T) {
	spec := exampleSpec()
	notes := domainSpec("notes", "independent", "note", "view") // the box is the only way to create
	spec.Services[1].Domains = append(spec.Services[1].Domains, notes)
	c := catalogOf(t, spec)
	r := administrator(c)
	for _, d := range c.Domains() {
		if got := r.Level(d.Key); got != d.Highest() {
			t.Errorf("%s: %v, want %v", d.Key, got, d.Highest())
		}
		if got, want := r.CanCreate(d.Key), d.Create != access.CreateNone; got != want {
			t.Errorf("%s: can create is %v, want %v", d.Key, got, want)
		}
	}
	if r.Held() != len(c.Domains()) || !r.IsAdministrator() {
		t.Errorf("%d of %d domains held, administrator %v", r.Held(), len(c.Domains()), r.IsAdministrator())
	}
	if over := r.Beyond(c, c.Max(), nil); len(over) > 0 {
		t.Errorf("today’s maxima go beyond Administrators: %v", over)
	}
}

// R12: the first instant counts, the last no longer does.
func TestGrantsCountFromTheirFirstInstantUntilBeforeTheirLast(t *testing.T) {
	c := exampleCatalog(t)
	g := access.Grant{Via: group(2, "g"), Domain: sources, Level: access.LevelView, Since: noon, Until: noon.Add(time.Minute)}
	for _, tc := range []struct {
		after   time.Duration
		allowed bool
	}{{-1, false}, {0, true}, {time.Minute - 1, true}, {time.Minute, false}, {time.Hour, false}} {
		at := noon.Add(tc.after)
		r := access.Resolve(c, []access.Grant{g}, nil, at)
		if got := r.May(access.Need{Domain: sources, Ability: access.View}, 0); got != tc.allowed || !r.At().Equal(at) {
			t.Errorf("%v after its beginning the grant counts: %v", tc.after, got)
		}
	}
}

// R17.
func TestWhatTheCatalogueNoLongerHasCountsForNothing(t *testing.T) {
	c := exampleCatalog(t)
	r := rightsOf(c, holder{group(2, "g"), access.PrivilegeSet{
		"content/gone":            level(access.LevelEdit),
		"content/fields":          custom(1),
		"organization/activities": level(access.LevelAllowed),
		sources:                   level(access.Level(99)),
	}})
	if r.Held() != 0 {
		t.Errorf("%d domains are held", r.Held())
	}
	checkEditable(t, r, "content/fields", nil)
	for _, key := range []access.DomainKey{"content/gone", "content/fields", "organization/activities", sources} {
		if len(r.Grants(key)) > 0 || abilities(r, key, 0) != 0 {
			t.Errorf("%s is granted", key)
		}
	}
}

// R11.
func TestAnAPIKeyNeverHoldsAPrivilegeOfAPIKeys(t *testing.T) {
	c := exampleCatalog(t)
	key := access.Grantee{Kind: access.APIKey, ID: 5, Key: "k"}
	set := access.PrivilegeSet{access.APIKeysDomain: withBox(custom(1)), access.GroupsDomain: level(access.LevelView)}
	r := rightsOf(c, holder{key, set})
	if abilities(r, access.APIKeysDomain, 0)|abilities(r, access.APIKeysDomain, 1) != 0 || !r.May(access.Need{Domain: access.GroupsDomain, Ability: access.View}, 0) {
		t.Error("the key holds API keys, or lost Groups")
	}
	key.Administrators = true
	if r := rightsOf(c, holder{key, access.PrivilegeSet{"": {}}}); r.Level(access.APIKeysDomain) != access.LevelNone || r.IsAdministrator() {
		t.Error("a key that holds everything holds API keys, or is an administrator")
	}
}
