package services

import (
	"context"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
)

// Apart are the things of a domain that editor lists set apart: of the columns that view all or have Custom, some edit them and
// others only view them. What one with Edit on all or with nothing comes to is the same for every thing, and the level says it.
type Apart struct {
	Count int
	Long  bool // nobody counts them: the lists are too long

	lists  [][]access.GranteeID // of the columns with Custom
	viewed bool                 // some column views all, so that whatever stands in a list is set apart
}

// ApartRows is a page of those things.
type ApartRows struct {
	models.Listing[models.Resource]
	Domain access.DomainKey // "" where none were asked for, or where none are set apart
	listed map[access.ResourceID]map[access.GranteeID]bool
}

// Level is what a column comes to on one of the things.
func (rows ApartRows) Level(col Compared, thing access.ResourceID) access.Level {
	level := col.Set[rows.Domain].Level
	if level != access.LevelCustom {
		return level
	}
	for _, holder := range col.lists[rows.Domain] {
		if rows.listed[thing][holder] {
			return access.LevelEdit
		}
	}
	return access.LevelView
}

// readApart says where editor lists set things apart, and reads the page of those that was asked for.
func (comparison *Comparison) readApart(ctx context.Context, v *view, query CompareQuery) error {
	comparison.Totals, comparison.Apart = map[access.DomainKey]int{}, map[access.DomainKey]Apart{}
	for _, d := range v.console.viewed(v.By) {
		apart := comparison.listsOf(d)
		if len(apart.lists) == 0 {
			continue
		}
		n, err := total(ctx, v.Scope, d)
		if err != nil {
			return err
		}
		comparison.Totals[d] = n
		if len(apart.lists) < 2 && !apart.viewed || !comparison.hasList(d) {
			continue
		}
		if err := apart.count(ctx, v, d); err != nil {
			return err
		}
		if apart.Count > 0 || apart.Long {
			comparison.Apart[d] = apart
		}
	}
	return comparison.readRows(ctx, v, query)
}

// listsOf says which columns have an editor list on the domain. The catalogue's Custom has an empty one.
func (comparison *Comparison) listsOf(d access.DomainKey) Apart {
	var apart Apart
	for _, col := range comparison.Columns {
		switch level := col.Set[d].Level; {
		case level == access.LevelCustom && !col.Catalog():
			apart.lists = append(apart.lists, col.lists[d])
		case level == access.LevelCustom || level == access.LevelView:
			apart.viewed = true
		}
	}
	return apart
}

// count counts them.
func (apart *Apart) count(ctx context.Context, v *view, d access.DomainKey) error {
	var err error
	if apart.viewed {
		apart.Count, err = v.CountListed(ctx, apart.holders(), d)
		return err
	}
	apart.Count, apart.Long, err = v.CountApart(ctx, apart.lists, d)
	return err
}

// holders are all whose lists these are, each once.
func (apart Apart) holders() []access.GranteeID { return distinct(slices.Concat(apart.lists...)) }

// hasList tells whether some list on the domain is not empty.
func (comparison *Comparison) hasList(d access.DomainKey) bool {
	for _, col := range comparison.Columns {
		if col.Lengths[d] > 0 {
			return true
		}
	}
	return false
}

func (comparison *Comparison) readRows(ctx context.Context, v *view, query CompareQuery) error {
	apart, there := comparison.Apart[query.Rows]
	if !there {
		return nil
	}
	filter := models.ResourceFilter{Page: query.Page, OnlyIDsOf: apart.holders()}
	if !apart.viewed {
		filter.NotAllOf = apart.lists
	}
	page, err := v.Resources(ctx, query.Rows, filter)
	if err != nil {
		return err
	}
	entries, err := v.EntriesAmong(ctx, apart.holders(), query.Rows, numbersOf(page.Rows))
	if err != nil {
		return err
	}
	rows := ApartRows{Listing: page, Domain: query.Rows, listed: map[access.ResourceID]map[access.GranteeID]bool{}}
	for _, e := range entries {
		if rows.listed[e.Resource] == nil {
			rows.listed[e.Resource] = map[access.GranteeID]bool{}
		}
		rows.listed[e.Resource][e.Grantee] = true
	}
	comparison.Rows = rows
	return nil
}
