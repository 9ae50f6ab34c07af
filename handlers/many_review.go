package handlers

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// reviewedRows is how many rows a review shows at once; the others are folded away.
const reviewedRows = 20

// manyVerb is how a review speaks of its action: "27 can be added. 3 can't, and stay as they are."
type manyVerb struct {
	Done  string // "removed"
	Doing string // "Removing"
	Does  string // on the button: "Remove"
	Of    words.Noun
}

// lead is the sentence below the question.
func (v manyVerb) lead(can, out int) string {
	switch {
	case can == 0:
		return "None can be " + v.Done + "."
	case out == 0:
		return ""
	case out == 1:
		return words.Number(can) + " can be " + v.Done + ". 1 can’t, and stays as it is."
	}
	return words.Number(can) + " can be " + v.Done + ". " + words.Number(out) + " can’t, and stay as they are."
}

// fill writes into a review what each one says: numbers, button, the rows that are confirmed. rows are the keys of those to which it
// can be done.
func (v manyVerb) fill(r *parts.Review, rows []string, out int) {
	can := len(rows)
	if r.Lead == "" || out > 0 || can == 0 {
		r.Lead = v.lead(can, out)
	}
	if can == 0 {
		return
	}
	for _, key := range rows {
		r.Hidden = append(r.Hidden, parts.Hidden{Name: parts.RowName, Value: key})
	}
	r.Button, r.Doing = v.Does+" "+v.Of.Count(can), v.Doing+" "+words.Number(can)+"…"
	if out > 0 {
		r.Button = v.Does + " " + words.Number(can) + ", leave out " + words.Number(out)
	}
	switch {
	case can == 2:
		r.Note = "Both are " + v.Done + ", or none."
	case can > 2:
		r.Note = "All " + words.Number(can) + " are " + v.Done + ", or none."
	}
}

// leftOutPart is the list of those to whom it can't be done, which comes first.
func (v manyVerb) leftOutPart(rows []parts.OutcomeRow, gone int) parts.Outcome {
	if gone > 0 {
		rows = append(rows, parts.OutcomeRow{Name: v.Of.Count(gone), Effect: "No longer there"})
	}
	out := outcome(words.Number(len(rows)-min(gone, 1)+gone)+" can’t be "+v.Done, rows)
	out.LeftOut = true
	return out
}

// reviewed is how an action on many speaks of each row in its review.
type reviewed[T any] struct {
	verb   manyVerb
	will   string // after the number of those to which it is done: "will be removed, and lose"
	key    func(T) string
	name   func(T) parts.OutcomeRow
	why    func(error) string // it is left out
	effect func(T) string     // of what is done to it
	until  string             // said of all of them besides the numbers: when they end afterwards
}

// fill writes into a review which rows are left out and why, and below what it says already, what becomes of each of the others, whose
// keys it carries.
func (w reviewed[T]) fill(r *parts.Review, many services.Many[T]) {
	var out, can []parts.OutcomeRow
	var keys []string
	for _, o := range many.Outcomes {
		row := w.name(o.Row)
		if o.Why != nil {
			row.Effect = w.why(o.Why)
			out = append(out, row)
			continue
		}
		row.Effect = w.effect(o.Row)
		can, keys = append(can, row), append(keys, w.key(o.Row))
	}
	r.Parts = append([]parts.Outcome{w.verb.leftOutPart(out, many.Gone)}, r.Parts...)
	r.Parts = append(r.Parts, outcome(words.Number(len(can))+" "+w.will, can))
	w.verb.fill(r, keys, len(out)+many.Gone)
	if len(can) > 0 {
		r.Lead = strings.TrimSpace(r.Lead + " " + w.until)
	}
}

// outcome is a list of a review, the rows beyond the first folded away.
func outcome(title string, rows []parts.OutcomeRow) parts.Outcome {
	o := parts.Outcome{Title: title, Rows: rows[:min(len(rows), reviewedRows)], Others: rows[min(len(rows), reviewedRows):]}
	o.Show = "Show the other " + words.Number(len(o.Others))
	return o
}

// whyLeftOut is why a row is left out, as the review says of it.
func (h Pages) whyLeftOut(why error) string { return whyLeftOut(h.Console.Catalog(), why) }

// whyLeftOut is the same for a page function, which has the catalogue alone.
func whyLeftOut(catalog *access.Catalog, why error) string {
	for _, w := range leftOutWords {
		if w.itself != "" && errors.Is(why, w.why) {
			return w.itself
		}
	}
	var high services.TooHigh
	var forbidden services.Forbidden
	switch {
	case errors.As(why, &high):
		return words.Sentence(words.Beyond(catalog, high.Excess))
	case errors.As(why, &forbidden):
		return "You need " + words.Need(catalog, forbidden.Need) + "."
	}
	return words.Sentence(why.Error())
}

// sinceReviewed is what a review says that is drawn again because something changed meanwhile; false where the refusal is another one.
func (v manyVerb) sinceReviewed(cause error) (string, bool) {
	var overtaken services.Overtaken
	if !errors.As(cause, &overtaken) {
		return "", false
	}
	return words.Number(overtaken.Rows) + " more can’t be " + v.Done + " since you looked.", true
}

// manyAgain is the status of a review that is drawn again.
const manyAgain = http.StatusConflict

// confirmedRows are the keys of the rows that somebody confirmed.
func confirmedRows(c echo.Context) ([]string, error) {
	form, err := postForm(c)
	if err != nil {
		return nil, err
	}
	return form[parts.RowName], nil
}
