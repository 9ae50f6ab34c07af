package services

import (
	"errors"

	"bailiwick/words"
)

// MaxMany is how many rows one action takes at most: all of them are one transaction.
const MaxMany = 1000

// Outcome is what an action on many would do to one of them.
type Outcome[T any] struct {
	Row T
	Why error // it would be left out, and this is why; nil where it would not
}

// Many is an action on many as it would come out now, before it is done. Each row is judged by the need that the command asks.
// What is left out is not refused: nothing is tried on it, so nothing of it is recorded.
type Many[T any] struct {
	Outcomes []Outcome[T] // in the order of the list
	Gone     int          // of those that were chosen are there no more
}

// Can are the rows to which it would be done.
func (m Many[T]) Can() []T {
	var can []T
	for _, o := range m.Outcomes {
		if o.Why == nil {
			can = append(can, o.Row)
		}
	}
	return can
}

// LeftOut are the others that are there.
func (m Many[T]) LeftOut() []Outcome[T] {
	var out []Outcome[T]
	for _, o := range m.Outcomes {
		if o.Why != nil {
			out = append(out, o)
		}
	}
	return out
}

// Overtaken refuses an action on many: for some of the rows that somebody confirmed it can't be done any more. Nothing was done.
type Overtaken struct {
	Rows  int   // how many
	Cause error // the lack of privilege that is in the way of the first of them where that is why: it is recorded (R14); else nil
}

// Unwrap is the cause.
func (e Overtaken) Unwrap() error { return e.Cause }

func (e Overtaken) Error() string {
	return words.Rows.Count(e.Rows) + " changed since they were reviewed"
}

// ErrNothingToDo is why a row is left out that stands already as it would afterwards.
var ErrNothingToDo = errors.New("there is nothing to do")

// confirmed refuses a command unless it can be done to each of the rows that somebody confirmed.
func (m Many[T]) confirmed() error {
	refused := Overtaken{Rows: m.Gone + len(m.LeftOut())}
	if refused.Rows == 0 {
		return nil
	}
	for _, o := range m.LeftOut() {
		if lacksPrivilege(o.Why) {
			refused.Cause = o.Why
			break
		}
	}
	return refused
}

// fewEnough refuses a command on no row, or on more than MaxMany.
func fewEnough(field string, rows int, of words.Noun) error {
	switch {
	case rows == 0:
		return invalid(field, "Choose at least one "+of.One+".")
	case rows > MaxMany:
		return invalid(field, words.TooMany(of, MaxMany, rows))
	}
	return nil
}
