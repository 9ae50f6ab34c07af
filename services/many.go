package services

import (
	"context"
	"errors"

	"bailiwick/access"
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

// Total is how many were chosen, those among them that are there no more.
func (m Many[T]) Total() int { return len(m.Outcomes) + m.Gone }

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

// judgeEach judges one row after the other: why is why it would be left out, nil where it would not. What it writes into the row is kept.
func judgeEach[T any](rows []T, why func(row *T) error) Many[T] {
	many := Many[T]{Outcomes: make([]Outcome[T], len(rows))}
	for i, row := range rows {
		o := &many.Outcomes[i]
		o.Row = row
		o.Why = why(&o.Row)
	}
	return many
}

// judgement is what judging a row by itself can come to.
type judgement struct {
	why error // it would be left out; nil where it would not
	err error // it could not be judged
}

// tryEach is judgeEach where judging can fail by itself.
func tryEach[T any](rows []T, judge func(row *T) judgement) (Many[T], error) {
	var failed error
	many := judgeEach(rows, func(row *T) error {
		if failed != nil {
			return nil
		}
		j := judge(row)
		failed = j.err
		return j.why
	})
	if failed != nil {
		return Many[T]{}, failed
	}
	return many, nil
}

// described is a judgement with more said of each row.
func described[T, U any](judged Many[T], row func(T) U) Many[U] {
	many := Many[U]{Gone: judged.Gone}
	for _, o := range judged.Outcomes {
		many.Outcomes = append(many.Outcomes, Outcome[U]{row(o.Row), o.Why})
	}
	return many
}

// rows are all that are there.
func (m Many[T]) rows() []T {
	rows := make([]T, len(m.Outcomes))
	for i, o := range m.Outcomes {
		rows[i] = o.Row
	}
	return rows
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

// atMost refuses a command on no row, or on more than it takes.
func atMost(field string, rows, most int, of words.Noun) error {
	switch {
	case rows == 0:
		return invalid(field, "Choose at least one "+of.One+".")
	case rows > most:
		return invalid(field, words.TooMany(of, most, rows))
	}
	return nil
}

// mayAmong tells for which of the resources the caller has the need: one statement, and none where no editor list decides. A change asks
// it about those that it changes, since it notes in whose name that is recorded, as must does.
func (v *view) mayAmong(ctx context.Context, need access.Need, ids []access.ResourceID) (map[access.ResourceID]bool, error) {
	if err := v.learn(ctx, need.Domain, ids...); err != nil {
		return nil, err
	}
	may, visits := make(map[access.ResourceID]bool, len(ids)), len(v.By.Accesses) > 0
	for _, id := range ids {
		if may[id] = v.By.Rights.May(need, id); may[id] && v.changes {
			v.By.noteUse(need, id)
		}
		if visits && may[id] && !v.By.Rights.Granting().May(need, id) {
			v.lent = true
		}
	}
	return may, nil
}
