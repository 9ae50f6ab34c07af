package access_test

import (
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/services/files"
)

func TestWhatCanBeLentHasNoListsAndOutlivesNoVisit(t *testing.T) {
	catalog := files.DefaultCatalog()
	for _, test := range []struct {
		domain  access.DomainKey
		highest []access.Level
		want    []access.Level
	}{
		{"content/sources", []access.Level{access.LevelEdit}, []access.Level{access.LevelView, access.LevelEdit}},
		{"content/sources", []access.Level{access.LevelView}, []access.Level{access.LevelView}},
		{"content/sources", []access.Level{access.LevelCustom}, nil},
		{"content/sources", nil, nil},
		{"content/source-metadata", []access.Level{access.LevelEdit}, nil}, // not offered there
		{"search/execute-queries", []access.Level{access.LevelAllowed}, []access.Level{access.LevelAllowed}},
		{"analytics/analytics-data", []access.Level{access.LevelPush}, []access.Level{access.LevelPush}},
		{"analytics/analytics-data", []access.Level{access.LevelPush, access.LevelView},
			[]access.Level{access.LevelView, access.LevelPush, access.LevelPushAndView}},
		{access.APIKeysDomain, []access.Level{access.LevelEdit}, nil},
		{access.APIKeysDomain, []access.Level{access.LevelView}, []access.Level{access.LevelView}},
		{access.TemporaryAccessDomain, []access.Level{access.LevelEdit, access.LevelView}, []access.Level{access.LevelView}},
	} {
		got := catalog.Domain(test.domain).Lendable(test.highest...)
		slices.Sort(got)
		slices.Sort(test.want)
		if !slices.Equal(got, test.want) {
			t.Errorf("of %s up to %v can be lent %v, want %v", test.domain, test.highest, got, test.want)
		}
	}
}

func TestWhatCannotBeLentCountsAsViewOrNothing(t *testing.T) {
	catalog := files.DefaultCatalog()
	lent := access.Grantee{Kind: access.TemporaryAccess, ID: 9, Key: "visit"}
	own := access.Grantee{Kind: access.Group, ID: 1, Key: "own"}
	for _, test := range []struct {
		grant, want access.Grant
	}{
		{access.Grant{Via: own, Domain: access.APIKeysDomain, Level: access.LevelEdit}, access.Grant{Via: own, Domain: access.APIKeysDomain, Level: access.LevelEdit}},
		{access.Grant{Via: lent, Domain: "content/sources", Level: access.LevelEdit}, access.Grant{Via: lent, Domain: "content/sources", Level: access.LevelEdit}},
		{access.Grant{Via: lent, Domain: "content/sources", Level: access.LevelView, CanCreate: true}, access.Grant{Via: lent, Domain: "content/sources", Level: access.LevelView}},
		{access.Grant{Via: lent, Domain: "content/sources", Level: access.LevelCustom}, access.Grant{Via: lent, Domain: "content/sources", Level: access.LevelView}},
		{access.Grant{Via: lent, Domain: access.APIKeysDomain, Level: access.LevelEdit, CanCreate: true}, access.Grant{Via: lent, Domain: access.APIKeysDomain, Level: access.LevelView}},
		{access.Grant{Via: lent, Domain: access.TemporaryAccessDomain, Level: access.LevelEdit}, access.Grant{Via: lent, Domain: access.TemporaryAccessDomain, Level: access.LevelView}},
		{access.Grant{Via: lent, Domain: "content/fields", Level: access.LevelAllowed}, access.Grant{}}, // not offered there
		{access.Grant{Via: lent, Domain: "gone/gone", Level: access.LevelView}, access.Grant{}},
	} {
		got := catalog.Lent([]access.Grant{test.grant})
		if none := test.want == (access.Grant{}); none && len(got) != 0 || !none && !slices.Equal(got, []access.Grant{test.want}) {
			t.Errorf("%+v counts as %+v, want %+v", test.grant, got, test.want)
		}
	}
}

// What counts is Edit on the group without what is lent (R20).
func TestTemporaryAccessAloneBringsNobodyIntoAGroup(t *testing.T) {
	c := exampleCatalog(t)
	visit := access.Grantee{Kind: access.TemporaryAccess, ID: 9, Key: "visit"}
	lent := holder{visit, access.PrivilegeSet{access.GroupsDomain: level(access.LevelEdit)}}
	own := holder{group(2, "own"), access.PrivilegeSet{access.GroupsDomain: custom(7)}}
	for _, test := range []struct {
		name  string
		held  []holder
		group access.ResourceID
		want  bool
	}{
		{"nothing", nil, 7, false},
		{"the access alone", []holder{lent}, 7, false},
		{"a group of one’s own", []holder{own}, 7, true},
		{"both, a group of one’s own", []holder{own, lent}, 7, true},
		{"both, another group", []holder{own, lent}, 8, false},
	} {
		r := rightsOf(c, test.held...)
		if got := r.MayBringInto(test.group); got != test.want {
			t.Errorf("%s: %t", test.name, got)
		}
	}
	if (access.Rights{}).MayBringInto(7) {
		t.Error("nobody brings somebody in")
	}
}
