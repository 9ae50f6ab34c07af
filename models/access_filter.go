package models

import (
	"slices"
	"strings"

	"bailiwick/access"
)

// AccessFilter is which rows of an Access tab are asked for. Column to sort by: name.
type AccessFilter struct {
	Page
	Kind         access.GranteeKind // Group or APIKey; "" = both, groups first
	OnlyGrantees []access.GranteeID // not nil: only these, which are found by their names alone; empty: none at all
	Show         AccessShow         // "" = all
	ByLevel      bool               // of each kind those first that can edit, then those that can view, and then all others

	named bool // OnlyGrantees are those whose names have the words of the page
}

// AccessShow is which rows of an Access tab are shown, by what is stored for the grantees.
type AccessShow string

// What can be shown.
const (
	AccessAny    AccessShow = "access" // with a level on the domain
	AccessEdit   AccessShow = "edit"   // that can edit the resource
	AccessView   AccessShow = "view"   // that can only view it
	AccessCustom AccessShow = "custom" // with Custom on the domain

	accessNone       AccessShow = "none" // that can do neither
	accessCustomEdit AccessShow = "custom edit"
	accessCustomView AccessShow = "custom view"
)

// Levels on a domain with which a grantee can edit all of its resources, and with which it can only view them. With Custom its list decides.
var (
	editLevels = []access.Level{access.LevelEdit}
	viewLevels = []access.Level{access.LevelView, access.LevelPushAndView}
)

// shownAccess says which grantees an AccessShow is about, by what they hold on the domain.
type shownAccess struct {
	levels         []access.Level
	custom         string // condition on the entry (e) of those with Custom, who are among all that can be shown
	administrators bool   // they hold no rows
}

// Whether a list has the resource decides, or does not.
const (
	customEither   = "true"
	customListed   = "e.id IS NOT NULL"
	customUnlisted = "e.id IS NULL"
)

var shownAccesses = map[AccessShow]shownAccess{
	AccessAny:    {levels: slices.Concat(editLevels, viewLevels), custom: customEither, administrators: true},
	AccessEdit:   {levels: editLevels, custom: customListed, administrators: true},
	AccessView:   {levels: viewLevels, custom: customUnlisted},
	AccessCustom: {custom: customEither},

	accessCustomEdit: {custom: customListed},
	accessCustomView: {custom: customUnlisted},
}

// condition is that on the rows of Scope.grantees; "" for all of them.
func (a AccessShow) condition() string {
	if a == accessNone {
		return "AND NOT COALESCE(" + strings.TrimPrefix(AccessAny.condition(), "AND ") + ", false)"
	}
	shown, narrows := shownAccesses[a]
	if !narrows {
		return ""
	}
	among := "p.level = 'custom' AND " + shown.custom
	if len(shown.levels) > 0 {
		among += " OR p.level IN (" + levelList(shown.levels) + ")"
	}
	if shown.administrators {
		among += " OR g.administrators = true"
	}
	return "AND (" + among + ")"
}

// holds are the levels that those shown can have, without Administrators.
func (a AccessShow) holds() []string {
	var names []string
	if shownAccesses[a].custom != customListed { // whose lists are named by themselves
		names = append(names, access.LevelCustom.String())
	}
	for _, l := range shownAccesses[a].levels {
		names = append(names, l.String())
	}
	return names
}

// levelList are levels as a list of a statement.
func levelList(levels []access.Level) string {
	names := make([]string, len(levels))
	for i, l := range levels {
		names[i] = "'" + l.String() + "'"
	}
	return strings.Join(names, ", ")
}

// byLevel are what is shown in the order of the levels.
func (a AccessShow) byLevel() []AccessShow {
	switch a {
	case "":
		return []AccessShow{AccessEdit, AccessView, accessNone}
	case AccessAny:
		return []AccessShow{AccessEdit, AccessView}
	case AccessCustom:
		return []AccessShow{accessCustomEdit, accessCustomView}
	}
	return []AccessShow{a}
}

// domains are those of the grantees that are asked for.
func (f AccessFilter) domains() []access.DomainKey {
	switch f.Kind {
	case access.Group:
		return []access.DomainKey{access.GroupsDomain}
	case access.APIKey:
		return []access.DomainKey{access.APIKeysDomain}
	}
	return []access.DomainKey{access.GroupsDomain, access.APIKeysDomain}
}
