package handlers

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

type (
	reviewOfMemberships = func(context.Context, services.Caller, services.MembersChosen, services.ManyMemberships) (services.MembershipsReview, error)
	changeOfMemberships = func(context.Context, services.Caller, []models.MemberID, services.ManyMemberships) error
)

var addingToGroups = manyGroupsAct{
	gives: true, path: func(s site, _ string) string { return s.addToGroups() }, question: Pages.whichGroupsToAdd, lead: "They get these privileges immediately.", will: "will be added, and gain", effect: Pages.whatTheyGain,
	verb: manyVerb{Done: words.Lower("Added"), Doing: "Adding", Does: "Add", Of: words.Members}, nothing: "Already in all of these groups.",
	title: func(members string, f manyGroupsForm) string {
		return "Add " + members + " to " + words.Groups.Count(len(f.Groups)) + "?"
	},
	done: func(members string, f manyGroupsForm) string {
		return members + " added to " + words.Groups.Count(len(f.Groups)) + "."
	},
	review: func(c *services.Console) reviewOfMemberships { return c.ReviewAddToGroups },
	do:     func(c *services.Console) changeOfMemberships { return c.AddToGroups },
}

var removingFromGroups = manyGroupsAct{
	path: func(s site, _ string) string { return s.removeFromGroups() }, question: Pages.whichGroupsToLeave, lead: "They immediately lose what no other group gives them.", will: "will be removed, and lose", effect: Pages.whatTheyLose,
	verb: manyVerb{Done: "removed", Doing: "Removing", Does: "Remove", Of: words.Members}, nothing: "In none of these groups.", danger: true,
	title: func(members string, f manyGroupsForm) string {
		return "Remove " + members + " from " + words.Groups.Count(len(f.Groups)) + "?"
	},
	done: func(members string, f manyGroupsForm) string {
		return members + " removed from " + words.Groups.Count(len(f.Groups)) + "."
	},
	review: func(c *services.Console) reviewOfMemberships { return c.ReviewRemoveFromGroups },
	do:     func(c *services.Console) changeOfMemberships { return c.RemoveFromGroups },
}

var settingAnEnd = manyGroupsAct{
	path: func(s site, _ string) string { return s.setAnEnd() }, question: Pages.whichEnd, lead: "Their memberships will have no end date.", will: "will be changed", effect: Pages.whatEnds,
	verb: manyVerb{Done: "changed", Doing: "Changing", Does: "Change", Of: words.Members}, nothing: "Nothing to change.",
	title: func(members string, f manyGroupsForm) string {
		if f.In != "" {
			members += " of " + f.In
		}
		if f.Until == nil {
			return "Remove the end date of " + members + "?"
		}
		return "Set the end to " + words.Date(words.LastDay(*f.Until)) + " for " + members + "?"
	},
	done: func(members string, f manyGroupsForm) string {
		if f.Until == nil {
			return members + " changed. Their memberships have no end date."
		}
		return members + " changed. Their memberships last " + words.UntilEnd(*f.Until) + "."
	},
	review: func(c *services.Console) reviewOfMemberships { return c.ReviewMembershipEnds },
	do:     func(c *services.Console) changeOfMemberships { return c.SetMembershipEnds },
}

// MembersAddAsk asks into which groups a selection of members is put, and reviews it.
func (h Pages) MembersAddAsk(c echo.Context) error { return h.askManyGroups(c, addingToGroups) }

// MembersAdd puts those members into groups that were confirmed.
func (h Pages) MembersAdd(c echo.Context) error { return h.doManyGroups(c, addingToGroups) }

// MembersLeaveAsk asks out of which groups a selection of members is taken, and reviews it.
func (h Pages) MembersLeaveAsk(c echo.Context) error { return h.askManyGroups(c, removingFromGroups) }

// MembersLeave takes those members out of groups that were confirmed.
func (h Pages) MembersLeave(c echo.Context) error { return h.doManyGroups(c, removingFromGroups) }

// MembersEndAsk asks when the memberships of a selection of members end, and reviews it.
func (h Pages) MembersEndAsk(c echo.Context) error { return h.askManyGroups(c, settingAnEnd) }

// MembersEnd sets that end for the members that were confirmed.
func (h Pages) MembersEnd(c echo.Context) error { return h.doManyGroups(c, settingAnEnd) }

// noDate ends what a field for the last day of memberships says.
const noDate = " Without a date there is no end."

// manySelected is how many members a selection has that there are, in words.
func manySelected(l chosenFrom) (string, error) {
	n, err := l.count()
	if err != nil {
		return "", err
	}
	if name := l.name(); name != "" {
		return words.Members.Count(n) + " of " + name, err
	}
	return words.Members.Count(n), err
}

func (h Pages) whichGroupsToAdd(c echo.Context, l chosenFrom, f manyGroupsForm) (*views.ManyQuestion, error) {
	members, err := manySelected(l)
	if err != nil {
		return nil, err
	}
	choice, err := h.Console.InvitationChoice(c.Request().Context(), caller(c), f.Find, f.Groups)
	if err != nil {
		return nil, err
	}
	field := &views.ManyGroupsField{Find: &f.Find}
	for _, g := range choice.Chosen {
		field.Chosen = append(field.Chosen, parts.Token{Value: g.Key, Name: g.Name})
	}
	for _, g := range choice.Rows {
		field.Found = append(field.Found, h.groupToAdd(g))
	}
	switch {
	case choice.More:
		field.More = words.Groups.Count(len(choice.Rows)) + " shown. Type a name to find others."
	case len(choice.Rows) == 0 && f.Find != "":
		field.More = "No other group that you can edit matches “" + f.Find + "”."
	}
	until := views.ManyUntil.Field()
	until.Help = "Optional. " + words.UntilThatDay("They stay in these groups") + noDate
	return &views.ManyQuestion{Title: "Add " + members + " to groups", Lead: "You see what each of them gains before anything changes.", Groups: field, Until: &until}, nil
}

// groupToAdd is a group to choose; one that may not be given stays in the list with the reason.
func (h Pages) groupToAdd(g services.InvitableGroup) parts.FoundLine {
	line, sub := parts.FoundLine{Value: g.Key, Name: marked(g.Name, ""), Note: words.Members.Count(g.Members)}, ""
	switch {
	case g.Lent:
		line.Locked, sub = true, words.Sentence(words.BringsNobodyIn)
	case len(g.Beyond) > 0:
		line.Locked, sub = true, "You can’t give this: "+words.Beyond(h.Console.Catalog(), g.Beyond)+"."
	case g.Administrators:
		sub = "The highest level on every domain."
	default:
		sub = holdsInShort(h.Console.Catalog(), g.Set, func(access.DomainKey) bool { return false })
	}
	line.Sub = marked(sub, "")
	return line
}

func (h Pages) whichGroupsToLeave(c echo.Context, l chosenFrom, f manyGroupsForm) (*views.ManyQuestion, error) {
	members, err := manySelected(l)
	if err != nil {
		return nil, err
	}
	groups, err := h.Console.GroupsOfMany(c.Request().Context(), caller(c), l.members())
	if err != nil {
		return nil, err
	}
	field := &views.ManyGroupsField{}
	for _, g := range groups {
		line := parts.FoundLine{Value: g.Key, Name: marked(g.Name, ""), Note: words.Number(g.Among) + " of them"}
		for _, key := range f.Groups {
			line.Checked = line.Checked || key == g.Key
		}
		field.Found = append(field.Found, line)
	}
	if len(groups) == 0 {
		field.More = "They are in no group that you can edit."
	}
	return &views.ManyQuestion{Title: "Remove " + members + " from groups", Lead: "You see what each of them loses before anything changes.", Groups: field}, nil
}

func (h Pages) whichEnd(_ echo.Context, l chosenFrom, f manyGroupsForm) (*views.ManyQuestion, error) {
	members, err := manySelected(l)
	if err != nil {
		return nil, err
	}
	until := views.ManyUntil.Field()
	until.Autofocus, until.Help = true, words.UntilThatDay("They last")+noDate
	if l.group != nil {
		until.Help = words.UntilThatDay("They stay in this group") + noDate
	}
	return &views.ManyQuestion{Title: "Set an end for " + members, Lead: "You see whose memberships change before anything changes.", Until: &until, Which: whichMemberships(l, f, h.Console.Now())}, nil
}

// What ManyWhich asks for besides a moment, by which memberships end that are meant.
const (
	allMemberships = "every"
	thoseWithAnEnd = "dated"
)

// whichMemberships are the choices of memberships that get an end. In a list of those that end soon these are meant; in that of a group
// each member has one.
func whichMemberships(l chosenFrom, f manyGroupsForm, now time.Time) []views.ManyOption {
	if l.group != nil {
		return nil
	}
	options := []views.ManyOption{{Value: allMemberships, Label: "All of their memberships"}, {Value: thoseWithAnEnd, Label: "Those that have an end date"}}
	meant := orElse(f.Which, allMemberships)
	if days := endsWithin(l.query); days > 0 {
		soon := now.AddDate(0, 0, days).UTC().Truncate(time.Second).Format(time.RFC3339)
		options = append(options, views.ManyOption{Value: soon, Label: "Those that end within " + words.Days.Count(days)})
		if meant = f.Which; meant != allMemberships && meant != thoseWithAnEnd {
			meant = soon
		}
	}
	for i := range options {
		options[i].Checked = options[i].Value == meant
	}
	return options
}

// meant reads which memberships get an end: all, those that have one, or those that end by a moment.
func (f *manyGroupsForm) meant(which string) {
	f.Which, f.Ending = which, which == thoseWithAnEnd
	if at, err := time.Parse(time.RFC3339, which); err == nil {
		f.Ending, f.EndBy = true, &at
	}
}

// whatTheyGain is what somebody gains by groups.
func (h Pages) whatTheyGain(r services.MembershipsReview, row services.MemberChange) string {
	text := inShort(h.Console.Catalog(), row.Differences, true, r.Sees)
	if text == "" {
		text = "No change: already has all of it"
	}
	if in := len(r.Groups) - len(row.Changes); in > 0 {
		return text + ". Already in " + words.Groups.Count(in) + " of these."
	}
	return text + "."
}

// whatTheyLose is what somebody loses with groups.
func (h Pages) whatTheyLose(r services.MembershipsReview, row services.MemberChange) string {
	if row.Leaves {
		text := "Leaves the organization: no group is left."
		if row.Owned > 0 {
			text += " " + losesOwner.Count(row.Owned) + "."
		}
		return text
	}
	if text := inShort(h.Console.Catalog(), row.Differences, false, r.Sees); text != "" {
		return text + "."
	}
	return "No change: other groups give all of it."
}

// whatEnds is which memberships of somebody get another end.
func (h Pages) whatEnds(_ services.MembershipsReview, row services.MemberChange) string {
	var names []string
	for _, change := range row.Changes {
		was := "now no end date"
		if end := change.Group.ExpiresAt; end != nil {
			was = "now until " + words.EndMinute(*end)
		}
		names = append(names, change.Group.Name+" ("+was+")")
	}
	return words.List(names, 2) + "."
}
