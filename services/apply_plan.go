package services

import (
	"cmp"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/services/files"
)

// Plan is what applying a file does, in the order in which it is done, in words.
type Plan struct {
	Steps []Step
	Notes []string // what is left as it is although the file says otherwise or nothing, and warnings
}

// LastWhoCanSignIn is how the note ends on an administrator whom pruning keeps because nobody else could sign in.
const LastWhoCanSignIn = "the last administrator who can sign in is never removed"

// Step is one thing that a plan creates, changes or removes.
type Step struct {
	Does    string   // create, change or remove
	What    string   // "group team-leads"
	Details []string // "content/sources: none → view"
}

// The words of Step.Does.
const (
	doesCreate = "create"
	doesChange = "change"
	doesRemove = "remove"
)

// difference is a thing as it is stored and as it is to be. was nil: it is new; is nil: it goes.
type difference[T any] struct{ was, is *T }

// located is a resource with its domain.
type located struct {
	domain access.DomainKey
	files.Resource
}

// changes are the differences between what is stored and what a file wants; each list is in the order of its keys. They
// are the whole of the work: a plan is their words.
type changes struct {
	organization difference[files.Organization]
	groups       []difference[files.Group]
	apiKeys      []difference[files.APIKey]
	resources    []difference[located]
	members      []difference[files.Member]
	notes        []string
}

// planner compares what is stored with a file. It is pure.
type planner struct {
	catalog        *access.Catalog
	builtIn        map[string]bool // keys of the groups that are never removed
	administrators string          // key of the group of R8
	at             time.Time
	prune          bool
	entering       map[string]bool   // e-mails of the members who could sign in
	renamed        map[string]string // the addresses before of the members who get another, by the new one

	changes changes
	left    map[string][]string // kind of thing: those that the file omits and that stay
}

// compare finds all differences. What the file omits is left alone; with prune it is removed, except built-in groups
// and the last administrator (PRODUCT.md, Files).
func (p *planner) compare(was, file *files.Organization) changes {
	p.organization(was, file)
	differ(was.Groups, file.Groups, func(g files.Group) string { return g.Key }, p.group, func(d difference[files.Group]) {
		p.changes.groups = append(p.changes.groups, d)
	})
	differ(was.APIKeys, file.APIKeys, func(k files.APIKey) string { return k.Key }, p.apiKey, func(d difference[files.APIKey]) {
		p.changes.apiKeys = append(p.changes.apiKeys, d)
	})
	differ(locate(was), locate(file), func(r located) string { return string(r.domain) + " " + r.Key }, p.resource, func(d difference[located]) {
		p.changes.resources = append(p.changes.resources, d)
	})
	differ(was.Members, file.Members, func(m files.Member) string { return m.Email }, p.member, func(d difference[files.Member]) {
		p.changes.members = append(p.changes.members, d)
	})
	if p.prune {
		p.keepLastAdministrator(was, p.enters, LastWhoCanSignIn)
		p.keepLastAdministrator(was, p.administers, "the last administrator is never removed")
	}
	p.changes.notes = append(p.changes.notes, leftNotes(p.left)...)
	return p.changes
}

// differ pairs the two lists by key, in the order of the keys. wanted says what a pair comes to: nil where the thing
// goes, was itself where nothing changes.
func differ[T any](was, listed []T, key func(T) string, wanted func(was, listed *T) *T, found func(difference[T])) {
	pairs := map[string]*difference[T]{}
	var keys []string
	at := func(k string) *difference[T] {
		if pairs[k] == nil {
			pairs[k] = &difference[T]{}
			keys = append(keys, k)
		}
		return pairs[k]
	}
	for i := range was {
		at(key(was[i])).was = &was[i]
	}
	for i := range listed {
		at(key(listed[i])).is = &listed[i]
	}
	slices.Sort(keys)
	for _, k := range keys {
		pair := pairs[k]
		if is := wanted(pair.was, pair.is); is != pair.was {
			found(difference[T]{pair.was, is})
		}
	}
}

func locate(o *files.Organization) []located {
	var all []located
	for _, section := range o.Resources {
		for _, r := range section.Resources {
			all = append(all, located{section.Domain, r})
		}
	}
	return all
}

func (p *planner) organization(was, file *files.Organization) {
	is := *was
	is.Name = file.Name
	if file.Seats != 0 {
		is.Seats = file.Seats
	}
	if is.Name != was.Name || is.Seats != was.Seats {
		p.changes.organization = difference[files.Organization]{was, &is}
	}
}

// omitted is what becomes of a thing that the file does not list: with prune, nothing.
func omitted[T any](p *planner, was *T, kind, key string) *T {
	if p.prune {
		return nil
	}
	p.left[kind] = append(p.left[kind], key)
	return was
}

func (p *planner) group(was, listed *files.Group) *files.Group {
	if listed == nil {
		if p.builtIn[was.Key] {
			return was
		}
		return omitted(p, was, "group", was.Key)
	}
	is := *listed
	is.Privileges = asExported(p.catalog, is.Privileges, p.at)
	if was == nil {
		return &is
	}
	if !listed.HasPrivileges && (!p.prune || p.builtIn[was.Key]) {
		is.Privileges = was.Privileges
	}
	is.Description = cmp.Or(is.Description, was.Description)
	if is.Name == was.Name && is.Description == was.Description && len(privilegeDetails(p.catalog, was.Privileges, is.Privileges)) == 0 {
		return was
	}
	return &is
}

func (p *planner) apiKey(was, listed *files.APIKey) *files.APIKey {
	if listed == nil {
		return omitted(p, was, "API key", was.Key)
	}
	is := *listed
	is.Privileges = asExported(p.catalog, is.Privileges, p.at)
	if is.Status == "" && (was == nil || p.prune) {
		is.Status = statusEnabled
	}
	if was != nil && !p.prune {
		is = withFields(is, *was)
	}
	is.Privileges = p.brought(was, listed, &is)
	if was == nil {
		return &is
	}
	if len(apiKeyDetails(p.catalog, was, &is)) == 0 {
		return was
	}
	return &is
}

// withFields is the key with what the file does not say about it left as it was.
func withFields(is, was files.APIKey) files.APIKey {
	is.Description = cmp.Or(is.Description, was.Description)
	is.Template = cmp.Or(is.Template, was.Template)
	is.Status = cmp.Or(is.Status, was.Status)
	is.Expires = cmp.Or(is.Expires, was.Expires)
	if !is.HasAllow {
		is.Allow = was.Allow
	}
	if !is.HasDeny {
		is.Deny = was.Deny
	}
	if !is.HasPrivileges {
		is.Privileges = was.Privileges
	}
	return is
}

func (p *planner) resource(was, listed *located) *located {
	if listed == nil {
		return omitted(p, was, string(was.domain), was.Key)
	}
	is := *listed
	if was == nil || p.prune {
		is.Visibility = cmp.Or(is.Visibility, files.DefaultVisibility)
	}
	if was == nil {
		return &is
	}
	if !p.prune {
		is.Visibility = cmp.Or(is.Visibility, was.Visibility)
		is.Type = cmp.Or(is.Type, was.Type)
		is.Owner = cmp.Or(is.Owner, was.Owner)
	}
	if len(resourceDetails(was, &is)) == 0 {
		return was
	}
	return &is
}

// member comes after the groups: who is listed without groups stays in those that are not removed, and is no longer a
// member where none is left (R16).
func (p *planner) member(was, listed *files.Member) *files.Member {
	if listed == nil {
		return omitted(p, was, "member", was.Email)
	}
	is := *listed
	is.Was = p.renamed[is.Email]
	if was == nil {
		return &is
	}
	is.Name, is.Status = cmp.Or(is.Name, was.Name), cmp.Or(is.Status, was.Status)
	if !p.prune || !listed.HasGroups {
		is.Groups = p.staying(was.Groups, listed.Groups)
	}
	if len(is.Groups) == 0 {
		return nil
	}
	if len(memberDetails(was, &is)) == 0 {
		return was
	}
	return &is
}

// staying are the groups of both lists that are not removed.
func (p *planner) staying(lists ...[]files.Ref) []files.Ref {
	removed := map[string]bool{}
	for _, d := range p.changes.groups {
		if d.is == nil {
			removed[d.was.Key] = true
		}
	}
	groups := slices.DeleteFunc(slices.Concat(lists...), func(r files.Ref) bool { return removed[r.Key] })
	slices.SortFunc(groups, byKey)
	return slices.CompactFunc(groups, func(a, b files.Ref) bool { return a.Key == b.Key })
}

// keepLastAdministrator puts the first of the administrators who count back where nobody of them would be left (R8).
func (p *planner) keepLastAdministrator(was *files.Organization, counts func(files.Member) bool, why string) {
	first := slices.IndexFunc(was.Members, counts)
	if first < 0 || p.administratorsStay(was, counts) {
		return
	}
	kept := &was.Members[first]
	at := slices.IndexFunc(p.changes.members, func(d difference[files.Member]) bool { return d.was == kept })
	is := files.Member{Email: kept.Email, Name: kept.Name, Status: kept.Status}
	if listed := p.changes.members[at].is; listed != nil {
		is = *listed
	}
	is.Groups = p.staying(is.Groups, []files.Ref{{Key: p.administrators}})
	p.changes.members[at].is = &is
	if len(memberDetails(kept, &is)) == 0 {
		p.changes.members = slices.Delete(p.changes.members, at, at+1)
	}
	p.changes.notes = append(p.changes.notes, kept.Email+" stays in "+p.administrators+": "+why)
}

func (p *planner) administers(m files.Member) bool {
	return m.Status != memberSuspended && slices.ContainsFunc(m.Groups, func(r files.Ref) bool { return r.Key == p.administrators })
}

// enters tells of an administrator who could sign in.
func (p *planner) enters(m files.Member) bool { return p.entering[m.Email] && p.administers(m) }

// administratorsStay tells whether any of those who count is an administrator after the changes.
func (p *planner) administratorsStay(was *files.Organization, counts func(files.Member) bool) bool {
	changed := map[string]bool{}
	for _, d := range p.changes.members {
		if d.is != nil && counts(*d.is) {
			return true
		}
		if d.was != nil {
			changed[d.was.Email] = true
		}
	}
	return slices.ContainsFunc(was.Members, func(m files.Member) bool { return !changed[m.Email] && counts(m) })
}
