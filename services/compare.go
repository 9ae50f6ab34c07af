package services

import (
	"context"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
)

// MaxCompared is how many groups or members a comparison sets side by side.
const MaxCompared = 8

// CompareQuery is what of a comparison is asked for.
type CompareQuery struct {
	Groups  []string          // keys, in the order of the columns; those beyond MaxCompared are left out
	Members []models.MemberID // where members are compared, likewise
	Rows    access.DomainKey  // of which the things are listed that editor lists set apart; "" = of none
	Page    models.Page       // of those
	Find    *string           // words in the names of those to choose from; nil = none are offered
}

// Compared is one column of a comparison: a group, a member, or what the catalogue gives the built-in group before it.
type Compared struct {
	Name    string
	Group   *models.Group
	Member  *ComparedMember
	Set     access.PrivilegeSet
	Lengths map[access.DomainKey]int // of editor lists, for the domains that the caller may view

	lists map[access.DomainKey][]access.GranteeID // whose editor lists count where the level is Custom
}

// Catalog tells whether the column is what the catalogue gives.
func (col Compared) Catalog() bool { return col.Group == nil && col.Member == nil }

// Comparison sets groups or members side by side.
type Comparison struct {
	Columns []Compared
	Totals  map[access.DomainKey]int   // resources of the domains where some column has Custom, and that the caller may view
	Apart   map[access.DomainKey]Apart // of these, the domains where editor lists set things apart
	Rows    ApartRows
	Choices []models.Group // groups to choose from, without those compared
	People  MemberChoices  // members to choose from, where members are compared
	More    bool           // there are others to choose from
}

// comparisonChoices is how many groups are offered at a time.
const comparisonChoices = 20

// CompareGroups compares the groups of these keys; a built-in one by itself with its catalogue set. Keys that do not exist are
// ErrNotFound.
func (c *Console) CompareGroups(ctx context.Context, by Caller, query CompareQuery) (Comparison, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return Comparison{}, err
	}
	var comparison Comparison
	for _, key := range query.Groups[:min(len(query.Groups), MaxCompared)] {
		group, err := v.Group(ctx, key)
		if err != nil {
			return Comparison{}, err
		}
		comparison.Columns = append(comparison.Columns, Compared{Name: group.Name, Group: &group})
	}
	if err := c.readCompared(ctx, v, comparison.Columns); err != nil {
		return Comparison{}, err
	}
	if len(comparison.Columns) == 1 {
		if template := c.builtIn(*comparison.Columns[0].Group); template != nil {
			template.Lengths = c.lengthsFor(by, nil)
			comparison.Columns = append(comparison.Columns, *template)
		}
	}
	if err := comparison.readApart(ctx, v, query); err != nil {
		return Comparison{}, err
	}
	err := comparison.offer(ctx, v, query)
	return comparison, err
}

// readCompared reads what the groups hold, without editor lists, and how long these are. Administrators holds today's maxima (R8).
func (c *Console) readCompared(ctx context.Context, v *view, columns []Compared) error {
	var ids []access.GranteeID
	for _, col := range columns {
		if !col.Group.Administrators {
			ids = append(ids, col.Group.Grantee().ID)
		}
	}
	sets, err := v.LevelsOf(ctx, ids)
	if err != nil {
		return err
	}
	measured, err := v.ListLengthsOf(ctx, ids)
	if err != nil {
		return err
	}
	lengths := map[access.GranteeID]map[access.DomainKey]int{}
	for _, l := range measured {
		if lengths[l.GranteeID] == nil {
			lengths[l.GranteeID] = map[access.DomainKey]int{}
		}
		lengths[l.GranteeID][l.Domain] = l.Length
	}
	for i := range columns {
		col := &columns[i]
		id := col.Group.Grantee().ID
		col.Set, col.Lengths, col.lists = sets[id].Clean(c.catalog), c.lengthsFor(v.By, lengths[id]), map[access.DomainKey][]access.GranteeID{}
		if col.Group.Administrators {
			col.Set = c.catalog.Max()
		}
		for domain, held := range col.Set {
			if held.Level == access.LevelCustom {
				col.lists[domain] = []access.GranteeID{id}
			}
		}
	}
	return nil
}

// offer reads groups to choose from.
func (comparison *Comparison) offer(ctx context.Context, v *view, query CompareQuery) error {
	if query.Find == nil {
		return nil
	}
	listing, err := v.Groups(ctx, models.GroupFilter{Page: query.choices()})
	if err != nil {
		return err
	}
	comparison.Choices, comparison.More = offered(listing, func(g models.Group) bool { return slices.Contains(query.Groups, g.Key) })
	return nil
}

// choices are asked for, with as many more as are compared, which may be the first.
func (query CompareQuery) choices() models.Page {
	return models.Page{Query: *query.Find, Limit: comparisonChoices + MaxCompared, Fitting: true}
}

// offered are those of a list that are not compared, and whether there are more than are offered at a time.
func offered[T any](listing models.Listing[T], compared func(T) bool) (choices []T, more bool) {
	others := slices.DeleteFunc(listing.Rows, compared)
	return others[:min(len(others), comparisonChoices)], listing.Next != "" || len(others) > comparisonChoices
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
			return &Compared{Name: t.Name, Set: builtInSet(c.catalog, t)}
		}
	}
	return nil
}
