package services

import (
	"context"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
)

// MaxCompared is how many groups a comparison sets side by side.
const MaxCompared = 4

// Compared is one column of a comparison: a group, or the catalogue's set of a built-in one.
type Compared struct {
	Name    string
	Catalog bool // the set that the catalogue gives the group before it
	Set     access.PrivilegeSet
	Lengths map[access.DomainKey]int // of editor lists, for the domains that the caller may view
}

// Comparison sets groups side by side.
type Comparison struct {
	Columns []Compared
	Choices []models.Group // groups to choose from: those compared, then the first by name
	More    bool           // there are others to choose from
}

// comparisonChoices is how many groups are offered beside those compared.
const comparisonChoices = 50

// stored is what a group holds, without editor lists, and how long these are. Administrators holds today's maxima (R8).
func (c *Console) stored(ctx context.Context, scope *models.Scope, group models.Group) (access.PrivilegeSet, map[access.DomainKey]int, error) {
	if group.Administrators {
		return c.catalog.Max(), nil, nil
	}
	id := access.GranteeID(group.ID)
	sets, err := scope.LevelsOf(ctx, []access.GranteeID{id})
	if err != nil {
		return nil, nil, err
	}
	lengths, err := scope.ListLengths(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	return sets[id].Clean(c.catalog), lengths, nil
}

// CompareGroups compares the groups of these keys, a built-in one beside its catalogue set. Keys that do not exist are
// ErrNotFound. The choices are groups whose name contains find; "" = any.
func (c *Console) CompareGroups(ctx context.Context, by Caller, keys []string, find string) (Comparison, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return Comparison{}, err
	}
	comparison := Comparison{}
	for _, key := range keys[:min(len(keys), MaxCompared)] {
		group, err := v.Group(ctx, key)
		if err != nil {
			return Comparison{}, err
		}
		comparison.Choices = append(comparison.Choices, group)
		set, lengths, err := c.stored(ctx, v.Scope, group)
		if err != nil {
			return Comparison{}, err
		}
		comparison.Columns = append(comparison.Columns, Compared{Name: group.Name, Set: set, Lengths: c.lengthsFor(by, lengths)})
		if template := c.builtIn(group); template != nil {
			template.Lengths = c.lengthsFor(by, nil)
			comparison.Columns = append(comparison.Columns, *template)
		}
	}
	listing, err := v.Groups(ctx, models.GroupFilter{Page: models.Page{Query: find, Limit: comparisonChoices}})
	if err != nil {
		return Comparison{}, err
	}
	for _, g := range listing.Rows {
		if !slices.Contains(keys, g.Key) {
			comparison.Choices = append(comparison.Choices, g)
		}
	}
	comparison.More = listing.Next != ""
	return comparison, nil
}

// lengthsFor keeps the lengths of the domains that the caller may view (R15); an empty list has one too.
func (c *Console) lengthsFor(by Caller, lengths map[access.DomainKey]int) map[access.DomainKey]int {
	kept := map[access.DomainKey]int{}
	for _, d := range c.viewed(by) {
		kept[d] = lengths[d]
	}
	return kept
}

// builtIn is the catalogue's set of a built-in group, nil for others. Administrators is always its catalogue's set.
func (c *Console) builtIn(group models.Group) *Compared {
	for _, t := range c.catalog.BuiltIn {
		if t.Key == group.BuiltIn && !t.Administrators {
			return &Compared{Name: t.Name, Catalog: true, Set: builtInSet(c.catalog, t)}
		}
	}
	return nil
}
