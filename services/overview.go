package services

import (
	"cmp"
	"context"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// Overview is what needs somebody's attention in an organization. What the caller may not view is nil or empty.
type Overview struct {
	At time.Time

	Keys        *models.Ends // API keys that expire within EndsSoon
	Memberships models.Ends  // that end within EndsSoon
	Invitations models.Ends  // that run out within RunOut
	Pending     int          // invitations

	Ending []models.Ending // the first of all three
	Failed int             // mails that could not be sent

	Groups   models.GroupsInNeed
	OfGroups UnusedCount
	Members  UnusedCount
	OfKeys   *UnusedCount

	Lent    []models.TemporaryAccess // active now, at most LentShown
	LentAll int                      // active now
	Seats   Seats

	Changes *ActivityList // the last
	Invites bool          // the caller may add members
	Setup   *SetupSteps   // nil: all of it is done
}

// UnusedCount is how many were not used: never, and not for 30, 90 and 180 days.
type UnusedCount struct {
	Never int
	Since map[int]int // by days
	Both  int         // never used, and there for UnusedShown days
}

// SetupSteps are what makes an organization useful, and what of it is done.
type SetupSteps struct {
	Resource                   *access.Domain // to add the first resource to; nil where the caller may not
	Resources, Groups, Members bool           // there are some besides what every organization begins with
	AddsGroups                 bool
}

// How far an overview looks ahead, and how much it shows.
const (
	EndsSoon  = 14 // days
	RunOut    = 7  // days
	EndsShown = 5
	EndsAll   = 100 // where all are asked for
	LentShown = 3

	UnusedShown = 90 // days for which somebody was not here

	changesFew = 5
)

// UnusedDays are for how long lists tell that something was not used.
var UnusedDays = []int{30, 90, 180}

// SensitiveDomains are those whose privileges are to be given with care.
func SensitiveDomains(c *access.Catalog) []access.DomainKey {
	keys := []access.DomainKey{}
	for _, d := range c.Domains() {
		if d.Sensitive {
			keys = append(keys, d.Key)
		}
	}
	return keys
}

// Overview finds what needs attention: a fixed number of statements, each of which counts no further than lists do. It takes view
// on Groups; of what the caller may not view there is nothing. Of what ends as much is shown as the limit says.
func (c *Console) Overview(ctx context.Context, by Caller, limit int) (Overview, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return Overview{}, err
	}
	o := Overview{At: v.At}
	for _, read := range []func(context.Context, *view, *Overview) error{
		func(ctx context.Context, v *view, o *Overview) error { return c.readEnding(ctx, v, o, limit) },
		c.readGroupsInNeed, c.readUnused, c.readLent, c.readMailsAndSeats, c.readChanges, c.readSetup,
	} {
		if err := read(ctx, v, &o); err != nil {
			return Overview{}, err
		}
	}
	return o, nil
}

func (c *Console) readEnding(ctx context.Context, v *view, o *Overview, limit int) error {
	soon, week := v.At.AddDate(0, 0, EndsSoon), v.At.AddDate(0, 0, RunOut)
	var err error
	if o.Memberships, err = v.MembershipsThatEnd(ctx, v.At, soon, limit); err != nil {
		return err
	}
	if o.Invitations, err = v.InvitationsThatEnd(ctx, v.At, week, limit); err != nil {
		return err
	}
	if o.Pending, err = v.CountPending(ctx, v.At); err != nil {
		return err
	}
	o.Ending = slices.Concat(o.Memberships.First, o.Invitations.First)
	if v.By.Rights.May(ViewAPIKeys, 0) {
		keys, err := v.KeysThatEnd(ctx, v.At, soon, limit)
		if err != nil {
			return err
		}
		o.Keys, o.Ending = &keys, append(o.Ending, keys.First...)
	}
	slices.SortStableFunc(o.Ending, func(a, b models.Ending) int { return cmp.Compare(a.At.Unix(), b.At.Unix()) })
	o.Ending = o.Ending[:min(limit, len(o.Ending))]
	return nil
}

func (c *Console) readGroupsInNeed(ctx context.Context, v *view, o *Overview) error {
	var err error
	o.Groups, err = v.GroupsInNeed(ctx, SensitiveDomains(c.catalog))
	return err
}

func (c *Console) readUnused(ctx context.Context, v *view, o *Overview) error {
	var err error
	if o.Members, err = unusedCount(ctx, v, v.CountUnusedMembers); err != nil {
		return err
	}
	if o.OfGroups, err = unusedCount(ctx, v, v.CountUnusedGroups); err != nil || !v.By.Rights.May(ViewAPIKeys, 0) {
		return err
	}
	keys, err := unusedCount(ctx, v, v.CountUnusedKeys)
	if err != nil {
		return err
	}
	o.OfKeys = &keys
	return nil
}

func unusedCount(ctx context.Context, v *view, count func(context.Context, models.Unused) (int, error)) (UnusedCount, error) {
	n := UnusedCount{Since: map[int]int{}}
	var err error
	if n.Never, err = count(ctx, models.Unused{Never: true}); err != nil {
		return n, err
	}
	both := UnusedFor{Never: true, Days: UnusedShown}
	if n.Both, err = count(ctx, both.By(v.At)); err != nil {
		return n, err
	}
	for _, days := range UnusedDays {
		if n.Since[days], err = count(ctx, UnusedFor{Days: days}.By(v.At)); err != nil {
			return n, err
		}
	}
	return n, nil
}

func (c *Console) readLent(ctx context.Context, v *view, o *Overview) error {
	if !v.By.Rights.May(ViewTemporaryAccess, 0) {
		return nil
	}
	found, err := c.TemporaryAccesses(ctx, v.By, TemporaryAccessQuery{Page: models.Page{Limit: LentShown}, Status: models.StatusActive})
	if err != nil {
		return err
	}
	o.Lent, o.LentAll = found.Rows, found.Open
	return nil
}

func (c *Console) readMailsAndSeats(ctx context.Context, v *view, o *Overview) error {
	var err error
	if o.Failed, err = c.FailedMails(ctx, v.By); err != nil {
		return err
	}
	if o.Invites, err = c.Invites(ctx, v.By); err != nil {
		return err
	}
	o.Seats, err = v.seats(ctx, v.By.Organization)
	return err
}

func (c *Console) readChanges(ctx context.Context, v *view, o *Overview) error {
	if !v.By.Rights.May(ViewActivities, 0) {
		return nil
	}
	changes, err := c.Activities(ctx, v.By, ActivityQuery{Page: models.Page{Limit: changesFew}})
	if err != nil {
		return err
	}
	o.Changes = &changes
	return nil
}

// readSetup looks what is missing of an organization that was just made.
func (c *Console) readSetup(ctx context.Context, v *view, o *Overview) error {
	steps := SetupSteps{Members: v.By.Organization.Members > 1, AddsGroups: v.By.Rights.May(CreateGroup, 0)}
	groups, err := total(ctx, v.Scope, access.GroupsDomain)
	if err != nil {
		return err
	}
	steps.Groups = groups > len(c.catalog.BuiltIn)
	for _, d := range c.catalog.Domains() {
		if c.PageDomain(d.Key) == nil || d.Key == access.GroupsDomain || d.Key == access.APIKeysDomain {
			continue
		}
		there, err := total(ctx, v.Scope, d.Key)
		if err != nil {
			return err
		}
		if steps.Resources = steps.Resources || there > 0; steps.Resources {
			break
		}
		if steps.Resource == nil && v.By.Rights.May(CreateIn(d.Key), 0) {
			steps.Resource = d
		}
	}
	if !steps.Resources || !steps.Groups || !steps.Members {
		o.Setup = &steps
	}
	return nil
}
