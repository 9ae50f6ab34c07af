package services

import (
	"context"
	"errors"

	"bailiwick/models"
	"bailiwick/services/files"
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

// page asks for one more than are counted, those ahead whose names fit best.
func (q ChoiceQuery) page() models.Page {
	return models.Page{Query: q.Find, Limit: ChoicesCounted + 1, Fitting: true}
}

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

// MemberChoices are members to choose one of.
type MemberChoices struct {
	Choices[models.Member]
	First map[models.PersonID]models.FirstGroup // of those who share their name, for who may view groups: it tells them apart
}

// FindMembers offers members whose name or address has the words. Who may not view groups is shown these alone: both are open to
// anyone who enters (R6).
func (c *Console) FindMembers(ctx context.Context, by Caller, find string) (MemberChoices, error) {
	v := c.view(by)
	if err := by.mustEnter(); err != nil {
		return MemberChoices{}, err
	}
	found, err := v.Members(ctx, models.MemberFilter{Page: ChoiceQuery{Find: find}.page()}, v.At)
	if err != nil {
		return MemberChoices{}, err
	}
	choices := MemberChoices{Choices: some[models.Member](found, nil)}
	if by.Rights.May(ViewGroups, 0) {
		choices.First, err = v.firstGroupsOfNamesakes(ctx, choices.Found)
		return choices, err
	}
	for i, m := range choices.Found {
		choices.Found[i] = bareMember(m)
	}
	return choices, nil
}

func (v *view) firstGroupsOfNamesakes(ctx context.Context, members []models.Member) (map[models.PersonID]models.FirstGroup, error) {
	var alike []models.PersonID
	for _, m := range members {
		if m.Namesakes > 0 {
			alike = append(alike, m.PersonID)
		}
	}
	return v.FirstGroupsOf(ctx, alike, v.At)
}

// SignatureOf is how texts name the member with an address, of which everybody who enters may know both (R6): the name with the address,
// or what was typed where there is no such member.
func (c *Console) SignatureOf(ctx context.Context, by Caller, typed string) (string, error) {
	if err := by.mustEnter(); err != nil {
		return "", err
	}
	email, err := files.CanonicalEmail(typed)
	if err != nil {
		return typed, nil
	}
	m, err := c.view(by).MemberByEmail(ctx, email)
	if errors.Is(err, models.ErrNotFound) {
		return email, nil
	}
	return Signature(m.Name, m.Email), err
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
