package handlers

import (
	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// through is what gives it. Its page is linked where the viewer may open it.
func (p peoplePage) through(w services.Way) parts.Link {
	switch w.Via.Kind {
	case access.APIKey:
		return parts.Link{Label: "Its own privileges", Href: p.site().apiKey(w.Via.Key) + "/privileges"}
	case access.TemporaryAccess:
		return parts.Link{Label: "Temporary access", Href: p.lentHref([]services.Way{w})}
	}
	return parts.Link{Label: w.Via.Name, Href: p.site().privileges(w.Via.Key)}
}

// lentHref is the page of the first temporary access among the ways, for who may view it.
func (p peoplePage) lentHref(ways []services.Way) string {
	for _, w := range ways {
		if w.Via.Kind == access.TemporaryAccess && p.SeesLent {
			return p.site().temporaryAccess(w.Via.Key)
		}
	}
	return ""
}

// how is the way in a few words: "Custom, on the editor list".
func (p peoplePage) how(w services.Way) string {
	switch {
	case w.Via.Kind == access.TemporaryAccess && w.Justification != "" && p.SeesLent:
		return w.Justification
	case w.Level == access.LevelCustom && w.Listed:
		return "Custom, on the editor list"
	case w.Level == access.LevelCustom && p.Resource.ID != 0:
		return "Custom, not on its list"
	}
	return p.Domain.Label(w.Level)
}

// inFull is the same as a sentence.
func (p peoplePage) inFull(w services.Way) string {
	text := p.Domain.Label(w.Level) + " on " + p.Domain.Name
	switch {
	case w.Level == access.LevelCustom && w.Listed:
		text += ". This " + p.Domain.Resource + " is on the editor list."
	case w.Level == access.LevelCustom && p.Resource.ID != 0:
		text += ". This " + p.Domain.Resource + " is not on its editor list."
	}
	if w.Via.Kind == access.TemporaryAccess && w.Justification != "" && p.SeesLent {
		text += " (" + w.Justification + ")"
	}
	return text
}

// ways are all of a row, and what an auditor needs to know of them.
func (p peoplePage) ways(r services.Reacher, row views.PersonRow) *views.PersonWays {
	ways := &views.PersonWays{Advice: advice(p.Need.Ability, r.Ways), Page: parts.Link{Label: "Open " + words.Lower(kindOfReacher(r)), Href: row.Href}}
	if subject := p.subject(r); subject != "" {
		ability := access.View
		if r.Full {
			ability = p.Need.Ability
		}
		ways.Explain = p.site().explain(services.Question{Subject: subject, Ability: ability.String(), Domain: string(p.Domain.Key), Resource: p.Resource.Key})
	}
	for _, w := range r.Ways {
		level := w.Level
		if p.Resource.ID != 0 {
			level = access.LevelView
			if w.Full {
				level = access.LevelEdit
			}
		}
		line := views.WayLine{Level: levelClass(level), Word: p.levelWord(level), Through: p.through(w), How: p.inFull(w),
			Since: sinceWords(w), Until: "No end"}
		if !w.Until.IsZero() {
			line.Until = "Until " + reachEnd(w.Until, p.now)
		}
		ways.Lines = append(ways.Lines, line)
	}
	return ways
}

// subject is who a row is about, in a question.
func (p peoplePage) subject(r services.Reacher) string {
	switch {
	case r.Key != 0:
		return access.Grantee{Kind: access.APIKey, Key: r.Slug}.Ref()
	case r.Member != 0:
		return services.MemberRef(r.Member)
	}
	return ""
}

func sinceWords(w services.Way) string {
	switch w.Via.Kind {
	case access.APIKey:
		return "Held since " + words.Day(w.Since)
	case access.TemporaryAccess:
		return "Asked for on " + words.Day(w.Since)
	}
	return "Member since " + words.Day(w.Since)
}

// advice says what it takes to take away what somebody has, and what is left then. The ways that give the more come first.
func advice(full access.Ability, ways []services.Way) string {
	strongest := 0
	for strongest < len(ways) && ways[strongest].Full == ways[0].Full {
		strongest++
	}
	what, left := full, len(ways)-strongest
	if !ways[0].Full {
		what = access.View
	}
	noun := words.Ways
	if groupsAlone(ways[:strongest]) {
		noun = words.Groups
	}
	text := "To take " + words.Upper(what.String()) + " away, "
	switch {
	case strongest == 1 && left == 0:
		text += "this " + noun.One + " has to change."
	case strongest == 1:
		text += "the first " + noun.One + " has to change."
	case strongest == 2:
		text += "both " + noun.Many + " have to change."
	default:
		text += noun.All(strongest) + " have to change."
	}
	switch {
	case left == 1:
		text += " Then View stays, from the " + placeIn(len(ways)) + "."
	case left > 1:
		text += " Then View stays, from the other " + words.Number(left) + "."
	}
	return text
}

// placeIn is the place of a way among few: "second".
func placeIn(n int) string {
	if places := []string{"first", "second", "third", "fourth", "fifth"}; n <= len(places) {
		return places[n-1]
	}
	return "last"
}

func groupsAlone(ways []services.Way) bool {
	for _, w := range ways {
		if w.Via.Kind != access.Group {
			return false
		}
	}
	return true
}
