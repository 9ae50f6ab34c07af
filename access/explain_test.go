package access_test

import (
	"testing"
	"time"

	"bailiwick/access"
)

// told is why the first considered grant is not enough.
func told(t *testing.T, e access.Explanation) access.Considered {
	t.Helper()
	if e.Allowed || len(e.Considered) != 1 {
		t.Fatalf("%+v: want a denial with one considered grant", e)
	}
	return e.Considered[0]
}

func TestAGrantThatIsNotEnoughIsToldWhyAndWhatWouldDo(t *testing.T) {
	c := exampleCatalog(t)
	team, key := group(2, "team"), access.Grantee{Kind: access.APIKey, ID: 3, Key: "key"}
	disabled := key
	disabled.Disabled = true
	hour := time.Hour
	cases := []struct {
		name     string
		grant    access.Grant
		need     access.Need
		resource access.ResourceID
		why      access.Shortfall
		least    access.Privilege
	}{
		{"view all gives view", access.Grant{Via: team, Domain: sources, Level: access.LevelView},
			access.Need{Domain: sources, Ability: access.Edit}, web, access.OtherAbility, custom(web)},
		{"view all without a resource", access.Grant{Via: team, Domain: sources, Level: access.LevelView},
			access.Need{Domain: sources, Ability: access.Edit}, 0, access.OtherAbility, level(access.LevelEdit)},
		{"the list lacks the resource", access.Grant{Via: team, Domain: sources, Level: access.LevelCustom, CanCreate: true},
			access.Need{Domain: sources, Ability: access.Edit}, web, access.NotListed, withBox(custom(web))},
		{"custom is not all", access.Grant{Via: team, Domain: sources, Level: access.LevelCustom},
			access.Need{Domain: sources, Ability: access.Edit}, 0, access.NotOnAll, level(access.LevelEdit)},
		{"can create is not given", access.Grant{Via: team, Domain: sources, Level: access.LevelCustom},
			access.Need{Domain: sources, Ability: access.Create}, 0, access.NoBox, withBox(custom())},
		{"creation comes with edit", access.Grant{Via: team, Domain: "content/fields", Level: access.LevelView},
			access.Need{Domain: "content/fields", Ability: access.Create}, 0, access.OtherAbility, level(access.LevelEdit)},
		{"nothing is held", access.Grant{Via: team, Domain: "content/fields", Level: access.LevelEdit},
			access.Need{Domain: sources, Ability: access.View}, 0, access.NotHeld, level(access.LevelView)},
		{"push beside view", access.Grant{Via: team, Domain: "analytics/analytics-data", Level: access.LevelView},
			access.Need{Domain: "analytics/analytics-data", Ability: access.Push}, 0, access.OtherAbility, level(access.LevelPushAndView)},
		{"the catalogue lost the level", access.Grant{Via: team, Domain: "content/fields", Level: access.LevelCustom},
			access.Need{Domain: "content/fields", Ability: access.View}, 0, access.NotOffered, level(access.LevelView)},
		{"a membership that has ended", access.Grant{Via: team, Domain: sources, Level: access.LevelEdit, Until: noon},
			access.Need{Domain: sources, Ability: access.Edit}, web, access.Ended, level(access.LevelEdit)},
		{"one that ended and gave too little", access.Grant{Via: team, Domain: sources, Level: access.LevelView, Until: noon},
			access.Need{Domain: sources, Ability: access.Edit}, web, access.Ended, access.Privilege{}},
		{"one that has not begun", access.Grant{Via: team, Domain: sources, Level: access.LevelEdit, Since: noon.Add(hour)},
			access.Need{Domain: sources, Ability: access.Edit}, web, access.NotBegun, level(access.LevelEdit)},
		{"a disabled key", access.Grant{Via: disabled, Domain: sources, Level: access.LevelEdit},
			access.Need{Domain: sources, Ability: access.Edit}, web, access.Disabled, level(access.LevelEdit)},
		{"of somebody suspended", access.Grant{Via: team, Domain: sources, Level: access.LevelEdit, Suspended: true},
			access.Need{Domain: sources, Ability: access.Edit}, web, access.Suspended, level(access.LevelEdit)},
		{"what no key may hold", access.Grant{Via: key, Domain: access.APIKeysDomain, Level: access.LevelEdit},
			access.Need{Domain: access.APIKeysDomain, Ability: access.View}, 0, access.BarredToKeys, access.Privilege{}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			e := access.Explain(c, []access.Grant{tc.grant}, nil, noon, tc.need, tc.resource)
			got := told(t, e)
			if got.Why != tc.why || e.Fault != "" {
				t.Errorf("told %q %q, want %q", got.Why, e.Fault, tc.why)
			}
			if would, want := (access.PrivilegeSet{tc.need.Domain: got.Least}), (access.PrivilegeSet{tc.need.Domain: tc.least}); !would.Equal(want, c) {
				t.Errorf("%+v would do, want %+v", got.Least, tc.least)
			}
		})
	}
}

func TestAQuestionWithoutAnAnswerIsDeniedToAdministratorsToo(t *testing.T) {
	c := exampleCatalog(t)
	all := []access.Grant{{Via: administrators()}}
	cases := map[access.Fault]struct {
		need     access.Need
		resource access.ResourceID
		why      access.Shortfall
	}{
		access.UnknownDomain:  {access.Need{Domain: "content/secrets", Ability: access.View}, 0, access.NotHeld},
		access.UnknownAbility: {access.Need{Domain: sources, Ability: access.View | access.Edit}, 0, access.Unanswerable},
		access.NoResources:    {access.Need{Domain: "analytics/dimensions", Ability: access.View}, web, access.Unanswerable},
		access.CreateOfOne:    {access.Need{Domain: sources, Ability: access.Create}, web, access.Unanswerable},
		access.NeverGiven:     {access.Need{Domain: sources, Ability: access.Push}, 0, access.Unanswerable},
	}
	for fault, tc := range cases {
		e := access.Explain(c, all, nil, noon, tc.need, tc.resource)
		got := told(t, e)
		if e.Fault != fault || got.Why != tc.why || got.Least.Level != access.LevelNone || e.Least.Level != access.LevelNone {
			t.Errorf("%+v: told %q, %+v, want %q and nothing that would do", tc.need, e.Fault, got, fault)
		}
	}
}

// Atlassian and marketing administrators: what the example says of the Web source is told grant by grant.
func TestTheGroupThatDoesNotListTheWebSourceIsConsidered(t *testing.T) {
	c := exampleCatalog(t)
	atlassian, rows := grants(group(2, "atlassian-administrators"), contentTeam(confluence, jira))
	marketing, more := grants(group(3, "marketing-coordinators"), contentTeam(youTube, web))
	edit := access.Need{Domain: sources, Ability: access.Edit}
	both := access.Explain(c, append(atlassian, marketing...), append(rows, more...), noon, edit, web)
	checkVia(t, both.Decision, "marketing-coordinators")
	if len(both.Considered) != 1 || both.Considered[0].Grant.Via.Key != "atlassian-administrators" || both.Considered[0].Why != access.NotListed {
		t.Errorf("considered %+v, want the group that does not list it", both.Considered)
	}
	if both.Remains != access.LevelCustom {
		t.Errorf("%v remains, want custom", both.Remains)
	}
}

// An expired membership of a group that lists the resource says that it would do again.
func TestAnEndedCustomGrantWouldDoWithItsList(t *testing.T) {
	c := exampleCatalog(t)
	all, rows := grants(group(2, "team"), access.PrivilegeSet{sources: custom(web)})
	all[0].Until = noon
	edit := access.Need{Domain: sources, Ability: access.Edit}
	listed := told(t, access.Explain(c, all, rows, noon, edit, web))
	if listed.Why != access.Ended || listed.Least.Level != access.LevelCustom {
		t.Errorf("told %+v, want that it would do again", listed)
	}
	if other := told(t, access.Explain(c, all, rows, noon, edit, jira)); other.Least.Level != access.LevelNone {
		t.Errorf("told %+v of a source it does not list", other)
	}
}

func TestNothingIsKnownOfNobody(t *testing.T) {
	e := access.Explain(nil, nil, nil, noon, access.Need{}, 0)
	if e.Allowed || e.Fault != access.UnknownDomain || len(e.Considered) != 0 {
		t.Errorf("told %+v", e)
	}
}
