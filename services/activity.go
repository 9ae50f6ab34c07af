package services

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/files"
)

// ActivityQuery asks for one page of what happened, the newest first. Page.Query looks in operations and in the names of
// actors and things.
type ActivityQuery struct {
	models.Page
	Said     map[string]models.Said
	Domain   access.DomainKey // "" = all
	Resource string           // key or number of a thing of the domain, also of one that was deleted; "" = all
	Who      string           // e-mail of a person, or a part of an actor's name; "" = anybody
	Refused  bool             // only what was refused
	Change   int64            // number of an activity: only what its change noted; 0 = everything
	Lines    bool             // for a page that people read: changes that noted much are one line, and each event tells how much
	From     time.Time        // when it happened: from then on; zero: from the beginning
	Until    time.Time        // before then; zero: until now
	Open     int64            // number of an activity: without a cursor, the page that begins with it where the first one does not have it
}

// ActivityList is a page of what happened, with all that its words need.
type ActivityList struct {
	models.Listing[Event]
	Thing  models.Named // that was asked for; zero: none
	Change int          // activities of the change that was asked for: up to models.FoundCounted, and one more where there are more
	Names  map[access.ResourceID]models.Named

	Together int // activities that reverting all of that change is about: up to MaxMany, and one more where there are more

	Rights access.Rights // without editor lists
}

// Reverts tells whether the caller is offered to revert an event: it is of a kind that can be, what it is about is there, and they may
// edit things of that kind. Whether they may edit this one is told with what reverting it would do: a page of the record costs
// the same whatever it is about.
func (l ActivityList) Reverts(c *Console, e Event) bool {
	need, kind := revertNeed(e.Activity)
	named, known := l.Names[e.ResourceID]
	there := known && !named.Ended || !e.Subject().Numbered()
	level := l.Rights.Level(need.Domain)
	return kind && c.Revertible(e.Activity) && there && (level == access.LevelEdit || level == access.LevelCustom)
}

// Activities lists what happened: everything, of pages too that the caller can't open (R15). Six statements at most, however much there
// is, and with Lines two more for each change that is one line at the end of what was read. A thing that there never was is ErrNotFound,
// and so is a change that did nothing.
func (c *Console) Activities(ctx context.Context, by Caller, query ActivityQuery) (ActivityList, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewActivities, 0); err != nil {
		return ActivityList{}, err
	}
	list := ActivityList{}
	filter := models.ActivityFilter{Page: query.Page, Said: query.Said, Domain: query.Domain, Refused: query.Refused, From: query.From, Until: query.Until}
	var err error
	if list.Thing, err = thingOf(ctx, v.Scope, query); err != nil {
		return ActivityList{}, err
	}
	filter.Resource = list.Thing.ID
	if filter.Actor, filter.Named, err = c.actor(ctx, query.Who); err != nil {
		return ActivityList{}, err
	}
	if query.Change != 0 {
		change, err := v.Activity(ctx, query.Change)
		if err == nil && change.Outcome != models.OutcomeDone {
			err = models.ErrNotFound
		}
		if err != nil {
			return ActivityList{}, err
		}
		filter.Change = &change
		if list.Together, err = v.revertedTogether(ctx, change); err != nil {
			return ActivityList{}, err
		}
	}
	lines, err := v.activityLines(ctx, filter, query)
	if err != nil {
		return ActivityList{}, err
	}
	list.Next, list.Previous = lines.Next, lines.Previous
	list.Change = lines.sizes[query.Change].Noted
	var ids []access.ResourceID
	for _, a := range lines.Rows {
		event := c.event(a)
		event.Noted, event.Folded = lines.sizes[a.ID].Noted, lines.folded[a.ID]
		list.Rows = append(list.Rows, event)
		ids = append(ids, event.things()...)
		if c.Revertible(event.Activity) && event.ResourceID != 0 {
			ids = append(ids, event.ResourceID)
		}
	}
	list.Rights = v.By.Rights
	if list.Names, err = v.NamesOf(ctx, ids); err != nil {
		return ActivityList{}, err
	}
	return list, nil
}

// activitiesWith is a page that has an activity where the filter shows it.
func (v *view) activitiesWith(ctx context.Context, filter models.ActivityFilter, id int64) (models.Listing[models.Activity], error) {
	is := func(a models.Activity) bool { return a.ID == id }
	found, err := v.Activities(ctx, filter)
	if err != nil || id <= 0 || filter.After != "" || filter.Before != "" || slices.ContainsFunc(found.Rows, is) {
		return found, err
	}
	filter.After = models.BeforeActivity(id)
	return v.Activities(ctx, filter)
}

// thingOf finds what a query names: by number, deleted things too, or by the key of one that there is. A number that is
// also a key means the number.
func thingOf(ctx context.Context, scope *models.Scope, query ActivityQuery) (models.Named, error) {
	if query.Resource == "" {
		return models.Named{}, nil
	}
	if number, err := strconv.ParseInt(query.Resource, 10, 64); err == nil {
		id := access.ResourceID(number)
		names, err := scope.NamesOf(ctx, []access.ResourceID{id})
		if err != nil {
			return models.Named{}, err
		}
		if named, ok := names[id]; ok && named.Domain == query.Domain {
			return named, nil
		}
	}
	r, err := scope.Resource(ctx, query.Domain, query.Resource)
	if err != nil {
		return models.Named{}, err
	}
	return models.Named{ID: r.ID, Domain: r.Domain, Key: r.Key, Name: r.Name}, nil
}

// actor is the person with an e-mail, or else what an actor's name has to contain.
func (c *Console) actor(ctx context.Context, who string) (*models.PersonID, string, error) {
	email, err := files.CanonicalEmail(who)
	if err != nil {
		return nil, who, nil
	}
	person, err := c.store.PersonByEmail(ctx, email)
	if errors.Is(err, models.ErrNotFound) {
		return nil, email, nil // somebody without a name is called by their e-mail
	}
	if err != nil {
		return nil, "", err
	}
	return &person.ID, "", nil
}
