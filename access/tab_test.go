package access_test

import (
	"slices"
	"testing"
	"time"

	"bailiwick/access"
)

func onSources(via access.Grantee, level access.Level) access.Grant {
	return access.Grant{Via: via, Domain: sources, Level: level}
}

func TestOnlyCustomGroupsOfTheirOwnEditWhatSomebodyCreates(t *testing.T) {
	c := exampleCatalog(t)
	for name, tc := range map[string]struct {
		grants []access.Grant
		want   []access.Grantee
	}{
		"nothing":          {nil, nil},
		"View":             {[]access.Grant{onSources(group(1, "makers"), access.LevelView)}, nil},
		"Edit on all":      {[]access.Grant{onSources(group(1, "makers"), access.LevelEdit)}, nil},
		"two with Custom":  {[]access.Grant{onSources(group(1, "makers"), access.LevelCustom), onSources(group(2, "others"), access.LevelCustom)}, []access.Grantee{group(1, "makers"), group(2, "others")}},
		"what is lent":     {[]access.Grant{onSources(access.Grantee{Kind: access.TemporaryAccess, ID: 3}, access.LevelCustom)}, nil},
		"an API key’s own": {[]access.Grant{onSources(access.Grantee{Kind: access.APIKey, ID: 4}, access.LevelCustom)}, nil},
		"Custom in two steps": {[]access.Grant{
			{Via: group(1, "makers"), Domain: sources, Level: access.LevelCustom, CanCreate: true, Until: noon.Add(time.Hour)}, onSources(group(1, "makers"), access.LevelCustom),
		}, []access.Grantee{group(1, "makers")}},
	} {
		if got := access.Resolve(c, tc.grants, nil, noon).NewEditors(c.Domain(sources)); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}

// R10: who would no longer edit the resource is warned.
func TestAnAccessTabTakesEditFromWhoHasItThroughNoGroupAnyMore(t *testing.T) {
	const twitter access.ResourceID = 7
	c := exampleCatalog(t)
	custom, other, view := onSources(group(1, "makers"), access.LevelCustom), onSources(group(2, "others"), access.LevelCustom), onSources(group(3, "readers"), access.LevelView)
	listed := []access.Entry{{Grantee: 1, Domain: sources, Resource: twitter}}
	give, take := map[access.GranteeID]bool{1: true}, map[access.GranteeID]bool{1: false}
	for name, tc := range map[string]struct {
		grants   []access.Grant
		entries  []access.Entry
		resource access.ResourceID
		chosen   map[access.GranteeID]bool
		want     bool
	}{
		"nothing chosen":                {[]access.Grant{custom}, listed, twitter, nil, false},
		"taken from the only one":       {[]access.Grant{custom, other, view}, listed, twitter, take, true},
		"another keeps it":              {[]access.Grant{custom, other}, append(listed, access.Entry{Grantee: 2, Domain: sources, Resource: twitter}), twitter, take, false},
		"another gets it":               {[]access.Grant{custom, other}, listed, twitter, map[access.GranteeID]bool{1: false, 2: true}, false},
		"a group that is not theirs":    {[]access.Grant{custom}, listed, twitter, map[access.GranteeID]bool{1: false, 9: true}, true},
		"who could not edit it":         {[]access.Grant{other}, listed, twitter, nil, false},
		"who edits all":                 {[]access.Grant{custom, onSources(group(4, "editors"), access.LevelEdit)}, listed, twitter, take, false},
		"created by a Custom group":     {[]access.Grant{custom, view}, nil, 0, nil, false},
		"created, its own group denied": {[]access.Grant{custom, view}, nil, 0, take, true},
		"created with View alone":       {[]access.Grant{{Via: group(1, "makers"), Domain: sources, Level: access.LevelView, CanCreate: true}}, nil, 0, nil, true},
		"created, and given to itself":  {[]access.Grant{{Via: group(1, "makers"), Domain: sources, Level: access.LevelView, CanCreate: true}}, nil, 0, give, false},
	} {
		rights := access.Resolve(c, tc.grants, nil, noon).WithEntries(tc.entries)
		if got := rights.LosesEdit(c.Domain(sources), tc.resource, tc.chosen); got != tc.want {
			t.Errorf("%s: loses Edit is %t", name, got)
		}
	}
}
