package services

import (
	"fmt"

	"bailiwick/access"
	"bailiwick/words"
)

// Sentences is an explanation in sentences, the same on pages and on the command line.
type Sentences struct {
	Verdict    string   // "John Smith can edit Jira Software Cloud"
	Summary    string   // "1 of 4 groups gives it. The highest level wins."
	Because    []Told   // every grant behind the answer
	Considered []Told   // every other one, and why it was not enough
	Changes    []string // what would change the answer, the least first
	AsOf       string   // "revision 1284, 21 November 2026, 23:29 UTC"
}

// Told is one grant in words: its grantee is named beside the text.
type Told struct {
	Grant access.Grant
	Text  string // "View all on Content / Sources gives view, not edit"
}

// Sentences tells an explanation whose question is known.
func (e Explanation) Sentences() Sentences {
	w := Sentences{
		Verdict: e.verdict(), Summary: e.summary(), Changes: e.changes(),
		AsOf: fmt.Sprintf("revision %d, %s", e.Revision, words.Moment(e.At)),
	}
	for _, reason := range e.Via {
		w.Because = append(w.Because, Told{reason.Grant, e.because(reason)})
	}
	for _, considered := range e.Considered {
		w.Considered = append(w.Considered, Told{considered.Grant, e.lacks(considered)})
	}
	return w
}

// verdict is the answer in a sentence.
func (e Explanation) verdict() string {
	can, is := "can", "is allowed"
	if !e.Allowed {
		can, is = "can’t", "is not allowed"
	}
	switch e.Need.Ability {
	case access.Allowed:
		return e.Subject.Name + " " + is + " on " + e.thing()
	case access.Push:
		return e.Subject.Name + " " + can + " push to " + e.thing()
	case access.Create:
		return e.Subject.Name + " " + can + " create " + e.created()
	}
	return e.Subject.Name + " " + can + " " + e.Need.Ability.String() + " " + e.thing()
}

// thing is what the question is about: the resource, all resources, or the domain.
func (e Explanation) thing() string {
	switch {
	case e.Resource.ID != 0:
		return e.Resource.Name
	case e.Domain.Resource != "":
		return "all " + words.Things(e.Domain).Many
	}
	return words.Domain(e.Domain)
}

func (e Explanation) created() string {
	switch {
	case e.Resource.ID != 0:
		return e.Resource.Name
	case e.Domain.Resource != "":
		return words.Things(e.Domain).Many
	}
	return "in " + words.Domain(e.Domain)
}

// summary says how the answer came about.
func (e Explanation) summary() string {
	switch {
	case e.Fault != "":
		return e.faultWords()
	case e.Subject.Suspended:
		return e.Subject.Name + " is suspended, so their groups give them nothing at the moment."
	case e.Subject.Kind == SubjectGroup && e.Allowed:
		return "The group gives it to its members."
	case e.Subject.Kind == SubjectGroup:
		return "The group does not give it."
	case e.Subject.Kind == SubjectAPIKey && e.Allowed:
		return "The key holds it itself."
	case e.Subject.Kind == SubjectAPIKey:
		return "The key does not hold it."
	case e.Subject.Kind == SubjectPersonnel && len(e.Subject.holds) == 0:
		return "They have no temporary access at the moment."
	case len(e.Subject.holds) > 0 && e.Subject.holds[0].Via.Kind == access.TemporaryAccess && e.Allowed:
		return "Their temporary access gives it."
	case len(e.Subject.holds) > 0 && e.Subject.holds[0].Via.Kind == access.TemporaryAccess:
		return "Their temporary access does not give it."
	}
	return e.groupsWords()
}

func (e Explanation) groupsWords() string {
	behind, all := len(e.Via), len(e.Via)+len(e.Considered)
	switch {
	case all == 0:
		return "They are in no group."
	case all == 1 && behind == 1:
		return "Their only group gives it."
	case all == 1:
		return "Their only group does not give it."
	case behind == 0:
		return "None of " + words.Groups.Count(all) + " gives it."
	}
	gives := words.Noun{One: "gives", Many: "give"}.Of(behind)
	return words.Number(behind) + " of " + words.Groups.Count(all) + " " + gives + " it. The highest level wins."
}

// faultWords says why nobody could be told yes (R5a).
func (e Explanation) faultWords() string {
	switch e.Fault {
	case access.CreateOfOne:
		return "To ask about creating, name " + words.Domain(e.Domain) + " alone, without something in it."
	case access.NoResources:
		return words.Domain(e.Domain) + " has nothing that can be asked about one by one."
	}
	return "No level on " + words.Domain(e.Domain) + " gives " + e.Need.Ability.String() + "."
}

// because tells what a grant behind the answer is.
func (e Explanation) because(r access.Reason) string {
	text := e.held(r.Grant)
	switch {
	case r.Grant.Via.Administrators:
		text = "Administrators hold the highest level everywhere: " + text
	case r.Listed:
		text += ", with " + e.Resource.Name + " in its editor list"
	case e.Need.Ability == access.Create && e.Domain.Creates(r.Grant.Level):
		text += ", which includes creating"
	case e.Need.Ability == access.Create:
		text += ", with Can create"
	}
	if !r.Until.IsZero() {
		text += ", " + words.UntilEnd(r.Until)
	}
	return text
}

// lacks tells why a grant is not enough.
func (e Explanation) lacks(c access.Considered) string {
	held := e.held(c.Grant)
	switch c.Why {
	case access.Suspended:
		return "the member is suspended, so " + held + " has no effect"
	case access.Disabled:
		return "the key is deactivated, so " + held + " has no effect"
	case access.NotBegun:
		return "it begins on " + words.Moment(c.Grant.Since) + ", until then " + held + " has no effect"
	case access.Ended:
		return e.ended() + " " + words.OnEnd(c.Grant.Until) + ", so " + held + " has no effect"
	case access.NotHeld:
		return held
	case access.NotOffered:
		return "the level that it holds is no longer offered on " + words.Domain(e.Domain) + ", so it has no effect"
	case access.BarredToKeys:
		return "an API key can never hold anything on " + words.Domain(e.Domain)
	case access.NoBox:
		return held + ", without Can create"
	case access.NotOnAll:
		return held + " gives edit on what is in its editor list, not on all " + words.Things(e.Domain).Many
	case access.NotListed:
		return held + ", but " + e.Resource.Name + " is not in its editor list"
	case access.OtherAbility:
		return held + " gives " + words.Abilities(e.Domain.Abilities(c.Grant.Level, false)) + ", not " + e.Need.Ability.String()
	}
	return held
}

func (e Explanation) ended() string {
	if e.Subject.Kind == SubjectAPIKey {
		return "the key expired"
	}
	return "the membership ended"
}

// held is a level on the domain of the question: "View all on Content / Sources".
func (e Explanation) held(g access.Grant) string {
	return words.PrivilegeOn(e.Domain, access.Privilege{Level: g.Level})
}
