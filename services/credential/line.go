package credential

import (
	"slices"
	"time"
)

// line is those of one rank who wait: by whose turn it is, and each one's in the order in which they came.
type line struct {
	order   []string // whose turn is next
	waiting map[string][]*ticket
	length  int
}

func (l *line) add(p *ticket) {
	if len(l.waiting[p.Of]) == 0 {
		l.order = append(l.order, p.Of)
	}
	l.waiting[p.Of] = append(l.waiting[p.Of], p)
	l.length++
}

// take takes out who is next; there must be somebody.
func (l *line) take() *ticket {
	of := l.order[0]
	p := l.waiting[of][0]
	l.remove(p)
	if len(l.waiting[of]) > 0 {
		l.order = append(slices.Clone(l.order[1:]), of) // others come first now
	}
	return p
}

// remove takes a ticket out of the line, and tells whether it was there.
func (l *line) remove(p *ticket) bool {
	theirs := l.waiting[p.Of]
	at := slices.Index(theirs, p)
	if at < 0 {
		return false
	}
	l.length--
	if len(theirs) > 1 {
		l.waiting[p.Of] = slices.Delete(theirs, at, at+1)
		return true
	}
	delete(l.waiting, p.Of)
	l.order = slices.DeleteFunc(l.order, func(of string) bool { return of == p.Of })
	return true
}

// ahead is how many begin before one more of the same would.
func (l *line) ahead(of string) (n int) {
	own := len(l.waiting[of])
	for _, theirs := range l.waiting {
		n += min(len(theirs), own+1)
	}
	return n
}

// recentLimit is how many a recentSet remembers at least.
const recentLimit = 10_000

// remembered is how long it is known who gave a wrong password.
const remembered = 15 * time.Minute

// recentSet remembers who was added in the last remembered or longer, in bounded memory. The zero value is ready.
type recentSet struct {
	new, old map[string]struct{}
	since    time.Time // of new
}

func (s *recentSet) add(of string, at time.Time) {
	s.turn(at)
	if len(s.new) >= recentLimit {
		s.new, s.old, s.since = nil, s.new, at
	}
	if s.new == nil {
		s.new = map[string]struct{}{}
	}
	s.new[of] = struct{}{}
}

func (s *recentSet) has(of string, at time.Time) bool {
	s.turn(at)
	_, lately := s.new[of]
	_, before := s.old[of]
	return lately || before
}

// turn forgets those of before, from time to time.
func (s *recentSet) turn(at time.Time) {
	for age := at.Sub(s.since); age >= remembered; age -= remembered {
		if s.new, s.old, s.since = nil, s.new, at; len(s.old) == 0 {
			return
		}
	}
}
