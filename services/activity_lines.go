package services

import (
	"context"

	"bailiwick/models"
)

// linesOfAChange is how many activities of one change are lines of their own in the record. Of a change that noted more, one line
// stands for all.
const linesOfAChange = 5

// activityLines is a page of the record as people read it.
type activityLines struct {
	models.Listing[models.Activity]
	sizes  map[int64]models.ChangeSize
	folded map[int64]bool // by the activities that stand for their changes
}

// activityLines reads a page. Where nothing but people and time narrows the record, each change that noted much is one line: that of the
// activity that is asked for, or else of its last.
func (v *view) activityLines(ctx context.Context, filter models.ActivityFilter, query ActivityQuery) (activityLines, error) {
	found, err := v.activitiesWith(ctx, filter, query.Open)
	if err != nil {
		return activityLines{}, err
	}
	lines := activityLines{Listing: found}
	if !query.Lines {
		return lines, nil
	}
	if lines.sizes, err = v.sizesOf(ctx, found.Rows, query.Change); err != nil {
		return lines, err
	}
	if filter.Query+filter.Named != "" || filter.Domain != "" || filter.Refused || filter.Change != nil {
		return lines, nil
	}
	lines.fold(query.Open)
	for filter.Before == "" && lines.Next != "" && len(lines.Rows) < rowsOf(filter.Page) {
		if err := v.moreLines(ctx, &lines, filter, query.Open); err != nil {
			return lines, err
		}
	}
	return lines, nil
}

// sizesOf are how much the changes of activities noted, and the one of another.
func (v *view) sizesOf(ctx context.Context, activities []models.Activity, another int64) (map[int64]models.ChangeSize, error) {
	ids := []int64{another}
	for _, a := range activities {
		ids = append(ids, a.ID)
	}
	return v.SizesOfChanges(ctx, ids)
}

// rowsOf is how many rows a page has.
func rowsOf(p models.Page) int {
	if p.Limit > 0 {
		return p.Limit
	}
	return models.PageRows
}

// moreLines adds the page that comes next, as far as there is room.
func (v *view) moreLines(ctx context.Context, lines *activityLines, filter models.ActivityFilter, open int64) error {
	last := lines.Rows[len(lines.Rows)-1].ID
	filter.After, filter.Limit = lines.Next, rowsOf(filter.Page)-len(lines.Rows)
	found, err := v.Activities(ctx, filter)
	if err != nil {
		return err
	}
	if len(found.Rows) == 0 || found.Rows[0].ID >= last { // nothing comes behind it, so that the first page was read
		lines.Next = ""
		return nil
	}
	more := activityLines{Listing: found}
	if more.sizes, err = v.sizesOf(ctx, found.Rows, 0); err != nil {
		return err
	}
	more.fold(open)
	for id, size := range more.sizes {
		lines.sizes[id] = size
	}
	for id := range more.folded {
		lines.folded[id] = true
	}
	lines.Rows, lines.Next = append(lines.Rows, more.Rows...), more.Next
	return nil
}

// fold leaves one activity of each change that noted much, and has its neighbouring pages begin beyond those.
func (l *activityLines) fold(open int64) {
	if len(l.Rows) == 0 {
		return
	}
	first, last := l.sizes[l.Rows[0].ID], l.sizes[l.Rows[len(l.Rows)-1].ID]
	if l.Previous != "" && first.Noted > linesOfAChange {
		l.Previous = models.AtActivity(first.Last)
	}
	if l.Next != "" && last.Noted > linesOfAChange {
		l.Next = models.AtActivity(last.First)
	}
	l.folded = map[int64]bool{}
	place := map[int64]int{} // of a change's line, by its first activity
	var rows []models.Activity
	for _, a := range l.Rows {
		size := l.sizes[a.ID]
		at, there := place[size.First]
		switch {
		case size.Noted <= linesOfAChange:
			rows = append(rows, a)
		case !there:
			place[size.First], l.folded[a.ID] = len(rows), true
			rows = append(rows, a)
		case a.ID == open:
			delete(l.folded, rows[at].ID)
			rows[at], l.folded[a.ID] = a, true
		}
	}
	l.Rows = rows
}
