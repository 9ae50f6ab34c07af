package files

import (
	"bytes"
	"errors"
	"strconv"
	"time"

	"bailiwick/access"
)

// maxSeats is more than there are people.
const maxSeats = 10_000_000_000

// Source is the text of a file. Its name stands in the problems.
type Source struct {
	Name string
	Data []byte
}

// Reading is an organization with all that is wrong with its files. Organization is nil where a file is no YAML at all; else it is
// what could be read, so that Check can find the rest of the problems.
type Reading struct {
	Organization *Organization
	Problems     Problems
}

// ReadOrganization reads an organization file and checks all that can be checked without a store. name stands in the
// problems. The error is a Problems.
func ReadOrganization(name string, data []byte, c *access.Catalog) (*Organization, error) {
	read := ReadOrganizations([]Source{{name, data}}, c)[0]
	if len(read.Problems) > 0 {
		return nil, read.Problems
	}
	return read.Organization, nil
}

// ReadOrganizations reads organization files and checks all that can be checked without a store. Files of one organization are
// read as one, whatever each of them holds of it. Organizations come in the order of their first files.
func ReadOrganizations(sources []Source, c *access.Catalog) []Reading {
	from := make(origins, len(sources))
	lines := 0
	for i, s := range sources {
		from[i] = origin{s.Name, lines}
		lines += bytes.Count(s.Data, []byte("\n")) + 1
	}
	var readers []*organizationReader
	known := map[string]*organizationReader{} // by the organization's key
	for i, s := range sources {
		root, err := parse(s.Data, from[i].before)
		if err != nil {
			r := &organizationReader{problems: problems{origins: from}}
			r.syntax(err, from[i].before)
			readers = append(readers, r)
			continue
		}
		key := organizationKey(root)
		r := known[key]
		if r == nil || key == "" {
			r = &organizationReader{problems: problems{origins: from}, catalog: c, o: &Organization{origins: from}}
			known[key] = r
			readers = append(readers, r)
		}
		r.read(root)
	}
	readings := make([]Reading, len(readers))
	for i, r := range readers {
		readings[i] = Reading{r.o, r.sorted()}
	}
	return readings
}

// organizationKey is the key in a file, "" where it can't be told.
func organizationKey(root *node) string {
	for _, e := range root.entries {
		if e.key != "organization" {
			continue
		}
		for _, e := range e.value.entries {
			if e.key == "key" && e.value.kind == scalar {
				return e.value.text
			}
		}
	}
	return ""
}

// syntax tells what ended the reading of a file, of which so many lines were read before.
func (p *problems) syntax(err error, before int) {
	line := 1
	var syntax *syntaxError
	if errors.As(err, &syntax) {
		line = syntax.line
	}
	p.fail(before+line, "%v", err)
}

type organizationReader struct {
	problems
	catalog *access.Catalog
	o       *Organization
	seen    map[string]map[string]int // lines by key, for each kind of thing
}

// read takes in what one file says.
func (r *organizationReader) read(root *node) {
	r.mapping(root, fields{
		"version":      r.version,
		"organization": r.organization,
		"groups":       r.groups,
		"members":      r.members,
		"api_keys":     r.apiKeys,
		"resources":    r.resources,
	}, "version", "organization")
}

// first is where things of a kind stood first, in this file or in one before it.
func (r *organizationReader) first(kind string) map[string]int {
	if r.seen == nil {
		r.seen = map[string]map[string]int{}
	}
	if r.seen[kind] == nil {
		r.seen[kind] = map[string]int{}
	}
	return r.seen[kind]
}

// once remembers what stood where, and calls it a problem when it comes again. What has no key is a problem already.
func (p *problems) once(seen map[string]int, what, key string, line int) {
	if key == "" {
		return
	}
	if first, twice := seen[key]; twice {
		p.fail(line, "the %s %s stands twice: first in %s", what, quote(key), p.seenFrom(line, first))
		return
	}
	seen[key] = line
}

// organization reads what every file says; the files of one organization agree.
func (r *organizationReader) organization(n *node) {
	before := *r.o
	r.o.Line = n.line
	r.mapping(n, fields{
		"key":   func(v *node) { r.o.Key = r.key(v) },
		"name":  func(v *node) { r.o.Name = r.name(v) },
		"seats": func(v *node) { r.o.Seats = r.seats(v) },
	}, "key", "name")
	if before.Line == 0 {
		return
	}
	if r.o.Name != before.Name {
		r.fail(n.line, "the organization is named %s here and %s in %s", quote(r.o.Name), quote(before.Name), r.seenFrom(n.line, before.Line))
	}
	if before.Seats != 0 && r.o.Seats != before.Seats {
		r.fail(n.line, "the organization has another number of seats in %s", r.seenFrom(n.line, before.Line))
	}
}

func (r *organizationReader) seats(n *node) int {
	seats, err := strconv.Atoi(r.text(n))
	if n.kind == scalar && (err != nil || seats < 1 || seats > maxSeats) {
		r.fail(n.line, "%s is not a number of seats: use 1 or more, or leave it out", quote(n.text))
		return 0
	}
	return seats
}

func (r *organizationReader) groups(n *node) {
	r.o.HasGroups = true
	seen := r.first("group")
	for _, item := range r.items(n) {
		g := r.group(item)
		r.once(seen, "group", g.Key, g.Line)
		r.o.Groups = append(r.o.Groups, g)
	}
}

func (r *organizationReader) group(n *node) Group {
	g := Group{Line: n.line}
	r.mapping(n, fields{
		"key":         func(v *node) { g.Key = r.key(v) },
		"name":        func(v *node) { g.Name = r.name(v) },
		"description": func(v *node) { g.Description = r.line(v, maxText) },
		"privileges": func(v *node) {
			g.HasPrivileges = true
			g.Privileges = r.privileges(v)
		},
	}, "key", "name")
	if administrators := r.catalog.Administrators(); g.Key == administrators.Key {
		if g.HasPrivileges {
			r.fail(g.Line, "%s hold everything and their privileges can’t be changed: leave privileges out", administrators.Name)
		}
		if g.Name != "" && g.Name != administrators.Name {
			r.fail(g.Line, "the group %s can’t be renamed: its name is %s", g.Key, quote(administrators.Name))
		}
		if g.Description != "" {
			r.fail(g.Line, "the group %s can’t be described: leave description out", g.Key)
		}
	}
	return g
}

func (r *organizationReader) members(n *node) {
	r.o.HasMembers = true
	seen := r.first("member")
	for _, item := range r.items(n) {
		m := r.member(item)
		r.once(seen, "member", m.Email, m.Line)
		r.once(r.first("former address"), "former address", m.Was, m.WasLine)
		r.o.Members = append(r.o.Members, m)
	}
}

func (r *organizationReader) member(n *node) Member {
	m := Member{Line: n.line}
	r.mapping(n, fields{
		"email":  func(v *node) { m.Email = r.email(v) },
		"name":   func(v *node) { m.Name = r.name(v) },
		"was":    func(v *node) { m.Was, m.WasLine = r.email(v), v.line },
		"status": func(v *node) { m.Status = r.choice(v, "active", "suspended") },
		"groups": func(v *node) {
			m.HasGroups = true
			m.Groups = r.refs(v, "group")
			if v.kind == list && len(v.items) == 0 {
				r.fail(v.line, "a member is in one group at least: name one, or leave the member out")
			}
		},
	}, "email")
	return m
}

func (r *organizationReader) email(n *node) string {
	text := r.text(n)
	if n.kind != scalar {
		return ""
	}
	email, err := CanonicalEmail(text)
	if err != nil {
		r.fail(n.line, "%s %v", quote(text), err)
		return text
	}
	return email
}

// refs is a list of keys, each once.
func (r *organizationReader) refs(n *node, what string) []Ref {
	var refs []Ref
	seen := map[string]int{}
	for _, item := range r.items(n) {
		ref := Ref{Key: r.key(item), Line: item.line}
		r.once(seen, what, ref.Key, ref.Line)
		refs = append(refs, ref)
	}
	return refs
}

func (r *organizationReader) apiKeys(n *node) {
	r.o.HasAPIKeys = true
	seen := r.first("API key")
	for _, item := range r.items(n) {
		k := r.apiKey(item)
		r.once(seen, "API key", k.Key, k.Line)
		r.o.APIKeys = append(r.o.APIKeys, k)
	}
}

func (r *organizationReader) apiKey(n *node) APIKey {
	k := APIKey{Line: n.line}
	var privileges *node // judged last: they depend on the template
	r.mapping(n, fields{
		"key":         func(v *node) { k.Key = r.key(v) },
		"name":        func(v *node) { k.Name = r.name(v) },
		"description": func(v *node) { k.Description = r.line(v, maxText) },
		"template":    func(v *node) { k.Template = r.template(v) },
		"status":      func(v *node) { k.Status = r.choice(v, "enabled", "disabled") },
		"expires":     func(v *node) { k.Expires = r.moment(v) },
		"allow":       func(v *node) { k.Allow, k.HasAllow = r.networks(v), true },
		"deny":        func(v *node) { k.Deny, k.HasDeny = r.networks(v), true },
		"privileges":  func(v *node) { privileges = v },
	}, "key", "name")
	if privileges != nil {
		k.HasPrivileges = true
		k.Privileges = r.privileges(privileges)
		r.keyLimits(k)
	}
	return k
}

func (r *organizationReader) template(n *node) string {
	var keys []string
	for _, t := range r.catalog.Templates {
		keys = append(keys, t.Key)
	}
	return r.choice(n, keys...)
}

// moment is a time of day and year. Fractions of a second are refused: stores do not keep them alike.
func (r *organizationReader) moment(n *node) *time.Time {
	at, err := time.Parse(time.RFC3339, r.text(n))
	if at = at.UTC(); n.kind == scalar && (err != nil || at.Nanosecond() != 0 || at.Year() < 1970 || at.Year() > 9999) {
		r.fail(n.line, "%s is not a time: use a form such as 2027-05-01T00:00:00Z", quote(n.text))
		return nil
	}
	return &at
}

func (r *organizationReader) networks(n *node) []string {
	var networks []string
	seen := map[string]int{}
	for _, item := range r.items(n) {
		text := r.text(item)
		if item.kind != scalar {
			continue
		}
		network, ok := CanonicalNetwork(text)
		if !ok {
			r.fail(item.line, "%s is neither an address nor a network: use a form such as 192.0.2.1, 10.0.0.0/8 or 2001:db8::/32", quote(text))
			continue
		}
		r.once(seen, "network", network, item.line)
		networks = append(networks, network)
	}
	return networks
}
