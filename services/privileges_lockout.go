package services

import (
	"slices"

	"bailiwick/access"
)

// PrivilegesLockOut is what somebody takes from themselves by saving a Privileges tab, and cannot give back.
type PrivilegesLockOut int

// What can be lost, the most first.
const (
	LocksNothing     PrivilegesLockOut = iota
	LocksFromConsole                   // View on the organization, the minimum privilege (R5)
	LocksFromGroups                    // Edit on all groups
	LocksFromGroup                     // Edit on the group that the tab is about
)

// lockOut is what the caller holds through the tab's group alone, and takes from it. A group that is being added is nobody's yet,
// and nobody comes in by an API key.
func (c *Console) lockOut(by Caller, tab *PrivilegesTab) PrivilegesLockOut {
	group := tab.grantee()
	switch {
	case tab.Kind == access.APIKey || group == 0 || len(tab.Differences) == 0:
		return LocksNothing
	case !c.gives(tab.after, ViewOrganization) && c.holdsThrough(by, ViewOrganization, group):
		return LocksFromConsole
	case !c.gives(tab.after, EditGroup) && c.holdsThrough(by, EditGroup, group):
		return LocksFromGroups
	case by.Rights.LosesEdit(c.catalog.Domain(access.GroupsDomain), tab.Holder().ID, tab.editsItself()):
		return LocksFromGroup
	}
	return LocksNothing
}

// holdsThrough tells whether the caller meets a need of a whole domain, and through these groups alone.
func (c *Console) holdsThrough(by Caller, need access.Need, groups ...access.GranteeID) bool {
	d, through := c.catalog.Domain(need.Domain), false
	for _, g := range by.Rights.Grants(need.Domain) {
		switch {
		case d.Abilities(g.Level, g.CanCreate)&need.Ability == 0:
		case g.Via.Kind != access.Group || !slices.Contains(groups, g.Via.ID):
			return false
		default:
			through = true
		}
	}
	return through
}

// editsItself says whether saving lets the tab's group edit itself, where that is chosen: by the level on groups, or in the list of Custom.
func (tab *PrivilegesTab) editsItself() map[access.GranteeID]bool {
	before, after := tab.before[access.GroupsDomain], tab.after[access.GroupsDomain]
	edits, named := tab.domain(access.GroupsDomain).Chosen.Rows[tab.Holder().Key]
	switch {
	case after.Level == access.LevelEdit:
		edits = true
	case after.Lists() && !named && before.Lists():
		return nil
	case !after.Lists():
		edits = false
	}
	return map[access.GranteeID]bool{tab.grantee(): edits}
}
