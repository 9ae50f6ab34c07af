package files

import (
	"strings"

	"bailiwick/access"
)

// privileges are those of a group or an API key. None is left out: it is the absence of a privilege.
func (r *organizationReader) privileges(n *node) []Privilege {
	var all []Privilege
	for _, e := range r.entries(n) {
		d := r.domain(e)
		if d == nil {
			continue
		}
		if p := r.privilege(e, d); p.Level != access.LevelNone {
			all = append(all, p)
		}
	}
	return all
}

// domain is that of an entry's key, nil and a problem where there is none.
func (r *organizationReader) domain(e entry) *access.Domain {
	d := r.catalog.Domain(access.DomainKey(e.key))
	if d == nil {
		r.fail(e.line, "there is no domain %s: use %s", quote(e.key), nearest(e.key, domainKeys(r.catalog, nil)))
	}
	return d
}

func domainKeys(c *access.Catalog, which func(*access.Domain) bool) []string {
	var keys []string
	for _, d := range c.Domains() {
		if which == nil || which(d) {
			keys = append(keys, string(d.Key))
		}
	}
	return keys
}

// privilege reads a level, or a mapping of level, can_create and edit; with until also of what stands then.
func (r *organizationReader) privilege(e entry, d *access.Domain) Privilege {
	p, editors := r.step(e.value, d, true)
	p.Line = e.line
	if editors != nil {
		p.Edit = r.editors(editors)
		if !p.Lists() {
			r.fail(editors.line, "edit lists resources for the level custom only")
		}
	}
	return p
}

// step is one level with its box and its end; outermost is where an editor list may stand.
func (r *organizationReader) step(n *node, d *access.Domain, outermost bool) (p Privilege, editors *node) {
	p = Privilege{Domain: d.Key, Line: n.line}
	if n.kind == scalar {
		p.Level = r.level(n, d)
		return p, nil
	}
	var box, then *node
	known := fields{
		"level":      func(v *node) { p.Level = r.level(v, d) },
		"can_create": func(v *node) { box = v },
		"until":      func(v *node) { p.Until = r.moment(v) },
		"then":       func(v *node) { then = v },
	}
	if outermost {
		known["edit"] = func(v *node) { editors = v }
	}
	r.mapping(n, known, "level")
	if box != nil {
		p.CanCreate = r.flag(box)
		if !d.CreateChoice(p.Level) {
			r.fail(box.line, "can_create is no decision here: it stands beside %s", boxLevels(d))
		}
	}
	if then != nil {
		next, _ := r.step(then, d, false)
		switch {
		case p.Until == nil:
			r.fail(then.line, "then says what stands after an end: say until")
		case next.Level != access.LevelNone:
			p.Then = &next
		}
	}
	return p, editors
}

// editors reads an editor list: keys, or mappings of a key and its end.
func (r *organizationReader) editors(n *node) []Ref {
	var refs []Ref
	seen := map[string]int{}
	for _, item := range r.items(n) {
		ref := Ref{Line: item.line}
		if item.kind == mapping {
			r.mapping(item, fields{
				"key":   func(v *node) { ref.Key = r.key(v) },
				"until": func(v *node) { ref.Until = r.moment(v) },
			}, "key", "until")
		} else {
			ref.Key = r.key(item)
		}
		r.once(seen, "resource", ref.Key, ref.Line)
		refs = append(refs, ref)
	}
	return refs
}

// boxLevels says where Can Create is a decision.
func boxLevels(d *access.Domain) string {
	if d.Create == access.CreateIndependent {
		return "view and custom only; edit brings it"
	}
	return "view and custom on domains where it is independent"
}

func (r *organizationReader) level(n *node, d *access.Domain) access.Level {
	text := r.text(n)
	if n.kind != scalar {
		return access.LevelNone
	}
	l, err := access.ParseLevel(text)
	if err != nil || !d.Offers(l) {
		r.fail(n.line, "%s does not offer the level %s: use %s", d.Key, quote(text), either(offered(d)))
		return access.LevelNone
	}
	return l
}

func offered(d *access.Domain) []string {
	names := []string{access.LevelNone.String()}
	for _, l := range d.Levels {
		names = append(names, l.String())
	}
	return names
}

// keyLimits refuses what no API key, or none of its template, may hold (R11).
func (r *organizationReader) keyLimits(k APIKey) {
	template := r.catalog.Template(k.Template)
	for _, p := range k.Privileges {
		d := r.catalog.Domain(p.Domain)
		if d.NoAPIKeys {
			r.fail(p.Line, "an API key can’t hold %s", p.Domain)
		} else if template.Forbids(d) {
			r.fail(p.Line, "an API key of the template %s can’t hold %s", template.Key, p.Domain)
		}
	}
}

func (r *organizationReader) resources(n *node) {
	r.o.HasResources = true
	for _, e := range r.entries(n) {
		d := r.domain(e)
		switch {
		case d == nil:
		case d.Key == access.GroupsDomain || d.Key == access.APIKeysDomain:
			r.fail(e.line, "the resources of %s have a section of their own: groups or api_keys", d.Key)
		case d.Resource == "":
			r.fail(e.line, "%s has no resources: use %s", d.Key, nearest(e.key, domainKeys(r.catalog, listable)))
		default:
			r.o.Resources = append(r.o.Resources, r.domainResources(e, d))
		}
	}
}

// listable tells of domains whose resources stand in the resources section.
func listable(d *access.Domain) bool {
	return d.Resource != "" && d.Key != access.GroupsDomain && d.Key != access.APIKeysDomain
}

func (r *organizationReader) domainResources(e entry, d *access.Domain) DomainResources {
	all := DomainResources{Domain: d.Key, Line: e.line}
	seen := r.first(string(d.Key))
	for _, item := range r.items(e.value) {
		resource := r.resource(item)
		r.once(seen, strings.ToLower(d.Resource), resource.Key, resource.Line)
		all.Resources = append(all.Resources, resource)
	}
	return all
}

func (r *organizationReader) resource(n *node) Resource {
	resource := Resource{Line: n.line}
	r.mapping(n, fields{
		"key":        func(v *node) { resource.Key = r.key(v) },
		"name":       func(v *node) { resource.Name = r.name(v) },
		"type":       func(v *node) { resource.Type = r.name(v) },
		"visibility": func(v *node) { resource.Visibility = r.choice(v, "private", "shared", "secured") },
		"owner":      func(v *node) { resource.Owner, resource.OwnerLine = r.email(v), v.line },
	}, "key", "name")
	return resource
}
