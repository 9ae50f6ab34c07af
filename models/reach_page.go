package models

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
)

// reachRange is a part of the list that is in the order of names: who has the more, who has the less alone, or everybody.
type reachRange string

const (
	rangeFull reachRange = "full"
	rangePart reachRange = "part"
	rangeAll  reachRange = "all"
)

// ranges are the parts of the list in their order.
func (f ReachFilter) ranges() []reachRange {
	switch {
	case f.Level == ReachFull:
		return []reachRange{rangeFull}
	case f.Level == ReachPart:
		return []reachRange{rangePart}
	case strings.TrimPrefix(f.Sort, "-") == "name":
		return []reachRange{rangeAll}
	}
	return []reachRange{rangeFull, rangePart}
}

// reachSpot is where a row stands: in a range by name, at one name the people before the API keys, each by number.
type reachSpot struct {
	Range   reachRange
	SortKey string
	Key     bool
	ID      int64
}

func spotOf(in reachRange, r Reacher) reachSpot {
	if r.Key != 0 {
		return reachSpot{in, r.SortKey, true, int64(r.Key)}
	}
	return reachSpot{in, r.SortKey, false, int64(r.Person)}
}

func (s reachSpot) cursor() string {
	text, _ := json.Marshal([]any{s.Range, s.SortKey, s.Key, s.ID}) // always can be
	return base64.RawURLEncoding.EncodeToString(text)
}

// readSpot is the spot that a cursor means. One made for another order, or by somebody else, means none.
func readSpot(cursor string, ranges []reachRange) *reachSpot {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	var parts []json.RawMessage
	if err != nil || json.Unmarshal(text, &parts) != nil || len(parts) != 4 {
		return nil
	}
	var s reachSpot
	for i, into := range []any{&s.Range, &s.SortKey, &s.Key, &s.ID} {
		if json.Unmarshal(parts[i], into) != nil {
			return nil
		}
	}
	if !slices.Contains(ranges, s.Range) || !storable(s.SortKey) {
		return nil
	}
	return &s
}

// comparedWith puts spots of one range into the order of the list.
func (s reachSpot) comparedWith(o reachSpot) int {
	return cmp.Or(cmp.Compare(s.SortKey, o.SortKey), compareBool(s.Key, o.Key), cmp.Compare(s.ID, o.ID))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// reachPart is what of one range to read.
type reachPart struct {
	in    reachRange
	from  *reachSpot // beyond it; nil: from the beginning
	down  bool       // from the end of the alphabet on
	limit int
}

// page reads range after range until the page is full.
func (r *reachers) page(ctx context.Context) (Listing[Reacher], error) {
	limit := r.Limit
	if limit <= 0 {
		limit = PageRows
	}
	ranges := r.ranges()
	from, backward := readSpot(r.After, ranges), false
	if from == nil {
		from = readSpot(r.Before, ranges)
		backward = from != nil
	}
	order := slices.Clone(ranges)
	if backward {
		slices.Reverse(order)
	}
	var found []Reacher
	var spots []reachSpot
	started := from == nil
	for _, in := range order {
		part := reachPart{in: in, down: (r.Sort == "-name") != backward, limit: limit + 1 - len(found)}
		if !started && in != from.Range {
			continue
		}
		if !started {
			part.from, started = from, true
		}
		if part.limit <= 0 {
			break
		}
		rows, err := r.read(ctx, part)
		if err != nil {
			return Listing[Reacher]{}, err
		}
		for _, row := range rows {
			found, spots = append(found, row), append(spots, spotOf(in, row))
		}
	}
	if len(found) == 0 && from != nil { // everything beyond the cursor is gone
		r.After, r.Before = "", ""
		return r.page(ctx)
	}
	return reachListing(found, spots, limit, from != nil, backward), nil
}

// reachListing is the page of the rows that were found, one of which may be too many.
func reachListing(found []Reacher, spots []reachSpot, limit int, moved, backward bool) Listing[Reacher] {
	more := len(found) > limit
	found, spots = found[:min(limit, len(found))], spots[:min(limit, len(spots))]
	if backward {
		slices.Reverse(found)
		slices.Reverse(spots)
	}
	l := Listing[Reacher]{Rows: found}
	if len(found) == 0 {
		return l
	}
	if more || backward {
		l.Next = spots[len(spots)-1].cursor()
	}
	if moved && (!backward || more) {
		l.Previous = spots[0].cursor()
	}
	return l
}

// read merges members, people with temporary access and API keys of one range, in the order of their names.
func (r *reachers) read(ctx context.Context, p reachPart) ([]Reacher, error) {
	found := r.lentIn(p)
	for _, more := range []func(context.Context, reachPart) ([]Reacher, error){r.members, r.apiKeys} {
		rows, err := more(ctx, p)
		if err != nil {
			return nil, err
		}
		found = append(found, rows...)
	}
	slices.SortFunc(found, func(a, b Reacher) int {
		order := spotOf(p.in, a).comparedWith(spotOf(p.in, b))
		if p.down {
			return -order
		}
		return order
	})
	found = slices.CompactFunc(found, func(a, b Reacher) bool { return a.Key == b.Key && a.Person == b.Person })
	return found[:min(p.limit, len(found))], nil
}

// lentIn are the people with temporary access whose place is in this part of the list.
func (r *reachers) lentIn(p reachPart) []Reacher {
	var all []Reacher
	for _, l := range r.lenders {
		if !r.keeps(l) || p.in == rangeFull && !l.Full || p.in == rangePart && l.Full {
			continue
		}
		if p.from != nil {
			order := spotOf(p.in, l).comparedWith(*p.from)
			if !p.down && order <= 0 || p.down && order >= 0 {
				continue
			}
		}
		all = append(all, l)
	}
	return all
}
