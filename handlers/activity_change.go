package handlers

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// changeOf is the number of an activity of the one change that is asked for; 0 for all.
func changeOf(q query) int64 {
	id, _ := strconv.ParseInt(q.values[views.ActivityChange.Name], 10, 64) // 0 where it is no number
	return max(id, 0)
}

// activityChange is the record of one change, and revertingChange the same with what reverting all of it would do.
func (s site) activityChange(id int64) string {
	return with(s.activity(), views.ActivityChange.Name, strconv.FormatInt(id, 10))
}

func (s site) revertingChange(id int64) string {
	return with(s.activity(), views.ActivityChange.Name, strconv.FormatInt(id, 10), views.ActivityRevert, "1")
}

func (s site) revertChange(id int64) string {
	number := strconv.FormatInt(id, 10)
	return with(s.activity()+"/"+number+"/revert-change", views.ActivityChange.Name, number)
}

// manyNoted says how many activities a change noted.
func manyNoted(n int) string {
	if n > models.FoundCounted {
		return "more than " + words.Activities.Count(models.FoundCounted)
	}
	return words.Activities.Count(n)
}

// addChange gives an event the way to all that its change noted.
func (p activityPage) addChange(e services.Event, event *parts.ActivityEvent) {
	if e.Noted < 2 || p.query.values[views.ActivityChange.Name] != "" {
		return
	}
	href := p.site.activityChange(e.ID)
	event.Change = &parts.Link{Label: words.Upper(manyNoted(e.Noted)) + " of the same change", Href: href}
	if e.Folded {
		rest := words.Number(e.Noted-1) + " more of the same change"
		if e.Noted > models.FoundCounted {
			rest = "more than " + words.Number(models.FoundCounted) + " of the same change"
		}
		event.Folded = &parts.Link{Label: "and " + rest, Href: href}
	}
}

// placeOfChange is the head of the record of one change, with what reverts all of it where the viewer may revert some of it.
func (p activityPage) placeOfChange(where place) place {
	where.Heading, where.Crumbs = where.Title+" of one change", []parts.Link{{Label: "One change"}}
	where.Lead = "These were done together: " + manyNoted(p.list.Change) + ". Open a line to see what changed. All times are UTC."
	offered := false
	for _, e := range p.list.Rows {
		offered = offered || p.reverts != nil && p.reverts(e)
	}
	switch {
	case !offered || p.list.Together < 2:
	case p.list.Together > services.MaxMany:
		where.Lead += " They are too many for one revert."
	default:
		where.Actions = []parts.Link{{Label: "Revert all " + words.Number(p.list.Together), Icon: "undo-2", Href: p.site.revertingChange(changeOf(p.query))}}
	}
	return where
}

var revertingAll = manyVerb{Done: "reverted", Doing: "Reverting", Does: "Revert", Of: words.Activities}

// reviewOfChange is what reverting all of the change that is shown would do; nil where it is none that can be reverted as a whole.
func (h Pages) reviewOfChange(c echo.Context, p activityPage, changed string) (*parts.Review, error) {
	id := changeOf(p.query)
	if id == 0 {
		return nil, nil
	}
	r, err := h.Console.ReviewRevertOfChange(c.Request().Context(), caller(c), id)
	if errors.Is(err, services.ErrTooLongAgo) || isNotFound(err) {
		return nil, nil // the page says so, and offers nothing
	}
	if err != nil {
		return nil, err
	}
	p.list.Names = r.Names
	review := &parts.Review{
		Title: "Revert all " + words.Activities.Count(r.Total()) + " of this change?", Changed: changed,
		Action: p.site.revertChange(id), Cancel: p.site.activityChange(id),
	}
	reviewed[services.RevertedActivity]{
		verb: revertingAll, will: "will be reverted", key: func(a services.RevertedActivity) string { return strconv.FormatInt(a.ID, 10) },
		name: p.revertedName, why: p.whyNotReverted, effect: p.revertedEffect,
	}.fill(review, r.Many)
	review.Hidden = []parts.Hidden{{Name: views.ActivityShown, Value: r.Shown}}
	if r.Until != nil {
		review.Lead += " What you give ends " + words.OnEnd(*r.Until) + ", with your own access."
	}
	return review, nil
}

// revertedName is what an activity was about: whose membership of which group, or which thing and what of it.
func (p activityPage) revertedName(a services.RevertedActivity) parts.OutcomeRow {
	if member := orElse(a.Is.Member, a.Was.Member); member != "" {
		return parts.OutcomeRow{Name: member, Sub: a.ResourceName}
	}
	row := parts.OutcomeRow{Name: subjectName(a.Event), Sub: p.kind(a.Event)}
	if a.Line.Before != a.Line.After {
		row.Sub = p.changeRow(a.Line.Change).Label
	}
	return row
}

// revertedEffect is what becomes of it: "Member → Not a member".
func (p activityPage) revertedEffect(a services.RevertedActivity) string {
	row := p.changeRow(a.Line.Change)
	effect := orElse(row.Before, row.None) + " → " + orElse(row.After, row.None)
	if a.More > 0 {
		effect += ", " + words.More(a.More)
	}
	if a.Stay > 0 {
		effect += ". " + words.Number(a.Stay) + " " + words.Noun{One: "stays as it is", Many: "stay as they are"}.Of(a.Stay) + "."
	}
	return effect
}

// whyNotReverted is why an activity is left out.
func (p activityPage) whyNotReverted(why error) string {
	var again services.ChangedSince
	var wrong services.Invalid
	var left services.HasLeft
	var moved services.HasMoved
	var gone services.Gone
	var confirm services.NeedsConfirmation
	switch {
	case errors.As(why, &again) && again.By != nil:
		return "Changed again on " + words.DayIn(again.By.At, p.now) + " by " + services.Signature(again.By.ActorName, again.By.KnownEmail) + "."
	case errors.As(why, &again):
		return "Changed again since."
	case errors.As(why, &left):
		return "Has left the organization."
	case errors.As(why, &moved):
		return "Has another mail address now. Revert it by itself."
	case errors.As(why, &gone):
		return gone.Name + " was deleted."
	case errors.As(why, &confirm):
		return p.revertRefusal(why)
	case errors.As(why, &services.BringsNobodyIn{}): // a membership, time in one, or a member who is suspended
		return "With Edit only through temporary access, you can’t bring anybody back."
	case errors.As(why, &wrong) && len(wrong.Fields) > 0:
		return wrong.Fields[0].Text
	case errors.Is(why, services.ErrNothingToDo):
		return "Is as it was before already."
	case errors.Is(why, services.ErrOneself):
		return "This is you. Revert it by itself."
	case errors.Is(why, services.ErrOneByOne):
		return "Too many for one revert. Revert it alone."
	case errors.Is(why, services.ErrNotRevertible):
		return "A change of this kind can’t be reverted."
	case errors.Is(why, services.ErrTooLongAgo):
		return "More than 1,000 things have changed since."
	case errors.Is(why, services.ErrInvitationEnded), errors.As(why, &services.LockOut{}), errors.Is(why, services.ErrTemplate):
		return p.revertRefusal(why)
	}
	return whyLeftOut(p.catalog, why)
}

// takesTogether is why nothing is reverted that takes from the viewer what none of its activities takes by itself.
const takesTogether = "All together would take something from you that you can’t give back to yourself. Revert them one by one."

// ActivityRevertChange reverts all of a change, as far as its page says. Something else than what was shown is done to nothing: the page
// says what would be done now.
func (h Pages) ActivityRevertChange(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	id, _ := strconv.ParseInt(c.Param("activity"), 10, 64) // 0, which none has, where it is no number
	r, err := h.Console.RevertChange(c.Request().Context(), caller(c), id, form.Get(views.ActivityShown))
	switch {
	case err == nil:
		n := len(r.Can())
		text := "Reverted: " + words.Activities.Count(n) + "."
		if n < r.Total() {
			text = "Reverted: " + words.Number(n) + " of " + words.Activities.Count(r.Total()) + "."
		}
		flash(c, "success", text, "The earlier state applies again.")
		return seeOther(c, siteOf(caller(c).Organization.Key).activity())
	case errors.Is(err, services.ErrShownOtherwise):
		return h.activities(c, http.StatusConflict, opened{reverts: true}, "Something has changed since you looked, so nothing was reverted. Here is what reverting does now.")
	case errors.As(err, &services.NeedsConfirmation{}):
		return h.activities(c, http.StatusUnprocessableEntity, opened{reverts: true}, "Nothing was reverted. "+takesTogether)
	case services.KeepsFromReverting(err):
		return h.activities(c, http.StatusUnprocessableEntity, opened{reverts: true}, "Nothing was reverted.")
	}
	return err
}
