package services

import (
	"context"
	"errors"

	"bailiwick/access"
	"bailiwick/models"
)

// What stands in the way of suspending and reactivating (R23), besides needs and what somebody can give (R7).
var (
	ErrOneself      = errors.New("nobody does this to themselves") // nor takes their own membership or sessions among others (R6)
	ErrSuspended    = errors.New("the member is already suspended")
	ErrNotSuspended = errors.New("the member is not suspended")
)

// Suspension says what suspending or reactivating a member takes away or gives back, before it is done.
type Suspension struct {
	Member models.Member
	Groups []access.Grantee // those in force, by name
	Held   int              // domains on which these give a level
	Last   bool             // the last administrator, or the last who could sign in: nobody may suspend them (R8)
	Why    error            // why the caller can't: ErrOneself and so on; TooHigh and BringsNobodyIn where they would reactivate
}

// MemberSuspension previews suspending a member, or reactivating one who is suspended. It takes what removing them takes: Edit on all
// groups (R6).
func (c *Console) MemberSuspension(ctx context.Context, by Caller, id models.MemberID) (Suspension, error) {
	v := c.view(by)
	if err := v.mustSuspend(ctx); err != nil {
		return Suspension{}, err
	}
	actions, err := v.memberActions(ctx, id)
	if err != nil {
		return Suspension{}, err
	}
	s := Suspension{Last: actions.LastAdministrator}
	if s.Member, err = marked(ctx, v.Scope, actions.Member); err != nil {
		return Suspension{}, err
	}
	why := v.whyNotSuspend
	if s.Member.Suspended() {
		why = v.whyNotReactivate
	}
	refused, err := why(ctx, []models.Member{s.Member})
	if err != nil {
		return Suspension{}, err
	}
	s.Why = refused[s.Member.ID]
	s.Groups, s.Held, err = v.heldThrough(ctx, s.Member.PersonID)
	return s, err
}

// mustSuspend refuses who may not suspend, reactivate or sign out members: as it is with removing them (R6).
func (v *view) mustSuspend(ctx context.Context) error {
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return err
	}
	return v.must(ctx, EditGroup, 0)
}

// SuspendMember makes all that a member holds count for nothing until somebody reactivates them (R23). Memberships and seat stay;
// sessions end that open nothing else (R19). ErrOneself, ErrSuspended, ErrLastAdministrator.
func (c *Console) SuspendMember(ctx context.Context, by Caller, id models.MemberID) (models.Member, error) {
	return c.setSuspended(ctx, by, models.OpMemberSuspended, id, (*Tx).suspend)
}

// ReactivateMember makes what a suspended member holds count again, which is giving all of it (R7). ErrNotSuspended, TooHigh, and
// BringsNobodyIn for who may edit the groups through temporary access alone (R20).
func (c *Console) ReactivateMember(ctx context.Context, by Caller, id models.MemberID) (models.Member, error) {
	return c.setSuspended(ctx, by, models.OpMemberReactivated, id, (*Tx).reactivate)
}

func (c *Console) setSuspended(
	ctx context.Context, by Caller, operation models.Operation, id models.MemberID, do func(*Tx, context.Context, []models.Member) error,
) (models.Member, error) {
	var member models.Member
	err := c.change(ctx, by, operation, c.aboutMember(ctx, by, id), func(tx *Tx) error {
		err := tx.mustSuspend(ctx)
		if err != nil {
			return err
		}
		if member, err = tx.MemberByID(ctx, id); err != nil {
			return err
		}
		return do(tx, ctx, []models.Member{member})
	})
	if err != nil {
		return models.Member{}, err
	}
	return member, nil
}

// suspend suspends members, all or none. That an administrator remains is held by the change as a whole (R8).
func (tx *Tx) suspend(ctx context.Context, members []models.Member) error {
	if len(members) == 0 {
		return nil
	}
	refused, err := tx.whyNotSuspend(ctx, members)
	if err != nil {
		return err
	}
	for _, m := range members {
		if why := refused[m.ID]; why != nil {
			return why
		}
		tx.recordStatus(models.OpMemberSuspended, m, memberActive, memberSuspended)
	}
	return tx.SuspendMembers(ctx, people(members), tx.At)
}

// reactivate reactivates members, all or none.
func (tx *Tx) reactivate(ctx context.Context, members []models.Member) error {
	if len(members) == 0 {
		return nil
	}
	refused, err := tx.whyNotReactivate(ctx, members)
	if err != nil {
		return err
	}
	for _, m := range members {
		if why := refused[m.ID]; why != nil {
			return why
		}
		tx.recordStatus(models.OpMemberReactivated, m, memberSuspended, memberActive)
	}
	return tx.ReactivateMembers(ctx, people(members))
}

// The two states of a member as files and activities write them.
const (
	memberActive    = "active"
	memberSuspended = "suspended"
)

// statusState is what an activity keeps of whether a member is suspended.
type statusState struct {
	Status string `json:"status"`
}

func (tx *Tx) recordStatus(operation models.Operation, m models.Member, before, after string) {
	tx.record(operation, subject{Key: m.Email, Name: m.Name}, statusState{before}, statusState{after})
}

// whyNotSuspend says why the caller can't suspend each of the members; who can be is left out. No statement.
func (v *view) whyNotSuspend(_ context.Context, members []models.Member) (map[models.MemberID]error, error) {
	refused := map[models.MemberID]error{}
	for _, m := range members {
		switch {
		case m.PersonID == v.By.Person.ID:
			refused[m.ID] = ErrOneself
		case m.Suspended():
			refused[m.ID] = ErrSuspended
		}
	}
	return refused, nil
}

// whyNotReactivate says why the caller can't reactivate each of the members; who can be is left out. They get back all that their
// groups hold, until their memberships end: the caller has to hold it for as long (R7), and not through temporary access (R20).
func (v *view) whyNotReactivate(ctx context.Context, members []models.Member) (map[models.MemberID]error, error) {
	byPerson, err := v.whyNotGiveAll(ctx, members)
	if err != nil {
		return nil, err
	}
	refused := map[models.MemberID]error{}
	for _, m := range members {
		switch {
		case !m.Suspended():
			refused[m.ID] = ErrNotSuspended
		case byPerson[m.PersonID] != nil:
			refused[m.ID] = byPerson[m.PersonID]
		}
	}
	return refused, nil
}

// whyNotGiveAll says why the caller can't give each of the members all that their groups hold, for as long as they have it; who can be
// given it is left out.
func (v *view) whyNotGiveAll(ctx context.Context, members []models.Member) (map[models.PersonID]error, error) {
	if v.By.Rights.GivesAll(v.console.catalog) { // any group, which they may edit: hundreds of them need not be read
		return nil, nil
	}
	memberships, err := v.MembershipsOfPeople(ctx, people(members), v.At)
	if err != nil {
		return nil, err
	}
	groups, err := v.groupsOfMemberships(ctx, memberships)
	if err != nil {
		return nil, err
	}
	held, err := v.console.groupsBeyond(ctx, v, groups)
	if err != nil {
		return nil, err
	}
	refused := map[models.PersonID]error{}
	for _, m := range memberships {
		if refused[m.PersonID] == nil {
			refused[m.PersonID] = v.whyNotGiveBack(held, m)
		}
	}
	return refused, nil
}

// whyNotGiveBack says why the caller can't make one membership count again; nil where they can.
func (v *view) whyNotGiveBack(held groupsHeld, m models.Membership) error {
	switch {
	case !v.By.Rights.MayBringInto(access.ResourceID(m.GroupID)):
		return BringsNobodyIn{}
	case len(held.beyond[m.GroupID]) > 0:
		return TooHigh{held.beyond[m.GroupID]}
	case outlasts(m.ExpiresAt, held.until[m.GroupID]):
		return TooHigh{v.By.Rights.Beyond(v.console.catalog, held.sets[m.GroupID], nil)}
	}
	return nil
}

// groupsOfMemberships are the groups of memberships, each once.
func (v *view) groupsOfMemberships(ctx context.Context, memberships []models.Membership) ([]models.Group, error) {
	seen := map[access.GranteeID]bool{}
	var ids []access.GranteeID
	for _, m := range memberships {
		if !seen[m.GroupID] {
			seen[m.GroupID] = true
			ids = append(ids, m.GroupID)
		}
	}
	return v.GroupsByIDs(ctx, ids)
}

// heldThrough are a member's groups in force, by name, and on how many domains they give a level, whether that counts now or not.
func (v *view) heldThrough(ctx context.Context, person models.PersonID) ([]access.Grantee, int, error) {
	memberships, err := v.MembershipsOfPeople(ctx, []models.PersonID{person}, v.At)
	if err != nil {
		return nil, 0, err
	}
	groups, err := v.groupsOfMemberships(ctx, memberships)
	if err != nil {
		return nil, 0, err
	}
	ids, _ := numbers(groups)
	sets, err := v.LevelsOf(ctx, ids)
	if err != nil {
		return nil, 0, err
	}
	var grantees []access.Grantee
	all := make([]access.PrivilegeSet, 0, len(groups))
	for _, g := range groups {
		grantees = append(grantees, g.Grantee())
		if g.Administrators {
			sets[g.Grantee().ID] = v.console.catalog.Max()
		}
		all = append(all, sets[g.Grantee().ID])
	}
	return grantees, len(access.Unite(v.console.catalog, all...).Clean(v.console.catalog)), nil
}
