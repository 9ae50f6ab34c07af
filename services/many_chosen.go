package services

import (
	"cmp"
	"context"
	"slices"

	"bailiwick/models"
)

// Chosen is a selection in a list: some of its rows by key, or with All the first that the list's filter finds, MaxMany at most.
type Chosen[K cmp.Ordered, F any] struct {
	Keys   []K
	All    bool
	Filter F
}

// chosenIn is how the rows of a selection are read in one list.
type chosenIn[K cmp.Ordered, F, T any] struct {
	matching func(ctx context.Context, filter F) (matching[T], error) // what the list's filter finds
	byKeys   func(ctx context.Context, keys []K) ([]T, error)         // those that are there; each key stands once
	key      func(row T) K
}

// matching is what a list's filter finds, one more than MaxMany at most.
type matching[T any] struct {
	rows  []T
	whole bool // these are all
}

// read are the rows of a selection that are there, and how many of them are not.
func (l chosenIn[K, F, T]) read(ctx context.Context, chosen Chosen[K, F]) (rows []T, gone int, _ error) {
	if chosen.All {
		found, err := l.matching(ctx, chosen.Filter)
		return found.rows[:min(len(found.rows), MaxMany)], 0, err
	}
	keys := distinct(chosen.Keys)
	rows, err := l.byKeys(ctx, keys)
	return rows, len(keys) - len(rows), err
}

// counted are the rows of a selection that are in the list still, and how many the list's filter finds: above MaxMany nobody counts further.
// A row that the filter finds no longer is not shown, so nothing is to be done to it.
func (l chosenIn[K, F, T]) counted(ctx context.Context, chosen Chosen[K, F]) (rows []T, matching int, _ error) {
	found, err := l.matching(ctx, chosen.Filter)
	if err != nil || chosen.All {
		return found.rows[:min(len(found.rows), MaxMany)], len(found.rows), err
	}
	rows, err = l.byKeys(ctx, distinct(chosen.Keys))
	if err != nil || !found.whole {
		return rows, len(found.rows), err
	}
	listed := make(map[K]bool, len(found.rows))
	for _, row := range found.rows {
		listed[l.key(row)] = true
	}
	return slices.DeleteFunc(rows, func(row T) bool { return !listed[l.key(row)] }), len(found.rows), nil
}

// alone are rows by their keys as a list of one page, for a file that holds them and nothing else.
func (l chosenIn[K, F, T]) alone(ctx context.Context, keys []K) (models.Listing[T], error) {
	keys = distinct(keys)
	rows, err := l.byKeys(ctx, keys[:min(len(keys), MaxMany)])
	return models.Listing[T]{Rows: rows}, err
}

// judgeSelection reads the rows of a selection and judges them; of each, the judgement says what a review needs.
func judgeSelection[K cmp.Ordered, F, R, T any](
	ctx context.Context, l chosenIn[K, F, R], chosen Chosen[K, F], judge func(context.Context, []R) (Many[T], error),
) (Many[T], error) {
	rows, gone, err := l.read(ctx, chosen)
	if err != nil {
		return Many[T]{}, err
	}
	many, err := judge(ctx, rows)
	if err != nil {
		return Many[T]{}, err
	}
	many.Gone = gone
	return many, nil
}

// distinct are the numbers or keys, each once.
func distinct[T cmp.Ordered](ids []T) []T {
	sorted := slices.Clone(ids)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}

// askedAtMost is how many pages are read in search of what a list's filter finds: each looks at so many rows only.
const askedAtMost = 20

// firstMatching are the first rows that a list's filter finds; page reads those after a row.
func firstMatching[T any](page func(after string) (models.Listing[T], error)) (matching[T], error) {
	var found matching[T]
	after := ""
	for range askedAtMost {
		next, err := page(after)
		if err != nil {
			return matching[T]{}, err
		}
		found.rows = append(found.rows, next.Rows...)
		if after = next.Next; after == "" || len(found.rows) > MaxMany {
			break
		}
	}
	found.rows = found.rows[:min(len(found.rows), MaxMany+1)]
	found.whole = after == "" && len(found.rows) <= MaxMany
	return found, nil
}
