package files

import (
	"fmt"
	"strings"
	"sync"

	"bailiwick/access"
)

// DefaultCatalog is the catalogue that the console brings along, read once. It panics if that file is broken, which the
// tests rule out.
var DefaultCatalog = sync.OnceValue(func() *access.Catalog {
	c, err := ReadCatalog("catalog.yaml", access.DefaultCatalog)
	if err != nil {
		panic(err)
	}
	return c
})

// ReadCatalog reads a catalogue file. name stands in the problems. The error is a Problems.
func ReadCatalog(name string, data []byte) (*access.Catalog, error) {
	r := &catalogReader{problems: problemsOf(name), lines: map[string]int{}}
	root, err := parse(data, 0)
	if err != nil {
		r.syntax(err, 0)
		return nil, r.err()
	}
	r.read(root)
	c, wrong := access.NewCatalog(r.spec)
	for _, e := range wrong {
		r.fail(r.lineOf(e.Path), "%s", e.Text)
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	return c, nil
}

// catalogReader makes a spec of the file and remembers the line of every path that a SpecError may name.
type catalogReader struct {
	problems
	spec  access.CatalogSpec
	lines map[string]int
}

// lineOf is the line of a path, or of the nearest thing around it that the file has.
func (r *catalogReader) lineOf(path string) int {
	for path != "" {
		if line, found := r.lines[path]; found {
			return line
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return 1
}

// at visits the fields of the thing at a path.
func (r *catalogReader) at(path string, n *node, f fields, required ...string) {
	r.lines[path] = n.line
	for _, e := range n.entries {
		r.lines[strings.TrimPrefix(path+"."+e.key, ".")] = e.line
	}
	r.mapping(n, f, required...)
}

// each visits the items of the list at a path.
func (r *catalogReader) each(path string, n *node, visit func(path string, item *node)) {
	for i, item := range r.items(n) {
		visit(fmt.Sprintf("%s[%d]", path, i), item)
	}
}

func (r *catalogReader) read(root *node) {
	r.at("", root, fields{
		"version":           r.version,
		"name":              func(v *node) { r.spec.Name = r.name(v) },
		"services":          func(v *node) { r.each("services", v, r.service) },
		"built_in_groups":   func(v *node) { r.each("built_in_groups", v, r.group(&r.spec.BuiltIn)) },
		"presets":           func(v *node) { r.each("presets", v, r.group(&r.spec.Presets)) },
		"api_key_templates": func(v *node) { r.each("api_key_templates", v, r.template) },
	}, "version", "name", "services", "built_in_groups")
}

func (r *catalogReader) service(path string, n *node) {
	var s access.ServiceSpec
	r.at(path, n, fields{
		"key":  func(v *node) { s.Key = r.text(v) },
		"name": func(v *node) { s.Name = r.name(v) },
		"domains": func(v *node) {
			r.each(path+".domains", v, func(path string, item *node) { s.Domains = append(s.Domains, r.domain(path, item)) })
		},
	}, "key", "name", "domains")
	r.spec.Services = append(r.spec.Services, s)
}

func (r *catalogReader) domain(path string, n *node) access.DomainSpec {
	var d access.DomainSpec
	r.at(path, n, fields{
		"key":        func(v *node) { d.Key = r.text(v) },
		"name":       func(v *node) { d.Name = r.name(v) },
		"levels":     func(v *node) { d.Levels = r.texts(v) },
		"can_create": func(v *node) { d.CanCreate = r.text(v) },
		"resource":   func(v *node) { d.Resource = r.name(v) },
		"singular":   func(v *node) { d.Singular = r.name(v) },
		"plural":     func(v *node) { d.Plural = r.name(v) },
		"actions":    func(v *node) { d.Actions = r.names(v) },
		"api_keys":   func(v *node) { d.NoAPIKeys = !r.flag(v) },
		"sensitive":  func(v *node) { d.Sensitive = r.flag(v) },
		"minimum":    func(v *node) { d.Minimum = r.flag(v) },
		"allows":     func(v *node) { d.Allows = r.allows(path+".allows", v) },
	}, "key", "name", "levels", "allows")
	return d
}

func (r *catalogReader) names(n *node) []string {
	var names []string
	for _, item := range r.items(n) {
		names = append(names, r.name(item))
	}
	return names
}

func (r *catalogReader) allows(path string, n *node) map[string]string {
	allows := map[string]string{}
	for _, e := range r.entries(n) {
		r.lines[path+"."+e.key] = e.line
		allows[e.key] = r.line(e.value, maxText)
	}
	return allows
}

// group reads a built-in group or a preset.
func (r *catalogReader) group(groups *[]access.GroupSpec) func(string, *node) {
	return func(path string, n *node) {
		var g access.GroupSpec
		r.at(path, n, fields{
			"key":            func(v *node) { g.Key = r.text(v) },
			"name":           func(v *node) { g.Name = r.name(v) },
			"administrators": func(v *node) { g.Administrators = r.flag(v) },
			"privileges": func(v *node) {
				if v.kind == scalar && v.text == "max" {
					g.Max = true
					return
				}
				g.Privileges = r.privileges(path+".privileges", v)
			},
		}, "key", "name", "privileges")
		*groups = append(*groups, g)
	}
}

func (r *catalogReader) template(path string, n *node) {
	var t access.TemplateSpec
	r.at(path, n, fields{
		"key":        func(v *node) { t.Key = r.text(v) },
		"name":       func(v *node) { t.Name = r.name(v) },
		"privacy":    func(v *node) { t.Privacy = r.text(v) },
		"forbidden":  func(v *node) { t.Forbidden = r.texts(v) },
		"privileges": func(v *node) { t.Privileges = r.privileges(path+".privileges", v) },
	}, "key", "name", "privacy")
	r.spec.Templates = append(r.spec.Templates, t)
}

func (r *catalogReader) privileges(path string, n *node) map[string]access.PrivilegeSpec {
	all := map[string]access.PrivilegeSpec{}
	for _, e := range r.entries(n) {
		r.lines[path+"."+e.key] = e.line
		var p access.PrivilegeSpec
		if e.value.kind == mapping {
			r.mapping(e.value, fields{
				"level":      func(v *node) { p.Level = r.text(v) },
				"can_create": func(v *node) { p.CanCreate = r.flag(v) },
			}, "level")
		} else {
			p.Level = r.text(e.value)
		}
		all[e.key] = p
	}
	return all
}
