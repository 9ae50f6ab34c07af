package access

import (
	"slices"
	"time"
)

// span says until when something is held. The zero span: not at all. A held one without an end is held for good (R7).
type span struct {
	held  bool
	until time.Time // zero: for good
}

// outlasts tells whether the span reaches beyond the other.
func (s span) outlasts(other span) bool {
	switch {
	case !s.held || !other.held:
		return s.held && !other.held
	case s.until.IsZero() || other.until.IsZero():
		return s.until.IsZero() && !other.until.IsZero()
	}
	return s.until.After(other.until)
}

// equals compares moments, whatever their zone.
func (s span) equals(other span) bool { return !s.outlasts(other) && !other.outlasts(s) }

// whole is the span to the second, as files write ends: what is given ends with what it is given from, or just before.
func (s span) whole() span { return span{s.held, s.until.Truncate(time.Second)} }

// later is the longer of two spans.
func later(a, b span) span {
	if b.outlasts(a) {
		return b
	}
	return a
}

// sooner is the shorter of two spans.
func sooner(a, b span) span {
	if a.outlasts(b) {
		return b
	}
	return a
}

// everySpanned are the abilities in the order of a spans' places.
var everySpanned = [...]Ability{View, Edit, Create, Allowed, Push}

// spans are how long each ability lasts on a domain, in the order of everySpanned; the last place is that of the level
// Custom, which gives no ability of its own.
type spans [len(everySpanned) + 1]span

const customSpan = len(everySpanned)

// add takes a level with its box into account that is held so long.
func (s *spans) add(d *Domain, l Level, canCreate bool, until time.Time) {
	held, abilities := span{true, until}, d.Abilities(l, canCreate)
	for i, a := range everySpanned {
		if abilities&a != 0 {
			s[i] = later(s[i], held)
		}
	}
	if l == LevelCustom && abilities != 0 {
		s[customSpan] = later(s[customSpan], held)
	}
}

// of is how long one of the abilities lasts.
func (s *spans) of(a Ability) span { return s[slices.Index(everySpanned[:], a)] }

// with are the longer of both, place by place.
func (s spans) with(other spans) spans {
	for i := range s {
		s[i] = later(s[i], other[i])
	}
	return s
}

// alive are the abilities that are still there just after a moment (the zero time: now), and whether Custom is.
func (s *spans) alive(after time.Time) (abilities Ability, custom bool) {
	lasts := func(p span) bool { return p.outlasts(span{held: !after.IsZero(), until: after}) }
	for i, a := range everySpanned {
		if lasts(s[i]) {
			abilities |= a
		}
	}
	return abilities, lasts(s[customSpan])
}

// ends are the moments at which something ends, the soonest first.
func (s *spans) ends() []time.Time {
	var all []time.Time
	for _, p := range s {
		if p.held && !p.until.IsZero() {
			all = append(all, p.until)
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return slices.CompactFunc(all, time.Time.Equal)
}

// spans are how long what a privilege gives on the domain lasts, without its editor list.
func (d *Domain) spans(p Privilege) spans {
	var s spans
	for step := &p; step != nil; step = step.Then {
		if d.Offers(step.Level) {
			s.add(d, step.Level, step.CanCreate, step.Until)
		}
	}
	return s
}

// listed is how long the privilege's editor list holds the resource: no longer than its Custom does.
func (p Privilege) listed(custom span, id ResourceID) span {
	if !slices.Contains(p.Editors, id) {
		return span{}
	}
	return sooner(custom, span{true, p.Ends[id]})
}

// privilege is what lasts so long, step by step, without an editor list. Where what remains has no level of its own on
// the domain, nothing does.
func (d *Domain) privilege(s spans) Privilege {
	ends := append([]time.Time{{}}, s.ends()...)
	next := (*Privilege)(nil)
	for i := len(ends) - 1; i >= 0; i-- {
		a, custom := s.alive(ends[i])
		step := Privilege{Level: shown(a, custom), Then: next}
		if step.Level == LevelNone || !d.Offers(step.Level) {
			next = nil
			continue
		}
		step.CanCreate = a&Create != 0 && d.CreateChoice(step.Level)
		if i+1 < len(ends) {
			step.Until = ends[i+1]
		}
		if next != nil && next.Level == step.Level && next.CanCreate == step.CanCreate {
			continue // nothing of it ended by itself
		}
		next = &step
	}
	if next == nil {
		return Privilege{}
	}
	return *next
}

// lasting is the privilege that lasts so long, with those of the resources in its editor list that last at all.
func (d *Domain) lasting(s spans, list map[ResourceID]span) Privilege {
	p := d.privilege(s)
	custom := d.spans(p)[customSpan] // what Edit covers throughout is not there
	for id, s := range list {
		if s = sooner(s, custom); id == 0 || !s.held {
			continue
		}
		p.Editors = append(p.Editors, id)
		if !s.until.IsZero() {
			if p.Ends == nil {
				p.Ends = map[ResourceID]time.Time{}
			}
			p.Ends[id] = s.until
		}
	}
	slices.Sort(p.Editors)
	return p
}
