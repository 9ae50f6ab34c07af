package services

import (
	"encoding/json"
	"slices"
	"strings"

	"bailiwick/access"
	"bailiwick/models"
)

// Event is an activity read back: what changed, or what was missing. Rows of earlier versions read as those of today do.
type Event struct {
	models.Activity
	Changes []Change // the first of them
	More    int      // how many others there are
	Refusal *Refusal // nil: it was done
	Was, Is Gist
	Reverts int64 // number of the activity that it took back; 0: none
	Noted   int   // activities of its change, where that was asked: up to models.FoundCounted, and one more where there are more
	Folded  bool  // it stands for all of them in its list
}

// Gist is what the sentence about an event needs of a state.
type Gist struct {
	Name   string // of the thing
	Member string // name and address of who joined or left, or the address
	Email  string // of who has the temporary access
	Action string // that was run
	Given  []Given
}

// Given is a grantee with what an Access tab gave it.
type Given struct {
	Name  string
	Level access.Level
}

// Refusal is why something was refused.
type Refusal struct {
	Need   access.Need     // that was missing; zero: something else was
	Beyond []access.Excess // what went beyond the caller's own rights (R7)
	Equal  bool            // R9: the original held as many privileges as the caller
	Lent   bool            // R20: the caller, here through temporary access, would have brought somebody in
	Member string          // e-mail of the person whom it was about besides
}

// recorded is a state of any kind as it was written down: known parts, and the rest as texts.
type recorded struct {
	refusalState
	Privileges map[access.DomainKey]heldState `json:"privileges"`
	Access     map[string]givenState          `json:"access"`
	Members    []memberState                  `json:"members"`
	Owned      []ownedState                   `json:"owned"`
	Reverts    int64                          `json:"reverts"`

	fields map[string]string
}

// parsedApart are the parts of a state that are no fields.
var parsedApart = []string{"privileges", "access", "members", "owned", "reason", "need", "beyond", "equal", "lent", "reverts"}

// readState reads a state back. What can't be read is left out: the record outlives the code that wrote it.
func readState(text string) recorded {
	r := recorded{fields: map[string]string{}}
	var all map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &all) != nil {
		return r
	}
	_ = json.Unmarshal([]byte(text), &r) // part by part: what does not fit stays empty
	for name, raw := range all {
		var value any
		if slices.Contains(parsedApart, name) || json.Unmarshal(raw, &value) != nil {
			continue
		}
		switch v := value.(type) {
		case string:
			r.fields[name] = v
		case float64, bool:
			r.fields[name] = string(raw)
		}
	}
	return r
}

func (r recorded) gist() Gist {
	g := Gist{Name: r.fields["name"], Email: r.fields["email"], Action: r.fields["operation"], Member: Signature(r.fields["person"], r.fields["member"])}
	if g.Member == "" {
		g.Member = r.fields["invited"]
	}
	for _, given := range r.Access {
		level, _ := access.ParseLevel(given.Level) // unknown: none
		g.Given = append(g.Given, Given{given.Name, level})
	}
	slices.SortFunc(g.Given, func(a, b Given) int { return strings.Compare(a.Name, b.Name) })
	return g
}

// changesShown is how many changes of one activity a list shows.
const changesShown = 12

func (c *Console) event(a models.Activity) Event {
	a.Operation, a.SubjectKind = a.Operation.Now(), a.Subject()
	a.ActorName, a.ResourceName, a.ResourceKey = legible(a.ActorName), legible(a.ResourceName), legible(a.ResourceKey) // earlier versions kept all
	was, is := readState(a.Before), readState(a.After)
	e := Event{Activity: a, Was: was.gist(), Is: is.gist(), Reverts: is.Reverts}
	if a.Outcome == models.OutcomeRefused {
		e.Refusal = is.refused()
		return e
	}
	e.Changes = c.changes(was, is)
	if e.More = max(0, len(e.Changes)-changesShown); e.More > 0 {
		e.Changes = e.Changes[:changesShown]
	}
	return e
}

func (r recorded) refused() *Refusal {
	refusal := &Refusal{Equal: r.Equal, Lent: r.Lent, Member: legible(r.Member)}
	if r.Need != nil {
		refusal.Need = access.Need{Domain: r.Need.Domain, Ability: abilities(r.Need.Ability)}
	}
	for _, x := range r.Beyond {
		refusal.Beyond = append(refusal.Beyond, access.Excess{Domain: x.Domain, Resource: x.Resource, Abilities: abilities(x.Abilities)})
	}
	return refusal
}

// abilities reads what access.Ability.String wrote.
func abilities(text string) access.Ability {
	var all access.Ability
	for name := range strings.SplitSeq(text, ", ") {
		a, _ := access.ParseAbility(name) // unknown: none
		all |= a
	}
	return all
}

// things are the numbers of what the event names besides its subject.
func (e Event) things() []access.ResourceID {
	var ids []access.ResourceID
	for _, change := range e.Changes {
		if change.Resource != 0 {
			ids = append(ids, change.Resource)
		}
	}
	if e.Refusal != nil {
		for _, x := range e.Refusal.Beyond[:min(changesShown, len(e.Refusal.Beyond))] {
			if x.Resource != 0 {
				ids = append(ids, x.Resource)
			}
		}
	}
	return ids
}
