package services

import (
	"context"
	"errors"
	"fmt"

	"bailiwick/access"
	"bailiwick/looks"
	"bailiwick/models"
	"bailiwick/services/files"
	"bailiwick/words"
)

// ApplyOptions say how a file is applied.
type ApplyOptions struct {
	DryRun bool // plan, and find out what would be refused, but change nothing; too many removals are a note
	Trial  bool // change nothing, and refuse all that would be refused
	Prune  bool // remove what the file omits

	PruneLimit *int // how many things may be removed; nil: ten, or a tenth of what there is

	Found files.Problems // what is wrong with the file already; with any it is only looked through for more
}

// errNotKept rolls a transaction back that was only tried, or that changed nothing.
var errNotKept = errors.New("not kept")

// Apply makes an organization what its file says, all of it or nothing, and returns what that took. An organization that
// does not exist yet is created with the built-in groups. A dry run is the whole change, rolled back: it meets the same
// refusals. References that lead nowhere are files.Problems. A file that removes a great deal is
// TooManyRemovals. Only the operator applies files, so nothing in one is beyond the caller (R7).
func (c *Console) Apply(ctx context.Context, file *files.Organization, options ApplyOptions) (Plan, error) {
	if len(options.Found) > 0 && (file == nil || file.Key == "") {
		return Plan{}, options.Found
	}
	var plan Plan
	err := c.inOrganization(ctx, file, func(tx *Tx, first ...Step) error {
		all, err := c.planned(ctx, tx.view, file, options)
		if err != nil {
			return err
		}
		plan = all.plan(c.catalog)
		plan.Steps = append(first, plan.Steps...)
		if plan.Empty() {
			return errNotKept
		}
		if err := options.limited(&plan, all.inventory.size()); err != nil {
			return err
		}
		if err := c.carryOut(ctx, tx, all); err != nil {
			return err
		}
		if options.DryRun || options.Trial {
			return errNotKept
		}
		return nil
	})
	if err != nil && !errors.Is(err, errNotKept) {
		return Plan{}, err
	}
	return plan, nil
}

// inOrganization does the work in one change of the file's organization. Where there is none it is created, which is the
// first of the steps.
func (c *Console) inOrganization(ctx context.Context, file *files.Organization, work func(tx *Tx, first ...Step) error) error {
	o, err := c.store.OrganizationByKey(ctx, file.Key)
	if err == nil {
		what := aboutOrganization(o)
		return c.change(ctx, c.Operator(o), models.OpOrganizationFileApplied, what, func(tx *Tx) error { return work(tx) })
	}
	if !errors.Is(err, models.ErrNotFound) {
		return fmt.Errorf("organization %q: %w", file.Key, err)
	}
	return c.store.Tx(ctx, func(store *models.Store) error {
		o := models.Organization{Key: file.Key, Name: file.Name, Seats: file.Seats}
		tx, err := c.createOrganization(ctx, store, c.Operator(o), o, c.now())
		if err != nil {
			return fmt.Errorf("create organization %q: %w", file.Key, err)
		}
		made := Step{Does: doesCreate, What: "organization " + file.Key + " with the built-in groups"}
		return c.guarded(ctx, tx, func(tx *Tx) error { return work(tx, made) })
	})
}

// allChanges are the changes with the inventory that they were found in.
type allChanges struct {
	changes
	inventory *inventory
	renaming  renaming
}

// planned compares the file with what is stored.
func (c *Console) planned(ctx context.Context, v *view, file *files.Organization, options ApplyOptions) (allChanges, error) {
	inv, err := c.takeInventory(ctx, v.Scope)
	if err != nil {
		return allChanges{}, err
	}
	renaming, err := renamings(ctx, v, file.Members, inv)
	if err != nil {
		return allChanges{}, err
	}
	p := planner{catalog: c.catalog, at: v.At, prune: options.Prune, renamed: renaming.former, builtIn: map[string]bool{}, left: map[string][]string{}}
	for _, g := range inv.groups {
		p.builtIn[g.Key] = g.BuiltIn != ""
		if g.Administrators {
			p.administrators = g.Key
		}
	}
	if p.entering, err = c.entering(ctx, v, file.Members, inv.members, options.Prune); err != nil {
		return allChanges{}, err
	}
	renaming.move(p.entering)
	listed := map[string]bool{}
	for _, m := range file.Members {
		listed[m.Email] = true
	}
	there := stored{inv, p.builtIn, listed, options.Prune, renaming.refused}
	if err := options.Found.With(file.Check(there)); err != nil {
		return allChanges{}, err
	}
	all := allChanges{p.compare(inv.file(), file), inv, renaming}
	all.notes = append(all.notes, renaming.notes...)
	all.warnOfSeats()
	all.warnOfDoubtful()
	all.warnOfLifted(v.At)
	all.warnOfBeyond(file, there)
	if err := all.warnOfUnproven(ctx, v.Scope, v.At); err != nil {
		return allChanges{}, err
	}
	return all, nil
}

// entering are the e-mails of those who could sign in, of whom pruning keeps an administrator: members, and whom the file
// lists if their address is proven and they have a password, which opens every organization.
func (c *Console) entering(ctx context.Context, v *view, listed []files.Member, members map[string]models.Member, prune bool) (map[string]bool, error) {
	entering := map[string]bool{}
	if !prune {
		return entering, nil
	}
	emails, err := v.SigningIn(ctx, c.Mails())
	if err != nil {
		return nil, err
	}
	for _, email := range emails {
		entering[email] = true
	}
	wanted := make([]string, len(listed))
	for i, m := range listed {
		wanted[i] = m.Email
	}
	people, err := v.Store().PeopleByEmails(ctx, wanted)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		if _, member := members[p.Email]; !member && !p.Unproven && p.PasswordHash != "" { // members may be bound to another provider
			entering[p.Email] = true
		}
	}
	return entering, nil
}

// doubtNotes warn of those of the addresses that look like others.
func doubtNotes(emails ...string) []string {
	var notes []string
	for _, email := range emails {
		if doubt, doubted := looks.DoubtAbout(email); doubted {
			notes = append(notes, "look at the address "+email+" closely: "+doubt.String())
		}
	}
	return notes
}

// warnOfSeats notes that there are more members than seats. Pages refuse it, a file only warns.
func (a *allChanges) warnOfSeats() {
	members, seats := len(a.inventory.members), a.inventory.organization.Seats
	for _, d := range a.members {
		switch {
		case d.was == nil:
			members++
		case d.is == nil:
			members--
		}
	}
	if a.organization.is != nil {
		seats = a.organization.is.Seats
	}
	if members > seats {
		a.notes = append(a.notes, words.Noun{One: "member is", Many: "members are"}.Count(members)+" more than the "+words.Seats.Count(seats))
	}
}

// stored tells a file what its references may name besides itself: with prune only what is never removed.
type stored struct {
	*inventory
	builtIn map[string]bool
	listed  map[string]bool // e-mails of the members in the file
	prune   bool
	refused map[string]string // why members don't get the new addresses, by these
}

func (s stored) WhyNotRenamed(m files.Member) string { return s.refused[m.Email] }

func (s stored) Group(key string) bool {
	_, found := s.groups[key]
	return found && (!s.prune || s.builtIn[key])
}

func (s stored) GroupNames() map[string]string {
	names := make(map[string]string, len(s.groups))
	for key, g := range s.groups {
		names[key] = g.Name
	}
	return names
}

func (s stored) APIKey(key string) bool {
	_, found := s.apiKeys[key]
	return found && !s.prune
}

func (s stored) Resource(domain access.DomainKey, key string) bool {
	_, found := s.resources[domain][key]
	return found && !s.prune
}

// Member is about owners, and about members listed without groups: those in the file are never removed.
func (s stored) Member(email string) bool {
	_, found := s.members[email]
	return found && (!s.prune || s.listed[email])
}

// carryOut does all the changes. What others refer to comes first, removals come last.
func (c *Console) carryOut(ctx context.Context, tx *Tx, all allChanges) error {
	a := &applier{Tx: tx, console: c, inventory: all.inventory, changes: all.changes, people: map[string]models.Person{}}
	for _, part := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"the organization", a.putOrganization}, {"addresses", func(ctx context.Context) error { return a.putAddresses(ctx, all.renaming) }}, {"people", a.putPeople}, {"groups", a.putGroups}, {"API keys", a.putAPIKeys},
		{"resources", a.putResources}, {"statistics", a.analyze}, {"privileges", a.putPrivileges},
		{"members", a.putMembers}, {"suspensions", a.putSuspensions}, {"removals", a.removeAll},
	} {
		if err := part.do(ctx); err != nil {
			return fmt.Errorf("apply %s: %w", part.name, err)
		}
	}
	return nil
}
