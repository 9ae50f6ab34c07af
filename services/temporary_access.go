package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// TemporaryAccessQuery asks for one page of the temporary accesses, the newest first.
type TemporaryAccessQuery struct {
	models.Page
	Status models.AccessStatus // "" = all
}

// TemporaryAccessList is a page of temporary accesses with what its page needs besides.
type TemporaryAccessList struct {
	models.Listing[models.TemporaryAccess]
	At           time.Time // that the statuses are told of
	Open         int       // in the organization, without an outcome
	Revocable    bool      // by the caller, those that are active
	Subscribable bool      // the caller may be told of new ones
	Subscribed   bool      // the caller is told of new ones
}

// TemporaryAccesses lists who has, and who had, temporary access: three statements, however many there are. A row stays
// until it has ended for as long as Config.TemporaryAccessKept.
func (c *Console) TemporaryAccesses(ctx context.Context, by Caller, query TemporaryAccessQuery) (TemporaryAccessList, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewTemporaryAccess, 0); err != nil {
		return TemporaryAccessList{}, err
	}
	list := TemporaryAccessList{At: c.latest.note(v.At)}
	kept := list.At.Add(-c.temporaryAccessKept)
	var err error
	list.Listing, err = v.TemporaryAccesses(ctx, models.TemporaryAccessFilter{
		Page: query.Page, Status: query.Status, At: list.At, Ended: kept, Since: kept.Add(-AccessLongest),
	})
	if err != nil {
		return TemporaryAccessList{}, err
	}
	if list.Open, err = total(ctx, v.Scope, access.TemporaryAccessDomain); err != nil {
		return TemporaryAccessList{}, err
	}
	list.Revocable, list.Subscribable = by.Rights.May(EditTemporaryAccess, 0), maySubscribe(by)
	if !list.Subscribable {
		return list, nil
	}
	if list.Subscribed, err = v.Subscribed(ctx, by.Person.ID, models.SubscribedToRequests); err != nil {
		return TemporaryAccessList{}, err
	}
	return list, nil
}

// LentPrivilege is one privilege of a temporary access.
type LentPrivilege struct {
	*access.Domain
	Level access.Level
}

// SelectedAccess is one temporary access with what can be done about it.
type SelectedAccess struct {
	models.TemporaryAccess
	At        time.Time // that the status is told of
	Status    models.AccessStatus
	Revocable bool // now, by the caller
}

// SelectedAccess reads one in a single statement. Without view on temporary access the key is not even looked up (R15).
func (c *Console) SelectedAccess(ctx context.Context, by Caller, key string) (SelectedAccess, error) {
	return c.selectedAccess(ctx, c.view(by), key)
}

func (c *Console) selectedAccess(ctx context.Context, v *view, key string) (SelectedAccess, error) {
	if err := v.must(ctx, ViewTemporaryAccess, 0); err != nil {
		return SelectedAccess{}, err
	}
	at := c.latest.note(v.At)
	a, err := v.TemporaryAccess(ctx, key)
	if err != nil {
		return SelectedAccess{}, err
	}
	if at.Sub(a.End()) > c.temporaryAccessKept {
		return SelectedAccess{}, models.ErrNotFound
	}
	s := SelectedAccess{TemporaryAccess: a, At: at}
	s.Status = s.TemporaryAccess.Status(s.At)
	s.Revocable = s.Status == models.StatusActive && v.By.Rights.May(EditTemporaryAccess, 0)
	return s, nil
}

// TemporaryAccessDetail is one temporary access with all that there is to say of it.
type TemporaryAccessDetail struct {
	SelectedAccess
	Privileges []LentPrivilege
	Case       Case                               // that the justification names
	Activities bool                               // the caller may see what was done
	Done       []Event                            // under it, the newest first, at most DoneShown; nothing without Activities
	Names      map[access.ResourceID]models.Named // of the things in Done
	Taken      TakenAway                          // from people under it; nothing without Activities
	Made       []models.Named                     // under it, of domains that the caller may view, at most DoneShown
}

// DoneShown is how much of what was done under an access its details show.
const DoneShown = 50

// TemporaryAccess opens one, with what SelectedAccess refuses.
func (c *Console) TemporaryAccess(ctx context.Context, by Caller, key string) (TemporaryAccessDetail, error) {
	v := c.view(by)
	selected, err := c.selectedAccess(ctx, v, key)
	if err != nil {
		return TemporaryAccessDetail{}, err
	}
	d := TemporaryAccessDetail{SelectedAccess: selected, Activities: by.Rights.May(ViewActivities, 0)}
	if d.Case, err = c.caseOf(ctx, d.TemporaryAccess); err != nil {
		return TemporaryAccessDetail{}, err
	}
	set, err := v.AccessPrivileges(ctx, d.Grantee().ID)
	if err != nil {
		return TemporaryAccessDetail{}, err
	}
	for _, domain := range sortedDomains(c.catalog, set) {
		d.Privileges = append(d.Privileges, LentPrivilege{domain, set[domain.Key].Level})
	}
	if err := c.addDone(ctx, v, &d); err != nil {
		return TemporaryAccessDetail{}, err
	}
	return d, nil
}

// addDone reads what was done while the access ran.
func (c *Console) addDone(ctx context.Context, v *view, d *TemporaryAccessDetail) error {
	filter := models.DoneFilter{Person: d.PersonID, From: d.RequestedAt, Until: d.End(), Limit: DoneShown}
	if d.Activities {
		done, err := v.DoneUnder(ctx, filter)
		if err != nil {
			return err
		}
		var ids []access.ResourceID
		for _, a := range done {
			event := c.event(a)
			d.Done, ids = append(d.Done, event), append(ids, event.things()...)
		}
		if d.Names, err = v.NamesOf(ctx, ids); err != nil {
			return err
		}
		if d.Taken, err = c.takenAway(ctx, v.Scope, d.TemporaryAccess, TakenShown); err != nil {
			return err
		}
	}
	var viewed []access.DomainKey
	for _, domain := range c.catalog.Domains() {
		if v.By.Rights.May(ViewIn(domain.Key), 0) {
			viewed = append(viewed, domain.Key)
		}
	}
	var err error
	d.Made, err = v.MadeUnder(ctx, filter, viewed)
	return err
}

// RunningAccesses are those through which the caller is here, the one that ends first ahead; none for members.
func (c *Console) RunningAccesses(ctx context.Context, by Caller) ([]models.TemporaryAccess, error) {
	if len(by.Accesses) == 0 {
		return nil, nil
	}
	v := c.view(by)
	return v.RunningAccessesOf(ctx, by.Person.ID, v.At)
}
