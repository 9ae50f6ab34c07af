package services

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// Explanation is the answer to a question with all that was looked at, as of one revision and one moment.
type Explanation struct {
	access.Explanation
	Subject  Subject
	Domain   *access.Domain
	Resource models.Resource // zero: asked about the domain as a whole
	Revision int64           // of the organization
	At       time.Time
	Unknown  Unknown // what in the question does not exist; then there is nothing else to tell
}

// Unknown is a part of a question that does not exist. It is denied, no matter who asks (R5a). The zero value: all is known.
type Unknown struct {
	Field string // of the Question: FieldSubject, FieldAbility, FieldDomain or FieldResource
	Text  string // in words, for the person who asked
}

// The fields of a Question.
const (
	FieldSubject  = "Subject"
	FieldAbility  = "Ability"
	FieldDomain   = "Domain"
	FieldResource = "Resource"
)

// Explain answers a question for somebody who wants to know why. About oneself everybody may ask; about other members and
// groups it takes view on Groups, about API keys view on API keys, and naming a resource takes view on its domain: whoever
// lacks it is refused before anything is looked up (R15). Without a subject the caller is meant.
func (c *Console) Explain(ctx context.Context, by Caller, q Question) (Explanation, error) {
	var e Explanation
	err := c.view(by).Snapshot(ctx, func(scope *models.Scope) error {
		var err error
		e, err = c.explain(ctx, c.viewIn(scope, by, c.now()), q)
		return err
	})
	if err != nil {
		return Explanation{}, err
	}
	return e, nil
}

func (c *Console) explain(ctx context.Context, v *view, q Question) (Explanation, error) {
	e := Explanation{At: v.At, Domain: c.catalog.Domain(access.DomainKey(q.Domain))}
	o, err := v.Organization(ctx)
	if err != nil {
		return Explanation{}, err
	}
	e.Revision = o.Revision
	if e.Subject, err = c.subjectOf(ctx, v, q.Subject); errors.Is(err, models.ErrNotFound) {
		e.Unknown = Unknown{FieldSubject, fmt.Sprintf(
			"there is no subject %q: "+subjectForms, q.Subject)}
		return e, nil
	}
	if err != nil {
		return Explanation{}, err
	}
	ability, err := access.ParseAbility(q.Ability)
	if err != nil {
		e.Unknown = Unknown{FieldAbility, err.Error()}
		return e, nil
	}
	if e.Domain == nil {
		e.Unknown = Unknown{FieldDomain, fmt.Sprintf("there is no domain %q in the catalogue", q.Domain)}
		return e, nil
	}
	if err := e.findResource(ctx, v, q.Resource); err != nil {
		return Explanation{}, err
	}
	if e.Unknown != (Unknown{}) {
		return e, nil
	}
	if err := e.answer(ctx, v.Scope, c.catalog, access.Need{Domain: e.Domain.Key, Ability: ability}); err != nil {
		return Explanation{}, err
	}
	return e, nil
}

// findResource opens the resource of the question, if it names one.
func (e *Explanation) findResource(ctx context.Context, v *view, key string) error {
	d := e.Domain
	switch {
	case key == "":
		return nil
	case d.Resource == "":
		e.Unknown = Unknown{FieldResource, fmt.Sprintf("%s has nothing in it to name: ask about the domain alone", d.Key)}
		return nil
	}
	if err := v.must(ctx, ViewIn(d.Key), 0); err != nil {
		return err
	}
	var err error
	e.Resource, err = v.Resource(ctx, d.Key, key)
	if errors.Is(err, models.ErrNotFound) {
		e.Unknown = Unknown{FieldResource, fmt.Sprintf("there is no resource %q in %s", key, d.Key)}
		return nil
	}
	return err
}

// answer reads what the subject holds on the domain, whether it counts or not, and lets the engine explain it.
func (e *Explanation) answer(ctx context.Context, scope *models.Scope, catalog *access.Catalog, need access.Need) error {
	var ids []access.GranteeID
	for _, h := range e.Subject.holds {
		ids = append(ids, h.Via.ID)
	}
	levels, err := scope.LevelsOf(ctx, ids)
	if err != nil {
		return err
	}
	var entries []access.Entry
	if e.Resource.ID != 0 {
		if entries, err = scope.EntriesAmong(ctx, ids, need.Domain, []access.ResourceID{e.Resource.ID}); err != nil {
			return err
		}
	}
	var grants []access.Grant
	for _, grant := range e.Subject.holds {
		p := levels[grant.Via.ID][need.Domain]
		for step := &p; step != nil; step = step.Then {
			g := grant
			g.Domain = need.Domain
			g.Level, g.CanCreate = e.Subject.held(e.Domain, *step)
			if !step.Until.IsZero() && (g.Until.IsZero() || step.Until.Before(g.Until)) {
				g.Until = step.Until
			}
			grants = append(grants, g)
		}
	}
	e.Explanation = access.Explain(catalog, grants, entries, e.At, need, e.Resource.ID)
	if e.Subject.Kind == SubjectAPIKey {
		e.withinTemplate()
	}
	return nil
}

// withinTemplate leaves out what the key's template would not let the key be given (R11). What it holds already may count
// again.
func (e *Explanation) withinTemplate() {
	t := e.Subject.template
	for i, c := range e.Considered {
		if c.Why != access.Disabled && c.Why != access.Ended && (t.Forbids(e.Domain) || !t.Chosen()) {
			e.Considered[i].Least = access.Privilege{}
		}
	}
}
