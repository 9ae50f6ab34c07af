package services

import (
	"context"
	"maps"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
)

// ofOwners tells whether an activity changed whose a resource is, and nothing else: what is done to many resources.
func ofOwners(a models.Activity) bool {
	return a.Operation.Now() == models.OpResourceUpdated && changedOnly(a, recordedOwner)
}

// ownersReverted are resources of a domain that get one owner back.
type ownersReverted struct {
	owner      *models.PersonID
	email      string
	resources  []models.Resource
	activities []int64
}

// revertOwners gives resources back to the members whose they were, as changing the owners of many is judged.
func (c *Console) revertOwners(ctx context.Context, v *view, all []reverting) (jointPlan, error) {
	plan := jointPlan{outcomes: make([]Outcome[RevertLine], len(all))}
	var writes []func(context.Context, *Tx) error
	for _, places := range togetherBy(all, func(a reverting) string { return string(a.Domain) }) {
		some := make([]reverting, len(places))
		for n, i := range places {
			some[n] = all[i]
		}
		one, err := c.revertOwnersIn(ctx, v, some[0].Domain, some)
		if err != nil {
			return jointPlan{}, err
		}
		for n, i := range places {
			plan.outcomes[i] = one.outcomes[n]
		}
		writes = append(writes, one.write)
	}
	plan.write = func(ctx context.Context, tx *Tx) error {
		for _, write := range writes {
			if err := write(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	}
	return plan, nil
}

// revertOwnersIn is the same for resources of one domain.
func (c *Console) revertOwnersIn(ctx context.Context, v *view, domain access.DomainKey, all []reverting) (jointPlan, error) {
	if c.PageDomain(domain) == nil {
		return staying(all, ErrNothingReverts)
	}
	if err := v.must(ctx, ViewIn(domain), 0); err != nil {
		return staying(all, err)
	}
	later, err := v.sinceAmong(ctx, all, fieldsChanged, models.OpResourceUpdated)
	if err != nil {
		return staying(all, err)
	}
	stands, may, err := v.resourcesReverted(ctx, domain, all)
	if err != nil {
		return jointPlan{}, err
	}
	owners, err := v.ownersThen(ctx, all)
	if err != nil {
		return jointPlan{}, err
	}
	plan := jointPlan{outcomes: make([]Outcome[RevertLine], len(all))}
	together := map[string]*ownersReverted{}
	for i, a := range all {
		o, email := &plan.outcomes[i], a.was.fields[recordedOwner]
		r, there := stands[a.ResourceID]
		o.Row = RevertLine{Change: Change{Of: OfField, Field: recordedOwner, After: email}}
		switch {
		case !there:
			o.Why = Gone{a.ResourceName}
		case !may[r.ID]:
			o.Why = Forbidden{EditIn(domain)}
		default:
			o.Row.Before = r.OwnerEmail
			if o.Why = whyStays(o.Row, a.is.fields[recordedOwner], later[a.thing(recordedOwner)]); o.Why == nil {
				o.Why = owners.whyNot(email)
			}
		}
		if o.Why == nil {
			if together[email] == nil {
				together[email] = &ownersReverted{email: email, owner: owners.person(email)}
			}
			one := together[email]
			one.resources, one.activities = append(one.resources, r), append(one.activities, a.ID)
		}
	}
	plan.write = func(ctx context.Context, tx *Tx) error {
		for _, email := range slices.Sorted(maps.Keys(together)) {
			if err := tx.giveBack(ctx, domain, *together[email]); err != nil {
				return err
			}
		}
		return nil
	}
	return plan, nil
}

// ownersThen are the members whose the resources were.
func (v *view) ownersThen(ctx context.Context, all []reverting) (membershipsReverted, error) {
	var emails []string
	for _, a := range all {
		emails = append(emails, a.was.fields[recordedOwner])
	}
	m := membershipsReverted{}
	err := v.membersReverted(ctx, distinct(emails), all[0].Activity, &m)
	return m, err
}

// whyNot is why what was somebody's can't be theirs again; "" is nobody.
func (m membershipsReverted) whyNot(email string) error {
	_, known := m.members[email]
	switch {
	case email == "":
		return nil
	case m.moved[email]:
		return HasMoved{email}
	case !known:
		return HasLeft{email}
	}
	return nil
}

// person is the member with the address; nil for nobody.
func (m membershipsReverted) person(email string) *models.PersonID {
	if member, known := m.members[email]; known {
		return &member.PersonID
	}
	return nil
}

// resourcesReverted are the resources that activities are about, as they stand, and which of them the caller may edit.
func (v *view) resourcesReverted(ctx context.Context, domain access.DomainKey, all []reverting) (map[access.ResourceID]models.Resource, map[access.ResourceID]bool, error) {
	found, err := v.ResourcesByIDs(ctx, resourcesOf(all))
	if err != nil {
		return nil, nil, err
	}
	stands := map[access.ResourceID]models.Resource{}
	for _, r := range found {
		stands[r.ID] = r
	}
	may, err := v.mayAmong(ctx, EditIn(domain), resourceIDs(found))
	return stands, may, err
}

// giveBack makes resources belong to whose they were.
func (tx *Tx) giveBack(ctx context.Context, domain access.DomainKey, one ownersReverted) error {
	for i, r := range one.resources {
		after := r
		after.OwnerID, after.OwnerEmail = one.owner, one.email
		noted := tx.reverting(one.activities[i])
		tx.record(models.OpResourceUpdated, about(r), resourceState(r), resourceState(after))
		noted()
	}
	return tx.SetOwners(ctx, domain, resourceIDs(one.resources), one.owner, tx.By.Signature(), tx.At)
}
