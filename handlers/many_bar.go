package handlers

import (
	"errors"
	"slices"

	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// manyAction is an action that an Action bar offers for several selected rows. It is absent where it is open to none of them.
type manyAction struct {
	Label, Icon string
	Href        string // GET: reviews it
	Link        bool   // Href is a page of its own, which is told the rows by its address
	Name, Value string // sent with it
	Can         int    // rows to which it can be done
	Some        string // stands for Label before their number, where these are not all
	LeftOut     []error
	Danger      bool
	More        bool // in the menu at the end
	Yields      parts.ButtonPlace
}

// manyOf fills an action with a judgement.
func manyOf[T any](a manyAction, judged services.Many[T]) manyAction {
	a.Can = len(judged.Can())
	for _, o := range judged.LeftOut() {
		a.LeftOut = append(a.LeftOut, o.Why)
	}
	return a
}

// selected is a selection of several rows as an Action bar speaks of it.
type selected struct {
	Rows     int // that are there
	All      bool
	Matching int // that the list's filter finds; above services.MaxMany nobody counts further
	Of       words.Noun
	Address  string // of this page of the list, without a selection
	File     string // address of the list as a file, which can hold these rows alone; "" where there is none
}

// manyBar draws what the viewer may do with several rows, each action with its number where that is not all of them, and says why
// the others are left out.
func manyBar(sel selected, actions []manyAction) parts.ActionBar {
	bar := parts.ActionBar{State: "many", Subject: words.Number(sel.Rows) + " selected", Clear: sel.Address, Other: sel.other()}
	if sel.All {
		bar.Subject = "All " + bar.Subject
	}
	var out [][]error
	for _, a := range actions {
		if a.Can == 0 {
			continue
		}
		if a.Can < sel.Rows {
			a.Label = orElse(a.Some, a.Label) + " " + words.Number(a.Can)
			out = append(out, a.LeftOut)
		}
		bar.Actions = append(bar.Actions, parts.Action{Label: a.Label, Icon: a.Icon, Href: a.Href, Name: a.Name, Value: a.Value, Get: !a.Link, Danger: a.Danger, More: a.More, Yields: a.Yields})
	}
	bar.Why = leftOutOf(out)
	if len(bar.Actions) == 0 {
		bar.Why = "You can’t change any of these."
	}
	if sel.File != "" {
		bar.Actions = append(bar.Actions, parts.Action{Label: "Download " + words.Number(sel.Rows) + " as CSV", Icon: "download", Href: sel.File, Get: true, More: true})
	}
	bar.Announce = sel.Of.Count(sel.Rows) + " selected: " + words.Actions.Count(len(bar.Actions))
	return bar
}

// other leads to another selection: all that match, or the page alone.
func (sel selected) other() *parts.Link {
	switch {
	case sel.All:
		return &parts.Link{Label: "Only this page", Href: with(sel.Address, parts.PickName, parts.PickPage)}
	case sel.Matching > services.MaxMany:
		return &parts.Link{Label: "Select the first " + words.Number(services.MaxMany), Href: picks{all: true}.onto(sel.Address)}
	case sel.Matching > sel.Rows:
		return &parts.Link{Label: "Select all " + words.Number(sel.Matching), Href: picks{all: true}.onto(sel.Address)}
	}
	return nil
}

// leftOutWords say why a row is left out: in the Action bar, where a number may stand before them, and of the row itself.
var leftOutWords = []struct {
	why     error
	one     string // in the bar, of one, "" where the bar does not say it; with several: their number and many
	many    string
	itself  string
	counted bool // one has its number too
}{
	{errInvited, "who is only invited", "who are only invited", "", true},
	{services.ErrReactivateFirst, "suspended", "suspended", "Suspended. Reactivate first.", true},
	{services.ErrOneself, "you", "", "This is you. Use your own row.", false},
	{services.ErrInIt, "that you are in", "that you are in", "You are a member. Delete it from its own row.", true},
	{services.ErrNotSignedIn, "not signed in", "not signed in", "Not signed in.", true},
	{services.ErrSuspended, "already suspended", "already suspended", "Already suspended.", true},
	{services.ErrInvitationEnded, "that has ended", "that have ended", "Already ended.", true},
	{services.Soon{}, "that was mailed a short time ago", "that were mailed a short time ago", "", true},
	{services.ErrKeyActive, "already active", "already active", "Already active.", true},
	{services.ErrKeyInactive, "already deactivated", "already deactivated", "Already deactivated.", true},
	{services.ErrKeyLasts, "that never expires", "that never expire", "Already works for as long or longer.", true},
	{services.ErrNothingToDo, "", "", "Nothing to change.", false},
	{services.ErrLocksOut, "", "", "You could no longer edit it. Use its Access tab.", false},
	{services.ErrNotSuspended, "", "", "Not suspended.", false}, // what is left out of Suspend says enough
	{services.ErrBeyond, "with more than you may give", "with more than you may give", "", true},
	{services.ErrForbidden, "that you can’t edit", "that you can’t edit", "", true},
	{services.ErrAdministrators, "Administrators", "Administrators", "This group can’t be deleted.", false},
	{services.BringsNobodyIn{}, "whom temporary access can’t add", "whom temporary access can’t add", "With Edit only through temporary access, you can’t reactivate anybody.", true},
	{services.ErrLastAdministrator, "the last administrator", "administrators who are needed", "The organization needs an administrator who can sign in and has no end date.", false},
}

// leftOutOf is the reason at the end of the bar, from what each action leaves out: "Left out: you, and 1 already suspended." A row that
// several actions leave out for one reason is named once.
func leftOutOf(out [][]error) string {
	var reasons []string
	for _, w := range leftOutWords {
		n := 0
		for _, whys := range out {
			n = max(n, len(slices.DeleteFunc(slices.Clone(whys), func(why error) bool { return !errors.Is(why, w.why) })))
		}
		switch {
		case n == 0 || w.one == "":
		case n == 1 && !w.counted:
			reasons = append(reasons, w.one)
		case n == 1:
			reasons = append(reasons, "1 "+w.one)
		default:
			reasons = append(reasons, words.Number(n)+" "+w.many)
		}
	}
	if len(reasons) == 0 {
		return ""
	}
	return "Left out: " + words.And(reasons) + "."
}
