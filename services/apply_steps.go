package services

import (
	"context"
	"fmt"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/files"
)

// applier carries out the changes of a file. What it creates it adds to the inventory, so that later steps find it.
type applier struct {
	*Tx
	console   *Console
	inventory *inventory
	changes   changes
	people    map[string]models.Person // by e-mail: those that the changes are about
}

func (a *applier) putOrganization(ctx context.Context) error {
	o := a.changes.organization
	if o.is == nil {
		return nil
	}
	return a.setOrganization(ctx, o.is.Key, organizationState{o.was.Name, o.was.Seats}, organizationState{o.is.Name, o.is.Seats})
}

// organizationState is what an activity keeps of an organization.
type organizationState struct {
	Name  string `json:"name"`
	Seats int    `json:"seats"`
}

// putPeople finds or makes the people behind new members, and gives people the names that the file says. Those belong
// to the installation: the name changes in all of the person's organizations.
func (a *applier) putPeople(ctx context.Context) error {
	for _, m := range a.inventory.members {
		a.people[m.Email] = models.Person{ID: m.PersonID, Email: m.Email, Name: m.Name}
	}
	if err := a.findPeople(ctx); err != nil {
		return err
	}
	for _, d := range a.changes.members {
		if d.is == nil || d.is.Name == "" || d.is.Name == a.people[d.is.Email].Name {
			continue
		}
		person := a.people[d.is.Email]
		if err := a.Store().SetPersonName(ctx, person.ID, d.is.Name); err != nil {
			return fmt.Errorf("rename %s: %w", d.is.Email, err)
		}
		what := subject{Key: d.is.Email, Name: d.is.Name}
		a.record(models.OpMemberRenamed, what, state{Name: person.Name}, state{Name: d.is.Name})
		person.Name = d.is.Name
		a.people[d.is.Email] = person
	}
	return nil
}

// findPeople reads the people behind new members; whom the installation does not know is created. An account that somebody
// made with a link of another organization proves nothing here (R19): it stays, and does not open this organization.
func (a *applier) findPeople(ctx context.Context) error {
	var emails []string
	for _, d := range a.changes.members {
		if d.was == nil {
			emails = append(emails, d.is.Email)
		}
	}
	known, err := a.Store().PeopleToName(ctx, emails)
	if err != nil {
		return err
	}
	for _, person := range known {
		a.people[person.Email] = person
	}
	var unknown []models.Person
	for _, d := range a.changes.members {
		if d.was == nil && a.people[d.is.Email].ID == 0 {
			unknown = append(unknown, models.Person{Email: d.is.Email, Name: d.is.Name, CreatedAt: a.At})
		}
	}
	if err := a.Store().CreatePeople(ctx, unknown); err != nil {
		return err
	}
	for _, person := range unknown {
		a.people[person.Email] = person
	}
	return nil
}

func (a *applier) putGroups(ctx context.Context) error {
	for _, d := range a.changes.groups {
		if d.is == nil {
			continue
		}
		group := a.inventory.groups[d.is.Key]
		if d.was == nil {
			group = models.Group{Resource: a.newResource(access.GroupsDomain, d.is.Key, d.is.Name), BuiltIn: a.builtIn(d.is.Key), Description: d.is.Description}
			if err := a.CreateGroup(ctx, &group); err != nil {
				return fmt.Errorf("create group %s: %w", d.is.Key, err)
			}
			a.record(models.OpGroupCreated, about(group.Resource), nil, state{Name: group.Name, Description: group.Description})
		} else if err := a.configureGroup(ctx, &group, d.is.Name, d.is.Description); err != nil {
			return fmt.Errorf("change group %s: %w", d.is.Key, err)
		}
		a.inventory.groups[group.Key] = group
		a.inventory.add(group.Resource)
	}
	return nil
}

// builtIn is the key of the catalogue's group that a new group is: its own, where somebody deleted that one.
func (a *applier) builtIn(key string) string {
	if slices.ContainsFunc(a.console.catalog.BuiltIn, func(g access.GroupTemplate) bool { return g.Key == key }) {
		return key
	}
	return ""
}

// apiKeyState is what an activity keeps of an API key. No part of the secret is among it.
type apiKeyState struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	Template    string `json:"template,omitempty"`
	Status      string `json:"status"`
	Expires     string `json:"expires,omitempty"`
	Allow       string `json:"allow,omitempty"`
	Deny        string `json:"deny,omitempty"`
}

func stateOfKey(k *files.APIKey) apiKeyState {
	return apiKeyState{
		Name: k.Name, Description: k.Description, Template: k.Template, Status: k.Status, Expires: moment(k.Expires),
		Allow: set(k.Allow), Deny: set(k.Deny),
	}
}

func (a *applier) putAPIKeys(ctx context.Context) error {
	for _, d := range a.changes.apiKeys {
		if d.is == nil {
			continue
		}
		key := a.inventory.apiKeys[d.is.Key]
		if d.was == nil {
			key = models.APIKey{Resource: a.newResource(access.APIKeysDomain, d.is.Key, d.is.Name)}
			describe(&key, d.is)
			if err := a.CreateAPIKey(ctx, &key); err != nil {
				return fmt.Errorf("create API key %s: %w", d.is.Key, err)
			}
			a.record(models.OpAPIKeyCreated, about(key.Resource), nil, stateOfKey(d.is))
		} else if err := a.changeAPIKey(ctx, &key, d); err != nil {
			return fmt.Errorf("change API key %s: %w", d.is.Key, err)
		}
		a.inventory.apiKeys[key.Key] = key
		a.inventory.add(key.Resource)
	}
	return nil
}

func (a *applier) changeAPIKey(ctx context.Context, key *models.APIKey, d difference[files.APIKey]) error {
	key.Name, key.ModifiedAt, key.ModifiedBy = d.is.Name, a.At, a.By.Signature()
	describe(key, d.is)
	if err := a.UpdateAPIKey(ctx, key, "name", "template", "description", "enabled", "expires_at", "allow", "deny"); err != nil {
		return err
	}
	before, after := stateOfKey(d.was), stateOfKey(d.is)
	if before != after { // else only its privileges change
		a.record(models.OpAPIKeyUpdated, about(key.Resource), before, after)
	}
	return nil
}

func describe(key *models.APIKey, is *files.APIKey) {
	key.Template, key.Description, key.Enabled, key.ExpiresAt = is.Template, is.Description, is.Status == statusEnabled, is.Expires
	key.Allow, key.Deny = slices.Sorted(slices.Values(is.Allow)), slices.Sorted(slices.Values(is.Deny))
}

func (a *applier) putResources(ctx context.Context) error {
	var rows []models.Resource
	for _, d := range a.changes.resources {
		switch {
		case d.was == nil:
			r := a.newResource(d.is.domain, d.is.Key, "")
			a.fillIn(&r, d.is)
			rows = append(rows, r)
		case d.is != nil:
			if err := a.changeResource(ctx, d); err != nil {
				return fmt.Errorf("change %s %s: %w", d.is.domain, d.is.Key, err)
			}
		}
	}
	if err := a.CreateResources(ctx, rows); err != nil {
		return err
	}
	for _, r := range rows {
		a.record(models.OpResourceCreated, about(r), nil, resourceState(r))
		a.inventory.add(r)
	}
	return nil
}

func (a *applier) changeResource(ctx context.Context, d difference[located]) error {
	r := a.inventory.resources[d.is.domain][d.is.Key]
	before := resourceState(r)
	a.fillIn(&r, d.is)
	if err := a.save(ctx, &r, "name", "type", "visibility", "owner_id"); err != nil {
		return err
	}
	a.record(models.OpResourceUpdated, about(r), before, resourceState(r))
	a.inventory.add(r)
	return nil
}

func (a *applier) fillIn(r *models.Resource, is *located) {
	r.Name, r.Type, r.Visibility, r.OwnerID, r.OwnerEmail = is.Name, is.Type, is.Visibility, nil, is.Owner
	if owner := a.people[is.Owner]; owner.ID != 0 {
		r.OwnerID = &owner.ID
	}
}

// bulk is how many new things make it worth while to count anew for the statements that follow.
const bulk = 1000

func (a *applier) analyze(ctx context.Context) error {
	if len(a.changes.groups)+len(a.changes.resources)+len(a.changes.members) < bulk {
		return nil
	}
	return a.Store().Analyze(ctx)
}

// analyzeOnce counts anew as soon as many memberships are there: PostgreSQL planned the statements that add them for
// empty tables, and keeps such a plan, which reads the whole table for each member, until it is told.
func (a *applier) analyzeOnce(ctx context.Context, joined, more int) error {
	if joined >= bulk || joined+more < bulk {
		return nil
	}
	return a.Store().Analyze(ctx)
}
