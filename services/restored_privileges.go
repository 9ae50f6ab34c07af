package services

import (
	"fmt"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/services/files"
)

// privilegesBack says what a grantee holds beyond the newer file, now or after an end in either.
func privilegesBack(holder string, was, newer []files.Privilege, now time.Time) []string {
	var back []string
	later := byDomain(newer)
	for _, p := range was {
		is := later[p.Domain]
		moments := endsFrom(now, p, is)
		if slices.ContainsFunc(moments, func(at time.Time) bool { return beyondStep(stepAt(p, at), stepAt(is, at)) }) {
			back = append(back, fmt.Sprintf("%s: %s on %s, in the newer file %s", holder, stepsText(p), p.Domain, stepsText(is)))
		}
		for _, row := range p.Edit {
			if slices.ContainsFunc(moments, func(at time.Time) bool { return editsAt(p, row, at) && !editsKeyAt(is, row.Key, at) }) {
				back = append(back, fmt.Sprintf("%s: may edit %s of %s", holder, refKeys([]files.Ref{row})[0], p.Domain))
			}
		}
	}
	return back
}

// endsFrom are now and the later moments at which something of the privileges ends.
func endsFrom(now time.Time, all ...files.Privilege) []time.Time {
	moments := []time.Time{now}
	add := func(end *time.Time) {
		if end != nil && end.After(now) {
			moments = append(moments, *end)
		}
	}
	for _, p := range all {
		for step := &p; step != nil; step = step.Then {
			add(step.Until)
		}
		for _, row := range p.Edit {
			add(row.Until)
		}
	}
	return moments
}

// stepAt is the level with its box that stands at a moment.
func stepAt(p files.Privilege, at time.Time) files.Privilege {
	for p.Until != nil && !at.Before(*p.Until) {
		if p.Then == nil {
			return files.Privilege{}
		}
		p = *p.Then
	}
	return p
}

func beyondStep(was, is files.Privilege) bool {
	return !atLeast(is.Level, was.Level) || was.CanCreate && !is.CanCreate && is.Level != access.LevelEdit
}

// editsAt tells whether a row of a privilege's editor list gives something at a moment.
func editsAt(p files.Privilege, row files.Ref, at time.Time) bool {
	return stepAt(p, at).Level == access.LevelCustom && (row.Until == nil || at.Before(*row.Until))
}

// editsKeyAt tells whether a privilege lets a resource be edited at a moment, by its level or by a row.
func editsKeyAt(p files.Privilege, key string, at time.Time) bool {
	return stepAt(p, at).Level == access.LevelEdit ||
		slices.ContainsFunc(p.Edit, func(row files.Ref) bool { return row.Key == key && editsAt(p, row, at) })
}

func stepsText(p files.Privilege) string {
	text := p.Level.String()
	if p.CanCreate {
		text += " with Can Create"
	}
	if p.Until != nil {
		text += " until " + moment(p.Until)
		if p.Then != nil {
			text += ", then " + stepsText(*p.Then)
		}
	}
	return text
}

// atLeast tells whether a level gives all that another one gives, editor lists aside. The levels of R2 stand in their order.
func atLeast(level, other access.Level) bool {
	if level <= access.LevelEdit && other <= access.LevelEdit {
		return level >= other
	}
	return level == other || other == access.LevelNone ||
		level == access.LevelPushAndView && slices.Contains([]access.Level{access.LevelPush, access.LevelView}, other)
}
