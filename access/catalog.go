package access

import (
	_ "embed" // the catalogues
	"math/bits"
	"slices"
)

// DefaultCatalog is the default catalogue as its file is written; services/files reads it.
//
//go:embed catalog.yaml
var DefaultCatalog []byte

// StarterCatalog is a small catalogue with comments to write one's own from, as its file is written.
//
//go:embed catalog_starter.yaml
var StarterCatalog []byte

// DomainKey names a domain with its service: "content/sources". Domains of two services may share their own name.
type DomainKey string

// The domains of the console's own pages. Every catalogue has them; all other domains are data only.
const (
	OrganizationDomain    DomainKey = "organization/organization"
	GroupsDomain          DomainKey = "organization/groups"
	APIKeysDomain         DomainKey = "organization/api-keys"
	ActivitiesDomain      DomainKey = "organization/activities"
	NotificationsDomain   DomainKey = "organization/notifications"
	TemporaryAccessDomain DomainKey = "organization/temporary-access"
	SingleSignOnDomain    DomainKey = "organization/single-sign-on-identity-provider"
)

// ownDomains are those that every catalogue must have. Their pages are about view and edit, so both must be offered.
var ownDomains = []struct {
	key      DomainKey
	resource bool // its things are resources with an Access tab
}{
	{OrganizationDomain, false}, {GroupsDomain, true}, {APIKeysDomain, true}, {ActivitiesDomain, false},
	{NotificationsDomain, false}, {TemporaryAccessDomain, false}, {SingleSignOnDomain, false},
}

// CreateRule says how creation is granted in a domain (R4).
type CreateRule uint8

// The create rules: nothing is created; Edit brings it; a box of its own beside View and Custom.
const (
	CreateNone CreateRule = iota
	CreateImplied
	CreateIndependent
)

// Service is a group of related domains.
type Service struct {
	Key, Name string
	Domains   []*Domain
}

// Domain is a page, a kind of resource, a set of data or an action that access is granted on.
type Domain struct {
	Key       DomainKey
	Name      string // "Sources"
	Service   string // "Content"
	Levels    []Level
	Create    CreateRule
	Resource  string   // the noun of one of its things, as a sentence has it: "source"; "" where there are none
	Plural    string   // of several, "" where the noun's plural is regular (package words)
	Actions   []string // what else edit on a resource allows, as the buttons read
	NoAPIKeys bool     // an API key can never hold a privilege here (R11)
	Sensitive bool     // granting it warns
	Minimum   bool     // without view on it nobody enters the console (R5)
	Allows    map[Level]string
	Position  int // in the catalogue's order, from 0
}

// Offers tells whether the level can be granted on the domain. None always can.
func (d *Domain) Offers(l Level) bool {
	return l == LevelNone || slices.Contains(d.Levels, l)
}

// Granular tells whether access is decided resource by resource: the domain has Custom, so its things have an Access tab.
func (d *Domain) Granular() bool { return d.Offers(LevelCustom) }

// Abilities are those of a level on this domain with its Can Create box (R1, R4), before any editor list. A level that
// the domain does not offer is worth nothing (R17), and so is a box where there is no decision to make.
func (d *Domain) Abilities(l Level, canCreate bool) Ability {
	if !d.Offers(l) {
		return 0
	}
	abilities := l.abilities()
	if d.Creates(l) || canCreate && d.CreateChoice(l) {
		abilities |= Create
	}
	return abilities
}

// Creates tells whether the level itself brings creation.
func (d *Domain) Creates(l Level) bool { return l == LevelEdit && d.Create != CreateNone }

// CreateChoice tells whether Can Create is a decision beside the level.
func (d *Domain) CreateChoice(l Level) bool {
	return d.Create == CreateIndependent && (l == LevelView || l == LevelCustom)
}

// Highest is the level that Administrators hold on the domain (R8): the one with the most abilities. NewCatalog sees to
// it that it includes all others.
func (d *Domain) Highest() Level {
	highest := LevelNone
	for _, l := range d.Levels {
		if more(d.Abilities(l, true), d.Abilities(highest, true)) {
			highest = l
		}
	}
	return highest
}

// Label is the level as people read it. Where Custom exists, View and Edit say that they mean all resources.
func (d *Domain) Label(l Level) string {
	switch l {
	case LevelView:
		if d.Granular() {
			return "View all"
		}
		return "View"
	case LevelEdit:
		if d.Granular() {
			return "Edit all"
		}
		return "Edit"
	case LevelCustom:
		return "Custom"
	case LevelAllowed:
		return "Allowed"
	case LevelPush:
		return "Push"
	case LevelPushAndView:
		return "Push and view"
	}
	return "None"
}

// GroupTemplate is a built-in group or a preset: a name and the privileges it starts with.
type GroupTemplate struct {
	Key, Name      string
	Administrators bool // the one group of R8
	Max            bool // the highest of everything, whatever the catalogue holds
	Privileges     PrivilegeSet
}

// KeyTemplate is what an API key is created from.
type KeyTemplate struct {
	Key, Name  string
	Public     bool        // may be seen in public
	Forbidden  []DomainKey // a key of this template can't hold these (R11)
	Privileges PrivilegeSet
}

// Chosen tells whether the privileges of a key are chosen one by one: the template brings none of its own. A nil template
// is that of a key made without one.
func (t *KeyTemplate) Chosen() bool { return t == nil || len(t.Privileges) == 0 }

// Forbids tells whether a key of the template can't hold the domain (R11).
func (t *KeyTemplate) Forbids(d *Domain) bool {
	return d.NoAPIKeys || t != nil && slices.Contains(t.Forbidden, d.Key)
}

// Allows tells whether a key of the template can be given the level and the box on the domain: nothing that the template forbids
// and, where it brings privileges of its own, nothing else (R11).
func (t *KeyTemplate) Allows(d *Domain, level Level, canCreate bool) bool {
	if t.Forbids(d) {
		return false
	}
	if t.Chosen() {
		return true
	}
	brings := t.Privileges[d.Key]
	may := d.Abilities(brings.Level, brings.CanCreate)
	return d.Abilities(level, canCreate)&^may == 0 && (level != LevelCustom || may&Edit != 0)
}

// Holds is what a key of the template has of a level and a box that are stored: both where the template allows them, else what
// it brings itself, where that is less, else nothing (R11).
func (t *KeyTemplate) Holds(d *Domain, level Level, canCreate bool) (Level, bool) {
	if t.Allows(d, level, canCreate) {
		return level, canCreate
	}
	if t.Forbids(d) {
		return LevelNone, false
	}
	brings := t.Privileges[d.Key]
	if d.Abilities(brings.Level, false)&^d.Abilities(level, canCreate) != 0 {
		return LevelNone, false
	}
	return brings.Level, brings.CanCreate && canCreate
}

// Held is of a set that is stored what a key of the template has of it.
func (t *KeyTemplate) Held(c *Catalog, stored PrivilegeSet) PrivilegeSet {
	set := PrivilegeSet{}
	for key, p := range t.Within(c, stored) {
		set[key] = *t.steps(c.Domain(key), &p)
	}
	return set.Clean(c)
}

// steps are the privilege and what it falls back to, each as a key of the template has it.
func (t *KeyTemplate) steps(d *Domain, p *Privilege) *Privilege {
	if p == nil {
		return nil
	}
	has := *p
	has.Level, has.CanCreate = t.Holds(d, p.Level, p.CanCreate)
	has.Then = t.steps(d, p.Then)
	return &has
}

// Within is the set as the catalogue understands it, without what a key of the template can't hold.
func (t *KeyTemplate) Within(c *Catalog, set PrivilegeSet) PrivilegeSet {
	clean := set.Clean(c)
	for key := range clean {
		if t.Forbids(c.Domain(key)) {
			delete(clean, key)
		}
	}
	return clean
}

// Catalog is everything that can be granted in an organization. Make one with NewCatalog; it never changes.
type Catalog struct {
	Name      string
	Services  []Service
	BuiltIn   []GroupTemplate
	Presets   []GroupTemplate // own presets only; the menu also offers every built-in group
	Templates []KeyTemplate

	domains []*Domain
	index   map[DomainKey]*Domain
}

// Domains are all domains in the catalogue's order. A nil catalogue has none.
func (c *Catalog) Domains() []*Domain {
	if c == nil {
		return nil
	}
	return c.domains
}

// Domain is the domain of a key, nil where the catalogue has none. A nil catalogue has none, so that zero Rights deny.
func (c *Catalog) Domain(key DomainKey) *Domain {
	if c == nil {
		return nil
	}
	return c.index[key]
}

// Max is the highest level of every domain with every Can Create (R8), as of this catalogue.
func (c *Catalog) Max() PrivilegeSet {
	set := PrivilegeSet{}
	for _, d := range c.Domains() {
		set[d.Key] = Privilege{Level: d.Highest(), CanCreate: d.CreateChoice(d.Highest())}
	}
	return set
}

// Template is the API key template of a key, nil where there is none.
func (c *Catalog) Template(key string) *KeyTemplate {
	if c == nil {
		return nil
	}
	for i := range c.Templates {
		if c.Templates[i].Key == key {
			return &c.Templates[i]
		}
	}
	return nil
}

// Administrators is the built-in group of R8. Every catalogue has exactly one.
func (c *Catalog) Administrators() GroupTemplate {
	for _, g := range c.BuiltIn {
		if g.Administrators {
			return g
		}
	}
	return GroupTemplate{}
}

// Menu are the entries of the Preset menu, Full access and the catalogue's own last: each with the set it stands for now.
func (c *Catalog) Menu() []GroupTemplate {
	var menu []GroupTemplate
	for _, g := range slices.Concat(c.BuiltIn, c.Presets) {
		if g.Administrators {
			continue // the same as Full access
		}
		if g.Max {
			g.Privileges = c.Max()
		}
		menu = append(menu, g)
	}
	return menu
}

// more tells whether a holds more abilities than b. The sets of one domain have one highest, which holds them all.
func more(a, b Ability) bool { return bits.OnesCount8(uint8(a)) > bits.OnesCount8(uint8(b)) }
