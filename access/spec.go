package access

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// CatalogSpec is a catalogue as its file describes it, before it is checked. Paths in errors name the place in the file:
// "services[0].domains[2].levels".
type CatalogSpec struct {
	Name      string
	Services  []ServiceSpec
	BuiltIn   []GroupSpec
	Presets   []GroupSpec
	Templates []TemplateSpec
}

// ServiceSpec and DomainSpec describe what can be granted.
type (
	ServiceSpec struct {
		Key, Name string
		Domains   []DomainSpec
	}
	DomainSpec struct {
		Key, Name string
		Levels    []string
		CanCreate string // none (or empty), implied, independent
		Resource  string // one of its things, as it stands inside a sentence
		Singular  string // the resource again, for who names both numbers; alone it names the resource
		Plural    string // several of them; empty: the regular plural
		Actions   []string
		NoAPIKeys bool
		Sensitive bool
		Minimum   bool
		Allows    map[string]string
	}
)

// GroupSpec is a built-in group or a preset, TemplateSpec an API key template.
type (
	GroupSpec struct {
		Key, Name      string
		Administrators bool
		Max            bool
		Privileges     map[string]PrivilegeSpec
	}
	TemplateSpec struct {
		Key, Name, Privacy string
		Forbidden          []string
		Privileges         map[string]PrivilegeSpec
	}
	PrivilegeSpec struct {
		Level     string
		CanCreate bool
	}
)

// SpecError is one thing wrong with a catalogue.
type SpecError struct {
	Path, Text string
}

func (e SpecError) Error() string { return e.Path + ": " + e.Text }

// ValidKey tells whether a key may name a service, domain, group, resource or API key: lower case letters, digits, dots,
// underscores and hyphens, beginning with a letter or digit, 64 characters at most.
func ValidKey(key string) bool { return keyPattern.MatchString(key) }

var keyPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

// NewCatalog checks a spec and makes the catalogue. All errors are listed; with any there is no catalogue.
func NewCatalog(spec CatalogSpec) (*Catalog, []SpecError) {
	b := &builder{catalog: &Catalog{Name: spec.Name, index: map[DomainKey]*Domain{}}, seen: map[string]bool{}}
	if spec.Name == "" {
		b.fail("name", "a name is missing")
	}
	for i, s := range spec.Services {
		b.service(fmt.Sprintf("services[%d]", i), s)
	}
	b.ownDomains()
	b.catalog.BuiltIn = b.groups("built_in_groups", spec.BuiltIn)
	b.catalog.Presets = b.groups("presets", spec.Presets)
	for i, t := range spec.Templates {
		b.template(fmt.Sprintf("api_key_templates[%d]", i), t)
	}
	b.oneAdministrators(spec.BuiltIn)
	if len(b.errors) > 0 {
		return nil, b.errors
	}
	return b.catalog, nil
}

type builder struct {
	catalog *Catalog
	seen    map[string]bool // keys of built-in groups and presets
	errors  []SpecError
}

func (b *builder) fail(path, format string, args ...any) {
	b.errors = append(b.errors, SpecError{path, fmt.Sprintf(format, args...)})
}

func (b *builder) named(path, key, name string) {
	if !ValidKey(key) {
		b.fail(path+".key", "%q is not a key: use a-z, 0-9, dot, underscore and hyphen, 64 at most", key)
	}
	if name == "" {
		b.fail(path+".name", "a name is missing")
	}
}

func (b *builder) service(path string, s ServiceSpec) {
	b.named(path, s.Key, s.Name)
	for _, other := range b.catalog.Services {
		if other.Key == s.Key {
			b.fail(path+".key", "the service %q stands twice", s.Key)
		}
	}
	if len(s.Domains) == 0 {
		b.fail(path+".domains", "a service has at least one domain")
	}
	service := Service{Key: s.Key, Name: s.Name}
	for i, spec := range s.Domains {
		d := b.domain(fmt.Sprintf("%s.domains[%d]", path, i), s, spec)
		service.Domains = append(service.Domains, d)
	}
	b.catalog.Services = append(b.catalog.Services, service)
}

var createRules = map[string]CreateRule{"": CreateNone, "none": CreateNone, "implied": CreateImplied, "independent": CreateIndependent}

func (b *builder) domain(path string, s ServiceSpec, spec DomainSpec) *Domain {
	b.named(path, spec.Key, spec.Name)
	create, ok := createRules[spec.CanCreate]
	if !ok {
		b.fail(path+".can_create", "%q is not a rule: use none, implied or independent", spec.CanCreate)
	}
	d := &Domain{
		Key: DomainKey(s.Key + "/" + spec.Key), Name: spec.Name, Service: s.Name, Create: create,
		Resource: cmp.Or(spec.Resource, spec.Singular), Plural: spec.Plural, Actions: spec.Actions, NoAPIKeys: spec.NoAPIKeys, Sensitive: spec.Sensitive,
		Minimum: spec.Minimum, Allows: map[Level]string{}, Position: len(b.catalog.domains),
	}
	if spec.Singular != "" && spec.Singular != d.Resource {
		b.fail(path+".singular", "singular %q and resource %q name the same: give both the same name, or leave one out", spec.Singular, d.Resource)
	}
	b.levels(path, d, spec)
	b.consistent(path, d)
	if b.catalog.index[d.Key] != nil {
		b.fail(path+".key", "the domain %q stands twice", d.Key)
	}
	b.catalog.index[d.Key] = d
	b.catalog.domains = append(b.catalog.domains, d)
	return d
}

func (b *builder) levels(path string, d *Domain, spec DomainSpec) {
	for _, name := range spec.Levels {
		l, err := ParseLevel(name)
		if err != nil || l == LevelNone || slices.Contains(d.Levels, l) {
			b.fail(path+".levels", "%q: each of view, custom, edit, allowed, push, push_and_view at most once", name)
			continue
		}
		d.Levels = append(d.Levels, l)
		d.Allows[l] = spec.Allows[name]
	}
	for _, name := range slices.Sorted(maps.Keys(spec.Allows)) {
		if l, err := ParseLevel(name); err != nil || !slices.Contains(d.Levels, l) {
			b.fail(path+".allows."+name, "%q is not a level of the domain", name)
		}
	}
	for _, l := range d.Levels {
		if d.Allows[l] == "" {
			b.fail(path+".allows", "what the level %s allows is missing", l)
		}
	}
}

// consistent refuses domains on which some rule would have no answer.
func (b *builder) consistent(path string, d *Domain) {
	if len(d.Levels) == 0 {
		b.fail(path+".levels", "a domain offers at least one level")
	}
	highest := d.Abilities(d.Highest(), true)
	for _, l := range d.Levels {
		if d.Abilities(l, true)&^highest != 0 {
			b.fail(path+".levels", "%s allows what %s does not: one level must include all others, Can Create among it", l, d.Highest())
		}
	}
	if d.Granular() && (d.Resource == "" || !d.Offers(LevelView) || !d.Offers(LevelEdit)) {
		b.fail(path+".levels", "custom stands with view, edit and a resource")
	}
	if d.Resource != "" && !d.Offers(LevelView) {
		b.fail(path+".resource", "a domain with resources offers view")
	}
	if d.Plural != "" && d.Resource == "" {
		b.fail(path+".plural", "a plural stands with a resource")
	}
	if len(d.Actions) > 0 && (d.Resource == "" || !d.Offers(LevelEdit)) {
		b.fail(path+".actions", "actions stand with edit and a resource")
	}
	if d.Create == CreateImplied && !d.Offers(LevelEdit) {
		b.fail(path+".can_create", "implied stands with edit")
	}
	if d.Create == CreateIndependent && !d.Offers(LevelView) {
		b.fail(path+".can_create", "independent stands with view")
	}
	if d.Minimum && d.Key != OrganizationDomain {
		b.fail(path+".minimum", "the minimum privilege is %s and no other (R5)", OrganizationDomain)
	}
}

func (b *builder) ownDomains() {
	for _, own := range ownDomains {
		d := b.catalog.index[own.key]
		switch {
		case d == nil:
			b.fail("services", "the console’s own domain %s is missing", own.key)
		case !d.Offers(LevelView) || !d.Offers(LevelEdit):
			b.fail("services", "the console’s own domain %s needs the levels view and edit", own.key)
		case own.resource && !d.Granular():
			b.fail("services", "the console’s own domain %s needs a resource and the level custom", own.key)
		case own.key == OrganizationDomain && !d.Minimum:
			b.fail("services", "%s is the minimum privilege: say minimum: true", own.key)
		}
	}
}

// groups reads built-in groups or presets. They stand in one menu, so no key is used twice among both.
func (b *builder) groups(path string, specs []GroupSpec) []GroupTemplate {
	var groups []GroupTemplate
	for i, s := range specs {
		at := fmt.Sprintf("%s[%d]", path, i)
		b.named(at, s.Key, s.Name)
		if b.seen[s.Key] {
			b.fail(at+".key", "%q stands twice among the built-in groups and presets", s.Key)
		}
		b.seen[s.Key] = true
		if s.Administrators && !s.Max {
			b.fail(at+".privileges", "administrators hold everything: say privileges: max")
		}
		groups = append(groups, GroupTemplate{Key: s.Key, Name: s.Name, Administrators: s.Administrators, Max: s.Max,
			Privileges: b.privileges(at+".privileges", s.Privileges)})
	}
	return groups
}

func (b *builder) template(path string, t TemplateSpec) {
	b.named(path, t.Key, t.Name)
	if t.Privacy != "public" && t.Privacy != "private" {
		b.fail(path+".privacy", "%q: use public or private", t.Privacy)
	}
	if b.catalog.Template(t.Key) != nil {
		b.fail(path+".key", "%q stands twice", t.Key)
	}
	template := KeyTemplate{Key: t.Key, Name: t.Name, Public: t.Privacy == "public", Privileges: b.privileges(path+".privileges", t.Privileges)}
	for _, key := range t.Forbidden {
		if b.catalog.Domain(DomainKey(key)) == nil {
			b.fail(path+".forbidden", "there is no domain %q", key)
		}
		template.Forbidden = append(template.Forbidden, DomainKey(key))
	}
	for _, key := range slices.Sorted(maps.Keys(template.Privileges)) {
		if d := b.catalog.Domain(key); d.NoAPIKeys || slices.Contains(template.Forbidden, key) {
			b.fail(fmt.Sprintf("%s.privileges.%s", path, key), "an API key of this template can’t hold %s", key)
		}
	}
	b.catalog.Templates = append(b.catalog.Templates, template)
}

func (b *builder) privileges(path string, specs map[string]PrivilegeSpec) PrivilegeSet {
	set := PrivilegeSet{}
	for _, key := range slices.Sorted(maps.Keys(specs)) {
		p := specs[key]
		d := b.catalog.Domain(DomainKey(key))
		if d == nil {
			b.fail(path+"."+key, "there is no domain %q", key)
			continue
		}
		l, err := ParseLevel(p.Level)
		if err != nil || !d.Offers(l) {
			b.fail(path+"."+key, "%s does not offer the level %q", key, p.Level)
			continue
		}
		if p.CanCreate && !d.CreateChoice(l) {
			b.fail(path+"."+key, "can_create is no decision beside %s on %s", l, key)
		}
		set[d.Key] = Privilege{Level: l, CanCreate: p.CanCreate}
	}
	return set.Clean(b.catalog)
}

func (b *builder) oneAdministrators(specs []GroupSpec) {
	n := 0
	for _, g := range specs {
		if g.Administrators {
			n++
		}
	}
	if n != 1 {
		b.fail("built_in_groups", "exactly one group is administrators, not %d", n)
	}
}
