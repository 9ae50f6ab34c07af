package services

import (
	"context"
	"errors"

	"bailiwick/models"
)

// Where one of many is chosen, the first few are shown, and finding narrows them.
const (
	ChoicesShown   = 20  // at once
	ChoicesCounted = 100 // as far as those found are counted
)

// ChoiceQuery asks for things to choose one of.
type ChoiceQuery struct {
	Find   string // words of its name, in any order; "" = all
	Chosen string // what is chosen so far: a key
}

// Choices are some of what was found, and what is chosen so far, which is there whether it was found or not.
type Choices[T any] struct {
	Found  []T
	Total  int // how many were found; over ChoicesCounted: some number above
	Chosen *T  // nil: none, or none that there is
}

// some keeps as many as are shown.
func some[T any](listing models.Listing[T], chosen *T) Choices[T] {
	return Choices[T]{Found: listing.Rows[:min(len(listing.Rows), ChoicesShown)], Total: len(listing.Rows), Chosen: chosen}
}

// page asks for one more than are counted.
func (q ChoiceQuery) page() models.Page { return models.Page{Query: q.Find, Limit: ChoicesCounted + 1} }

// ChooseGroup offers groups, for who may view groups.
func (c *Console) ChooseGroup(ctx context.Context, by Caller, query ChoiceQuery) (Choices[models.Group], error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return Choices[models.Group]{}, err
	}
	found, err := v.Groups(ctx, models.GroupFilter{Page: query.page()})
	if err != nil {
		return Choices[models.Group]{}, err
	}
	chosen, err := ifThere(query.Chosen != "", func() (models.Group, error) { return v.Group(ctx, query.Chosen) })
	return some(found, chosen), err
}

// FindMembers offers members whose name or address has the words. That is all that is shown of them: both are open to
// anyone who enters (R6).
func (c *Console) FindMembers(ctx context.Context, by Caller, find string) (Choices[models.Member], error) {
	v := c.view(by)
	if err := by.mustEnter(); err != nil {
		return Choices[models.Member]{}, err
	}
	found, err := v.Members(ctx, models.MemberFilter{Page: ChoiceQuery{Find: find}.page()}, v.At)
	return some[models.Member](found, nil), err
}

// ifThere reads what is asked for; nil where nothing is, or where it is not there.
func ifThere[T any](asked bool, read func() (T, error)) (*T, error) {
	if !asked {
		return nil, nil
	}
	found, err := read()
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &found, nil
}
