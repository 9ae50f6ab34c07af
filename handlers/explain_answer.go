package handlers

import (
	"time"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// answerOf is an explanation as the page shows it. Its words come from services. Each step of the chain links to where it can
// be changed, for viewers who may look there.
func answerOf(by services.Caller, e services.Explanation, again string) *parts.Answer {
	told := e.Sentences()
	a := &parts.Answer{Yes: e.Allowed, Verdict: "No, " + told.Verdict, Summary: subLine(e.Subject.Email, told.Summary), Changes: told.Changes,
		Considered: toldGrants(e.Domain, told.Considered), AsOf: told.AsOf, At: e.At.UTC().Format(time.RFC3339), Again: again}
	if e.Allowed {
		a.Verdict, a.Chain, a.Also = "Yes, "+told.Verdict, chainOf(by, e), toldGrants(e.Domain, told.Because[1:])
	}
	if by.Rights.May(services.ViewGroups, 0) {
		a.People = &parts.Link{Label: peopleWho(e.Domain), Href: siteOf(by.Organization.Key).peopleOf(services.ResourceRef{Domain: e.Domain.Key})}
		if e.Resource.ID != 0 {
			a.People.Label = "People who can reach " + e.Resource.Name
			a.People.Href = siteOf(by.Organization.Key).peopleOf(services.ResourceRef{Domain: e.Domain.Key, Key: e.Resource.Key})
		}
	}
	return a
}

func toldGrants(d *access.Domain, told []services.Told) []parts.ToldGrant {
	var grants []parts.ToldGrant
	for _, t := range told {
		level := t.Grant.Level
		if !d.Offers(level) {
			level = access.LevelNone
		}
		grants = append(grants, parts.ToldGrant{Name: t.Grant.Via.Name, Text: t.Text, Level: levelClass(level), Word: d.Label(level)})
	}
	return grants
}

// chainOf is the chain of the first grant behind the answer: from the subject over its group and level to what was asked.
func chainOf(by services.Caller, e services.Explanation) []parts.ChainLink {
	reason := e.Via[0]
	var chain []parts.ChainLink
	if e.Subject.Kind == services.SubjectMember {
		chain = append(chain, memberLink(e.Subject))
	}
	chain = append(chain, granteeLink(by, e, reason.Grant), levelLink(by, e, reason))
	return append(chain, endLink(by, e))
}

func memberLink(s services.Subject) parts.ChainLink {
	link := parts.ChainLink{Icon: "user", Name: s.Name, Note: s.Email, Edge: "is a member of"}
	if s.Own {
		link.Note = subLine("you", s.Email)
	}
	return link
}

func granteeLink(by services.Caller, e services.Explanation, g access.Grant) parts.ChainLink {
	s := siteOf(by.Organization.Key)
	link := parts.ChainLink{Icon: "users", Name: g.Via.Name, Edge: "which is granted"}
	if g.Via.Kind == access.APIKey {
		link.Icon = "key-round"
	} else if by.Rights.May(services.ViewGroups, 0) {
		link.Link = &parts.Link{Label: "Members", Href: s.members(g.Via.Key)}
	}
	if m, member := e.Subject.Memberships[g.Via.ID]; member {
		link.Note = "Member since " + words.Date(m.Since)
	}
	if !g.Until.IsZero() {
		link.Note = subLine(link.Note, words.UntilEnd(g.Until))
	}
	return link
}

func levelLink(by services.Caller, e services.Explanation, r access.Reason) parts.ChainLink {
	d, g := e.Domain, r.Grant
	link := parts.ChainLink{Icon: parts.LevelIcon(levelClass(g.Level)), Name: d.Label(g.Level) + " on " + words.Domain(d),
		Note: words.Sentence(d.Allows[g.Level]), Edge: "which includes"}
	switch {
	case g.Via.Administrators:
		link.Note = "Administrators hold the highest level everywhere"
	case r.Listed:
		link.Edge = "whose editor list has"
	case e.Need.Ability == access.Create && !d.Creates(g.Level):
		link.Edge = "with the box"
	}
	s := siteOf(by.Organization.Key)
	switch {
	case g.Via.Kind == access.APIKey:
		link.Link = &parts.Link{Label: "Privileges", Href: s.apiKey(g.Via.Key) + "/privileges"}
	case by.Rights.May(services.ViewGroups, 0):
		link.Link = &parts.Link{Label: "Privileges", Href: s.privileges(g.Via.Key)}
	}
	return link
}

var abilityIcons = map[access.Ability]string{
	access.View: "eye", access.Edit: "pencil", access.Create: "plus", access.Allowed: "check", access.Push: "upload",
}

// endLink is what the chain arrives at: "View on all tickets", or "Staff: view" of a domain that has no noun, whose name is printed as written.
func endLink(by services.Caller, e services.Explanation) parts.ChainLink {
	d, ability := e.Domain, words.Ability(e.Need.Ability)
	link := parts.ChainLink{Icon: abilityIcons[e.Need.Ability], Name: ability + " on " + words.Domain(d)}
	switch {
	case e.Resource.ID != 0:
		link.Name, link.Note = ability+" on "+e.Resource.Name, "This "+d.Resource
		if page := pageOf(siteOf(by.Organization.Key), d); page != "" && d.Granular() {
			link.Link = &parts.Link{Label: "Access", Href: page + "/" + e.Resource.Key + "/access"}
		}
	case e.Need.Ability != access.Create && d.Resource != "":
		link.Name = ability + " on all " + words.Things(d).Many
	case d.Resource == "":
		link.Name, link.Note = d.Name+": "+e.Need.Ability.String(), d.Service
	}
	return link
}
