package services

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// subject is what an activity is about. Its kind follows from the operation.
type subject struct {
	Domain access.DomainKey // of a resource
	ID     access.ResourceID
	Key    string
	Name   string
	Member string // e-mail of whom the change is about besides, such as who is to be added; kept with refusals
}

// about is a resource, a group or an API key as a subject.
func about(r models.Resource) subject {
	return subject{Domain: r.Domain, ID: r.ID, Key: r.Key, Name: r.Name}
}

func aboutOrganization(o models.Organization) subject { return subject{Key: o.Key, Name: o.Name} }

// domain is where the subject's key is one of.
func (s subject) domain(operation models.Operation) access.DomainKey {
	if kind := operation.Subject(); kind != models.SubjectResource {
		return kind.Domain()
	}
	return s.Domain
}

// note is an activity in the making: its states are written out when the change ends.
type note struct {
	models.Activity
	before, after any
	reverts       int64 // number of the activity that it takes back; 0: none
}

// record notes what was done, with the state before and after. Neither may hold a secret.
func (tx *Tx) record(operation models.Operation, what subject, before, after any) {
	tx.notes = append(tx.notes, note{activity(tx.By, tx.At, operation, what, models.OutcomeDone), before, after, tx.reverts})
}

// reverting says of what is noted until the function is called that it gives that it takes back an activity.
func (tx *Tx) reverting(id int64) func() {
	before := tx.reverts
	tx.reverts = id
	return func() { tx.reverts = before }
}

func activity(by Caller, at time.Time, operation models.Operation, what subject, outcome string) models.Activity {
	return models.Activity{
		At: at, ActorKind: actorKind(by), ActorID: int64(by.Person.ID), ActorName: by.Name(), ActorEmail: by.email(), Address: by.Address,
		Operation: operation, Outcome: outcome, Domain: what.Domain, ResourceID: what.ID, ResourceKey: what.Key,
		ResourceName: what.Name,
	}
}

// email is the address of the person who is calling; "" where none is.
func (by Caller) email() string {
	if by.kind == kindOperator || by.kind == kindClock {
		return ""
	}
	return by.Person.Email
}

func actorKind(by Caller) string {
	switch {
	case by.kind == kindOperator:
		return "operator"
	case by.kind == kindClock:
		return actorClock
	case by.Supports():
		return models.ActorSupport
	}
	return actorMember
}

// The kinds of actors besides models.ActorSupport and the operator.
const (
	actorMember = "member"
	actorClock  = models.ActorClock
)

// writeActivities appends what was noted, as the last step of a change.
func (tx *Tx) writeActivities(ctx context.Context) error {
	if err := tx.writeKeys(ctx); err != nil {
		return err
	}
	activities := make([]models.Activity, len(tx.notes))
	for i, n := range tx.notes {
		activities[i] = n.Activity
		activities[i].Before, activities[i].After = text(n.before), withReverts(text(n.after), n.reverts)
		if tx.lent && n.ActorKind == actorMember { // of a member too, who could not have done it as one
			activities[i].ActorKind = models.ActorSupport
		}
	}
	tx.written = activities
	return tx.Append(ctx, activities)
}

// writeKeys puts the keys of the resources into editor lists beside their numbers: one statement for all of them.
func (tx *Tx) writeKeys(ctx context.Context) error {
	var ids []access.ResourceID
	tx.eachList(func(h *heldState) { ids = append(ids, h.Edit...) })
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	names, err := tx.NamesOf(ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	tx.eachList(func(h *heldState) {
		h.Keys = make([]string, len(h.Edit))
		for i, id := range h.Edit {
			h.Keys[i] = names[id].Key
		}
	})
	return nil
}

func (tx *Tx) eachList(do func(*heldState)) {
	for _, n := range tx.notes {
		for _, noted := range []any{n.before, n.after} {
			holding, ok := noted.(interface{ held() map[string]heldState })
			if !ok {
				continue
			}
			for domain, held := range holding.held() {
				do(&held)
				holding.held()[domain] = held
			}
		}
	}
}

// withReverts adds to the state after which activity a change takes back. It is a part of the state, so that rows of all versions
// have their hash, and whoever reads a state without knowing of it reads the same change.
func withReverts(after string, activity int64) string {
	if activity == 0 {
		return after
	}
	note := fmt.Sprintf(`{"reverts":%d`, activity)
	if rest := strings.TrimPrefix(after, "{"); rest != "" && rest != "}" {
		return note + "," + rest
	}
	return note + "}"
}

func text(v any) string {
	if v == nil {
		return ""
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "" // only values of our own making, which all marshal
	}
	return string(b)
}

// refusalTime is how long writing a refusal down may take. It does not end with the request: who hangs up in time would
// otherwise leave no trace.
const refusalTime = 5 * time.Second

// RecordTurnedAway notes that somebody without the minimum privilege tried to change something (R5, R14).
func (c *Console) RecordTurnedAway(ctx context.Context, by Caller) {
	c.recordRefusal(ctx, by, models.OpOrganizationEntered, aboutOrganization(by.Organization), Forbidden{ViewOrganization})
}

// recordRefusal writes the refusal down, at the organization's revision as it stands. It must not hide the refusal
// itself, so its own failure is left to the log of the store.
func (c *Console) recordRefusal(ctx context.Context, by Caller, operation models.Operation, what subject, cause error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), refusalTime)
	defer cancel()
	scope := c.scope(by)
	// As typed: nothing has judged them yet.
	what.Key, what.Name, what.Member = cleaned(what.Key, MaxName), cleaned(what.Name, MaxName), cleaned(what.Member, MaxName)
	if known, err := scope.Resource(ctx, what.domain(operation), what.Key); err == nil {
		what.ID, what.Name = known.ID, known.Name // for those who may view activities, not for who was refused (R15)
	}
	a := activity(by, c.now(), operation, what, models.OutcomeRefused)
	a.After = text(recordedRefusal(cause, what.Member))
	_ = scope.Append(ctx, []models.Activity{a})
}

// refusalState is what an activity keeps of a refusal: the need that was missing, or what went beyond the caller (R7).
type refusalState struct {
	Reason string        `json:"reason"` // for anyone who reads the bare record
	Need   *needState    `json:"need,omitempty"`
	Beyond []excessState `json:"beyond,omitempty"`
	Equal  bool          `json:"equal,omitempty"` // R9: the original holds as many privileges as the caller
	Lent   bool          `json:"lent,omitempty"`  // R20: the caller brings nobody in
	Member string        `json:"member,omitempty"`
}

type needState struct {
	Domain  access.DomainKey `json:"domain"`
	Ability string           `json:"ability"`
}

type excessState struct {
	Domain    access.DomainKey  `json:"domain"`
	Resource  access.ResourceID `json:"resource,omitempty"`
	Abilities string            `json:"abilities"`
}

func recordedRefusal(cause error, member string) refusalState {
	s := refusalState{Reason: legible(cause.Error()), Member: member}
	var forbidden Forbidden
	var high TooHigh
	var duplicate NotDuplicable
	switch {
	case errors.As(cause, &forbidden):
		s.Need = &needState{forbidden.Need.Domain, forbidden.Need.Ability.String()}
	case errors.As(cause, &high):
		s.Beyond = excessStates(high.Excess)
	case errors.As(cause, &duplicate):
		s.Beyond, s.Equal = excessStates(duplicate.Refusal.Beyond), duplicate.Refusal.Equal
	case errors.As(cause, &BringsNobodyIn{}):
		s.Lent = true
	}
	return s
}

func excessStates(excess []access.Excess) []excessState {
	all := make([]excessState, len(excess))
	for i, x := range excess {
		all[i] = excessState{x.Domain, x.Resource, x.Abilities.String()}
	}
	return all
}
