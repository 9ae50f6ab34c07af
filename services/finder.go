package services

import (
	"context"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
)

// FoundFirst is how many of each kind a search for everything shows.
const FoundFirst = 5

// Search is what a search for everything found, each kind with its best FoundFirst ahead. Of what the caller may not view there is
// nothing, and it is counted nowhere (R15).
type Search struct {
	Groups    models.Found[models.Group]
	Members   models.Found[models.Member]
	Resources []FoundResources // of each domain in which some were found, in the order of the catalogue
	APIKeys   models.Found[models.APIKey]

	Invitations InvitationList // the first of the pending ones, for who may open their list
	Invited     int            // invitations

	Activities ActivityList // the last of them
	Happened   int          // activities

	Owners   map[models.PersonID]string // names of the owners of the found resources; "" where nobody gave them one
	Detailed bool                       // the caller may view groups, and open members (R6)
	Rights   access.Rights              // knows the editor lists about the found resources
}

// FoundResources are those of one domain.
type FoundResources struct {
	Domain *access.Domain
	models.Found[models.Resource]
}

// SearchQuery is what somebody looks for.
type SearchQuery struct {
	Words  string                 // in any order
	Events string                 // the same for activities, without words that say nothing about any
	Said   map[string]models.Said // by word of it
}

// Search looks for everything that the caller may view: each kind by the need of its own page.
func (c *Console) Search(ctx context.Context, by Caller, query SearchQuery) (Search, error) {
	v := c.view(by)
	if err := by.mustEnter(); err != nil {
		return Search{}, err
	}
	s := Search{Detailed: by.Rights.May(ViewGroups, 0)}
	for _, find := range []func(context.Context, string, *Search) error{v.findResources, v.findMembers, v.findInvitations} {
		if err := find(ctx, query.Words, &s); err != nil {
			return Search{}, err
		}
	}
	s.Rights = v.By.Rights
	return s, c.findActivities(ctx, by, query, &s)
}

// findResources finds groups, API keys and the resources of all domains that the caller may view.
func (v *view) findResources(ctx context.Context, words string, s *Search) error {
	var domains []access.DomainKey
	for _, d := range v.console.catalog.Domains() {
		own := d.Key == access.GroupsDomain || d.Key == access.APIKeysDomain
		if (own || v.console.PageDomain(d.Key) != nil) && v.By.Rights.May(ViewIn(d.Key), 0) {
			domains = append(domains, d.Key)
		}
	}
	found, err := v.FindResources(ctx, words, domains, FoundFirst)
	if err != nil {
		return err
	}
	if err := v.readFoundGroups(ctx, found[access.GroupsDomain], s); err != nil {
		return err
	}
	if err := v.readFoundKeys(ctx, found[access.APIKeysDomain], s); err != nil {
		return err
	}
	var ids []access.ResourceID
	for _, d := range domains {
		if v.console.PageDomain(d) != nil {
			ids = append(ids, found[d].First...)
		}
	}
	all, err := v.ResourcesByIDs(ctx, ids)
	if err != nil {
		return err
	}
	if s.Owners, err = v.MemberNames(ctx, ownersOf(all)); err != nil {
		return err
	}
	for _, d := range domains {
		if v.console.PageDomain(d) == nil || found[d].Count == 0 {
			continue
		}
		if err := v.learn(ctx, d, found[d].First...); err != nil {
			return err
		}
		s.Resources = append(s.Resources, FoundResources{v.console.catalog.Domain(d),
			inOrder(found[d], all, func(r models.Resource) access.ResourceID { return r.ID })})
	}
	return nil
}

func (v *view) readFoundGroups(ctx context.Context, found models.Found[access.ResourceID], s *Search) error {
	ids := make([]access.GranteeID, len(found.First))
	for i, id := range found.First {
		ids[i] = access.GranteeID(id)
	}
	all, err := v.GroupsByIDs(ctx, ids)
	if err != nil {
		return err
	}
	s.Groups = inOrder(found, all, func(g models.Group) access.ResourceID { return g.ID })
	return nil
}

func (v *view) readFoundKeys(ctx context.Context, found models.Found[access.ResourceID], s *Search) error {
	all, err := v.APIKeysByIDs(ctx, found.First)
	if err != nil {
		return err
	}
	s.APIKeys = inOrder(found, all, func(k models.APIKey) access.ResourceID { return k.ID })
	return nil
}

// findMembers finds members. Who may not view groups gets names and addresses alone, as on the Members page (R6).
func (v *view) findMembers(ctx context.Context, words string, s *Search) error {
	found, err := v.FindMembers(ctx, words, FoundFirst)
	if err != nil {
		return err
	}
	all, err := v.MembersByIDs(ctx, found.First)
	if err != nil {
		return err
	}
	if !s.Detailed {
		for i, m := range all {
			all[i] = bareMember(m)
		}
	}
	s.Members = inOrder(found, all, func(m models.Member) models.MemberID { return m.ID })
	return nil
}

// findInvitations finds pending ones, for who may see invitations: they say who will be in which group.
func (v *view) findInvitations(ctx context.Context, words string, s *Search) error {
	if !s.Detailed {
		return nil
	}
	found, err := v.FindInvitations(ctx, words, FoundFirst, v.At)
	if err != nil || found.Count == 0 {
		return err
	}
	s.Invited, s.Invitations = found.Count, InvitationList{Listing: models.Listing[models.Invitation]{Rows: found.First}, At: v.At}
	return v.console.fillInvitations(ctx, v, &s.Invitations)
}

func (c *Console) findActivities(ctx context.Context, by Caller, query SearchQuery, s *Search) error {
	v := c.view(by)
	if !by.Rights.May(ViewActivities, 0) || query.Events == "" {
		return nil
	}
	var err error
	if s.Activities, err = c.Activities(ctx, by, ActivityQuery{Page: models.Page{Query: query.Events, Limit: FoundFirst}, Said: query.Said}); err != nil {
		return err
	}
	s.Happened = len(s.Activities.Rows)
	if s.Activities.Next != "" {
		s.Happened, err = v.CountActivities(ctx, query.Events, query.Said)
	}
	return err
}

// inOrder are the things that were found, as their numbers stand. One that went meanwhile is left out.
func inOrder[ID comparable, T any](found models.Found[ID], all []T, idOf func(T) ID) models.Found[T] {
	in := models.Found[T]{Count: found.Count}
	for _, id := range found.First {
		if i := slices.IndexFunc(all, func(one T) bool { return idOf(one) == id }); i >= 0 {
			in.First = append(in.First, all[i])
		}
	}
	return in
}
