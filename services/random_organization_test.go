package services_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"bailiwick/access"
	"bailiwick/models/modelstest"
	"bailiwick/services/files"
)

// randomOrganization is an organization that a file could describe, small enough that its things meet often.
func randomOrganization(r *rand.Rand, c *access.Catalog, key string) *files.Organization {
	o := &files.Organization{
		Key: key, Name: "Organization " + key, Seats: 1 + r.IntN(30),
		HasGroups: true, HasMembers: true, HasAPIKeys: true, HasResources: true,
	}
	groups := []string{"administrators", "users", "content-managers"}
	for i := range r.IntN(5) {
		groups = append(groups, fmt.Sprintf("group-%d", i))
	}
	var apiKeys []string
	for i := range r.IntN(4) {
		apiKeys = append(apiKeys, fmt.Sprintf("key-%d", i))
	}
	things := map[access.DomainKey][]string{access.GroupsDomain: groups, access.APIKeysDomain: apiKeys}
	o.Members = randomMembers(r, groups)
	o.Resources = randomResources(r, c, o.Members, things)
	for i, group := range groups {
		if i == 0 || i < 3 && r.IntN(2) == 0 {
			continue // built in: there without being listed
		}
		o.Groups = append(o.Groups, files.Group{
			Key: group, Name: "Group " + group, Privileges: randomPrivileges(r, c, things, nil), HasPrivileges: true,
		})
	}
	for _, k := range apiKeys {
		o.APIKeys = append(o.APIKeys, randomAPIKey(r, c, k, things))
	}
	return o
}

func randomMembers(r *rand.Rand, groups []string) []files.Member {
	members := []files.Member{{Email: "first@example.com", Name: "First", HasGroups: true, Groups: []files.Ref{{Key: "administrators"}}}}
	for i := range r.IntN(6) {
		m := files.Member{Email: fmt.Sprintf("member.%d@example.com", i), HasGroups: true}
		if r.IntN(3) > 0 {
			m.Name = fmt.Sprintf("Member %d", i)
		}
		for _, at := range r.Perm(len(groups))[:1+r.IntN(3)] {
			m.Groups = append(m.Groups, files.Ref{Key: groups[at]})
		}
		members = append(members, m)
	}
	return members
}

func randomResources(r *rand.Rand, c *access.Catalog, members []files.Member, things map[access.DomainKey][]string) []files.DomainResources {
	var all []files.DomainResources
	for _, d := range c.Domains() {
		if d.Resource == "" || d.Key == access.GroupsDomain || d.Key == access.APIKeysDomain {
			continue
		}
		section := files.DomainResources{Domain: d.Key}
		for i := range r.IntN(5) {
			resource := files.Resource{
				Key: fmt.Sprintf("thing-%d", i), Name: fmt.Sprintf("Thing: %d", i), Visibility: pick(r, "private", "shared", "secured"),
			}
			if r.IntN(2) == 0 {
				resource.Type, resource.Owner = "web", members[r.IntN(len(members))].Email
			}
			section.Resources = append(section.Resources, resource)
			things[d.Key] = append(things[d.Key], resource.Key)
		}
		if len(section.Resources) > 0 {
			all = append(all, section)
		}
	}
	return all
}

func randomAPIKey(r *rand.Rand, c *access.Catalog, key string, things map[access.DomainKey][]string) files.APIKey {
	k := files.APIKey{
		Key: key, Name: "Key " + key, Template: pick(r, "", "custom", "search-pages"), Status: pick(r, "enabled", "disabled"),
		HasPrivileges: true,
	}
	template := c.Template(k.Template)
	if r.IntN(3) == 0 {
		k.Allow, k.HasAllow = []string{"10.0.0.0/8", "192.0.2.1"}, true
		k.Deny, k.HasDeny = []string{"10.9.0.0/16"}, true
	}
	if days := r.IntN(4); days > 0 { // yesterday, at this moment, or tomorrow
		at := modelstest.Start.Add(time.Duration(days-2) * 24 * time.Hour)
		k.Expires = &at
	}
	k.Privileges = randomPrivileges(r, c, things, func(d *access.Domain) bool {
		return template.Forbids(d)
	})
	if !template.Chosen() { // a part of what it brings
		k.Privileges = nil
		for _, d := range c.Domains() {
			if p, brings := template.Privileges[d.Key]; brings && r.IntN(3) > 0 {
				k.Privileges = append(k.Privileges, files.Privilege{Domain: d.Key, Level: p.Level, CanCreate: p.CanCreate})
			}
		}
	}
	return k
}

func randomPrivileges(r *rand.Rand, c *access.Catalog, things map[access.DomainKey][]string, barred func(*access.Domain) bool) []files.Privilege {
	var all []files.Privilege
	for _, d := range c.Domains() {
		often := 6 // most domains are left out; those with editor lists are what matters
		if d.Granular() {
			often = 2
		}
		if r.IntN(often) > 0 || barred != nil && barred(d) {
			continue
		}
		p := files.Privilege{Domain: d.Key, Level: d.Levels[r.IntN(len(d.Levels))]}
		p.CanCreate = d.CreateChoice(p.Level) && r.IntN(2) == 0
		for _, key := range things[d.Key] {
			if p.Level == access.LevelCustom && r.IntN(2) == 0 {
				p.Edit = append(p.Edit, files.Ref{Key: key})
			}
		}
		all = append(all, p)
	}
	return all
}

func pick(r *rand.Rand, choices ...string) string { return choices[r.IntN(len(choices))] }
