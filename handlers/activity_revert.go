package handlers

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

func (s site) activityUndo(id int64) string {
	return s.activity() + "/" + strconv.FormatInt(id, 10) + "/undo"
}

func (s site) activityRevert(id int64) string {
	return s.activity() + "/" + strconv.FormatInt(id, 10) + "/revert"
}

// activityOpened is the record with one activity opened.
func (s site) activityOpened(id int64) string {
	return with(s.activity(), views.ActivityOpen, strconv.FormatInt(id, 10)) + "#" + activityID(id)
}

// activityID is the element of an activity.
func activityID(id int64) string { return "activity-" + strconv.FormatInt(id, 10) }

// opened is this list with one activity opened.
func (p activityPage) opened(id int64) string {
	return with(p.site.activity(), append(p.query.pairs(), views.ActivityOpen, strconv.FormatInt(id, 10))...) + "#" + activityID(id)
}

// reverting is the same, with what reverting it would do.
func (p activityPage) reverting(id int64) string {
	return with(p.site.activity(), append(p.query.pairs(), views.ActivityOpen, strconv.FormatInt(id, 10), views.ActivityRevert, "1")...) + "#" + parts.ReversalID
}

// readReversal is what reverting the opened activity would do; nil where it is of a kind that can't be reverted.
func (h Pages) readReversal(c echo.Context, id int64) (*services.Reversal, error) {
	r, err := h.Console.Reversal(c.Request().Context(), caller(c), id)
	if isNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &r, nil
}

// addReversal gives an event its button, or what reverting it would do.
func (p activityPage) addReversal(e services.Event, event *parts.ActivityEvent) {
	if e.Reverts != 0 {
		event.Reverted = &parts.Link{Label: "See what it reverted", Href: p.site.activityOpened(e.Reverts)}
	}
	if p.reversal != nil && e.ID == p.open.id {
		drawn := p.drawReversal(*p.reversal)
		event.Reversal = &drawn
		return
	}
	if p.reverts != nil && p.reverts(e) {
		event.Revert = p.reverting(e.ID)
	}
}

// linesShown is how many lines of each kind a reversal shows.
const linesShown = 50

func (p activityPage) drawReversal(r services.Reversal) parts.Reversal {
	p.list.Names = r.Names
	reverted, all := r.Reverted(), len(r.Lines)
	drawn := parts.Reversal{
		Changed: p.changed, Cancel: p.opened(r.Event.ID), Button: "Revert",
		Action: with(p.site.activityRevert(r.Event.ID), p.query.pairs()...), Hidden: []parts.Hidden{{Name: views.ActivityShown, Value: r.Shown}},
		Change: parts.ReversalPart{Title: words.Number(reverted) + " would change"},
		Stay:   parts.ReversalPart{Title: words.Number(all-reverted) + " " + words.Noun{One: "stays as it is", Many: "stay as they are"}.Of(all-reverted)},
	}
	for _, line := range p.asChanged(r) {
		part := &drawn.Stay
		if line.Stays == services.Reverts {
			part = &drawn.Change
		}
		part.Lines = append(part.Lines, p.reversalLine(line))
	}
	for _, part := range []*parts.ReversalPart{&drawn.Change, &drawn.Stay} {
		if more := len(part.Lines) - linesShown; more > 0 {
			part.Lines, part.More = part.Lines[:linesShown], words.More(more)
		}
	}
	if reverted < all {
		drawn.Button = "Revert " + words.Number(reverted) + " of " + words.Number(all)
	}
	switch {
	case r.Refused != nil:
		drawn.Nothing = p.revertRefusal(r.Refused)
		drawn.Change.Title = "What the change changed"
	case reverted == 0:
		drawn.Nothing = "Nothing to revert. Everything is back to the earlier state, or has changed again."
		drawn.Lead = "Compared with today, " + words.DayIn(p.now, p.now) + ", nothing would change."
	default:
		drawn.Lead = "Changes compared with today, " + words.DayIn(p.now, p.now) + "."
		if reverted < all {
			drawn.Lead += " " + words.Number(reverted) + " of " + words.Number(all) + " can be reverted."
		}
		drawn.Effects = p.effects(r)
		if r.Until != nil {
			drawn.Note = " What you give ends " + words.OnEnd(*r.Until) + ", with your own access."
		}
	}
	return drawn
}

// asChanged are the lines of a reversal in the order of the table of what the activity changed, which stands below them.
func (p activityPage) asChanged(r services.Reversal) []services.RevertLine {
	at := map[string]int{}
	for i, row := range p.changeRows(r.Event) {
		at[row.Label] = i
	}
	place := func(line services.RevertLine) int {
		if i, found := at[p.changeRow(line.Change).Label]; found {
			return i
		}
		return len(at)
	}
	lines := slices.Clone(r.Lines)
	slices.SortStableFunc(lines, func(a, b services.RevertLine) int { return cmp.Compare(place(a), place(b)) })
	return lines
}

func (p activityPage) reversalLine(line services.RevertLine) parts.ReversalLine {
	row := p.changeRow(line.Change)
	drawn := parts.ReversalLine{Label: row.Label, Today: p.value(line.Change, line.Before, row.Before, row.None)}
	if line.Stays == services.Reverts {
		drawn.Reverted = p.value(line.Change, line.After, row.After, row.None)
		return drawn
	}
	drawn.Why = p.whyItStays(line, drawn.Today.Word)
	if line.Since != nil {
		drawn.See = &parts.Link{Label: "See that change", Href: p.site.activityOpened(line.Since.ID)}
	}
	return drawn
}

// value is what a line shows: a level with its sign, or a text.
func (p activityPage) value(c services.Change, stored, word, none string) parts.Value {
	if word == "" {
		word = none
	}
	switch c.Of {
	case services.OfLevel, services.OfRow, services.OfAccess:
		return parts.Value{Level: orElse(stored, access.LevelNone.String()), Word: word}
	}
	return parts.Value{Word: word}
}

func (p activityPage) whyItStays(line services.RevertLine, today string) string {
	switch line.Stays {
	case services.StaysAlready:
		return "Is " + today + " already. Nothing to do."
	case services.StaysChanged:
		if line.Since == nil {
			return "Changed again since."
		}
		return "Changed again on " + words.DayIn(line.Since.At, p.now) + " by " + services.Signature(line.Since.ActorName, line.Since.KnownEmail) + "."
	case services.StaysGone:
		return "Was deleted since."
	case services.StaysBeyond:
		return "You can’t give this: " + words.Beyond(p.catalog, line.Excess) + "."
	case services.StaysNeed:
		return "You can’t change this: it needs " + words.Need(p.catalog, line.Need) + "."
	}
	return line.Text
}

// confirmElsewhere is what has to be confirmed, where the page that asks for it is another.
var confirmElsewhere = map[services.Confirmation]string{
	services.ConfirmLockOut:  "You can’t revert this here: you would lose something that you can’t give back to yourself. The Privileges tab asks you first.",
	services.ConfirmLeave:    "You can’t revert this here: it is their last group, and they would leave the organization. The Members tab of the group asks you first.",
	services.ConfirmUnproven: "You can’t revert this here: nobody has proven their address. The Members tab of the group asks you first.",

	services.ConfirmSecondFactor: "You can’t revert this here: everybody without a second factor would be shut out. The page of the organization asks you first.",
	services.ConfirmSupportOff:   "You can’t revert this here: a temporary access that runs now would end. The page of the organization asks you first.",
}

// revertRefusal says why the viewer reverts nothing of a change.
func (p activityPage) revertRefusal(cause error) string {
	var forbidden services.Forbidden
	var gone services.Gone
	var confirm services.NeedsConfirmation
	var left services.HasLeft
	var moved services.HasMoved
	var high services.TooHigh
	switch {
	case errors.As(cause, &gone):
		return "Nothing to revert: " + gone.Name + " was deleted."
	case errors.As(cause, &forbidden):
		return "You can’t revert this: it needs " + words.Need(p.catalog, forbidden.Need) + "."
	case errors.As(cause, &services.BringsNobodyIn{}):
		return "You can’t revert this: " + words.BringsNobodyIn + "."
	case errors.As(cause, &left):
		return "Nothing to revert: " + left.Name + " has left the organization. Invite them again."
	case errors.As(cause, &moved):
		return "You can’t revert this here: " + moved.Name + " has another mail address now. Change it on the member’s page."
	case errors.As(cause, &high):
		return "You can’t revert this: " + words.Beyond(p.catalog, high.Excess) + "."
	case errors.As(cause, &confirm):
		return confirmElsewhere[confirm.Of]
	case errors.As(cause, &services.LockOut{}):
		return "You can’t revert this here: you could not edit it afterwards. Its Access tab asks you first."
	case errors.Is(cause, services.ErrAdministrators):
		return "Nothing to revert: the privileges of Administrators are fixed."
	case errors.Is(cause, services.ErrTemplate):
		return "Nothing to revert: the template of the API key decides what it may do."
	case errors.Is(cause, services.ErrLastAdministrator):
		return "You can’t revert this: " + words.LastAdministrator + "."
	case errors.Is(cause, services.ErrInvitationEnded):
		return "Nothing to revert: the invitation has ended, or nobody can join with it any more."
	case errors.Is(cause, services.ErrUndoesPartly):
		return "Some of it has changed again."
	case errors.Is(cause, services.ErrTooLongAgo):
		return "You can’t revert this: it is too much for one revert."
	}
	return "Nothing to revert."
}

// effects are what members of a group, or an API key, gain and lose.
func (p activityPage) effects(r services.Reversal) []parts.ReversalEffect {
	var all []parts.ReversalEffect
	who := words.Members.Count(r.Members)
	switch {
	case r.Event.ListedUnder() == access.APIKeysDomain:
		who = r.Event.ResourceName
	case r.Members == 0:
		who = r.Event.ResourceName + " (no members)"
	}
	for _, line := range r.Lines {
		if line.Stays != services.Reverts || line.Of != services.OfLevel && line.Of != services.OfRow {
			continue
		}
		row := p.changeRow(line.Change)
		before, _ := access.ParseLevel(line.Before)
		after, _ := access.ParseLevel(line.After)
		effect := parts.ReversalEffect{Gains: after > before, Who: who, What: row.After, Rest: " on " + row.Label}
		if !effect.Gains {
			effect.What = row.Before
		}
		all = append(all, effect)
	}
	return all[:min(len(all), fewEffects)]
}

// fewEffects is how many of what is gained and lost is said once more.
const fewEffects = 6

// ActivityRevert reverts an activity, as far as its page says. Something else than what was shown is done to nothing: the page says
// what would be done now.
func (h Pages) ActivityRevert(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	id, _ := strconv.ParseInt(c.Param("activity"), 10, 64) // 0, which none has, where it is no number
	r, err := h.Console.Revert(c.Request().Context(), caller(c), id, form.Get(views.ActivityShown))
	switch {
	case err == nil:
		flash(c, "success", revertedWords(r), "The earlier state applies again.")
		return seeOther(c, with(siteOf(caller(c).Organization.Key).activity(), readActivityQuery(c).pairs()...))
	case errors.Is(err, services.ErrShownOtherwise):
		return h.activities(c, http.StatusConflict, opened{id, true}, "Something has changed since you looked, so nothing was reverted. This page shows what reverting does now.")
	case services.KeepsFromReverting(err):
		return h.activities(c, http.StatusUnprocessableEntity, opened{id, true}, "Nothing was reverted.")
	}
	return err
}

func revertedWords(r services.Reversal) string {
	reverted, all := r.Reverted(), len(r.Lines)
	if reverted < all {
		return "Reverted: " + words.Number(reverted) + " of " + words.Changes.Count(all) + "."
	}
	return "Reverted: " + words.Changes.Count(all) + "."
}
