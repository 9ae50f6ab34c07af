package handlers

import (
	"strconv"
	"strings"

	"bailiwick/addresslist"
	"bailiwick/looks"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/words"
)

// mostResolved is how many lines a part shows.
const mostResolved = 100

// resolved says what will become of everybody; nil while there is nobody.
func resolved(form peopleForm, seen services.PeopleOutcome, groups int) *views.ResolvedPeople {
	if form.List.Size()+len(form.Ticked) == 0 {
		return nil
	}
	r := &views.ResolvedPeople{Head: resolvedHead(form)}
	lines := map[string]addresslist.Entry{}
	for _, e := range form.List.Entries {
		lines[e.Email] = e
	}
	for _, part := range []views.ResolvedPart{
		unusablePart(form, seen),
		repeatedPart(form),
		peoplePart(views.ResolvedPart{ID: "part-in", Icon: "user-check", Text: "already in " + theGroups(groups)}, seen, lines, services.PersonIn),
		peoplePart(views.ResolvedPart{ID: "part-open", Icon: "mail", Text: "already invited"}, seen, lines, services.PersonOpen),
		peoplePart(views.ResolvedPart{ID: "part-added", Tone: "success", Icon: "user-plus", Text: words.Members.Of(seen.Count(services.PersonAdded)) + " will be added now"},
			seen, lines, services.PersonAdded),
		peoplePart(views.ResolvedPart{ID: "part-invited", Tone: "success", Icon: "mail", Text: "will be invited"}, seen, lines, services.PersonInvited),
	} {
		if n := len(part.Lines); n > 0 {
			part.Count = words.Number(n)
			if n > mostResolved {
				part.Lines, part.More = part.Lines[:mostResolved], words.More(n-mostResolved)
			}
			r.Parts = append(r.Parts, part)
		}
	}
	return r
}

// addressesRead are the addresses of lines that have several, and what is none among them.
var addressesRead = words.Regular("entry")

// resolvedHead counts what was read: the lines as the numbers beside them do.
func resolvedHead(form peopleForm) string {
	var all []string
	if n := form.List.Lines(); n > 0 {
		read := words.Lines.Count(n) + " read"
		if several := form.List.Size(); several > n {
			read += " with " + addressesRead.Count(several)
		}
		all = append(all, read)
	}
	if n := len(form.Ticked); n > 0 {
		all = append(all, words.People.Count(n)+" ticked")
	}
	return words.And(all)
}

func theGroups(n int) string {
	switch n {
	case 0, 1:
		return "the group"
	case 2:
		return "both groups"
	}
	return "all these groups"
}

// unusablePart is what nobody can be added or invited by, each with its reason.
func unusablePart(form peopleForm, seen services.PeopleOutcome) views.ResolvedPart {
	p := views.ResolvedPart{ID: "part-unusable", Tone: "danger", Icon: "circle-alert", Text: "can’t be used", Open: true}
	for _, u := range form.List.Unusable {
		p.Lines = append(p.Lines, views.ResolvedLine{Name: u.Text, Sub: lineWords(u.Line), Effect: u.Why, Drop: strconv.Itoa(u.Line) + ":" + u.Text})
	}
	if n := len(p.Lines); n > 0 {
		p.Correct = "Correct " + words.Lines.Count(n)
	}
	doubted := 0
	for _, person := range seen.People {
		line := views.ResolvedLine{Name: person.Email, Drop: person.Email}
		if person.Doubt.Why != "" {
			doubted++
		}
		switch person.Outcome {
		case services.PersonDoubtful:
			line.Sub, line.Effect = strings.Join(person.Doubt.Characters, ", "), looks.Likeness(person.Email, person.Doubt)
			line.Sure = sure(doubted, person.Email, false)
		case services.PersonMailed:
			line.Effect = "Too many invitations by mail for now"
		case services.PersonInactive:
			line.Name, line.Sub, line.Effect = memberName(*person.Of), person.Email, "Suspended"
		default:
			continue
		}
		p.Lines = append(p.Lines, line)
	}
	return p
}

// sure is the box of the address that is in this place among those that look like others, from 1.
func sure(place int, email string, checked bool) *views.DoubtfulCheck {
	return &views.DoubtfulCheck{ID: views.PeopleSure.Name + "-" + strconv.Itoa(place), Email: email, Checked: checked}
}

func lineWords(line int) string { return "line " + strconv.Itoa(line) }

// repeatedPart is what is there several times.
func repeatedPart(form peopleForm) views.ResolvedPart {
	p := views.ResolvedPart{ID: "part-twice", Icon: "copy", Text: "listed twice, used once"}
	for _, r := range form.List.Repeats {
		var lines []string
		for _, line := range r.Lines {
			lines = append(lines, strconv.Itoa(line))
		}
		p.Lines = append(p.Lines, views.ResolvedLine{Name: r.Text, Sub: "lines " + words.And(lines)})
	}
	return p
}

// peoplePart is who has one outcome.
func peoplePart(p views.ResolvedPart, seen services.PeopleOutcome, lines map[string]addresslist.Entry, of services.PersonOutcome) views.ResolvedPart {
	doubted := 0
	for _, person := range seen.People {
		if person.Doubt.Why != "" {
			doubted++
		}
		if person.Outcome != of {
			continue
		}
		line := views.ResolvedLine{Name: orElse(lines[person.Email].Name, person.Email), Drop: person.Email}
		if person.Of != nil {
			line.Name, line.Marks = memberName(*person.Of), marks(person.Of.Marks)
		}
		if line.Name != person.Email {
			line.Sub = person.Email
		}
		if person.Doubt.Why != "" && of == services.PersonInvited {
			line.Sure = sure(doubted, person.Email, true)
		}
		p.Lines = append(p.Lines, line)
	}
	return p
}

// firstUnsure is the box of the first address that nobody says is right, nil where there is none.
func firstUnsure(r *views.ResolvedPeople) *views.DoubtfulCheck {
	if r == nil {
		return nil
	}
	for _, part := range r.Parts {
		for _, line := range part.Lines {
			if line.Sure != nil && !line.Sure.Checked {
				return line.Sure
			}
		}
	}
	return nil
}
