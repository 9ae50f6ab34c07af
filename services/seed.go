package services

import (
	"context"
	"errors"
	"fmt"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
)

// Seed is how large an organization to make up. The same Seed makes the same organization, whatever the database.
type Seed struct {
	Key       string           // of the organization, which must not exist
	Members   int              // beside admin@KEY.example.com and viewer@KEY.example.com
	Groups    int              // beside the built-in ones and the group "team"
	Resources int              // of the domain; others that offer Custom get a page of them
	Editors   int              // rows of editor lists on the domain: a fifth is one group's, the rest is shared out among all
	Domain    access.DomainKey // which offers Custom
	Random    uint64           // another number makes another organization of the same size
	Lifelike  bool             // names of departments and roles instead of numbers, and what a working day brings

	Progress func(what string, done, all int) // called now and then; nil: nobody listens
}

// ErrExists says that there is an organization of the key already.
var ErrExists = errors.New("the organization exists already")

// seats are as many as there are members, and with what a working day brings a tenth more: invitations take theirs too.
func (s Seed) seats() int {
	all := s.Members + namedMembers
	if s.Lifelike {
		all += all / 10
	}
	return all
}

// Seed makes up an organization, all of it or nothing, to try the console with at any size. The administrator is in
// Administrators; the viewer is in "team", which holds Custom wherever it is offered, and in two other groups, so that
// nobody's lists are longer to look through. Nobody has a password yet.
func (c *Console) Seed(ctx context.Context, s Seed) error {
	if err := s.sound(c.catalog); err != nil {
		return err
	}
	if s.Progress == nil {
		s.Progress = func(string, int, int) {}
	}
	err := c.store.Tx(ctx, func(store *models.Store) error {
		o := models.Organization{Key: s.Key, Name: s.Key, Seats: s.seats()}
		tx, err := c.createOrganization(ctx, store, c.Operator(o), o, c.now())
		if errors.Is(err, models.ErrDuplicate) {
			return ErrExists
		}
		if err != nil {
			return fmt.Errorf("create it: %w", err)
		}
		return c.guarded(ctx, tx, func(tx *Tx) error { return newSeeder(c.catalog, tx, s).all(ctx) })
	})
	if err != nil {
		return fmt.Errorf("seed organization %q: %w", s.Key, err)
	}
	if err := c.store.Analyze(ctx); err != nil {
		return fmt.Errorf("seed organization %q: %w", s.Key, err)
	}
	return nil
}

// The people and groups that every seeded organization has, and how many resources the other domains get.
const (
	namedMembers = 2
	teamKey      = "team"
	fewResources = 60
	teamEdits    = 3
)

// sound refuses what could not be made.
func (s Seed) sound(catalog *access.Catalog) error {
	d := catalog.Domain(s.Domain)
	switch {
	case keyFor(s.Key, "") != s.Key:
		return invalid("Key", "Use lower case letters, digits and hyphens for the key.")
	case d == nil || !d.Granular() || d.Key == access.GroupsDomain || d.Key == access.APIKeysDomain:
		return invalid("Domain", fmt.Sprintf("%q is no domain of resources with Custom in the catalogue.", s.Domain))
	case s.Members < 0 || s.Groups < 2 || s.Resources < teamEdits || s.Editors < 0:
		return invalid("Groups", "At least "+words.Groups.Count(2)+" and "+words.Resources.Count(teamEdits)+" are needed, and nothing below 0.")
	case s.Editors > s.Groups*(s.Resources/2):
		return invalid("Editors", words.Groups.Count(s.Groups)+" with at most half of "+words.Resources.Count(s.Resources)+
			" in each list have room for "+words.Number(s.Groups*(s.Resources/2))+".")
	}
	return nil
}

// listLength is how many resources the list of a group holds: the first group's is the long one.
func (s Seed) listLength(group int) int {
	long := min(s.Editors/5, s.Resources/2)
	if group == 0 {
		return long
	}
	rest, others := s.Editors-long, s.Groups-1
	length := rest / others
	if group <= rest%others {
		length++
	}
	return length
}
