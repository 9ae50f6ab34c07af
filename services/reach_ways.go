package services

import (
	"cmp"
	"context"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
)

// explainReach asks the engine by which ways each row of a page has what it has: four statements at most.
func (c *Console) explainReach(ctx context.Context, v *view, reach Reach, found []models.Reacher) ([]Reacher, error) {
	held, err := c.waysOf(ctx, v, reach.Domain, found)
	if err != nil {
		return nil, err
	}
	var lists []access.GranteeID
	for _, ways := range held {
		for _, w := range ways {
			if w.Level == access.LevelCustom {
				lists = append(lists, w.Via.ID)
			}
		}
	}
	var entries []access.Entry
	if id := reach.Resource.ID; id != 0 {
		slices.Sort(lists)
		if entries, err = v.EntriesAmong(ctx, slices.Compact(lists), reach.Domain.Key, []access.ResourceID{id}); err != nil {
			return nil, err
		}
	}
	rows := make([]Reacher, 0, len(found))
	for _, r := range found {
		row := Reacher{Reacher: r, Self: r.Person != 0 && r.Person == v.By.Person.ID}
		row.judge(c.catalog, v, reach, held[reacherID(r)], entries)
		rows = append(rows, row)
	}
	return rows, nil
}

// reacherOf is who a row is about: persons and keys have numbers of their own.
type reacherOf struct {
	person models.PersonID
	key    access.GranteeID
}

func reacherID(r models.Reacher) reacherOf { return reacherOf{r.Person, r.Key} }

// waysOf are the grants of all of them on the domain; of an API key as its template has them (R11).
func (c *Console) waysOf(ctx context.Context, v *view, d *access.Domain, found []models.Reacher) (map[reacherOf][]models.Way, error) {
	var people []models.PersonID
	var keys []access.GranteeID
	for _, r := range found {
		if r.Key != 0 {
			keys = append(keys, r.Key)
		} else {
			people = append(people, r.Person)
		}
	}
	held := map[reacherOf][]models.Way{}
	ways, err := v.WaysOf(ctx, people, d.Key, v.At)
	if err != nil {
		return nil, err
	}
	for _, w := range ways {
		at := reacherOf{person: w.Person}
		held[at] = append(held[at], w)
	}
	ofKeys, err := v.WaysOfKeys(ctx, keys, d.Key, v.At)
	if err != nil {
		return nil, err
	}
	for _, w := range ofKeys {
		at := reacherOf{key: w.Via.ID}
		for _, g := range permitted(c.catalog, c.catalog.Template(w.Template), []access.Grant{w.Grant}) {
			w.Grant = g
			held[at] = append(held[at], w.Way)
		}
	}
	return held, nil
}

// judge is what the ways come to. A way gives something among others exactly when it gives it alone (R2).
func (r *Reacher) judge(catalog *access.Catalog, v *view, reach Reach, held []models.Way, entries []access.Entry) {
	d, id := reach.Domain, reach.Resource.ID
	var grants []access.Grant
	for _, w := range held {
		grants = append(grants, w.Grant)
		alone := access.Resolve(catalog, []access.Grant{w.Grant}, entries, v.At)
		way := Way{Way: w, Full: alone.May(reach.Need, id)}
		if !way.Full && alone.Level(d.Key) == access.LevelNone {
			continue
		}
		way.Level = alone.Level(d.Key)
		for _, reason := range alone.Decide(reach.Need, id).Via {
			way.Listed = reason.Listed
			way.Until = reason.Until
		}
		r.Ways = append(r.Ways, way)
	}
	slices.SortStableFunc(r.Ways, stronger)
	all := access.Resolve(catalog, grants, entries, v.At)
	r.Level = all.Level(d.Key)
	need := access.Need{Domain: d.Key, Ability: access.View}
	if r.Full = all.May(reach.Need, id); r.Full {
		need = reach.Need
	}
	if id != 0 {
		r.Level = access.LevelView
		if r.Full {
			r.Level = access.LevelEdit
		}
	}
	r.Until, _ = all.Until(need, id)
}

// stronger puts a way before others that give less, and before those that end sooner.
func stronger(a, b Way) int {
	lasts := func(w Way) int64 {
		if w.Until.IsZero() {
			return 1 << 62
		}
		return w.Until.Unix()
	}
	full := func(w Way) int {
		if w.Full {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(full(b), full(a)), cmp.Compare(lasts(b), lasts(a)))
}
