package services

import (
	"context"
	"errors"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// ReachQuery asks for one page of who can reach something.
type ReachQuery struct {
	models.Page
	Level  string // models.ReachFull or models.ReachPart; "" = both
	Kind   string // models.ReachPeople and so on; "" = all
	Group  string // key: only who has it through this group; "" = all
	Unused UnusedFor
	Open   string // ID of a Reacher whose ways are asked for in full
}

// Reach is a page of the people and API keys that can view or edit something, and of the ways by which each has it.
type Reach struct {
	Domain   *access.Domain
	Resource models.Resource // zero: the domain as a whole
	Members  int             // of a group that is asked about
	Need     access.Need     // the more of the two that are told apart: edit, or what the domain has in its place
	models.Listing[Reacher]
	Groups   []models.Giver // that give it, the largest first: some, where there are more than ChoicesShown
	Group    models.Group   // by which the list is filtered; zero: by none
	Counts   models.ReachCount
	SeesKeys bool // else API keys are left out
	SeesLent bool // else people are left out who are here through temporary access alone
	Keyless  bool // no API key can hold anything here (R11)
}

// ReachCounted is how far those who can reach something are counted: lists never count more.
const ReachCounted = 1_000

// Reacher is a person or an API key that can view or edit something.
type Reacher struct {
	models.Reacher
	Level access.Level // on the resource View or Edit; on a domain the one shown (R2)
	Ways  []Way        // the strongest first
	Until time.Time    // end of what Level says; zero: none
	Self  bool         // the caller
}

// Way is one way by which somebody has something.
type Way struct {
	models.Way
	Full   bool // it gives the more
	Listed bool // through an editor list
}

// Reach lists who can reach a resource, or a domain where the reference has no key. It takes view on Groups, and view on the domain
// of a resource, before anything is looked up (R15). What is asked is answered as of one moment and one state.
func (c *Console) Reach(ctx context.Context, by Caller, which ResourceRef, query ReachQuery) (Reach, error) {
	var reach Reach
	err := c.inSnapshot(ctx, by, func(v *view) error {
		var err error
		reach, err = c.reach(ctx, v, which, query)
		return err
	})
	if err != nil {
		return Reach{}, err
	}
	return reach, nil
}

func (c *Console) reach(ctx context.Context, v *view, which ResourceRef, query ReachQuery) (Reach, error) {
	reach, err := c.openReach(ctx, v, which)
	if err != nil {
		return Reach{}, err
	}
	reached, err := v.Reached(ctx, c.reachOf(reach.Domain, reach.Resource.ID), v.At)
	if err != nil {
		return Reach{}, err
	}
	filter := models.ReachFilter{Page: query.Page, Level: query.Level, Kind: query.Kind, Unused: query.Unused.By(v.At),
		NoKeys: !reach.SeesKeys || reach.Keyless, NoLent: !reach.SeesLent}
	if reach.Groups, err = reached.Givers(ctx, ChoicesShown+1); err != nil {
		return Reach{}, err
	}
	if reach.Counts, err = reached.Count(ctx, models.ReachFilter{NoKeys: filter.NoKeys, NoLent: filter.NoLent}, ReachCounted); err != nil {
		return Reach{}, err
	}
	if query.Group != "" {
		group, err := v.Group(ctx, query.Group)
		if errors.Is(err, models.ErrNotFound) {
			return reach, nil
		}
		if err != nil {
			return Reach{}, err
		}
		reach.Group, filter.Group = group, access.GranteeID(group.ID)
	}
	found, err := reached.Page(ctx, filter)
	if err != nil {
		return Reach{}, err
	}
	reach.Listing = models.Listing[Reacher]{Next: found.Next, Previous: found.Previous}
	reach.Rows, err = c.explainReach(ctx, v, reach, found.Rows)
	return reach, err
}

// openReach finds what is asked about, for who may ask.
func (c *Console) openReach(ctx context.Context, v *view, which ResourceRef) (Reach, error) {
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return Reach{}, err
	}
	d := c.catalog.Domain(which.Domain)
	if d == nil {
		return Reach{}, models.ErrNotFound
	}
	rights := v.By.Rights
	reach := Reach{Domain: d, SeesKeys: rights.May(ViewAPIKeys, 0), SeesLent: rights.May(ViewTemporaryAccess, 0), Keyless: d.NoAPIKeys}
	reach.Need = access.Need{Domain: d.Key, Ability: fullOf(d)}
	if which.Key == "" {
		return reach, nil
	}
	if d.Resource == "" {
		return Reach{}, models.ErrNotFound
	}
	if err := v.must(ctx, ViewIn(d.Key), 0); err != nil {
		return Reach{}, err
	}
	var err error
	if reach.Resource, err = v.Resource(ctx, d.Key, which.Key); err != nil {
		return reach, err
	}
	reach.Members, err = v.membersOf(ctx, d, reach.Resource)
	return reach, err
}

// fullOf is the ability that is told apart from the lesser one: edit, or on other domains the one that only some levels have.
func fullOf(d *access.Domain) access.Ability {
	for _, a := range []access.Ability{access.Edit, access.Push, access.Allowed} {
		if d.Abilities(d.Highest(), false)&a != 0 {
			return a
		}
	}
	return access.View
}

// reachOf tells the store which levels give what.
func (c *Console) reachOf(d *access.Domain, resource access.ResourceID) models.Reach {
	r := models.Reach{Domain: d.Key, Resource: resource}
	for _, l := range d.Levels {
		switch a := d.Abilities(l, false); {
		case a&fullOf(d) != 0:
			r.Full = append(r.Full, l.String())
		case a != 0:
			r.Part = append(r.Part, l.String())
		}
	}
	for _, t := range c.catalog.Templates {
		r.Keys = append(r.Keys, keyReach(&t, d)...)
	}
	return r
}

// keyReach is where a key of the template has something else than is stored (R11).
func keyReach(t *access.KeyTemplate, d *access.Domain) []models.KeyReach {
	var all []models.KeyReach
	for _, l := range d.Levels {
		for _, box := range []bool{false, true} {
			has, _ := t.Holds(d, l, box)
			if has == l {
				continue
			}
			k := models.KeyReach{Template: t.Key, Level: l.String(), CanCreate: box}
			if has != access.LevelNone {
				k.Gives = has.String()
			}
			all = append(all, k)
		}
	}
	return all
}
