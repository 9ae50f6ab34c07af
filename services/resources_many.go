package services

import (
	"context"
	"errors"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
)

// ResourcesAction is what can be done to many resources of a domain at once.
type ResourcesAction string

// The actions.
const (
	GiveResources  ResourcesAction = "access"
	ChangeOwners   ResourcesAction = "owners"
	RunOnResources ResourcesAction = "run"
	DeleteMany     ResourcesAction = "delete"
)

// resourcesActions are what each is recorded as, how it is judged beyond Edit on each of them, and how it is done.
var resourcesActions = map[ResourcesAction]struct {
	operation models.Operation
	weigh     func(*view, context.Context, *ResourcesReview, ResourcesChange) error
	do        func(*Tx, context.Context, ResourcesReview) error
}{
	GiveResources:  {models.OpResourceAccessChanged, (*view).weighGroup, (*Tx).giveGroup},
	ChangeOwners:   {models.OpResourceUpdated, (*view).weighOwner, (*Tx).changeOwners},
	RunOnResources: {models.OpResourceActionRun, (*view).weighRun, (*Tx).runOnAll},
	DeleteMany:     {models.OpResourceDeleted, (*view).weighDeletion, (*Tx).deleteAll},
}

// ErrLocksOut is why a resource is left out that the caller could not edit afterwards: that is confirmed on its own Access tab (R10).
var ErrLocksOut = errors.New("the caller could not edit it any more")

// ResourcesChosen is a selection in the list of a domain's resources.
type ResourcesChosen = Chosen[string, ResourceQuery]

// ResourcesChange is what of many resources is to be changed; which of the fields count is decided by the action.
type ResourcesChange struct {
	Owner  string // e-mail of a member, "" for nobody
	Action string // of the domain's own, such as Rebuild
	Group  string // key of the group that is given Edit, or else View
	Edit   bool
}

// ChosenResource is a resource with what a review says of it.
type ChosenResource struct {
	models.Resource
	Lists  []access.Grantee // that have it in their editor list, where it is to be deleted
	EndsAt *time.Time       // Edit that a group is given lasts until then; nil: for good
}

// ResourcesReview says to which of a selection an action can be done.
type ResourcesReview struct {
	Many[ChosenResource]
	Domain *access.Domain
	Change ResourcesChange
	Group  access.Grantee // with GiveResources

	SeesGroups, SeesKeys bool // the caller may see which groups and API keys have a resource in their editor list

	Owners map[models.PersonID]string // with ChangeOwners: names of those who own them so far; "" where nobody gave them one
	Owner  string                     // with ChangeOwners: who will, by name and address; "" for nobody

	owner         *models.PersonID // with ChangeOwners
	group         models.AccessRow
	before, after access.PrivilegeSet // of the group on the domain; of its editor list only these resources are known
}

// ManyResources is a selection of resources, and what the caller may do with them.
type ManyResources struct {
	Domain    *access.Domain
	Resources []models.Resource // by name, or with All in the order of the list
	Matching  int               // that the list's filter finds; above MaxMany nobody counts further
	Edits     Many[ChosenResource]
	Gives     Many[ChosenResource] // Edit or View to a group; of none where the domain has no editor lists
}

// ManyResources tells what the caller may do with a selection.
func (c *Console) ManyResources(ctx context.Context, by Caller, key access.DomainKey, chosen ResourcesChosen) (ManyResources, error) {
	domain, err := c.OpenDomain(by, key)
	if err != nil {
		return ManyResources{}, err
	}
	v := c.view(by)
	resources, matching, err := v.chosenResources(key).counted(ctx, chosen)
	if err != nil {
		return ManyResources{}, err
	}
	edits, err := v.judgeEdit(ctx, key, resources)
	if err != nil {
		return ManyResources{}, err
	}
	many := ManyResources{Domain: domain, Resources: resources, Matching: matching, Edits: edits}
	for _, o := range edits.Outcomes {
		if domain.Granular() {
			if o.Why == nil && !v.gives(key, o.Row.ID) {
				o.Why = onlyThroughAccess(o.Row.ID, EditIn(key))
			}
			many.Gives.Outcomes = append(many.Gives.Outcomes, o)
		}
	}
	return many, nil
}

// gives tells whether the caller may decide who edits a resource, which is not for who may edit it through temporary access alone (R20).
func (v *view) gives(d access.DomainKey, id access.ResourceID) bool {
	return v.By.Rights.Granting().May(EditIn(d), id)
}

// ReviewResources says to which of a selection an action can be done. Fields of errors: Owner, Group.
func (c *Console) ReviewResources(
	ctx context.Context, by Caller, key access.DomainKey, action ResourcesAction, chosen ResourcesChosen, change ResourcesChange,
) (ResourcesReview, error) {
	domain, err := c.OpenDomain(by, key)
	if err != nil {
		return ResourcesReview{}, err
	}
	v, review := c.view(by), ResourcesReview{Domain: domain, Change: change}
	if review.Many, err = v.judgeChosen(ctx, key, chosen); err != nil {
		return ResourcesReview{}, err
	}
	err = resourcesActions[action].weigh(v, ctx, &review, change)
	return review, err
}

// DoWithResources does it to all of the resources in one change, or to none. Overtaken where it can't be done to all any more. Fields of
// errors: Resources, Owner, Group.
func (c *Console) DoWithResources(ctx context.Context, by Caller, key access.DomainKey, action ResourcesAction, keys []string, change ResourcesChange) error {
	domain := c.PageDomain(key)
	if domain == nil {
		return models.ErrNotFound
	}
	a, review := resourcesActions[action], ResourcesReview{Domain: domain, Change: change}
	return changeMany(ctx, c, by, keys, changeOfMany[string, ChosenResource]{
		operation: a.operation, domain: key, field: "Resources", of: words.Things(domain), most: MaxMany,
		may: func(tx *Tx) error { return tx.must(ctx, ViewIn(key), 0) },
		judge: func(tx *Tx, keys []string) (Many[ChosenResource], error) {
			return tx.judgeChosen(ctx, key, ResourcesChosen{Keys: keys})
		},
		weigh: func(tx *Tx, many Many[ChosenResource]) (Many[ChosenResource], error) {
			review.Many = many
			err := a.weigh(tx.view, ctx, &review, change)
			return review.Many, err
		},
		do: func(tx *Tx, _ []ChosenResource) error { return a.do(tx, ctx, review) },
	})
}

// resourcesMatching are the resources that the filter finds, one more than MaxMany at most.
func (v *view) resourcesMatching(ctx context.Context, key access.DomainKey, query ResourceQuery) (matching[models.Resource], error) {
	filter, any := accessFilter(query, v.By, key, customGrantees(v.By.Rights, key))
	if !any {
		return matching[models.Resource]{}, nil
	}
	filter.Page = models.Page{Query: query.Query, Sort: query.Sort, Limit: MaxMany + 1}
	return firstMatching(func(after string) (models.Listing[models.Resource], error) {
		filter.After = after
		return v.Resources(ctx, key, filter)
	})
}

// judgeChosen is judgeEdit of a selection.
func (v *view) judgeChosen(ctx context.Context, key access.DomainKey, chosen ResourcesChosen) (Many[ChosenResource], error) {
	return judgeSelection(ctx, v.chosenResources(key), chosen, func(ctx context.Context, found []models.Resource) (Many[ChosenResource], error) {
		return v.judgeEdit(ctx, key, found)
	})
}

// judgeEdit tells which resources the caller may edit: what every action takes (R6).
func (v *view) judgeEdit(ctx context.Context, key access.DomainKey, found []models.Resource) (Many[ChosenResource], error) {
	may, err := v.mayAmong(ctx, EditIn(key), resourceIDs(found))
	if err != nil {
		return Many[ChosenResource]{}, err
	}
	rows := make([]ChosenResource, len(found))
	for i, r := range found {
		rows[i].Resource = r
	}
	return judgeEach(rows, func(row *ChosenResource) error {
		if !may[row.ID] {
			return Forbidden{EditIn(key)}
		}
		return nil
	}), nil
}

// chosenResources are where a selection of a domain's resources is read from.
func (v *view) chosenResources(key access.DomainKey) chosenIn[string, ResourceQuery, models.Resource] {
	return chosenIn[string, ResourceQuery, models.Resource]{
		matching: func(ctx context.Context, query ResourceQuery) (matching[models.Resource], error) {
			return v.resourcesMatching(ctx, key, query)
		},
		byKeys: func(ctx context.Context, keys []string) ([]models.Resource, error) {
			return v.ChosenResources(ctx, key, keys)
		},
		key: func(r models.Resource) string { return r.Key },
	}
}

// leaveOut leaves those out of what was left in for which why answers.
func (r *ResourcesReview) leaveOut(why func(ChosenResource) error) {
	for i, o := range r.Outcomes {
		if o.Why == nil {
			r.Outcomes[i].Why = why(o.Row)
		}
	}
}

// ids are the numbers of those to which it is done.
func (r ResourcesReview) ids() []access.ResourceID {
	var ids []access.ResourceID
	for _, row := range r.Can() {
		ids = append(ids, row.ID)
	}
	return ids
}

func (v *view) weighOwner(ctx context.Context, r *ResourcesReview, change ResourcesChange) error {
	owner, email, err := v.owner(ctx, change.Owner)
	if err != nil {
		return err
	}
	r.owner, r.Change.Owner = owner, email
	var rows []models.Resource
	for _, o := range r.Outcomes {
		rows = append(rows, o.Row.Resource)
	}
	people := ownersOf(rows)
	if owner != nil {
		people = append(people, *owner)
	}
	if r.Owners, err = v.MemberNames(ctx, people); err != nil {
		return err
	}
	if owner != nil {
		r.Owner = Signature(r.Owners[*owner], email)
	}
	r.leaveOut(func(row ChosenResource) error {
		if row.OwnerEmail == email {
			return ErrNothingToDo
		}
		return nil
	})
	return nil
}

func (tx *Tx) changeOwners(ctx context.Context, r ResourcesReview) error {
	for _, row := range r.Can() {
		after := row.Resource
		after.OwnerID, after.OwnerEmail = r.owner, r.Change.Owner
		tx.record(models.OpResourceUpdated, about(row.Resource), resourceState(row.Resource), resourceState(after))
	}
	return tx.SetOwners(ctx, r.Domain.Key, r.ids(), r.owner, tx.By.Signature(), tx.At)
}

func (v *view) weighRun(_ context.Context, r *ResourcesReview, change ResourcesChange) error {
	if !slices.Contains(r.Domain.Actions, change.Action) {
		return models.ErrNotFound
	}
	return nil
}

func (tx *Tx) runOnAll(ctx context.Context, r ResourcesReview) error {
	for _, row := range r.Can() {
		tx.record(models.OpResourceActionRun, about(row.Resource), state{Operation: row.LastOperation}, state{Operation: r.Change.Action})
	}
	return tx.RecordOperations(ctx, r.Domain.Key, r.ids(), r.Change.Action, tx.At)
}

func (v *view) weighDeletion(ctx context.Context, r *ResourcesReview, _ ResourcesChange) error {
	lists, err := v.ListedByAll(ctx, r.Domain.Key, r.ids())
	if err != nil {
		return err
	}
	r.SeesGroups, r.SeesKeys = v.By.Rights.May(ViewGroups, 0), v.By.Rights.May(ViewAPIKeys, 0)
	for i := range r.Outcomes {
		r.Outcomes[i].Row.Lists = lists[r.Outcomes[i].Row.ID]
	}
	return nil
}

func (tx *Tx) deleteAll(ctx context.Context, r ResourcesReview) error {
	for _, row := range r.Can() {
		before := resourceState(row.Resource)
		before.Access = listedStates(row.Lists)
		tx.record(models.OpResourceDeleted, about(row.Resource), before, nil)
	}
	return tx.EndResources(ctx, r.Domain.Key, r.ids(), tx.At)
}
