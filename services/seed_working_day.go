package services

import (
	"context"
	"fmt"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// What an administrator finds in a lifelike organization on a working day.
const (
	oneInEmpty   = 22 // one group in so many has no members
	oneInEnding  = 6  // of so many members one has a membership that ends
	soonestEnd   = 3  // days from now
	endingDays   = 88 // over which the ends are spread
	seededKeys   = 12
	seededInvite = 14
)

// seededSuspended are those of the members who are suspended.
var seededSuspended = []int{7, 31}

func (s *seeder) inDays(days int) *time.Time {
	then := s.At.AddDate(0, 0, days)
	return &then
}

// makeWorkingDay adds keys, invitations and suspended members to a lifelike organization. Nobody knows a secret of the keys, and nobody a link
// of the invitations.
func (s *seeder) makeWorkingDay(ctx context.Context) error {
	if !s.Lifelike {
		return nil
	}
	for n := range seededKeys {
		if err := s.makeKey(ctx, n); err != nil {
			return fmt.Errorf("make API key %d: %w", n, err)
		}
	}
	for n := range seededInvite {
		if err := s.makeInvitation(ctx, n); err != nil {
			return fmt.Errorf("make invitation %d: %w", n, err)
		}
	}
	return s.suspendSome(ctx)
}

// suspendSome suspends a few members, as far as there are so many.
func (s *seeder) suspendSome(ctx context.Context) error {
	var some []models.PersonID
	for _, n := range seededSuspended {
		if n < s.Members {
			some = append(some, s.people[namedMembers+n].ID)
		}
	}
	if len(some) == 0 {
		return nil
	}
	return s.SuspendMembers(ctx, some, s.At)
}

// makeKey makes a key from each template in turn: one in three ends within some months, one in four is inactive.
func (s *seeder) makeKey(ctx context.Context, n int) error {
	template := s.catalog.Templates[n%len(s.catalog.Templates)]
	name := template.Name + " for " + s.groups[n*groupsOfDepartment%len(s.groups)].Name
	k := models.APIKey{
		Resource: s.newResource(access.APIKeysDomain, fmt.Sprintf("%s-%d", keyFor(template.Name, "key"), n), name),
		Template: template.Key, Enabled: n%4 != 3,
	}
	k.OwnerID = &s.people[0].ID
	if n%3 == 0 {
		k.ExpiresAt = s.inDays(5 + 9*n)
	}
	if err := s.CreateAPIKey(ctx, &k); err != nil {
		return err
	}
	return s.ReplacePrivileges(ctx, access.GranteeID(k.ID), nil, template.Privileges, s.At)
}

// makeInvitation invites a newcomer into a group: one in seven has run out, and one in four runs out within days.
func (s *seeder) makeInvitation(ctx context.Context, n int) error {
	made, expires := s.At.AddDate(0, 0, -n), s.inDays(14-n/2)
	switch {
	case n%7 == 6:
		made, expires = s.At.AddDate(0, 0, -20), s.inDays(-6)
	case n%4 == 3:
		expires = s.inDays(1 + n%3)
	}
	i := models.Invitation{
		Email: fmt.Sprintf("newcomer%d@%s.example.com", n+1, s.Key), Provider: string(ProviderPassword),
		InviterID: s.people[0].ID, InviterName: Signature(s.people[0].Name, s.people[0].Email), CreatedAt: made, ExpiresAt: *expires,
	}
	return s.CreateInvitation(ctx, &i, []access.GranteeID{s.groups[n%len(s.groups)].Grantee().ID})
}
