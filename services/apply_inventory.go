package services

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/files"
)

// inventory is all of an organization that a file can describe, as it is stored. What the catalogue no longer has is
// left out (R17).
type inventory struct {
	catalog      *access.Catalog
	organization models.Organization
	groups       map[string]models.Group
	apiKeys      map[string]models.APIKey
	resources    map[access.DomainKey]map[string]models.Resource // groups and API keys too
	members      map[string]models.Member                        // by e-mail
	ending       map[string]map[string]time.Time                 // memberships that a file can't say, since they end: by e-mail and key of the group
	sets         map[access.GranteeID]access.PrivilegeSet        // with editor lists
	keys         map[access.ResourceID]string
}

// takeInventory reads the whole organization, in a number of statements that depends on the catalogue alone.
func (c *Console) takeInventory(ctx context.Context, scope *models.Scope) (*inventory, error) {
	inv := &inventory{
		catalog: c.catalog, groups: map[string]models.Group{}, apiKeys: map[string]models.APIKey{}, members: map[string]models.Member{},
		resources: map[access.DomainKey]map[string]models.Resource{}, keys: map[access.ResourceID]string{},
		ending: map[string]map[string]time.Time{},
	}
	var err error
	if inv.organization, err = scope.Organization(ctx); err != nil {
		return nil, fmt.Errorf("read the organization: %w", err)
	}
	if err := inv.readGrantees(ctx, scope); err != nil {
		return nil, err
	}
	if err := inv.readResources(ctx, scope); err != nil {
		return nil, err
	}
	members, err := scope.AllMembers(ctx)
	if err != nil {
		return nil, fmt.Errorf("read all members: %w", err)
	}
	for _, m := range members {
		inv.ending[m.Email] = m.GroupEnds
		if len(m.GroupKeys) > 0 {
			inv.members[m.Email] = m
		}
	}
	if err := inv.readPrivileges(ctx, scope); err != nil {
		return nil, err
	}
	return inv, nil
}

func (inv *inventory) readGrantees(ctx context.Context, scope *models.Scope) error {
	groups, err := scope.AllGroups(ctx)
	if err != nil {
		return fmt.Errorf("read all groups: %w", err)
	}
	for _, g := range groups {
		inv.groups[g.Key] = g
		inv.add(g.Resource)
	}
	apiKeys, err := scope.AllAPIKeys(ctx)
	if err != nil {
		return fmt.Errorf("read all API keys: %w", err)
	}
	for _, k := range apiKeys {
		inv.apiKeys[k.Key] = k
		inv.add(k.Resource)
	}
	return nil
}

func (inv *inventory) readResources(ctx context.Context, scope *models.Scope) error {
	for _, d := range inv.catalog.Domains() {
		if !filed(d) {
			continue
		}
		resources, err := scope.AllResources(ctx, d.Key)
		if err != nil {
			return fmt.Errorf("read all resources of %s: %w", d.Key, err)
		}
		for _, r := range resources {
			inv.add(r)
		}
	}
	return nil
}

// filed tells of domains whose things stand in a file's section of resources. Groups and API keys have their own.
func filed(d *access.Domain) bool {
	return d.Resource != "" && d.Key != access.GroupsDomain && d.Key != access.APIKeysDomain
}

func (inv *inventory) add(r models.Resource) {
	if inv.resources[r.Domain] == nil {
		inv.resources[r.Domain] = map[string]models.Resource{}
	}
	inv.resources[r.Domain][r.Key] = r
	inv.keys[r.ID] = r.Key
}

// readPrivileges reads the levels of all grantees, then the editor lists domain by domain.
func (inv *inventory) readPrivileges(ctx context.Context, scope *models.Scope) error {
	var grantees []access.GranteeID
	for _, d := range []access.DomainKey{access.GroupsDomain, access.APIKeysDomain} {
		for _, r := range inv.resources[d] {
			grantees = append(grantees, access.GranteeID(r.ID))
		}
	}
	levels, err := scope.LevelsOf(ctx, grantees)
	if err != nil {
		return fmt.Errorf("read all privileges: %w", err)
	}
	custom := map[access.DomainKey][]access.GranteeID{}
	inv.sets = make(map[access.GranteeID]access.PrivilegeSet, len(levels))
	for id, set := range levels {
		inv.sets[id] = set.Clean(inv.catalog)
		for d, p := range inv.sets[id] {
			if p.Lists() {
				custom[d] = append(custom[d], id)
			}
		}
	}
	for _, k := range inv.apiKeys { // without what a key can't hold since the catalogue was changed (R11, R17)
		id := access.GranteeID(k.ID)
		inv.sets[id] = inv.catalog.Template(k.Template).Within(inv.catalog, inv.sets[id])
	}
	for d, holders := range custom {
		if err := inv.readLists(ctx, scope, d, holders); err != nil {
			return fmt.Errorf("read the editor lists of %s: %w", d, err)
		}
	}
	return nil
}

func (inv *inventory) readLists(ctx context.Context, scope *models.Scope, d access.DomainKey, holders []access.GranteeID) error {
	entries, err := scope.EntriesOf(ctx, holders, d)
	if err != nil {
		return err
	}
	for _, e := range entries {
		p, held := inv.sets[e.Grantee][d]
		if !held {
			continue
		}
		p.Editors = append(p.Editors, e.Resource)
		if !e.Until.IsZero() {
			if p.Ends == nil {
				p.Ends = map[access.ResourceID]time.Time{}
			}
			p.Ends[e.Resource] = e.Until
		}
		inv.sets[e.Grantee][d] = p
	}
	for _, id := range holders {
		slices.Sort(inv.sets[id][d].Editors)
	}
	return nil
}

// file is the inventory as a file describes it.
func (inv *inventory) file() *files.Organization {
	o := &files.Organization{
		Key: inv.organization.Key, Name: inv.organization.Name, Seats: inv.organization.Seats,
		HasGroups: true, HasMembers: true, HasAPIKeys: true, HasResources: true,
	}
	for _, key := range slices.Sorted(maps.Keys(inv.groups)) {
		o.Groups = append(o.Groups, inv.group(inv.groups[key]))
	}
	for _, email := range slices.Sorted(maps.Keys(inv.members)) {
		o.Members = append(o.Members, inv.member(inv.members[email]))
	}
	for _, key := range slices.Sorted(maps.Keys(inv.apiKeys)) {
		o.APIKeys = append(o.APIKeys, inv.apiKey(inv.apiKeys[key]))
	}
	for _, d := range slices.Sorted(maps.Keys(inv.resources)) {
		if d == access.GroupsDomain || d == access.APIKeysDomain {
			continue
		}
		section := files.DomainResources{Domain: d}
		for _, key := range slices.Sorted(maps.Keys(inv.resources[d])) {
			section.Resources = append(section.Resources, inv.resource(inv.resources[d][key]))
		}
		o.Resources = append(o.Resources, section)
	}
	return o
}

// group has no privileges where it is Administrators: they hold everything (R8).
func (inv *inventory) group(g models.Group) files.Group {
	filed := files.Group{Key: g.Key, Name: g.Name, Description: g.Description}
	if !g.Administrators {
		filed.Privileges, filed.HasPrivileges = inv.privileges(access.GranteeID(g.ID)), true
	}
	return filed
}

func (inv *inventory) privileges(id access.GranteeID) []files.Privilege {
	return filedSet(inv.sets[id], inv.keys)
}

func (inv *inventory) member(m models.Member) files.Member {
	filed := files.Member{Email: m.Email, Name: m.Name, HasGroups: true}
	if m.Suspended() { // of the others a file says nothing: it would reactivate whoever is suspended since
		filed.Status = memberSuspended
	}
	for _, key := range m.GroupKeys {
		filed.Groups = append(filed.Groups, files.Ref{Key: key})
	}
	return filed
}

// The two states of an API key as files write them.
const (
	statusEnabled  = "enabled"
	statusDisabled = "disabled"
)

func storedStatus(k models.APIKey) string {
	if k.Enabled {
		return statusEnabled
	}
	return statusDisabled
}

func (inv *inventory) apiKey(k models.APIKey) files.APIKey {
	template := k.Template
	if inv.catalog.Template(template) == nil {
		template = "" // R17
	}
	return files.APIKey{
		Key: k.Key, Name: k.Name, Description: k.Description, Template: template, Status: storedStatus(k), Expires: k.ExpiresAt,
		Allow: k.Allow, Deny: k.Deny, HasAllow: len(k.Allow) > 0, HasDeny: len(k.Deny) > 0,
		Privileges: inv.privileges(access.GranteeID(k.ID)), HasPrivileges: true,
	}
}

// resource names its owner only where the file has them among the members.
func (inv *inventory) resource(r models.Resource) files.Resource {
	filed := files.Resource{Key: r.Key, Name: r.Name, Type: r.Type, Visibility: r.Visibility}
	if _, listed := inv.members[r.OwnerEmail]; listed {
		filed.Owner = r.OwnerEmail
	}
	return filed
}

func byKey(a, b files.Ref) int { return cmp.Compare(a.Key, b.Key) }
