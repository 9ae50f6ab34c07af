package services

import (
	"context"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
)

// Supporter is one of the vendor's personnel with the categories that they belong to.
type Supporter struct {
	models.Personnel
	Categories []models.Category // by key
}

// Supporter is who is signed in as one of the personnel. Everybody else is ErrNotFound, and so is anyone who has not shown
// that the listed e-mail is theirs.
func (c *Console) Supporter(ctx context.Context, who Session) (Supporter, error) {
	return supporter(ctx, c.store, who.Person)
}

func supporter(ctx context.Context, store *models.Store, person models.Person) (Supporter, error) {
	personnel, categories, err := store.PersonnelOf(ctx, person.ID)
	if err != nil {
		return Supporter{}, err
	}
	if person.Unproven || personnel.Unproven {
		return Supporter{}, models.ErrNotFound
	}
	return Supporter{personnel, categories}, nil
}

// Supports tells whether the person may ask for access to the organization with the key at all.
func (s Supporter) Supports(organization string) bool {
	return len(s.Organizations) == 0 || slices.Contains(s.Organizations, organization)
}

// SupportedOrganizations is one page of the organizations that somebody of the personnel supports, by key.
func (c *Console) SupportedOrganizations(ctx context.Context, who Session, page models.Page) (models.Listing[models.Organization], error) {
	s, err := c.Supporter(ctx, who)
	if err != nil {
		return models.Listing[models.Organization]{}, err
	}
	return c.store.SupportedOrganizations(ctx, s.Organizations, page)
}

// IsOperator tells whether somebody is an operator of the installation, signed in to an account that proves the address.
func (c *Console) IsOperator(ctx context.Context, who Session) (bool, error) {
	if who.Person.Unproven {
		return false, nil
	}
	return c.store.IsOperator(ctx, who.Person.ID)
}

// Support is all that the operator's file says, for operators; everybody else gets ErrNotFound.
func (c *Console) Support(ctx context.Context, who Session) (models.Support, error) {
	operator, err := c.IsOperator(ctx, who)
	if err != nil {
		return models.Support{}, err
	}
	if !operator {
		return models.Support{}, models.ErrNotFound
	}
	return c.store.Support(ctx)
}

// Vendor is who operates the installation, without a name until a file says so.
func (c *Console) Vendor(ctx context.Context) (models.Vendor, error) { return c.store.Vendor(ctx) }

// allowance is what the categories allow together.
type allowance struct {
	categories []models.Category
}

// allowanceOf is that of the categories with the keys, of all where none is named. False where a key is not among them.
func allowanceOf(all []models.Category, keys []string) (allowance, bool) {
	if len(keys) == 0 {
		return allowance{all}, len(all) > 0
	}
	var a allowance
	for _, c := range all {
		if slices.Contains(keys, c.Key) {
			a.categories = append(a.categories, c)
		}
	}
	keys = slices.Clone(keys)
	slices.Sort(keys)
	return a, len(a.categories) == len(slices.Compact(keys))
}

// asAllowed is the allowance of a request. Who belongs to several categories says as which they ask (R20): naming none must
// not mean all of them.
func asAllowed(all []models.Category, keys []string) (allowance, error) {
	a, known := allowanceOf(all, keys)
	if !known || len(keys) == 0 && len(all) > 1 {
		return allowance{}, invalid("Categories", "Choose one of your categories.")
	}
	return a, nil
}

// keys are those of the categories.
func (a allowance) keys() []string {
	var keys []string
	for _, c := range a.categories {
		keys = append(keys, c.Key)
	}
	return keys
}

// name is that of all the categories.
func (a allowance) name() string {
	var names []string
	for _, c := range a.categories {
		names = append(names, c.Name)
	}
	return words.And(names)
}

// longest is how long the access may last: what each of the categories allows.
func (a allowance) longest() time.Duration {
	longest := AccessLongest
	for _, c := range a.categories {
		longest = min(longest, c.Longest)
	}
	return longest
}

// OfferedPrivilege is what may be asked for on a domain.
type OfferedPrivilege struct {
	*access.Domain
	May       []access.Level // in the order of the domain; never Custom
	Sensitive bool           // by the catalogue or by a category
}

// offers are the domains on which something may be asked for, in the catalogue's order.
func (a allowance) offers(c *access.Catalog) []OfferedPrivilege {
	levels, sensitive := map[access.DomainKey][]access.Level{}, map[access.DomainKey]bool{}
	for _, category := range a.categories {
		for _, p := range category.Privileges {
			if l, err := access.ParseLevel(p.Level); err == nil {
				levels[p.Domain] = append(levels[p.Domain], l)
				sensitive[p.Domain] = sensitive[p.Domain] || p.Sensitive
			}
		}
	}
	var all []OfferedPrivilege
	for _, d := range c.Domains() {
		if may := d.Lendable(levels[d.Key]...); len(may) > 0 {
			all = append(all, OfferedPrivilege{d, may, d.Sensitive || sensitive[d.Key]})
		}
	}
	return all
}

// beyond is what of a set may not be asked for. View on the organization comes with every access.
func (a allowance) beyond(c *access.Catalog, wanted map[access.DomainKey]access.Level) []access.Excess {
	may := map[access.DomainKey][]access.Level{access.OrganizationDomain: {access.LevelView}}
	for _, o := range a.offers(c) {
		may[o.Key] = append(may[o.Key], o.May...)
	}
	var all []access.Excess
	for _, d := range c.Domains() {
		if l := wanted[d.Key]; l != access.LevelNone && !slices.Contains(may[d.Key], l) {
			all = append(all, access.Excess{Domain: d.Key, Abilities: d.Abilities(l, false)})
		}
	}
	return all
}
