package services

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
)

// What somebody holds until a moment they give until at most that moment (R7). Here is what the doors share: how long the
// caller can give all that a group or an API key holds, and what is said where more was asked for.

// givesAll refuses a caller who does not hold everything that the group holds (R7), or may edit it through temporary access
// alone (R20), and tells until when they hold all of it: nil for good. Every door by which somebody comes into a group asks
// it, and mayProlong where they stay in it for longer.
func (c *Console) givesAll(ctx context.Context, v *view, group models.Group) (*time.Time, error) {
	over, err := c.beyondBringing(ctx, v, group)
	if err != nil {
		return nil, err
	}
	missing, until := access.Lacking(over)
	if len(missing) > 0 {
		return nil, TooHigh{missing}
	}
	return endOrNil(until), nil
}

// beyondGroup is what of a group's privileges the caller can't give, or not for good.
func (c *Console) beyondGroup(ctx context.Context, v *view, group models.Group) ([]access.Excess, error) {
	set, err := c.setOf(ctx, v, group)
	if err != nil {
		return nil, err
	}
	return v.By.Rights.Beyond(c.catalog, set, nil), nil
}

// beyondBringing is beyondGroup for who gives it to a member. It refuses who brings nobody into the group (R20).
func (c *Console) beyondBringing(ctx context.Context, v *view, group models.Group) ([]access.Excess, error) {
	if err := v.mayBringInto(ctx, group.ID); err != nil {
		return nil, err
	}
	return c.beyondGroup(ctx, v, group)
}

// mayProlong refuses a caller who can't give all that the group holds until the new end of a membership, and tells until when
// they could; nil is for good.
func (c *Console) mayProlong(ctx context.Context, v *view, group models.Group, until *time.Time) (*time.Time, error) {
	over, err := c.beyondBringing(ctx, v, group)
	if err != nil {
		return nil, err
	}
	if err := givable(over, until); err != nil {
		return nil, err
	}
	_, end := access.Lacking(over)
	return endOrNil(end), nil
}

// givable is TooHigh where something goes beyond the caller, or they hold it no longer than until some moment before the end.
func givable(over []access.Excess, end *time.Time) error {
	missing, until := access.Lacking(over)
	switch {
	case len(missing) > 0:
		return TooHigh{missing}
	case outlasts(end, endOrNil(until)):
		return TooHigh{over}
	}
	return nil
}

// outlasts tells whether an end is later than another; nil is never.
func outlasts(end, other *time.Time) bool {
	return other != nil && (end == nil || end.After(*other))
}

// sooner is the earlier of two ends; nil is never.
func sooner(a, b *time.Time) *time.Time {
	if outlasts(a, b) {
		return b
	}
	return a
}

// endOrNil is an end as rows have it.
func endOrNil(until time.Time) *time.Time {
	if until.IsZero() {
		return nil
	}
	return &until
}

// endProblem is what is wrong with an end that somebody chose who can give until ends; "" where nothing is. nil is no end.
func endProblem(until, ends *time.Time, at time.Time) string {
	if until == nil {
		return ""
	}
	problem := untimely(*until, at)
	if problem == "" && outlasts(until, ends) {
		return endsSooner(*ends)
	}
	return problem
}

// endsSooner is what is wrong with an end that is later than the caller can give.
func endsSooner(end time.Time) string {
	return fmt.Sprintf("Your own access to what the group gives ends on %s. Choose that moment or an earlier one.", words.Moment(end))
}

// keyEndsSooner is the same for the day on which an API key ends.
func keyEndsSooner(end, at time.Time) string {
	day := end.UTC().Truncate(24 * time.Hour)
	text := fmt.Sprintf("Your own access to what the key holds ends on %s. ", words.Moment(end))
	if !day.After(at) {
		return text + "You can’t let a key last until another day."
	}
	return text + "Choose a day no later than " + words.DayInFigures(words.LastDay(day)) + "."
}

// AtField says which field of a command a refusal is about and, where the field is a list, which of its rows.
type AtField struct {
	Field     string
	Key, Name string // of the row; the name is "" where nobody found it
	Cause     error
}

func (e AtField) Error() string {
	return FieldError{Field: e.Field, Key: e.Key}.place() + ": " + e.Cause.Error()
}

// Unwrap is the refusal itself.
func (e AtField) Unwrap() error { return e.Cause }

// heldForATime tells whether the caller may hold something of an editor list until some moment only: then lists have to be
// compared row by row.
func (c *Console) heldForATime(ctx context.Context, v *view) (bool, error) {
	var custom []access.GranteeID
	mine := v.By.Rights.Granting()
	for _, d := range c.catalog.Domains() {
		if !d.Granular() {
			continue
		}
		if end, edits := mine.Until(EditIn(d.Key), 0); edits && end.IsZero() {
			continue
		}
		for _, g := range mine.Grants(d.Key) {
			if !g.Until.IsZero() {
				return true, nil
			}
			if g.Level == access.LevelCustom {
				custom = append(custom, g.Via.ID)
			}
		}
	}
	if len(custom) == 0 {
		return false, nil
	}
	return v.ListsEnd(ctx, custom)
}

// listsInTime are the sets, with editor lists, of those groups with Custom that the caller could give so far, for which the
// lists have to be compared row by row: afterwards the caller's rights know the same resources. One statement for the lists,
// and one for each domain.
func (c *Console) listsInTime(
	ctx context.Context, v *view, sets map[access.GranteeID]access.PrivilegeSet, beyond map[access.GranteeID][]access.Excess,
) (map[access.GranteeID]access.PrivilegeSet, error) {
	rowByRow, err := c.heldForATime(ctx, v)
	if err != nil || !rowByRow {
		return nil, err
	}
	var custom []access.GranteeID
	for id, set := range sets {
		if len(beyond[id]) == 0 && hasLists(set) {
			custom = append(custom, id)
		}
	}
	slices.Sort(custom)
	lists, err := v.SetsOf(ctx, custom)
	if err != nil {
		return nil, err
	}
	resources := map[access.DomainKey][]access.ResourceID{}
	for _, set := range lists {
		for d, p := range set {
			resources[d] = append(resources[d], p.Editors...)
		}
	}
	for d, ids := range resources {
		slices.Sort(ids)
		if err := v.learn(ctx, d, slices.Compact(ids)...); err != nil {
			return nil, err
		}
	}
	return lists, nil
}

func hasLists(set access.PrivilegeSet) bool {
	for _, p := range set {
		if p.Lists() {
			return true
		}
	}
	return false
}
