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
	matching func(ctx context.Context, filter F) ([]T, error) // what the list's filter finds, one more than MaxMany at most
	byKeys   func(ctx context.Context, keys []K) ([]T, error) // those that are there; each key stands once
}

// read are the rows of a selection that are there, and how many of them are not.
func (l chosenIn[K, F, T]) read(ctx context.Context, chosen Chosen[K, F]) (rows []T, gone int, _ error) {
	if chosen.All {
		matching, err := l.matching(ctx, chosen.Filter)
		return matching[:min(len(matching), MaxMany)], 0, err
	}
	keys := distinct(chosen.Keys)
	rows, err := l.byKeys(ctx, keys)
	return rows, len(keys) - len(rows), err
}

// counted are the rows of a selection that are there, and how many the list's filter finds: above MaxMany nobody counts further.
func (l chosenIn[K, F, T]) counted(ctx context.Context, chosen Chosen[K, F]) (rows []T, matching int, _ error) {
	found, err := l.matching(ctx, chosen.Filter)
	if err != nil || chosen.All {
		return found[:min(len(found), MaxMany)], len(found), err
	}
	rows, err = l.byKeys(ctx, distinct(chosen.Keys))
	return rows, len(found), err
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

// firstMatching are the first rows that a list's filter finds, one more than MaxMany at most; page reads those after a row.
func firstMatching[T any](page func(after string) (models.Listing[T], error)) ([]T, error) {
	var matching []T
	after := ""
	for range askedAtMost {
		found, err := page(after)
		if err != nil {
			return nil, err
		}
		matching = append(matching, found.Rows...)
		if after = found.Next; after == "" || len(matching) > MaxMany {
			break
		}
	}
	return matching[:min(len(matching), MaxMany+1)], nil
}
