package services_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// writtenState is a state as the record has it, read by somebody who has nothing else.
type writtenState struct {
	Name, Member string
	Email        string // of a member whose address changes
	Status       string
	Until        *time.Time
	Privileges   map[access.DomainKey]writtenPrivilege
	Members      []struct {
		Email string
		Until *time.Time
	}
	Owned  []struct{ ID access.ResourceID }
	Owner  string
	Domain access.DomainKey // on which something ended by itself
	Ended  time.Time
}

type writtenPrivilege struct {
	Level     string
	CanCreate bool `json:"can_create"`
	Edit      []access.ResourceID
	Keys      []string
	Until     *time.Time
	Then      *writtenPrivilege
	Ends      map[access.ResourceID]time.Time
}

// after is the privilege once what ends by a moment has ended.
func (p writtenPrivilege) after(at time.Time) writtenPrivilege {
	edit, ends := p.Edit, p.Ends
	for p.Until != nil && !p.Until.After(at) {
		if p.Then == nil {
			return writtenPrivilege{}
		}
		p = *p.Then
	}
	p.Edit = slices.DeleteFunc(slices.Clone(edit), func(id access.ResourceID) bool {
		end, ends := ends[id]
		return ends && !end.After(at) || p.Level != "custom"
	})
	p.Ends = maps.Clone(ends)
	maps.DeleteFunc(p.Ends, func(id access.ResourceID, _ time.Time) bool { return !slices.Contains(p.Edit, id) })
	return p
}

// past is what one can make of the record alone: who held what, who was in which group, what was called how.
type past struct {
	names   map[access.ResourceID]string
	held    map[access.ResourceID]map[access.DomainKey]writtenPrivilege
	members map[access.ResourceID]map[string]string // by group and e-mail: until when
	owners  map[access.ResourceID]string

	suspended map[string]bool // by e-mail
}

func replay(t *testing.T, record []models.Activity) past {
	t.Helper()
	p := past{names: map[access.ResourceID]string{}, held: map[access.ResourceID]map[access.DomainKey]writtenPrivilege{},
		members: map[access.ResourceID]map[string]string{}, owners: map[access.ResourceID]string{}, suspended: map[string]bool{}}
	for _, a := range record {
		var was, is writtenState
		for text, into := range map[string]*writtenState{a.Before: &was, a.After: &is} {
			if text != "" {
				must(t, json.Unmarshal([]byte(text), into))
			}
		}
		p.apply(a, was, is)
	}
	return p
}

func (p past) apply(a models.Activity, was, is writtenState) {
	id := a.ResourceID
	_, verb, _ := strings.Cut(string(a.Operation.Now()), ".")
	switch {
	case verb == "deleted", a.SubjectKind == models.SubjectRequest && verb != "requested":
		p.forget(id)
		return
	case a.Operation == "member.suspended", a.Operation == "member.reactivated":
		if p.suspended[a.ResourceKey] = is.Status == "suspended"; is.Status == "active" {
			delete(p.suspended, a.ResourceKey)
		}
		return
	case a.Operation == "member.address-changed":
		p.move(was.Email, is.Email)
		return
	case strings.HasPrefix(verb, "address-"):
		return
	case a.Operation == "member.left":
		delete(p.suspended, was.Member)
		for _, owned := range was.Owned {
			p.owners[owned.ID] = ""
		}
		return
	case verb == "member-added", verb == "member-end-changed", a.Operation == "invitation.accepted" && is.Member != "":
		p.inGroup(id)[is.Member] = ending(is.Until)
		return
	case verb == "member-removed", verb == "member-expired":
		delete(p.inGroup(id), was.Member)
		return
	}
	if verb == "privilege-expired" {
		p.held[id][is.Domain] = p.held[id][is.Domain].after(is.Ended)
		if p.held[id][is.Domain].Level == "" {
			delete(p.held[id], is.Domain)
		}
		return
	}
	if is.Name != "" && id != 0 {
		p.names[id] = is.Name
	}
	if a.Domain == "content/sources" && (verb == "created" || verb == "updated" || verb == "duplicated") {
		p.owners[id] = is.Owner
	}
	for domain := range maps.Keys(joinMaps(was.Privileges, is.Privileges)) {
		p.change(id, domain, was.Privileges[domain], is.Privileges[domain])
	}
}

// move gives a member another address: groups, what they own and whether they are suspended stay.
func (p past) move(from, to string) {
	for _, members := range p.members {
		if until, in := members[from]; in {
			delete(members, from)
			members[to] = until
		}
	}
	for id, owner := range p.owners {
		if owner == from {
			p.owners[id] = to
		}
	}
	if p.suspended[from] {
		delete(p.suspended, from)
		p.suspended[to] = true
	}
}

func joinMaps[K comparable, V any](a, b map[K]V) map[K]V {
	all := maps.Clone(a)
	if all == nil {
		all = map[K]V{}
	}
	maps.Copy(all, b)
	return all
}

// change applies what differs: rows that neither side names stay.
func (p past) change(id access.ResourceID, d access.DomainKey, was, is writtenPrivilege) {
	if p.held[id] == nil {
		p.held[id] = map[access.DomainKey]writtenPrivilege{}
	}
	list := slices.DeleteFunc(slices.Clone(p.held[id][d].Edit), func(id access.ResourceID) bool { return slices.Contains(was.Edit, id) })
	ends := map[access.ResourceID]time.Time{}
	for _, row := range list {
		if end, has := p.held[id][d].Ends[row]; has {
			ends[row] = end
		}
	}
	maps.Copy(ends, is.Ends)
	is.Edit, is.Keys, is.Ends = slices.Concat(list, is.Edit), nil, ends
	slices.Sort(is.Edit)
	p.held[id][d] = is
	if is.Level == "" {
		delete(p.held[id], d)
	}
}

// forget ends a thing: what it held, and its rows in the lists of others.
func (p past) forget(id access.ResourceID) {
	delete(p.names, id)
	delete(p.held, id)
	delete(p.members, id)
	delete(p.owners, id)
	for _, held := range p.held {
		for d, privilege := range held {
			privilege.Edit = slices.DeleteFunc(slices.Clone(privilege.Edit), func(listed access.ResourceID) bool { return listed == id })
			held[d] = privilege
		}
	}
}

func (p past) inGroup(id access.ResourceID) map[string]string {
	if p.members[id] == nil {
		p.members[id] = map[string]string{}
	}
	return p.members[id]
}

func ending(until *time.Time) string {
	if until == nil {
		return "for good"
	}
	return until.UTC().Format(time.RFC3339)
}

// present is the same, read from the tables.
func present(t *testing.T, org *models.Scope) past {
	t.Helper()
	ctx := context.Background()
	p := replay(t, nil)
	groups, err := org.AllGroups(ctx)
	must(t, err)
	keys, err := org.AllAPIKeys(ctx)
	must(t, err)
	grantees := map[access.ResourceID]string{}
	for _, g := range groups {
		grantees[g.ID] = g.Name
		members, err := org.GroupMembers(ctx, g.Grantee().ID, models.Page{Limit: 100})
		must(t, err)
		for _, m := range members.Rows {
			p.inGroup(g.ID)[m.Email] = ending(m.ExpiresAt)
		}
	}
	for _, k := range keys {
		grantees[k.ID] = k.Name
	}
	members, err := org.AllMembers(ctx)
	must(t, err)
	for _, m := range members {
		if m.Suspended() {
			p.suspended[m.Email] = true
		}
	}
	for id, name := range grantees {
		p.names[id] = name
		set, err := org.PrivilegesOf(ctx, access.GranteeID(id))
		must(t, err)
		for d, held := range set {
			written := writtenPrivilege{Level: held.Level.String(), CanCreate: held.CanCreate, Edit: held.Editors, Ends: held.Ends}
			if !held.Until.IsZero() {
				written.Until = &held.Until
			}
			p.change(id, d, writtenPrivilege{}, written)
		}
	}
	sources, err := org.AllResources(ctx, "content/sources")
	must(t, err)
	for _, r := range sources {
		p.names[r.ID], p.owners[r.ID] = r.Name, r.OwnerEmail
	}
	return p
}

// lines are a past in a form that can be compared.
func (p past) lines() string {
	var all []string
	for id, name := range p.names {
		all = append(all, fmt.Sprintf("%d is called %s", id, name))
	}
	for id, held := range p.held {
		for d, privilege := range held {
			all = append(all, fmt.Sprintf("%d holds %s on %s %s, create %t, lists %v with %d ends", id, privilege.Level, d, ending(privilege.Until),
				privilege.CanCreate, privilege.Edit, len(privilege.Ends)))
		}
	}
	for id, members := range p.members {
		for email, until := range members {
			all = append(all, fmt.Sprintf("%s is in %d %s", email, id, until))
		}
	}
	for email := range p.suspended {
		all = append(all, email+" is suspended")
	}
	for id, owner := range p.owners {
		all = append(all, fmt.Sprintf("%d belongs to %q", id, owner))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// prunedFile leaves little of what life has made.
const prunedFile = `version: 1
organization: {key: acme, name: Acme}
groups:
  - key: editors
    name: Editors
    privileges:
      content/sources: {level: custom, edit: [web]}
members:
  - {email: administrator@example.com, groups: [administrators, editors]}
resources:
  content/sources:
    - {key: web, name: Web, owner: administrator@example.com}
`

func TestThePresentCanBeRebuiltFromTheRecordAlone(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		l := live(t, c, store, clock)
		org := store.In(l.admin.Organization.ID)
		for _, file := range []string{"", prunedFile} {
			if file != "" {
				apply(t, c, file, services.ApplyOptions{Prune: true, PruneLimit: &anyNumber})
			}
			rebuilt, stored := replay(t, l.recordOf("acme")).lines(), present(t, org).lines()
			if rebuilt != stored {
				t.Errorf("from the record follows\n%s\n\nbut there is\n%s", rebuilt, stored)
			}
			if file == "" && !strings.Contains(stored, " is suspended") {
				t.Error("nobody is suspended")
			}
			if n := strings.Count(stored, "\n"); n < 20 {
				t.Errorf("only %d lines were compared", n)
			}
		}
	})
}
